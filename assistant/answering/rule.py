"""What does a regulation or guideline say? Answered from the passages found, or declined with what was searched."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.answer import Answer, DraftBlock
from assistant.answering.desk import Desk
from assistant.request import Request
from knowledge.answerable import answerable
from knowledge.library import Rule
from knowledge.passage import Passage
from knowledge.references import Absent, Reference
from knowledge.retrieval import Hit
from scoring import Language

_STATUS = re.compile(
    r"masih (?:\w+ )?(?:berlaku|dipakai|valid)|(?:di|men)cabut|dicabut|sudah diganti|penggantinya|pengganti|"
    r"still (?:in force|valid|apply)|revoked|replaced|superseded|in force",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^([^:.()]{2,60}) \(((?:[^()]|\([^()]*\))+)\): (.+)$", re.DOTALL)  # a term, as the pack has it
_COLON = re.compile(r"^(?:[^.]{0,30}:|Sebutan\b|Ada\b|Mengukur\b|Tidak\b|Untuk\b)")
_ABOUT = re.compile(
    r"\btentang apa\b|\bmengatur (?:tentang )?apa(?: saja)?\W*$|\bisinya (?:apa|tentang)\b|\bjudulnya\b"
    r"|\bwhat (?:is|are) [^?]+ about\b|\btitle of\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:(?:[A-Z][A-Z/.,&()-]*|\d+)\s+){6,}(?=[A-Z(]?[a-z\d])")  # running titles of annexes
_FULLER = 0.15  # share of the question by which a statement must speak of more to be told first
_CLOSE = 0.93  # a further passage is told where it fits nearly as well as the first
_WORDS = 90  # words quoted from one official passage; the citation opens all of it
_TOLD = 3
_NEAR = 0.9
_SAME = 75  # two statements this alike (of 100) are told once
_AS_WELL = 0.8
_VERY = 96  # two questions this alike (of 100) are one
_BRIEF = 60  # words of a further passage; longer ones would bury the answer
_ENUMERATED = 3  # places named one by one; more are told by the first and the last
_ARTICLE = 170  # words of an article told in one answer


def answer(request: Request, desk: Desk) -> Answer:
    question = request.query or desk.question
    reference = desk.named_in(question, request.year)
    named_here = reference.rules or reference.absent
    if request.rule and request.locator and not named_here:  # "pasal berikutnya", of the rule spoken of before
        question = f"{request.locator} {request.rule.replace('-', ' ')}"
        reference = desk.named_in(question, request.year)
    if reference.rules and not reference.steps and _STATUS.search(question):
        rule = desk.retriever.library.get(reference.rules[0])
        if rule is not None:
            return _status(request, desk, rule)
    if reference.absent:
        return absent(request, desk, reference.absent)
    named = filter(None, map(desk.retriever.library.get, reference.rules))
    unheld = [rule for rule in named if not desk.retriever.holds(rule.id)]
    if unheld:
        return absent(request, desk, [Absent("rule", rule.short, "", "") for rule in unheld])
    rule = desk.retriever.library.get(reference.rules[0]) if reference.rules else None
    if rule is not None and not (reference.steps or reference.indicators) and _ABOUT.search(question):
        return _about(request, desk, rule)
    if (place := _whole_place(desk, reference)) is not None:
        return _place_told(request, desk, question, *place)
    hits = desk.search(question, request, reference=reference)
    verdict = answerable(question, hits, reference)
    if not verdict.answerable:
        return _abstained(request, desk, hits)
    _told(desk, question, hits)
    return desk.draft.answer(request)


def _whole_place(desk: Desk, reference: Reference) -> tuple[Rule, list[Passage]] | None:
    """The passages of an article that was asked for by number in a rule that was named; the whole article where the
    paragraph is not told apart."""
    articles = [step for step in reference.steps if step.startswith("pasal-")]
    rule = desk.retriever.library.get(reference.rules[0]) if reference.rules else None
    if rule is None or not articles:
        return None
    found = desk.retriever.under(rule.id, reference.steps) or desk.retriever.under(rule.id, frozenset(articles))
    return (rule, found) if found else None


def _place_told(request: Request, desk: Desk, question: str, rule: Rule, passages: list[Passage]) -> Answer:
    """Tell a whole article, paragraph by paragraph, until it is long; the citations open the rest."""
    hits = [Hit(passage, 1.0, rule) for passage in passages]
    words = 0
    for number, hit in enumerate(hits):
        told = _statement(desk, question, hit.passage, rule)
        words += len(desk.draft.fill(DraftBlock(kind="item", template=told)).text.split())
        if number == 0:
            desk.draft.sentence(told)
        elif words <= _ARTICLE:
            desk.draft.item(told)
        else:
            left = [h.passage.locator for h in hits[number:]]
            if len(left) > _ENUMERATED:
                left = [f"{left[0]} {desk.say('sampai', 'to')} {left[-1]}"]
            rest = desk.draft.name(", ".join(left))
            desk.draft.sentence(desk.say(f"Selanjutnya: {rest}.", f"It goes on in {rest}."))
            break
    _status_notes(desk, hits)
    desk.draft.suggest(*_suggestions(desk, hits[0], hits[1:]))
    return desk.draft.answer(request)


def _told(desk: Desk, question: str, hits: Sequence[Hit]) -> None:
    best = _told_first(desk, question, hits)
    said = [_words(desk, question, best.passage)]
    desk.draft.sentence(_statement(desk, question, best.passage, best.rule))
    further: list[Hit] = []
    for hit in hits:
        told = _words(desk, question, hit.passage)
        news = all(fuzz.token_set_ratio(told, earlier) < _SAME for earlier in said)
        if hit.score >= _CLOSE * best.score and len(told.split()) <= _BRIEF and news and len(further) < _TOLD - 1:
            further.append(hit)
            said.append(told)
    if further:
        desk.draft.sentence(desk.say("Terkait:", "Related:"))
    for hit in further:
        desk.draft.item(_statement(desk, question, hit.passage, hit.rule))
    _status_notes(desk, [best, *further])
    desk.draft.suggest(*_suggestions(desk, best, further))


def _told_first(desk: Desk, question: str, hits: Sequence[Hit]) -> Hit:
    """One whose statement was written for this very question, else the best hit; one nearly as good goes before it
    where our statement of it speaks of clearly more of the question, or where the best is a raw table or annex that we
    have no statement of."""
    for hit in hits:
        if any(_same_question(question, asked) for own in _statements(desk, hit.passage) for asked in own.questions):
            return hit
    near = [hit for hit in hits if hit.score >= _NEAR * hits[0].score]
    stated = [hit for hit in near if _statements(desk, hit.passage)]
    if not stated:
        return hits[0]
    spoken = {
        hit.passage.id: max(desk.retriever.speaks(desk.named_in(question), _statements(desk, hit.passage)))
        for hit in stated
    }
    fullest = max(stated, key=lambda hit: spoken[hit.passage.id])
    return fullest if spoken[fullest.passage.id] >= spoken[stated[0].passage.id] + _FULLER else stated[0]


def _same_question(one: str, other: str) -> bool:
    return fuzz.ratio(one.casefold().strip(" ?.!"), other.casefold().strip(" ?.!")) >= _VERY


def _statements(desk: Desk, passage: Passage) -> list[Passage]:
    """Our statements of a passage's place; the passage itself where it is one."""
    return [passage] if passage.kind == "digest" else desk.retriever.digests_of(passage)


