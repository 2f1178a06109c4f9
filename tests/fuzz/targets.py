"""What must hold for any input, of the four places that read what nobody has checked: one function each.

`bench/fuzz.py` gives them bytes that libFuzzer invents; `test_fuzz_replay.py` gives them the corpus, without it. A
function returns nothing, whether the input was taken or refused; it raises where a promise is broken.
"""

from __future__ import annotations

import itertools
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from assistant.answer import Answer, Block, Citation
from assistant.guard import LONGEST, SHORTEST, SLACK, refusal
from assistant.lexicon import Lexicon
from bots.telegram.pieces import MESSAGE_LIMIT, units
from bots.telegram.rendering import LABEL_LIMIT, pieces_of, reply_of
from ingest.assessments.options import Options
from ingest.assessments.reading import read_assessments
from ingest.documents import Document
from ingest.legal import ParsedRule, parse_rule
from ingest.legal import passages as legal_passages
from ingest.pages import Page
from ingest.plain_text import decode
from knowledge.passage import Kind
from scoring import Assessment, RefusedInput, score
from tests.assistant.completions import Completion, adversarial, honest
from tests.bots.telegram.bot_api import parse_html

CORPUS = Path(__file__).parent / "corpus"


# -- the legal parser -----------------------------------------------------------------------------------------


def legal(data: bytes) -> None:
    """Passages are small, named apart, and say nothing that the text does not."""
    try:
        text = decode(data, "aturan.txt")
    except RefusedInput as refused:
        _says_why(refused)
        return
    pages = tuple(Page(n, part, 1.0) for n, part in enumerate(text.split("\f"), 1))
    parsed = parse_rule(Document(pages, "aturan.txt", "0" * 64, "text"))
    known = Counter(_bare(text))
    assert len({passage.id for passage in parsed.passages}) == len(parsed.passages), "two passages of one name"
    for passage in parsed.passages:
        assert passage.text.strip(), passage
        assert legal_passages.tokens(passage.text) <= legal_passages.LONGEST, len(passage.text)
        foreign = {letter for letter in _bare(passage.text) if letter not in known}
        assert not foreign, (passage.locator, foreign)
        assert passage.page is not None and 1 <= passage.page <= len(pages), passage.locator
        _every_word_is_there(passage.text, text)
    _nothing_lost(text, parsed)


def _nothing_lost(text: str, parsed: ParsedRule) -> None:
    """A long word that the text has once is in a passage, above it as a heading, or in the title.

    What leads a list of definitions ("Dalam peraturan ini yang dimaksud dengan:") is left out on purpose, wherever
    a fuzzer puts it.
    """
    text = re.sub(r"[^.;]{0,400}yang\s+dimaksud(?:kan)?\s+dengan", " ", text)
    kept = _bare(" ".join([parsed.rule.title, *(" ".join((*p.headings, p.text)) for p in parsed.passages)])).lower()
    once = [
        word for word, count in Counter(re.findall(r"[a-z]{9,}", text)).items() if count == 1 and word != "peraturan"
    ]
    assert all(word in kept for word in once), [word for word in once if word not in kept]


def _every_word_is_there(said: str, text: str) -> None:
    """Every word stands in the text, or is one that a line break had cut in two."""
    whole = _bare(text)
    for word in said.split():
        assert _bare(word) in whole, word


def _bare(text: str) -> str:
    """Letters and digits alone; whitespace, hyphens and the bars of tables are what a line break may change."""
    return "".join(character for character in text if character.isalnum())


# -- assessments ----------------------------------------------------------------------------------------------

