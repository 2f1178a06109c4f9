"""The assessment that a request is about: sent along, or held and named by agency and year."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from assistant.permissions import Asker
from bots.web.service import Assistant
from scoring import Assessment, RefusedInput

Documents = dict[str, Any] | list[dict[str, Any]]
"""A document or a list of them. A document is an Assessment, ``{"assessment": Assessment, ...options}``, or
``{"agency", "year"?, "stage"?, ...options}`` for one that is held; options may stand beside an Assessment's
own keys."""

Options = TypeVar("Options", bound=BaseModel)
_NAMES_A_HELD_ONE = {"agency", "year", "stage"}


def each(
    body: Documents,
    options: type[Options],
    work: Callable[[Assessment, Options], Any],
    assistant: Assistant,
    asker: Asker,
) -> Any:
    """Do the work for one document or, in order, for each of a list; a list is all or nothing.

    Raises:
        RefusedInput: a level or node that does not exist, an agency that is unknown; ``item`` counts from 0.
        RequestValidationError: a document that is not shaped as described.
    """
    if isinstance(body, dict):
        return work(*_read(body, options, assistant, asker, ()))
    results = []
    for item, one in enumerate(body):
        try:
            results.append(work(*_read(one, options, assistant, asker, (item,))))
        except RefusedInput as refused:
            refused.details["item"] = item
            raise
    return results


def _read(
    body: dict[str, Any], options: type[Options], assistant: Assistant, asker: Asker, at: tuple[int, ...]
) -> tuple[Assessment, Options]:
    chosen = {key: body[key] for key in options.model_fields if key in body}
    rest = {key: value for key, value in body.items() if key not in chosen}
    try:
        read = options.model_validate(chosen)
        if set(rest) == {"assessment"}:
            return Assessment.model_validate(rest["assessment"]), read
        if "agency" in rest and set(rest) <= _NAMES_A_HELD_ONE:
            named = _Held.model_validate(rest)
            return assistant.assessment(named.agency, named.year, named.stage, asker), read
        return Assessment.model_validate(rest), read
    except ValidationError as error:
        found = [{**problem, "loc": (*at, *problem["loc"])} for problem in error.errors(include_url=False)]
        raise RequestValidationError(found) from error


class _Held(BaseModel):
    """The name of an assessment that is held."""

    agency: str
    year: int | None = None
    stage: str | None = None