def _words(desk: Desk, question: str, passage: Passage) -> str:
    """What is told of a passage: our statement of it where there is one, else its own words."""
    own = _statements(desk, passage)
    return _text(desk, _closest(desk, question, own)) if own else _excerpt(question, passage.text)


def _statement(desk: Desk, question: str, passage: Passage, rule: Rule | None) -> str:
    """A passage told in one block: our statement of it where there is one, else its own words as a quotation."""
    cite = desk.draft.cite(passage)
    short = rule.short if rule else passage.title
    if own := _statements(desk, passage):
        chosen = _closest(desk, question, own)
        place = desk.draft.name(f"{short} {_place(passage, chosen)}".strip())
        return f"{desk.draft.name(_text(desk, chosen).rstrip('.'))} ({place}) {cite}."
    place = desk.draft.name(f"{short} {passage.locator}".strip())
    quote = desk.draft.name(_excerpt(question, passage.text))
    return desk.say(f"{place} berbunyi: “{quote}” {cite}", f"{place} says, in Indonesian: “{quote}” {cite}")


def _place(passage: Passage, told: Sequence[Passage]) -> str:
    """The place of what is told: a statement about a whole article is not pinned on one of its paragraphs."""
    locator = told[0].locator
    wider = len(told) == 1 and passage.locator.startswith(f"{locator} ") and locator.startswith("Pasal")
    return locator if wider else passage.locator


def _closest(desk: Desk, question: str, digests: Sequence[Passage]) -> list[Passage]:
    """The statement about one place that fits the question best, and a second one that fits as well and adds to it."""

    spoken = dict(zip((d.id for d in digests), desk.retriever.speaks(desk.named_in(question), digests), strict=True))

    def fit(digest: Passage) -> float:
        texts = (digest.text, *digest.questions, digest.english or "")
        alike = max(fuzz.token_set_ratio(question.lower(), text.lower()) for text in texts if text)
        return alike * (1 + spoken[digest.id]) / 2

    ranked = sorted(digests, key=lambda d: (-fit(d), d.id))
    chosen = [ranked[0]]
    for digest in ranked[1:]:
        news = fuzz.token_set_ratio(digest.text, chosen[0].text) < _SAME
        short = len(digest.text.split()) + len(chosen[0].text.split()) <= _WORDS
        if news and short and fit(digest) >= _AS_WELL * fit(chosen[0]):
            chosen.append(digest)
            break
    return chosen


