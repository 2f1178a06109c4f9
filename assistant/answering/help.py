"""What can this assistant do, with examples that work?"""

from assistant.answer import Answer
from assistant.answering.desk import Desk
from assistant.records.agencies import spoken
from assistant.request import Request

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
    say = desk.say
    desk.draft.sentence(
        say(
            "Saya menjawab pertanyaan tentang indeks SPBE dan Pemdi: nilai instansi, sebabnya, dan langkah berikutnya.",
            "I answer questions about the SPBE and Pemdi indices: values, the reasons, and what to do next.",
        )
    )
    for indonesian, english in _ABILITIES:
        desk.draft.item(say(indonesian, english))
    desk.draft.sentence(
        say(
            "Angka dihitung dari data yang ada di sini; yang tidak ada tidak saya karang.",
            "Figures are computed from the data held here; what is not held I do not invent.",
        )
    )
    own = spoken(request.agency) if request.agency else "Kota Bandar Lampung"
    desk.draft.suggest(
        say(f"Kenapa domain 2 {own} rendah?", f"Why is domain 2 of {own} low?"),
        say("Apa syarat level 3 indikator manajemen risiko?", "What does level 3 of risk management require?"),
        say("Kabupaten mana di Jawa Barat yang tertinggi?", "Which district in Jawa Barat ranks highest?"),
    )
    return desk.draft.answer(request)
