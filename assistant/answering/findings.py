"""What the assessors wrote about the agency in the ministry's evaluation report, cited with its page.

Findings are passages of kind "finding" with headings ("aspect 2", "weakness" | "strength" | "recommendation"),
made by ingest.assessments from an imported report; unpublished ones are seen by the agency only.
"""

from typing import Literal

from assistant.answering.desk import Desk
from assistant.answering.standing import Standing
from knowledge.passage import Passage

_MOST = 2  # remarks quoted in one answer
_WORDS = 45  # words of a remark; the citation opens all of it


def assessors_words(
    desk: Desk, standing: Standing, node: str, kind: Literal["weakness", "recommendation"] = "weakness"
) -> None:
    """Add what the assessors wrote on the aspects under a node, the lowest aspect first."""
    instrument = standing.instrument
    aspects = {indicator.aspect for indicator in instrument.indicators_under(node)}
    found = [
        passage
        for passage in desk.findings(standing)
        if passage.headings[1:] == (kind,) and _aspect(passage) in aspects
    ]
    found.sort(key=lambda p: (standing.value(f"aspect {_aspect(p)}") or 0, p.id))
    if found:
        weak = ("Catatan asesor dalam laporan evaluasi:", "The assessors wrote in the report:")
        advice = ("Rekomendasi asesor dalam laporan evaluasi:", "The assessors recommended in the report:")
        desk.draft.sentence(desk.say(*(weak if kind == "weakness" else advice)))
    for passage in found[:_MOST]:
        name = desk.draft.name(desk.text(instrument.node_name(passage.headings[0])))
        desk.draft.item(f"{name}: “{desk.draft.name(_shortened(passage.text))}” {desk.draft.cite(passage)}")


def _aspect(passage: Passage) -> int:
    return int(passage.headings[0].split()[1])


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= _WORDS else " ".join(words[:_WORDS]).rstrip(",;") + " …"
