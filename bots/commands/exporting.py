"""spbe export, spbe instrument: files for people who do not use the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bots.commands.asking import ready
from bots.commands.figures import costs_of
from bots.commands.output import language, refusing, say
from scoring.refusal import RefusedInput, Text

Lang = Annotated[str | None, typer.Option("--lang", help="id | en")]


def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help="report.pdf | report.xlsx | report.docx")],
    agency: Annotated[str | None, typer.Option(help="Instansi / agency.")] = None,
    year: Annotated[int | None, typer.Option(help="Tahun / year; default: the latest held.")] = None,
    stage: Annotated[str | None, typer.Option(help="target | self | internal | external | final")] = None,
    target: Annotated[str | None, typer.Option(help='3.5 | "Sangat Baik"; default: the next rating.')] = None,
    costs: Annotated[
        Path | None, typer.Option(help="Tabel biaya JSON untuk rencananya / table of costs as JSON for the plan.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Laporan untuk pimpinan sebagai PDF, XLSX, atau DOCX / a report for leadership as PDF, XLSX or DOCX."""
    from assistant.permissions import OPERATOR
    from assistant.reports.composing import compose
    from assistant.reports.writing import format_of, write

    with refusing("en" if lang == "en" else "id"):
        wanted = language(lang)
        format_of(to)
        prices = None if costs is None else costs_of(costs)
        named = agency or context.obj.settings.agency
        if named is None:
            raise RefusedInput(
                "agency_missing",
                Text(
                    id='Sebutkan instansinya dengan --agency, misalnya --agency "Kab. Sumedang".',
                    en='Name the agency with --agency, such as --agency "Kab. Sumedang".',
                ),
            )
        context.obj.records.held(named, year, stage, OPERATOR)  # refused before the library is made ready
        report = compose(
            context.obj.records,
            ready(context).retriever,
            OPERATOR,
            named,
            year=year,
            stage=stage,
            target=target,
            costs=prices,
            language=wanted,
            made_on=datetime.now().astimezone().date(),
        )
        write(report, to)
        say({"id": f"{to.name}: sudah ditulis.", "en": f"{to.name}: written."}[wanted])


def instrument(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="spbe-2020 ...; default: all / semua.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="Berkas .md, atau map bila semua / a .md file, or a folder for all.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Halaman tinjauan instrumen / the review page of an instrument: weights, criteria, evidence, sources."""
    from assistant.reports.instrument_page import instrument_page
    from assistant.reports.writing import put
    from knowledge.pack import load_pack
    from scoring.instrument import add_instrument_folder, instrument_ids, load_instrument

    with refusing("en" if lang == "en" else "id"):
        wanted = language(lang)
        library = load_pack().library
        if name is None and to is None:
            raise RefusedInput(
                "instrument_missing",
                Text(
                    id=f"Sebutkan instrumennya ({', '.join(instrument_ids())}), atau map tujuan dengan --to.",
                    en=f"Name the instrument ({', '.join(instrument_ids())}), or a folder with --to.",
                ),
                accepted=instrument_ids(),
            )
        if name is not None:
            add_instrument_folder(context.obj.settings.data_dir / "instruments")
        for one in instrument_ids() if name is None else [name]:
            page = instrument_page(load_instrument(one), library, wanted)
            if to is None:
                print(page, end="")
                continue
            path = to / f"{one}.md" if name is None or to.is_dir() else to
            put(page.encode(), path)
            say(f"{path.name}: {len(page.splitlines())} baris / lines")
