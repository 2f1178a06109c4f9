"""What the test files are made of: figures, rows, and a list that every module of shapes adds to."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from writers import Rows, SheetOf, write_xlsx

from ingest.assessments import Options
from scoring import load_instrument

Levels = dict[int, Any]

I20, I18, PEMDI = load_instrument("spbe-2020"), load_instrument("spbe-2018"), load_instrument("pemdi-2026")
OFFICIAL = "Tingkat Kematangan {} Instansi Pusat/Pemerintah Daerah"


@dataclass(frozen=True)
class Case:
    name: str
    suffix: str
    write: Callable[[Path], None]
    expected: list[dict[str, Any]]
    options: Options = field(default_factory=Options)


def levels(seed: int, count: int = 47, low: int = 1, high: int = 5) -> Levels:
    chance = random.Random(seed)
    return {number: chance.randint(low, high) for number in range(1, count + 1)}


def decimals(seed: int) -> Levels:
    chance = random.Random(seed)
    return {number: chance.randint(100, 500) / 100 for number in range(1, 21)}


def name(number: int, instrument: Any = I20) -> str:
    return str(instrument.indicators[number - 1].name.id)


def said(
    agency: str, year: int, stage: str, values: Levels, instrument: str = "spbe-2020", **more: Any
) -> dict[str, Any]:
    known = {str(n): str(v) for n, v in values.items() if v is not None}
    return {"instrument": instrument, "agency": agency, "year": year, "stage": stage, "levels": known} | more


BANDUNG, GARUT, BARAT = "Pemerintah Kota Bandung", "Pemerintah Kab. Garut", "Pemerintah Kab. Bandung Barat"
CASES: list[Case] = []


def case(
    name: str, suffix: str, write: Callable[[Path], None], *expected: dict[str, Any], options: Options | None = None
) -> None:
    CASES.append(Case(name, suffix, write, list(expected), options or Options()))


def head(agency: str = "Kota Bandung", year: int = 2024, stage: str = "Penilaian Mandiri") -> list[list[Any]]:
    return [["Instansi", agency], ["Tahun", year], ["Tahap", stage], []]


def listed(values: Levels, instrument: Any = I20, show: Callable[[Any], Any] = lambda v: v) -> list[list[Any]]:
    return [[n, name(n, instrument), show(v)] for n, v in values.items()]


HEADER = ["No", "Indikator", "Nilai"]


def xlsx(rows: Rows, *merged: str, title: str = "Penilaian") -> Callable[[Path], None]:
    return lambda path: write_xlsx(path, SheetOf(title, rows, merged))


A, B, C = levels(1), levels(2), levels(3)
MINE = said(BANDUNG, 2024, "self", A)


FIVE = ["Target", "Mandiri", "Verif", "Eks", "Akhir"]
STAGES = ["target", "self", "internal", "external", "final"]


def five(seed: int) -> list[Levels]:
    return [levels(seed + n) for n in range(5)]


def side_by_side(*columns: Levels) -> list[list[Any]]:
    return [[n, name(n), *(column[n] for column in columns)] for n in range(1, 48)]


X, Y = five(20), five(30)

PLAIN = [*head(), HEADER, *listed(A)]
CONTRACT = {"agency": "Kota Bandung", "year": 2024, "stage": "self", "levels": A}


def write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def with_macros(path: Path) -> None:
    import zipfile

    write_xlsx(path, SheetOf("Penilaian", PLAIN))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"macro")
