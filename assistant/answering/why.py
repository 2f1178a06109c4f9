"""Why does a node stand where it stands? Its parts, the indicators that hold it back, what each one needs."""

import re
from collections import defaultdict
from fractions import Fraction

from assistant.answer import Answer
from assistant.answering.desk import Desk, node_words, premise, premise_told
from assistant.answering.findings import assessors_words
from assistant.answering.inferred import say_inferred
from assistant.answering.score import second_hand
from assistant.answering.standing import Standing, supposed_levels
from assistant.records.agencies import spoken
from assistant.request import Request
from scoring.figures import shown
from scoring.gaps import reference_level

_NAMED = 3  # indicators explained one by one; more make nobody wiser in a chat


def answer(request: Request, desk: Desk) -> Answer:
    standing = desk.standing(request)
    node = request.node or "index"
    request = request.model_copy(update={"node": node, "year": standing.year, "agency": standing.assessment.agency})
    _moved(desk, standing, node)
    _verdict(request, desk, standing, node)
    _parts(desk, standing, node)
    levels = standing.levels(node)
    if levels:
        held_back = _holding_back(desk, standing, node, levels)
        _worth(desk, standing, node, held_back)
    else:
        _only_coarse(desk, standing, node)
    say_inferred(desk, standing, standing.inferred(node))
    assessors_words(desk, standing, node)
    _suggest(desk, standing, node)
    second_hand(desk, standing)
    return desk.draft.answer(request)


_FELL = re.compile(r"\b(?:turun|menurun|merosot|anjlok|drop\w*|fell|fall\w*|declin\w+|decreas\w+)\b")
_ROSE = re.compile(r"\b(?:naik|meningkat|melonjak|rose|rise\w*|risen|increas\w+|improv\w+)\b")
_HIGH = re.compile(r"\b(?:tinggi|bagus|unggul|hebat|memuaskan|high|good|excellent|strong)\b")
_DENIED = re.compile(r"\b(?:belum|tidak|tak|gak|ga|nggak|ngga|bukan|not|n't|supaya|agar|biar|bisa)\b")


def _moved(desk: Desk, standing: Standing, node: str) -> None:
    """A fall or rise that the asker takes for granted is told as it was, and put right where it was not."""
    question = desk.question.lower()
    fell, rose = bool(_FELL.search(question)), bool(_ROSE.search(question))
    if fell == rose or _DENIED.search(question):
        return
    earlier = [
        Standing(held)
        for held in desk.assessments.of(desk.agencies.find(standing.assessment.agency))
        if held.assessment.year < standing.year and held.assessment.stage == standing.assessment.stage
    ]
    known = [one for one in earlier if one.instrument.id == standing.instrument.id and one.value(node) is not None]
    now = standing.value(node)
    if not known or now is None:
        return
    before = known[-1].value(node)
    delta = now - (before or Fraction(0))
    name, agency = desk.node(standing.instrument, node), desk.called(standing.assessment.agency)
    was, is_ = desk.value(known[-1], node), desk.value(standing, node)
    then, year = desk.year(known[-1].year), desk.year(standing.year)
    change = desk.exact(abs(delta), desk.say("perubahan", "change"), node, standing)
    if (delta < 0) == fell and delta != 0:
        way = desk.say("turun" if fell else "naik", "fell" if fell else "rose")
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} {way} {change} dari {was} ({then}) ke {is_} ({year}).",
                f"{name} of {agency} {way} by {change} from {was} ({then}) to {is_} ({year}).",
            )
        )
        return
    denied = desk.say("turun" if fell else "naik", "fall" if fell else "rise")
    if delta == 0:
        stood = desk.say(f"tetap {is_} sejak {then}", f"it has stayed at {is_} since {then}")
    else:
        way = desk.say("naik" if delta > 0 else "turun", "rose" if delta > 0 else "fell")
        stood = desk.say(
            f"{way} {change} dari {was} ({then}) ke {is_} ({year})",
            f"it {way} by {change} from {was} ({then}) to {is_} ({year})",
        )
    desk.draft.sentence(
        desk.say(f"{name} {agency} tidak {denied}; {stood}.", f"{name} of {agency} did not {denied}; {stood}.")
    )


