"""The words and figures of reports, in both languages."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from assistant.sources import SOURCE_WORDS
from scoring import Language, Text
from scoring.figures import shown

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

WORDS = {
    "report": Text(id="Laporan {index}", en="{index} report"),
    "made_on": Text(id="Disusun {date}", en="Made on {date}"),
    "page": Text(id="Halaman {page} dari {pages}", en="Page {page} of {pages}"),
    "summary": Text(id="Ringkasan", en="Summary"),
    "holding_back": Text(id="Yang paling menahan", en="What holds it back most"),
    "first": Text(id="Yang dikerjakan lebih dulu", en="What to do first"),
    "limits": Text(id="Yang perlu diketahui", en="What to bear in mind"),
    "values": Text(id="Nilai", en="Values"),
    "gaps": Text(id="Celah", en="Gaps"),
    "plan": Text(id="Rencana menuju {target}", en="Plan towards {target}"),
    "plan_sheet": Text(id="Rencana", en="Plan"),
    "findings": Text(id="Catatan asesor", en="The assessors' remarks"),
    "indicators": Text(id="Semua indikator", en="All indicators"),
    "sources": Text(id="Sumber", en="Sources"),
    "index": Text(id="Indeks", en="Index"),
    "rating": Text(id="Predikat", en="Rating"),
    "completeness": Text(id="Indikator dinilai", en="Indicators assessed"),
    "to_next": Text(id="Menuju {band}", en="To {band}"),
    "part": Text(id="Bagian", en="Part"),
    "number": Text(id="No.", en="No."),
    "name": Text(id="Nama", en="Name"),
    "weight": Text(id="Bobot (%)", en="Weight (%)"),
    "value": Text(id="Nilai", en="Value"),
    "level": Text(id="Tingkat", en="Level"),
    "floor": Text(id="Batas bawah", en="Floor"),
    "ceiling": Text(id="Batas atas", en="Ceiling"),
    "domain": Text(id="Domain", en="Domain"),
    "aspect": Text(id="Aspek", en="Aspect"),
    "indicator": Text(id="Indikator", en="Indicator"),
    "one_more": Text(id="Naik satu tingkat", en="One level more"),
    "to_reference": Text(id="Sampai tingkat {level}", en="Up to level {level}"),
    "to_highest": Text(id="Sampai tingkat tertinggi", en="Up to the highest level"),
    "gap_note": Text(
        id="Tambahan dalam poin indeks keseluruhan, yang terbesar lebih dulu.",
        en="Gains in points of the whole index, the largest first.",
    ),
    "requirement": Text(id="Syarat", en="Requirement"),
    "evidence": Text(id="Bukti", en="Evidence"),
    "gain": Text(id="Tambahan", en="Gain"),
    "owner": Text(id="Penanggung jawab", en="Owner"),
    "due": Text(id="Tenggat", en="Due date"),
    "status": Text(id="Status", en="Status"),
    "cost": Text(id="Biaya", en="Cost"),
    "weeks": Text(id="Minggu", en="Weeks"),
    "total": Text(id="Jumlah", en="Total"),
    "source": Text(id="Sumber", en="Source"),
    "place": Text(id="Letak", en="Place"),
    "leaf": Text(id="Halaman", en="Page"),
    "kind": Text(id="Jenis", en="Kind"),
    "reference": Text(id="Rujukan", en="Reference"),
    "quote": Text(id="Isi", en="Content"),
    "from": Text(id="Dari", en="From"),
    "to": Text(id="Ke", en="To"),
    "level_n": Text(id="Tingkat {level}", en="Level {level}"),
    "unknown_value": Text(id="belum lengkap", en="incomplete"),
    "not_assessed": Text(id="belum dinilai", en="not assessed"),
    "figures_from": Text(
        id="Angka: {stage} {year} menurut {source}; dihitung dengan {instrument}.",
        en="Figures: {stage} {year} from {source}; computed with {instrument}.",
    ),
    "import_reads": Text(
        id='Impor membaca lembar "{sheet}", bukan yang ini.',
        en='An import reads the sheet "{sheet}", not this one.',
    ),
    "whose": Text(id="Instansi: {agency}", en="Agency: {agency}"),
    "of_year": Text(id="Tahun: {year}", en="Year: {year}"),
    "at_stage": Text(id="Tahap: {stage}", en="Stage: {stage}"),
    **SOURCE_WORDS,
}
_MONTHS = (
    Text(id="Januari", en="January"),
    Text(id="Februari", en="February"),
    Text(id="Maret", en="March"),
    Text(id="April", en="April"),
    Text(id="Mei", en="May"),
    Text(id="Juni", en="June"),
    Text(id="Juli", en="July"),
    Text(id="Agustus", en="August"),
    Text(id="September", en="September"),
    Text(id="Oktober", en="October"),
    Text(id="November", en="November"),
    Text(id="Desember", en="December"),
)


def words(key: str, language: Language, **values: object) -> str:
    """A word or phrase of the reports."""
    return WORDS[key].into(language).format(**values)


def figure(value: Fraction, language: Language, places: int = 2) -> str:
    """Rounded half up, with the language's decimal mark."""
    text = shown(value, places)
    return text.replace(".", ",") if language == "id" else text


def effect(value: Fraction, language: Language) -> str:
    """A difference with as many decimals as it has, two to four."""
    places = next((p for p in (2, 3, 4) if (value * 10**p).denominator == 1), 4)
    return figure(value, language, places)


def weight(value: Fraction, language: Language) -> str:
    """A weight in percent with the decimals it has, at most four."""
    places = next((p for p in range(5) if (value * 10**p).denominator == 1), 4)
    return figure(value, language, places)


def level(value: Fraction, language: Language, *, whole: bool) -> str:
    """The value of an indicator: a level where levels are whole, else two decimals."""
    return figure(value, language, 0 if whole and value.denominator == 1 else 2)


def day(value: date, language: Language) -> str:
    """ "24 November 2026"."""
    return f"{value.day} {_MONTHS[value.month - 1].into(language)} {value.year}"


def listed(parts: Sequence[str], language: Language) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(parts) < 2:
        return "".join(parts)
    joint = "dan" if language == "id" else "and"
    return f"{parts[0]} {joint} {parts[1]}" if len(parts) == 2 else f"{', '.join(parts[:-1])}, {joint} {parts[-1]}"


def marked(text: str, sources: Sequence[int]) -> str:
    """The text with its source numbers before the last mark: "Sudah ditetapkan [1] [3]."."""
    end = len(text) - 1 if text.endswith((".", ":", "!", "?")) else len(text)
    return text[:end] + "".join(f" [{number}]" for number in sources) + text[end:]


def printable(text: str) -> str:
    """Without control characters, which XML-based formats cannot hold; lines and tabs become spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())
