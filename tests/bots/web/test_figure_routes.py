"""Figures over HTTP are the figures of the scoring room."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from scoring import Assessment, score
from scoring.gaps import gaps

LEVELS = {**{str(number): 3 for number in range(1, 48)}, "11": 1, "12": 1}
SENT = {
    "instrument": "spbe-2020",
    "agency": "Pemerintah Kota Uji",
    "year": 2024,
    "stage": "self",
    "levels": LEVELS,
}
HELD = {"agency": "Kota Contoh", "year": 2024}


def test_an_assessment_that_is_sent_gives_its_scorecard(client: TestClient) -> None:
    expected = score(Assessment.model_validate(SENT)).model_dump(mode="json")
    assert client.post("/api/v1/score", json=SENT).json() == expected
    assert client.post("/api/v1/score", json={"assessment": SENT}).json() == expected
    assert client.post("/api/v1/score", json=[SENT, SENT]).json() == [expected, expected]


def test_an_assessment_that_is_held_is_named_by_agency_and_year(client: TestClient) -> None:
    card = client.post("/api/v1/score", json=HELD).json()
    assert card["agency"] == "Pemerintah Kota Contoh"
    assert card["index"] == "2.90"


def test_an_assessment_with_nothing_known_is_not_taken_for_a_held_one(client: TestClient) -> None:
    card = client.post("/api/v1/score", json={"instrument": "spbe-2020", "agency": "A", "year": 2024}).json()
    assert (card["index"], card["floor"], card["ceiling"]) == (None, "1", "5")


@pytest.mark.parametrize("assessed", [{"assessment": SENT}, SENT])
def test_options_may_stand_beside_an_assessment_or_around_it(client: TestClient, assessed: dict[str, Any]) -> None:
    expected = gaps(Assessment.model_validate(SENT), "domain 2", 3).model_dump(mode="json")
    assert client.post("/api/v1/gaps", json={**assessed, "node": "domain 2", "below": 3}).json() == expected
    assert [gap["number"] for gap in expected["gaps"]] == [11, 12]


def test_a_plan_reaches_its_target(client: TestClient) -> None:
    plan = client.post("/api/v1/plan", json={"assessment": SENT, "target": 3.0}).json()
    assert plan["reached"] is True
    assert plan["needed_index"] == "3"
    by_name = client.post("/api/v1/plan", json={**HELD, "target": "Sangat Baik"}).json()
    assert by_name["reached"] is True


def test_a_simulation_changes_what_is_set(client: TestClient) -> None:
    simulation = client.post("/api/v1/simulate", json={**HELD, "set": {"11": 3, "12": 3}}).json()
    assert (simulation["index"]["before_shown"], simulation["index"]["after_shown"]) == ("2.90", "3.00")


def test_a_comparison_ranks_and_a_trend_follows(client: TestClient) -> None:
    comparison = client.get("/api/v1/compare", params={"group": "Contoh"}).json()
    index = next(node for node in comparison["nodes"] if node["node"] == "index")
    assert [(entry["agency"], entry["rank"]) for entry in index["entries"]] == [
        ("Pemerintah Kab. Lain", 1),
        ("Pemerintah Kota Contoh", 2),
    ]
    trend = client.get("/api/v1/trend", params={"agency": "kota-contoh"}).json()
    assert [point["value_shown"] for point in trend["points"]] == ["2.90"]


def test_register_scorecards_and_passages_can_be_read(client: TestClient) -> None:
    agency = client.get("/api/v1/agencies").json()[0]
    cards = client.get(f"/api/v1/agencies/{agency['id']}/scorecards").json()
    assert cards[0]["completeness"] == "47/47"
    found = client.get("/api/v1/search", params={"q": "arsitektur", "k": 1}).json()
    assert len(found) == 1
    passage = client.get(f"/api/v1/passages/{found[0]['id'].replace('#', '%23')}").json()
    assert passage["text"] == found[0]["text"]


def test_health_needs_nothing_and_readiness_needs_the_library(client: TestClient, assistant: Any) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    assistant.search = lambda query, k: []
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
