"""A stand-in of the Bot API on loopback, over real HTTP, as strict as the real one where a bot can go wrong.

It knows the methods that this bot uses and refuses all others, parses HTML entities, counts in UTF-16 units, keeps
the semantics of getUpdates and setWebhook, and can fail: 429, 5xx, and silence before or after a call was accepted.
"""

import asyncio
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from random import Random
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "7000000001:AAStandInTokenThatOpensNothing-0123456"
USERNAME = "TanyaContohBot"
BOT = {"id": 7000000001, "is_bot": True, "first_name": "Tanya", "username": USERNAME}
Fault = Literal["429", "500", "silence before", "silence after"]
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"}
_NAMED = {"lt", "gt", "amp", "quot"}


class Refused(Exception):
    """An error of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.document = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.document["parameters"] = parameters


@dataclass
class Call:
    """A call that was accepted.

    Attributes:
        text: after the entities were parsed; entities: (tag, the text in it).
        fault: what became of its response, None where the bot got it.
    """

    method: str
    chat: int | None
    parameters: dict[str, Any]
    text: str = ""
    entities: list[tuple[str, str]] = field(default_factory=list)
    fault: str | None = None
    photo: bytes | None = None

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [b for row in self.parameters.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_html(markup: str) -> tuple[str, list[tuple[str, str]]]:
    """The text and entities of Telegram's HTML.

    Raises:
        Refused: as the Bot API words it.
    """
    text, entities, open_tags = "", [], []
    place = 0
    for match in re.finditer(r"<[^>]*>?|&([#a-zA-Z0-9]+);", markup):
        text += markup[place : match.start()]
        place = match.end()
        found = match[0]
        if found.startswith("&"):
            if not (found[1:-1] in _NAMED or re.fullmatch(r"#(\d+|x[0-9a-fA-F]+)", found[1:-1])):
                text += found  # the real one leaves other names as they are
            else:
                text += unescape(found)
            continue
        tag = re.fullmatch(r"<(/?)([a-z-]+)((?:\s+[^>]*)?)>", found)
        if tag is None or tag[2] not in _TAGS:
            raise Refused(400, f"Bad Request: can't parse entities: Unsupported start tag {found[:20]!r}")
        if tag[1]:
            if not open_tags or open_tags[-1][0] != tag[2]:
                raise Refused(400, f"Bad Request: can't parse entities: Unmatched end tag {found!r}")
            name, start = open_tags.pop()
            if text[start:]:
                entities.append((name, text[start:]))
            continue
        if tag[3].strip() and (tag[2], tag[3].strip()) != ("blockquote", "expandable"):
            raise Refused(400, f"Bad Request: can't parse entities: unexpected attribute in {found!r}")
        if tag[2] == "blockquote" and any(name == "blockquote" for name, _ in open_tags):
            raise Refused(400, "Bad Request: can't parse entities: nested blockquote")
        open_tags.append((tag[2], len(text)))
    text += markup[place:]
    if open_tags:
        raise Refused(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag")
    if len(entities) > 100:
        raise Refused(400, "stand-in: more than 100 entities, the real one would drop some silently")
    return text, entities


class BotApi:
    """The state of the stand-in; its methods may be called from the test's thread.

    Args:
        silence: seconds that a silent response takes; more than the bot's read timeout.
        fails: says for each call that would be accepted whether it fails.
        disorder: shuffles the updates of a getUpdates and repeats old ones among them.
    """

    def __init__(
        self,
        silence: float = 2.0,
        fails: Callable[[str], Fault | None] | None = None,
        disorder: Random | None = None,
    ) -> None:
        self.silence = silence
        self.disorder = disorder
        self.failed: list[tuple[str, Fault, dict[str, Any]]] = []
        self.fails = fails or (lambda method: None)
        self.calls: list[Call] = []
        self.refusals: list[tuple[str, str]] = []
        self.chats: dict[int, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.pending: list[dict[str, Any]] = []
        self.given: list[dict[str, Any]] = []
        self.webhook: dict[str, str] = {}
        self.polls = 0
        self.address = ""
        self.asked: set[str] = set()
        self.closing = False
        self._ids, self._messages = count(1000), count(1)
        self._lock = threading.Lock()

    # -- what people do ------------------------------------------------------------------------------------

    def message(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """Somebody writes; returns the update that waits for the bot."""
        entities = [
            {"type": "mention", "offset": units(text[: m.start()]), "length": units(m[0])}
            for m in re.finditer(r"@\w+", text)
        ]
        content: dict[str, Any] = {"text": text} | ({"entities": entities} if entities else {})
        return self.update({"message": self._message(chat) | content | more})

    def press(self, chat: int, data: str, on: int = 1) -> dict[str, Any]:
        """Somebody presses a button."""
        message = self._message(chat) | {"message_id": on, "from": BOT, "text": "..."}
        query = {"id": str(next(self._ids)), "from": _person(chat), "chat_instance": "1", "data": data}
        return self.update({"callback_query": query | {"message": message}})

    def update(self, content: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            document = {"update_id": next(self._ids), **content}
            if not self.webhook:
                self.pending.append(document)
            return document

    def _message(self, chat: int) -> dict[str, Any]:
        kind = {"id": chat, "type": "private", "first_name": "Sari"}
        if chat < 0:
            kind = {"id": chat, "type": "supergroup", "title": "Grup"}
        self.chats.setdefault(chat, kind)
        sender = _person(abs(chat))
        return {"message_id": next(self._messages), "date": int(time.time()), "chat": kind, "from": sender}

    def deliver(self, document: dict[str, Any], secret: str | None = None) -> int:
        """Send an update to the webhook, with its secret or another; returns the status."""
        given = self.webhook["secret"] if secret is None else secret
        headers = {b"X-Telegram-Bot-Api-Secret-Token": given.encode()}
        return httpx.post(self.webhook["url"], json=document, headers=headers, timeout=10).status_code

    # -- what was accepted ---------------------------------------------------------------------------------

    def sent(self, chat: int | None = None, *methods: str) -> list[Call]:
        wanted = methods or ("sendMessage", "sendPhoto")
        with self._lock:
            return [c for c in self.calls if c.method in wanted and chat in (None, c.chat)]

    def wait(self, number: int, chat: int | None = None, *methods: str, seconds: float = 20.0) -> list[Call]:
        """The accepted messages, once there are so many."""
        self.until(lambda: len(self.sent(chat, *methods)) >= number, seconds, lambda: str(self.refusals))
        return self.sent(chat, *methods)

    @staticmethod
    def until(true: Callable[[], bool], seconds: float = 20.0, why: Callable[[], str] = lambda: "") -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"did not come about in {seconds} s {why()}"
            time.sleep(0.02)

    # -- HTTP ----------------------------------------------------------------------------------------------

    async def respond(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        if token != TOKEN:
            return _error(Refused(401, "Unauthorized"))
        known = getattr(self, f"_{method}", None) if re.fullmatch(r"[a-z]\w*[A-Z]\w+", method) else None
        if known is None:
            self.refusals.append((method, "unknown method"))
            return _error(Refused(404, "Not Found"))
        try:
            parameters = await _parameters(request)
        except ClientDisconnect:  # the bot was killed while it wrote
            return Response(status_code=499)
        self.asked.add(method)
        fault = self.fails(method)
        if fault is not None:
            self.failed.append((method, fault, parameters))
        try:
            if fault == "429":
                raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
            if fault == "500":
                raise Refused(502, "Bad Gateway")
            if fault == "silence before":
                await self._quiet()
                raise Refused(504, "Gateway Timeout")
            before = len(self.calls)
            result = await known(parameters)
            if fault == "silence after":
                for call in self.calls[before:]:
                    call.fault = fault
                await self._quiet()
        except Refused as reason:
            if fault is None:
                self.refusals.append((method, str(reason)))
            return _error(reason)
        return JSONResponse({"ok": True, "result": result})

    async def _quiet(self) -> None:
        end = time.monotonic() + self.silence
        while time.monotonic() < end and not self.closing:
            await asyncio.sleep(0.02)

    async def file(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return Response(status_code=401)
        content = self.files.get(request.path_params["path"])
        return Response(status_code=404) if content is None else Response(content)

    async def _getMe(self, given: dict[str, Any]) -> dict[str, Any]:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.polls += 1
        mine = self.polls
        offset, limit = int(given.get("offset", 0)), int(given.get("limit", 100))
        with self._lock:
            self.pending = [u for u in self.pending if u["update_id"] >= offset]
        end = time.monotonic() + int(given.get("timeout", 0))
        while True:
            if mine != self.polls:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            with self._lock:
                if self.pending or time.monotonic() >= end or self.closing:
                    return self._disordered(self.pending[:limit])
            await asyncio.sleep(0.02)

    def _disordered(self, updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.disorder is None:
            return updates
        again = self.disorder.sample(self.given, min(len(self.given), self.disorder.randint(0, 2)))
        self.given += updates
        mixed = [*updates, *again]
        self.disorder.shuffle(mixed)
        return mixed

    async def _setWebhook(self, given: dict[str, Any]) -> bool:
        url, secret = given["url"], str(given.get("secret_token", ""))
        if urlsplit(url).scheme != "https" and urlsplit(url).hostname != "127.0.0.1":
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = {"url": url, "secret": secret}
        return True

    async def _deleteWebhook(self, given: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    async def _setMyCommands(self, given: dict[str, Any]) -> bool:
        for command in given["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self._accept(Call("setMyCommands", None, given))
        return True

    async def _sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._sent("sendMessage", given, "text", 4096)

    async def _sendPhoto(self, given: dict[str, Any]) -> dict[str, Any]:
        photo = given.pop("photo", None)
        if not isinstance(photo, bytes) or not photo.startswith(b"\x89PNG\r\n\x1a\n") or len(photo) > 10_000_000:
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        width, height = struct.unpack(">II", photo[16:24])
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        return self._sent("sendPhoto", given, "caption", 1024, photo)

    async def _sendChatAction(self, given: dict[str, Any]) -> bool:
        self._accept(Call("sendChatAction", self._chat(given), given))
        return True

    async def _sendMessageDraft(self, given: dict[str, Any]) -> bool:
        if self._chat(given) < 0 or int(given.get("draft_id", 0)) == 0:
            raise Refused(400, "Bad Request: DRAFT_INVALID")
        if given.get("parse_mode") not in (None, "HTML"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        text, entities = parse_html(given.get("text", ""))
        if units(text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        self._accept(Call("sendMessageDraft", self._chat(given), given, text, entities))
        return True

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> bool:
        if units(given.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self._accept(Call("answerCallbackQuery", None, given))
        return True

    async def _editMessageReplyMarkup(self, given: dict[str, Any]) -> bool:
        _check_buttons(given)
        self._accept(Call("editMessageReplyMarkup", self._chat(given), given))
        return True

    async def _getFile(self, given: dict[str, Any]) -> dict[str, Any]:
        name = f"documents/{given['file_id']}"
        if name not in self.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.files[name]) > 20 * 1024 * 1024:
            raise Refused(400, "Bad Request: file is too big")
        return {"file_id": given["file_id"], "file_unique_id": "u", "file_path": name}

    def _sent(
        self, method: str, given: dict[str, Any], where: str, limit: int, photo: bytes | None = None
    ) -> dict[str, Any]:
        chat = self._chat(given)
        raw = given.get(where, "")
        if given.get("parse_mode") not in (None, "HTML"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        text, entities = parse_html(raw) if given.get("parse_mode") == "HTML" else (raw, [])
        if where == "text" and not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(text) > limit:
            raise Refused(400, f"Bad Request: {'message' if where == 'text' else 'message caption'} is too long")
        _check_buttons(given)
        self._accept(Call(method, chat, given, text, entities, photo=photo))
        content = {"text": text} if photo is None else {"caption": text, "photo": []}
        number = next(self._messages)
        return {"message_id": number, "date": int(time.time()), "chat": self.chats[chat], "from": BOT, **content}

    def _accept(self, call: Call) -> None:
        with self._lock:
            self.calls.append(call)

    def _chat(self, given: dict[str, Any]) -> int:
        chat = int(given.get("chat_id", 0))
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        return chat


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Sari", "language_code": "id"}


def _check_buttons(given: dict[str, Any]) -> None:
    for row in given.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if not button.get("text"):
                raise Refused(400, "Bad Request: can't parse inline keyboard button: Text buttons are empty")
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")


async def _parameters(request: Request) -> dict[str, Any]:
    """The parameters of a call, structures decoded, files as bytes."""
    given: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return given | json.loads(await request.body())
    async with request.form() as form:
        for key, value in form.items():
            if isinstance(value, UploadFile):
                given[key] = await value.read()
            elif key in ("text", "caption", "secret_token", "url", "parse_mode"):
                given[key] = value
            else:
                try:
                    given[key] = json.loads(value)
                except ValueError:
                    given[key] = value
    for key, value in list(given.items()):  # PTB attaches a file under a name of its own
        if isinstance(value, str) and value.startswith("attach://"):
            given[key] = given.pop(value.removeprefix("attach://"))
    return given


def _error(reason: Refused) -> Response:
    return JSONResponse(reason.document, status_code=reason.code)


@contextmanager
def serving(api: BotApi) -> Iterator[str]:
    """Serve the stand-in; gives its address."""
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", api.respond, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", api.file),
        ]
    )
    with listening(app) as address:
        try:
            yield address
        finally:
            api.closing = True


@contextmanager
def reserved() -> Iterator[int]:
    """A port that is free once the block ends."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def listening(app: Any, port: int = 0) -> Iterator[str]:
    """Serve any ASGI app on a port of loopback, a free one by default, in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    BotApi.until(lambda: server.started, 20)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