_MARKS = {b"c": ".csv", b"j": ".json", b"x": ".xlsx", b"o": ".ods", b"s": ".xlsx", b"t": ".ods"}
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_RELATION}"><sheets><sheet name="Penilaian" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _xlsx(sheet: bytes) -> bytes:
    """A workbook whose only sheet is this XML."""
    return _zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.format(kind=f"{_RELATION}/officeDocument", target="xl/workbook.xml").encode(),
            "xl/workbook.xml": _BOOK.encode(),
            "xl/_rels/workbook.xml.rels": _RELATIONS.format(
                kind=f"{_RELATION}/worksheet", target="worksheets/sheet1.xml"
            ).encode(),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def _ods(content: bytes) -> bytes:
    """A spreadsheet of the open document format with this content.xml."""
    return _zipped({"mimetype": _ODS.encode(), "META-INF/manifest.xml": _MANIFEST.encode(), "content.xml": content})


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def assessments(data: bytes) -> None:
    """A file is refused with all four rungs of the ladder, or read to assessments that can be scored.

    The first byte says what the rest is: ``c`` CSV, ``j`` JSON, ``x`` and ``o`` whole XLSX and ODS files, ``s`` the
    XML of one XLSX sheet, ``t`` that of an ODS spreadsheet. A capital letter lets the person say year and agency.
    """
    mark, content = data[:1], data[1:]
    suffix = _MARKS.get(mark.lower())
    if suffix is None or not content:
        return
    if mark.lower() in (b"s", b"t"):
        content = (_xlsx if mark.lower() == b"s" else _ods)(content)
    options = Options(agency="Kota Contoh", year=2024, stage="self") if mark.isupper() else Options()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"penilaian{suffix}"
        path.write_bytes(content)
        try:
            reading = read_assessments(path, None, options)
        except RefusedInput as refused:
            _says_why(refused)
            assert path.name in refused.message.id and path.name in refused.message.en, refused.message
            assert re.search(r"Tidak ada yang disimpan\. \S", refused.message.id), refused.message.id
            return
    assert reading.assessments
    for read in reading.assessments:
        again = Assessment.model_validate(read.assessment.model_dump(mode="json"))
        assert again == read.assessment
        card = score(again)
        if card.index_exact is not None and card.floor is not None:
            assert card.floor <= card.index_exact


def _says_why(refused: RefusedInput) -> None:
    """What was wrong, what is accepted, in both languages, and briefly enough to be read."""
    assert refused.code and re.fullmatch(r"[a-z_]+", refused.code), refused.code
    assert re.search(r"[Yy]ang (?:diterima|ada)", refused.message.id), refused.message.id
    assert re.search(r"[Aa]ccepted|[Tt]here (?:are|is)|[Kk]nown", refused.message.en), refused.message.en
    assert len(refused.message.id) < 3_000, len(refused.message.id)


# -- the guard ------------------------------------------------------------------------------------------------

_FIGURE_OR_NAME = re.compile(r"\{[fac]\d+\}")


@cache
def _composed() -> list[Completion]:
    return list({completion.composed: completion for completion in (*honest(), *adversarial())}.values())


@cache
def _words() -> list[str]:
    """What a model may put in: every phrase of both lexicons, tokens, numbers of many scripts, markup."""
    words = {" ".join(phrase) for language in ("id", "en") for phrase in (*Lexicon.of(language).free,)}  # type: ignore[arg-type]
    words |= {" ".join(phrase) for language in ("id", "en") for phrase in Lexicon.of(language).terms}  # type: ignore[arg-type]
    words |= {" ".join(phrase) for language in ("id", "en") for phrase in Lexicon.of(language).gated}  # type: ignore[arg-type]
    words |= {word for language in ("id", "en") for word in Lexicon.of(language).numbers | Lexicon.of(language).law}  # type: ignore[arg-type]
    words |= {
        "{f1}",
        "{f2}",
        "{f9}",
        "{a1}",
        "{c1}",
        "{",
        "}",
        "**",
        "(",
        ")",
        ".",
        ",",
        ":",
        "%",
        "12",
        "3,5",
        "٣",
        "½",
    }
    words |= {"²", "Ⅳ", "五", "Bogor", "Pasal 6", "tidak", "nol", "<b>", "\u200b", "\u0660", "-", "+{f1}", "{f1}%"}
    return sorted(words)


