"""What the language model did and how its budgets stand, as Prometheus finds it: a real server, a scripted model."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from assistant.allowance import DailyBudget, Spending
from bench.serving import free_port
from bots.assembly import Installation
from tests.assistant.model_server import Reply, model_server
from tests.bots.test_serving import Served, start

AGENCY = "Pemerintah Kota Bandar Lampung"


def _retold(body: dict[str, Any]) -> Reply:
    """One block in other words, one with an invention, the rest not at all."""
    lines = [line for line in body["messages"][1]["content"].splitlines() if line[:1].isdigit()]
    told = [lines[0].replace("adalah", "tercatat"), *(f"{line} menurut Bupati" for line in lines[1:2])]
    return Reply("\n".join(told) + "\n", piece=60)


@pytest.fixture(scope="module")
def served(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("worded")
    shutil.copytree(installation.settings.data_dir, folder / "data", ignore=shutil.ignore_patterns("*.lock"))
    with model_server(_retold) as model:
        settings = {
            "SPBE_DATA_DIR": str(folder / "data"),
            "SPBE_METRICS_PORT": str(free_port()),
            "SPBE_MODEL": "scripted",
            "SPBE_MODEL_URL": model.url,
            "SPBE_MODEL_DAILY_ANSWERS": "3",
        }
        with start(folder, settings, workers=2) as running:
            yield running


def _metrics(served: Served) -> dict[str, float]:
    lines = httpx.get(served.metrics, timeout=10).text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[:1] != "#")}


def test_outcomes_and_budgets_are_told_without_a_name(served: Served) -> None:
    for _ in range(8):  # more than both workers' budgets
        assert served.ask(f"berapa indeks {AGENCY} 2024?").status_code == 200
    told = _metrics(served)
    assert told['spbe_rewording_total{outcome="passed"}'] >= 3
    assert told['spbe_rewording_total{outcome="kept: law"}'] >= 3
    assert told['spbe_rewording_total{outcome="budget"}'] >= 2
    assert told["spbe_model_budget_limit"] == 3
    assert 3 <= told["spbe_model_budget_spent"] <= 6
    assert 1 <= told["spbe_model_budget_owners"] <= 2
    assert told["spbe_model_budget_exhausted"] >= 1
    names = " ".join(told)
    assert "Lampung" not in names
    assert not [name for name in told if name.startswith("spbe_model_budget") and re.search(r"[{]", name)]


def test_a_budget_tells_how_it_stands() -> None:
    told: list[Spending] = []
    budget = DailyBudget(2, told=told.append)
    for owner in ("a", "b", "a", "a"):
        budget.take(owner)
    assert told[0] == Spending(limit=2, spent=1, owners=1, exhausted=0)
    assert told[-1] == Spending(limit=2, spent=3, owners=2, exhausted=1)
