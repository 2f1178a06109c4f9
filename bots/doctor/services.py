"""What an answer needs beside the records: the index, the embedder, the language model, and Telegram."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
import numpy as np
from sqlalchemy import Engine

from bots.doctor.finding import Finding, finding
from knowledge.index import VectorIndex
from knowledge.store import Store

if TYPE_CHECKING:
    from bots.assembly import Installation

_TIMEOUT = 10.0  # seconds, one call to a service


def index(installation: Installation, engine: Engine) -> Finding:
    """The index holds the library, by the embedder of the settings, and finds what it holds.

    Raises:
        RefusedInput: another embedder made it, or its server does not answer.
    """
    store, name = Store(engine), installation.embedder.name
    passages = store.count()
    if not passages:
        return finding("index", "warning", "empty")
    settings = installation.settings
    where = settings.chroma_url or settings.data_dir / "chroma"
    known = VectorIndex(where, store, name)
    known.same_embedder()
    try:
        probe = store.vectors_of(name, [content for _, _, _, content in store.all_keys()[:1]])
        finds = bool(probe) and bool(known.nearest(next(iter(probe.values())).astype(np.float32), 1))
        if not finds or not known.current:
            return finding("index", "broken" if known.current else "warning", "behind", passages=passages)
    finally:
        known.close()
    return finding("index", "ok", "good", passages=passages, embedder=name)


def embedder(installation: Installation) -> Finding:
    """The embedder gives vectors of length 1.

    Raises:
        RefusedInput: it is not installed, or its server does not answer.
    """
    name, vector = installation.embedder.name, installation.embedder.query("SPBE")
    if abs(float(np.linalg.norm(vector)) - 1) > 0.01:
        return finding("embedder", "broken", "wrong", name=name)
    return finding("embedder", "ok", "good", name=name, size=len(vector))


def model(installation: Installation) -> Finding:
    """The language model can be used, and its server answers; without it answers are composed, so it is a notice."""
    settings = installation.settings
    if settings.model is None:
        return finding("model", "ok", "none")
    if installation.rewording is None:
        return finding("model", "broken", "unusable", name=settings.model)
    if settings.model_url is None:
        return finding("model", "ok", "uncalled", name=settings.model)
    headers = {"Authorization": f"Bearer {settings.model_key.get_secret_value()}"} if settings.model_key else {}
    status = _status(f"{settings.model_url.rstrip('/')}/models", headers)
    if status != 200:
        return finding("model", "warning", "silent", status=status)
    return finding("model", "ok", "good", name=settings.model)


def telegram(installation: Installation) -> Finding:
    """Telegram accepts the bot's token."""
    settings = installation.settings
    if settings.telegram_token is None:
        return finding("telegram", "ok", "none")
    token = settings.telegram_token.get_secret_value()
    status = _status(f"{settings.telegram_api.rstrip('/')}/bot{token}/getMe", {})
    if status in (401, 404):
        return finding("telegram", "broken", "refused")
    if status != 200:
        return finding("telegram", "broken", "silent", address=settings.telegram_api, status=status)
    return finding("telegram", "ok", "good")


def _status(address: str, headers: dict[str, str]) -> int | str:
    """The status of a GET, or the kind of error; never the address, which may hold a token."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it logs addresses
    try:
        return httpx.get(address, headers=headers, timeout=_TIMEOUT).status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as reason:
        return type(reason).__name__
