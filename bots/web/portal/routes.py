"""/embed.js for the portal's page, /embed/{site} for the frame in it, and the frame's token."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from bots.web.language import language_of
from bots.web.pages import inside_script, render
from bots.web.portal.portal import PAUSED, Portals, address_of
from bots.web.portal.visitor_tokens import LASTS
from bots.web.security_headers import content_security_policy
from bots.web.state import UsesShared, Visit
from bots.web.words import words

router = APIRouter(include_in_schema=False)
_SCRIPT = Path(__file__).parents[1] / "static" / "embed.js"


class Opening(BaseModel):
    """``token``: the portal's signed token of its user; without it a visitor asks."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, Field(max_length=8192)] | None = None


def _portals(request: Request) -> Portals:
    portals = request.app.state.portals
    assert isinstance(portals, Portals)
    return portals


UsesPortals = Annotated[Portals, Depends(_portals)]


@router.get("/embed.js")
async def script() -> FileResponse:
    """The script that a portal includes; any site may load it, only listed ones may frame what it opens."""
    return FileResponse(_SCRIPT, media_type="text/javascript", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@router.get("/embed/{site}", response_class=HTMLResponse)
async def frame(site: str, request: Request, portals: UsesPortals) -> HTMLResponse:
    """The chat as it stands in a portal's page."""
    found = portals.sites.find(site)
    language = language_of(request)
    page = render(
        request,
        "chat.html",
        Visit(),  # whoever is signed in here is not who reads the portal
        examples=words(language)["examples"],
        site=found.id,
        embed=inside_script({"site": found.id, "origins": found.origins}),
        paused=PAUSED.into(language) if found.paused else None,
    )
    page.headers["Content-Security-Policy"] = content_security_policy(found.origins)
    page.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return page


@router.post("/embed/{site}/token")
async def token(
    site: str, opening: Opening, request: Request, shared: UsesShared, portals: UsesPortals
) -> dict[str, Any]:
    """A token for a quarter of an hour, for a visitor or the user that the portal hands over."""
    made, asker = await shared.work.run(portals.open, site, opening.token, address_of(request))
    return {"token": made, "expires_in": LASTS, "role": asker.role, "agency": asker.agency_id}
