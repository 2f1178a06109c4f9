"""In which language a request wants to be answered."""

from fastapi import Request

from scoring import Language


def ask_in(request: Request, language: Language | None) -> None:
    """Remember the language that the body of a request asks for, for whatever is said about it later."""
    request.state.language = language


def language_of(request: Request) -> Language:
    """The language named in the body or as ``?lang=``, else the browser's best known one, else Indonesian."""
    named = getattr(request.state, "language", None) or request.query_params.get("lang")
    if named == "id" or named == "en":
        return "id" if named == "id" else "en"
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> Language:
    """The best of an Accept-Language header; ``in`` is what old Android phones call Indonesian."""
    best: Language = "id"
    weight = 0.0
    for part in header.split(","):
        tag, _, quality = part.partition(";")
        primary = tag.strip().lower().split("-")[0]
        try:
            q = float(quality.strip().removeprefix("q=")) if quality else 1.0
        except ValueError:
            continue
        if primary in ("id", "in", "ms", "en") and q > weight:
            best, weight = ("en" if primary == "en" else "id"), q
    return best
