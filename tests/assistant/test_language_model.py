"""A chat model over real HTTP: whatever it does, its reply is over within the time limit.

No test depends on how fast the machine is: where a reply comes, the model is PATIENT; where none comes, the server
holds it until the test is over, so that only the model's own limit can end the wait.
"""

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.allowance import Breaker, DailyBudget
from assistant.language_model import LanguageModel, ModelUnavailable, chat_model
from tests.assistant.model_server import ModelServer, Reply, model_server

PATIENT = 60.0  # seconds, of which a test takes none
SECONDS = 0.5  # to wait for what never comes
NEVER = threading.Event()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(lambda body: Reply("1: satu\n2: dua\n")) as running:
        yield running


def _model(url: str, *, streaming: bool = True, seconds: float = PATIENT, **options: object) -> LanguageModel:
    chat = chat_model("scripted", url, None, seconds, streaming=streaming)
    return LanguageModel(chat, seconds, **{"retries": 0, **options})  # type: ignore[arg-type]


def _lines(model: LanguageModel, limit: int = 10_000) -> tuple[list[str], str | None]:
    lines: list[str] = []
    try:
        for line in model.lines("system", "user", limit):
            lines.append(line)
    except ModelUnavailable as reason:
        return lines, reason.reason
    return lines, None


@pytest.mark.parametrize("streaming", [True, False])
def test_a_reply_comes_line_by_line(server: ModelServer, streaming: bool) -> None:
    assert [line for line in _lines(_model(server.url, streaming=streaming))[0] if line] == ["1: satu", "2: dua"]
    assert bool(server.requests[0].get("stream")) is streaming


def test_a_line_comes_as_soon_as_it_is_complete(server: ModelServer) -> None:
    server.reply = lambda body: Reply("1: satu\n2: dua", piece=8, hold=NEVER)
    assert next(_model(server.url).lines("system", "user", 10_000)) == "1: satu"
    assert server.open, "the server has not sent the second line"


@pytest.mark.parametrize("streaming", [True, False])
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("1: satu\n", piece=1, hold=NEVER), "late or failed"),
        (Reply("1", between=0.05, piece=1, endless=True), "late"),
        (Reply("x" * 50, endless=True), "endless"),
        (Reply(status=500), "failed"),
        (Reply(status=429), "failed"),
        (Reply(raw=b"\xff\xfe not JSON"), "failed"),
        (Reply("1: satu\n2: d", finish="length"), "failed"),
    ],
    ids=["silent", "trickling", "endless", "broken", "busy", "garbage", "cut off"],
)
def test_what_goes_wrong_is_over_in_time(server: ModelServer, reply: Reply, reason: str, streaming: bool) -> None:
    if not streaming and reply.endless:
        reply = Reply("x" * 20_000) if reason == "endless" else Reply(hold=NEVER)
        reason = f"{reason} or failed"  # the client's own limit is as long
    server.reply = lambda body: reply
    comes = "late" not in reason
    lines, told = _lines(_model(server.url, streaming=streaming, seconds=PATIENT if comes else SECONDS), limit=500)
    assert comes or server.open, "the server is still at it"
    assert "2: d" not in lines
    assert told is not None
    assert told in reason


def test_a_reply_cut_within_a_character_gives_no_half_line(server: ModelServer) -> None:
    whole = "1: satu\n2: “dua”"
    for cut in range(20, 700, 11):
        server.reply = lambda body, cut=cut: Reply(whole, cut=cut, piece=3)
        lines, _ = _lines(_model(server.url))
        assert lines in ([], ["1: satu"])


def test_nothing_listening_is_a_failure() -> None:
    with model_server(lambda body: Reply()) as gone:
        url = gone.url
    assert _lines(_model(url)) == ([], "failed")


def test_a_failed_call_is_tried_once_more(server: ModelServer) -> None:
    replies = [Reply(status=500), Reply("1: satu")]
    server.reply = lambda body: replies.pop(0)
    assert _lines(_model(server.url, retries=1)) == (["1: satu"], None)


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        (Reply(status=429, headers={"Retry-After": "45"}), 1),
        (Reply(status=401), 1),
        (Reply(status=503), 2),
        (Reply("1: satu\n2: d", cut=300), 1),
    ],
    ids=["busy", "no key", "broken", "cut off"],
)
def test_only_what_may_pass_is_tried_again(server: ModelServer, reply: Reply, asked: int) -> None:
    server.reply = lambda body: reply
    assert _lines(_model(server.url, retries=1, seconds=30.0))[1] == "failed", "not late, as if it waited to ask again"
    assert len(server.requests) == asked
    _nothing_left(server)


