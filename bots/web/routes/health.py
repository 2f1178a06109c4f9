"""GET /healthz: the process lives. GET /readyz: it can answer."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bots.web.state import UsesShared

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "Not yet, or not any more."}})
async def readyz(shared: UsesShared) -> JSONResponse:
    """Ready once the register and the library answer; 503 until then."""
    try:
        agencies = await shared.work.run(shared.assistant.agencies)
        passages = await shared.work.run(shared.assistant.search, "SPBE", 1)
    except Exception:  # whatever is wrong: not ready; the log of the failing part says why
        return JSONResponse({"status": "not ready"}, 503)
    checks: dict[str, Any] = {"agencies": len(agencies), "library": bool(passages)}
    ready = bool(agencies) and bool(passages)
    return JSONResponse({"status": "ok" if ready else "not ready", **checks}, 200 if ready else 503)
