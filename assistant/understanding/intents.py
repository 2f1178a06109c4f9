"""What is wanted, by rules over the plain words and the slots found; says how sure it is."""

import re
from dataclasses import dataclass

from assistant.request import Intent


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


_GREETING = re.compile(
    r"(?:(?:halo|hallo|hai|apa kabar(?: nya)?|how are you|hi|hello|hey|hei|p|selamat (?:pagi|siang|sore|malam)|pagi|siang|sore|malam|good (?:morning|afternoon|evening)|"
    r"assalam[ua']*alaikum(?: wr\.? ?wb\.?)?|terima kasih|thank you|ok|oke|okay|okey|sip|siap|mantap|baik|noted|great|nice|cool|permisi|test|tes|ping|"
    r"banyak|sekali|so much|very much|a lot|ya|kak|min|admin|gan|bro|pak|bu|bot|semua|there|semuanya|atas bantuan nya|infonya|info nya|jawaban nya|untuk|atas|bantuan|nya|informasi|informasi nya|for your help|for the help|again) ?[,.!? ]*)+"
)
_HELP = _any(
    r"(?:kamu|anda|bot|aplikasi ini|ini) (?:bisa|dapat|mampu) (?:apa|bantu|melakukan|membantu|jawab|menjawab)", r"bisa apa(?: saja)?",
    r"what (?:can|do) you (?:do|help|answer|know)", r"how (?:do|can|should) i use (?:you|this)", r"who are you", r"what are you", r"siapa (?:kamu|anda|namamu)",
    r"(?:kamu|anda|ini) (?:siapa|itu siapa|bot apa|apa sih)", r"cara (?:pakai|menggunakan|memakai|kerja)(?: bot| aplikasi| layanan| chatbot)? ?(?:ini|nya|kamu)?$", r"^(?:help|bantuan|menu|tolong|mulai|start|panduan)$",
    r"(?:apa saja yang|hal apa(?: saja)? yang|apa yang) (?:bisa|dapat) (?:saya tanya(?:kan)?|ditanya(?:kan)?|kamu|anda)", r"bisa (?:tanya|bertanya|nanya) apa",
    r"(?:contoh|examples? of) (?:pertanyaan|questions?)", r"what (?:can|should|questions can) i ask", r"fitur(?: apa)?", r"bisa bantu apa", r"help me(?: please)?$", r"can you help",
    r"(?:kamu|anda) (?:robot|manusia|ai)\b", r"are you (?:a )?(?:human|bot|robot|ai|real)", r"bisa (?:tolong )?bantu(?: saya| kami)?\??$", r"show me what you can do", r"what is this(?: bot| app| tool)?\??$",
)  # fmt: skip
_ELSEWHERE = _any(
    r"cuaca", r"weather", r"hujan", r"resep", r"recipes?", r"masak(?:an)?", r"lamaran kerja", r"job application", r"cover letter", r"cv", r"resume", r"presiden (?!republik)(?!nomor)(?!no)\w+ ?(?:siapa|saat|sekarang|kita)?",
    r"siapa presiden", r"president of", r"perdana menteri", r"prime minister", r"ibu ?kota", r"capital of", r"puisi", r"poems?", r"pantun", r"cerpen", r"cerita lucu", r"lelucon", r"jokes?", r"lagu", r"songs?", r"lirik", r"lyrics", r"film", r"movies?", r"bioskop",
    r"sepak ?bola", r"football", r"soccer", r"liga", r"piala dunia", r"world cup", r"skor (?:pertandingan|bola|persib|timnas)", r"persib", r"timnas", r"saham", r"stocks?", r"bitcoin", r"kripto", r"crypto", r"kurs", r"exchange rate", r"harga (?:emas|bbm|beras|cabai|tiket|hp|laptop|sembako|bensin|motor|mobil|rumah)",
    r"gold price", r"tiket", r"pesawat", r"kereta", r"hotel", r"wisata", r"liburan", r"travel", r"holiday", r"vacation", r"restoran", r"restaurants?", r"kuliner", r"makan (?:siang|malam|enak)", r"python", r"javascript", r"java script", r"kode program", r"coding", r"ngoding", r"source code", r"sql", r"html", r"excel formula", r"rumus excel",
    r"zodiak", r"horoscope", r"ramalan(?: bintang)?", r"jodoh", r"pacar", r"menikah", r"agama apa", r"obat (?:apa|untuk|sakit)", r"sakit (?:kepala|perut|gigi)", r"headache", r"diet", r"dokter", r"doctor", r"matematika", r"integral", r"akar kuadrat", r"square root", r"terjemahkan", r"translate", r"pemilu", r"pilkada", r"capres", r"election", r"gosip", r"artis",
    r"game", r"gim", r"mobile legends", r"main catur", r"chess", r"bahasa inggris(?: nya)? (?:dari|kucing|buku)", r"surat cinta", r"love letter", r"surat (?:lamaran|izin|sakit|undangan|kuasa|pengunduran)", r"essay", r"esai", r"skripsi", r"pr (?:saya|sekolah)", r"homework", r"jadwal (?:kereta|sholat|salat|bola|bioskop|tv|puasa|imsak)", r"sholat", r"arti mimpi", r"gempa", r"macet", r"traffic",
    r"pajak (?:motor|mobil|kendaraan)", r"ktp hilang", r"sim (?:a|c)", r"paspor", r"gaji (?:pns|presiden|pppk)", r"cpns", r"lowongan", r"kopi", r"kucing", r"anjing", r"bayi", r"caption", r"instagram", r"tiktok", r"youtube", r"netflix", r"jam berapa", r"what time", r"hari apa", r"ulang tahun", r"birthday", r"tanggal berapa (?:sekarang|hari ini)",
)  # fmt: skip
_FIELD = _any(
    r"spbe", r"pemdi", r"indeks", r"indikator", r"indicators?", r"domain", r"aspek", r"aspect", r"predikat", r"level", r"tingkat", r"evaluasi", r"asesor", r"assessor", r"aplikasi", r"pusat data", r"data cent(?:er|re)", r"arsitektur", r"architecture", r"audit", r"satu data", r"walidata", r"tauval", r"bssn",
    r"menpanrb", r"kemenpanrb", r"keamanan", r"penilaian", r"bukti", r"evidence", r"perpres", r"permenpanrb", r"pasal", r"regulasi", r"peraturan", r"regulation", r"pedoman", r"kominfo", r"opd", r"pemda", r"vendor", r"server", r"digital", r"elektronik", r"e-government", r"csirt", r"risiko", r"kebijakan", r"lhe", r"visitasi", r"@",
)  # fmt: skip
_WHY = _any(
    r"kenapa", r"mengapa", r"penyebab(?: nya)?", r"apa sebab(?: nya)?", r"sebab nya", r"why", r"how come", r"alasan(?: nya)?", r"biang kerok", r"biang", r"faktor apa", r"faktor penyebab", r"apa yang (?:membuat|bikin|menyebabkan|menahan|menghambat|menarik)",
    r"what explains", r"explains? why", r"gara-gara apa", r"karena apa", r"what (?:makes|made|caused|causes|is causing|is holding|holds|keeps|drags|dragged|pulls)", r"holding (?:us|it|our \w+) (?:back|down)", r"reasons?", r"kok (?:bisa|cuma|hanya|rendah|jeblok|turun|jelek|segitu|kecil|masih|anjlok|\w+ sekali)", r"jeblok", r"anjlok", r"penghambat", r"yang (?:menahan|menghambat|bikin|membuat|menarik|menyeret)", r"kok",
    r"dari mana (?:angka|nilai|skor)", r"akar masalah(?: nya)?", r"explain (?:our|the|my) (?:low|score|index|result|rating)", r"jelaskan (?:nilai|skor|indeks|rendah nya)", r"due to what", r"apa yang salah", r"ada apa dengan", r"what went wrong", r"what(?:'s| is) wrong",
)  # fmt: skip
_COMPARE = _any(
    r"bandingkan", r"membandingkan", r"perbandingan", r"dibanding", r"vs", r"versus", r"compar(?:e|ed|ison|ing)", r"daripada", r"ketimbang", r"bagusan", r"lebih (?:baik|tinggi|bagus|rendah|unggul|jelek|buruk|maju) (?:dari|mana|dibanding|daripada|siapa)", r"(?:better|worse|higher|lower|ahead|behind) (?:than|of)?", r"(?:yang|mana|siapa) (?:yang )?(?:lebih|paling) (?:tinggi|baik|bagus|unggul|rendah)",
    r"kalah (?:dari|sama|dengan|jauh)", r"unggul (?:dari|atas)", r"menang", r"beda nya (?:kami|kita|dengan)", r"selisih", r"difference between", r"ketinggalan dari", r"tertinggal dari", r"peringkat", r"ranking", r"rangking", r"rank(?:ed|s)?", r"urutan(?: ke)?(?: berapa)?", r"posisi", r"tertinggi", r"terendah", r"terbaik", r"terburuk", r"highest", r"lowest", r"best", r"worst", r"top", r"outperform", r"juara", r"teratas", r"terbawah", r"gap (?:dengan|antara|kami dengan|kita dengan)", r"head to head", r"adu",
)  # fmt: skip
_TREND = _any(
    r"tren", r"trend", r"perkembangan", r"riwayat", r"histori", r"history", r"dari tahun ke tahun", r"tiap tahun", r"setiap tahun", r"over (?:the )?(?:years|time)", r"year (?:by|on|over) year", r"grafik", r"progress", r"progres", r"kemajuan", r"sejak (?:tahun )?20\d\d", r"since 20\d\d", r"\d+ tahun (?:terakhir|belakangan)", r"(?:last|past) (?:\w+ )?years", r"pergerakan",
    r"(?:naik|turun|meningkat|menurun|berubah|membaik|memburuk|perubahan|kenaikan|penurunan|changed?|improved?|grown?|grew|risen|rose|fallen|fell|dropped|increased?|decreased?)\b.*\b(?:dari|dibanding|sejak|from|since|compared|daripada)\b.*\b(?:tahun (?:lalu|sebelum nya|kemarin)|last year|20\d\d)", r"dari waktu ke waktu", r"selama ini", r"naik (?:atau|apa) turun", r"tahun ke tahun", r"evolusi", r"evolve[ds]?", r"evolution", r"development of", r"developed",
)  # fmt: skip
_UPWARDS = _any(
    r"naik(?:kan)?", r"menaikkan", r"meningkat(?:kan)?", r"ditingkatkan", r"dinaikkan", r"tingkatkan", r"mencapai", r"capai", r"meraih", r"raih", r"menuju", r"target(?:kan| nya)?", r"agar", r"supaya", r"langkah", r"cara", r"strategi", r"rencana(?: aksi)?", r"jalan", r"rute", r"skenario", r"roadmap", r"cheapest", r"fastest", r"reach", r"raise", r"improve", r"increase", r"get to", r"achieve", r"steps?", r"plan", r"path", r"way to", r"tembus", r"mau", r"ingin", r"pengen", r"want", r"harus dikerjakan", r"dilakukan", r"butuh", r"kurang berapa",
    r"berapa lagi", r"how (?:far|much more)", r"paling (?:murah|mudah|cepat|hemat|efisien|sedikit|gampang|efektif)", r"quickest", r"what (?:would|does) it take", r"dapat predikat", r"boost", r"lompat", r"quick wins?", r"dulu(?:an)?", r"harus (?:apa|bagaimana|ngapain|diapakan)",
)  # fmt: skip
_PLAN = _any(
    r"(?:cara|langkah|strategi|rencana|rekomendasi|saran|tips)(?: \w+){0,4} (?:menaikkan|naikkan|meningkatkan|naik|memperbaiki|peningkatan|perbaikan|mendongkrak|menambah)", r"rencana (?:aksi|perbaikan|peningkatan|kenaikan)", r"how (?:can|do|could|should|to)(?: we| our| i)? (?:\w+ )?(?:raise|improve|increase|reach|get|boost|lift|achieve|move)", r"(?:action|improvement) plan", r"cheapest (?:way|path|route)", r"(?:apa|mana|berapa) (?:saja )?yang (?:harus|perlu|mesti) (?:dinaikkan|ditingkatkan|naik)", r"harus (?:menaikkan|naikkan|meningkatkan) (?:apa|indikator|yang)",
    r"supaya (?:indeks|nilai|skor|predikat)?.*(?:naik|meningkat|bagus|lebih baik)", r"agar (?:indeks|nilai|skor|predikat)?.*(?:naik|meningkat)", r"(?:bagaimana|gimana|apa).*(?:menaikkan|meningkatkan|mendongkrak) (?:indeks|nilai|skor|predikat|domain|aspek)", r"prioritas (?:peningkatan|kenaikan)", r"susun(?:kan)? rencana", r"buat(?:kan)? rencana", r"roadmap to", r"what should we do to", r"menaikkan indeks", r"meningkatkan indeks", r"naik predikat", r"langkah (?:paling|ter|apa|berikut)\w*",
)  # fmt: skip
_LAW = _any(r"denda", r"sanksi", r"wajib", r"boleh", r"siapa", r"kapan", r"menurut", r"aturan", r"peraturan", r"who", r"mandatory", r"penalty")  # fmt: skip
_PURPOSE = _any(r"supaya", r"agar", r"menuju", r"(?:untuk )?mencapai", r"to (?:reach|get|achieve)", r"naik ke")  # fmt: skip
_GAPS = _any(
    r"indikator (?:apa|mana)(?: saja)?", r"(?:which|what) (?:indicators?|gaps?|aspects?|areas?)", r"gaps?", r"kesenjangan", r"kelemahan(?: nya)?", r"kekurangan(?: nya)?", r"titik lemah", r"lemah", r"weak(?:est|ness|nesses)?", r"(?:paling|masih) (?:rendah|lemah|kurang|jelek|buruk|bermasalah|tertinggal|ketinggalan|jeblok)", r"lagging", r"belum (?:mencapai|sampai|tercapai|terpenuhi|memenuhi|optimal|maksimal|naik)", r"di bawah", r"dibawah", r"below", r"under (?:level|the|target)", r"(?:perlu|harus|mesti) (?:diperbaiki|dibenahi|ditingkatkan|dibereskan|diprioritaskan|dikejar)",
    r"prioritas(?: perbaikan| utama| kami| kita)?", r"needs? (?:improvement|attention|work|fixing)", r"to fix", r"sebutkan indikator", r"daftar indikator", r"list (?:the |all |our )*indicators?", r"pekerjaan rumah", r"pr (?:kita|kami)", r"didahulukan", r"(?:untuk|harus|perlu) (?:diperbaiki|dibenahi)", r"rapor merah", r"merah", r"yang (?:kurang|belum)", r"hurts?", r"merugikan", r"at level \d", r"still (?:at|on) level", r"(?:masih|baru|cuma|hanya) (?:di )?(?:level|tingkat)", r"apa (?:saja )?yang (?:masih )?(?:kurang|jelek|rendah|lemah)", r"improvement areas?", r"terlemah", r"bottlenecks?", r"(?:paling )?menahan", r"belum level", r"semua indikator",
)  # fmt: skip
_CONDITION = _any(
    r"kalau", r"jika", r"bila", r"apabila", r"misal(?: nya|kan)?", r"andai(?:kan|kata| kata| saja)?", r"seandai nya", r"seandainya", r"umpama(?: nya)?", r"umpamanya", r"what if", r"if", r"suppose", r"supposing", r"simulasi", r"simulation", r"assum(?:e|ing)", r"seumpama", r"anggap(?:lah| saja)?", r"coba", r"imagine", r"skenario", r"were to", r"hitung(?:kan)?", r"would",
)  # fmt: skip
_SUPPOSING = _any(r"andai\w*", r"misal(?: nya|kan)?", r"seandai ?nya", r"umpama ?(?:nya)?", r"what if", r"suppose", r"simulasi", r"anggap(?:lah| saja)?", r"imagine")  # fmt: skip
_EFFECT = _any(
    r"dampak(?: nya)?", r"pengaruh(?: nya)?", r"efek(?: nya)?", r"effect", r"impact", r"indeks (?:nya |kami |kita |akan |spbe )*(?:jadi|menjadi|berapa|naik|berubah)", r"jadi berapa", r"menjadi berapa", r"berapa (?:jadi nya|indeks|nilai|skor)", r"nambah berapa", r"menambah berapa", r"bertambah berapa", r"what happens", r"what would", r"how much would", r"would (?:the|our) index", r"naik berapa",
)  # fmt: skip
_REQUIREMENT = _any(
    r"kriteria(?: nya)?", r"criteri(?:a|on)", r"syarat(?: nya)?", r"persyaratan(?: nya)?", r"require(?:d|s|ments?)?", r"needed", r"need", r"bukti(?: nya)?(?: dukung| pendukung)?", r"data dukung", r"evidence", r"dokumen (?:apa|pendukung)", r"documents?", r"disiapkan", r"menyiapkan", r"siapkan", r"dipersiapkan", r"dibutuhkan", r"diperlukan", r"diminta", r"dipenuhi", r"dilampirkan", r"diunggah", r"butuh apa", r"perlu apa", r"apa (?:saja )?yang (?:perlu|harus|dibutuhkan|diminta)", r"beda(?: nya)?", r"perbedaan(?: nya)?", r"difference", r"how (?:do|can|to|could).*(?:reach|get to|achieve) level",
    r"ketentuan", r"definisi (?:level|tingkat)", r"penjelasan (?:level|tingkat)", r"(?:level|tingkat) \d (?:itu )?(?:apa|seperti apa|bagaimana|gimana|maksud nya)", r"what does level", r"what is level", r"apa (?:itu |arti |maksud )(?:level|tingkat)", r"cara (?:naik|mencapai|menuju|supaya|agar|mendapat|dapat|menaikkan)", r"(?:supaya|agar) (?:\w+ ){0,4}(?:level|tingkat|naik)", r"lampiran", r"upload", r"prove", r"show for", r"pemenuhan", r"how to (?:get|reach|move)", r"bagaimana (?:\w+ )*(?:naik|mencapai|ke)", r"take to (?:get|reach)", r"harus (?:apa|ada|bagaimana|punya)", r"yang harus",
)  # fmt: skip
_EVIDENCE = _any(
    r"bukti(?: nya)?", r"data dukung", r"evidence", r"dokumen (?:apa|pendukung)", r"documents?", r"dilampirkan", r"diunggah", r"upload", r"prove", r"lampirkan", r"disiapkan", r"menyiapkan"
)  # fmt: skip
_RULE = _any(
    r"bobot", r"weights?", r"weigh", r"rumus", r"formula", r"menghitung", r"dihitung", r"calculate[ds]?", r"penghitungan", r"perhitungan", r"siapa", r"who", r"kapan", r"when", r"denda", r"sanksi", r"wajib(?:kah)?", r"mandatory", r"boleh(?:kah)?", r"allowed", r"dasar hukum", r"legal basis", r"aturan(?: nya)?", r"peraturan", r"regulasi", r"regulations?", r"menurut", r"according", r"pasal", r"apa itu", r"apa yang dimaksud", r"apakah yang dimaksud", r"pengertian", r"definisi", r"define", r"definition", r"what is (?:the )?(?:spbe\?|definition|meaning|purpose|difference)", r"kepanjangan", r"singkatan", r"stands for", r"berlaku", r"dicabut", r"revoked",
    r"in force", r"tugas", r"wewenang", r"berwenang", r"tanggung jawab", r"responsib\w+", r"honor\w*", r"anggaran", r"persen", r"percent", r"masa jabatan", r"jadwal", r"batas (?:akhir|waktu)", r"deadline", r"rentang", r"kategori predikat", r"rating bands?", r"apa saja predikat", r"cara kerja", r"tahapan", r"proses", r"prosedur", r"procedure", r"stages", r"mekanisme", r"bagaimana cara (?:mengirim|mengisi|menilai|melapor)", r"asesor", r"assessors?", r"visitasi", r"susunan", r"prinsip", r"principles", r"tujuan", r"konversi", r"convert", r"dau", r"pengganti", r"menggantikan", r"replace[sd]?",
    r"berapa (?:jumlah|banyak|kali|lama|tahun sekali|pengguna|orang|indikator|domain|aspek)", r"how (?:often|long|many (?:domains|aspects|indicators|members|levels))", r"ada berapa", r"jumlah (?:indikator|domain|aspek)", r"perlukah", r"haruskah", r"bisakah", r"does the", r"do (?:we|agencies) have to", r"must (?:we|agencies)", r"isi (?:dari )?@", r"@", r"kewajiban", r"merek", r"hotline", r"(?:nilai|indeks|skor|batas) (?:minimal|minimum|bawah)(?: \w+)? (?:predikat|kategori|untuk predikat)", r"predikat (?:apa saja|\w+ (?:\w+ )?(?:mulai|minimal))", r"apa saja (?:indikator|domain|aspek)", r"izin siapa", r"besaran", r"level risiko", r"coordinates?", r"coordinat(?:e|ing)", r"appoints?", r"mengoordinasikan", r"menetapkan", r"bentuk nya", r"contoh (?:kop|format|surat)", r"password", r"target nasional", r"minimum nasional",
)  # fmt: skip
_DEFINED = _any(r"apa itu", r"apa yang dimaksud", r"apakah yang dimaksud", r"pengertian", r"definisi", r"arti(?: nya)? (?:dari )?", r"maksud (?:dari|nya)", r"what is(?: meant by)?(?: an?| the)? (?!our|my|index)", r"what does .* mean", r"jelaskan (?:apa|tentang|mengenai)", r"explain what")  # fmt: skip
_SCORE = _any(
    r"skor(?: nya)?", r"nilai(?: nya)?", r"indeks(?: nya)?", r"predikat(?: nya)?", r"rating", r"scores?", r"scored", r"capaian(?: nya)?", r"hasil(?: nya)?(?: evaluasi| spbe| akhir)?", r"result(?:s)?", r"level(?: nya)?", r"tingkat(?: nya)?", r"kematangan", r"grade", r"berapa(?: sekarang| sih)?", r"angka(?: nya)?", r"dapat berapa", r"how (?:did|are) (?:we|they)", r"where do we stand", r"posisi", r"rapor", r"status", r"kategori", r"lihat", r"tampilkan", r"show", r"performance",
)  # fmt: skip
_INDEXED = _any(r"indeks", r"index", r"skor", r"nilai", r"predikat", r"scores?", r"rating", r"tren", r"trend", r"perkembangan", r"riwayat", r"naik", r"turun", r"spbe", r"level", r"improved?", r"better", r"results?", r"hasil", r"capaian")  # fmt: skip
_EXTREME = _any(r"paling (?:tinggi|rendah|baik|buruk|bagus|jelek|maju|unggul)", r"mana", r"daftar", r"rata-rata", r"average", r"list", r"urutkan")  # fmt: skip
_BANDED = re.compile(r"\b(?:indeks|index|nilai|skor|score)\b.*\b[1-5][.,]\d+\b.*\b(?:predikat|kategori|category|rating|masuk|rated)\b")
_LOW = _any(r"rendah", r"kecil", r"jelek", r"turun", r"cuma", r"hanya", r"only", r"low", r"jeblok", r"anjlok", r"so low", r"poor", r"bad", r"drop(?:ped)?", r"nilai", r"skor", r"indeks", r"predikat", r"score", r"index", r"tinggi", r"naik", r"level", r"tingkat", r"stuck", r"mentok", r"segitu")  # fmt: skip