def test_a_model_that_keeps_failing_is_left_alone_for_a_while(server: ModelServer) -> None:
    server.reply = lambda body: Reply(status=500)
    now = [0.0]
    model = _model(server.url, breaker=Breaker(failures=2, rest=60.0, clock=lambda: now[0]))
    assert [_lines(model)[1] for _ in range(4)] == ["failed", "failed", "resting", "resting"]
    assert len(server.requests) == 2
    now[0] = 61.0
    assert [_lines(model)[1] for _ in range(2)] == ["failed", "resting"]
    now[0] = 122.0
    server.reply = lambda body: Reply("1: satu\n2: dua\n")
    reply = model.lines("system", "user", 10_000)
    assert next(reply) == "1: satu"
    reply.close()  # type: ignore[attr-defined]
    assert [_lines(model)[1] for _ in range(3)] == [None, None, None]


def test_no_more_replies_at_a_time_than_allowed(server: ModelServer) -> None:
    server.reply = lambda body: Reply("1: satu\n2: dua", piece=8, hold=NEVER)
    model = _model(server.url, parallel=1)
    first = model.lines("system", "user", 10_000)
    next(first)
    assert _lines(model) == ([], "busy")
    first.close()  # type: ignore[attr-defined]


def test_no_key_of_the_environment_is_sent_to_a_server_of_the_settings(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-you")
    chat = chat_model("openai:scripted", server.url, None, PATIENT)
    assert chat.openai_api_key.get_secret_value() == "none"  # type: ignore[attr-defined]


def test_a_budget_is_for_each_owner_and_begins_anew_each_day() -> None:
    from datetime import date

    today = [date(2026, 11, 24)]
    budget = DailyBudget(2, today=lambda: today[0])
    assert [budget.take("a"), budget.take("a"), budget.take("a"), budget.take("b")] == [True, True, False, True]
    today[0] = date(2026, 11, 25)
    assert budget.take("a")


def _nothing_left(server: ModelServer) -> None:
    """No thread of the model and no reply under way, at once or soon."""
    until = time.monotonic() + PATIENT

    def left() -> list[object]:
        return [t.name for t in threading.enumerate() if t.name == "spbe-model"] + list(server.open)

    while time.monotonic() < until and left():
        time.sleep(0.02)
    assert not left()


@pytest.mark.parametrize("streaming", [True, False])
@pytest.mark.parametrize(
    "reply",
    [
        Reply("x", endless=True, between=0.01),
        Reply("1: satu\n", piece=1, hold=NEVER),
        Reply("1: satu\n2: dua\n", between=0.2, piece=1),
        Reply(status=500),
        Reply("1: “dua”", cut=251),
        Reply(raw=b"data: {\xff"),
    ],
    ids=["endless", "silent", "trickling", "broken", "cut", "garbage"],
)
def test_nothing_is_left_of_a_broken_reply(server: ModelServer, reply: Reply, streaming: bool) -> None:
    held = threading.Event()
    scripted = replace(reply, endless=reply.endless and streaming, hold=reply.hold and held)
    server.reply = lambda body: scripted
    before = threading.active_count()
    _lines(_model(server.url, seconds=SECONDS, streaming=streaming))
    held.set()
    _nothing_left(server)
    assert threading.active_count() <= before + 1  # the server's own, on its way out


def test_nothing_is_left_of_a_reply_whose_reader_went_away(server: ModelServer) -> None:
    server.reply = lambda body: Reply("1: satu\n", endless=True, between=0.01)
    reply = _model(server.url).lines("system", "user", 10_000)
    assert next(reply) == "1: satu"
    reply.close()  # type: ignore[attr-defined]
    _nothing_left(server)


class Trickle(queue.Queue[str | Exception | None]):
    """Pieces of a reply, one every ``every`` seconds of a clock that only they move."""

    def __init__(self, every: float) -> None:
        super().__init__()
        self.every, self.now = every, 0.0

    def get(self, block: bool = True, timeout: float | None = None) -> str:
        assert timeout is not None, "it would wait for ever"
        self.now += min(self.every, timeout)
        if timeout < self.every:
            raise queue.Empty
        return "x"


@pytest.mark.parametrize("every", [0.3, 0.7, 3.0])
def test_a_reply_takes_its_seconds_in_all_and_not_for_every_piece(every: float) -> None:
    trickle = Trickle(every)
    model = LanguageModel(chat_model("scripted", "http://127.0.0.1:9/v1", None, 2.0), 2.0, clock=lambda: trickle.now)
    with pytest.raises(ModelUnavailable, match="late"):
        list(model._read(trickle, 10_000, 2.0))
    assert trickle.now == pytest.approx(2.0)
