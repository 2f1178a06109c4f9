"""The long runs: ``make soak``. A dated report goes to bench/reports and is committed.

Load for thirty minutes, twenty kills of an ingest. The exit code is 1 where one of them failed.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    minutes = os.environ.get("SPBE_SOAK_MINUTES", "30")
    load = subprocess.run(
        [sys.executable, str(HERE / "load.py"), "--minutes", minutes], capture_output=True, text=True, check=False
    )
    kills = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/ingest/test_pipeline.py", "--timeout", "3600"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SPBE_KILLS": "20"},
    )
    report = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "load": {"exit": load.returncode, "result": json.loads(load.stdout or "null")},
        "kills": {"exit": kills.returncode, "last": kills.stdout.strip().splitlines()[-1:]},
    }
    (HERE / "reports").mkdir(exist_ok=True)
    path = HERE / "reports" / f"soak-{report['date'][:10]}.json"
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(path)
    return int(load.returncode != 0 or kills.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
