"""What is asked about the assistant itself: what it can do, who it is, what it keeps, thanks and complaints."""

import re
from collections.abc import Callable

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.conversation import EXPIRES, REMEMBERED
from assistant.records.agencies import spoken
from assistant.request import Request
from assistant.understanding.intents import asks_forgetting

_TALK = (
    r"(?:percakapan|obrolan|chat|conversation|riwayat|histor[iy]|pertanyaan|data (?:saya|kami|ku)|my data|everything)"
)
_SHOWN = re.compile(
    rf"\b(?:tampilkan|lihat\w*|tunjukkan|show|apa (?:saja )?yang (?:kamu|anda|bot))\b(?: \w+){{0,3}} "
    rf"(?:{_TALK}|ingat|simpan)|"
    r"\bwhat (?:do|did) you (?:remember|keep|store)|\bdo you (?:remember|keep|store)"
)
_WHO = re.compile(r"\b(?:siapa|who|orang lain|anyone|others?)\b.*\b(?:baca|membaca|lihat|melihat|read|see)\b")
_KEPT = re.compile(
    r"\b(?:disimpan|simpan|rahasia|privasi|private|privacy|stored?|aman|dibaca|baca|lihat|read|see)\b"
    r".*\b(?:percakapan|obrolan|chat|pertanyaan|data|questions?|orang|siapa|di sini)\b"
    rf"|{_TALK}.*\b(?:disimpan|simpan|rahasia|privasi|private|stored?|kept|aman|dibaca|safe|secure)\b"
    r"|\bwho can (?:read|see)\b|\bsiapa\b.*\b(?:baca|lihat)\b"
)
_THANKS = re.compile(r"\b(?:terima ?kasih|trima ?kasih|ma?kas[ih]+|mksh|thanks?|thx|tq|trims|nuhun|suwun)\b")
_COMPLAINT = re.compile(
    r"\b(?:salah|ngawur|ngaco|tidak (?:nyambung|sesuai|membantu|berguna)|(?:gak|ga|nggak) (?:nyambung|sesuai|membantu|"
    r"berguna|jelas)|payah|jelek|lemot|bukan itu|wrong|incorrect|not what i asked|misunderst\w+|useless|unhelpful)\b"
)
_LANGUAGES = re.compile(
    r"\b(?:bahasa|language|languages|speak|berbahasa)\b|\b(?:in|pakai|dalam) (?:english|inggris|indonesian?)\b"
)
_IDENTITY = re.compile(
    r"\b(?:kamu|anda|lu|bot|kau)\b.*\b(?:siapa|robot|manusia|orang|ai|chatgpt|model|dibuat|bikin|buat|nama)\b"
    r"|\b(?:siapa|namamu|nama)\b.*\b(?:kamu|anda|namamu|membuat|pembuat|bikin)\b|\bnamamu\b"
    r"|\b(?:who|what) are you\b|\bare you\b|\byour name\b|\bwho (?:made|built|created|runs)\b"
)
_NOTED = re.compile(
    r"(?:(?:ok\w*|oke\w*|sip\w*|siap|noted|baik(?:lah)?|mantap|great|nice|cool|paham|mengerti|jelas|keren|ya|iya|kak|min|pak|"
    r"bu|gan|banget|sekali|saya|understood|got it|bye|dadah|sampai jumpa)[ ,.!]*)+"
)
_GREETING = re.compile(
    r"^(?:halo\w*|hallo|hai|hi|hello|hey|hei|selamat|met|pagi|siang|sore|malam|good|assalamu\w*|permisi)\b"
)
_ABILITIES = (
    (
        "Nilai dan sebab: indeks, domain, aspek, indikator, dan apa yang menahannya.",
        "Values and reasons: index, domains, aspects, indicators, and what holds them back.",
    ),
    (
        "Rencana: langkah paling murah menuju target, dan pengaruh kenaikan suatu indikator.",
        "Plans: the cheapest steps to a target, and the effect of raising an indicator.",
    ),
    (
        "Perbandingan antarinstansi dan perkembangan antartahun.",
        "Comparison of agencies and development over the years.",
    ),
    (
        "Syarat dan bukti tiap tingkat, serta isi aturan dengan pasalnya.",
        "Requirements and evidence of each level, and what the rules say, with the article.",
    ),
)


def answer(request: Request, desk: Desk) -> Answer:
    asked = desk.question.lower()
    told = next((tell for cue, tell in _TOLD if (cue.fullmatch if cue is _NOTED else cue.search)(asked)), _abilities)
    (_deleted if wants_deletion(asked) else told)(desk)
    _suggest(request, desk)
    return desk.draft.answer(request)


def wants_deletion(question: str) -> bool:
    """Whether the conversation is to be forgotten ("hapus percakapan saya")."""
    return asks_forgetting(question.lower())


