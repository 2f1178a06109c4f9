"""The command ``spbe``: results on standard output, refusals with exit 1, wrong usage with exit 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bots.assembly import Installation

OWN = "Kota Bandar Lampung"
Spbe = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def spbe(installation: Installation) -> Spbe:
    """Runs the real command on a ready data folder."""
    environment = {**os.environ, "SPBE_DATA_DIR": str(installation.settings.data_dir), "OMP_NUM_THREADS": "1"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from bots.command_line import main; main()", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)

    return run


def test_ask_prints_one_json_document_and_nothing_else(spbe: Spbe) -> None:
    done = spbe("ask", "kenapa domain 2 kami rendah?", "--agency", OWN, "--year", "2024", "--json")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert answer["intent"] == "why"
    assert answer["request"]["node"] == "domain 2"
    values = {(figure["of"], figure["value"]) for figure in answer["figures"]}
    expected = {
        ("domain 2", "2.40"),
        ("index", "2.98"),
        ("aspect 2", "1.50"),
        ("aspect 3", "2.75"),
        ("aspect 4", "3.50"),
    }
    assert expected <= values
    assert ("index", "0.025") in values
    for words in (
        "2,40",
        "25%",
        "2,98",
        "Baik",
        "Arsitektur SPBE (11)",
        "Peta Rencana SPBE (12)",
        "(13)",
        "(14)",
        "(16)",
    ):
        assert words in answer["text"]
    assert {"Indikator 11 Level 2", "Indikator 12 Level 2"} <= {c["locator"] for c in answer["citations"]}
    assert len(answer["text"].split()) <= 300
    assert len(answer["suggestions"]) == 3


def test_the_same_question_in_english_is_answered_in_english(spbe: Spbe) -> None:
    done = spbe("ask", "why is our domain 2 low?", "--agency", OWN, "--year", "2024", "--json")
    answer = json.loads(done.stdout)
    assert answer["language"] == "en"
    for words in ("2.40", "2.98", "SPBE Architecture (11)", "level 1", "0.025"):
        assert words in answer["text"]


def test_an_incomplete_assessment_has_an_interval_and_its_published_index(spbe: Spbe) -> None:
    card = json.loads(spbe("score", "--agency", "Kab. Aceh Tengah", "--year", "2025", "--json").stdout)
    assert (card["index"], card["rating"]) == (None, None)
    assert (card["floor"], card["ceiling"], card["completeness"]) == ("2.3825", "2.9365", "41/47")
    answer = json.loads(spbe("ask", "berapa indeks kab aceh tengah 2025?", "--json").stdout)
    for words in ("2,59", "Cukup", "2,3825", "2,9365"):
        assert words in answer["text"]


def test_a_list_of_assessments_gives_a_list_of_scorecards(spbe: Spbe, shared: Path, tmp_path: Path) -> None:
    done = spbe("score", str(shared / "results" / "indicator-levels.json"), "--json")
    cards = json.loads(done.stdout)
    assert [(card["year"], card["index"]) for card in cards[:3]] == [(2021, "1.20"), (2022, "1.50"), (2024, "2.98")]
    single = tmp_path / "satu.json"
    single.write_text(json.dumps({"agency": "Kota Contoh", "year": 2024, "levels": {"1": 3}}), encoding="utf-8")
    assert json.loads(spbe("score", str(single), "--json").stdout)["completeness"] == "1/47"


def test_a_batch_gives_one_line_for_each_line(spbe: Spbe, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        {"id": "a", "text": "kenapa domain 2 kami rendah?", "agency": OWN, "conversation": "c"},
        {"id": "b", "text": "kalau domain 3?", "agency": OWN, "conversation": "c"},
        {"id": "c", "text": "skor kami", "agency": "Kota Antah Berantah"},
    ]
    batch.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    answers = [json.loads(line) for line in spbe("ask", "--batch", str(batch)).stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[1]["request"]["node"] == "domain 3"
    assert answers[2]["error"]["code"] == "unknown_agency"
    found = [json.loads(line) for line in spbe("search", "--batch", str(batch), "-k", "3").stdout.splitlines()]
    assert [len(row["results"]) for row in found] == [3, 3, 3]
    assert set(found[0]["results"][0]) == {
        "id", "text", "rule", "title", "locator", "page", "kind", "status", "score",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "skor kami", "--agency", "Negeri Antah Berantah"], ["tidak ada dalam register", "Nama terdekat"]),
        (["ask", "skor kami", "--agency", OWN, "--year", "2019"], ["2019", "2024"]),
        (["ask", "   "], ["kosong"]),
        (["ask", "a" * 100_000], ["100000", "4000"]),
        (["ask", "skor", "--lang", "fr"], ["id, en"]),
        (["score", "--agency", OWN, "--stage", "akhir"], ["target, self, internal, external, final"]),
        (["score", "tidak-ada.json"], ["tidak-ada.json", "tidak ada"]),
        (["plan", "--agency", OWN, "--target", "9"], ["1 sampai 5"]),
        (["simulate", "--agency", OWN, "--set", "21=6"], ["indikator 21", "1, 2, 3, 4, 5"]),
        (["gaps", "--agency", OWN, "--node", "domain 9"], ["domain 1-4"]),
    ],
)
def test_a_refused_input_says_why_and_exits_with_1(spbe: Spbe, arguments: list[str], words: list[str]) -> None:
    done = spbe(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"agency": "x", "year": 2024, "levels": {"3": 6}}', ["indikator 3", "1, 2, 3, 4, 5"]),
        ('{"agency": "x", "year": 2024, "levels": {"48": 1}}', ["48", "1-47"]),
        ('{"agency": "x", "year": 2024,', ["JSON", "baris 1"]),
        ('{"year": 2024}', ["agency"]),
        ("[]", ["kosong"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_place(
    spbe: Spbe, tmp_path: Path, content: str, words: list[str]
) -> None:
    file = tmp_path / "penilaian.json"
    file.write_text(content, encoding="utf-8")
    done = spbe("score", str(file), "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    for word in ("penilaian.json", *words):
        assert word in done.stderr


def test_a_name_that_is_one_letter_off_is_understood(spbe: Spbe) -> None:
    assert "2.98" in spbe("ask", "skor kami", "--agency", "Kota Bandar Lampang", "--json").stdout


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_plan_speaks_the_language_asked_for(spbe: Spbe, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "pemdi.json"
    levels = {str(number): "2.00" for number in range(1, 21)}
    document = {"instrument": "pemdi-2026", "agency": OWN, "year": 2026, "levels": levels}
    file.write_text(json.dumps(document), encoding="utf-8")
    costs = tmp_path / "biaya.json"
    costs.write_text(json.dumps({"locked": list(range(2, 21))}), encoding="utf-8")
    reached = spbe("plan", str(file), "--target", "2.1", "--lang", lang).stdout
    blocked = spbe("plan", str(file), "--target", "4.5", "--costs", str(costs), "--lang", lang).stdout
    said = {
        "id": ("Dari sumber kedua", "dikunci", "Cukup", "Kepuasan Pengguna"),
        "en": ("Second-hand", "locked", "Fair", "User Satisfaction"),
    }
    for language, words in said.items():
        assert all((word in reached + blocked) == (language == lang) for word in words)


def test_wrong_usage_exits_with_2(spbe: Spbe) -> None:
    assert spbe("ask", "skor", "--yaer", "2024").returncode == 2
    assert spbe("plan", "--agency", OWN).returncode == 2
