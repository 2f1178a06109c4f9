"""GET /: the chat page. Its state is in the address: ?q=, ?agency=, ?year=, ?lang=."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bots.web.language import language_of
from bots.web.pages import render
from bots.web.state import VisitedBy
from bots.web.words import words

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def page(request: Request, visit: VisitedBy) -> HTMLResponse:
    """The page in the language of the address or the browser; scripts fill in the rest from the address."""
    return render(request, "chat.html", visit, examples=words(language_of(request))["examples"])
