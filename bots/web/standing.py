"""Where a self-assessment stands while it is filled in, in a few words; and a level as a person wrote it."""

from fractions import Fraction

from scoring import Assessment, Language, RefusedInput, Text, load_instrument
from scoring.figures import exactly, shown
from scoring.scorecard import Scoring


def standing_words(assessment: Assessment, language: Language) -> dict[str, str]:
    """``value``: the index, or between what it lies; ``rating``; ``complete``: how many indicators have a level."""
    scoring = Scoring(assessment)
    span, instrument = scoring.index, load_instrument(assessment.instrument)
    low, high = (_local(shown(value), language) for value in (span.floor, span.ceiling))
    bands = [instrument.rating(value, assessment.year).name for value in (span.floor, span.ceiling)]
    known, count = scoring.known if assessment.levels else (0, len(instrument.indicators))
    words = {"id": ("sampai", "dari", "indikator terisi"), "en": ("to", "of", "indicators filled in")}[language]
    names = list(dict.fromkeys(band.into(language) for band in bands))
    return {
        "value": low if span.exact is not None else f"{low}–{high}",
        "rating": f" {words[0]} ".join(names),
        "complete": f"{known} {words[1]} {count} {words[2]}",
    }


def level_in(text: str) -> Fraction | None:
    """A level from a form; nothing where it is left open.

    Raises:
        RefusedInput: not a number.
    """
    if not text.strip():
        return None
    try:
        return exactly(text.strip().replace(",", "."))
    except ValueError as reason:
        raise RefusedInput(
            "level_not_allowed",
            Text(id=f"Tingkat {text[:20]!r} bukan angka.", en=f"Level {text[:20]!r} is not a number."),
        ) from reason


def _local(figure: str, language: Language) -> str:
    return figure.replace(".", ",") if language == "id" else figure