def guard(data: bytes) -> None:
    """A reworded sentence that passes has the figures, names and digits of the composed one; and in their order, but
    for what a word of its own says what it is ("dari {f1}").

    Two bytes choose the composed sentence and how the rest is read: as text, or as edits of its words.
    """
    if len(data) < 3:
        return
    known = _composed()[data[0] % len(_composed())]
    composed = known.composed
    reworded = data[2:].decode("utf-8", "replace") if data[1] % 4 == 0 else _edited(composed, data[2:])
    assert refusal(composed, composed, known.language, known.years) is None
    if refusal(composed, reworded, known.language, known.years) is not None:
        return
    assert Counter(_FIGURE_OR_NAME.findall(reworded)) == Counter(_FIGURE_OR_NAME.findall(composed)), reworded
    _no_figure_or_name_displaced(known, reworded)
    assert _numerals(reworded) == _numerals(composed), reworded
    assert {c for c in reworded if not c.isascii()} <= {c for c in composed if not c.isascii()}, reworded
    for mark in "<>[]`|_#\\@&=":
        assert reworded.count(mark) <= composed.count(mark), reworded
    before, after = (len(_FIGURE_OR_NAME.sub("x" * 12, text)) for text in (composed, reworded))
    assert after / before >= SHORTEST, reworded
    assert after <= (LONGEST + 0.5) * before + SLACK, reworded  # a word for the percent sign is not counted
    _no_new_word(known, reworded)


def _edited(composed: str, edits: bytes) -> str:
    """The words of a sentence after edits of three bytes: what to do, where, and with what."""
    parts = composed.split(" ")
    for first, second, third in zip(edits[::3], edits[1::3], edits[2::3], strict=False):
        at = second % (len(parts) + 1)
        word = _words()[(third + 256 * (first >> 3)) % len(_words())]
        match first % 8:
            case 0:
                parts.insert(at, word)
            case 1:
                del parts[at : at + 1]
            case 2:
                parts[at : at + 1] = [word]
            case 3 if parts:
                parts.insert(third % len(parts), parts.pop(at % len(parts)))
            case 4 if parts:
                other = third % len(parts)
                at %= len(parts)
                parts[at], parts[other] = parts[other], parts[at]
            case 5:
                parts = [*parts[at:], *parts[:at]]
            case 6 if parts:
                parts[at % len(parts)] += ".,;:)!?(*-"[third % 10]
            case 7 if parts:
                parts[at % len(parts)] = ("(", "**", "+", "-", "“", "")[third % 6] + parts[at % len(parts)]
    return " ".join(parts)


def _no_figure_or_name_displaced(known: Completion, reworded: str) -> None:
    """Of two figures, or two names, that change their order, one has in both texts the same word that stands alone."""
    lexicon = Lexicon.of(known.language)
    led = [_led(lexicon.plain(text), lexicon) for text in (known.composed, reworded)]
    for kind in "fa":
        orders = [[t for t in tokens if t[1] == kind and t not in known.years] for tokens in led]
        for first, second in itertools.combinations(orders[0], 2):
            if orders[1].index(first) > orders[1].index(second):
                assert any(led[0][token] & led[1][token] for token in (first, second)), reworded


