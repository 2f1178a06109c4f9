"""What an update says: who writes where, and whether it is meant for the bot at all."""

import re
from dataclasses import dataclass
from typing import Any

from telegram import Message, MessageEntity, Update

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+|$)")


@dataclass(frozen=True)
class Attachment:
    """A file of a message. ``size`` in bytes, None where Telegram does not say."""

    file_id: str
    name: str
    size: int | None


@dataclass(frozen=True)
class Incoming:
    """One update, read.

    Attributes:
        text: what was written, without the command and without the bot's own name.
        command: without its slash, None for free text.
        pressed: data of the button pressed, and ``press`` the id that Telegram wants acknowledged.
        addressed: False for what people in a group say to each other.
        locale: the language of the writer's app, such as "id" or "en-GB".
    """

    update_id: int
    chat: int
    private: bool
    addressed: bool
    text: str = ""
    command: str | None = None
    pressed: str | None = None
    press: str | None = None
    pressed_on: int | None = None
    attachment: Attachment | None = None
    message: int | None = None
    thread: int | None = None
    locale: str | None = None


def chat_of(document: dict[str, Any]) -> int:
    """The chat of a raw update, whose order it keeps; 0 for an update of no chat."""
    message = document.get("message") or document.get("callback_query", {}).get("message") or {}
    chat = message.get("chat", {}).get("id", 0)
    return chat if isinstance(chat, int) else 0


def read(update: Update, bot_id: int, username: str) -> Incoming | None:
    """Read an update; None where there is nothing in it that a bot can answer."""
    if (query := update.callback_query) is not None:
        if query.message is None or query.data is None:
            return None
        on = query.message
        return Incoming(
            update_id=update.update_id,
            chat=on.chat.id,
            private=on.chat.type == "private",
            addressed=True,
            pressed=query.data,
            press=query.id,
            pressed_on=on.message_id,
            thread=_thread(on) if isinstance(on, Message) else None,
            locale=query.from_user.language_code,
        )
    message = update.message
    if message is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    written = message.text or message.caption or ""
    command, text, foreign = _command(written, username)
    private = message.chat.type == "private"
    replied = message.reply_to_message is not None and (
        message.reply_to_message.from_user is not None and message.reply_to_message.from_user.id == bot_id
    )
    mentioned = _mentions(message, username)
    document = message.document
    return Incoming(
        update_id=update.update_id,
        chat=message.chat.id,
        private=private,
        addressed=not foreign and (private or command is not None or replied or mentioned),
        text=_without(text, username) if mentioned else text.strip(),
        command=command,
        attachment=None
        if document is None
        else Attachment(document.file_id, document.file_name or "berkas", document.file_size),
        message=message.message_id,
        thread=_thread(message),
        locale=None if message.from_user is None else message.from_user.language_code,
    )


def _command(text: str, username: str) -> tuple[str | None, str, bool]:
    """The command, the rest, and whether it is meant for another bot."""
    match = _COMMAND.match(text)
    if match is None:
        return None, text, False
    if match[2] is not None and match[2].lower() != username.lower():
        return None, text, True
    return match[1].lower(), text[match.end() :].strip(), False


def _mentions(message: Message, username: str) -> bool:
    found = {**message.parse_entities([MessageEntity.MENTION]), **message.parse_caption_entities(["mention"])}
    return any(name.lower() == f"@{username.lower()}" for name in found.values())


def _without(text: str, username: str) -> str:
    return " ".join(re.sub(rf"@{re.escape(username)}\b", " ", text, flags=re.IGNORECASE).split())


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