def _deleted(desk: Desk) -> None:
    if desk.earlier is None:
        desk.draft.sentence(
            desk.say(
                "Tidak ada percakapan yang tersimpan di sini; pertanyaan ini berdiri sendiri.",
                "No conversation is kept here; this question stands alone.",
            )
        )
        return
    desk.draft.sentence(
        desk.say(
            "Percakapan ini sudah saya hapus; pertanyaan berikutnya dimulai dari awal.",
            "I have deleted this conversation; your next question starts afresh.",
        )
    )


def _shown(desk: Desk) -> None:
    asked = [request.query for request in desk.earlier or () if request.query]
    if not asked:
        desk.draft.sentence(
            desk.say(
                "Belum ada yang saya ingat dari percakapan ini.", "I remember nothing of this conversation so far."
            )
        )
    else:
        desk.draft.sentence(desk.say("Yang saya ingat dari percakapan ini:", "What I remember of this conversation:"))
        for query in asked:
            desk.draft.item(desk.draft.name(query))
    _kept(desk)


def _kept(desk: Desk) -> None:
    turns, hours = desk.draft.name(str(REMEMBERED)), desk.draft.name(str(int(EXPIRES.total_seconds() // 3600)))
    desk.draft.sentence(
        desk.say(
            f"Dari satu percakapan hanya {turns} pertanyaan terakhir yang diingat, paling lama {hours} jam, dan hanya "
            "untuk percakapan itu sendiri; pengguna lain tidak dapat melihatnya.",
            f"Of a conversation only the last {turns} questions are remembered, for at most {hours} hours and only for "
            "that conversation; other users cannot see them.",
        )
    )
    desk.draft.sentence(
        desk.say(
            'Tulis "hapus percakapan saya" untuk menghapusnya sekarang.',
            'Write "delete my conversation" to delete it now.',
        )
    )


def _thanks(desk: Desk) -> None:
    desk.draft.sentence(desk.say("Sama-sama, semoga membantu.", "You are welcome."))


def _noted(desk: Desk) -> None:
    desk.draft.sentence(desk.say("Siap. Silakan lanjut bertanya kapan saja.", "Good. Ask on whenever you like."))


def _complaint(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Maaf jawabannya belum pas. Sebutkan instansi, tahun, dan bagian yang dimaksud (misalnya domain 2 atau "
            "indikator 21), lalu saya jawab lagi.",
            "Sorry that the answer missed. Name the agency, the year and the part you mean (such as domain 2 or "
            "indicator 21), and I will answer again.",
        )
    )
    desk.draft.sentence(
        desk.say(
            "Bila angkanya yang salah, beri tanda tidak membantu dengan alasannya, agar pengelola dapat memeriksanya.",
            "If a figure is wrong, mark the answer as unhelpful and say why, so that the operators can check it.",
        )
    )


def _languages(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Bisa. Saya menjawab dalam bahasa Indonesia dan bahasa Inggris, mengikuti bahasa pertanyaannya.",
            "Yes. I answer in Indonesian and in English, in the language of the question.",
        )
    )


def _identity(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Saya Tanya SPBE, program yang menjawab pertanyaan tentang indeks SPBE dan Pemdi; saya bukan orang.",
            "I am Tanya SPBE, a program that answers questions about the SPBE and Pemdi indices; not a person.",
        )
    )
    _honest(desk)


def _greeted(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Halo, saya Tanya SPBE. Tanyakan apa saja tentang indeks SPBE dan Pemdi: nilai, sebabnya, langkah "
            "berikutnya, dan aturannya.",
            "Hello, I am Tanya SPBE. Ask me about the SPBE and Pemdi indices: values, the reasons, what to do next, "
            "and the rules.",
        )
    )


def _abilities(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Saya menjawab pertanyaan tentang indeks SPBE dan Pemdi: nilai instansi, sebabnya, dan langkah berikutnya.",
            "I answer questions about the SPBE and Pemdi indices: values, the reasons, and what to do next.",
        )
    )
    for indonesian, english in _ABILITIES:
        desk.draft.item(desk.say(indonesian, english))
    _honest(desk)


def _honest(desk: Desk) -> None:
    desk.draft.sentence(
        desk.say(
            "Angka dihitung dari data yang ada di sini; yang tidak ada tidak saya karang.",
            "Figures are computed from the data held here; what is not held I do not invent.",
        )
    )


_TOLD: tuple[tuple[re.Pattern[str], Callable[[Desk], None]], ...] = (
    (_WHO, _kept),
    (_SHOWN, _shown),
    (_KEPT, _kept),
    (_THANKS, _thanks),
    (_NOTED, _noted),
    (_COMPLAINT, _complaint),
    (_LANGUAGES, _languages),
    (_IDENTITY, _identity),
    (_GREETING, _greeted),
)


def _suggest(request: Request, desk: Desk) -> None:
    own = spoken(request.agency) if request.agency else "Kota Bandar Lampung"
    desk.draft.suggest(
        desk.say(f"Kenapa domain 2 {own} rendah?", f"Why is domain 2 of {own} low?"),
        desk.say("Apa syarat level 3 indikator manajemen risiko?", "What does level 3 of risk management require?"),
        desk.say("Kabupaten mana di Jawa Barat yang tertinggi?", "Which district in Jawa Barat ranks highest?"),
    )
