"""Clients of a server under measurement: plain sockets in threads, so that asking costs the machine little.

The two cores belong to the servers; a request costs these clients about a tenth of a millisecond.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType

TIMEOUT = 60.0  # seconds until a client gives up


class Client:
    """One connection that stays open, with the cookie of whoever signed in.

    Attributes:
        cookie: ``name=value``, sent with each request.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.cookie = ""

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers in lower case; a connection that was closed while idle is opened again once."""
        told = {"Origin": f"http://127.0.0.1:{self._port}", **(headers or {})}
        if self.cookie:
            told["Cookie"] = self.cookie
        for last in (False, True):
            try:
                self._connection.request(method, path, body, told)
                answer = self._connection.getresponse()
                return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self._connection.close()
                if last:
                    raise
        raise AssertionError("not reached")

    def post(self, path: str, document: object) -> tuple[int, bytes, Mapping[str, str]]:
        return self.send("POST", path, json.dumps(document).encode(), {"Content-Type": "application/json"})


@dataclass
class Taken:
    """What some clients met with: seconds of each answer, and what went wrong, counted."""

    seconds: list[float] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted if self.lasted else 0.0

    def milliseconds(self, share: float) -> float:
        return round(1000 * sorted(self.seconds)[int(share * (len(self.seconds) - 1))], 1) if self.seconds else 0.0


def flood(port: int, path: str, asked: Iterator[str], clients: int, seconds: float) -> Taken:
    """Clients that each ask again as soon as they are answered: the rate that the server sustains."""
    return _ask(port, path, asked, clients, seconds, None)


def pace(port: int, path: str, asked: Iterator[str], clients: int, seconds: float, rate: float) -> Taken:
    """Questions at even moments, whether or not the earlier ones are answered; waiting for a client counts too."""
    return _ask(port, path, asked, clients, seconds, rate)


def _ask(port: int, path: str, asked: Iterator[str], clients: int, seconds: float, rate: float | None) -> Taken:
    taken, lock, number = Taken(), threading.Lock(), 0
    begin = time.perf_counter()

    def next_question() -> tuple[str, float]:
        nonlocal number
        with lock:
            number += 1
            due = time.perf_counter() if rate is None else begin + number / rate
            return next(asked), due

    def run() -> None:
        with Client(port) as client:
            while True:
                text, due = next_question()
                if due - begin >= seconds or time.perf_counter() - begin >= seconds:
                    return
                time.sleep(max(0.0, due - time.perf_counter()))
                problem = _problem(client, path, text)
                spent = time.perf_counter() - due
                with lock:
                    if problem is None:
                        taken.seconds.append(spent)
                    else:
                        taken.problems[problem] += 1

    together([run] * clients)
    taken.lasted = time.perf_counter() - begin
    return taken


def _problem(client: Client, path: str, text: str) -> str | None:
    try:
        status = client.post(path, {"message": text})[0]
    except (OSError, http.client.HTTPException) as reason:
        return type(reason).__name__
    return None if status == 200 else str(status)


def together(runs: list[Callable[[], None]]) -> None:
    """Run all at once, each in a thread; return when the last is done."""
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
