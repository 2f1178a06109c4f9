"""Exact references in a question: "pasal 12 ayat 3 perpres 95", "ind 22 lvl 4"; and what of them is
known not to exist ("Pasal 90 Perpres 95/2018", which ends at 77; indicator 50; level 0)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.criteria import one_by_one
from knowledge.library import Library, Rule
from knowledge.passage import place
from scoring.instrument import Indicator, Instrument
from scoring.refusal import Text

_KINDS = {
    "perpres": r"perpres|peraturan\s+presiden|presidential\s+regulation",
    "permenpanrb": r"permen\s*-?pan\s*-?(?:dan\s*)?-?rb|permenpan|permen"
    r"|peraturan\s+menteri\s+pan(?:\s*-?rb)?|peraturan\s+menteri",
    "permenkominfo": r"permen\s*-?kominfo|permen|peraturan\s+menteri(?:\s+kominfo)?",
    "permenppn": r"permen\s*-?ppn(?:/bappenas)?|permen|peraturan\s+menteri(?:\s+ppn)?",
    "peraturan-bssn": r"(?:peraturan|perka|per)\s*-?\s*(?:kepala\s+)?bssn"
    r"|peraturan\s+badan\s+siber\s+dan\s+sandi\s+negara|bssn\s+regulation",
    "peraturan-brin": r"(?:peraturan|perka|per)\s*-?\s*(?:kepala\s+)?brin|brin\s+regulation"
    r"|peraturan\s+badan\s+riset\s+dan\s+inovasi\s+nasional",
    "pedoman-menpanrb": r"pedoman(?:\s+(?:menteri|men)?\s*-?(?:pan\s*-?rb)?)?",
    "se-menpanrb": r"surat\s+edaran(?:\s+(?:menteri|men)?\s*-?pan\s*-?rb)?|se(?:\s+men\s*-?pan\s*-?rb)?",
    "uu": r"uu|undang-undang",
    "pp": r"pp|peraturan\s+pemerintah",
    "perda": r"perda|peraturan\s+daerah",
    "perbup": r"perbup|peraturan\s+bupati",
    "perwali": r"perwali|perwal(?:kot)?|perwako|peraturan\s+wali\s*kota",
    "pergub": r"pergub|peraturan\s+gubernur",
}
_WORDS_TOO = ("pp", "se", "pedoman")  # name a rule only beside its year
_ISSUERS = {  # rules named by who issued them or by their form, without a number
    "peraturan-bssn": re.compile(r"\b(?:menurut|aturan|peraturan|perka|ketentuan|pedoman|versi|under|by)\s+bssn\b"),
    "peraturan-brin": re.compile(r"\b(?:menurut|aturan|peraturan|perka|ketentuan|pedoman|versi|under|by)\s+brin\b"),
    "se-menpanrb": re.compile(r"\b(?:surat edaran|circular)\b"),
}
_NUMBER = r"\s*(?:nomor|no\.?|number|nmr)?\s*(\d{1,4})\b(?:\s*(?:/|tahun|thn|th\.?|of|-)?\s*((?:19|20)\d\d))?"
_INDICATOR = re.compile(r"\b(?:indikator|indicator|ind|indktr|i)\s*\.?\s*(?:nomor|no\.?|ke-?|#)?\s*(\d{1,3})\b")
_LEVEL_WORD = r"(?:level|lvl|lv|tingkat\s+kematangan|tingkat|tkt)"
_COUNTED = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SPELLED = re.compile(rf"\b({_LEVEL_WORD})\s+({'|'.join(_COUNTED)})\b(?!\s+(?:dari|of))")
_END = r"(?:yang\s+)?(paling\s+tinggi|tertinggi|maksimal|maksimum|puncak|paling\s+rendah|terendah)"
_EXTREME = re.compile(rf"\b{_LEVEL_WORD}\s+{_END}\b|\b(highest|top|lowest)\s+(?:maturity\s+)?level\b")
_OWN_LEVELS = re.compile(r"\b(?:peta|map|risiko|risk|kemungkinan|dampak)\b")  # process maps and risks have their own
_LEVEL = re.compile(rf"\b{_LEVEL_WORD}\s*(?:ke-?)?\s*(\d)\b((?:\s*(?:dan|ke|vs|sampai|s/d|/|,|-|–|and|to)\s*\d\b)*)")
_STEPS = {
    "pasal": re.compile(r"\b(?:pasal|psl|article)\s*\.?\s*(\d+[a-z]?|[ivxl]+)\b"),
    "ayat": re.compile(r"\b(?:ayat|paragraph)\s*\(?(\d+[a-z]?)\)?"),
    "huruf": re.compile(r"\bhuruf\s+([a-z])\b"),
    "angka": re.compile(r"\bangka\s+(\d+)\b"),
    "tabel": re.compile(r"\b(?:tabel|table)\s+(\d+)\b"),
    "bab": re.compile(r"\b(?:bab|chapter)\s+([ivxl]+|\d+)\b"),
}
_CUE = re.compile(r"\b(?:indikator|indicator|ind|kriteria|criteria|bukti|evidence|data dukung|kematangan|maturity)\b")
_WEIGHT = re.compile(r"\b(?:bobot(?:nya)?|weights?)\b")
_DEFINITION = re.compile(
    r"\b(?:apa itu|apa sih|itu apa|(?:di)?maksud(?:nya)?|pengertian|definisi|arti(?:nya)?|kepanjangan|singkatan"
    r"|istilah(?:nya)?|disebut|namanya apa|apa namanya"
    r"|what does|define|meaning|definition)\b|\bwhat (?:is|are) (?:an? |the )?\w+(?: \w+){0,3}\W*$"
)
_PARTS = {  # parts of an instrument, counted; the attribute that holds them
    "domains": (re.compile(r"\bdomain\s*(?:ke-?)?\s*(\d{1,2})\b"), "Domain"),
    "aspects": (re.compile(r"\b(?:aspek|aspect)\s*(?:ke-?)?\s*(\d{1,2})\b"), "Aspek"),
}
_OTHER_LAW = re.compile(  # laws by name and rules by number that no kind above knows
    r"\b(?:uu|undang-undang)\s+(?!nomor|no\b|dasar|apa|mana|yang|dan|atau|itu|ini|tersebut|lain|\d)([a-z]{2,})(?:\s+[a-z]+)?"
    r"|\b(?:permen[a-z]+|permen\s+[a-z]+|pmk|kepmen[a-z]*|kepmenpan\w*|keppres|inpres|perlan|perka\s*[a-z]+"
    r"|per(?:aturan)?\s*lkpp|pojk|kepdirjen|se\s+[a-z]+)\s*(?:nomor|no\.?)?\s*\d{1,4}\s*(?:/|tahun)\s*(?:[a-z.]+/)?(?:19|20)\d\d"
    r"|\b(?:gdpr|cloud act|iso\s*/?\s*iec\s*\d{4,}|iso\s*\d{4,})\b"
)
_FRAME = re.compile(
    r"\b(?:menimbang|mengingat|konsiderans\w*|dasar hukum\w*|dasar pembentukan|alasan dibuat|latar belakang|judul\w*"
    r"|tentang apa|ditetapkan (?:tanggal|pada|di|oleh)|diundangkan|tanda tangan\w*|ditandatangani|menandatangani"
    r"|alamat\w*|situs\w*|laman|website|unduh\w*|download\w*|naskah\w*|salinan|baca di|mencari|nyari|cari|link|tautan"
    r"|where|legal basis|text of)\b"
)
_RANGE = re.compile(r"^\s*(?:-|–|s/d|sampai|hingga|to)\s*\d")
_FILLER = frozenset(
    re.findall(
        r"\w+",
        "tingkat kematangan instansi pusat pemerintah daerah dan berbasis elektronik spbe di pada untuk of the and on",
    )
)


@dataclass(frozen=True)
class Absent:
    """Something asked for that is known not to exist.

    Attributes:
        what: ``article``, ``paragraph``, ``indicator``, ``level``, ``part`` (a domain or aspect) or ``rule`` (a rule
            that the library does not hold).
        asked: as asked, such as ``Pasal 90``. extent: what there is, such as ``Pasal 1-77``.
        of: the rule or instrument, as people call it.
    """

    what: str
    asked: str
    extent: str
    of: str

    @property
    def message(self) -> Text:
        if self.what == "rule":
            return Text(
                id=f"{self.asked} tidak ada dalam pustaka ini. Itu tidak berarti aturannya tidak ada.",
                en=f"{self.asked} is not in this library. That does not mean that there is no such rule.",
            )
        return Text(
            id=f"{self.asked} tidak ada pada {self.of}. Yang ada: {self.extent}.",
            en=f"{self.asked} does not exist in {self.of}. There is: {self.extent}.",
        )


@dataclass(frozen=True)
class Reference:
    """What a question names exactly.

    Attributes:
        rules: ids of the rules named, in order. year: of the instrument or rule, where a year was named.
        steps: of a place, such as ``{"pasal-12", "ayat-3"}``.
        indicators: numbers named by number or by name. levels: levels named.
        instrument: id of the instrument that the indicators are of; home: the rules its criteria stand in.
        by_name: the indicators were recognised by name, not by number.
        weights: weights are asked for, ``steps`` is their table. definition: asks what a term means.
        frame: asks for a rule's preamble, signature, or where its text is to be had.
        absent: what is known not to exist.
        subject: the question in lower case without the rules it names.
        text: the question in standard spelling. strange: its words that stand nowhere in the library.
    """

    rules: tuple[str, ...] = ()
    steps: frozenset[str] = frozenset()
    indicators: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    instrument: str | None = None
    home: frozenset[str] = frozenset()
    by_name: bool = False
    weights: bool = False
    definition: bool = False
    frame: bool = False
    years: tuple[int, ...] = ()
    absent: tuple[Absent, ...] = ()
    subject: str = ""
    text: str = ""
    strange: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        return bool(self.steps or self.indicators)

    @cached_property
    def places(self) -> tuple[frozenset[str], ...]:
        """The places asked for, as sets of steps, narrowest first; indicators each with each level."""
        if not self.indicators:
            return (self.steps,) if self.steps else ()
        levels = [f"tingkat-{level}" for level in self.levels]
        named = [f"indikator-{number}" for number in self.indicators]
        return tuple(frozenset({one, level}) for one in named for level in levels) + tuple(
            frozenset({one}) for one in named
        )


class References:
    """Recognises references against the rules and instruments that are known.

    Args:
        library: all known rules. instruments: where none is named, the newest that was read first-hand.
    """

    def __init__(self, library: Library, instruments: Sequence[Instrument] = ()) -> None:
        self._library = library
        self._instruments = sorted(instruments, key=lambda i: (i.second_hand, -i.first_year))
        self._names = {i.id: _names(i.indicators) for i in self._instruments}
        self._rules: list[Rule] = list(library)
        self._kinds = {kind: re.compile(rf"\b(?:{words}){_NUMBER}") for kind, words in _KINDS.items()}

    def find(self, text: str, year: int | None = None) -> Reference:
        """What a text (in standard spelling) names.

        Args:
            year: the year in question, which decides the instrument.
        """
        plain = " ".join(text.lower().split())
        rules, unheld, rest = self._named_rules(plain)
        if not rules and not unheld:
            rules = self._by_issuer(plain)
        steps = {f"{name}-{m[1]}" for name, pattern in _STEPS.items() if (m := pattern.search(rest))}
        if "bab" in {s.split("-")[0] for s in steps} and any(s.startswith("pasal") for s in steps):
            steps = {s for s in steps if not s.startswith("bab")}
        absent = [*unheld, *self._absent_articles(rules, rest), *_other_laws(rest)]
        years = tuple(int(y) for y in re.findall(r"\b((?:19|20)\d\d)\b", rest))
        instrument = self._instrument(rules, plain, years[0] if years else year)
        indicators: tuple[int, ...] = ()
        levels: tuple[int, ...] = ()
        by_name = weights = False
        if instrument is not None:
            numbers = [int(m[1]) for m in _INDICATOR.finditer(rest) if not _RANGE.match(rest[m.end() :])]
            levels = _levels(_digits(rest), instrument)
            if not numbers and (levels or _CUE.search(rest)):
                numbers = self._by_name(instrument, rest)
                if not _CUE.search(rest) and not _in_scale(instrument, levels) and _OWN_LEVELS.search(rest):
                    numbers, levels = [], ()  # level 0 of a process map is no level of an indicator
                if rules and not _home(instrument) & {rule.id for rule in rules}:
                    numbers, levels = [], ()  # another rule's own levels
                by_name = bool(numbers)
            count = len(instrument.indicators)
            absent += [
                Absent("indicator", f"Indikator {n}", f"Indikator 1-{count}", instrument.short.id)
                for n in numbers
                if not 1 <= n <= count
            ]
            low, high = int(instrument.scale.lowest), int(instrument.scale.highest)
            if numbers or "indikator" in rest or "indicator" in rest:
                absent += [
                    Absent("level", f"Level {n}", f"Level {low}-{high}", instrument.short.id)
                    for n in levels
                    if not low <= n <= high
                ]
            absent += _absent_parts(instrument, rest)
            indicators = tuple(n for n in dict.fromkeys(numbers) if 1 <= n <= count)
            levels = tuple(n for n in levels if low <= n <= high)
            weights = bool(_WEIGHT.search(rest)) and not steps
            if weights:
                steps = _weights_place(instrument, rest, bool(numbers))
                indicators = levels = ()
        return Reference(
            rules=tuple(rule.id for rule in rules),
            steps=frozenset(steps),
            indicators=indicators,
            levels=levels,
            instrument=instrument.id if instrument else None,
            home=_home(instrument) if instrument else frozenset(),
            by_name=by_name,
            weights=weights,
            definition=bool(_DEFINITION.search(rest)),
            frame=bool(_FRAME.search(rest)),
            years=years,
            absent=tuple(absent),
            subject=" ".join(rest.split()),
        )

    def _named_rules(self, text: str) -> tuple[list[Rule], list[Absent], str]:
        """The rules named, those named but not held, and the text without them."""
        found: dict[str, tuple[int, Rule]] = {}
        unheld: dict[tuple[int, int], Absent] = {}
        taken: list[tuple[int, int]] = []
        for kind, pattern in self._kinds.items():
            for match in pattern.finditer(text):
                number, year = match[1], match[2]
                if year is None and match[0][: match.start(1) - match.start()].strip() in _WORDS_TOO:
                    continue
                held = [
                    rule
                    for rule in self._rules
                    if rule.kind.startswith(kind.split("-")[0])
                    and rule.id.startswith(kind)
                    and rule.number == number
                    and (year is None or rule.year == int(year))
                ]
                for rule in held:
                    found.setdefault(rule.id, (match.start(), rule))
                if held:
                    taken.append(match.span())
                elif year is not None:
                    name = re.sub(r"\s+", " ", match[0])
                    unheld[match.span()] = Absent("rule", name[:1].upper() + name[1:], "", "")
                    taken.append(match.span())
        spans = {span for _, (start, _) in found.items() for span in taken if span[0] == start}
        missing = [a for span, a in unheld.items() if not any(s[0] <= span[0] < s[1] for s in spans)]
        rest = text
        for start, end in sorted(taken, reverse=True):
            rest = rest[:start] + " " + rest[end:]
        ordered = [rule for _, rule in sorted(found.values(), key=lambda item: item[0])]
        return ordered, missing, rest

    def _by_issuer(self, text: str) -> list[Rule]:
        """The rule of an issuer or form that is named without its number, where only one such rule is known."""
        for kind, pattern in _ISSUERS.items():
            held = [rule for rule in self._rules if rule.id.startswith(f"{kind}-")] if pattern.search(text) else []
            if len(held) == 1:
                return held
        return []

    def _absent_articles(self, rules: list[Rule], rest: str) -> list[Absent]:
        asked = [int(n) for n in re.findall(r"\b(?:pasal|psl|article)\s*\.?\s*(\d+)\b", rest)]
        return [
            Absent("article", f"Pasal {number}", f"Pasal 1-{rule.articles}", rule.short)
            for rule in rules[:1]
            if rule.articles
            for number in asked
            if not 1 <= number <= rule.articles
        ]

    def _instrument(self, rules: list[Rule], text: str, year: int | None) -> Instrument | None:
        named = {rule.id for rule in rules}
        for instrument in self._instruments:
            short = instrument.short.id.lower().removeprefix("indeks ").strip()
            if instrument.rule in named or (short != "spbe" and re.search(rf"\b{re.escape(short)}\b", text)):
                return instrument
        if year is not None:
            for instrument in self._instruments:
                if instrument.first_year <= year <= (instrument.last_year or 9999):
                    return instrument
        return self._instruments[0] if self._instruments else None

    def _by_name(self, instrument: Instrument, text: str) -> list[int]:
        """The indicators whose name stands in the text; of names within names the longest."""
        said = _content(text)
        best: list[int] = []
        length = 0
        for name, number, whole in self._names[instrument.id]:
            if len(name) >= length and _stands_in(name, said) and (len(name) > 1 or whole in text):
                best = [number] if len(name) > length else [*best, number]
                length = len(name)
        return best if len(best) <= 3 else []


def _in_scale(instrument: Instrument, levels: Iterable[int]) -> bool:
    return all(instrument.scale.lowest <= level <= instrument.scale.highest for level in levels)


def _other_laws(rest: str) -> list[Absent]:
    """Laws and rules named in what is left of a question that no held rule was recognised in."""
    return [Absent("rule", name, "", "") for name in dict.fromkeys(_law_name(m[0]) for m in _OTHER_LAW.finditer(rest))]


def _law_name(said: str) -> str:
    """How a law is called, for the answer: an acronym in capitals, else as it was written."""
    kind, _, rest = said.partition(" ")
    short = rest.split(" ")[0]
    if kind == "uu" and len(short) <= 4:
        return f"UU {short.upper()}"
    return (
        said.upper() if kind in ("gdpr", "iso") else f"{kind.upper() if len(kind) <= 3 else kind.capitalize()} {rest}"
    )


def _absent_parts(instrument: Instrument, rest: str) -> list[Absent]:
    """Domains and aspects that are asked for by a number that there is not."""
    found = []
    for attribute, (pattern, name) in _PARTS.items():
        count = len(getattr(instrument, attribute))
        for match in pattern.finditer(rest):
            if count and not 1 <= int(match[1]) <= count:
                found.append(Absent("part", f"{name} {match[1]}", f"{name} 1-{count}", instrument.short.id))
    return found


def _weights_place(instrument: Instrument, text: str, numbered: bool) -> set[str]:
    """Where the weights stand that are asked for: of domains, aspects or indicators."""
    words = {"domain": r"\bdomain\b", "aspect": r"\b(?:aspek|aspect)\b"}
    parts = {"domain": instrument.domains, "aspect": instrument.aspects, "indicator": instrument.indicators}
    kinds = [kind for kind, held in parts.items() if held]
    asked = next((kind for kind in kinds if kind in words and re.search(words[kind], text)), "indicator")
    source = one_by_one(instrument.weights_source, len(kinds))[kinds.index("indicator" if numbered else asked)]
    return set(place(source.locator).split("/"))


def _home(instrument: Instrument) -> frozenset[str]:
    sources = (instrument.weights_source, instrument.bands_source, *instrument.level_sources)
    return frozenset({instrument.rule, *(source.rule for source in sources)})


def _names(indicators: Iterable[Indicator]) -> list[tuple[tuple[str, ...], int, str]]:
    """The words that count of each name, its indicator, and the whole name: "pusat data" is more than "data"."""
    names = {
        (tuple(_content(name)), indicator.number, " ".join(name.lower().split()))
        for indicator in indicators
        for name in (indicator.name.id, indicator.name.en, *indicator.aliases)
    }
    return sorted(name for name in names if name[0] and sum(map(len, name[0])) >= 4)


def _content(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _FILLER]


def _stands_in(name: tuple[str, ...], said: list[str]) -> bool:
    size = len(name)
    return any(tuple(said[start : start + size]) == name for start in range(len(said) - size + 1))


def _digits(text: str) -> str:
    """Levels spelled out ("level empat") in digits."""
    return _SPELLED.sub(lambda match: f"{match[1]} {_COUNTED[match[2]]}", text)


def _levels(text: str, instrument: Instrument) -> tuple[int, ...]:
    found: list[int] = []
    for first, more in _LEVEL.findall(text):
        found += [int(first), *(int(n) for n in re.findall(r"\d", more))]
    for match in _EXTREME.finditer(text):
        low = "rendah" in match[0] or "lowest" in match[0]
        found.append(int(instrument.scale.lowest if low else instrument.scale.highest))
    return tuple(dict.fromkeys(found))
