"""A language model reads a question that the rules are unsure of. What it reads is put in plain words and read again.

The model never makes a Request: it fills in a form, every field of which must be real and must have been asked for,
and the form becomes a question in our own words, understood like anyone's. So the worst it can do is to have another
question answered, whose subject the answer names in its first sentence; and where anything is wrong with the form,
what the rules understood stands.
"""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import fuzz

from assistant.allowance import DailyBudget
from assistant.language_model import LanguageModel, ModelUnavailable
from assistant.prompts import READ
from assistant.request import Question, Request
from assistant.rewording import Tally
from assistant.untrusted import delimited, neutralised
from scoring import Instrument, RefusedInput

UNSURE = 0.7  # confidence of the rules below which the model is asked
_PART = 0.5  # of the time a whole answer may wait for the model; the rest is for its wording
_ALIKE = 80  # of 100: an agency's name and a part of the question
_NAMED_KIND = re.compile(
    r"\b(?:pemerintah|kota|kabupaten|kab|provinsi|prov|kementerian|badan|lembaga)\b\.?", re.IGNORECASE
)
_NODE = {"index": "indeks", "domain": "domain", "aspect": "aspek", "indicator": "indikator"}


class Form(BaseModel):
    """What a question asks for. Leave empty what it does not say."""

    model_config = ConfigDict(extra="forbid")

    intent: Literal["score", "why", "gaps", "plan", "compare", "trend", "requirement", "other"] = Field(
        description="score: a value. why: its reason. gaps: weak indicators. plan: what raises the index. compare: two "
        "agencies. trend: over the years. requirement: what a level of an indicator asks for. other: none of these."
    )
    agency: str | None = Field(default=None, description="Name of another agency, as in the question.")
    other_agency: str | None = Field(default=None, description="The second of two agencies compared.")
    year: int | None = None
    node: str | None = Field(default=None, description='"index", "domain 2", "aspect 5" or "indicator 21".')
    level: int | None = None
    target: str | None = Field(default=None, description="A rating or an index to be reached.")


class _MadeUp(Exception):  # noqa: N818 - a state of the form
    """A field of a form holds what is not real or was not asked for; names the field."""


class QuestionReader:
    """Restates questions with a language model.

    Args:
        budget: of the model, for each owner; shared with rewording, as is the model and so its breaker.
        tally: counts "read" and "not read: ...".
    """

    def __init__(self, model: LanguageModel, budget: DailyBudget, tally: Tally) -> None:
        self._model, self._budget, self._tally = model, budget, tally

    def restated(
        self, question: Question, understood: Request, instrument: Instrument, agencies: Sequence[str], owner: str
    ) -> str | None:
        """A plain question (in Indonesian) for one the rules were unsure of; None where what they understood stands.

        Args:
            agencies: register names; the form's must be among them.
            owner: whose budget is used.
        """
        if understood.confidence >= UNSURE or understood.unknown:
            return None
        if not self._budget.take(owner):
            self._tally.count("not read: budget")
            return None
        try:
            form = self._model.structured(Form, READ, _prompt(question.text, instrument), _PART * self._model.seconds)
        except ModelUnavailable as reason:
            self._tally.count(f"not read: {reason.reason}")
            return None
        try:
            text = _plainly(form, question, instrument, agencies)
        except _MadeUp as field:
            self._tally.count(f"not read: {field}")
            return None
        self._tally.count("read" if text else "not read: other")
        return text


def _prompt(text: str, instrument: Instrument) -> str:
    nodes = [f"domain {part.number}" for part in instrument.domains]
    nodes += [f"aspect {part.number}" for part in instrument.aspects]
    nodes += [f"indicator {part.number}" for part in instrument.indicators]
    parts = [f"{node}: {neutralised(instrument.node_name(node).id)}" for node in nodes]
    return "\n".join([*parts, "", delimited("question", text)])


def _plainly(form: Form, question: Question, instrument: Instrument, agencies: Sequence[str]) -> str | None:
    """The form as a question.

    Raises:
        _MadeUp: a field names nothing real, or nothing that was asked for.
    """
    node = "indeks" if form.node is None else _node(form.node, instrument)
    own = "kami" if question.agency else ""
    named = [_agency(name, question, agencies) for name in (form.agency, form.other_agency) if name]
    whose = named[0] if named else own
    for value in (form.year, form.level):
        _heard(value is None or re.search(rf"(?<!\d){value}(?!\d)", question.text) is not None, "number")
    _heard(form.level is None or form.level in instrument.levels, "level")
    year = f" tahun {form.year}" if form.year else ""
    part = "" if node == "indeks" else f" di {node}"
    match form.intent:
        case "score":
            return f"berapa nilai {node} {whose}{year}"
        case "why":
            return f"kenapa {node} {whose}{year} rendah"
        case "gaps":
            return f"indikator apa{part} yang masih rendah di {whose}{year}"
        case "plan":
            aim = f"menuju {_target(form.target, question, instrument)}" if form.target else "untuk naik predikat"
            return f"apa rencana termurah {whose} {aim}"
        case "compare":
            _heard(bool(named), "agency")
            return f"bandingkan {node} {whose} dengan {named[1] if len(named) > 1 else own}{year}"
        case "trend":
            return f"bagaimana perkembangan {node} {whose}"
        case "requirement":
            _heard(node.startswith("indikator"), "node")
            return f"apa syarat{f' level {form.level}' if form.level else ''} {node}"
        case "other":
            return None


def _node(node: str, instrument: Instrument) -> str:
    try:
        kind, number = instrument.node(node.strip().lower())
    except RefusedInput:
        raise _MadeUp("node") from None
    return f"{_NODE[kind]} {number}" if number else _NODE[kind]


def _agency(name: str, question: Question, agencies: Sequence[str]) -> str:
    """The register name, of an agency that is the asker's own or stands in the question."""
    bare = {agency: _NAMED_KIND.sub("", agency).strip().lower() for agency in agencies}
    wanted = _NAMED_KIND.sub("", name).strip().lower()
    exact = [agency for agency in agencies if _folded(agency) == _folded(name)]
    found = exact or [agency for agency, rest in bare.items() if rest == wanted]
    _heard(len(found) == 1, "agency")
    own = found[0] == question.agency
    _heard(own or fuzz.partial_ratio(bare[found[0]], question.text.lower()) >= _ALIKE, "agency")
    return found[0]


def _folded(name: str) -> str:
    return " ".join(name.lower().replace("kabupaten ", "kab. ").split()).removeprefix("pemerintah ")


def _target(target: str, question: Question, instrument: Instrument) -> str:
    wanted = target.strip().lower()
    rating = next((b.name.id for b in instrument.bands if wanted in (b.name.id.lower(), b.name.en.lower())), None)
    if rating is not None:
        return rating
    number = re.fullmatch(r"[1-5](?:[.,]\d{1,2})?", target.strip())
    _heard(number is not None and target.strip() in question.text, "target")
    return target.strip()


def _heard(so: bool, field: str) -> None:
    if not so:
        raise _MadeUp(field)
