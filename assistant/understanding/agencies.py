"""Which agencies a text names: by any spelling, by abbreviation, with typing errors, or as "kami"."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from assistant.understanding.gazetteer import KIND_WORDS, Gazetteer, core_of, province_words
from assistant.understanding.numbers import asks_average, bound_in
from assistant.understanding.words import ordinary


@dataclass
class Named:
    """What a text says about agencies.

    Attributes:
        found: register names, in the order named, comparanda ("dibanding X", "than X") last.
        candidates: register names of one bare name that fits several.
        own: the asker's own agency is meant by a pronoun.
        group: province or "Indonesia" whose agencies are asked for. kinds: restriction of it.
        unknown: name as typed -> nearest register names.
        rest: the text with the names taken out.
    """

    found: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    own: bool = False
    group: str | None = None
    kinds: tuple[str, ...] = ()
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rest: str = ""


_OWN = re.compile(
    r"\b(kami|kita|our|ours|us|we|my|kantor saya|saya|instansi ini|"
    r"(?:pemkot|pemkab|pemprov|pemda|daerah|instansi|kota|kabupaten|dinas)(?: nya)? (?:saya|ku))\b"
)
_OFFICE = re.compile(r"\b(pemkot|pemkab|pemprov|pemda)\b(?! (?:lain|mana|apa|yang))")
_COMPARED = frozenset(("dibanding", "daripada", "than", "against", "ketimbang", "lawan", "vs", "compared", "versus"))
_NAME_BEFORE = frozenset(
    """indeks skor nilai dengan vs dan dibanding daripada than with bandingkan kalau of untuk sama pemkab pemda kab
    compare dari from sama terhadap lawan and or atau between antara predikat punya about for is""".split()  # noqa: SIM905
)
_RANK = re.compile(
    r"\b((?:\d+|dua|tiga|lima|sepuluh) besar|tertinggi|terendah|terbaik|terburuk|peringkat|ranking|rangking|rank|"
    r"urutan|urutkan|posisi|paling|(?:nomor|number|no) (?:berapa|1|satu|one)|terkecil|terbesar|place|"
    r"juara|belajar|teach|learn|"
    r"mana|rata|highest|lowest|best|worst|top|bottom|average|ke berapa|teratas|terbawah|siapa|kalah|unggul|"
    r"which)\b"
)
_IN = re.compile(
    r"(?:^|\b)(di|se|se-|sewilayah|dalam|antar|in|within|across|lingkup|wilayah|seluruh|semua|"
    r"all)$"
)
_AMONG = re.compile(
    r"\b(mana|which|lain|other|ranking|peringkat|tertinggi|terendah|terbaik|terburuk|highest|lowest|best|"
    r"worst|sesama|antar|"
    r"rangking|rank|urutan|urutkan|posisi|among|top|besar|daftar|list|rata|average|semua|seluruh|"
    r"all)\b|\b\d{1,3} (?:kabupaten|kota|kab|provinsi|kementerian|cit|regenc|province|ministr)"
)
_KIND_IN = re.compile(
    r"\b(kabupaten|kota|kab|regencies|cities|daerah|pemda)\b(?: [a-z]+)? (?:di|se-?|in)(?: provinsi)?$"
)
NATIONAL = re.compile(r"\b(nasional|se-? ?indonesia|di indonesia|nationally|nationwide|in indonesia)\b")
_ITS_OFFICE = re.compile(r"\b(?:pemprov|pemerintah provinsi|provincial government)\b")
_OWN_PROVINCE = re.compile(
    r"\b(?:se-? ?|satu |di |in |within )(?:our |the )?(?:provinsi|province)\b(?: (?:kami|kita|ini|"
    r"saya))?(?! (?:mana|apa))"
)
_NEIGHBOURS = re.compile(
    r"\b(?:(?:daerah|kabupaten|kota|kab|pemda) )?(?:(?:di )?sekitar (?:sini|kita|kami)|"
    r"tetangga(?: nya)?(?: kita| kami)?|"
    r"neighbou?r(?:s|ing (?:cities|regencies|agencies)))\b"
)
_KINDS = (
    (r"\b(kabupaten|kab)\.? ?(?:/|dan|atau|and|or|-)? ?(kota)\b|\bkota ?/ ?kabupaten\b|\bkab ?kota\b"
     r"|\b(?:regenc(?:y|ies)|kabupaten) (?:and|or|/) (?:city|cities|kota)\b", ("kab", "kota")),
    (r"\b(kementerian|ministr(?:y|ies))\b", ("k-l",)),
    (r"\b(lembaga|k ?/ ?l|instansi pusat|institutions?)\b", ("k-l",)),
    (r"\b(provinsi|pemprov|provinces?)\b", ("prov",)),
    (r"\b(kabupaten|kab|pemkab|regenc(?:y|ies))\b", ("kab",)),
    (r"\b(districts?|daerah tingkat ii)\b", ("kab", "kota")),
    (r"\b(kota|pemkot|cit(?:y|ies))\b", ("kota",)),
)  # fmt: skip


_SPLIT = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[^\sa-z\d]")


def name_agencies(text: str, known: Gazetteer, own: str | None) -> Named:
    """Find the agencies in plain words; ``own`` is the asker's agency."""
    tokens = [(m[0], m.start(), m.end()) for m in _SPLIT.finditer(text)]
    words = [token[0] for token in tokens]
    named = Named()
    spans: list[tuple[int, int, list[str], bool]] = []  # start, end (tokens), register names, compared
    ranked = bool(_RANK.search(text)) or (bound_in(text) is not None and bool(_kinds(text)))
    position = 0
    while position < len(words):
        hit = _at(words, position, known)
        if hit is None:
            position += 1
            continue
        start, end, names, typed = hit
        before = text[: tokens[start][1]].rstrip()
        province = next((n for n in names if known.kind_of(n) == "prov"), None)
        if province and _in_group(before, text, ranked):
            named.group = known.province_of[core_of(province)]
        elif names:
            joined = bool(spans) and spans[-1][3] and words[start - 1] in ("dan", "and", ",", "serta", "atau", "or")
            spans.append((start, end, names, joined or _is_compared(words, start)))
        else:
            kind, _, bare = typed.partition(" ")
            named.unknown[typed] = known.parts.get(typed) or known.nearest(bare or typed, KIND_WORDS.get(kind))
        text_span = (tokens[start][1], tokens[end - 1][2])
        text = text[: text_span[0]] + "\0" * (text_span[1] - text_span[0]) + text[text_span[1] :]
        position = end
    rest = re.sub(r"\0+", "#", text)
    named.own, own_at, own_compared = _own(rest, own, known)
    first: list[str] = []
    last: list[str] = []
    ordered: list[tuple[int, list[str], bool]] = [(tokens[s][1], n, c) for s, _, n, c in spans]
    if named.own and own is not None:
        ordered.append((own_at, [own], own_compared))
    for _, names, compared in sorted(ordered, key=lambda entry: entry[0]):
        chosen = names
        if len(names) > 1 and own in names and any(n != own for n in names) and (named.own or len(ordered) > 1):
            chosen = [n for n in names if n != own]
        if len(chosen) == 1:
            (last if compared else first).append(chosen[0])
        else:
            named.candidates = named.candidates or chosen[:4]
    named.found = list(dict.fromkeys(first + last))
    others = [name for name in named.found if name != own] or ([] if named.own else named.found)
    if named.group is None and asks_average(rest) and len(others) == 1:
        only = others[0]
        if known.kind_of(only) == "prov" and not _ITS_OFFICE.search(text):
            named.group, named.found = known.province_of[core_of(only)], []
    if named.group is None and ranked and NATIONAL.search(rest):
        named.group = "Indonesia"
    around = (ranked and _OWN_PROVINCE.search(rest)) or (not others and _NEIGHBOURS.search(rest))
    if named.group is None and own in known.by_name and around:
        named.group = _default_group(("kab", "kota"), own, known)
        rest = _NEIGHBOURS.sub("#", _OWN_PROVINCE.sub("#", rest))
    named.kinds = _kinds(_OFFICE.sub("", _OWN.sub("", rest)) if named.own else rest)
    if named.group is None and named.kinds and _AMONG.search(rest):
        named.group = _default_group(named.kinds, own, known)
    named.rest = re.sub(r"\s+", " ", rest).strip()
    return named


