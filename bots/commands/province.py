"""spbe province: the districts of a province together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.output import emit, language, refusing
from scoring.refusal import Language, RefusedInput, Text

if TYPE_CHECKING:
    from scoring.province import Member, ProvinceView

AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON / one JSON document.")]
Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]
_WEAKEST = 10
_NAMED = 3  # of those who stand lowest
_WORDS = {
    "districts": Text(id="kabupaten/kota", en="districts"),
    "average": Text(id="rata-rata", en="average"),
    "below": Text(id="di bawah tingkat", en="below level"),
    "lowest": Text(id="terendah", en="lowest"),
    "teachers": Text(id="dapat mengajari", en="could teach"),
    "lift": Text(id="Bila yang terbawah naik ke median", en="If the lowest rise to the median"),
    "unknown": Text(id="Indeks tidak diketahui", en="Index not known"),
}


def province(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='Provinsi / province, such as "Jawa Barat".')],
    year: Annotated[int | None, typer.Option(help="Tahun / year; default: the latest held.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Di mana kabupaten/kotanya lemah, siapa dapat mengajari siapa / where districts are weak, who could teach whom."""
    from assistant.permissions import OPERATOR
    from scoring.province import province_view

    with refusing("en" if lang == "en" else "id"):
        spoken = language(lang)
        records = context.obj.records
        kinds = {entry.name: entry.kind for entry in records.register.entries}
        held = [a for a in records.group(name, year, OPERATOR) if kinds.get(a.agency) != "prov"]
        if not held:
            raise _nothing_held(name, year)
        view = province_view(held)
        if as_json:
            emit(view.model_dump(mode="json"))
            return
        print("\n".join(_lines(view, name, spoken)))


def _nothing_held(name: str, year: int | None) -> RefusedInput:
    when = "" if year is None else f" {year}"
    return RefusedInput(
        "no_assessment",
        Text(
            id=f"Tidak ada data kabupaten/kota {name}{when}. Pilih tahun lain, atau impor dulu.",
            en=f"No data of districts of {name}{when}. Choose another year, or import some first.",
        ),
        group=name,
        year=year,
    )


def _lines(view: ProvinceView, name: str, spoken: Language) -> Iterator[str]:
    from scoring.figures import shown

    word = {key: text.into(spoken) for key, text in _WORDS.items()}
    average = f"{word['average']} {_said(view.average_shown, spoken)}"
    yield f"{name} {view.year}: {view.agencies} {word['districts']}, {average}"
    for part in view.weak[:_WEAKEST]:
        named = part.name if spoken == "id" else part.name_en
        below = f"{len(part.learners)} {word['below']} {view.reference_level}"
        gain = _said(shown(part.average_gain, 4), spoken)
        yield f"- {part.node} {named}: {word['average']} {_said(part.mean_shown, spoken)}; {below} (+{gain})"
        yield f"    {word['lowest']}: {_members(part.learners[:_NAMED], spoken)}"
        yield f"    {word['teachers']}: {_members(part.teachers, spoken)}"
    before, after = (_said(shown(value), spoken) for value in (view.lift.average_before, view.lift.average_after))
    yield f"{word['lift']} ({len(view.lift.agencies)}): {before} -> {after}"
    if view.unknown:
        yield f"{word['unknown']}: {', '.join(view.unknown)}"


def _members(members: Sequence[Member], spoken: Language) -> str:
    return ", ".join(f"{member.agency} {_said(member.value_shown, spoken)}" for member in members) or "-"


def _said(figure: str, spoken: Language) -> str:
    return figure.replace(".", ",") if spoken == "id" else figure
