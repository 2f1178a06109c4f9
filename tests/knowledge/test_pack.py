"""The pack that ships holds together, speaks plainly and copies nothing; a broken one says where and how."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
import yaml

from knowledge.pack import Pack, check_pack, load_pack
from scoring.refusal import RefusedInput, Text

PACK = load_pack()
RULE = {
    "id": "perpres-1-2030", "short": "Perpres 1/2030", "title": "Contoh", "kind": "perpres", "number": "1",
    "year": 2030,
}  # fmt: skip
ENTRY = {
    "locator": "Pasal 1",
    "statement": {"id": "Contoh berlaku.", "en": "The example holds."},
    "questions": ["apa itu contoh?", "what is the example?"],
}
DIGEST = {"rule": "perpres-1-2030", "source": "contoh", "checked": "2030-01-01", "entries": [ENTRY]}


def write(folder: Path, **files: object) -> Path:
    """A small pack; the names of the files are given with two underscores for the folder."""
    documents = {"rules": [RULE], "digests__perpres-1-2030": DIGEST, **files}
    for name, document in documents.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
        file.write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path) -> RefusedInput:
    with pytest.raises(RefusedInput) as caught:
        load_pack(folder)
    assert caught.value.code == "broken_pack"
    return caught.value


def statements(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text of the pack in our words, with where it stands."""
    for rule, entry in pack.entries():
        yield f"{rule} {entry.locator}", entry.statement
    for instrument, guides in pack.guides.items():
        for guide in guides:
            texts = [guide.measures, guide.accepted, *guide.refused, *guide.stays_low, *guide.first_steps]
            for text in filter(None, texts):
                yield f"{instrument} {guide.number}", text
    for term in pack.glossary:
        yield f"glossary {term.term}", term.meaning


def sentences(text: str) -> list[str]:
    """Sentences; a number with a point or an abbreviation does not end one."""
    return [part for part in re.split(r"(?<=[.!?;])\s+(?=[A-Z\"'(])", text) if part.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[-/.,][a-z0-9]+)*", text.lower())


def test_the_shipped_pack_has_no_problem() -> None:
    assert [str(problem) for problem in check_pack()] == []


def test_every_passage_has_its_own_id_and_both_languages() -> None:
    passages = PACK.passages()
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.kind == "digest" and passage.text and passage.english and passage.questions, passage.id
        assert passage.id.startswith(f"digest:{passage.rule}#")


def test_all_articles_of_the_four_main_rules_are_digested() -> None:
    for rule in ("perpres-95-2018", "permenpanrb-59-2020", "permenpanrb-5-2020"):
        last = next(known.articles for known in PACK.rules if known.id == rule)
        assert last is not None
        held = {match[1] for of, entry in PACK.entries() if of == rule
                if (match := re.match(r"Pasal (\d+)", entry.locator))}  # fmt: skip
        assert held == {str(number) for number in range(1, last + 1)}, rule
    definitions = [e.locator for of, e in PACK.entries() if of == "perpres-95-2018" and "angka" in e.locator]
    assert {f"Pasal 1 angka {n}" for n in range(1, 29)} <= set(definitions)


def test_questions_come_formal_colloquial_and_in_english() -> None:
    english = re.compile(
        r"\b(?:what|who|when|how|which|where|must|may|can|did|does|do|is|are|by|on|to|until|why|if)\b", re.I
    )
    for rule, entry in PACK.entries():
        assert 2 <= len(entry.questions) <= 6, f"{rule} {entry.locator}"
        assert any(english.search(question) for question in entry.questions), f"{rule} {entry.locator}"


def test_the_revoked_are_known_with_their_successors() -> None:
    library = PACK.library
    for old, new in [
        ("permenpanrb-5-2018", "permenpanrb-59-2020"),
        ("permenpanrb-59-2020", "permenpanrb-8-2026"),
        ("pedoman-menpanrb-6-2023", "pedoman-menpanrb-3-2024"),
    ]:
        rule = library.get(old)
        assert rule is not None and rule.status == "revoked" and rule.revoked_by == new
    assert library.get("permenpanrb-59-2020").status_second_hand  # type: ignore[union-attr]
    assert library.get("permenpanrb-8-2026").second_hand  # type: ignore[union-attr]
    assert library.held_in("permenpanrb-5-2018", 2020) and not library.held_in("permenpanrb-5-2018", 2021)
    assert [library.held_in("permenpanrb-59-2020", year) for year in (2020, 2024, 2026)] == [False, True, None]


def test_a_rule_thought_in_force_says_as_far_as_known() -> None:
    for rule in PACK.rules:
        assert rule.status != "in force" or "ejauh diketahui" in rule.note, rule.id


def test_sentences_are_short() -> None:
    lengths: list[int] = []
    long = []
    for where, text in statements(PACK):
        for sentence in sentences(text.id):
            lengths.append(len(words(sentence)))
            if lengths[-1] > 40:
                long.append(f"{where}: {lengths[-1]} words: {sentence}")
    assert not long, "\n".join(long)
    assert median(lengths) <= 18


