"""The service answers as its OpenAPI document says, to 2,000 requests that Schemathesis makes from it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bench.conformance import conformance
from bench.serving import free_port

ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(600)
def test_two_thousand_requests_get_documented_answers() -> None:
    command = [sys.executable, "-m", "bench.conformance", "--cases", "2000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2_000:]
    result = json.loads(done.stdout)
    assert result["problems"] == []
    assert result["tracebacks"] == 0
    assert result["cases"] >= 2_000
    assert done.returncode == 0


@pytest.fixture
def careless() -> Iterator[str]:
    """A service that breaks its promise for some numbers, and fails for others."""
    app = FastAPI()

    @app.get("/number")
    def number(n: int) -> dict[str, int]:
        if n > 100:
            raise ZeroDivisionError
        return JSONResponse({"n": "many"}) if n < 0 else {"n": n}  # type: ignore[return-value]

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{port}/openapi.json"
    server.should_exit = True
    thread.join(10)


def test_a_careless_service_is_caught(careless: str) -> None:
    titles = {problem["title"] for problem in conformance(careless, 100)["problems"]}
    assert titles >= {"Server error", "Response violates schema"}, titles
