"""What does a level of an indicator require, and which evidence proves it?"""

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request
from knowledge.passage import place
from scoring import Instrument
from scoring.gaps import reference_level


def answer(request: Request, desk: Desk) -> Answer:
    instrument = desk.instrument
    kind, number = instrument.node(request.node or "index")
    if kind != "indicator":
        raise ValueError("a requirement is asked of an indicator")
    held = _held_level(request, desk, number)
    levels = desk.reference.levels
    if request.level is not None and request.other_level is not None:
        levels = (request.level, request.other_level)
    several = [int(node.split()[1]) for node in request.nodes if node.startswith("indicator")]
    if len(levels) <= 1 < len(several):
        _several_indicators(request, desk, instrument, several)
        return desk.draft.answer(request)
    if len(levels) > 1:
        _several_levels(desk, instrument, number, levels)
    elif request.level is not None:
        _one_level(desk, instrument, number, request.level, held, evidence=request.evidence)
    elif held is not None and held < int(instrument.scale.highest):
        request = request.model_copy(update={"level": held + 1})
        _one_level(desk, instrument, number, held + 1, held, evidence=request.evidence)
    else:
        _all_levels(desk, instrument, number, evidence=request.evidence)
    legal_basis(desk, instrument, number)
    _suggest(desk, instrument, number, request.level)
    return desk.draft.answer(request)


def asked(request: Request, desk: Desk) -> bool:
    """Whether the question is really about an indicator's criteria.

    Where no level is asked for and the indicator was only named in passing ("menunjuk lembaga audit keamanan"), the
    library decides: another article that fits better is what was meant.
    """
    if not (request.node or "").startswith("indicator"):
        return False
    spoken_of = {node for earlier in desk.earlier or () for node in (earlier.node, *earlier.listed)}
    spoken_of |= {f"indicator {number}" for earlier in desk.earlier or () for number in earlier.levels}
    if request.node in spoken_of:  # the conversation is about it
        return True
    if request.level is not None or re.search(r"\bindi[kc]ator|data dukung|kematangan|maturity", desk.question.lower()):
        return True
    hits = desk.search(desk.question, request)
    return bool(hits) and place(hits[0].passage.locator).startswith("indikator-")


def _held_level(request: Request, desk: Desk, number: int) -> int | None:
    """The asker's own level of the indicator, where one is held."""
    standing = desk.own(request)
    return None if standing is None else standing.levels(f"indicator {number}").get(number)


def _one_level(
    desk: Desk, instrument: Instrument, number: int, level: int, held: int | None, *, evidence: bool
) -> None:
    """What a level asks for and what proves it; what was asked for comes first."""
    part = instrument.indicators[number - 1]
    if evidence and part.level(level).evidence:
        _evidence_of(desk, instrument, number, level, held)
        return
    passage = desk.criteria(instrument, number, level)
    name, wanted = desk.node(instrument, f"indicator {number}"), desk.level(instrument, number, level, instrument.id)
    required = desk.requirement(instrument, number, level)
    desk.draft.sentence(
        desk.say(
            f"Untuk {wanted}, {name} meminta: {required}{desk.cited(passage)}.",
            f"For {wanted}, {name} asks for: {required}{desk.cited(passage)}.",
        )
    )
    if held is not None and held != level:
        now = desk.level(instrument, number, held, instrument.id)
        desk.draft.sentence(desk.say(f"Posisi Anda sekarang {now}.", f"You are at {now} now."))
    proofs = part.level(level).evidence
    if proofs:
        desk.draft.sentence(desk.say("Bukti yang diterima asesor:", "Evidence that assessors accept:"))
        for proof in proofs:
            desk.draft.item(f"{desk.draft.name(desk.text(proof).rstrip('.;'))}.")
    else:
        desk.draft.note(
            desk.say(
                "Bukti untuk tingkat ini belum ada di pengetahuan kami.", "We hold no evidence list for this level."
            )
        )
    if level > int(instrument.scale.lowest) + 1:
        desk.draft.sentence(
            desk.say(
                "Tingkat bersifat kumulatif: syarat tingkat di bawahnya harus tetap terpenuhi.",
                "Levels are cumulative: what the lower levels require must still be met.",
            )
        )


def _evidence_of(desk: Desk, instrument: Instrument, number: int, level: int, held: int | None) -> None:
    proofs = [
        desk.draft.name(desk.text(p).rstrip(".;")) for p in instrument.indicators[number - 1].level(level).evidence
    ]
    cite = desk.cited(desk.criteria(instrument, number, level))
    name, wanted = desk.node(instrument, f"indicator {number}"), desk.level(instrument, number, level, instrument.id)
    if len(proofs) == 1:
        desk.draft.sentence(
            desk.say(
                f"Untuk {wanted}, bukti {name} yang diterima asesor: {proofs[0]}{cite}.",
                f"For {wanted}, assessors accept as evidence of {name}: {proofs[0]}{cite}.",
            )
        )
    else:
        count = desk.count(
            len(proofs), desk.say("jumlah bukti", "number of proofs"), f"indicator {number}", instrument.id
        )
        desk.draft.sentence(
            desk.say(
                f"Untuk {wanted}, asesor menerima {count} jenis bukti untuk {name}{cite}:",
                f"For {wanted}, assessors accept {count} kinds of evidence for {name}{cite}:",
            )
        )
        for proof in proofs:
            desk.draft.item(f"{proof}.")
    if (required := desk.requirement(instrument, number, level)) is not None:
        desk.draft.sentence(desk.say(f"Yang harus dibuktikan: {required}.", f"What they must prove: {required}."))
    if held is not None and held != level:
        now = desk.level(instrument, number, held, instrument.id)
        desk.draft.sentence(desk.say(f"Posisi Anda sekarang {now}.", f"You are at {now} now."))