def _verdict(request: Request, desk: Desk, standing: Standing, node: str) -> None:
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    name, value = desk.node(standing.instrument, node), standing.value(node)
    if value is None:
        low = desk.exact(standing.scoring.span(node).floor, desk.say("batas bawah", "floor"), node, standing)
        high = desk.exact(standing.scoring.span(node).ceiling, desk.say("batas atas", "ceiling"), node, standing)
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} pada {year} belum lengkap: nilainya antara {low} dan {high}.",
                f"{name} of {agency} in {year} is incomplete: its value lies between {low} and {high}.",
            )
        )
        return
    token = desk.value(standing, node)
    assumed = premise(request)
    if assumed is not None and shown(assumed) != shown(value):
        told = premise_told(request, desk)
        desk.draft.sentence(
            desk.say(f"Nilainya bukan {told}, melainkan {token}.", f"The value is not {told} but {token}.")
        )
    index = standing.value("index")
    because = _because(desk, standing, node)
    rating = ""
    if standing.rating is not None:
        name_ = desk.rating(standing.rating)
        rating = desk.say(f" ({name_})", f", rated {name_}")
    if node == "index":
        following = standing.next_band()
        short = ""
        praised = (part := _told_part(desk, standing, node)) is not None and (standing.value(part) or 0) > value
        if following is not None and following[1] > value and not praised:
            bound = desk.draft.figure(
                following[1], desk.say("batas predikat", "rating bound"), "index", standing.held.label
            )
            short = desk.say(
                f", di bawah batas {bound} untuk {desk.rating(following[0])}",
                f", below the {bound} that {desk.rating(following[0])} asks for",
            )
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} pada {year} bernilai **{token}**{rating}{short}{because}.",
                f"The {name} of {agency} in {year} is **{token}**{rating}{short}{because}.",
            )
        )
        return
    share = desk.share(standing, node)
    against = ""
    if index is not None:
        whole = desk.value(standing, "index")
        where = (
            desk.say("di bawah", "below") if value < index
            else desk.say("di atas", "above") if value > index
            else desk.say("sama dengan", "equal to")
        )  # fmt: skip
        against = desk.say(f", {where} indeks **{whole}**{rating}", f", {where} the index of **{whole}**{rating}")
    desk.draft.sentence(
        desk.say(
            f"{name} {agency} pada {year} bernilai **{token}** (bobot {share}%){against}{because}.",
            f"{name} of {agency} in {year} is **{token}** (weight {share}%){against}{because}.",
        )
    )


def _below(standing: Standing, node: str) -> list[str]:
    """The nodes one level under a node whose values are known, lowest first."""
    instrument = standing.instrument
    kind, number = instrument.node(node)
    if kind == "index":
        parts = [f"domain {d.number}" for d in instrument.domains] or [f"aspect {a.number}" for a in instrument.aspects]
    elif kind == "domain":
        parts = [f"aspect {a.number}" for a in instrument.aspects_of(instrument.domains[number - 1])]
    else:
        return []
    known = [(value, part) for part in parts if (value := standing.value(part)) is not None]
    return [part for _, part in sorted(known, key=lambda pair: pair[0])]


def _told_part(desk: Desk, standing: Standing, node: str) -> str | None:
    """The part that explains the value: the lowest of a low one, the highest where a high value is asked about."""
    parts, whole = _below(standing, node), standing.value(node)
    if len(parts) < 2 or whole is None:
        return None
    asked, index = desk.question.lower(), standing.value("index")
    if _HIGH.search(asked) and not _DENIED.search(asked) and (index is None or whole >= index):
        return parts[-1]
    lowest = standing.value(parts[0])
    return None if lowest is None or lowest >= whole or _at_the_top(standing, node) else parts[0]


def _at_the_top(standing: Standing, node: str) -> bool:
    return node == "index" and standing.rating is not None and standing.next_band() is None


def _because(desk: Desk, standing: Standing, node: str) -> str:
    """The part that explains the value, as a reason."""
    part, whole = _told_part(desk, standing, node), standing.value(node)
    known = None if part is None else standing.value(part)
    if part is None or whole is None or known is None:
        return ""
    name, value = desk.draft.name(desk.text(standing.instrument.node_name(part))), desk.value(standing, part)
    if known > whole:
        return desk.say(f", terutama berkat {name} {value}", f", mainly thanks to {name} at {value}")
    return desk.say(f", terutama karena {name} baru {value}", f", mainly because {name} is only {value}")


