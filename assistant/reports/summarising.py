"""The first page of a report, and what the report cannot say."""

from collections.abc import Iterator, Sequence

from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from assistant.reports.content import GapRow, KeyFigure, PlanPart, Statement, Summary
from assistant.reports.wording import effect, figure, level, printable, words
from scoring import STAGE_NAMES, Language, Text
from scoring.gaps import reference_level
from scoring.standing import finest

_HOLDING = 4
_FIRST = 3


def summary(
    standing: Standing, gaps: Sequence[GapRow], plan: PlanPart | None, sources: tuple[int, ...], language: Language
) -> Summary:
    """Where the index stands, what holds it back, what to do first.

    Args:
        sources: numbers of the places of weights and bands.
    """
    return Summary(
        figures=tuple(_figures(standing, language)),
        verdict=tuple(_verdict(standing, sources, language)),
        holding_back=tuple(_holding_back(standing, gaps, language)),
        first=() if plan is None else tuple(_first(plan, language)),
    )


def _figures(standing: Standing, language: Language) -> Iterator[KeyFigure]:
    index, span, rating = standing.value("index"), standing.scoring.index, standing.rating
    told = f"{figure(span.floor, language)}–{figure(span.ceiling, language)}" if index is None else None
    yield KeyFigure(words("index", language), told or figure(index or span.floor, language))
    yield KeyFigure(words("rating", language), "–" if rating is None else printable(rating.into(language)))
    if standing.assessment.levels:
        known, there_are = standing.scoring.known
        yield KeyFigure(words("completeness", language), f"{known}/{there_are}")
    following = standing.next_band()
    if following is not None and index is not None and following[1] > index:
        label = words("to_next", language, band=following[0].into(language))
        yield KeyFigure(label, f"+{effect(following[1] - index, language)}")


def _verdict(standing: Standing, sources: tuple[int, ...], language: Language) -> Iterator[Statement]:
    agency, year = printable(spoken(standing.assessment.agency)), standing.year
    name = standing.instrument.short.into(language)
    index, rating = standing.value("index"), standing.rating
    if index is None:
        span = standing.scoring.index
        low, high = figure(span.floor, language), figure(span.ceiling, language)
        told = Text(
            id=f"{name} {agency} {year} belum lengkap: nilainya antara {low} dan {high}.",
            en=f"The {name} of {agency} in {year} is incomplete: it lies between {low} and {high}.",
        )
        yield Statement(told.into(language), sources)
        return
    value, published = figure(index, language), standing.published("index") is not None
    earned = "" if rating is None else f" ({printable(rating.into(language))})"
    stage = STAGE_NAMES[standing.assessment.stage]
    how = Text(id="diumumkan", en="published") if published else Text(id="dihitung", en="computed")
    told = Text(
        id=f"{name} {agency} {year} adalah {value}{earned}, {how.id} menurut {stage.id}.",
        en=f"The {name} of {agency} in {year} is {value}{earned}, {how.en} for the {stage.en}.",
    )
    yield Statement(told.into(language), sources)
    if standing.differs("index"):
        computed = figure(standing.computed("index") or index, language)
        differs = Text(
            id=f"Dari tingkat indikatornya terhitung {computed}; yang diumumkan disebut lebih dulu.",
            en=f"Its indicator levels give {computed}; the published value is said first.",
        )
        yield Statement(differs.into(language))
    yield from _extremes(standing, language)


def _extremes(standing: Standing, language: Language) -> Iterator[Statement]:
    """The lowest and the highest part, where they differ."""
    instrument = standing.instrument
    for kind, parts in (("aspect", instrument.aspects), ("domain", instrument.domains)):
        values = [(standing.value(f"{kind} {part.number}"), part.name.into(language)) for part in parts]
        known = sorted((value, name) for value, name in values if value is not None)
        if len(known) < 2 or len(known) < len(values) or known[0][0] == known[-1][0]:
            continue
        (low, lowest), (high, highest) = known[0], known[-1]
        label = words(kind, language).lower()
        told = Text(
            id=f"{label.capitalize()} terendah {lowest}, {figure(low, language)}; "
            f"tertinggi {highest}, {figure(high, language)}.",
            en=f"The lowest {label} is {lowest}, {figure(low, language)}; "
            f"the highest {highest}, {figure(high, language)}.",
        )
        yield Statement(told.into(language))
        return


