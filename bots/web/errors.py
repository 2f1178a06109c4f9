"""The one shape of every error, ``{"error": {"code", "message", "details"}}``, in the request's language."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException

from bots.web.language import language_of
from bots.web.work import Overloaded
from scoring import Language, RefusedInput, Text

_log = logging.getLogger(__name__)

_STATUS = {
    400: ("bad_request", Text(id="Permintaan tidak dapat dibaca.", en="The request cannot be read.")),
    401: (
        "sign_in_first",
        Text(
            id="Masuk dulu dengan undangan Anda, lalu ulangi.",
            en="Sign in with your invitation first, then try again.",
        ),
    ),
    403: (
        "not_allowed",
        Text(
            id="Permintaan ini tidak datang dari halaman layanan ini. Buka halamannya lagi, lalu ulangi.",
            en="This request did not come from a page of this service. Open the page again, then retry.",
        ),
    ),
    404: ("not_found", Text(id="Alamat ini tidak ada.", en="There is nothing at this address.")),
    405: (
        "method_not_allowed",
        Text(
            id="Cara memanggil alamat ini keliru; lihat tajuk Allow untuk yang diterima.",
            en="This address does not accept that method; the Allow header names those it does.",
        ),
    ),
    413: (
        "body_too_large",
        Text(
            id="Isi permintaan terlalu besar. Kirim pertanyaan atau penilaian yang lebih kecil.",
            en="The request body is too large. Send a smaller question or assessment.",
        ),
    ),
}
_REFUSED = {
    "not_allowed": 403,
    "key_not_accepted": 401,
    "token_not_accepted": 401,
    "site_paused": 403,
    "too_many_requests": 429,
    "budget_spent": 429,
}
"""The status of refusals that are about who asks, not about what is asked."""

_BROKEN_JSON = Text(
    id="Isi permintaan bukan JSON yang sah. Periksa tanda kutip, koma dan kurung.",
    en="The request body is not valid JSON. Check quotes, commas and brackets.",
)
_NOT_JSON = Text(
    id="Isi permintaan harus JSON. Sertakan tajuk Content-Type: application/json.",
    en="The request body must be JSON. Send the header Content-Type: application/json.",
)
_INVALID = Text(id="Permintaan tidak sesuai:", en="The request does not fit:")
_BUSY = Text(
    id="Layanan sedang sangat sibuk. Coba lagi beberapa saat lagi.",
    en="The service is very busy. Please try again in a moment.",
)
_UNREACHABLE = Text(
    id="Basis data layanan ini sedang tidak dapat dijangkau. Coba lagi sebentar lagi; bila Anda sedang menyimpan "
    "sesuatu, periksa dulu apakah sudah tersimpan.",
    en="The service cannot reach its database just now. Try again in a moment; if you were storing something, first "
    "check whether it was stored.",
)
UNREACHABLE = (OperationalError, InterfaceError, NoConnection)
"""What SQLAlchemy raises where the database is stopped, its disk is full, or all connections are taken."""
_BROKEN = Text(
    id="Terjadi kesalahan pada layanan. Tidak ada yang disimpan; coba lagi.",
    en="Something went wrong in the service. Nothing was stored; please try again.",
)
_PROBLEMS = {
    "missing": Text(id="wajib diisi", en="is required"),
    "string_type": Text(id="harus berupa teks", en="must be text"),
    "string_too_long": Text(id="paling panjang {max_length} karakter", en="may have at most {max_length} characters"),
    "string_too_short": Text(id="paling pendek {min_length} karakter", en="must have at least {min_length} characters"),
    "int_type": Text(id="harus bilangan bulat", en="must be a whole number"),
    "int_parsing": Text(id="harus bilangan bulat", en="must be a whole number"),
    "int_from_float": Text(id="harus bilangan bulat", en="must be a whole number"),
    "greater_than_equal": Text(id="paling kecil {ge}", en="must be at least {ge}"),
    "less_than_equal": Text(id="paling besar {le}", en="may be at most {le}"),
    "literal_error": Text(id="yang diterima: {expected}", en="accepted: {expected}"),
    "extra_forbidden": Text(id="bidang ini tidak dikenal", en="this field is not known"),
    "model_attributes_type": Text(id="harus berupa objek JSON", en="must be a JSON object"),
    "model_type": Text(id="harus berupa objek JSON", en="must be a JSON object"),
    "dict_type": Text(id="harus berupa objek JSON", en="must be a JSON object"),
}


COME_BACK = "5"  # seconds after which a server that had too much to do is worth asking again


def document(code: str, message: str, details: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The error document, with details that are plain JSON."""
    return {"error": {"code": code, "message": message, "details": _plain(details or {})}}


