"""Which module answers a request; what cannot be answered from what is held says why, as an answer."""

from collections.abc import Callable

from assistant.answer import Answer, Draft
from assistant.answering import (
    bands,
    clarify,
    compare,
    declined,
    formula,
    gaps,
    guide,
    help_about,
    levels,
    out_of_scope,
    plan,
    requirement,
    rule,
    score,
    simulate,
    trend,
    why,
)
from assistant.answering.desk import Desk
from assistant.request import Question, Request
from scoring import RefusedInput

_ANSWERING: dict[str, Callable[[Request, Desk], Answer]] = {
    "score": score.answer,
    "why": why.answer,
    "gaps": gaps.answer,
    "plan": plan.answer,
    "simulate": simulate.answer,
    "compare": compare.answer,
    "trend": trend.answer,
    "requirement": requirement.answer,
    "rule": rule.answer,
    "help": help_about.answer,
    "out_of_scope": out_of_scope.answer,
}


def composed(question: Question, request: Request, desk: Desk) -> tuple[Answer, Draft | None]:
    """Compose the answer to a request.

    Returns:
        the Answer, and its draft where a language model may reword it.

    Raises:
        RefusedInput: the year given beside the question has no assessment.
    """
    text, draft = desk.question, desk.draft
    absent = desk.reference.absent
    if absent and request.intent in ("requirement", "score", "why", "gaps"):
        return rule.absent(request, desk, absent), None
    if request.clarify is not None:
        return clarify.answer(request, desk, request.clarify), None
    if (value := bands.value_rated(text, request)) is not None:
        return bands.answer(request, desk, value), draft
    if not absent and (ratings := bands.held_apart(request, desk)):
        return bands.told_apart(request, desk, ratings), draft
    if not absent and formula.asked(request, desk):
        return formula.answer(request.model_copy(update={"agency": question.agency}), desk), draft
    if not absent and levels.asked(request, desk):
        return levels.answer(request, desk), draft
    part = None if absent else guide.subject(request, desk)
    if part is not None and (told := guide.answer(request, desk, part)) is not None:
        return told, draft
    if request.intent == "requirement" and not requirement.asked(request, desk):
        request = request.model_copy(update={"intent": "rule"})
    try:
        return _ANSWERING[request.intent](request, desk), draft
    except RefusedInput as reason:
        if question.year is not None and request.year == question.year and reason.code == "no_assessment":
            raise
        return declined.answer(request, desk, Draft(draft.language, desk.retriever.library), reason), None
