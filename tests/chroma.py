"""A real Chroma server on loopback, with its disk in a folder."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import time
from pathlib import Path
from typing import Self

import httpx
import pytest

from bench.serving import free_port


class Chroma:
    """A Chroma server of the test's own; it keeps its port over restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sysconfig.get_path("scripts")) / "chroma"
        command = [program, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)]
        env = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 40
        while time.monotonic() < until:
            try:
                httpx.get(f"{self.address}/api/v2/heartbeat", timeout=2).raise_for_status()
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        pytest.fail("the Chroma server does not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        """Stops it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
