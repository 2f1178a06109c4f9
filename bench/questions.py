"""Questions without end for load: each another text, so that nobody is measured answering out of a cache.

Intents are mixed as officials ask: a third about figures, half about indicators and rules, the rest comparisons,
plans, English, and what no assistant of SPBE should answer.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_REGISTER = Path(__file__).parents[1] / "assistant" / "records" / "sample" / "agencies.csv"
_ASKED = (
    "skor {agency} {year}",
    "Berapa indeks SPBE {agency} tahun {year}?",
    "kenapa domain {domain} {agency} rendah?",
    "indikator mana yang paling menurunkan nilai {agency} {year}?",
    "apa langkah tercepat agar {agency} naik ke predikat Baik?",
    "bukti apa untuk indikator {indicator} level {level} di {agency}?",
    "Apa syarat level {level} indikator {indicator} bagi {agency}?",
    "apa tugas walidata di {agency}?",
    "siapa koordinator SPBE {agency} dan apa tugasnya?",
    "Apakah {agency} wajib menyusun peta rencana SPBE, dan untuk berapa tahun?",
    "bagaimana {agency} menjalankan audit TIK, dan seberapa sering?",
    "apa saja yang harus ada dalam arsitektur SPBE {agency}?",
    "bandingkan {agency} dengan Kota Bandung {year}",
    "bagaimana tren indeks {agency} sampai {year}?",
    "kalau indikator {indicator} {agency} naik ke level {level}, indeksnya jadi berapa?",
    "kab/kota mana yang tertinggi di provinsi yang sama dengan {agency} pada {year}?",
    "What is the SPBE index of {agency} in {year}?",
    "what evidence does indicator {indicator} need for level {level} at {agency}?",
    "Which regulation requires {agency} to have a data steward?",
    "siapa yang menang pilkada {agency} {year}?",
)
_FOLLOWING = ("kenapa?", "kalau tahun {year}?", "yang indikator {indicator}?", "terus bukti apa untuk level {level}?")


def register() -> list[str]:
    """Names as people say them: "Kab. Sumedang"."""
    with _REGISTER.open(encoding="utf-8", newline="") as file:
        return [row["name"].removeprefix("Pemerintah ") for row in csv.DictReader(file) if row["kind"] != "k-l"]


def questions(seed: int) -> Iterator[str]:
    """Questions without end, the same for one seed; each kind comes equally often."""
    chance, agencies = random.Random(seed), register()
    while True:
        for template in chance.sample(_ASKED, len(_ASKED)):
            yield template.format(agency=chance.choice(agencies), **_values(chance))


def follow_ups(seed: int) -> Iterator[str]:
    """What is asked after a first question, leaning on it."""
    chance = random.Random(seed)
    while True:
        yield chance.choice(_FOLLOWING).format(**_values(chance))


def _values(chance: random.Random) -> dict[str, Any]:
    return {
        "year": chance.choice((2023, 2024)),
        "domain": chance.randint(1, 4),
        "indicator": chance.randint(1, 47),
        "level": chance.randint(2, 5),
    }
