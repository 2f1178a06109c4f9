"""The facts of a digest that a machine can look up in the article it cites: numbers, periods, named offices."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.passage import Passage, place

ONES = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
UNITS = ("tahun", "bulan", "hari", "minggu", "jam", "menit", "kali", "semester", "triwulan")
_WORD = "|".join(ONES)
_WORDS = re.compile(rf"\b(?:({_WORD})\s+puluh(?:\s+({_WORD}))?|({_WORD})\s+belas|({_WORD}))\b")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

#: How an office may be written in a statement, and how the law may write it.
OFFICES = {
    r"menteri panrb|bidang (?:pendayagunaan )?aparatur negara": r"aparatur negara|pan ?rb|pan dan rb",
    r"menteri (?:kominfo|komunikasi)|bidang komunikasi": r"komunikasi dan\s+informatika|menteri komunikasi",
    r"\bppn\b|bappenas|bidang perencanaan pembangunan nasional": (
        r"perencanaan\s+pembangunan nasional|bappenas|\bppn\b|kementerian perencanaan|menteri perencanaan"
    ),
    r"menteri dalam negeri|mendagri|urusan pemerintahan dalam negeri": r"dalam negeri",
    r"menteri keuangan": r"bidang keuangan|menteri keuangan|keuangan",
    r"\bbssn\b|bidang keamanan siber": r"keamanan siber|\bbssn\b|siber dan sandi",
    r"\bbrin\b|riset dan inovasi": r"riset dan inovasi|\bbrin\b",
    r"\bbppt\b|pengkajian dan penerapan teknologi": r"pengkajian\s+dan penerapan teknologi|\bbppt\b",
    r"\bbps\b|badan pusat statistik": r"statistik|\bbps\b",
    r"\bbig\b|badan informasi geospasial": r"geospasial|\bbig\b",
    r"sekretaris daerah|\bsekda\b": r"sekretaris daerah|\bsekda\b|sekretaris (?:pada|di) instansi pusat dan",
    r"kepala daerah": r"kepala\s+daerah",
    r"gubernur": r"gubernur",
    r"bupati": r"bupati",
    r"wali ?kota": r"wali ?kota",
    r"pimpinan instansi pusat": r"pimpinan\s+instansi\s+pusat|pimpinan\s+kementerian|pimpinan",
    r"bappeda": r"perencanaan\s+pembangunan\s+daerah|bappeda",
    r"koordinator spbe": r"koordinator\s+spbe",
    r"tim koordinasi spbe nasional": r"tim koordinasi spbe\s+nasional",
    r"asesor internal": r"ass?esor\s+internal",
    r"asesor eksternal": r"ass?esor\s+eks?ternal",
    r"tim reviu": r"tim reviu",
    r"\bapip\b|inspektorat": r"pengawasan intern|\bapip\b|inspektorat",
    r"\bkmr\b|komite manajemen risiko": r"\bkmr\b|komite manajemen risiko",
    r"\bupr\b|unit pemilik risiko": r"\bupr\b|unit pemilik risiko",
    r"\bukr\b|unit kepatuhan risiko": r"\bukr\b|unit kepatuhan risiko",
    r"\bpresiden\b": r"presiden",
    r"dewan pengarah": r"dewa\w+\s+pengarah",
    r"walidata pendukung": r"wal[il]\s*data\s+pendukung",
    r"walidata": r"wal[il]\s*data",
    r"pembina data": r"pembina\s+data",
    r"produsen data": r"produsen\s+data",
    r"forum satu data": r"forum\s+satu\s+data",
    r"sekretariat satu data": r"sekretariat\s+satu\s+data",
    r"\blatik\b": r"latik|lembaga pelaksana|lembaga audit",
    r"\bperuri\b": r"peruri|percetakan uang",
}
#: Rules whose definitions make a bare "Menteri" or "Badan" one office: how a statement names it, how the rule does.
DEFINED = {
    "permenpanrb": (r"menteri panrb|aparatur negara", r"\bmenteri\b"),
    "pedoman": (r"menteri panrb|aparatur negara", r"\bmenteri\b"),
    "permenkominfo": (r"kominfo|komunikasi", r"\bmenteri\b"),
    "permenppn": (r"\bppn\b|bappenas|perencanaan", r"\bmenteri\b"),
    "peraturan-bssn": (r"\bbssn\b|keamanan siber", r"\bbadan\b"),
    "peraturan-brin": (r"\bbrin\b|riset dan inovasi", r"\bbadan\b"),
}
_MARKS = re.compile(r"^[\s>-]*\(?[0-9lI]+[.)]+(?=\s)", re.MULTILINE)


@dataclass(frozen=True)
class Fact:
    """``kind`` is number, period or office; ``said`` as the statement has it."""

    kind: str
    said: str
    value: str


def plain(text: str) -> str:
    """Lower case, one space, digits that a scanner took for letters mended, "5 (lima)" as "5"."""
    text = re.sub(r"(?<=\d)[oO]|[oO](?=\d)", "0", text)
    text = re.sub(r"(?<=\d)[lI]|[lI](?=\d)", "1", text).lower()
    text = re.sub(r"\s+", " ", text.replace("–", "-").replace("−", "-"))
    return re.sub(r"(\d+) ?\([a-z ]+\)", r"\1", text)


def with_digits(text: str) -> str:
    """Number words as digits: "dua belas" becomes "12"."""

    def value(match: re.Match[str]) -> str:
        tens, ones, teen, one = match.groups()
        if tens:
            return str(ONES[tens] * 10 + (ONES[ones] if ones else 0))
        return str(ONES[teen] + 10) if teen else str(ONES[one])

    return _WORDS.sub(value, text)


def number(written: str) -> str:
    """One writing for a number: 2,50 and 2.5 are the same, 1.000 is a thousand."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        return written.replace(".", "")
    whole, _, decimals = written.replace(",", ".").partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole)}.{decimals}" if decimals else str(int(whole))