def _several_indicators(request: Request, desk: Desk, instrument: Instrument, numbers: Sequence[int]) -> None:
    """What each of several indicators asks for: at the level named, else at the one above that held."""
    highest = int(instrument.scale.highest)
    desk.draft.sentence(
        desk.say("Bukti yang diterima asesor:", "Evidence that assessors accept:")
        if request.evidence
        else desk.say("Yang diminta tiap indikator:", "What each indicator asks for:")
    )
    for number in numbers:
        held = _held_level(request, desk, number)
        level = request.level or min((held or reference_level(instrument) - 1) + 1, highest)
        part = instrument.indicators[number - 1]
        name, wanted = desk.indicator(instrument, number), desk.level(instrument, number, level, instrument.id)
        proofs = "; ".join(desk.text(proof).rstrip(".;") for proof in part.level(level).evidence)
        told = desk.requirement(instrument, number, level) or ""
        if request.evidence and proofs:
            told = desk.draft.name(proofs)
        cited = desk.cited(desk.criteria(instrument, number, level))
        desk.draft.item(f"**{name}, {wanted}:** {told}{cited}.")
        if request.evidence:
            asked = desk.say(
                f"Apa syarat level {level} indikator {number}?",
                f"What does level {level} of indicator {number} require?",
            )
        else:
            asked = desk.say(
                f"Bukti apa untuk indikator {number} level {level}?",
                f"What evidence for indicator {number} level {level}?",
            )
        desk.draft.suggest(asked)


def _several_levels(desk: Desk, instrument: Instrument, number: int, levels: Sequence[int]) -> None:
    """Levels side by side, for "what is the difference between level 3 and level 4"."""
    name = desk.node(instrument, f"indicator {number}")
    desk.draft.sentence(desk.say(f"{name} dibandingkan menurut tingkat:", f"{name}, level by level:"))
    for level in levels:
        wanted = desk.level(instrument, number, level, instrument.id)
        required = desk.requirement(instrument, number, level)
        passage = desk.criteria(instrument, number, level)
        proofs = "; ".join(
            desk.text(proof).rstrip(".;") for proof in instrument.indicators[number - 1].level(level).evidence
        )
        evidence = desk.say("Buktinya:", "Evidence:")
        shown = f" {evidence} {desk.draft.name(proofs)}." if proofs else ""
        desk.draft.item(f"**{wanted[0].upper()}{wanted[1:]}:** {required}{desk.cited(passage)}.{shown}")


def _all_levels(desk: Desk, instrument: Instrument, number: int, *, evidence: bool) -> None:
    part = instrument.indicators[number - 1]
    name = desk.node(instrument, f"indicator {number}")
    what = desk.say("Bukti", "Evidence") if evidence else desk.say("Syarat", "Requirements")
    desk.draft.sentence(desk.say(f"{what} {name} menurut tingkat:", f"{what} of {name} by level:"))
    for level in part.levels:
        wanted = desk.level(instrument, number, level.level, instrument.id)
        passage = desk.criteria(instrument, number, level.level)
        if evidence and level.evidence:
            proofs = "; ".join(desk.text(proof).rstrip(".;") for proof in level.evidence)
            text = desk.draft.name(proofs)
        else:
            text = desk.requirement(instrument, number, level.level) or ""
        desk.draft.item(f"**{wanted[0].upper()}{wanted[1:]}:** {text}{desk.cited(passage)}.")


def legal_basis(desk: Desk, instrument: Instrument, number: int, *, every: bool = False) -> None:
    """Name the articles an indicator rests on: the first, or every one that is known."""
    bases = instrument.indicators[number - 1].legal_basis
    if every and len(bases) > 1:
        name = desk.node(instrument, f"indicator {number}")
        desk.draft.sentence(desk.say(f"Dasar hukum {name}:", f"Legal basis of {name}:"))
    for basis in bases if every else bases[:1]:
        rule = desk.retriever.library.get(basis.rule)
        if rule is None:
            continue
        article = re.split(r"[-,]", basis.locator)[0]
        passage = desk.retriever.at(basis.rule, article)
        place = desk.draft.name(f"{rule.short} {basis.locator}")
        mapped = ""
        if basis.provenance != "regulation":
            mapped = desk.say(
                " (pemetaan, tidak tertulis dalam instrumen)", " (a mapping, not written in the instrument)"
            )
        told = f"{place}{mapped}{desk.cited(passage)}."
        if every and len(bases) > 1:
            desk.draft.item(told)
        else:
            desk.draft.sentence(desk.say(f"Dasar hukumnya {told}", f"Its legal basis is {told}"))
    if instrument.second_hand:
        desk.draft.note(
            desk.say(
                "Kriteria ini dari sumber kedua; belum dicocokkan dengan naskah aturannya.",
                "These criteria are second-hand; they were not checked against the text of the rule.",
            )
        )


def _suggest(desk: Desk, instrument: Instrument, number: int, level: int | None) -> None:
    minimum = reference_level(instrument)
    following = min((level or minimum - 1) + 1, int(instrument.scale.highest))
    if following != level:
        desk.draft.suggest(
            desk.say(
                f"Apa syarat level {following} indikator {number}?",
                f"What does level {following} of indicator {number} require?",
            )
        )
    desk.draft.suggest(
        desk.say(f"Apa dasar hukum indikator {number}?", f"What is the legal basis of indicator {number}?"),
        desk.say(
            f"Kalau indikator {number} naik ke level {following}, indeks jadi berapa?",
            f"If indicator {number} rises to level {following}, what is the index?",
        ),
    )
