"""One Answer of every intent through every channel: the same figures, the same citations."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, get_args

import anyio
import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from assistant.answer import Answer, Block
from assistant.permissions import VISITOR, Asker
from assistant.request import Intent, Question
from assistant.sources import source_line
from bots.assembly import Installation
from bots.commands.asking import print_answer
from bots.mcp import server
from bots.telegram.pieces import MESSAGE_LIMIT, units
from bots.telegram.rendering import reply_of
from bots.web.app import create_app

US = {"agency": "Pemerintah Kota Bandar Lampung", "year": 2024}
QUESTIONS: dict[str, Question] = {
    "score": Question(text="berapa indeks kami?", **US),
    "why": Question(text="kenapa domain 2 kami rendah?", **US),
    "gaps": Question(text="indikator apa yang paling menahan indeks kami?", **US),
    "plan": Question(text="bagaimana rencana mencapai Sangat Baik?", **US),
    "simulate": Question(text="kalau indikator 11 dan 12 naik ke level 3, jadi berapa?", **US),
    "compare": Question(text="bandingkan kami dengan Kota Bandung dan Kota Bogor tahun 2024", **US),
    "trend": Question(text="how has our index developed over the years?", **US),
    "requirement": Question(text="apa syarat level 3 indikator manajemen risiko?", **US),
    "rule": Question(text="apa isi pasal 6 perpres 95 tahun 2018?"),
    "help": Question(text="kamu bisa apa saja?"),
    "out_of_scope": Question(text="siapa presiden Prancis?"),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"\[(\d+)\]")


class Prepared:
    """An assistant that gives one Answer, whatever is asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def ask(self, question: Question, asker: Asker, settled: Callable[[Block], None] | None = None) -> Answer:
        for block in self.answer.blocks if settled is not None else ():
            settled(block)
        return self.answer

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"a channel asked for {name} instead of rendering the Answer")


def numbers(text: str) -> Counter[str]:
    """The figures that a reader sees, how often each; citation marks apart."""
    return Counter(_NUMBER.findall(_MARK.sub(" ", text)))


def marks(text: str) -> list[str]:
    return _MARK.findall(text)


class _Inside(httpx.BaseTransport):
    """Carries the official client's requests to the app without a socket."""

    def __init__(self, web: TestClient) -> None:
        self.web = web

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        got = self.web.request(request.method, request.url.path, content=request.read(), headers=dict(request.headers))
        return httpx.Response(got.status_code, headers=dict(got.headers), content=got.content)


def untagged(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def headers_repeated(answer: Answer) -> Counter[str]:
    """The figures in table headers, as often as a phone repeats them where a wide table is told line by line."""
    repeated: Counter[str] = Counter()
    for block in answer.blocks:
        if block.kind == "table":
            header, _, *rows = block.text.splitlines()
            for _ in rows[1:]:
                repeated += numbers(header)
    return repeated


def joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def answers(installation: Installation) -> dict[str, Answer]:
    return {intent: installation.assistant.ask(question, VISITOR) for intent, question in QUESTIONS.items()}


@pytest.fixture(params=get_args(Intent))
def answer(request: pytest.FixtureRequest, answers: dict[str, Answer]) -> Answer:
    made = answers[request.param]
    assert made.intent == request.param
    return made


@pytest.fixture
def web(answer: Answer) -> Iterator[TestClient]:
    with TestClient(create_app(Prepared(answer))) as client:
        yield client


def test_the_answers_are_worth_comparing(answers: dict[str, Answer]) -> None:
    for intent in ("score", "why", "gaps", "plan", "simulate", "compare", "trend"):
        assert answers[intent].figures, intent
    for intent in ("why", "requirement", "rule"):
        assert answers[intent].citations, intent


def test_the_command_line(answer: Answer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    print_answer(answer)
    printed = capsys.readouterr().out
    sources = [source_line(citation, answer.language) for citation in answer.citations]
    expected = numbers(answer.text + " ".join(sources) + " ".join(answer.suggestions))
    assert numbers(printed) == expected
    assert marks(printed) == marks(answer.text) + [str(citation.number) for citation in answer.citations]
    for source in sources:
        assert joined(source) in joined(printed)


def test_the_web(answer: Answer, web: TestClient) -> None:
    whole = answer.model_dump(mode="json")
    assert web.post("/api/v1/chat", json={"message": "x"}).json() == whole
    events = web.post("/api/v1/chat", json={"message": "x"}, headers={"Accept": "text/event-stream"}).text
    heard = re.findall(r"event: (\w+)\ndata: (.*)\n", events)
    assert json.loads(heard[-1][1]) == whole
    blocks = [json.loads(data) for name, data in heard if name == "block"]
    assert len(blocks) == len(answer.blocks)
    for shown, block in zip(blocks, answer.blocks, strict=True):
        assert numbers(untagged(shown["html"])) == numbers(block.text)
        assert tuple(shown["citations"]) == block.citations


def test_the_openai_format(answer: Answer, web: TestClient) -> None:
    whole = answer.model_dump(mode="json")
    client = openai.OpenAI(
        base_url="http://testserver/v1", api_key="visitor", http_client=httpx.Client(transport=_Inside(web))
    )
    ask = {"model": "tanya-spbe", "messages": [{"role": "user", "content": "x"}]}
    made = client.chat.completions.create(**ask)
    assert made.choices[0].message.content == answer.text
    assert made.answer == whole
    chunks = list(client.chat.completions.create(**ask, stream=True))
    assert "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices) == answer.text
    assert chunks[-1].answer == whole


def test_mcp(answer: Answer) -> None:
    async def work() -> Any:
        async with Client(server(Prepared(answer), lambda _: VISITOR)) as client:
            return [await client.call_tool(tool, {"question": "x"}) for tool in ("ask", "rule")]

    for result in anyio.run(work):
        assert not result.is_error
        assert result.structured_content == answer.model_dump(mode="json")
        assert json.loads(result.content[0].text) == answer.model_dump(mode="json")


def test_telegram(answer: Answer) -> None:
    reply = reply_of(answer, "x")
    texts = [message.html for message in reply.messages if message.kind != "photo"]
    assert all(units(untagged(text)) <= MESSAGE_LIMIT for text in texts)
    told, _, sources = " ".join(texts).partition("<blockquote expandable>")
    shown = numbers(untagged(told))
    assert numbers(answer.text) <= shown
    assert shown - numbers(answer.text) <= headers_repeated(answer)
    assert marks(told) == marks(answer.text)
    for citation in answer.citations:
        assert joined(f"[{citation.number}]{source_line(citation, answer.language)}") in joined(untagged(sources))
    assert reply.kept.evidence["figures"] == [f"{f.label}, {f.of}: {f.value} ({f.source})" for f in answer.figures]
    assert sum(message.kind == "photo" for message in reply.messages) == len(answer.charts)
