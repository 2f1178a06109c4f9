"""Findings of assessors that came with a file, put into the library of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.building import Origin

if TYPE_CHECKING:
    from bots.assembly import Installation
    from ingest.assessments import Reading


def keep_findings(installation: Installation, reading: Reading) -> None:
    """Store, embed and index the findings of a file; nothing to do where it holds none."""
    if not reading.passages:
        return
    builder = installation.builder()
    for rule in reading.rules:
        passages = [passage for passage in reading.passages if passage.rule == rule.id]
        with installation.index.writing():
            builder.put(Origin(f"finding:{rule.id.removeprefix('lhe-')}", passages, (rule,), source=rule.source))
    installation.index.synchronise()