def numbers(text: str) -> set[str]:
    return {number(found) for found in _DIGITS.findall(with_digits(plain(text)))}


def periods(text: str) -> set[str]:
    """Numbers with their unit of time or frequency, such as "2 tahun"."""
    units = "|".join(UNITS)
    found = re.findall(rf"(\d+) (?:x )?({units})\b", with_digits(plain(text)))
    return {f"{int(n)} {unit}" for n, unit in found}


def lists(article: str) -> set[int]:
    """How many items the lists of an article have: a., b., c. or 1., 2), (3) ... without holes."""
    lengths: set[int] = set()
    for style in (r"([a-z])[.:)]", r"\(?(\d+)[.)]"):
        run = 0
        for mark in re.findall(rf"(?:^|\n|; |: |dan |/atau )[\s>-]*{style}\s", article):
            value = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
            if value != run + 1 and run > 1:
                lengths.add(run)
            run = run + 1 if value == run + 1 else int(value == 1)
        if run > 1:
            lengths.add(run)
    return lengths


def facts(statement: str) -> Iterator[Fact]:
    """The facts of an Indonesian statement; "satu" counts only with a unit, it is an article otherwise."""
    text = plain(statement)
    one = r"\(?[\divxl]+\b\)?"
    references = re.sub(
        rf"\b(?:pasal|ayat|angka|tabel|indikator|huruf|bab) {one}(?:(?:,| dan| atau|-| sampai)+ ?{one})*", " ", text
    )
    references = re.sub(r"\b(?:perpres|permen\w*|pedoman|se|peraturan \w+) (?:menpanrb )?\d+/\d+", " ", references)
    alone = re.sub(r"\bsatu\b(?! (?:" + "|".join(UNITS) + r"))", " ", references)
    for value in sorted(numbers(alone)):
        yield Fact("number", value, value)
    for value in sorted(periods(references)):
        yield Fact("period", value, value)
    for said, law in OFFICES.items():
        if match := re.search(said, text):
            yield Fact("office", match[0], law)


def missing(statement: str, article: str, rule: str) -> list[Fact]:
    """The facts of the statement that do not stand in the article.

    Item numbers and references of the article do not count, but the number of items of a list does.
    """
    law = plain(_MARKS.sub(" ", article))
    law = re.sub(r"\b(?:pasal|ayat|angka) \(?\d+\)?", " ", law)
    have, times = numbers(law) | {str(length) for length in lists(article)}, periods(law)
    said, bare = next((names for kind, names in DEFINED.items() if rule.startswith(kind)), ("", ""))

    def stands(fact: Fact) -> bool:
        if fact.kind == "number":
            return fact.value in have
        if fact.kind == "period":
            return fact.value in times
        by_definition = said and re.search(said, fact.said) and re.search(bare, law)
        return bool(by_definition or re.search(fact.value, law))

    return [fact for fact in facts(statement) if not stands(fact)]


def article_of(locator: str, passages: Sequence[Passage]) -> str:
    """The official text that a locator cites: the whole article; in annexes, the nearest section held.

    Empty when not even the chapter or article is found.
    """
    found = re.match(r"Pasal (\d+[A-Z]?)", locator)
    if found:
        wanted = place(found[0])
        held = [place(p.locator).split("/")[0] for p in passages]
        articles = [name for name in held if name.startswith("pasal-")]
        last = articles and wanted == max(articles, key=lambda name: int("".join(filter(str.isdigit, name))))
        names = {wanted, "pengundangan"} if last else {wanted}
        return _text(p for p, name in zip(passages, held, strict=True) if name in names)
    if table := re.search(r"Tabel (\d+)", locator):
        return _text(p for p in passages if re.search(rf"Tabel {table[1]}\b", p.locator))
    if indicator := re.search(r"Indikator (\d+)", locator):
        return _text(p for p in passages if re.search(rf"Indikator {indicator[1]}\b", p.locator))
    steps = re.sub(r"[(,].*", "", locator).strip().split(" ")
    while len(steps) >= 2 and steps != ["Lampiran"]:
        beginning = " ".join(steps)
        if text := _text(
            p for p in passages if p.locator == beginning or p.locator.startswith((f"{beginning} ", f"{beginning},"))
        ):
            return text
        steps = steps[:-2]
    return ""


def _text(passages: Iterator[Passage]) -> str:
    """The texts with the headings above them, which name what an article leaves out."""
    found = list(passages)
    headings = dict.fromkeys(heading for passage in found for heading in passage.headings)
    return "\n".join([*headings, *(passage.text for passage in found)]) if found else ""
