"""A question over HTTP: whole, as events, refused, and while others wait."""

import asyncio
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from bots.web.app import create_app
from bots.web.settings import WebSettings
from scoring import RefusedInput, Text

EVENTS = {"Accept": "text/event-stream"}
REFUSED = RefusedInput("unknown_agency", Text(id="Tidak dikenal.", en="Not known."), nearest=["Kota A"])


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for part in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in part.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_a_question_gets_the_whole_answer_as_json(client: TestClient, assistant: Any) -> None:
    body = {"message": "kenapa?", "conversation": "c1", "agency": "Kota Contoh", "year": 2024, "lang": "en"}
    response = client.post("/api/v1/chat", json=body)
    assert response.status_code == 200
    answer = response.json()
    assert answer["intent"] == "why"
    assert answer["figures"][0]["value"] == "2.40"
    assert [citation["number"] for citation in answer["citations"]] == [1, 2]
    question, asker = assistant.asked[0]
    assert (question.text, question.conversation, question.agency) == ("kenapa?", "c1", "Kota Contoh")
    assert (question.year, question.language) == (2024, "en")
    assert asker.role == "visitor"


def test_events_are_the_blocks_in_order_and_then_the_same_answer(client: TestClient) -> None:
    whole = client.post("/api/v1/chat", json={"message": "kenapa?"}).json()
    response = client.post("/api/v1/chat", json={"message": "kenapa?"}, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    received = events(response.text)
    assert [name for name, _ in received] == ["block"] * len(whole["blocks"]) + ["answer"]
    for (_, sent), block in zip(received, whole["blocks"], strict=False):
        assert {key: sent[key] for key in block} == block
    assert received[-1][1] == whole


def test_html_of_a_block_carries_no_markup_of_the_text(client: TestClient) -> None:
    response = client.post("/api/v1/chat", json={"message": "kenapa?"}, headers=EVENTS)
    html = "".join(data["html"] for name, data in events(response.text) if name == "block")
    assert "<strong>2,40</strong>" in html
    assert "<img" not in html
    assert "<a" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize("headers", [{}, EVENTS])
def test_a_refusal_has_its_status_and_the_one_shape(
    client: TestClient, assistant: Any, headers: dict[str, str]
) -> None:
    assistant.failing = REFUSED
    response = client.post("/api/v1/chat", json={"message": "x", "lang": "en"}, headers=headers)
    assert response.status_code == 404
    document = events(response.text)[0][1] if headers else response.json()
    assert document == {
        "error": {"code": "unknown_agency", "message": "Not known.", "details": {"nearest": ["Kota A"]}}
    }


@pytest.mark.parametrize("headers", [{}, EVENTS])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_says_nothing_about_the_inside(
    client: TestClient, assistant: Any, headers: dict[str, str]
) -> None:
    assistant.failing = RuntimeError("secret path /srv/data")
    response = client.post("/api/v1/chat", json={"message": "x"}, headers=headers)
    assert response.status_code == 500
    assert "internal_error" in response.text
    assert "secret" not in response.text


def test_a_late_refusal_is_an_error_event(assistant: Any) -> None:
    assistant.failing, assistant.gate = REFUSED, threading.Event()
    app = create_app(assistant, WebSettings(keepalive=0.05))
    threading.Timer(0.3, assistant.gate.set).start()
    with TestClient(app) as client:
        response = client.post("/api/v1/chat", json={"message": "x"}, headers=EVENTS)
    assert response.status_code == 200
    assert response.text.startswith(": ping\n\n")
    assert [name for name, _ in events(response.text)] == ["error"]


def test_a_block_is_sent_while_the_answer_is_still_being_made(assistant: Any) -> None:
    assistant.gate, assistant.early = threading.Event(), True
    app = create_app(assistant, WebSettings(keepalive=0.05))
    threading.Timer(0.3, assistant.gate.set).start()
    with TestClient(app) as client:
        response = client.post("/api/v1/chat", json={"message": "x"}, headers=EVENTS)
    assert response.text.startswith("event: block")
    assert response.text.index("event: block") < response.text.index(": ping")
    names = [name for name, _ in events(response.text)]
    told = [document for name, document in events(response.text) if name == "block"]
    whole = events(response.text)[-1][1]
    assert names == ["block"] * len(whole["blocks"]) + ["answer"]
    assert [document["text"] for document in told] == [block["text"] for block in whole["blocks"]]
    assert [document["number"] for document in told] == list(range(len(told)))


def test_a_slow_answer_holds_nobody_else_up_and_a_full_queue_says_so(assistant: Any) -> None:
    async def ask_twice_and_look() -> tuple[float, httpx2.Response, httpx2.Response]:
        app = create_app(assistant, WebSettings(workers=1, waiting=0))
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            slow = asyncio.create_task(client.post("/api/v1/chat", json={"message": "a"}))
            while not assistant.asked:
                await asyncio.sleep(0.01)
            before = time.perf_counter()
            await client.get("/healthz")
            took = time.perf_counter() - before
            refused = await client.post("/api/v1/chat", json={"message": "b", "lang": "en"})
            assistant.gate.set()
            return took, refused, await slow

    assistant.gate = threading.Event()
    with ThreadPoolExecutor(1) as thread:  # a browser test may have left its event loop running in this one
        took, refused, answered = thread.submit(lambda: asyncio.run(ask_twice_and_look())).result()
    assert took < 1
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "busy"
    assert refused.headers["retry-after"] == "5"
    assert answered.status_code == 200


def test_what_is_remembered_of_a_conversation_is_shown_and_deleted(client: TestClient) -> None:
    for conversation in ("c1", "c2"):
        client.post("/api/v1/chat", json={"message": "kenapa?", "conversation": conversation})
    kept = client.get("/api/v1/conversations/c1").json()
    assert kept["conversation"] == "c1"
    assert [turn["request"]["query"] for turn in kept["turns"]] == ["kenapa?"]
    assert client.delete("/api/v1/conversations/c1").status_code == 204
    assert client.get("/api/v1/conversations/c1").json()["turns"] == []
    assert len(client.get("/api/v1/conversations/c2").json()["turns"]) == 1
    assert client.delete("/api/v1/conversations/never").status_code == 204
