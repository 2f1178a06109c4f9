"""What is wanted, by rules over the plain words and the slots found; says how sure it is."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.request import Intent
from assistant.understanding.extremes import moved_most
from assistant.understanding.numbers import asks_average, bound_in


def _cues() -> dict[str, re.Pattern[str]]:
    with (Path(__file__).parent / "cues.yaml").open(encoding="utf-8") as file:
        read: dict[str, list[str]] = yaml.safe_load(file)
    return {name: re.compile(r"\b(?:" + "|".join(parts) + r")\b") for name, parts in read.items()}


_CUES = _cues()


_GREETING = re.compile(rf"(?:{_CUES['greeting'].pattern}[ ,.!?]*)+")
_HELP = _CUES["help"]
_ELSEWHERE = _CUES["elsewhere"]
_FIELD = _CUES["field"]
_WHY = _CUES["why"]
_COMPARE = _CUES["compare"]
_TREND = _CUES["trend"]
_UPWARDS = _CUES["upwards"]
_PLAN = _CUES["plan"]
_LAW = _CUES["law"]
_PURPOSE = _CUES["purpose"]
_GAPS = _CUES["gaps"]
_CONDITION = _CUES["condition"]
_SUPPOSING = _CUES["supposing"]
_EFFECT = _CUES["effect"]
_REQUIREMENT = _CUES["requirement"]
_EVIDENCE = _CUES["evidence"]
_RULE = _CUES["rule"]
_DEFINED = _CUES["defined"]
_SCORE = _CUES["score"]
_INDEXED = _CUES["indexed"]
_EXTREME = _CUES["extreme"]
_BANDED = re.compile(
    r"\b(?:indeks|index|nilai|skor|score)\b.*\b[1-5][.,]\d+\b.*\b(?:predikat|kategori|category|rating|masuk|"
    r"rated)\b"
)
_WHY_AT_ALL = re.compile(
    r"\b(?:kenapa|mengapa|why)\b(?: \w+){0,2} (?:harus|perlu|wajib|penting|bobot|weighs?|must|should|need)\b"
)
_COMPUTED = re.compile(
    r"\b(?:cara|rumus(?: ?nya)?|bagaimana|gimana|how|formula)\b(?: \w+){0,4} "
    r"(?:hitung|menghitung|dihitung|perhitungan|penghitungan|calculated?|computed?)(?: ?nya)?\b"
    r"|\b(?:rumus|formula)(?: ?nya)?(?: \w+){0,2} (?:indeks|index)\b"
)
_FORGETTING = r"\b(?:hapus\w*|menghapus|dihapus|lupakan|delete|erase|forget|clear)\b(?: \w+){0,4} "
_OWN_DATA = re.compile(
    rf"{_FORGETTING}(?:data (?:saya|kami|aku|kita|ku)|(?:my|our) data|percakapan|obrolan|riwayat|chat|conversation|"
    r"histor[iy])\b"
)
_ALL_OF_IT = re.compile(rf"{_FORGETTING}(?:semua\w*|tadi|pertanyaan|everything)\b")
_BARE_INDEX = re.compile(
    r"(?:berapa )?(?:nilai |skor |angka )?indeks(?: spbe| pemdi)?(?: nya)?(?: berapa)?(?: sih| ya| sekarang)*"
    r"|what is (?:the|our|my) (?:spbe |pemdi )?(?:index|score)"
)
_CHEAPEST = re.compile(
    r"(?<!peta )\brencana (?:ter|paling )(?:murah|cepat|mudah|hemat|gampang|ringan|baik)\b"
    r"|\b(?:cheapest|shortest|easiest|best) (?:plan|way|path|route)\b"
)
_RAISED = re.compile(
    r"\b(?:naikkan|menaikkan|naikin|dinaikkan|tingkatkan|meningkatkan|perbaiki|memperbaiki|raise|improve|lift)\b"
)
_OWN_RESULT = re.compile(
    r"\b(?:capaian|pencapaian|nilai|skor|indeks|hasil|rapor)(?: nya)?(?: (?:indeks|spbe|pemdi|evaluasi|akhir))*"
    r"(?: (?:kementerian|lembaga|badan|instansi|pemda|pemkot|pemkab|pemprov|provinsi|kota|kabupaten|daerah|kantor))?"
    r" (?:kami|kita)(?: (?:saat ini|sekarang|sih|ya|dong|gimana|bagaimana|berapa))*[ ?.!]*$"
)
_DIFFERENCE = re.compile(r"\b(?:beda|perbedaan|membedakan|difference between|differs?)\b")
_CONFIRMING = re.compile(r"\b(?:ya|kan|bukan|right|betul|benar|correct)\b[ ?.!]*$")
_START = re.compile(r"\b(?:mulai dari mana|dari mana dulu|where (?:do|should) we (?:start|begin))\b")
_REACHED = re.compile(
    r"\b(?:sudah|already)\b(?: \w+){0,2} (?:level|tingkat) \d\b|\b(?:level|tingkat) \d (?:belum|atau belum|yet)\b"
)
_SHORT_OF = re.compile(
    r"\b(?:kurang(?: nya)?|selisih(?: nya)?|jarak(?: nya)?) berapa\b|\bberapa (?:lagi|kurang nya)\b|\bhow far\b"
)
_FEW = re.compile(
    r"\b(?:cuma|hanya|maksimal|paling banyak|only|at most|just)\b[^.?!]{0,40}? (?:\d{1,2}|[a-z]+) "
    r"(?:indikator|indicators?)\b[^.?!]*\b(?:mana|apa|which|what|prioritas|berdampak|berpengaruh)\b"
)
_LOW = _CUES["low"]


_PROOF = _CUES["proof"]
_UNMISTAKABLE = _CUES["unmistakable"]


@dataclass(frozen=True)
class Signs:
    """What the slots say about the intent.

    Attributes:
        own: the asker's agency is meant by a pronoun. others: agencies named. group: a ranking is asked for.
        has_agency: there is an agency to speak about, be it from the context.
        nodes, indicators: how many parts, and indicators among them, are named or could be.
        years: how many years. level, target, below, by, what_if: whether the text has one.
        rule: a rule or place is named. ratings: how many predikat. two_levels: two levels are held side by side.
    """

    own: bool
    others: int
    group: bool
    has_agency: bool
    nodes: int
    indicators: int
    years: int
    level: bool
    target: bool
    below: bool
    by: bool
    what_if: bool
    rule: bool
    rating: bool
    decimals: int
    ratings: int
    two_levels: bool


def cues_in(text: str) -> list[str]:
    """The names of the cues (cues.yaml) that plain words hold."""
    return [name for name, pattern in _CUES.items() if pattern.search(text)]


def asks_difference(text: str) -> bool:
    """Whether plain words ask how two things differ."""
    return bool(_DIFFERENCE.search(text))


def asks_forgetting(text: str) -> bool:
    """Whether plain words of a question about the assistant itself ask it to forget what was said."""
    return bool(_OWN_DATA.search(text) or _ALL_OF_IT.search(text))


def asks_computation(text: str) -> bool:
    """Whether plain words ask how a value is computed."""
    return bool(_COMPUTED.search(text))


def wants_evidence(text: str) -> bool:
    return bool(_EVIDENCE.search(text))


def intent_of(text: str, signs: Signs) -> tuple[Intent, float]:
    """The intent and the confidence in it (0.95: beyond doubt; less is held against the examples)."""
    intent, confidence = _by_rules(text, signs)
    ours = _FIELD.search(text) or signs.rule or signs.nodes or signs.others or signs.group or signs.own
    ours = ours or signs.ratings >= 2 or signs.two_levels
    if intent not in ("help", "out_of_scope") and not ours and not (signs.has_agency and intent != "rule"):
        confidence = min(confidence, 0.4)  # nothing in it is of the field
    return intent, confidence


def _by_rules(text: str, signs: Signs) -> tuple[Intent, float]:
    bare = text.strip(" .,!?")
    if not bare or _GREETING.fullmatch(text.strip()):
        return "help", 0.95
    field = bool(_FIELD.search(text)) or signs.rule or signs.nodes > 0
    about = signs.own or signs.others > 0
    if _ELSEWHERE.search(text) and not _elsewhere_but_ours(text, signs):
        return "out_of_scope", 0.9
    if _HELP.search(text) and not (signs.rule or signs.nodes or signs.years):
        return "help", 0.9
    why = bool(_WHY.search(text))
    rule = bool(_RULE.search(text))
    requirement = bool(_REQUIREMENT.search(text))
    condition = bool(_CONDITION.search(text))
    score = bool(_SCORE.search(text))
    if _DIFFERENCE.search(text) and (signs.ratings >= 2 or signs.two_levels) and not (signs.nodes or about):
        return "rule", 0.95  # "apa bedanya level 3 dan 4?"
    if signs.own and signs.indicators and signs.level and _CONFIRMING.search(text) and not (requirement or condition):
        return "score", 0.9  # "kepegawaian kita level 5 ya?"
    reached = _REACHED.search(text) and signs.has_agency and signs.indicators
    if reached and not (requirement or condition or why or _UPWARDS.search(text)):
        return "score", 0.95  # "apakah indikator 31 sudah level 3?"
    own_index = about or signs.group or (signs.has_agency and not rule)

    if signs.rule and not (signs.level and signs.indicators):
        return "rule", 0.95
    if _BANDED.search(text) and condition and not signs.what_if:
        return "rule", 0.95  # "kalau indeks 3,6 predikatnya apa"
    supposing = _SUPPOSING.search(text) or (condition and not about and _EFFECT.search(text))
    if supposing and signs.level and signs.nodes and not rule and not _asks_evidence(text) and not signs.below:
        return "simulate", 0.85
    if (condition or _EFFECT.search(text)) and (signs.what_if or signs.by) and not _asks_evidence(text):
        return "simulate", 0.95
    if asks_computation(text) and not (signs.what_if or signs.by or signs.own):
        return "rule", 0.95
    if _OWN_DATA.search(text) and not signs.rule:
        return "help", 0.95
    if _BARE_INDEX.fullmatch(bare) and not signs.group:
        return "score", 0.95
    compared = bool(_COMPARE.search(text))
    other = why or requirement or condition or compared or signs.others or signs.target or signs.years or signs.level
    if _OWN_RESULT.search(text) and not (other or _TREND.search(text) or _GAPS.search(text) or _UPWARDS.search(text)):
        return "score", 0.95  # "bagaimana capaian SPBE kementerian kami?"
    if signs.group and not signs.indicators and (asks_average(text) or bound_in(text)):
        return "compare", 0.95
    if _CHEAPEST.search(text) and (signs.has_agency or about) and not signs.group:
        return "plan", 0.95
    if (
        signs.indicators == 1
        and _RAISED.search(text)
        and not (condition or signs.level or signs.by or signs.what_if or signs.target or signs.years)
    ):
        return "requirement", 0.95
    if _SHORT_OF.search(text) and signs.own and not (signs.others or signs.group or signs.nodes or signs.years):
        return "plan", 0.95  # "kita kurang berapa?"
    if _FEW.search(text) and signs.has_agency and not (signs.target or signs.rating):
        return "gaps", 0.95
    if why and signs.others + signs.own >= 2 and not signs.nodes:
        return "compare", 0.9
    if _WHY_AT_ALL.search(text) and not about:
        return "rule", 0.85
    if (
        why
        and (signs.nodes or about or signs.years or (signs.has_agency and _LOW.search(text)))
        and not (rule and not about and not signs.nodes)
    ):
        return "why", 0.9
    if signs.below and (own_index or signs.has_agency) and not requirement:
        return "gaps", 0.85
    if signs.indicators and (signs.level or signs.target) and _PROOF.search(text) and not signs.below:
        return "requirement", 0.9
    valued = bool(_SCORE.search(re.sub(r"\b(?:level|tingkat)\b", "", text))) and about and not requirement
    if signs.indicators and signs.level and not valued:
        return "requirement", 0.9
    if signs.indicators and re.search(r"\b(bukti|data dukung|evidence)\b", text):
        return "requirement", 0.85
    graded = re.search(r"\b(indikator|indicator|level|tingkat)\b", text) or about
    if (
        signs.indicators
        and requirement
        and graded
        and not signs.target
        and not signs.decimals
        and not _DEFINED.search(text)
    ) and not (rule and not signs.level):
        return "requirement", 0.8
    if (
        signs.group
        and (compared or bool(_EXTREME.search(text)) or bool(_INDEXED.search(re.sub(r"\blevel\b", "", text))))
        and not (rule and not compared and not _EXTREME.search(text))
    ):
        return "compare", 0.9
    agencies = signs.others + signs.own
    if agencies >= 2 and (compared or not why):
        return "compare", 0.95 if moved_most(text) else 0.9
    trend = bool(_TREND.search(text)) and (bool(_INDEXED.search(text)) or signs.nodes > 0 or signs.years > 0)
    if (trend or signs.years >= 2) and own_index and not (rule and not trend and not about):
        return "trend", 0.95 if signs.years >= 2 and not (signs.others or signs.group or requirement) else 0.9
    wanted = (signs.target or signs.rating) and _UPWARDS.search(text)
    if (
        compared
        and not (wanted and not signs.others)
        and (signs.others or (signs.own and not signs.years))
        and not signs.below
        and not _gap_like(text, signs)
    ):
        return "compare", 0.8
    aimed = signs.target or signs.rating or (signs.decimals and not signs.nodes)
    if aimed and _PURPOSE.search(text) and signs.has_agency and not (signs.below or _LAW.search(text)):
        return "plan", 0.9
    if wanted and (signs.has_agency or about) and not (signs.below or (rule and not about)):
        return "plan", 0.9
    if _PLAN.search(text) and not signs.level and not rule and (about or signs.has_agency):
        return "plan", 0.8
    if _lowest_part(text) and signs.has_agency and not (signs.others or signs.group):
        return "gaps", 0.85
    if _START.search(text) and signs.own and not signs.indicators:
        return "gaps", 0.95  # "kita fokus domain 2, mulai dari mana"
    lacking = _GAPS.search(text) and own_index and not (rule and not about) and not _DEFINED.search(text)
    if lacking and not (signs.nodes and requirement and signs.level):
        return "gaps", 0.85
    if signs.below and own_index:
        return "gaps", 0.8
    if _DEFINED.search(text) and not about:
        return "rule", 0.9
    if rule and not about:
        return "rule", 0.85
    if requirement and not about and not signs.nodes:
        return "rule", 0.7
    if score and not rule and (about or signs.years or (signs.nodes and signs.has_agency)):
        return "score", 0.9
    if score and signs.nodes and not rule:
        return "score", 0.7
    if score and signs.has_agency and not rule and len(text.split()) <= 6:
        return "score", 0.65
    if rule:
        return "rule", 0.75
    if signs.others and len(text.split()) <= 4:
        return "score", 0.6
    if requirement and signs.nodes:
        return "requirement", 0.6
    if about and signs.nodes:
        return "score", 0.7
    if field:
        return "rule", 0.59
    return "rule", 0.3


def _asks_evidence(text: str) -> bool:
    return bool(_PROOF.search(text))


def _elsewhere_but_ours(text: str, signs: Signs) -> bool:
    """A word of another topic in a question about the field: "aplikasi Python wajib open source menurut SPBE?"."""
    if re.match(
        r"(?:tolong )?(?:tulis|buat|write|compose)\w* (?:\w+ )?(?:lagu|puisi|pantun|cerpen|poem|song|joke)", text
    ):
        return False
    return signs.rule or bool(_UNMISTAKABLE.search(text))


def _lowest_part(text: str) -> bool:
    """ "Indikator dengan nilai terendah"."""
    lowest = r"(?:terendah|terburuk|terlemah|paling \w+|lowest|weakest|worst)"
    part = r"(?:indikator|domain|aspek|indicators?|domains?|aspects?)"
    return bool(re.search(rf"\b{part}\b.*\b{lowest}\b|\b{lowest}\b.*\b{part}\b", text))


def _gap_like(text: str, signs: Signs) -> bool:
    """ "Indikator paling rendah kami": a ranking of one's own indicators, not of agencies."""
    return signs.others == 0 and bool(
        re.search(
            r"\b(indikator|domain|aspek|indicators?|aspects?|"
            r"areas?)\b",
            text,
        )
    )
