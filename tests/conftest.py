"""Fixtures for all rooms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bots.assembly import Installation

os.environ.setdefault(
    "SPBE_LIMIT_VISITOR", "off"
)  # a suite asks more in a minute than a person; test_limits has its own


@pytest.fixture(scope="session", autouse=True)
def _logs_tell_nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever the suite asks, no log holds it; fails after the last test, naming the logger."""
    from tests.log_watch import LogWatch

    watch = LogWatch()
    with watch.watching():
        yield
    watch.read(path for path in tmp_path_factory.getbasetemp().glob("*/log") if path.is_file())
    assert watch.told() == []


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official texts, results and development questions beside the checkout."""
    folder = Path(os.environ.get("SPBE_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing, and CI must not skip what it holds")
        pytest.skip(f"{folder} is not here; it holds the official texts that are not part of the repository")
    return folder


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A new installation with the sample data and the whole pack; for reading only."""
    from assistant.settings import Settings
    from bots.assembly import Installation

    made = Installation(Settings(data_dir=tmp_path_factory.mktemp("data"), _env_file=None), threads=1)
    made.prepare()
    return made
