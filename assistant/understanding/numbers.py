"""The numbers in a text: years, level, target, threshold, what-if levels, and a value the asker claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.understanding.nodes import listed
from scoring import Instrument

_YEAR = re.compile(r"(?<![\d.,/])(20[0-3]\d)(?![\d]|[.,]\d)")
_SPAN = re.compile(
    r"\b(20[0-3]\d) ?(?:sampai(?: dengan)?|s\.?d\.?|hingga|until|through|-|s/d) ?(?:tahun )?(20[0-3]\d)\b"
)
_LAST_YEARS = re.compile(r"\b(\d{1,2}) tahun (?:terakhir|belakangan)|\b(?:last|past) (\d{1,2}) years?")
_BEFORE = re.compile(
    r"\b(?:(?:([2-9]) )?tahun (?:yang )?(?:lalu|sebelum nya|kemarin)|last year|previous year|the year before|"
    r"([2-9]) years ago)\b"
)
_LEVEL = re.compile(r"\b(?:level|tingkat(?: kematangan)?|maturity level)(?: ke-?)? ?(\d{1,2})\b(?![.,]\d)")
_MOVED = re.compile(
    r"\b(?:dari|from) (?:(?:level|tingkat) )?(\d) (?:ke|menuju|menjadi|to|sampai) (?:level |"
    r"tingkat )?(\d)\b(?![.,]\d)"
)
_OTHER_LEVEL = re.compile(
    r"\b(?:level|tingkat) (\d)(?: \([^)]*\))? (?:dan|dengan|and|vs|sama|from|with|ke) (?:level |"
    r"tingkat )?(\d)\b(?![.,]\d)"
)
_BELOW = re.compile(
    r"\b(?:di bawah|dibawah|kurang dari|below|under|less than|lower than|belum (?:mencapai|sampai|di|ke|"
    r"capai|menyentuh)|"
    r"belum|not (?:yet )?(?:at|reached|reaching)|haven't reached|yet to reach|<) ?(?:dari )?(?:level|"
    r"tingkat)? ?(\d)\b(?![.,]\d)"
)
_STILL = re.compile(
    r"\b(?:masih|cuma|hanya|baru|still|only|just|stuck|bernilai|ber|nilai nya|skor nya|level nya|are|di|at|"
    r"on)(?: (?:di|pada|at|on|di level|berada di))? (?:level|tingkat) (\d)\b"
    r"|\b(?:level|tingkat) (\d) (?:saja|doang|semua)\b"
    r"|\b(?:masih|yang) (?:di |bernilai |ber nilai |nilai (?:nya )?|dapat |angka )*"
    r"(\d)\b(?![.,]\d| (?:indikator|langkah|tahun|domain|aspek|dokumen))"
)
_MINIMUM = re.compile(
    r"\b(?:target|standar|batas|ambang) (?:minimal|minimum)(?: nasional)?|national (?:minimum )?(?:target|"
    r"minimum)|"
    r"target nasional|minimum target|(?:minimal|minimum) nasional"
)
_VALUE = r"([0-5](?:[.,]\d{1,4})?)"
_TARGET = re.compile(
    r"\b(?:mencapai|capai|target(?: nya| indeks| index| kami| kita| spbe)*(?: of)?|menuju|tembus|menembus|"
    r"reach(?:ing)?|hit|"
    r"menjadi|jadi|becomes?|minimal|sampai|ke(?: angka| nilai| indeks)?|get(?:ting)?(?: us)? to|to|index of|"
    r"indeks(?: spbe)?|dapat|raih|meraih|"
    r"achieve|dari \d[.,]\d+ ke|above|di atas|lewat|at least|score of|skor|nilai)"
    rf" (?:an |a )?(?:(?:indeks|index|skor|score|nilai|angka|of|spbe|overall|at least|minimal|"
    rf"jadi) )*{_VALUE}(?![\d%]|[.,]\d| (?:langkah|steps?|tahun|indikator|poin))"
)
_CLAIM = re.compile(
    r"\b(?:katakan|bilang|cuma|hanya|only|just|kok|padahal|kan|cm|sudah|baru|sebesar|katanya|bukannya|bernilai|nya|is|at|"
    r"be|was|masih|already) (?:dapat |di |angka |nilai |a )?(\d[.,]\d{1,4})\b"
    r"|(\d[.,]\d{1,4}) ?(?:saja|doang|kan|ya|,? right)\b"
)
_DOUBTED = re.compile(
    r"\b(?:benar|benarkah|betul|betulkah|apakah benar|masa|is it true|really|true that|right that|katanya|konon)\b"
    r".*?(?<![\d.,])(\d[.,]\d{1,4})(?![\d]|[.,]\d)"
)
_STATED = re.compile(r"\b(?:kok|kenapa|mengapa|why|cuma|hanya|masih|baru|only|just|still|padahal|sudah)\b")
_SUPPOSED = re.compile(
    r"\b(?:kalau|jika|bila|apabila|misal\w*|andai\w*|seandai\w*|if|suppose|bayangkan|imagine|anggap)\b"
)
_DECIMAL = re.compile(r"(?<![\d.,])([0-5][.,]\d{1,4})(?![\d]|[.,]\d)")
_RISE = (
    r"(?:penerapan|kebijakan|naik|turun|jadi|menjadi|ke|di|dinaikkan|diturunkan|sampai|mencapai|up|go|goes|went|rise|rises|"
    r"raised|to|at|=|all|semua|nya|ada|berada|kami|kita|we|were|was|is|reach|reaches|drop|drops|down|dapat|bisa|"
    r"spbe|juga|also|too|ikut|are|get|gets|moved|improved|naikkan|menaikkan|increase|increased|dari \d|from \d|,)"
)
_ASSIGNED = re.compile(
    r"(?:\b(?:indikator|indicators?|i)(?: nomor| no\.?)? ?|\b)?"
    r"((?<![\d.,])(?<!level )(?<!tingkat )(?<!ke )(?<!jadi )(?<!dari )(?<!from )"
    rf"\d{{1,2}}(?: ?(?:,|dan|sama|&|"
    rf"and|serta|-|s\.?d\.?|(?:to|sampai|hingga)(?= \d\d\b)|, ?and|, ?dan| ) ?(?:indikator |indicator )?\d{{1,2}}\b)*)"
    rf"(?: \([^)]*\))?(?: (?:itu|ini|nya))?(?: {_RISE})* ?(?:level|tingkat|=|ke|to|at|jadi|menjadi|tetap) ?(?:level|"
    rf"tingkat)? ?([0-5](?:[.,]\d+)?)\b(?! (?:tingkat|level|steps?|langkah|indikator))"
)
_SET_ALL = re.compile(
    rf"(?:{_RISE} )+(?:level|tingkat)? ?([0-5](?:[.,]\d+)?)\b(?! (?:tingkat|level|steps?|langkah))|"
    rf"\b(?:level|tingkat) ([0-5](?:[.,]\d+)?)\b"
)
_BY = re.compile(
    r"\b(naik|dinaikkan|menaikkan|naikkan|bertambah|plus|up|rise|rises|raised?|raising|go up|increase[ds]?|"
    r"improve[ds]?|turun|diturunkan|drop(?:s|ped)?|down|fall|falls)"
    r"(?: by| sebanyak| masing-masing| semua| all| cuma| hanya| each)* (\d|a|an|one|satu|"
    r"setiap)? ?(?:tingkat|level|levels|step|steps)\b(?! ?\d)"
    r"|\b(naik|dinaikkan|naikkan|turun|diturunkan) ([12])\b(?! ?(?:,|dan|-|/) ?\d|[.,]\d| (?:indikator|langkah|domain))"
    r"|\b(\d|a|an|one|another) (?:more )?(?:level|step|tingkat)s? (more|up|higher|lagi)\b"
    r"|\b(rais\w+|improv\w+|increas\w+|lower\w*|drop\w*|menaikkan|naikkan|naik|turunkan|turun)\b[^.?!]{0,40}?"
    r" (?:by|sebanyak) (\d|a|one|satu) ?(?:tingkat|level|levels|steps?)?\b"
)

_COUNTED = (
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh one two three four five six seven eight nine ten"
)
_AT_MOST = re.compile(
    r"\b(?:cuma|hanya|maksimal|maksimum|paling banyak|sekadar|only|at most|just|no more than|up to)\b[^.?!]{0,40}?"
    rf" (\d{{1,2}}|{_COUNTED.replace(' ', '|')}) (?:buah )?(?:indikator|indicators?)\b"
    rf"|\b(\d{{1,2}}|{_COUNTED.replace(' ', '|')}) (?:indikator|indicators?) (?:saja|only)\b"
)


@dataclass
class Numbers:
    """What the numbers of a text say; see Request for the meaning of each."""

    years: list[int] = field(default_factory=list)
    span: bool = False
    last_years: int | None = None
    years_before: int | None = None
    level: int | None = None
    other_level: int | None = None
    below: int | None = None
    target: str | None = None
    premise: str | None = None
    by: int | None = None
    at_most: int | None = None
    decimals: list[str] = field(default_factory=list)


def point(value: str) -> str:
    """ "3,5" as "3.5"."""
    return value.replace(",", ".")


@lru_cache(maxsize=16)
def _rating_pattern(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    words = {form.lower(): indonesian for indonesian, english in names for form in (indonesian, english)}
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, longest)) + r")\b"), words


_BEFORE_RATING = re.compile(
    r"\b(?:predikat|kategori|rating|meraih|mencapai|capai|jadi|menjadi|menuju|dapat|ke|to|of|reach|get|"
    r"getting|become|target|"
    r"hanya|cuma|only|just|masih|still|not|bukan|tidak|dan|naik|nya|from|dari|sampai|be|rated|achieve|spbe|sudah|already|"
    r"baru|grade|a|an|minimal|least|mau|kejar|ngejar|mengejar|target nya|menembus|tembus) ?[\"']?$"
)


def ratings_in(text: str, instrument: Instrument) -> list[str]:
    """The predikat that plain words name, as the instrument calls them in Indonesian, in order."""
    pattern, words = _rating_pattern(tuple((band.name.id, band.name.en) for band in instrument.bands))
    found = []
    for match in pattern.finditer(text):
        everyday = " " not in match[1]
        if not everyday or match[1] in ("memuaskan",) or _BEFORE_RATING.search(text[: match.start()]):
            found.append(words[match[1]])
    return found


def numbers_in(text: str, instrument: Instrument) -> Numbers:
    """Read the numbers of plain words from which rules, agencies and nodes have been taken out."""
    numbers = Numbers()
    if span := _SPAN.search(text):
        numbers.years = list(range(int(span[1]), int(span[2]) + 1)) if int(span[1]) < int(span[2]) else []
        numbers.span = True
    numbers.years = numbers.years or list(dict.fromkeys(int(year) for year in _YEAR.findall(text)))
    if last := _LAST_YEARS.search(text):
        numbers.last_years = int(last[1] or last[2])
    if before := _BEFORE.search(text):
        numbers.years_before = int(before[1] or before[2] or 1)
    lowest, highest = int(instrument.scale.lowest), int(instrument.scale.highest)
    if level := _LEVEL.search(text):
        numbers.level = int(level[1])
        if moved := _MOVED.search(text):
            numbers.level = int(moved[2])
        elif other := _OTHER_LEVEL.search(text):
            numbers.level, numbers.other_level = int(other[1]), int(other[2])
    if below := _BELOW.search(text):
        numbers.below = int(below[1])
    elif still := _STILL.search(text):
        numbers.below = int(still[1] or still[2] or still[3]) + 1
    elif _MINIMUM.search(text) and instrument.minimum:
        numbers.below = instrument.minimum.indicator
    numbers.decimals = [point(value) for value in _DECIMAL.findall(text)]
    if claim := _CLAIM.search(text):
        numbers.premise = point(claim[1] or claim[2])
    elif doubted := _DOUBTED.search(text):
        numbers.premise = point(doubted[1])
    without_levels = _LEVEL.sub("", text)
    for target in _TARGET.finditer(without_levels):
        if lowest <= float(point(target[1])) <= highest and point(target[1]) != numbers.premise:
            numbers.target = point(target[1])
    numbers.by = steps_in(text)
    if few := _AT_MOST.search(text):
        many = few[1] or few[2]
        numbers.at_most = int(many) if many.isdigit() else _COUNTED.split().index(many) % 10 + 1
    return numbers


_BOUND = re.compile(
    r"\b(?:(di ?bawah|kurang dari|lebih rendah dari|below|under|less than|lower than)|"
    r"di ?atas|lebih dari|lebih tinggi dari|above|over|more than|higher than) "
    r"(?:nilai |indeks |angka )?([0-5](?:[.,]\d+)?)\b"
)


_PLACE = re.compile(
    r"\b(?:peringkat|urutan|posisi|ranking|rank|ke ?berapa|nomor berapa|"
    r"(?:di ?atas|di ?bawah|above|below|ahead of|behind) (?:kita|kami|us))\b"
)
_AVERAGE = re.compile(r"\b(?:rata-?rata(?: ?nya)?|rata2|rerata|average|mean)\b")


def asks_place(text: str) -> bool:
    """Whether a text asks for one agency's own place in a ranking, or who stands next to it."""
    return bool(_PLACE.search(text))


