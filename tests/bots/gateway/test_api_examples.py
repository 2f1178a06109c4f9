"""docs/api.md and the README are true: each example runs as it stands, and what it shows is what comes back."""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bots.web.app import create_app
from bots.web.records import Records
from tests.bots.gateway.conftest import House

ROOT = Path(__file__).parents[3]
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
LOCAL = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def _examples() -> list[tuple[str, str | None]]:
    """Each command with the excerpt under it."""
    blocks = _BLOCK.findall(API)
    following = [*blocks[1:], ("", "")]
    return [
        (text, after if kind == "json" else None)
        for (language, text), (kind, after) in zip(blocks, following, strict=True)
        if language == "sh"
    ]


def _readmes() -> list[str]:
    """The curl commands of the READMEs."""
    found = []
    for name in ("README.md", "README.id.md"):
        for _, block in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
            unbroken = block.replace("\\\n", " ")
            found += [line[2:] for line in unbroken.splitlines() if line.startswith("$ curl")]
    return found


def run(command: str, address: str) -> str:
    if shutil.which("curl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("curl is missing, and CI must run the examples: apt-get install curl")
        pytest.skip("curl is not installed")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command.replace(LOCAL, address)],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def shows(shown: Any, whole: Any) -> bool:
    """Whether everything that an excerpt shows is in the whole."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(k in whole and shows(v, whole[k]) for k, v in shown.items())
    if isinstance(shown, list):
        return isinstance(whole, list) and len(shown) <= len(whole) and all(map(shows, shown, whole))
    return bool(shown == whole)


def test_an_excerpt_that_is_not_true_is_noticed() -> None:
    assert shows({"a": [{"b": 1}]}, {"a": [{"b": 1, "c": 2}, {}], "d": 3})
    assert not shows({"a": [{"b": 2}]}, {"a": [{"b": 1}]})
    assert not shows({"x": None}, {})


@pytest.mark.parametrize(("command", "excerpt"), _examples())
def test_an_example_of_the_manual_runs(address: str, command: str, excerpt: str | None) -> None:
    printed = run(command, address)
    if "-N" in command.split():
        events = [line.removeprefix("data: ") for line in printed.splitlines() if line.startswith("data: ")]
        assert len(events) > 2
        assert json.loads(next(event for event in reversed(events) if event != "[DONE]"))
        return
    whole = json.loads(printed)
    assert ("error" in whole) == ("--fail-with-body" not in command)
    if excerpt is not None:
        assert shows(json.loads(excerpt), whole), whole


@pytest.mark.parametrize("command", _readmes())
def test_an_example_of_the_readme_runs(address: str, command: str) -> None:
    assert "error" not in run(command, address)[:20]


def test_the_readmes_have_examples() -> None:
    assert _readmes()


def test_the_python_example_runs(address: str) -> None:
    (source,) = (text for language, text in _BLOCK.findall(API) if language == "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source.replace(LOCAL, address), "docs/api.md", "exec"), {})
    assert "2,40" in printed.getvalue()
    assert "Indikator" in printed.getvalue()


def test_every_route_for_programs_is_in_the_manual(house: House) -> None:
    app = create_app(house.installation.assistant, records=Records.of(house.installation))
    paths = [path for path in app.openapi()["paths"] if path.startswith(("/api/v1", "/v1", "/healthz", "/readyz"))]
    assert len(paths) > 12
    missing = []
    for path in paths:
        fixed = path.partition("{")[0].rstrip("/")
        last = fixed.rpartition("/")[2]
        if fixed not in API and not ("/api/v1" in fixed and f"`/{last}`" in API):
            missing.append(path)
    assert missing == []
