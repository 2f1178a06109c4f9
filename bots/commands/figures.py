"""spbe score, gaps, plan, simulate, compare, trend: figures from a file or from what is held."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.commands.output import SECOND_HAND, emit, language, refusing
from scoring import Assessment, RefusedInput, Text
from scoring.refusal import Language

if TYPE_CHECKING:
    from bots.assembly import Installation
    from scoring import Costs

File = Annotated[Path | None, typer.Argument(help="Berkas penilaian / assessment file (JSON).")]
Agency = Annotated[str | None, typer.Option(help="Instansi / agency.")]
Year = Annotated[int | None, typer.Option(help="Tahun / year.")]
Stage = Annotated[str | None, typer.Option(help="target | self | internal | external | final")]
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]


def score(
    context: typer.Context,
    file: File = None,
    agency: Agency = None,
    year: Year = None,
    stage: Stage = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Hitung indeks / compute the index."""
    from scoring import score as scored

    with refusing(lang):
        _each(
            context, file, agency, year, stage, lambda a: scored(a).model_dump(mode="json"), as_json, lang, _score_text
        )


def gaps(
    context: typer.Context,
    file: File = None,
    agency: Agency = None,
    year: Year = None,
    stage: Stage = None,
    node: Annotated[str, typer.Option(help='"index", "domain 2", "aspect 5", "indicator 21"')] = "index",
    below: Annotated[int | None, typer.Option(help="Hanya di bawah tingkat ini / only under this level.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Urutkan indikator yang menahan indeks / rank what holds the index back."""
    from scoring.gaps import gaps as ranked

    with refusing(lang):
        _each(
            context, file, agency, year, stage,
            lambda a: ranked(a, node, below).model_dump(mode="json"), as_json, lang, _gaps_text,
        )  # fmt: skip


def plan(
    context: typer.Context,
    target: Annotated[str, typer.Option(help='3.5 | "Sangat Baik" | "semua indikator minimal 3"')],
    file: File = None,
    agency: Agency = None,
    year: Year = None,
    stage: Stage = None,
    costs: Annotated[Path | None, typer.Option(help="Tabel biaya JSON / table of costs as JSON.")] = None,
    alternatives: Annotated[int, typer.Option(min=0, max=5, help="Rencana lain / other plans.")] = 0,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Jalan termurah ke target / the cheapest way to a target."""
    from scoring import load_instrument
    from scoring.plan import plan as planned
    from scoring.target import read_target

    def work(assessment: Assessment) -> dict[str, Any]:
        instrument = load_instrument(assessment.instrument)
        prices = None if costs is None else costs_of(costs)
        way = planned(assessment, read_target(target, instrument), prices, alternatives)
        return way.model_dump(mode="json")

    with refusing(lang):
        _each(context, file, agency, year, stage, work, as_json, lang, _plan_text)


def simulate(
    context: typer.Context,
    change: Annotated[list[str], typer.Option("--set", help="21=3")],
    file: File = None,
    agency: Agency = None,
    year: Year = None,
    stage: Stage = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Andaikan tingkat lain / suppose other levels."""
    from scoring.simulate import read_changes
    from scoring.simulate import simulate as supposed

    with refusing(lang):
        changes = read_changes(change)
        _each(
            context, file, agency, year, stage,
            lambda a: supposed(a, changes).model_dump(mode="json"), as_json, lang, _simulation_text,
        )  # fmt: skip


def compare(
    context: typer.Context,
    agency: Annotated[list[str] | None, typer.Option(help="Instansi, dua atau lebih / two agencies or more.")] = None,
    group: Annotated[str | None, typer.Option(help='Provinsi / province, such as "Jawa Barat".')] = None,
    year: Year = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Bandingkan instansi / compare agencies."""
    from assistant.permissions import OPERATOR
    from scoring.compare import compare as compared

    with refusing(lang):
        assistant = context.obj.records
        if group is not None:
            assessments = assistant.group(group, year, OPERATOR)
        else:
            assessments = [assistant.assessment(name, year, None, OPERATOR) for name in agency or []]
        result = compared(assessments)
        if as_json:
            emit(result.model_dump(mode="json"))
            return
        at = result.node("index")
        for entry in at.entries if at else ():
            print(f"{entry.rank or '-':>4}  {entry.value_shown or '?':>5}  {entry.agency} {entry.year}")
        for warning in result.warnings:
            print(warning.into(language(lang)))


def trend(
    context: typer.Context,
    agency: Annotated[str, typer.Option(help="Instansi / agency.")],
    node: Annotated[str, typer.Option(help='"index", "domain 2" ...')] = "index",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Perkembangan antartahun / development over the years."""
    from assistant.permissions import OPERATOR
    from scoring.trend import trend as followed

    with refusing(lang):
        result = followed(context.obj.records.assessments(agency, OPERATOR), node)
        if as_json:
            emit(result.model_dump(mode="json"))
            return
        breaks = {move.to_year: move.note for move in result.moves if move.break_}
        for point in result.points:
            if (note := breaks.get(point.year)) is not None:
                print(f"----  {note.into(language(lang))}")
            print(
                f"{point.year}  {point.value_shown or '?':>5}  {point.rating or ''}"
                f"  ({point.instrument}, {point.stage})"
            )
        if result.missing_years:
            print(", ".join(map(str, result.missing_years)) + ": -")


def _each(
    context: typer.Context,
    file: Path | None,
    agency: str | None,
    year: int | None,
    stage: str | None,
    work: Callable[[Assessment], dict[str, Any]],
    as_json: bool,
    lang: str | None,
    text: Callable[[dict[str, Any], Language], str],
) -> None:
    """Do the work on every assessment of a file (a list gives a list), or on the one that is held."""
    assessments, listed = _given(context.obj, file, agency, year, stage)
    results = [work(assessment) for assessment in assessments]
    if as_json:
        emit(results if listed else results[0])
    else:
        print("\n\n".join(text(result, language(lang)) for result in results))


def _given(
    installation: Installation, file: Path | None, agency: str | None, year: int | None, stage: str | None
) -> tuple[list[Assessment], bool]:
    from ingest.assessments import read_json

    if file is not None and agency is None:
        return read_json(file)
    if agency is None or file is not None:
        raise RefusedInput(
            "file_or_agency",
            Text(
                id="Sebutkan satu berkas penilaian atau --agency, salah satu.",
                en="Give either a file of assessments or --agency.",
            ),
        )
    from assistant.permissions import OPERATOR

    return [installation.records.assessment(agency, year, stage, OPERATOR)], False


def costs_of(path: Path) -> Costs:
    """The table of costs in a JSON file.

    Raises:
        RefusedInput: no JSON, or no table of costs.
    """
    from scoring.cost_table import read_costs

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise RefusedInput(
            "costs_not_readable",
            Text(
                id=f"{path.name}: tabel biaya tidak dapat dibaca ({reason}). Yang diterima: JSON.",
                en=f"{path.name}: the table of costs cannot be read ({reason}). Accepted: JSON.",
            ),
        ) from reason
    return read_costs(document)


def _score_text(card: dict[str, Any], spoken: Language) -> str:
    head = f"{card['agency']} {card['year']} ({card['stage']}, {card['instrument']})"
    index = card["index"] or f"{card['floor']} - {card['ceiling']} ({card['completeness']})"
    lines = [head, f"  index   {index}  {card['rating'] or ''}".rstrip()]
    for kind in ("domains", "aspects"):
        for node in card[kind]:
            value = node["value"] or f"{node['floor']} - {node['ceiling']}"
            lines.append(f"  {kind[:-1]} {node['number']}  {value}  {_said(node, 'name', spoken)} ({node['weight']}%)")
    if card["published"]:
        lines.append(f"  published  {card['published']['index'] or '-'}  {card['published']['rating'] or ''}".rstrip())
    return "\n".join(lines)


def _gaps_text(found: dict[str, Any], spoken: Language) -> str:
    lines = [f"{found['agency']} {found['year']}, {found['node']}: {found['value_shown'] or '?'}"]
    for gap in found["gaps"]:
        name = _said(gap, "name", spoken)
        lines.append(
            f"{gap['rank']:>3}. {gap['node']} {name}: {gap['value_shown']}; +1: {gap['one_level_gain'] or '-'}; "
            f"-> {found['reference_level']}: {gap['loss_to_reference']}"
        )
    return "\n".join(lines)


def _plan_text(way: dict[str, Any], spoken: Language) -> str:
    lines = [
        f"{way['agency']} {way['year']}: {way['start']['index_shown']} -> "
        f"{way['end']['index_shown']} ({_said(way['end'], 'rating', spoken)})"
    ]
    for step in way["steps"]:
        lines.append(
            f"  {step['indicator']:>2} {_said(step, 'name', spoken)}: "
            f"{step['from_value']} -> {step['to_value']} (+{step['gain']})"
        )
    lines.extend(f"  {block['text'][spoken]}" for block in way["blocks"])
    return "\n".join([*lines, *_doubt(way, spoken)])


def _doubt(document: dict[str, Any], spoken: Language) -> list[str]:
    return [SECOND_HAND.into(spoken)] if document["second_hand"] else []


def _said(document: dict[str, Any], what: str, spoken: Language) -> str | None:
    """A name of a document that has it in both languages."""
    said: str | None = document[what if spoken == "id" else f"{what}_en"]
    return said


def _simulation_text(supposed: dict[str, Any], spoken: Language) -> str:
    index = supposed["index"]
    told = (
        f"{supposed['agency']} {supposed['year']}: {index['before_shown'] or '?'} -> {index['after_shown'] or '?'} "
        f"({_said(supposed, 'rating_after', spoken) or '?'})"
    )
    return "\n".join([told, *_doubt(supposed, spoken)])
