"""The cookie that carries a session's token."""

from datetime import timedelta

from fastapi import Request, Response

PLAIN, SECURE = "spbe_session", "__Host-spbe_session"
NAMES = (SECURE, PLAIN)


def token_of(request: Request) -> str | None:
    """The token a browser sent; over HTTPS only the cookie that was set over HTTPS counts."""
    return request.cookies.get(_name(request))


def set_token(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    response.set_cookie(
        _name(request),
        token,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def drop_token(request: Request, response: Response) -> None:
    for name in NAMES:
        if name in request.cookies:
            response.delete_cookie(name, path="/", secure=name == SECURE, httponly=True, samesite="lax")


def _name(request: Request) -> str:
    return SECURE if request.url.scheme == "https" else PLAIN
