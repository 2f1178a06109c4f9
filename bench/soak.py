"""The long runs, one after the other: ``make soak``, or ``python -m bench.soak load fuzz`` for some of them.

Each part is a program of its own that prints one JSON document and exits with 1 where it missed something. The dated
report in bench/reports is written anew after every part, so that an interrupted run leaves what was done; parts that
are run again on the same day replace their earlier result, the others stay. The exit code is 1 where a part failed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent


@dataclass(frozen=True)
class Part:
    """A long run.

    Attributes:
        minutes: how long it is told to run; None where it takes no such argument.
        module: run with ``python -m``; its standard output is one JSON document.
    """

    module: str
    minutes: float | None = None
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


PARTS = {
    "load": Part("bench.load", 30),
    "province": Part("bench.province"),
    "kills": Part("pytest", None, ("-q", "tests/ingest/test_pipeline.py", "--timeout", "3600"), {"SPBE_KILLS": "20"}),
    "fuzz": Part("bench.fuzz", 10),
    "schemathesis": Part("bench.conformance"),
}


def run(name: str, minutes: float | None) -> dict[str, Any]:
    """Run one part; its progress goes to the terminal."""
    part = PARTS[name]
    given = minutes if minutes is not None and part.minutes is not None else part.minutes
    arguments = [*part.arguments, *(["--minutes", str(given)] if given is not None else [])]
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", part.module, *arguments],
        cwd=ROOT,
        env={**os.environ, **part.environment},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    try:
        result: Any = json.loads(done.stdout)
    except json.JSONDecodeError:
        result = done.stdout.strip().splitlines()[-20:]
    return {"exit": done.returncode, "minutes": round((time.monotonic() - begin) / 60, 1), "result": result}


def kept(path: Path) -> dict[str, Any]:
    """What an earlier run of the same day left."""
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return held


def machine() -> str:
    """What it ran on, without naming the machine."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def write(path: Path, report: dict[str, Any]) -> None:
    """Put the report in its place in one step."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them by default")
    options.add_argument("--minutes", type=float, help="for each part, in place of its own length")
    asked = options.parse_args()
    if unknown := [name for name in asked.parts if name not in PARTS]:
        options.error(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    path = HERE / "reports" / f"soak-{datetime.now(UTC):%Y-%m-%d}.json"
    failed = []
    for name in asked.parts or PARTS:
        print(f"{datetime.now(UTC):%H:%M:%S} {name} begins", file=sys.stderr, flush=True)
        result: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "machine": machine()}
        result |= run(name, asked.minutes)
        report = kept(path)
        report[name] = result
        write(path, report)
        failed += [name] * (result["exit"] != 0)
        said = "missed something" if result["exit"] else "is well"
        print(f"{datetime.now(UTC):%H:%M:%S} {name} {said} after {result['minutes']} min", file=sys.stderr, flush=True)
    print(path.relative_to(ROOT))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
