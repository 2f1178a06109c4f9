"""Every number, period and named office of a digest stands in the article it cites.

Where a machine cannot decide, an entry says under ``reading`` what a person read. Only what that sentence names
is excused; all else in the entry is still looked up. List them with:
``pytest tests/knowledge/test_pack_facts.py -s -k lists``.
"""

from functools import cache
from pathlib import Path

import law_facts
import pytest

from ingest.documents import read_document
from ingest.legal import parse_rule
from knowledge.pack import load_pack
from knowledge.pack_entries import Entry
from knowledge.passage import Passage

PACK = load_pack()
ENTRIES = [(rule, entry) for rule, entry in PACK.entries() if not entry.second_hand]
RULES = sorted({rule for rule, _ in ENTRIES})


@cache
def official(shared: Path, rule: str) -> tuple[Passage, ...]:
    file = shared / "regulations" / f"{rule}.txt"
    return parse_rule(read_document(file)).passages if file.is_file() else ()


def excused(entry: Entry, fact: law_facts.Fact) -> bool:
    """Whether the entry's reading names the fact."""
    if entry.reading is None:
        return False
    if fact.kind == "office":
        return fact.said in law_facts.plain(entry.reading)
    return fact.value.split(" ")[0] in law_facts.numbers(entry.reading)


@pytest.mark.parametrize("rule", RULES)
def test_numbers_periods_and_offices_stand_in_the_article(rule: str, shared: Path) -> None:
    passages = official(shared, rule)
    if not passages:
        pytest.skip(f"the text of {rule} is not held")
    wrong = []
    for entry in (entry for of, entry in ENTRIES if of == rule):
        article = law_facts.article_of(entry.locator, passages)
        if not article:
            if entry.reading is None:
                wrong.append(f"{entry.locator}: the place was not found in the official text")
            continue
        lacking = [f for f in law_facts.missing(entry.statement.id, article, rule) if not excused(entry, f)]
        wrong += [f"{entry.locator}: {fact.kind} {fact.said!r} is not there" for fact in lacking]
    assert not wrong, "\n".join(wrong)


def test_lists_what_needed_a_persons_reading(capsys: pytest.CaptureFixture[str]) -> None:
    read = [(rule, entry) for rule, entry in PACK.entries() if entry.reading is not None]
    print(f"\n{len(read)} of {len(list(PACK.entries()))} entries needed a person's reading:")
    for rule, entry in read:
        print(f"  {rule} {entry.locator}: {entry.reading}")
    assert all(len(str(entry.reading).split()) >= 4 for _, entry in read)


@pytest.mark.parametrize(
    ("statement", "lacking"),
    [
        ("Audit dilakukan paling sedikit 1 kali dalam 2 tahun oleh kepala daerah.", []),
        ("Audit dilakukan setiap 3 tahun.", ["3", "3 tahun"]),
        ("Audit dilakukan dua kali.", ["2 kali"]),
        ("Audit dikoordinasikan Menteri Keuangan.", ["menteri keuangan"]),
        ("Audit dikoordinasikan Menteri Kominfo.", []),
        ("Bobotnya 16,5%.", ["16.5"]),
    ],
)
def test_a_wrong_fact_is_found(statement: str, lacking: list[str]) -> None:
    article = (
        "(3) Audit dilaksanakan paling sedikit 1 (satu) kali dalam 2 (dua) tahun oleh kepala daerah dan "
        "dikoordinasikan menteri yang menyelenggarakan urusan pemerintahan di bidang komunikasi dan informatika."
    )
    assert [fact.said for fact in law_facts.missing(statement, article, "perpres-95-2018")] == lacking
