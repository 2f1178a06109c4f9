"""Fuzzing of what reads unchecked input: the legal parser, the importer, the guard, the Telegram renderer.

Run: python -m bench.fuzz [--minutes 10] [--target legal] [--keep]

Prints one JSON document: for each target its executions, the coverage reached, and what it found; the inputs are left
in ``found``. The exit code is 1 where a target crashed, broke a promise of tests/fuzz/targets.py, or took longer than
ten seconds for one input. ``--keep`` puts the smallest inputs that reach new code into tests/fuzz/corpus, at most 80
for a target, each of at most 4 kB.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "fuzz" / "corpus"
NAMES = ("legal", "assessments", "guard", "telegram")
LONGEST_RUN = 10  # seconds for one input
LARGEST = {"legal": 20_000, "assessments": 20_000, "guard": 600, "telegram": 8_000}  # bytes of an input
MOST_KEPT, LARGEST_KEPT = 80, 4_096


def fuzz_here(target: str, arguments: list[str]) -> None:
    """Hand this process to libFuzzer; it does not come back."""
    import atheris

    with atheris.instrument_imports(include=["scoring", "ingest", "assistant", "bots"]):
        from tests.fuzz.targets import TARGETS

    atheris.Setup([f"fuzz-{target}", *arguments], TARGETS[target])
    atheris.Fuzz()


def run(target: str, seconds: int, found: Path, keep: bool) -> dict[str, object]:
    """Fuzz one target in a process of its own; starts from the corpus of the repository."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "corpus"
        work.mkdir()
        artefacts = found / target
        artefacts.mkdir(parents=True, exist_ok=True)
        options = [
            f"-max_total_time={seconds}", f"-timeout={LONGEST_RUN}", "-rss_limit_mb=3000",
            f"-max_len={LARGEST[target]}", f"-artifact_prefix={artefacts}/", "-print_final_stats=1",
        ]  # fmt: skip
        begin = time.monotonic()
        done = _libfuzzer(target, [*options, str(work), str(CORPUS / target)], seconds + 180)
        said = done.stderr
        last = re.findall(r"cov: (\d+) ft: (\d+)", said)
        executed = re.search(r"stat::number_of_executed_units: (\d+)", said)
        problems = sorted(path.name for path in artefacts.iterdir() if not path.name.startswith("slow-unit"))
        if keep and not problems:
            _keep(target, work)
    return {
        "exit": done.returncode,
        "seconds": round(time.monotonic() - begin),
        "executions": int(executed[1]) if executed else None,
        "edges": int(last[-1][0]) if last else None,
        "features": int(last[-1][1]) if last else None,
        "problems": problems,
        "why": [] if not done.returncode else _why(done.stdout + said),
    }


def _libfuzzer(target: str, options: list[str], limit: float) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.fuzz", "--inside", target, *options]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        command, cwd=HERE.parent, env=environment, capture_output=True, text=True, errors="replace", timeout=limit,
        check=False,
    )  # fmt: skip


def _why(said: str) -> list[str]:
    """The lines that name the problem."""
    lines = [line for line in said.splitlines() if line and not line.startswith(("#", "INFO"))]
    at = next((n for n, line in enumerate(lines) if "Uncaught Python exception" in line or "ERROR:" in line), 0)
    return lines[at:][:30]


def _keep(target: str, work: Path) -> None:
    """The smallest of the inputs that reached something new, beside those that the repository has."""
    had = len(list((CORPUS / target).iterdir()))
    new = sorted(work.iterdir(), key=lambda path: path.stat().st_size)
    for path in [path for path in new if path.stat().st_size <= LARGEST_KEPT][: max(0, MOST_KEPT - had)]:
        shutil.copy(path, CORPUS / target / path.name[:16])


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--target", choices=NAMES, action="append")
    options.add_argument("--keep", action="store_true")
    options.add_argument("--found", type=Path, default=Path(tempfile.gettempdir()) / "spbe-fuzz")
    wanted = options.parse_args()
    results = {name: run(name, int(wanted.minutes * 60), wanted.found, wanted.keep) for name in wanted.target or NAMES}
    print(json.dumps({"minutes": wanted.minutes, "found": str(wanted.found), "targets": results}, indent=1))
    return int(any(result["exit"] != 0 or result["problems"] for result in results.values()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        fuzz_here(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main())