def _default_group(kinds: tuple[str, ...], own: str | None, known: Gazetteer) -> str | None:
    if kinds in (("k-l",), ("prov",)):
        return "Indonesia"
    asker = known.by_name.get(own) if own else None
    if asker is None:
        return "Indonesia"
    return asker.province or (province_words(asker.name) if asker.kind == "prov" else "Indonesia")


def _kinds(text: str) -> tuple[str, ...]:
    for pattern, kinds in _KINDS:
        if re.search(pattern, text):
            return kinds
    return ()


def _at(words: list[str], position: int, known: Gazetteer) -> tuple[int, int, list[str], str] | None:
    """The name that begins at a token: start, end, register names (none: unknown), as typed."""
    word = words[position]
    start = position
    kind = KIND_WORDS.get(word)
    for length in (3, 2, 1):
        typed = " ".join(words[position : position + length])
        if typed in known.parts and position + length <= len(words):
            return position, position + length, [], typed
    if word == "pemerintah" and position + 1 < len(words):
        following = words[position + 1]
        if following in KIND_WORDS or following in known.firsts:
            inner = _at(words, position + 1, known)
            return (start, *inner[1:]) if inner and inner[2] else None
    if kind is None:
        institution = word in ("kementerian", "ministry", "kemen")
        exact = _exact(words, position, known)
        if exact:
            end, names = exact
            typed = " ".join(words[position:end])
            if typed in known.wordlike and not _only_a_name(words, position, end):
                return None
            if after := _kind_behind(words, end, known):
                fitting = [n for n in names if known.kind_of(n) == after]
                if fitting:
                    return start, end + 1, fitting, typed
            return start, end, names, typed
        if institution:
            follows = words[position + 1] if position + 1 < len(words) else ""
            if not follows.isalpha() or follows in ordinary():
                return None
            return _fuzzy(words, position, position + 1, known.ministries, known, 80, "k-l")
        if len(word) >= 5 and word.isalpha() and word not in ordinary():
            return _fuzzy(words, position, position, known.bare, known, 87, None)
        return None
    begin = position + 1
    while (begin < len(words) and words[begin] in (".", "kabupaten", "kota", "pemerintah")) or (
        begin < len(words) and words[begin] == "provinsi"
    ):
        kind = KIND_WORDS.get(words[begin], kind)
        begin += 1
    if begin >= len(words):
        return None
    exact = _exact(words, begin, known)
    if exact:
        end, names = exact
        fitting = [n for n in names if known.kind_of(n) == kind]
        typed = " ".join([word, *words[begin:end]])
        if fitting:
            return start, end, fitting, typed
        if words[begin] in ordinary():
            return None
        if provinces := [n for n in names if known.kind_of(n) == "prov"]:
            return begin, end, provinces, typed  # "kab/kota jabar"
        return start, end, [], typed
    if not words[begin].isalpha() or words[begin] in ordinary() or len(words[begin]) < 3:
        return None
    for length in (3, 2):  # "pekan baru", "bandar lampung" written apart or together
        names = known.joined.get("".join(words[begin : begin + length]) if begin + length <= len(words) else "", [])
        if fitting := [n for n in names if known.kind_of(n) == kind]:
            return start, begin + length, fitting, " ".join([word, *words[begin : begin + length]])
    found = _fuzzy(words, start, begin, known.of_kind[kind], known, 74, kind)
    if found:
        return found
    return start, begin + 1, [], f"{word} {words[begin]}"


