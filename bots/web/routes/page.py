"""GET /: the chat page. Its state is in the address: ?q=, ?agency=, ?year=, ?lang=."""

from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic_core import to_json

from bots.web.language import language_of
from bots.web.words import words

router = APIRouter(include_in_schema=False)

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@router.get("/", response_class=HTMLResponse)
async def page(request: Request) -> HTMLResponse:
    """The page in the language of the address or the browser; scripts fill in the rest from the address."""
    language = language_of(request)
    said = words(language)
    other = "en" if language == "id" else "id"
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return HTMLResponse(
        _TEMPLATES.get_template("chat.html").render(
            language=language,
            other=other,
            other_address="?" + urlencode([*kept, ("lang", other)]),
            t=said["page"],
            examples=said["examples"],
            js=_inside_script({"language": language, **said["js"]}),
        )
    )


def _inside_script(document: object) -> str:
    """JSON that cannot end the element it stands in."""
    return to_json(document).decode().replace("<", "\\u003c")