@dataclass(frozen=True)
class Signs:
    """What the slots say about the intent.

    Attributes:
        own: the asker's agency is meant by a pronoun. others: agencies named. group: a ranking is asked for.
        has_agency: there is an agency to speak about, be it from the context.
        nodes, indicators: how many parts, and indicators among them, are named or could be.
        years: how many years. level, target, below, by, what_if: whether the text has one.
        rule: a rule or place is named.
    """

    own: bool
    others: int
    group: bool
    has_agency: bool
    nodes: int
    indicators: int
    years: int
    level: bool
    target: bool
    below: bool
    by: bool
    what_if: bool
    rule: bool
    rating: bool
    decimals: int


def wants_evidence(text: str) -> bool:
    return bool(_EVIDENCE.search(text))


def is_policy_question(text: str) -> bool:
    return bool(_RULE.search(text))


def intent_of(text: str, signs: Signs) -> tuple[Intent, float]:
    """The intent and the confidence in it (below 0.6: ask the examples)."""
    intent, confidence = _by_rules(text, signs)
    ours = _FIELD.search(text) or signs.rule or signs.nodes or signs.others or signs.group or signs.own
    if intent not in ("help", "out_of_scope") and not ours and not (signs.has_agency and intent != "rule"):
        confidence = min(confidence, 0.4)  # nothing in it is of the field
    return intent, confidence