def _kind_behind(words: list[str], end: int, known: Gazetteer) -> str | None:
    """The kind that stands behind a name: "Malang City", "bekasi kota"; not that of the next name."""
    if end >= len(words):
        return None
    following = words[end + 1] if end + 1 < len(words) else ""
    if words[end] in ("kota", "kabupaten", "kab") and following in known.firsts:
        return None
    behind = {"city": "kota", "regency": "kab", "province": "prov", "kota": "kota", "kabupaten": "kab", "kab": "kab"}
    return behind.get(words[end])


def _exact(words: list[str], position: int, known: Gazetteer) -> tuple[int, list[str]] | None:
    if words[position] not in known.firsts:
        return None
    key = ""
    found = None
    end = position
    length = 0
    while end < len(words) and length < known.longest:
        if words[end] in ("-", ".", ",", "/", "&"):  # "d.i. yogyakarta", "fak-fak", "atr/bpn"
            end += 1
            continue
        if not words[end].isalpha():
            break
        key = f"{key} {words[end]}" if key else words[end]
        end += 1
        length += 1
        if key in known.cores:
            found = end, known.cores[key]
    return found


def _only_a_name(words: list[str], position: int, end: int) -> bool:
    before = words[position - 1] if position else ""
    after = words[end] if end < len(words) else ""
    return (before in _NAME_BEFORE or not before) and (not after or not after.isalpha() or after in ordinary())