def _text(desk: Desk, digests: Sequence[Passage]) -> str:
    texts = [(d.english if desk.draft.language == "en" and d.english else d.text).strip() for d in digests]
    texts = [_defined(text, desk.draft.language) for text in texts]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)


def _defined(text: str, language: Language) -> str:
    """A term of the glossary as a sentence; the full name is not said twice where it only repeats the term."""
    entry = _ENTRY.match(text)
    if entry is None:
        return text
    term, full, meaning = entry.groups()
    name = full if full.casefold().startswith(term.casefold()) else f"{term} ({full})"
    if _COLON.match(meaning) or "(tingkat" in name:
        return f"{name}: {meaning}"
    begin = meaning if meaning[1:2].isupper() else meaning[0].lower() + meaning[1:]
    return f"{name} adalah {begin}" if language == "id" else f"{name}: {begin}"


def _excerpt(question: str, text: str) -> str:
    """The part of a passage that has most words of the question, cut at its numbered parts."""
    text = _TITLE.sub("", " ".join(text.split()))
    if len(text.split()) <= _WORDS:
        return text
    parts = [
        part for part in re.split(r"(?=\(\d+\)\s)|(?<=[;.])\s+(?=[a-z0-9]{1,2}[.)]\s|[A-Z(])", text) if part.strip()
    ]
    asked = set(re.findall(r"\w{4,}", question.lower()))
    scores = [len(asked & set(re.findall(r"\w{4,}", part.lower()))) for part in parts]
    first = last = max(range(len(parts)), key=lambda n: scores[n])

    def length(start: int, end: int) -> int:
        return len(" ".join(parts[start : end + 1]).split())

    while last + 1 < len(parts) and length(first, last + 1) <= _WORDS:
        last += 1
    while first > 0 and length(first - 1, last) <= _WORDS:
        first -= 1
    words = " ".join(part.strip() for part in parts[first : last + 1]).split()[: _WORDS * 2]
    return f"{'… ' if first else ''}{' '.join(words)}{' …' if last + 1 < len(parts) else ''}"


def _status_notes(desk: Desk, hits: Sequence[Hit]) -> None:
    told: set[str] = set()
    for hit in hits:
        rule = hit.rule
        if rule is None or rule.id in told:
            continue
        told.add(rule.id)
        if rule.status == "revoked":
            desk.draft.note(_revoked(desk, rule))
        if hit.passage.second_hand:
            name = desk.draft.name(rule.short)
            desk.draft.note(
                desk.say(
                    f"Isi {name} kami ketahui dari sumber kedua; naskahnya belum dibaca.",
                    f"What {name} says is known to us second-hand; its text was not read.",
                )
            )
    if all(hit.passage.kind == "digest" and not hit.passage.second_hand for hit in hits[:1]):
        desk.draft.note(
            desk.say(
                "Ringkasan kami; naskah resminya belum dimuat di pustaka ini.",
                "Our summary; the official text has not been added to this library.",
            )
        )


def _revoked(desk: Desk, rule: Rule) -> str:
    name = desk.draft.name(rule.short)
    successor = desk.retriever.library.successor(rule.id)
    if successor is None:
        return desk.say(f"{name} sudah tidak berlaku.", f"{name} is no longer in force.")
    after = desk.draft.name(successor.short)
    doubt = ""
    if rule.status_second_hand or successor.second_hand:
        doubt = desk.say(
            " Itu kami ketahui dari sumber kedua; naskah penggantinya belum dibaca.",
            " We know that second-hand; the text of the successor was not read.",
        )
    return desk.say(f"{name} sudah dicabut oleh {after}.{doubt}", f"{name} was revoked by {after}.{doubt}")


def _about(request: Request, desk: Desk, rule: Rule) -> Answer:
    """What a rule is about: its title and extent, what it says of its purpose, and whether it is in force."""
    name, title = desk.draft.name(rule.short), desk.draft.name(rule.title)
    hits = desk.search(f"tujuan dan ruang lingkup {rule.short}", request, rule=rule.id)
    cite = desk.cited(hits[0].passage) if hits else ""
    extent = ""
    if rule.articles is not None:
        count = desk.draft.figure(rule.articles, desk.say("jumlah pasal", "number of articles"), rule.id, rule.short)
        extent = desk.say(f", sepanjang {count} pasal", f", in {count} articles")
    desk.draft.sentence(desk.say(f"{name} tentang {title}{extent}{cite}.", f"{name} is about {title}{extent}{cite}."))
    if hits:
        desk.draft.sentence(_statement(desk, "tujuan dan ruang lingkup", hits[0].passage, rule))
        _status_notes(desk, hits[:1])
        desk.draft.suggest(*_suggestions(desk, hits[0], hits[1:]))
    return desk.draft.answer(request)


