"""Files that were read for somebody and wait for a yes; after a day they are gone."""

import re
import secrets
import shutil
import time
from pathlib import Path

from assistant.records.evidence import file_name

_KEPT = 24 * 3600  # seconds
_TOKEN = re.compile(r"^[0-9a-f]{32}$")


class WaitingFiles:
    """One folder a file, named after the account it waits for and a random token.

    Args:
        folder: where they wait.
        account: whose files these are.
    """

    def __init__(self, folder: Path, account: int) -> None:
        self._folder = folder
        self._account = account

    def keep(self, name: str, content: bytes) -> tuple[str, Path]:
        """Write a file down; returns its token and where it is. Old ones are swept out on the way."""
        self._sweep()
        token = secrets.token_hex(16)
        place = self._folder / f"{self._account}-{token}"
        place.mkdir(parents=True, mode=0o700)
        path = place / (file_name(name) or "berkas")
        path.write_bytes(content)
        return token, path

    def find(self, token: str) -> Path | None:
        """The file of a token of the same account."""
        if not _TOKEN.match(token):
            return None
        place = self._folder / f"{self._account}-{token}"
        return next(iter(place.iterdir()), None) if place.is_dir() else None

    def drop(self, token: str) -> None:
        if _TOKEN.match(token):
            shutil.rmtree(self._folder / f"{self._account}-{token}", ignore_errors=True)

    def _sweep(self) -> None:
        for place in self._folder.glob("*-*"):
            if place.stat().st_mtime < time.time() - _KEPT:
                shutil.rmtree(place, ignore_errors=True)