def test_nothing_is_copied_from_the_law(shared: Path) -> None:
    size = 12
    files = [*sorted((shared / "regulations").glob("*.txt"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    for name in ("pedoman-3-2024-indikator.json", "spbe-2018-levels.json"):
        texts.append(" ".join(_strings(json.loads((shared / "facts" / name).read_text(encoding="utf-8")))))
    law: set[tuple[str, ...]] = set()
    for text in texts:
        law |= _grams(words(text), size)
    quoted = {gram for _, entry in PACK.entries() for quote in entry.quoted for gram in _grams(words(quote), size)}
    copied = []
    for where, text in statements(PACK):
        for gram in (_grams(words(text.id), size) & law) - quoted:
            copied.append(f"{where}: {' '.join(gram)}")
    assert not copied, "\n".join(copied)


def _grams(tokens: list[str], size: int) -> set[tuple[str, ...]]:
    return set(zip(*(tokens[start:] for start in range(size)), strict=False))


def _strings(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from _strings(value)
    elif isinstance(document, list):
        for value in document:
            yield from _strings(value)


def test_a_small_pack_loads(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, spelling={"yg": "yang", "no": "nomor"}))
    passage = pack.passages()[0]
    assert passage.id == "digest:perpres-1-2030#pasal-1"
    assert passage.title == "Perpres 1/2030 tentang Contoh"
    assert pack.spelling == {"yg": "yang", "no": "nomor"}


def test_two_entries_of_one_place_get_two_ids(tmp_path: Path) -> None:
    twin = {**ENTRY, "statement": {"id": "Contoh kedua.", "en": "The second."}}
    pack = load_pack(write(tmp_path, **{"digests__perpres-1-2030": {**DIGEST, "entries": [ENTRY, twin]}}))
    assert [p.id.rsplit("#")[1] for p in pack.passages()] == ["pasal-1", "pasal-1-2"]


def test_a_missing_key_names_file_entry_key_and_what_is_accepted(tmp_path: Path) -> None:
    entry = {key: value for key, value in ENTRY.items() if key != "questions"}
    problem = refusal(write(tmp_path, **{"digests__perpres-1-2030": {**DIGEST, "entries": [ENTRY, entry]}}))
    for part in (
        "digests/perpres-1-2030.yaml",
        "entri 2 (Pasal 1)",
        '"questions"',
        "wajib",
        "locator",
        "spbe pack check",
    ):
        assert part in problem.message.id
    assert "entry 2 (Pasal 1)" in problem.message.en and "is required" in problem.message.en


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({**ENTRY, "pertanyaan": ["x"]}, '"pertanyaan": kunci ini tidak dikenal'),
        ({**ENTRY, "statement": {"id": "Ada.", "en": ""}}, "is empty or unfinished"),
        ({**ENTRY, "statement": {"id": "TODO", "en": "To do."}}, "is empty or unfinished"),
        ({**ENTRY, "locator": "  "}, "kosong"),
        ({**ENTRY, "questions": ["satu saja"]}, "isinya kurang"),
        ({**ENTRY, "statement": "Contoh"}, "harus berupa pasangan kunci dan isi"),
    ],
)
def test_a_wrong_entry_is_refused(entry: dict[str, object], said: str, tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, **{"digests__perpres-1-2030": {**DIGEST, "entries": [entry]}}))
    assert said in problem.message.id and "digests/perpres-1-2030.yaml" in problem.message.id


def test_a_doubled_key_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "rule: perpres-1-2030\nsource: a\nsource: b\nchecked: 2030-01-01\nentries: []\n"
    problem = refusal(write(tmp_path, **{"digests__perpres-1-2030": text}))
    assert "baris 3" in problem.message.id and "stands twice" in problem.message.id


def test_text_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, glossary="- term: 'a\n  meaning: b\n"))
    assert "glossary.yaml, baris" in problem.message.id and "tanda kutip" in problem.message.id


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "spelling.yaml").write_bytes("yg: \xe9".encode("latin-1"))
    assert "UTF-8" in refusal(tmp_path).message.id


def test_a_digest_of_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, **{"digests__perpres-9-2030": {**DIGEST, "rule": "perpres-9-2030"}}))
    assert "'perpres-9-2030' tidak ada dalam rules.yaml" in problem.message.id


def test_a_digest_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, digests__lain=DIGEST))
    assert "digests/lain.yaml" in problem.message.id and "nama berkas" in problem.message.id


def test_a_statement_written_twice_is_refused(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, **{"digests__perpres-1-2030": {**DIGEST, "entries": [ENTRY, ENTRY]}}))
    assert "ditulis dua kali" in problem.message.id


def test_guides_must_run_without_holes_and_belong_to_an_instrument(tmp_path: Path) -> None:
    text = {"id": "Contoh.", "en": "Example."}
    guide = {
        "number": 2, "measures": text, "first_steps": [text], "questions": ["apa?"],
        "source": [{"rule": "perpres-1-2030", "locator": "Pasal 1"}],
    }  # fmt: skip
    folder = write(tmp_path, **{"indicators__spbe-9999": [guide]})
    said = [problem.message.id for problem in check_pack(folder)]
    assert any("id instrumen" in message for message in said)
    assert any("tanpa lubang" in message for message in said)


def test_the_check_names_every_broken_file(tmp_path: Path) -> None:
    folder = write(tmp_path, glossary=[{"term": "A"}], topics__x={"topic": "x"})
    files = {str(problem.details["file"]) for problem in check_pack(folder)}
    assert files == {"glossary.yaml", "topics/x.yaml"}
