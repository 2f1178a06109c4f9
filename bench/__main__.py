"""Every benchmark in turn, each in a process of its own; one dated report: ``make bench``.

Reports are JSON under bench/reports, named after the day, and are committed. The exit code is 1 where a target was
missed.
"""

import json
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
REPORTS = HERE / "reports"


def run(name: str, *arguments: str) -> dict[str, object]:
    """Run one benchmark script; its standard output is one JSON document."""
    done = subprocess.run(
        [sys.executable, str(HERE / f"{name}.py"), *arguments], capture_output=True, text=True, check=False
    )
    try:
        document = json.loads(done.stdout)
    except json.JSONDecodeError:
        document = {"error": done.stderr[-2000:] or done.stdout[-2000:]}
    print(f"{name}: {'ok' if done.returncode == 0 else 'missed a target or failed'}", file=sys.stderr)
    return {"exit": done.returncode, "result": document}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = {
            "scoring": run("bench_scoring"),
            "import": run("bench_import"),
            "ask": run("bench_ask"),
            "retrieval": run("bench_retrieval", folder, "--rival", "--large"),
        }
    report = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "results": results,
    }
    REPORTS.mkdir(exist_ok=True)
    path = REPORTS / f"bench-{report['date'][:10]}.json"
    path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path)
    return int(any(result["exit"] != 0 for result in results.values()))


if __name__ == "__main__":
    sys.exit(main())
