"""Rules that the parser has never seen, of every form and in every state of repair."""

import re
from pathlib import Path

import pytest
from rule_generator import FORMS, Form, Invented, invent, invent_amendment

from ingest.documents import read_document
from ingest.legal import ParsedRule, parse_rule


def _parsed(rule: Invented, folder: Path) -> ParsedRule:
    file = folder / "peraturan.txt"
    file.write_text(rule.text, encoding="utf-8")
    return parse_rule(read_document(file))


def _articles(parsed: ParsedRule) -> list[str]:
    found = [match[1] for passage in parsed.passages if (match := re.match(r"Pasal (\d+[A-Z]?)", passage.locator))]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
@pytest.mark.parametrize("wrap", [0, 64], ids=["unwrapped", "wrapped"])
def test_every_article_of_an_unseen_rule_is_found(form: Form, wrap: int, tmp_path: Path) -> None:
    for seed in range(12):
        rule = invent(form, seed, bis=seed % 2 == 1, wrap=wrap, explained=seed % 3 == 0)
        parsed = _parsed(rule, tmp_path)
        assert parsed.rule.id == form.id
        assert _articles(parsed) == rule.articles, f"seed {seed}"
        assert parsed.rule.articles == int(rule.articles[-1].rstrip("AB"))
        assert not any(passage.inferred for passage in parsed.passages)


@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_damaged_headings_are_inferred_from_the_sequence_and_say_so(form: Form, tmp_path: Path) -> None:
    unheaded = 0
    for seed in range(25):
        rule = invent(form, seed, damage=True)
        parsed = _parsed(rule, tmp_path)
        assert _articles(parsed) == rule.articles, f"seed {seed}"
        inferred = {passage.locator.split()[1] for passage in parsed.passages if passage.inferred}
        assert inferred == set(rule.unheaded), f"seed {seed}"
        unheaded += len(rule.unheaded)
        text = " ".join(passage.text for passage in parsed.passages)
        assert "PRESIDEN REPUBLIK INDONESIA -" not in text
        assert ". . ." not in text
    assert unheaded > 10


def test_definitions_are_passages_of_their_own(tmp_path: Path) -> None:
    for seed in range(8):
        rule = invent(FORMS[0], seed, wrap=64)
        parsed = _parsed(rule, tmp_path)
        locators = [passage.locator for passage in parsed.passages if passage.locator.startswith("Pasal 1 ")]
        assert locators == [f"Pasal 1 angka {at}" for at in range(1, rule.definitions + 1)]


def test_no_word_of_the_body_is_lost(tmp_path: Path) -> None:
    for seed in range(8):
        rule = invent(FORMS[1], seed)
        parsed = _parsed(rule, tmp_path)
        held = " ".join(" ".join(passage.text for passage in parsed.passages).split())
        for line in rule.text.splitlines():
            if re.match(r"\(\d|[a-z]\. |\d+\. ", line):
                assert line in held


@pytest.mark.parametrize("seed", range(25))
def test_an_amendment_gives_the_new_text_of_each_article(seed: int, tmp_path: Path) -> None:
    rule = invent_amendment(seed)
    parsed = _parsed(rule, tmp_path)
    found = [match[1] for passage in parsed.passages if (match := re.search(r"\(Pasal (\d+[A-Z]?)", passage.locator))]
    assert list(dict.fromkeys(found)) == rule.articles
    assert parsed.rule.amends == ("perbup-sumedang-12-2021",)
    assert parsed.rule.effective == "2023-05-04"
    assert any(passage.locator == "Pasal II" for passage in parsed.passages)


def test_the_explanation_of_an_article_is_not_the_article(tmp_path: Path) -> None:
    rule = invent(FORMS[0], 0, explained=True)
    parsed = _parsed(rule, tmp_path)
    explained = [passage for passage in parsed.passages if passage.locator.startswith("Penjelasan Pasal")]
    assert explained
    assert not any("Cukup jelas" in passage.text for passage in explained)
    assert any(passage.locator == "Penjelasan Umum" for passage in parsed.passages)
    assert any(passage.locator.startswith("Lampiran BAB I") for passage in parsed.passages)
    assert len({passage.id for passage in parsed.passages}) == len(parsed.passages)


def test_a_rule_without_a_heading_takes_its_identity_from_the_file_name(tmp_path: Path) -> None:
    file = tmp_path / "perbup-garut-7-2022.txt"
    file.write_text("Catatan rapat koordinasi tanpa judul peraturan.\nPasal 1\nIsi pasal pertama.\n", encoding="utf-8")
    parsed = parse_rule(read_document(file))
    assert parsed.rule.id == "perbup-garut-7-2022"
    assert any("nama berkas" in note.id for note in parsed.notes)
