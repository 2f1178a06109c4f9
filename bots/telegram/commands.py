"""The bot's commands: their names, what the menu says of them, and the question that each stands for."""

from dataclasses import dataclass

from scoring import Language, Text


@dataclass(frozen=True)
class Command:
    """A command.

    Attributes:
        plain: the question it stands for alone.
        about: the question with what was written after it as ``{words}``; None for a command that is no question.
    """

    name: str
    description: Text
    plain: Text | None = None
    about: Text | None = None


COMMANDS = (
    Command("mulai", Text(id="Mulai, atau masuk dengan kode undangan", en="Start, or sign in with an invitation code")),
    Command(
        "skor",
        Text(id="Nilai indeks, domain, atau indikator", en="Index, domain or indicator values"),
        Text(id="Berapa indeks kami?", en="What is our index?"),
        Text(id="Berapa nilai {words}?", en="What is the value of {words}?"),
    ),
    Command(
        "kenapa",
        Text(id="Sebab suatu nilai rendah atau tinggi", en="Why a value is low or high"),
        Text(id="Kenapa indeks kami rendah?", en="Why is our index low?"),
        Text(id="Kenapa {words}?", en="Why {words}?"),
    ),
    Command(
        "rencana",
        Text(id="Langkah menuju target, misalnya /rencana 3,5", en="Steps to a target, such as /rencana 3.5"),
        Text(id="Susun rencana termurah kami", en="Cheapest plan for us to the next rating"),
        Text(id="Rencana menuju {words}?", en="What is the plan to reach {words}?"),
    ),
    Command(
        "banding",
        Text(id="Bandingkan dengan instansi lain", en="Compare with other agencies"),
        Text(id="Peringkat kami di provinsi", en="Where do we rank in our province?"),
        Text(id="Bandingkan {words}", en="Compare {words}"),
    ),
    Command(
        "tren",
        Text(id="Perkembangan antartahun", en="Development over the years"),
        Text(id="Bagaimana tren indeks kami?", en="How has our index developed?"),
        Text(id="Bagaimana tren indeks {words}?", en="How has the index of {words} developed?"),
    ),
    Command("cari", Text(id="Cari pasal, kriteria, atau bukti", en="Search articles, criteria and evidence")),
    Command("bahasa", Text(id="Pilih bahasa jawaban", en="Choose the language of answers")),
    Command("privasi", Text(id="Apa yang disimpan tentang Anda", en="What is kept about you")),
    Command("hapus", Text(id="Hapus percakapan ini", en="Delete this conversation")),
    Command("bantuan", Text(id="Apa yang bisa ditanyakan", en="What you can ask")),
)
ALIASES = {"start": "mulai", "help": "bantuan", "language": "bahasa", "privacy": "privasi"}
_NAMED = {command.name: command for command in COMMANDS}


def command(name: str) -> Command | None:
    """The command of a name or of the name that other bots use for it."""
    return _NAMED.get(ALIASES.get(name, name))


def question(asked: Command, words: str, language: Language) -> str | None:
    """The question that a command stands for; None for one that is no question."""
    if words and asked.about is not None:
        return asked.about.into(language).format(words=words)
    return None if asked.plain is None else asked.plain.into(language)
