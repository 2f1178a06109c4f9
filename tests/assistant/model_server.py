"""A scripted server in the OpenAI chat format on loopback: real HTTP, whole replies and event streams."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server does with one request.

    Attributes:
        hold: set by the test when the reply may go on; until then nothing of a whole reply is sent, and of a stream the
            first piece. between: seconds between two pieces of a stream.
        piece: characters in one piece.
        cut: bytes of the body after which the connection is closed.
        endless: the text is streamed again and again.
        raw: sent instead of anything well-formed.
        message: added to the message of a whole reply, such as tool calls. headers: sent as well.
    """

    text: str = ""
    status: int = 200
    hold: threading.Event | None = None
    between: float = 0.0
    piece: int = 7
    cut: int | None = None
    endless: bool = False
    finish: str = "stop"
    raw: bytes | None = None
    message: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class ModelServer:
    """What was asked is in ``requests``; ``reply`` answers."""

    url: str
    reply: Callable[[dict[str, Any]], Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    open: set[int] = field(default_factory=set)  # connections on which a reply is under way


@contextmanager
def model_server(reply: Callable[[dict[str, Any]], Reply]) -> Iterator[ModelServer]:
    """A running server; on leaving it stops, and replies under way are broken off."""
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: object) -> None:
            """Nothing on the test's output."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            told = state.reply(body)
            state.open.add(id(self))
            try:
                self._send(told, bool(body.get("stream")))
            except OSError:
                return  # the asker has gone
            finally:
                state.open.discard(id(self))

        def _hold(self, told: Reply) -> None:
            while told.hold is not None and not (told.hold.wait(0.02) or stopped.is_set()):
                pass

        def _send(self, told: Reply, stream: bool) -> None:
            if not (stream and told.text):
                self._hold(told)
            self.send_response(told.status)
            self.send_header("Content-Type", "text/event-stream" if stream else "application/json")
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            sent = 0
            for part in [told.raw] if told.raw is not None else _bodies(told, stream):
                part = part if told.cut is None else part[: told.cut - sent]
                self.wfile.write(part)
                self.wfile.flush()
                sent += len(part)
                self._hold(told)
                if stopped.wait(told.between) or (told.cut is not None and sent >= told.cut):
                    return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1", reply)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _bodies(told: Reply, stream: bool) -> Iterator[bytes]:
    if told.status != 200:
        yield json.dumps({"error": {"message": "scripted", "type": "server_error"}}).encode()
        return
    head = {"id": "c", "created": int(time.time()), "model": "scripted"}
    if not stream:
        message = {"role": "assistant", "content": told.text, **told.message}
        choice = {"index": 0, "message": message, "finish_reason": told.finish}
        document = {**head, "object": "chat.completion", "choices": [choice]}
        yield json.dumps(document, ensure_ascii=False).encode()
        return
    while True:
        for start in range(0, len(told.text), told.piece):
            yield _event(head, {"content": told.text[start : start + told.piece]}, None)
        if not told.endless:
            break
    yield _event(head, {}, told.finish)
    yield b"data: [DONE]\n\n"


def _event(head: dict[str, Any], delta: dict[str, str], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    document = {**head, "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(document, ensure_ascii=False).encode() + b"\n\n"