def document_of(status: int, language: Language) -> dict[str, Any]:
    """The document of an HTTP status."""
    code, message = _STATUS.get(status, _STATUS[400])
    return document(code, message.into(language))


def refusal(refused: RefusedInput, language: Language) -> dict[str, Any]:
    return document(refused.code, refused.message.into(language), refused.details)


def failure(language: Language) -> dict[str, Any]:
    return document("internal_error", _BROKEN.into(language))


def busy(language: Language) -> dict[str, Any]:
    return document("busy", _BUSY.into(language))


def unreachable(reason: BaseException, language: Language) -> dict[str, Any]:
    """The document of a database that does not answer; the log says so once a request, without a trace."""
    _log.error("the database cannot be used: %s", type(getattr(reason, "orig", None) or reason).__name__)
    return document("database_unreachable", _UNREACHABLE.into(language))


def refusal_status(refused: RefusedInput) -> int:
    """403 where it is not theirs, 404 where the thing does not exist here, 422 where the request is at fault."""
    if refused.code in _REFUSED:
        return _REFUSED[refused.code]
    return 404 if refused.code.startswith(("unknown_agency", "no_data", "not_found", "no_assessment")) else 422


def problems(errors: list[dict[str, Any]], language: Language) -> list[dict[str, str]]:
    """Pydantic's errors as where and problem, in the language of the request."""
    found = []
    for error in errors[:20]:
        where = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))
        text = _PROBLEMS.get(error["type"])
        said = text.into(language).format(**error.get("ctx", {})) if text else str(error["msg"])
        found.append({"where": where or "body", "problem": said})
    return found


def invalid(errors: list[dict[str, Any]], language: Language) -> dict[str, Any]:
    """The document of a request that does not fit its description."""
    if any(error["type"] == "json_invalid" for error in errors):
        return document("broken_json", _BROKEN_JSON.into(language), {"at": str(errors[0]["loc"][-1])})
    found = problems(errors, language)
    sentence = "; ".join(f"{problem['where']} {problem['problem']}" for problem in found[:3])
    return document("invalid_request", f"{_INVALID.into(language)} {sentence}.", {"problems": found})


def described(exc: Exception, request: Request) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, document and headers of an error that was foreseen."""
    language = language_of(request)
    match exc:
        case RefusedInput():
            status = refusal_status(exc)
            headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
            if status == 429:
                headers["Retry-After"] = str(exc.details.get("retry_after", 60))
            return status, refusal(exc, language), headers
        case RequestValidationError():
            announced = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if request.method == "POST" and not announced.endswith("json"):
                return 422, document("not_json", _NOT_JSON.into(language)), {}
            return 422, invalid(list(exc.errors()), language), {}
        case HTTPException():
            return exc.status_code, document_of(exc.status_code, language), dict(exc.headers or {})
        case Overloaded():
            return 503, busy(language), {"Retry-After": COME_BACK}
        case OperationalError() | InterfaceError() | NoConnection():
            return 503, unreachable(exc, language), {"Retry-After": COME_BACK}
    raise exc


def install(app: FastAPI) -> None:
    """Let every error of the app, its router and its middleware leave in the one shape."""

    async def told(request: Request, exc: Exception) -> JSONResponse:
        status, body, headers = described(exc, request)
        return JSONResponse(body, status, headers)

    for kind in (RefusedInput, RequestValidationError, HTTPException, Overloaded, *UNREACHABLE):
        app.add_exception_handler(kind, told)

    @app.exception_handler(Exception)
    async def broken(request: Request, exc: Exception) -> JSONResponse:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=exc)
        return JSONResponse(failure(language_of(request)), 500)


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
