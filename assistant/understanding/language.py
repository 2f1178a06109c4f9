"""Indonesian or English: decided by the function words, which a mixed text keeps from its own language."""

import re

from scoring import Language

_INDONESIAN = frozenset(
    """ada adalah agar akan aku anda apa apakah atau bagaimana bagi bahwa bandingkan belum berapa bisa boleh bukan
    cara cuma dan dapat dari dengan di dibanding dong dulu gan hanya harus ini itu jadi jelaskan jika juga kah kak
    kalau kami kamu kapan karena ke kenapa kita kok kurang lagi lebih mana masih mau mengapa menurut misal mohon
    naik nya oleh pada paling perlu punya saja saya sama sampai sebutkan sih siapa sudah supaya tahun tapi tentang
    terhadap tidak tolong turun untuk ya yang buktinya terus bukti tingkat nilai skor indeks dukung kalo berlaku
    halo selamat terima kasih pagi siang dibandingkan lihat maksud andai andaikan seandainya tren perkembangan
    wajib syarat kriteria isi bunyi pasal cuaca besok buatkan
    sekarang pemkot pemkab pemprov riwayat bayangkan dapat berapakah kejar target tahun bandingkan level indikator data
    dokumen rencana capaian kabupaten provinsi kementerian apaan gimana knp brp yg utk dgn skrg aja udah sdh blm belom
    kayak banget pak bu min gan hapus jawaban salah benar bener katanya""".split()  # noqa: SIM905
)
_ENGLISH = frozenset(
    """a about all an and any are as at be because below better between but by can compare could did do does each
    for from get give had has have help here hi hello highest how i if in is it its just last least let like list
    lowest many me more most much must my need needed of on only or our ours please reach should show since
    tell than thank that the their them then there these they this to us was we were what when where which while
    who why will with without would you your evidence changed required needs weather write explain requirements
    now again suppose gaps improve only good very drops goes levels
    cities regencies provinces nationwide thanks thank""".split()  # noqa: SIM905
)


def language_of(text: str, default: Language = "id") -> Language:
    """The language of a question. ``text`` are plain words or the text as typed.

    >>> language_of("what is our level on Arsitektur SPBE?")
    'en'
    """
    words = re.findall(r"[a-z]+", text.lower())
    indonesian = sum(word in _INDONESIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if indonesian == english:
        return default
    return "id" if indonesian > english else "en"
