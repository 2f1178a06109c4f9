"""Examines an installation without changing it: what is in order, what is not, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bots.doctor import services, storage
from bots.doctor.finding import Finding
from scoring.refusal import RefusedInput, Text

if TYPE_CHECKING:
    from bots.assembly import Installation


def examine(installation: Installation) -> list[Finding]:
    """All checks, in the order in which trouble spreads; one that fails in a way of its own is broken too."""
    found = [
        _guarded("data folder", lambda: storage.folder(installation)),
        _guarded("disk", lambda: storage.disk(installation)),
        _guarded("database", lambda: storage.database(installation)),
    ]
    if found[-1].state == "ok":
        engine = storage.opened(installation)
        try:
            found.append(_guarded("migrations", lambda: storage.migrations(engine)))
            if found[-1].state == "ok":
                found.append(_guarded("clock", lambda: storage.clock(engine)))
                found.append(_guarded("index", lambda: services.index(installation, engine)))
        finally:
            engine.dispose()
    found.append(_guarded("embedder", lambda: services.embedder(installation)))
    found.append(_guarded("model", lambda: services.model(installation)))
    found.append(_guarded("telegram", lambda: services.telegram(installation)))
    return found


def _guarded(check: str, examined: Callable[[], Finding]) -> Finding:
    try:
        return examined()
    except RefusedInput as reason:
        return Finding(check, "broken", reason.message)
    except Exception as reason:
        kind = type(reason).__name__  # the message could hold an address with a password or a token
        return Finding(check, "broken", Text(id=f"gagal diperiksa ({kind})", en=f"the check failed ({kind})"))


__all__ = ["Finding", "examine"]
