"""Composes the report of one agency's year from the records and the library, as far as the asker may see them."""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Chart, Draft
from assistant.answering.charts import standing_chart
from assistant.answering.desk import Desk
from assistant.answering.standing import Standing
from assistant.permissions import Asker
from assistant.records.agencies import spoken
from assistant.records.assessments import Assessments
from assistant.records.holdings import Holdings
from assistant.reports.citing import Sources
from assistant.reports.content import GapRow, IndicatorRow, NodeRow, Report, Statement
from assistant.reports.planning import plan_part
from assistant.reports.summarising import limits, summary
from assistant.reports.wording import printable, words
from knowledge.retrieval import Retriever
from scoring import STAGE_NAMES, Costs, Language, RefusedInput
from scoring.gaps import gaps, reference_level
from scoring.standing import finest

_BARS = 10  # gaps in the picture
_FINDINGS = 8  # of the assessors' remarks, those on the lowest aspects
_GRAINS = ("index", "domain", "aspect", "indicator")
_REMARKS = ("weakness", "recommendation")


def compose(
    records: Holdings,
    retriever: Retriever,
    asker: Asker,
    agency: str,
    *,
    made_on: date,
    year: int | None = None,
    stage: str | None = None,
    target: str | None = None,
    costs: Costs | None = None,
    language: Language = "id",
) -> Report:
    """The report of an agency.

    Args:
        agency: in any spelling. year: the latest held where None. stage: the preferred one where None.
        target: of the plan, as people write it; without one the next predikat. costs: the agency's own.
        made_on: the day that stands on the report.

    Raises:
        RefusedInput: unknown agency or stage, nothing held that the asker may see, or a target not understood.
    """
    standing = Standing(records.held(agency, year, stage, asker))
    draft = Draft(language, retriever.library)
    assessments = Assessments(records.engine, asker)
    desk = Desk(draft, records.register, assessments, retriever, standing.instrument, question="")
    sources = Sources(desk)
    known, instrument = finest(standing.assessment), standing.instrument
    nodes, rows = _nodes(standing, language), _gaps(standing, language)
    head = sources.of_figures()
    plan = plan_part(standing, target, sources, language, costs)
    published = standing.assessment.published
    return Report(
        language=language,
        agency=printable(known.agency),
        called=printable(spoken(known.agency)),
        year=standing.year,
        stage=STAGE_NAMES[known.stage].into(language),
        instrument=instrument,
        assessment=known,
        made_on=made_on,
        reference=reference_level(instrument),
        published_index=None if published is None else published.index,
        published_rating=None if published is None or published.rating is None else printable(published.rating),
        summary=summary(standing, rows, plan, head, language),
        nodes=nodes,
        indicators=_indicators(standing, language) if known.levels else (),
        gaps=rows,
        plan=plan,
        findings=_findings(desk, standing, sources),
        limits=limits(standing, language),
        figures_from=words(
            "figures_from",
            language,
            stage=STAGE_NAMES[known.stage].into(language),
            year=known.year,
            source=printable(standing.held.source),
            instrument=instrument.title.into(language),
        ),
        citations=tuple(draft.citations.values()),
        radar=standing_chart(desk, standing),
        bars=_bars(rows, reference_level(instrument), language),
    )


def _nodes(standing: Standing, language: Language) -> tuple[NodeRow, ...]:
    """Domains with their aspects under them, or the aspects alone; what is known at no finer grain is left out."""
    instrument = standing.instrument
    order = [
        node
        for domain in instrument.domains
        for node in (f"domain {domain.number}", *(f"aspect {a.number}" for a in instrument.aspects_of(domain)))
    ] or [f"aspect {aspect.number}" for aspect in instrument.aspects]
    basis = finest(standing.assessment).basis
    rows = []
    for node in order:
        kind, number = instrument.node(node)
        part = (instrument.domains if kind == "domain" else instrument.aspects)[number - 1]
        value, span = standing.value(node), standing.scoring.span(node)
        if value is None and _GRAINS.index(kind) > _GRAINS.index(basis):
            continue
        rows.append(
            NodeRow(
                kind=kind,
                number=number,
                name=part.name.into(language),
                weight=part.weight,
                value=value,
                floor=span.floor if value is None else value,
                ceiling=span.ceiling if value is None else value,
            )
        )
    return tuple(rows)


def _indicators(standing: Standing, language: Language) -> tuple[IndicatorRow, ...]:
    levels = standing.assessment.levels
    return tuple(
        IndicatorRow(i.number, i.name.into(language), i.aspect, i.weight, levels.get(i.number))
        for i in standing.instrument.indicators
    )


def _gaps(standing: Standing, language: Language) -> tuple[GapRow, ...]:
    """The gaps at the finest grain that is known; none where only the index is."""
    try:
        found = gaps(standing.assessment)
    except RefusedInput:
        return ()
    return tuple(
        GapRow(
            kind=found.granularity,
            number=gap.number,
            name=gap.name if language == "id" else gap.name_en,
            weight=gap.weight,
            value=gap.value,
            one_more=gap.one_level_gain,
            to_reference=gap.loss_to_reference,
            to_highest=gap.loss_to_highest,
        )
        for gap in found.gaps
    )


def _bars(rows: Sequence[GapRow], reference: int, language: Language) -> Chart | None:
    """The largest gaps against the reference level; against the highest where none is below the reference."""
    lost = [(row, row.to_reference) for row in rows if row.to_reference > 0]
    key = words("to_reference", language, level=reference)
    if not lost:
        lost = sorted(((row, row.to_highest) for row in rows if row.to_highest > 0), key=lambda pair: -pair[1])
        key = words("to_highest", language)
    if not lost:
        return None
    lost = lost[:_BARS]
    names = tuple(f"{row.name} ({row.number})" for row, _ in lost)
    return Chart(
        kind="bars",
        title=f"{words('gaps', language)}: {key[0].lower()}{key[1:]}",
        summary="; ".join(names),
        labels=names,
        series={key: tuple(float(loss) for _, loss in lost)},
    )


def _findings(desk: Desk, standing: Standing, sources: Sources) -> tuple[Statement, ...]:
    """What the assessors found weak and recommended, the lowest aspects first."""
    found = [p for p in desk.findings(standing) if len(p.headings) > 1 and p.headings[1] in _REMARKS]
    found.sort(key=lambda p: (standing.value(p.headings[0]) or 0, p.headings[0], p.headings[1] != "weakness", p.id))
    return tuple(
        Statement(
            text=printable(passage.text),
            sources=sources.number(passage),
            lead=desk.text(standing.instrument.node_name(passage.headings[0])),
        )
        for passage in found[:_FINDINGS]
    )