def asks_average(text: str) -> bool:
    """Whether plain words ask for the average of a group."""
    return bool(_AVERAGE.search(text))


def bound_in(text: str) -> str | None:
    """The bound that plain words set for values: "di bawah 3,5" as "<3.5", "above 4" as ">4"."""
    found = _BOUND.search(text)
    return None if found is None else ("<" if found[1] else ">") + point(found[2])


_BELOW_RATING = (
    r"\b(?:belum|tidak|bukan|gagal|di ?bawah|kurang dari|not|below|under|yet to)\b"
    r"(?: (?:yet|mencapai|meraih|dapat|masuk|sampai|predikat|kategori|rating|berpredikat|rated|reached?|at|nya|spbe|"
    r"indeks|yang|juga))* (?:{})\b"
)


def picked_by(text: str, ratings: Sequence[str]) -> str | None:
    """What agencies are picked by: "<3.5", a predikat they have ("Baik") or are still under ("<Baik")."""
    if (bound := bound_in(text)) is not None or not ratings:
        return bound
    rating = ratings[-1]
    below = re.search(_BELOW_RATING.replace("{}", re.escape(rating.lower())), text)
    return f"<{rating}" if below else rating


def steps_in(text: str) -> int | None:
    """By how many levels plain words suppose something to rise; negative to fall; None where they do not say."""
    by = _BY.search(text)
    if by is None:
        return None
    moved, steps = by[1] or by[3] or by[6] or by[7], by[2] or by[4] or by[5] or by[8]
    step = int(steps) if steps and steps.isdigit() else 1
    return -step if moved.startswith(("turun", "diturun", "drop", "down", "fall", "lower")) else step


