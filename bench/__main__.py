"""Every benchmark in turn, each in a process of its own: ``make bench``, or ``python -m bench ask import`` for some.

The dated report in bench/reports is written anew after each, so that an interrupted run leaves what was measured;
what is run again on the same day replaces its earlier result. The exit code is 1 where a target was missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.soak import HERE, ROOT, kept, machine, write

NAMES = ("scoring", "import", "ask", "retrieval")


def run(name: str, arguments: list[str]) -> dict[str, Any]:
    """Run one benchmark; its standard output is one JSON document."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"bench.bench_{name}", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    try:
        result: Any = json.loads(done.stdout)
    except json.JSONDecodeError:
        result = done.stdout.strip().splitlines()[-20:]
    return {"exit": done.returncode, "seconds": round(time.monotonic() - begin), "result": result}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all of them by default")
    asked = options.parse_args()
    if unknown := [name for name in asked.names if name not in NAMES]:
        options.error(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    path: Path = HERE / "reports" / f"bench-{datetime.now(UTC):%Y-%m-%d}.json"
    missed = []
    with tempfile.TemporaryDirectory(prefix="spbe-bench-") as folder:
        for name in asked.names or NAMES:
            print(f"{datetime.now(UTC):%H:%M:%S} {name} begins", file=sys.stderr, flush=True)
            result = run(name, [folder, "--rival", "--large"] if name == "retrieval" else [])
            report = kept(path)
            report["machine"] = machine()
            report[name] = {"at": datetime.now(UTC).isoformat(timespec="minutes"), **result}
            write(path, report)
            missed += [name] * (result["exit"] != 0)
            said = "missed a target or failed" if result["exit"] else "met its targets"
            print(f"{datetime.now(UTC):%H:%M:%S} {name} {said}, {result['seconds']} s", file=sys.stderr, flush=True)
    print(path.relative_to(ROOT))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