def _parts(desk: Desk, standing: Standing, node: str) -> None:
    """The values of the other parts, and the equal ones where none stands out."""
    parts = _below(standing, node)
    if len(parts) < 2:
        return
    told = _told_part(desk, standing, node)
    values = [standing.value(part) for part in parts]
    words = [
        f"{desk.draft.name(desk.text(standing.instrument.node_name(part)))} {desk.value(standing, part)}"
        for part in parts
        if part != told
    ]
    if len(set(values)) == 1:
        desk.draft.sentence(
            desk.say(f"Semua bagiannya sama: {desk.listed(words)}.", f"All its parts are equal: {desk.listed(words)}.")
        )
    else:
        title = desk.say("Bagiannya", "Its parts") if told is None else desk.say("Bagian lainnya", "Its other parts")
        desk.draft.sentence(f"{title}: {desk.listed(words)}.")


def _holding_back(desk: Desk, standing: Standing, node: str, levels: dict[int, int]) -> list[int]:
    """Name the indicators under the reference level, the costliest first; returns those explained."""
    instrument = standing.instrument
    reference = reference_level(instrument)
    weights = {i.number: i.weight for i in instrument.indicators}
    low = sorted(
        (n for n, level in levels.items() if level < reference),
        key=lambda n: (-weights[n] * (reference - levels[n]), n),
    )
    source = standing.held.label
    if not low:
        level = desk.level(instrument, min(levels), reference, source)
        desk.draft.sentence(
            desk.say(
                f"Semua indikatornya sudah di {level} atau lebih; tidak ada yang tertinggal dari target nasional.",
                f"All its indicators stand at {level} or higher; none is behind the national target.",
            )
        )
        low = sorted((n for n in levels if levels[n] < int(instrument.scale.highest)), key=lambda n: (levels[n], n))
        if not low:
            return []
    elif len(low) == len(levels) and len(set(levels.values())) == 1 and len(low) > _NAMED:
        count = desk.count(len(low), desk.say("jumlah indikator", "number of indicators"), node, source)
        level = desk.level(instrument, low[0], levels[low[0]], source)
        desk.draft.sentence(
            desk.say(
                f"Semua {count} indikatornya ({desk.numbers(low)}) masih di {level}.",
                f"All of its {count} indicators ({desk.numbers(low)}) are still at {level}.",
            )
        )
    worst = [n for n in low if levels[n] == levels[low[0]]][:_NAMED]
    if node.startswith("indicator"):
        desk.draft.sentence(desk.say("Untuk naik:", "To rise:"))
    else:
        desk.draft.sentence(desk.say("Yang paling menahan:", "What holds it back most:"))
    for number in worst:
        following = levels[number] + 1
        level = desk.level(instrument, number, levels[number], source)
        required = desk.requirement(instrument, number, following)
        needed = ""
        if required is not None:
            nxt = desk.level(instrument, number, following, source)
            passage = desk.criteria(instrument, number, following)
            asks = desk.say("meminta", "asks for")
            needed = f" {nxt[0].upper()}{nxt[1:]} {asks}: {required}{desk.cited(passage)}."
        desk.draft.item(f"**{desk.indicator(instrument, number)}, {level}.**{needed}")
    rest: dict[int, list[int]] = defaultdict(list)
    for number in low:
        if number not in worst:
            rest[levels[number]].append(number)
    for level_number, numbers in sorted(rest.items()):
        level = desk.level(instrument, numbers[0], level_number, source)
        count = desk.count(len(numbers), desk.say("jumlah indikator", "number of indicators"), node, source)
        if len(numbers) <= _NAMED:
            names = desk.listed([desk.indicator(instrument, n) for n in numbers])
            desk.draft.item(desk.say(f"Di {level}: {names}.", f"At {level}: {names}."))
        else:
            desk.draft.item(
                desk.say(
                    f"Di {level}, {count} indikator lain: {desk.numbers(numbers)}.",
                    f"At {level}, {count} others: {desk.numbers(numbers)}.",
                )
            )
    return worst