def _by_rules(text: str, signs: Signs) -> tuple[Intent, float]:
    bare = text.strip(" .,!?")
    if not bare or _GREETING.fullmatch(text.strip()):
        return "help", 0.95
    field = bool(_FIELD.search(text)) or signs.rule or signs.nodes > 0
    about = signs.own or signs.others > 0
    if _ELSEWHERE.search(text) and not _elsewhere_but_ours(text, signs):
        return "out_of_scope", 0.9
    if _HELP.search(text) and not (signs.rule or signs.nodes or signs.years):
        return "help", 0.9
    why = bool(_WHY.search(text))
    rule = bool(_RULE.search(text))
    requirement = bool(_REQUIREMENT.search(text))
    condition = bool(_CONDITION.search(text))
    score = bool(_SCORE.search(text))
    own_index = about or signs.group or (signs.has_agency and not rule)

    if signs.rule and not (signs.level and signs.indicators):
        return "rule", 0.95
    if _BANDED.search(text) and condition and not signs.what_if:
        return "rule", 0.9
    supposing = _SUPPOSING.search(text) or (condition and not about and _EFFECT.search(text))
    if supposing and signs.level and signs.nodes and not rule and not _asks_evidence(text) and not signs.below:
        return "simulate", 0.85
    if (condition or _EFFECT.search(text)) and (signs.what_if or signs.by) and not _asks_evidence(text):
        return "simulate", 0.95
    if why and (signs.nodes or about or signs.years or (signs.has_agency and _LOW.search(text))) and not (
        rule and not about and not signs.nodes
    ):
        return "why", 0.9
    if signs.below and (own_index or signs.has_agency) and not requirement:
        return "gaps", 0.85
    valued = bool(_SCORE.search(re.sub(r"\b(?:level|tingkat)\b", "", text))) and about and not requirement
    if signs.indicators and signs.level and not valued:
        return "requirement", 0.9
    if signs.indicators and re.search(r"\b(bukti|data dukung|evidence)\b", text):
        return "requirement", 0.85
    graded = re.search(r"\b(indikator|indicator|level|tingkat)\b", text) or about
    if signs.indicators and requirement and graded and not signs.target and not signs.decimals and not _DEFINED.search(text):
        if not (rule and not signs.level):
            return "requirement", 0.8
    compared = bool(_COMPARE.search(text))
    if signs.group and (compared or bool(_EXTREME.search(text)) or bool(_INDEXED.search(re.sub(r"\blevel\b", "", text)))) and not (rule and not compared and not _EXTREME.search(text)):
        return "compare", 0.9
    agencies = signs.others + signs.own
    if agencies >= 2 and (compared or not why):
        return "compare", 0.9
    trend = bool(_TREND.search(text)) and (bool(_INDEXED.search(text)) or signs.nodes > 0 or signs.years > 0)
    if (trend or signs.years >= 2) and own_index and not (rule and not trend and not about):
        return "trend", 0.9
    if compared and (signs.others or (signs.own and not signs.years)) and not signs.below and not _gap_like(text, signs):
        return "compare", 0.8
    if (signs.target or signs.rating) and _PURPOSE.search(text) and signs.has_agency and not (signs.below or _LAW.search(text)):
        return "plan", 0.9
    if (signs.target or signs.rating) and _UPWARDS.search(text) and not (rule and not about) and not signs.below:
        if signs.has_agency or about:
            return "plan", 0.9
    if _PLAN.search(text) and not signs.level and not rule and (about or signs.has_agency):
        return "plan", 0.8
    if _GAPS.search(text) and own_index and not (rule and not about) and not _DEFINED.search(text):
        if not (signs.nodes and requirement and signs.level):
            return "gaps", 0.85
    if signs.below and own_index:
        return "gaps", 0.8
    if _DEFINED.search(text) and not about:
        return "rule", 0.9
    if rule and not about:
        return "rule", 0.85
    if requirement and not about and not signs.nodes:
        return "rule", 0.7
    if score and not rule and (about or signs.years or (signs.nodes and signs.has_agency)):
        return "score", 0.9
    if score and signs.nodes and not rule:
        return "score", 0.7
    if score and signs.has_agency and not rule and len(text.split()) <= 6:
        return "score", 0.65
    if rule:
        return "rule", 0.75
    if signs.others and len(text.split()) <= 4:
        return "score", 0.6
    if requirement and signs.nodes:
        return "requirement", 0.6
    if field:
        return "rule", 0.59
    return "rule", 0.3


def _asks_evidence(text: str) -> bool:
    return bool(_any(r"bukti(?: nya)?", r"data dukung", r"evidence", r"syarat(?: nya)?", r"kriteria", r"criteria", r"disiapkan", r"requirements?", r"dokumen").search(text))  # fmt: skip


def _elsewhere_but_ours(text: str, signs: Signs) -> bool:
    """A word of another topic in a question about the field: "aplikasi Python wajib open source menurut SPBE?"."""
    return signs.rule or bool(
        _any(r"spbe", r"pemdi", r"indikator", r"indicators?", r"indeks (?!harga|saham)", r"perpres", r"permenpanrb", r"bukti dukung", r"data dukung", r"level \d", r"penilaian mandiri", r"evaluasi", r"asesor").search(text)
    )  # fmt: skip


def _gap_like(text: str, signs: Signs) -> bool:
    """ "Indikator paling rendah kami": a ranking of one's own indicators, not of agencies."""
    return signs.others == 0 and bool(re.search(r"\b(indikator|domain|aspek|indicators?|aspects?|areas?)\b", text))