def _led(text: str, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The standing terms between each token and the token before it."""
    parts = re.split(r"(\{[fa]\d+\})", re.sub(r"\{c\d+\}", "", text))
    led = {}
    for words, token in zip(parts[::2], parts[1::2], strict=False):
        left = re.findall(r"[^\W\d_]+", words.lower())
        meanings = (lexicon.meaning(left[at:])[1] for at in range(len(left)))
        led[token] = frozenset(m for m in meanings if m in lexicon.standing)
    return led


def _numerals(text: str) -> Counter[str]:
    bare = _FIGURE_OR_NAME.sub(" ", text)
    return Counter(character for character in bare if unicodedata.category(character)[0] == "N")


def _no_new_word(known: Completion, reworded: str) -> None:
    """Words that are not the composed sentence's come from the free words or terms of its own language."""
    lexicon = Lexicon.of(known.language)
    phrases = (*lexicon.free, *lexicon.copulas, *lexicon.gated, *lexicon.terms)
    allowed = {word for phrase in phrases for word in phrase}
    had = set(re.findall(r"[^\W\d_]+", _FIGURE_OR_NAME.sub(" ", lexicon.plain(known.composed)).lower()))
    for word in re.findall(r"[^\W\d_]+", _FIGURE_OR_NAME.sub(" ", lexicon.plain(reworded)).lower()):
        root = re.sub(r"(?:nya|lah|pun)$", "", word)
        parts = {part for one in allowed for part in one.split("-")}
        assert {word, root} & (had | allowed | parts | {"persen", "percent", "per", "cent"}), (word, reworded)


# -- the Telegram renderer ------------------------------------------------------------------------------------

_KINDS = ("sentence", "item", "note", "table")


def telegram(data: bytes) -> None:
    """Whatever an answer says arrives whole, in order, in messages that Telegram accepts."""
    answer = _answer(data)
    if answer is None:
        return
    pieces = pieces_of(answer)
    if not any(piece.text.strip() for piece in pieces):
        return
    reply = reply_of(answer, "pertanyaan")
    texts = [message for message in reply.messages if message.kind == "text"]
    shown = []
    for message in texts:
        text, entities = parse_html(message.html)
        assert units(text.strip()) > 0 and units(text) <= MESSAGE_LIMIT, units(text)
        assert len(entities) <= 100, len(entities)
        for _, inside in entities:
            assert inside in text
        shown.append(text)
    said = "".join(piece.text for piece in pieces)
    assert "".join("".join(shown).split()) == "".join(said.split()), "something was lost or said twice"
    for row in texts[-1].buttons:
        for button in row:
            assert 0 < units(button.label) <= LABEL_LIMIT, button.label
    for block in answer.blocks:
        if block.kind != "table":
            for word in block.text.replace("**", " ").split():
                assert word.strip(".!?:*") in "".join(shown) or len(word) > 1_000, word


def _answer(data: bytes) -> Answer | None:
    """Blocks separated by a line ``\\x1d``: a letter for the kind, digits for repetition and citations, the text."""
    blocks, citations, suggestions = [], {}, []
    for raw in data.decode("utf-8", "replace").split("\x1d")[:40]:
        head, text = raw[:3], raw[3:]
        if len(head) < 3 or not text.strip():
            continue
        text *= 1 + (ord(head[1]) % 40) ** 2 // 20 if len(text) < 500 else 1
        kind, cited = _KINDS[ord(head[0]) % 4], ord(head[2]) % 6
        for number in range(1, cited + 1):
            citations[f"c{number}"] = _citation(number, text, "official" if number % 2 else "digest")
        if ord(head[0]) % 7 == 6 and len(suggestions) < 4:
            suggestions.append(text[:500])
        if kind == "table":
            rows = [line for line in text.splitlines() if line.strip()][:30]
            cells = ["| " + line + " |" for line in rows]
            if not cells:
                continue
            text = "\n".join([cells[0], "| --- | --- |", *cells[1:]])
        blocks.append(
            Block(kind=kind, text=text.strip(), citations=tuple(f"c{n}" for n in range(1, cited + 1)))  # type: ignore[arg-type]
        )
    if not blocks:
        return None
    return Answer(
        text="",
        blocks=tuple(blocks),
        language="id",
        intent="rule",
        citations=tuple(citations[key] for key in sorted(citations)),
        suggestions=tuple(suggestions),
    )


def _citation(number: int, text: str, kind: Kind) -> Citation:
    return Citation(
        id=f"c{number}", number=number, kind=kind, rule="aturan-1", title=text[:200], locator=f"Pasal {number}",
        page=number, quote=text[:5_000], status="in force", replaced_by=None, second_hand=False,
    )  # fmt: skip


TARGETS: dict[str, Callable[[bytes], None]] = {
    "legal": legal,
    "assessments": assessments,
    "guard": guard,
    "telegram": telegram,
}
