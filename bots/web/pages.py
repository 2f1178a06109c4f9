"""Pages rendered on the server: the templates, what every page needs, and refusals as pages."""

from collections.abc import Callable, Coroutine
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from assistant.records.agencies import spoken
from bots.web import errors
from bots.web.guides import library
from bots.web.language import language_of
from bots.web.state import SignInFirst, Visit, shared_of, visit_of
from bots.web.words import words
from scoring import STAGE_NAMES, Language, RefusedInput, Text
from scoring.figures import exactly, shown, unrounded

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["spoken"] = spoken
TEMPLATES.filters["spoken"] = spoken
_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def render(request: Request, template: str, visit: Visit, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language of the request, with the header of whoever looks at it."""
    language = language_of(request)
    other: Language = "en" if language == "id" else "id"
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    said = words(language)
    page = TEMPLATES.get_template(template).render(
        language=language,
        other=other,
        other_address="?" + urlencode([*kept, ("lang", other)]),
        t=said["page"],
        js=inside_script({"language": language, **said["js"]}),
        visit=visit,
        accounts=shared_of(request).records is not None,
        here=request.url.path,
        **{**_wording(language), **values},
    )
    return HTMLResponse(page, status)


def _wording(language: Language) -> dict[str, Any]:
    """How templates say things: ``say("id", "en")``, a Text, a figure, a moment, a link that keeps the language."""

    def figure(value: Any, places: int = 2) -> str:
        if value is None:
            return "–"
        text = shown(exactly(value), places)
        return text.replace(".", ",") if language == "id" else text

    def exact(value: Any) -> str:
        text = unrounded(exactly(value))
        return text.replace(".", ",") if language == "id" else text

    def trimmed(value: Fraction, places: int = 4) -> str:
        text = shown(exactly(value), places).rstrip("0").rstrip(".")
        return text.replace(".", ",") if language == "id" else text

    def address(path: str, **query: Any) -> str:
        kept = [(key, value) for key, value in query.items() if value not in (None, "")]
        pairs = [(key, one) for key, value in kept for one in (value if isinstance(value, list | tuple) else [value])]
        return path + "?" + urlencode([*pairs, ("lang", language)])

    def day(iso: str) -> str:
        year, month, number = iso.split("-")
        return f"{int(number)} {_MONTHS[language][int(month) - 1]} {year}"

    def rule_name(rule: str) -> str:
        known = library().get(rule)
        return known.short if known else rule

    return {
        "day": day,
        "rule_name": rule_name,
        "say": lambda indonesian, english: english if language == "en" else indonesian,
        "text": lambda text: text.into(language),
        "named": lambda part: part.name_en if language == "en" else part.name,
        "stage": lambda stage: STAGE_NAMES[stage].into(language),
        "figure": figure,
        "exact": exact,
        "trimmed": trimmed,
        "address": address,
        "moment": lambda at: at.astimezone().strftime("%d-%m-%Y %H.%M" if language == "id" else "%Y-%m-%d %H:%M"),
    }


def inside_script(document: object) -> str:
    """JSON that cannot end the element it stands in."""
    return to_json(document).decode().replace("<", "\\u003c")


class PageRoute(APIRoute):
    """A route whose refusals are pages for a person, not documents for a program."""

    wants_json: ClassVar[str] = "application/json"

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def as_page(request: Request) -> Response:
            if self.wants_json in request.headers.get("accept", ""):
                try:
                    return await handle(request)
                except SignInFirst as first:
                    raise HTTPException(401) from first
            language = language_of(request)
            try:
                return await handle(request)
            except SignInFirst:
                back = request.url.path if request.method == "GET" else "/penilaian"
                return RedirectResponse(f"/masuk?{urlencode({'lalu': back, 'lang': language})}", 303)
            except RefusedInput as refused:
                return _refusal(request, refused.message.into(language), errors.refusal_status(refused), refused)
            except RequestValidationError as problem:
                found = errors.invalid(list(problem.errors()), language)["error"]["message"]
                return _refusal(request, found, 422)
            except errors.UNREACHABLE as problem:  # so nobody knows who is signed in
                message = errors.unreachable(problem, language)["error"]["message"]
                return render(request, "refused.html", Visit(), 503, message=message, nearest=[])
            except HTTPException as problem:
                message = errors.document_of(problem.status_code, language)["error"]["message"]
                return _refusal(request, message, problem.status_code)

        return as_page


def _refusal(request: Request, message: str, status: int, refused: RefusedInput | None = None) -> HTMLResponse:
    nearest = refused.details.get("nearest") if refused is not None else None
    names = [str(name) for name in nearest] if isinstance(nearest, list) else []
    return render(request, "refused.html", visit_of(request), status, message=message, nearest=names)


def not_found(indonesian: str, english: str) -> RefusedInput:
    return RefusedInput("not_found", Text(id=indonesian, en=english))
