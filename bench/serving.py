"""Real servers on loopback for measuring: ``spbe serve`` as in production, and the bare ones it is measured against."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2  # of every server here, each with an embedder of one thread
_START = 240.0  # seconds for a new installation to make its library and to answer


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        port: on 127.0.0.1.
        folder: holds its ``log`` and, of the service, the data folder ``data``.
    """

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'data' / 'spbe.sqlite'}"

    def workers(self) -> list[int]:
        """The worker processes, without the resource tracker of multiprocessing."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in children.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def memory(self) -> float:
        """Resident memory of all workers together, in MB."""
        return sum(resident(pid) for pid in self.workers())

    def processor_seconds(self) -> float:
        """Processor time that all workers together have used."""
        tick, used = os.sysconf("SC_CLK_TCK"), 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
            used += int(fields[11]) + int(fields[12])
        return used / tick

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def spbe(**settings: str) -> Iterator[Server]:
    """A new installation, served by ``spbe serve --workers 2`` without limits for visitors."""
    program = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--workers", str(WORKERS)]
    with tempfile.TemporaryDirectory(prefix="spbe-load-") as folder:
        given = {
            "SPBE_DATA_DIR": str(Path(folder) / "data"),
            "SPBE_LOG_FORMAT": "json",
            "SPBE_LIMIT_VISITOR": "off",
            "SPBE_LIMIT_ACCOUNT": "off",
            "SPBE_LIMIT_AGENCY": "off",
            **settings,
        }
        with _running(program, Path(folder), given, "/readyz") as server:
            yield server


@contextmanager
def baselines(beside: Server) -> Iterator[Server]:
    """bench.baselines over the passages of a running service, with as many workers."""
    program = [sys.executable, "-m", "uvicorn", "bench.baselines:app", "--workers", str(WORKERS), "--no-access-log"]
    given = {"SPBE_BENCH_DATABASE": beside.database}
    with (
        tempfile.TemporaryDirectory(prefix="spbe-baselines-") as folder,
        _running(program, Path(folder), given, "/ready") as server,
    ):
        yield server


@contextmanager
def _running(program: list[str], folder: Path, settings: dict[str, str], ready: str) -> Iterator[Server]:
    port = free_port()
    here = str(Path(__file__).parents[1])
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": path, **settings}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*program, "--port", str(port)], env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT
        )
    server = Server(process, port, folder)
    try:
        _wait(server, ready)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def _wait(server: Server, ready: str) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until and server.process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request("GET", ready)
            if connection.getresponse().status == 200 and len(server.workers()) == WORKERS:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.3)
    raise RuntimeError(f"the server does not answer:\n{server.log()[-4000:]}")


def free_port() -> int:
    """A port on loopback that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def resident(pid: int) -> float:
    """Resident memory of a process in MB; 0 of one that is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except FileNotFoundError:
        pass
    return 0.0
