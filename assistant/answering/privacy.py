"""What is kept about the asker, who sees it, and how it is deleted."""

import re

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.request import Request

_TALK = r"(?:percakapan|obrolan|chat|riwayat|conversations?|history|messages?)"
_MINE = rf"(?:{_TALK}(?: ini| saya| kami| aku| kita)?|data (?:saya|kami|aku|kita)|(?:my|our) (?:data|{_TALK}))"
_DELETE = r"(?:hapus|menghapus|dihapus|lupakan|delete|deleted|erase|forget)"
_KEEP = r"(?:simpan|menyimpan|disimpan|direkam|dicatat|store|stored|keep|kept|save|saved|record|recorded)"
_ASKED = re.compile(
    rf"\b{_DELETE}(?: \w+)? {_MINE}\b|\b{_MINE}(?: \w+)? {_DELETE}\b"
    rf"|\b{_KEEP} {_MINE}\b|\b{_MINE}(?: \w+)? {_KEEP}\b"
    r"|\b(?:privasi|privacy) (?:saya|kami|policy)\b|^\W*(?:privasi|privacy|my privacy)\W*$",
    re.IGNORECASE,
)


def asked(question: str, request: Request) -> bool:
    """Whether a question is about the asker's own data here, not about a rule on data."""
    return request.rule is None and request.locator is None and _ASKED.search(question) is not None


def answer(request: Request, desk: Desk) -> Answer:
    say = desk.say
    desk.draft.sentence(
        say(
            "Dari percakapan ini yang diingat hanya inti beberapa pertanyaan terakhir, supaya pertanyaan susulan "
            "dipahami; ingatan itu terhapus sendiri setelah beberapa jam.",
            "Of this conversation only the gist of the last few questions is remembered, so that follow-ups are "
            "understood; that memory is deleted by itself after some hours.",
        )
    )
    desk.draft.item(
        say(
            "Di web, tombol «Hapus percakapan ini» di bawah jawaban menghapusnya seketika.",
            "On the web, the button “Delete this conversation” below the answers deletes it at once.",
        )
    )
    desk.draft.item(
        say(
            "Di Telegram, /hapus menghapus percakapan dan /privasi menunjukkan apa yang disimpan.",
            "In Telegram, /hapus deletes the conversation and /privasi shows what is kept.",
        )
    )
    desk.draft.item(
        say(
            "Penilaian, catatan, dan berkas bukti adalah milik instansi Anda dan hanya terlihat oleh instansi itu "
            "serta koordinator provinsinya; penghapusannya lewat pengelola layanan.",
            "Assessments, notes and evidence belong to your agency and are seen by it and its province coordinator "
            "only; the operator of the service deletes them.",
        )
    )
    return desk.draft.answer(request.model_copy(update={"intent": "help", "clarify": None}))