def _holding_back(standing: Standing, gaps: Sequence[GapRow], language: Language) -> Iterator[Statement]:
    reference = reference_level(standing.instrument)
    whole = standing.instrument.scale.whole
    below = [gap for gap in gaps if gap.to_reference > 0][:_HOLDING]
    if gaps and not below:
        told = Text(id=f"Tidak ada yang di bawah tingkat {reference}.", en=f"Nothing stands below level {reference}.")
        yield Statement(told.into(language))
        below = sorted((gap for gap in gaps if gap.to_highest > 0), key=lambda gap: -gap.to_highest)[:_HOLDING]
    for gap in below:
        if gap.kind == "indicator":
            at = f"{words('level', language).lower()} {level(gap.value, language, whole=whole)}"
        else:
            at = f"{words('value', language).lower()} {figure(gap.value, language)}"
        gain = f"+{effect(gap.to_reference or gap.to_highest, language)}"
        told = Text(
            id=f"Sampai tingkat {reference}: {gain} poin indeks.", en=f"Up to level {reference}: {gain} points."
        )
        if not gap.to_reference:
            told = Text(id=f"Sampai tingkat tertinggi: {gain} poin indeks.", en=f"Up to the top: {gain} index points.")
        yield Statement(told.into(language), lead=f"{gap.name} ({gap.number}), {at}.")


def _first(plan: PlanPart, language: Language) -> Iterator[Statement]:
    for row in plan.rows[:_FIRST]:
        to = Text(id=f"ke tingkat {row.from_level + 1}", en=f"to level {row.from_level + 1}").into(language)
        if row.assumed:
            to = Text(id=f"belum dinilai, {to}", en=f"not assessed, {to}").into(language)
        asked = row.requirements[0] if row.requirements else Statement("")
        yield Statement(asked.text, asked.sources, lead=f"{row.name} ({row.indicator}), {to}.")


def limits(standing: Standing, language: Language) -> tuple[str, ...]:
    """One sentence for everything the report cannot say."""
    return tuple(text.into(language) for text in _limits(standing))


def _limits(standing: Standing) -> Iterator[Text]:
    assessment, basis = standing.assessment, finest(standing.assessment).basis
    missing = [i.number for i in standing.instrument.indicators if i.number not in assessment.levels]
    if assessment.levels and missing:
        numbers = ", ".join(map(str, missing))
        yield Text(
            id=f"Belum dinilai: indikator {numbers}. Yang belum dinilai tidak dianggap nol.",
            en=f"Not assessed: indicators {numbers}. What is not assessed does not count as zero.",
        )
    if basis == "index":
        yield Text(
            id="Hanya indeksnya yang diketahui, jadi laporan ini tanpa rincian, celah, dan rencana.",
            en="Only the index is known, so this report has no parts, gaps or plan.",
        )
    elif not assessment.levels:
        part = {"aspect": "aspek"}.get(basis, basis)
        yield Text(
            id=f"Nilai hanya diketahui per {part}, jadi celah dihitung per {part} dan rencana tidak dapat disusun. "
            "Impor tingkat tiap indikator untuk mendapat keduanya.",
            en=f"Values are known by {basis} only, so gaps are by {basis} and no plan can be made. "
            "Import the level of each indicator to get both.",
        )
    if basis in ("aspect", "domain") and standing.published("index") is not None:
        yield Text(
            id="Nilai bagian diumumkan dengan desimal terbatas; indeks yang dihitung darinya dapat sedikit berbeda.",
            en="The parts are published with few decimals; an index computed from them may differ slightly.",
        )
    if standing.instrument.second_hand:
        yield Text(
            id="Instrumen ini dari sumber kedua; belum dicocokkan dengan naskah aturannya.",
            en="This instrument is known second-hand; it was not checked against the text of the rule.",
        )
    if not standing.held.published:
        yield Text(
            id="Laporan ini memuat data yang belum diumumkan, milik instansi ini. Jangan disebarkan.",
            en="This report holds unpublished data that belong to this agency. Do not pass it on.",
        )