def _fuzzy(
    words: list[str],
    start: int,
    begin: int,
    cores: list[str],
    known: Gazetteer,
    cutoff: int,
    kind: str | None,
) -> tuple[int, int, list[str], str] | None:
    best: tuple[float, int, str] | None = None
    for length in (3, 2, 1):
        end = begin + length
        part = words[begin:end]
        if end > len(words) or not all(w.isalpha() for w in part) or (length > 1 and part[-1] in ordinary()):
            continue
        typed = " ".join(part)
        found = process.extractOne(typed, cores, scorer=fuzz.ratio, score_cutoff=cutoff)
        if found and found[0][0] == typed[0] and _alike(typed, found[0]) and (best is None or found[1] > best[0] + 2):
            best = found[1], end, found[0]
    if best is None:
        return None
    core = best[2] if best[2] in known.cores else f"kementerian {best[2]}"
    names = [n for n in known.cores[core] if kind in (None, known.kind_of(n))]
    return start, best[1], names, " ".join(words[start : best[1]])


def _alike(typed: str, core: str) -> bool:
    """Whether each word is a misspelling of its counterpart: "kepulauan seribu" is not "kepulauan aru"."""
    pairs = list(zip(typed.split(), core.split(), strict=False))
    if typed.count(" ") != core.count(" "):
        return fuzz.ratio(typed.replace(" ", ""), core.replace(" ", "")) >= 88
    return all(fuzz.ratio(a, b) >= 66 for a, b in pairs)


def _in_group(before: str, text: str, ranked: bool) -> bool:
    """A province named as the place of a ranking: "di Jawa Barat", "se-Lampung", "kab/kota Jawa Barat"."""
    if _KIND_IN.search(before):
        return True
    if not ranked and not re.search(r"\b(semua|seluruh|daftar|all|list)\b", text):
        return False
    before = re.sub(r"\b(provinsi|prov\.?|wilayah|the)$", "", before).rstrip(" -")
    return bool(_IN.search(before)) or bool(
        re.search(
            r"(kabupaten|kab|kota|regencies|cities|"
            r"daerah)$",
            before,
        )
    )


def _is_compared(words: list[str], start: int) -> bool:
    before = words[max(0, start - 2) : start]
    return any(word in _COMPARED for word in before)


def _own(rest: str, own: str | None, known: Gazetteer) -> tuple[bool, int, bool]:
    """Whether the asker's own agency is meant, where in the text, and whether as the one compared with."""
    match = _OWN.search(rest)
    if match is None and own is not None:
        match = _OFFICE.search(rest)
        if match is not None:
            kind = KIND_WORDS.get(match[1], known.by_name[own].kind if own in known.by_name else None)
            if own in known.by_name and known.by_name[own].kind != kind:
                match = None
    if match is None:
        return False, 0, False
    before = re.findall(r"[a-z]+", rest[: match.start()])[-2:]
    return True, match.start(), any(word in _COMPARED for word in before)