def _status(request: Request, desk: Desk, rule: Rule) -> Answer:
    name = desk.draft.name(f"{rule.short} tentang {rule.title}" if desk.draft.language == "id" else rule.short)
    passage = desk.retriever.at(rule.id, f"Pasal {rule.articles}") if rule.articles else None
    passage = passage or next(
        (hit.passage for hit in desk.search(f"{rule.short} {rule.title}", request, rule=rule.id)), None
    )
    cite = desk.cited(passage)
    if rule.status == "revoked":
        desk.draft.sentence(f"{_revoked(desk, rule)}{cite}")
        if rule.id == desk.instrument.rule:
            desk.draft.sentence(
                desk.say(
                    "Untuk hasil evaluasi tahun-tahun yang dinilai dengannya, aturan itu tetap menjadi acuan.",
                    "For the years that were evaluated by it, it remains the reference.",
                )
            )
    elif rule.status == "in force":
        checked = desk.draft.name(rule.checked) if rule.checked else None
        since = "" if checked is None else desk.say(f" (diperiksa {checked})", f" (checked on {checked})")
        desk.draft.sentence(
            desk.say(
                f"Sejauh yang kami ketahui, {name} masih berlaku{since}{cite}.",
                f"As far as we know, {name} is still in force{since}{cite}.",
            )
        )
    else:
        desk.draft.sentence(
            desk.say(
                f"Pustaka ini tidak tahu apakah {name} masih berlaku{cite}.",
                f"This library does not know whether {name} is still in force{cite}.",
            )
        )
    return desk.draft.answer(request)


def absent(request: Request, desk: Desk, missing_things: Sequence[Absent]) -> Answer:
    for missing in missing_things[:2]:
        desk.draft.sentence(desk.draft.name(desk.text(missing.message)))
    if any(missing.what == "rule" for missing in missing_things):
        held = [rule.short for rule in desk.retriever.library if not rule.second_hand][:4]
        names = desk.draft.name(", ".join(held))
        desk.draft.sentence(
            desk.say(
                f"Yang ada di sini antara lain {names}. Naskah lain dapat ditambahkan dengan `spbe ingest`.",
                f"Held here are, among others, {names}. Other texts can be added with `spbe ingest`.",
            )
        )
    known = [rule for rule in map(desk.retriever.library.get, desk.reference.rules) if rule is not None]
    known = [rule for rule in known if desk.retriever.holds(rule.id)] or [*desk.retriever.library][:2]
    desk.draft.suggest(*(desk.say(f"{rule.short} tentang apa?", f"What is {rule.short} about?") for rule in known[:2]))
    return desk.draft.answer(request, abstained=True)


def _abstained(request: Request, desk: Desk, hits: Sequence[Hit]) -> Answer:
    desk.draft.sentence(
        desk.say(
            "Maaf, pustaka ini tidak memuat jawabannya.",
            "Sorry, this library does not hold the answer.",
        )
    )
    if hits:
        near = hits[0]
        place = desk.draft.name(f"{near.rule.short if near.rule else near.passage.title} {near.passage.locator}")
        desk.draft.sentence(
            desk.say(
                f"Yang paling dekat {place}, tetapi di situ hal itu tidak disebut {desk.draft.cite(near.passage)}.",
                f"The nearest is {place}, but it does not state what you ask {desk.draft.cite(near.passage)}.",
            )
        )
    desk.draft.sentence(
        desk.say(
            "Tidak ada di sini bukan berarti tidak diatur; periksa naskah lain atau tanyakan ke Kementerian PANRB.",
            "Not being held here does not mean that it is not regulated; check other texts or ask the ministry.",
        )
    )
    if hits:
        others = [hit for hit in hits[1:4] if hit.score >= _AS_WELL * hits[0].score]
        desk.draft.suggest(*_suggestions(desk, hits[0], others))
    return desk.draft.answer(request, abstained=True)


def _suggestions(desk: Desk, best: Hit, further: Sequence[Hit]) -> list[str]:
    asked: list[str] = []
    for passage in (best.passage, *(hit.passage for hit in further)):
        for digest in (passage, *desk.retriever.digests_of(passage)):
            for question in digest.questions:
                english = bool(
                    re.match(r"(what|who|how|when|which|does|is|are|must|can|where|why)\b", question.lower())
                )
                if english == (desk.draft.language == "en") and question.lower() != desk.question.lower():
                    asked.append(question)
                    break
    return asked[:3]
