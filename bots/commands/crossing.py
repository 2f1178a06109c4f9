"""spbe crosswalk: which indicators go on after a change of instrument, and an agency on both sides of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.commands.output import SECOND_HAND, emit, language, refusing
from scoring.refusal import Language, RefusedInput, Text

if TYPE_CHECKING:
    from bots.assembly import Installation
    from scoring import Assessment

AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]
_RELATIONS = {
    "continues": Text(id="berlanjut", en="continues"),
    "partly": Text(id="sebagian", en="partly"),
    "ends": Text(id="berakhir", en="ends"),
    "new": Text(id="baru", en="new"),
}


def crosswalk(
    context: typer.Context,
    agency: Annotated[str | None, typer.Option(help="Nilai instansi di kedua sisi / its values on both sides.")] = None,
    before: Annotated[str, typer.Option("--from", help="Instrumen lama / the old instrument.")] = "spbe-2020",
    after: Annotated[str, typer.Option("--to", help="Instrumen baru / the new instrument.")] = "pemdi-2026",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Padanan indikator antarinstrumen / which indicator continues where, which ends, which is new."""
    from scoring.crosswalk import across, load_crosswalk

    with refusing("en" if lang == "en" else "id"):
        spoken = language(lang)
        if agency is None:
            document = load_crosswalk(before, after).model_dump(mode="json", by_alias=True)
            links = document["links"]
        else:
            pair = (_latest(context.obj, agency, instrument) for instrument in (before, after))
            document = across(*pair).model_dump(mode="json")
            links = document["crossings"]
        if as_json:
            emit(document)
            return
        for link in links:
            print("\n".join(_lines(link, spoken)))
        print(document["note"][spoken])
        if document["second_hand"]:
            print(SECOND_HAND.into(spoken))


def _latest(installation: Installation, agency: str, instrument: str) -> Assessment:
    """The latest assessment of an agency by an instrument, targets aside.

    Raises:
        RefusedInput: none is held.
    """
    from assistant.permissions import OPERATOR

    held: list[Assessment] = installation.records.assessments(agency, OPERATOR)
    fitting = [a for a in held if a.instrument == instrument and a.stage != "target"]
    if fitting:
        return max(fitting, key=lambda a: (a.year, bool(a.levels)))
    raise RefusedInput(
        "no_assessment",
        Text(
            id=f"{agency} belum punya penilaian dengan {instrument}. Impor dulu dengan `spbe import BERKAS`.",
            en=f"{agency} has no assessment by {instrument} yet. Import one first with `spbe import FILE`.",
        ),
        agency=agency,
        instrument=instrument,
    )


def _lines(link: dict[str, Any], spoken: Language) -> Iterator[str]:
    sides = (link["from"], link["to"]) if "from" in link else (link["before"], link["after"])
    left, right = (", ".join(_side(part, spoken) for part in side) or "-" for side in sides)
    yield f"{left} -> {right}  [{_RELATIONS[link['relation']].into(spoken)}]"
    yield f"    {link['reason'][spoken]}"


def _side(part: Any, spoken: Language) -> str:
    """An indicator's number, with its value where it is an agency's."""
    if isinstance(part, int):
        return str(part)
    value = part["value_shown"] or "?"
    return f"{part['number']} ({value.replace('.', ',') if spoken == 'id' else value})"
