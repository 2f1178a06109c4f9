"""From one update to what is said to it. Blocking; called from threads, for one chat at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Engine

from assistant.answer import Block
from assistant.permissions import VISITOR, Asker
from assistant.records.agencies import spoken
from assistant.records.invitations import accept, who
from assistant.request import Question
from bots.telegram.assistant_face import Assistant
from bots.telegram.commands import COMMANDS, command, question
from bots.telegram.feedback import thumb
from bots.telegram.identities import CHANNEL, choose_language, chosen_language, untie
from bots.telegram.importing import LARGEST, Importing
from bots.telegram.incoming import Attachment, Incoming
from bots.telegram.ingesting import Ingesting
from bots.telegram.mailbox import Mailbox
from bots.telegram.outgoing import Button, Kept, Outgoing, Reply
from bots.telegram.pieces import Piece, messages, piece
from bots.telegram.rendering import buttons_of, reply_of
from bots.telegram.searching import found
from bots.telegram.words import words
from scoring import Language, RefusedInput

SEARCHED = 5  # passages shown by /cari
_LANGUAGES: dict[str, Language | None] = {"id": "id", "en": "en", "": None}
Fetch = Callable[[Attachment], bytes]
Settled = Callable[[Block], None]
Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Talk:
    """The chat that an update came from.

    Attributes:
        asker: the account tied to a private chat; a visitor in every group.
        chosen: the language of /bahasa; None follows the question.
        language: of the bot's own words.
        settled: is told each block of the answer as soon as it is certain.
    """

    incoming: Incoming
    asker: Asker
    chosen: Language | None
    language: Language
    settled: Settled

    @property
    def conversation(self) -> str:
        return f"{CHANNEL}:{self.incoming.chat}"


class Handling:
    """Answers updates.

    Args:
        assistant: answers the questions.
        engine: the records' database.
        mailbox: knows what the buttons stand for.
        importing: reads and stores the files of staff.
        ingesting: reads and stores the rules of the operator.
        language: of the bot's own words where nothing says which.
    """

    def __init__(
        self,
        assistant: Assistant,
        engine: Engine,
        mailbox: Mailbox,
        importing: Importing,
        ingesting: Ingesting,
        language: Language = "id",
    ) -> None:
        self._assistant = assistant
        self._engine = engine
        self._mailbox = mailbox
        self._importing = importing
        self._ingesting = ingesting
        self._language: Language = language
        self._commands: dict[str, Callable[[Talk], Reply]] = {
            "mulai": self._start,
            "cari": self._search,
            "bahasa": self._ask_language,
            "privasi": lambda talk: self._say(talk, "privacy"),
            "hapus": self._ask_deletion,
            "bantuan": self._help,
        }

    def reply(self, incoming: Incoming, fetch: Fetch, settled: Settled) -> Reply:
        """What is said to an update; nothing to what is not meant for the bot.

        Args:
            fetch: gets a file's bytes.
            settled: is told each block of an answer as soon as it is certain.
        """
        if not incoming.addressed:
            return Reply()
        talk = self._talk(incoming, settled)
        try:
            if incoming.pressed is not None:
                return self._pressed(talk, incoming.pressed)
            if incoming.command is not None:
                return self._command(talk, incoming.command)
            if incoming.attachment is not None:
                return self._read_file(talk, incoming.attachment, fetch)
            if not incoming.text:
                return self._say(talk, "not_text")
            return self._ask(talk, incoming.text)
        except RefusedInput as reason:
            return self._told(talk, [piece(reason.message.into(talk.language))])

    def apology(self, incoming: Incoming) -> Reply:
        """What is said where an update could not be handled."""
        return self._say(self._talk(incoming), "broken") if incoming.addressed else Reply()

    def _talk(self, incoming: Incoming, settled: Settled = lambda _: None) -> Talk:
        asker = who(self._engine, CHANNEL, str(incoming.chat)) if incoming.private else VISITOR
        chosen = chosen_language(self._engine, incoming.chat)
        locale = (incoming.locale or "")[:2]
        return Talk(incoming, asker, chosen, chosen or ("en" if locale == "en" else self._language), settled)

    # -- questions ---------------------------------------------------------------------------------------

    def _ask(self, talk: Talk, text: str, language: Language | None = None) -> Reply:
        asked = Question(text=text, language=talk.chosen or language, conversation=talk.conversation)
        answer = self._assistant.ask(asked, talk.asker, talk.settled)
        reply_to = None if talk.incoming.private else talk.incoming.message
        return reply_of(answer, text, reply_to=reply_to, thread=talk.incoming.thread)

    def _command(self, talk: Talk, name: str) -> Reply:
        known = command(name)
        if known is None:
            return self._say(talk, "unknown_command", command=name) if talk.incoming.private else Reply()
        if (handle := self._commands.get(known.name)) is not None:
            return handle(talk)
        text = question(known, talk.incoming.text, talk.language)
        assert text is not None
        return self._ask(talk, text, talk.language if not talk.incoming.text else None)

    def _search(self, talk: Talk) -> Reply:
        if not talk.incoming.text:
            return self._say(talk, "search_what")
        passages = self._assistant.search(talk.incoming.text, SEARCHED)
        return self._told(talk, found(passages, talk.language)) if passages else self._say(talk, "search_nothing")

    # -- buttons -----------------------------------------------------------------------------------------

    def _pressed(self, talk: Talk, data: str) -> Reply:
        kind, _, rest = data.partition(":")
        if kind == "a":
            id_, _, what = rest.partition(":")
            kept = self._mailbox.kept(id_, talk.incoming.chat)
            if kept is not None and what in ("up", "down"):
                return self._thumb(talk, kept, what == "up")
            if kept is not None and what[:1] == "s" and what[1:].isdecimal() and int(what[1:]) < len(kept.suggestions):
                return self._ask(talk, kept.suggestions[int(what[1:])], kept.language)
        elif kind == "l" and rest in _LANGUAGES:
            return self._set_language(talk, _LANGUAGES[rest])
        elif kind == "f":
            return self._store_file(talk, rest)
        elif kind == "r":
            return self._store_rule(talk, rest)
        elif kind == "h" and rest in ("talk", "tie"):
            return self._delete(talk, tie=rest == "tie")
        return Reply(notice=words("button_old", talk.language))

    def _thumb(self, talk: Talk, kept: Kept, helpful: bool) -> Reply:
        thumb(self._engine, kept, helpful, talk.asker)
        rest = Outgoing(kind="buttons", on=talk.incoming.pressed_on, buttons=buttons_of(kept, thumbs=False))
        return Reply(messages=(rest,), notice=words("thanks", kept.language))

    # -- files -------------------------------------------------------------------------------------------

    def _read_file(self, talk: Talk, sent: Attachment, fetch: Fetch) -> Reply:
        agency = self._importing.agency(talk.asker)
        rules = self._ingesting.may(talk.asker)
        if agency is None and not rules:
            return self._say(talk, "file_not_allowed")
        if (sent.size or 0) > LARGEST:
            return self._say(talk, "file_too_large")
        if agency is None:
            token, report = self._ingesting.read(talk.asker, sent.name, fetch(sent), talk.language)
            return self._told(talk, report, (self._yes_or_no(talk, "r", token),))
        named, report = self._importing.read(
            talk.asker, agency, sent.name, fetch(sent), talk.incoming.text, talk.language
        )
        return self._told(talk, report, (self._yes_or_no(talk, "f", named),))

    def _yes_or_no(self, talk: Talk, kind: str, named: str) -> tuple[Button, ...]:
        return tuple(
            Button(label=words(f"file_{answer}", talk.language), data=f"{kind}:{answer}:{named}")
            for answer in ("yes", "no")
        )

    def _store_rule(self, talk: Talk, rest: str) -> Reply:
        what, _, token = rest.partition(":")
        if not self._ingesting.may(talk.asker):
            return self._say(talk, "file_not_allowed")
        if what != "yes":
            self._ingesting.drop(talk.asker, token)
            return self._say(talk, "file_dropped")
        stored = self._ingesting.store(talk.asker, token)
        if stored is None:
            return self._say(talk, "file_gone")
        rule, count = stored
        return self._say(talk, "rule_stored", rule=rule, count=str(count))

    def _store_file(self, talk: Talk, rest: str) -> Reply:
        what, _, named = rest.partition(":")
        agency = self._importing.agency(talk.asker)
        if agency is None:
            return self._say(talk, "file_not_allowed")
        if what != "yes":
            self._importing.drop(talk.asker, named)
            return self._say(talk, "file_dropped")
        stored = self._importing.store(talk.asker, agency, named)
        return self._say(talk, "file_gone") if stored is None else self._say(talk, "file_stored", count=str(stored))

    # -- the bot's own words -----------------------------------------------------------------------------

    def _start(self, talk: Talk) -> Reply:
        code = talk.incoming.text
        if code and not talk.incoming.private:
            return self._say(talk, "code_in_group")
        if not code:
            agency = self._agency(talk.asker)
            return self._say(talk, "hello") if agency is None else self._say(talk, "hello_known", agency=agency)
        asker = accept(self._engine, code, CHANNEL, str(talk.incoming.chat))
        return self._say(talk, "joined", agency=self._agency(asker) or "SPBE")

    def _agency(self, asker: Asker) -> str | None:
        """What an account belongs to: its agency, or the province that it coordinates."""
        entry = None if asker.agency_id is None else self._assistant.register.by_id(asker.agency_id)
        return asker.province if entry is None else spoken(entry.name)

    def _ask_language(self, talk: Talk) -> Reply:
        labels = ("Bahasa Indonesia", "English", words("language_follow", talk.language))
        rows = zip(labels, _LANGUAGES, strict=True)
        buttons = tuple((Button(label=label, data=f"l:{key}"),) for label, key in rows)
        return self._told(talk, [piece(words("what_language", talk.language))], buttons)

    def _set_language(self, talk: Talk, language: Language | None) -> Reply:
        choose_language(self._engine, talk.incoming.chat, language)
        told = words("language_follows", talk.language) if language is None else words("language_set", language)
        return self._told(talk, [piece(told)])

    def _ask_deletion(self, talk: Talk) -> Reply:
        choices = ["talk", "tie"] if talk.asker.account_id is not None else ["talk"]
        buttons = tuple((Button(label=words(f"delete_{c}", talk.language), data=f"h:{c}"),) for c in choices)
        return self._told(talk, [piece(words("delete_what", talk.language))], buttons)

    def _delete(self, talk: Talk, *, tie: bool) -> Reply:
        for owner in {talk.asker.name, VISITOR.name}:
            self._assistant.memory.forget(owner, talk.conversation)
        self._mailbox.forget(talk.incoming.chat)
        if tie and talk.incoming.private:
            untie(self._engine, talk.incoming.chat)
        return self._say(talk, "deleted_tie" if tie else "deleted_talk")

    def _help(self, talk: Talk) -> Reply:
        lines = (f"/{c.name}: {c.description.into(talk.language)}" for c in COMMANDS)
        return self._say(talk, "help", commands="\n".join(lines))

    def _say(self, talk: Talk, key: str, **values: str) -> Reply:
        return self._told(talk, [piece(words(key, talk.language, **values))])

    def _told(self, talk: Talk, pieces: Iterable[Piece], buttons: Buttons = ()) -> Reply:
        sent = [Outgoing(html=html, thread=talk.incoming.thread) for html in messages(pieces)]
        sent[-1] = sent[-1].model_copy(update={"buttons": buttons})
        return Reply(messages=tuple(sent))
