"""Requests made from the OpenAPI document by Schemathesis, against the real service; its answers held against it.

Run: python -m bench.conformance [--cases 20000]

Prints one JSON document: how many requests were made, and every answer that the document does not describe (a status,
a content type, a header, a shape), every 5xx, and every malformed request that was taken. The exit code is 1 where
there is one, or where fewer requests were made than asked for. In the gate: 2,000 (tests/bots/web/test_conformance.py).
"""

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from bench.serving import free_port

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method",
)  # fmt: skip
SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"
A_ROUND = 130  # requests for each operation; with what is tried at the limits of each parameter some 2,000 in all


def conformance(address: str, cases: int, seed: int = 1) -> dict[str, Any]:
    """Make at least so many requests, in rounds with a seed of their own; stops after a round that found something.

    Args:
        address: of the OpenAPI document.
    """
    made, rounds, problems = 0, 0, []
    begin = time.monotonic()
    while made < cases and not problems and rounds < 40:
        report, said = _round(address, min(A_ROUND, max(10, (cases - made) // 12)), seed + rounds)
        rounds += 1
        if report is None:
            problems.append({"title": "Schemathesis ended without a report", "said": said[-2_000:]})
            continue
        made += report["test_cases"]["generated"]
        if found := [*report["failures"], *report["errors"]]:
            problems += [*found, {"title": "what Schemathesis said", "said": said[-4_000:]}]
        if not problems and report["exit_code"] != 0:
            problems.append({"title": "Schemathesis found something its report does not name", "said": said[-2_000:]})
    seconds = time.monotonic() - begin
    return {"cases": made, "rounds": rounds, "first_seed": seed, "seconds": round(seconds), "problems": problems[:20]}


def _round(address: str, examples: int, seed: int) -> tuple[dict[str, Any] | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            SCHEMATHESIS, "--no-color", "run", address, "--phases", "examples,coverage,fuzzing", "--workers", "2",
            "--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none", "--no-shrink",
            "--continue-on-failure", "--checks", ",".join(CHECKS), "--report", "json", "--report-json-path",
            "report.json", "--request-timeout", "30", "--suppress-health-check", "all",
        ]  # fmt: skip
        done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
        path = Path(folder) / "report.json"
        return (json.loads(path.read_text(encoding="utf-8")) if path.exists() else None), done.stdout + done.stderr


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "SPBE_DATA_DIR": folder, "SPBE_LIMIT_VISITOR": "off", "OMP_NUM_THREADS": "1"}
        serve = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--port", str(port)]
        log = Path(folder) / "log"
        with log.open("wb") as file:
            server = subprocess.Popen(serve, env=environment, stdout=file, stderr=file)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server)
            result = conformance(f"{address}/api/openapi.json", wanted.cases, wanted.seed)
            logged = [line for line in log.read_text(encoding="utf-8").splitlines() if "Traceback" in line]
        finally:
            server.terminate()
            server.wait(40)
    print(json.dumps({**result, "asked_for": wanted.cases, "tracebacks": len(logged)}, indent=1, ensure_ascii=False))
    return int(bool(result["problems"]) or bool(logged) or result["cases"] < wanted.cases)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError("the server does not start")


if __name__ == "__main__":
    sys.exit(main())