def _worth(desk: Desk, standing: Standing, node: str, explained: list[int]) -> None:
    """What a level more adds, and what lifting the explained indicators to the reference level would do."""
    instrument = standing.instrument
    if not explained or not instrument.scale.whole:
        return
    gains = {instrument.indicators[n - 1].weight / 100 for n in standing.levels(node)}
    if len(gains) == 1:
        gain = desk.exact(gains.pop(), desk.say("tambahan per tingkat", "gain per level"), "index", standing)
        name = desk.say(*_HERE[instrument.node(node)[0]])
        desk.draft.sentence(
            desk.say(
                f"Setiap kenaikan satu tingkat di {name} menambah indeks {gain}.",
                f"Every level gained in {name} adds {gain} to the index.",
            )
        )
    reference = reference_level(instrument)
    lifted = {n: max(standing.levels(node)[n], reference) for n in explained}
    if node.startswith("indicator") or standing.scoring.index.exact is None or lifted == {
        n: standing.levels(node)[n] for n in explained
    }:  # fmt: skip
        return
    after = supposed_levels(standing, lifted)
    level = desk.level(instrument, explained[0], reference, standing.held.label)
    index = desk.value(after, "index", after.computed("index"))
    numbers = desk.numbers(explained)
    whole = "" if node == "index" else f"{desk.node(instrument, node)} {desk.say('menjadi', 'becomes')} "
    part = "" if node == "index" else f"{desk.value(after, node, after.computed(node))} {desk.say('dan', 'and')} "
    desk.draft.sentence(
        desk.say(
            f"Bila {numbers} mencapai {level}, {whole}{part}indeks {'menjadi ' if node == 'index' else ''}{index}.",
            f"If {numbers} reach {level}, {whole}{part}the index {'becomes ' if node == 'index' else ''}{index}.",
        )
    )


_HERE = {
    "index": ("instrumen ini", "this instrument"),
    "domain": ("domain ini", "this domain"),
    "aspect": ("aspek ini", "this aspect"),
    "indicator": ("indikator ini", "this indicator"),
}


def _only_coarse(desk: Desk, standing: Standing, node: str) -> None:
    """Levels are not held: say so, and how the value compares with the others of the year."""
    agency = desk.agencies.find(standing.assessment.agency)
    value = standing.value(node)
    group = [
        Standing(h)
        for h in desk.assessments.group(standing.year, agency.province, [agency.kind], standing.assessment.stage)
    ]
    others = [v for s in group if s.instrument.id == standing.instrument.id and (v := s.value(node)) is not None]
    if value is not None and len(others) > 2 and agency.province is not None:
        source = f"{standing.instrument.id}; {agency.province} {standing.year} {standing.assessment.stage}"
        mean = desk.draft.figure(sum(others, Fraction(0)) / len(others), desk.say("rata-rata", "average"), node, source)
        rank = desk.count(1 + sum(v > value for v in others), desk.say("peringkat", "rank"), node, source)
        total = desk.count(len(others), desk.say("jumlah instansi", "number of agencies"), node, source)
        where = desk.draft.name(agency.province)
        kind = desk.say(
            *{"kab": ("kabupaten", "districts"), "kota": ("kota", "cities")}.get(agency.kind, ("instansi", "agencies"))
        )
        desk.draft.sentence(
            desk.say(
                f"Di antara {total} {kind} di {where} itu peringkat {rank}; rata-ratanya {mean}.",
                f"Among {total} {kind} in {where} that is rank {rank}; their average is {mean}.",
            )
        )
    levels_not_held(desk)


def levels_not_held(desk: Desk) -> None:
    """Say that only coarser values are held, and how to get further."""
    desk.draft.sentence(
        desk.say(
            "Tingkat tiap indikatornya belum ada di sini, jadi penyebab sampai indikator belum dapat disebut. "
            "Impor Laporan Hasil Evaluasi instansi itu agar jawabannya sampai ke indikator.",
            "The level of each indicator is not held here, so the cause cannot be named down to the indicator. "
            "Import the agency's evaluation report (LHE) to get that far.",
        )
    )


def _suggest(desk: Desk, standing: Standing, node: str) -> None:
    agency = spoken(standing.assessment.agency)
    levels = standing.levels(node)
    if levels:
        lowest = min(levels, key=lambda n: (levels[n], n))
        following = min(levels[lowest] + 1, int(standing.instrument.scale.highest))
        desk.draft.suggest(
            desk.say(
                f"Bukti apa untuk indikator {lowest} level {following}?",
                f"What evidence does indicator {lowest} need for level {following}?",
            )
        )
    following_band = standing.next_band()
    if following_band is not None and levels:
        name = following_band[0]
        desk.draft.suggest(
            desk.say(
                f"Rencana termurah {agency} menuju {name.id}?", f"What is the cheapest way for {agency} to {name.id}?"
            )
        )
    province = desk.agencies.find(standing.assessment.agency).province
    if province is not None:
        ranked = node if node.startswith("domain") else "index"  # finer values of the others are not published
        words = node_words(desk, standing.instrument, ranked)
        desk.draft.suggest(
            desk.say(
                f"Peringkat {words} {agency} di {province} {standing.year}?",
                f"How does {words} of {agency} rank in {province} in {standing.year}?",
            )
        )