_PAIR = re.compile(
    r"\bindikator (\d{1,2}) (?:di |ke |at |to )?([0-5])\b(?! ?(?:,|dan|/|-)? ?\d|[.,]\d)"
)  # "data terbuka 5"


def what_if(text: str, named: Sequence[str], instrument: Instrument) -> dict[str, int | float]:
    """The levels a text supposes: {"21": 4}. ``text`` still holds the numbers of the indicators.

    ``named`` are indicators found by name; a level with no number before it is theirs.
    """
    levels: dict[str, int | float] = {}
    highest = len(instrument.indicators)
    for match in _ASSIGNED.finditer(text):
        for number in listed(match[1]):
            if 1 <= number <= highest:
                levels[str(number)] = _level(match[2])
    if levels or len(_PAIR.findall(text)) > 1:
        for pair in _PAIR.finditer(_ASSIGNED.sub("#", text)):
            if int(pair[1]) <= highest:
                levels.setdefault(pair[1], int(pair[2]))
    stated = _STATED.search(text) and not _SUPPOSED.search(text)  # "kok manajemen perubahan cuma dapat 1"
    if not levels and named and not stated:
        found = list(_SET_ALL.finditer(text))
        if found:
            value = found[-1][1] or found[-1][2]
            levels = {node.split()[1]: _level(value) for node in named}
    return levels


_BARE_RISE = re.compile(
    r"(?<![\d.,])(\d{1,2}(?: ?(?:,|dan|sama|&|and|-|s\.?d\.?|to|sampai|hingga|, ?and|, ?dan) ?\d{1,2}\b)*)"
    r"(?: masing-masing| semua| semuanya| all| each| both| kami| kita)* (?:naik|turun|go up|rise|dinaikkan|up)\b"
)


def moved_in(text: str, instrument: Instrument) -> list[str]:
    """Indicators that numbers alone name as moving: "21 sampai 28 masing-masing naik satu"."""
    found = _BARE_RISE.search(text)
    numbers = listed(found[1]) if found else []
    return [f"indicator {number}" for number in numbers if 1 <= number <= len(instrument.indicators)]


def _level(value: str) -> int | float:
    number = float(point(value))
    return int(number) if number.is_integer() else number
