"""Fixtures for all rooms."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official texts, results and development questions beside the checkout."""
    folder = Path(os.environ.get("SPBE_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing, and CI must not skip what it holds")
        pytest.skip(f"{folder} is not here; it holds the official texts that are not part of the repository")
    return folder
