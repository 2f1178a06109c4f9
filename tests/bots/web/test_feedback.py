"""POST /api/v1/feedback: kept with the account of whoever gave it, or refused."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.models import Account, Feedback
from bots.web.records import Records

ADDRESS = "/api/v1/feedback"
GOOD = {
    "helpful": False,
    "reason": " Pasalnya keliru ",
    "question": "apa isi pasal 6?",
    "evidence": {"figures": ["f1"], "citations": ["perpres-1-2018, Pasal 6"], "intent": "rule"},
}


def kept(records: Records) -> list[Feedback]:
    with Session(records.holdings.engine) as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def test_a_visitors_thumb_is_kept_with_its_reason_and_evidence(
    browser_of: Callable[..., TestClient], records: Records
) -> None:
    response = browser_of().post(ADDRESS, json=GOOD)
    assert (response.status_code, response.json()) == (201, {"stored": True})
    (row,) = kept(records)
    assert (row.channel, row.account_id, row.helpful) == ("web", None, False)
    assert (row.reason, row.question, row.evidence) == ("Pasalnya keliru", "apa isi pasal 6?", GOOD["evidence"])


def test_a_thumb_without_a_reason_is_enough_and_carries_the_account(
    browser_of: Callable[..., TestClient], records: Records
) -> None:
    member = browser_of("Kota Bandar Lampung")
    assert member.post(ADDRESS, json={"helpful": True, "question": "berapa indeks kami?"}).status_code == 201
    (row,) = kept(records)
    with Session(records.holdings.engine) as session:
        assert row.account_id == session.scalars(select(Account.id)).one()
    assert (row.helpful, row.reason) == (True, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"helpful": None},
        {"reason": "x" * 1_001},
        {"reason": " " + "x" * 1_000},  # longer than the document says, whatever is left of it without its blanks
        {"question": "x" * 4_001},
        {"question": "x" * 4_000 + " "},
        {"question": " "},
        {"evidence": {"figures": ["x" * 501]}},
        {"evidence": {"citations": ["x"] * 201}},
        {"evidence": {"name": "Sari"}},
        {"channel": "telegram"},
    ],
)
def test_a_wrong_body_is_refused_in_the_one_shape_and_nothing_is_kept(
    browser_of: Callable[..., TestClient], records: Records, wrong: dict[str, Any]
) -> None:
    response = browser_of().post(ADDRESS, json=GOOD | wrong)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "invalid_request"
    assert kept(records) == []


def test_a_page_of_another_site_cannot_give_feedback_as_somebody(
    browser_of: Callable[..., TestClient], records: Records
) -> None:
    member = browser_of("Kota Bandar Lampung")
    response = member.post(ADDRESS, json=GOOD, headers={"Origin": "https://elsewhere.example"})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "not_allowed")
    assert kept(records) == []


def test_a_site_without_records_has_neither_route_nor_thumbs(
    client: TestClient, browser_of: Callable[..., TestClient]
) -> None:
    assert client.post(ADDRESS, json=GOOD).status_code == 404
    assert "data-feedback" not in client.get("/").text
    assert "data-feedback" in browser_of().get("/").text
