"""An instrument that an agency writes as a YAML file goes through import, score, plan, compare and ask."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from bots.command_line import app
from scoring.figures import shown
from scoring.instrument import SHIPPED, load_instrument

NAMES = [
    "Rencana arsip", "Petugas arsip", "Ruang simpan", "Daftar arsip", "Alih media",
    "Pinjam arsip", "Musnah arsip", "Arsip vital", "Arsip terjaga", "Laporan arsip",
]  # fmt: skip
WEIGHTS = [8, 12, 10, 10, 20, 5, 5, 10, 10, 10]
ASPECTS = ["Persiapan", "Pengelolaan", "Pengawasan"]
OF = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3]
LEVELS = {"Kota Bandung": [1, 2, 3, 4, 1, 2, 3, 4, 5, 3], "Kab. Garut": [2] * 10}


def titles(domains: bool) -> list[str]:
    """Names of its own for each of the two instruments, as both are known to the tests' process."""
    return NAMES if domains else [f"{name.split()[0]} koleksi {number}" for number, name in enumerate(NAMES, 1)]


def instrument(name: str, domains: bool) -> str:
    lines = [
        f"id: {name}",
        "title: {id: Indeks Arsip Uji, en: Test archive index}",
        "short: {id: Indeks Arsip, en: Archive index}",
        "rule: uji-1",
        "first_year: 2020",
        "scale: {lowest: 1, highest: 5, whole: true}",
        "bands:",
        "  - {name: {id: Rendah, en: Low}, lower: 1}",
        '  - {name: {id: Tinggi, en: High}, lower: "3"}',
        "bands_source: {rule: uji-1, locator: Pasal 1}",
        "rating_rules: [{rates: exact, evidence: {id: '-', en: '-'}}]",
        "weights_source: {rule: uji-1, locator: Pasal 1}",
    ]
    share = [sum(w for w, a in zip(WEIGHTS, OF, strict=True) if a == n) for n in (1, 2, 3)]
    if domains:
        lines += ["domains:"]
        lines += [f"  - {{number: 1, name: {{id: Dalam, en: Inner}}, weight: '{share[0] + share[1]}'}}"]
        lines += [f"  - {{number: 2, name: {{id: Luar, en: Outer}}, weight: '{share[2]}'}}"]
    lines += ["aspects:"]
    for n, (aspect, weight) in enumerate(zip(ASPECTS, share, strict=True), 1):
        under = f", domain: {1 if n < 3 else 2}" if domains else ""
        lines += [f"  - {{number: {n}, name: {{id: {aspect}, en: {aspect}}}, weight: '{weight}'{under}}}"]
    lines += ["indicators:"]
    for n, (title, weight) in enumerate(zip(titles(domains), WEIGHTS, strict=True), 1):
        lines += [f"  - {{number: {n}, name: {{id: {title}, en: {title}}}, aspect: {OF[n - 1]}, weight: '{weight}'}}"]
    return "\n".join(lines)


def run(folder: Path, *words: str) -> Any:
    result = CliRunner().invoke(app, ["--data-dir", str(folder), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def only_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The instruments of this test's folder are forgotten with it."""
    monkeypatch.setattr("scoring.instrument._folders", [SHIPPED])
    yield
    load_instrument.cache_clear()


@pytest.mark.usefixtures("only_here")
@pytest.mark.parametrize("domains", [True, False], ids=["domains", "no domains"])
def test_an_own_instrument_goes_through_every_command(domains: bool, tmp_path: Path) -> None:
    name = f"arsip-{'d' if domains else 'a'}"
    folder = tmp_path / "data"
    (folder / "instruments").mkdir(parents=True)
    (folder / "instruments" / f"{name}.yaml").write_text(instrument(name, domains), encoding="utf-8")
    for agency, levels in LEVELS.items():
        book = openpyxl.Workbook()
        sheet = book.active
        for row in [["Instansi", agency], ["Tahun", 2027], ["Tahap", "Eksternal"], ["No", "Indikator", "Nilai"]]:
            sheet.append(row)
        for number, (title, level) in enumerate(zip(titles(domains), levels, strict=True), 1):
            sheet.append([number, title, level])
        path = tmp_path / f"{agency}.xlsx"
        book.save(path)
        read = run(folder, "import", str(path), "--publish", "--json")["files"][0]["assessments"]
        assert [(one["instrument"], len(one["levels"])) for one in read] == [(name, 10)]
    index = sum(Fraction(w * v, 100) for w, v in zip(WEIGHTS, LEVELS["Kota Bandung"], strict=True))
    files = []
    for agency, levels in LEVELS.items():
        files.append({"instrument": name, "agency": agency, "year": 2027, "levels": dict(enumerate(levels, 1))})
    path = tmp_path / "penilaian.json"
    path.write_text(json.dumps(files), encoding="utf-8")
    cards = run(folder, "score", str(path), "--json")
    assert Fraction(cards[0]["index_exact"]) == index
    assert [len(card["domains"]) for card in cards] == [2 if domains else 0] * 2
    way = run(folder, "plan", str(path), "--target", "Tinggi", "--json")[0]
    assert way["reached"] and way["steps"][0]["indicator"] == 5
    node = "domain 1" if domains else "aspek 2"
    asked = run(folder, "ask", f"kenapa {node} rendah?", "--agency", "Kota Bandung", "--year", "2027", "--json")
    assert (asked["intent"], asked["abstained"]) == ("why", False), asked["text"]
    said = {(figure["of"], figure["value"]) for figure in asked["figures"]}
    parts = range(7) if domains else range(3, 7)
    weight = sum(WEIGHTS[n] for n in parts)
    value = sum(Fraction(WEIGHTS[n] * LEVELS["Kota Bandung"][n]) for n in parts) / weight
    assert (node.replace("aspek", "aspect"), shown(value)) in said
    compared = run(folder, "compare", "--agency", "Kota Bandung", "--agency", "Kab. Garut", "--year", "2027", "--json")
    held = {entry["agency"]: entry["value_shown"] for entry in compared["nodes"][0]["entries"]}
    assert held == {"Pemerintah Kota Bandung": shown(index), "Pemerintah Kab. Garut": "2.00"}
