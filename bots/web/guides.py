"""The pack's guides to the indicators, read once."""

from functools import cache

from knowledge.library import Library
from knowledge.pack import Pack, load_pack
from knowledge.pack_entries import IndicatorGuide


@cache
def pack() -> Pack:
    """The pack that ships."""
    return load_pack()


@cache
def library() -> Library:
    """The rules of the pack."""
    return pack().library


def guide_to(instrument: str, number: int) -> IndicatorGuide | None:
    """How an indicator is proved; None where the pack has no guide to it."""
    guides = pack().guides.get(instrument, ())
    return next((guide for guide in guides if guide.number == number), None)
