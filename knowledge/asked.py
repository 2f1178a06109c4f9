"""What kind of thing a question asks for, and in which form that would stand in a passage.

The kinds are general (an amount of money, a date, a size, a name, a telephone number, a sanction); they know no
question and no rule.
"""

import re
from dataclasses import dataclass
from re import Pattern

from scoring.refusal import Text

_NUMBER = (
    r"(?:\d[\d.,]*|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belas|puluh|ratus|ribu|one|two|three)"
)
_UNIT_OF_TIME = r"(?:detik|menit|jam|hari|minggu|bulan|semester|tahun|hours?|days?|weeks?|months?|years?)"
_MONTH = (
    r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    r"|january|february|march|may|june|july|august|october|december)"
)


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is asked for.

    Attributes:
        name: machine name. label: for the answer that says it is not there.
        asks: matches the question (standard spelling, lower case).
        form: matches a passage that may hold it. ``None``: rules do not hold such a thing.
        near: it must stand in a sentence that shares words with the question.
    """

    name: str
    label: Text
    asks: Pattern[str]
    form: Pattern[str] | None
    near: bool = False


def _kind(name: str, label_id: str, label_en: str, asks: str, form: str | None, *, near: bool = False) -> Kind:
    return Kind(
        name,
        Text(id=label_id, en=label_en),
        re.compile(rf"\b(?:{asks})\b"),
        re.compile(form) if form else None,
        near,
    )


_MONEY_WORD = r"honor\w*|gaji|upah|tunjangan|insentif|uang \w+|denda|biaya|tarif|ongkos|harga|pagu|anggaran|dana|iuran"
KINDS: tuple[Kind, ...] = (
    _kind(
        "percentage",
        "persentase",
        "a percentage",
        r"berapa (?:persen|prosen)\w*|(?:berapa )?(?:besar )?persentase\w*|what percent(?:age)?",
        r"\d\s*%|\bpersen\b",
        near=True,
    ),
    _kind(
        "money",
        "jumlah uang",
        "an amount of money",
        rf"berapa (?:(?:besar|jumlah|nominal|total|nilai|minimal|maksimal)\w* )*(?:{_MONEY_WORD}|rupiah)"
        rf"|(?:besaran|nominal) (?:{_MONEY_WORD})|(?:{_MONEY_WORD})(?: \w+){{0,4}} berapa"
        r"|how much (?:is|does|do|are|money|budget)|what is the (?:(?:hourly|daily|monthly|annual|minimum|maximum) )?"
        r"(?:fee|fine|salary|cost|budget|rate|wage)",
        r"\brp\.?\s*\d|\d[\d.,]*\s*(?:\([^)]*\)\s*)?(?:ribu|juta|miliar|milyar|triliun)?\s*rupiah",
    ),
    _kind(
        "deadline",
        "tanggal atau jadwal",
        "a date or a schedule",
        r"tanggal berapa|kapan(?: \w+){0,3} (?:batas|terakhir|tenggat|deadline|jadwal|dibuka|ditutup|dimulai)"
        r"|(?:kapan|tenggat|deadline|jadwal|batas (?:akhir|waktu))(?: \S+){0,10} (?:19|20)\d\d|deadline"
        r"|due date|what date",
        rf"\b\d{{1,2}} {_MONTH}\b|\b{_MONTH} (?:tahun )?(?:19|20)\d\d\b"
        rf"|paling (?:lambat|lama)[^.;]*(?:{_NUMBER}|\b(?:bulan|triwulan|semester|pertama|akhir)\b)"
        rf"|setiap bulan {_MONTH}",
        near=True,
    ),
    _kind(
        "person",
        "nama orang",
        "a person's name",
        r"siapa (?:saja )?nama"
        r"|nama (?:lengkap )?(?:ketua|kepala|pejabat|menteri|direktur|asesor|orang|anggota|bupati|penanggung)"
        r"|siapa (?:ketua|kepala|menteri|direktur|bupati|wali"
        r" kota|gubernur|sekda)\b.*\b(?:saat ini|sekarang|kini|tahun (?:19|20)\d\d)"
        r"|what is the name of|who is the current",
        None,
    ),
    _kind(
        "contact",
        "nomor atau alamat kontak",
        "a contact number or address",
        r"(?:nomor|no|nmr) (?:telepon|telpon|telp|hp|handphone|wa|whatsapp|kontak|hotline|call center|helpdesk|fax)"
        r"|(?:hotline|helpdesk|call center)(?: (?!indikator)\w+){0,5} berapa|kontak person|contact person"
        r"|alamat (?:email|surel|kantor|web|situs)"
        r"|(?:phone|contact|whatsapp) number|email address|e-?mail(?:nya)? apa",
        r"\+62|\b0\d{2,3}[- )]\s?\d{4,}|\b[\w.]+@[\w.]+\b|https?://|\bwww\.|\b\w+\.go\.id\b",
    ),
    _kind(
        "size",
        "ukuran, kapasitas, atau kecepatan",
        "a size, capacity or speed",
        r"(?:berapa )?(?:mbps|gbps|kbps)|bandwidth|lebar pita|ukuran (?:file|berkas|dokumen|maks\w*|unggah\w*)"
        r"|(?:maks\w*|minimal) (?:ukuran|kapasitas|file|berkas)|file size"
        r"|berapa (?:mb|gb|tb|kb|ram|core|watt|meter|ukuran|kapasitas)\w*"
        r"|kapasitas (?:minimal|maksimal|server|penyimpanan)|maximum (?:file |upload )?size",
        r"\d\s*(?:mbps|gbps|kbps|mb|gb|tb|kb|megabyte|gigabyte|mhz|ghz|watt|meter|m2)\b",
    ),
    _kind(
        "clock",
        "jam atau pukul",
        "a time of day",
        r"(?:jam|pukul) berapa|what time",
        r"\b(?:jam|pukul) \d|\b\d{1,2}[.:]\d\d\b ?(?:wib|wita|wit)",
    ),
    _kind(
        "frequency",
        "seberapa sering",
        "how often",
        r"berapa kali|seberapa sering|tiap berapa|setiap berapa|how often|how many times",
        r"\bkali\b|\bsetiap\b|\btiap\b|\bsekali\b|\btahunan\b|\bberkala\b|\bperiodik\b|\brutin\b|\bonce\b"
        r"|\bevery\b",
    ),
    _kind(
        "duration",
        "jangka waktu",
        "a duration",
        rf"(?:be)?rapa lama|berapa {_UNIT_OF_TIME}|berapa batas waktu|batas waktu\w*(?: \w+){{0,6}} berapa"
        r"|masa jabatan\w*|masa berlaku\w*|jangka waktu\w*|how long|how many (?:\w+ )?(?:hours|days|weeks|months|years)"
        rf"|term of office",
        rf"{_NUMBER}\s*(?:\([^)]*\)\s*)?{_UNIT_OF_TIME}\b",
        near=True,
    ),
    _kind(
        "count",
        "jumlah",
        "a count",
        r"berapa (?:jumlah|banyak|orang|anggota|personel|pegawai|personil|pengguna|unit|buah)\w*"
        r"|jumlah (?:minimal|maksimal|minimum|maksimum|anggota)"
        r"|how many",
        rf"\b{_NUMBER}\b",
        near=True,
    ),
)

_BEST = r"(?:paling|ter)\s*(?:bagus|baik|hebat|jelek|buruk|top|keren|sukses|gagal|payah)(?!\s+(?:practice|praktik))"
#: What rules hold no answer to, whatever they say about the subject.
BEYOND: tuple[Kind, ...] = (
    _kind(
        "opinion",
        "pendapat",
        "an opinion",
        r"menurut\s*(?:mu|kamu|anda|kalian|pendapat\w*)|pendapat(?:mu| kamu| anda)|setuju (?:ga|gak|tidak|kah)"
        r"|(?:lebih baik|sebaiknya|mending\w*) .*\batau\b"
        r"|^apakah .{3,60} (?:bagus|jelek|adil|masuk akal|berlebihan|puas|senang|suka)(?=\W*$|\W+dengan\b)"
        rf"|(?:siapa|mana|apa)\b.{{0,60}}\b{_BEST}|{_BEST} .{{0,40}}(?:siapa|mana)"
        r"|do you (?:think|like|prefer|believe)|your opinion|in your view|which .* (?:is|are) (?:the )?(?:best|worst)",
        None,
    ),
    _kind(
        "forecast",
        "ramalan",
        "a forecast",
        r"kira-kira .*(?:akan|bakal|nanti|naik|turun|20\d\d)|prediksi\w*|diprediksi|ramal\w*|meramal\w*|proyeksi\w*"
        r"|(?:akan|bakal) (?:juara|menang|naik|turun|dapat|jadi|menjadi|lulus|lolos)"
        r"|(?:akan|bakal)\b.*\b(?:tahun depan|\d+ tahun lagi)"
        r"|forecast|predict\w*|will .* (?:win|rise|fall|reach|be ranked)",
        None,
    ),
    _kind(
        "now",
        "keadaan saat ini",
        "the state of things right now",
        r"(?<!sampai )(?:hari|malam|pagi|siang|minggu|bulan|detik) ini(?!.*\bberlaku)"
        r"|besok|kemarin|barusan|tadi (?:pagi|malam|siang)"
        r"|sedang (?:down|error|gangguan|maintenance)|right now|today|tomorrow|yesterday|this (?:week|month)",
        None,
    ),
    _kind(
        "site",
        "alamat atau tempat",
        "an address or a place",
        r"(?:di )?gedung (?:mana|apa|lantai)|lantai berapa|ruang(?:an)? (?:mana|berapa|nomor)|jalan apa"
        r"|(?:di mana|dimana|di kota mana) (?:kantor\w*|alamat\w*|lokasi\w*)|(?:ber)?kantor\w* (?:di mana|dimana)"
        r"|lokasi kantor\w*|which building(?! block)|what street|office located",
        None,
    ),
)

#: Things that stand in a passage by their own name or not at all: what asks for them, and the words for them.
THINGS: tuple[Kind, ...] = (
    _kind(
        "sanction",
        "sanksi atau denda",
        "a sanction or fine",
        r"(?<!hadiah )(?<!hadiah atau )(?<!hadiah dan )(?:denda\w*|sanksi\w*|hukuman\w*)"
        r"|dihukum|pidana|dipidana|penalt\w+|fined|fines|a fine|fine for|sanctions?"
        r"|punish\w*",
        r"\b(?:denda|sanksi|hukuman|pidana|teguran)\b",
    ),
    _kind(
        "pay",
        "honor atau gaji",
        "pay",
        r"honor\w*|gaji\w*|upah\w*|tunjangan\w*|insentif\w*|uang (?:saku|lelah|harian|transport)|salary"
        r"|salaries|stipend|wages?",
        r"\b(?:honor\w*|gaji|upah|tunjangan|insentif|uang (?:saku|harian))\b",
    ),
    _kind(
        "tenure",
        "masa jabatan atau masa kerja",
        "a term of office",
        r"(?:berapa|lama|kapan)\b.*\bmasa (?:jabatan|kerja|bakti|tugas|bertugas)\w*|lama menjabat"
        r"|masa (?:jabatan|kerja|bakti|tugas)\b.*\b(?:berapa|lama|kapan)|berapa (?:periode|lama) menjabat"
        r"|term of office|tenure|terms? of service",
        r"\b(?:masa (?:jabatan|kerja|bakti|tugas)|periode jabatan|(?:diangkat|menjabat) (?:untuk|selama)|term of office"
        r"|tenure)",
    ),
    _kind(
        "hours",
        "jumlah jam atau menit",
        "a number of hours or minutes",
        r"berapa (?:jam|menit|detik|jp)(?= )(?! kerja)|how many (?:hours|minutes|seconds)",
        rf"{_NUMBER}\s*(?:\([^)]*\)\s*)?(?:jam|menit|detik|jp|hours?|minutes?|seconds?)\b",
    ),
    _kind(
        "most",
        "batas paling banyak",
        "an upper limit",
        r"(?:paling banyak|maksimal|maksimum)(?: \w+){0,3} berapa (?:orang|anggota|personel|pegawai|jumlah|banyak|kali)"
        r"|berapa (?:orang |anggota |jumlah |banyak )?(?:paling banyak|maksimal|maksimum)(?! biaya)"
        r"|maximum number of|at most how many|how many .{1,40} at most",
        r"\b(?:paling banyak|maksimal|maksimum|tidak (?:melebihi|lebih dari)|at most|maximum)\b",
    ),
    _kind(
        "version",
        "versi perangkat lunak",
        "a software version",
        r"versi (?:minimum|minimal|berapa|terbaru|terkini|terakhir|apa)\w*|(?:minimum|latest|which) version",
        r"\bversi(?:on)? \d",
    ),
    _kind(
        "colour",
        "warna",
        "a colour",
        r"warna(?:nya)? (?:(?:\w+ ){0,6}apa|yang)|apa warna\w*|(?:what|which) colou?rs?",
        r"\bwarna\b|\b(?:merah|kuning|hijau|biru|jingga)\b|\bcolou?r",
    ),
    _kind(
        "named",
        "nama aplikasi, situs, atau perusahaan",
        "the name of an application, site or company",
        r"(?:apa )?nama(?:nya)? (?:aplikasi|situs|website|platform|perusahaan|vendor|produk)(?:nya)?"
        r"|name of the (?:application|app|website|platform|company)"
        r"|(?:universitas|kampus|bank|perusahaan|hotel|toko) (?:apa|mana)|which (?:university|bank|company|hotel|shop)",
        r"\b(?:bernama|dengan nama|diberi nama|dinamai|named|sp4n|lapor!|srikandi)\b",
    ),
    _kind(
        "transfer",
        "dana transfer ke daerah",
        "a fiscal transfer",
        r"dau|dak|dbh|dana (?:alokasi|insentif|transfer|desa|bagi hasil)|insentif fiskal"
        r"|general allocation fund",
        r"\b(?:dau|dak|dbh|dana (?:alokasi|insentif|transfer|desa|bagi hasil)|insentif fiskal)\b",
    ),
    _kind(
        "account",
        "akun dan kata sandi aplikasi",
        "an application's account and password",
        r"(?:lupa|reset\w*|ganti|ubah|mengganti)\s+(?:\w+\s+){0,2}(?:password|pass|kata"
        r" sandi|sandi|akun|email)|password\w*|kata sandi"
        r"|(?:tidak|gagal) (?:bisa )?(?:login|log in|masuk aplikasi)|username",
        r"\b(?:password|kata sandi|username|nama pengguna)\b",
    ),
    _kind(
        "form",
        "contoh surat atau formulir",
        "a sample letter or form",
        r"kop surat"
        r"|(?:contoh|format|template|templat|draf) (?:kop|surat|sk|nota|undangan|kontrak|perjanjian|proposal)"
        r"|(?:template|templat)\w*|sample letter",
        r"\b(?:kop surat|(?:contoh|format|bentuk|templat|template) (?:surat|sk|nota|kontrak))\b",
    ),
    _kind(
        "brand",
        "merek atau penyedia tertentu",
        "a brand or provider",
        r"mere?k(?!a\b)\w*|brand|tipe (?:perangkat|server|laptop)|provider (?:apa|mana)"
        r"|(?:cloud|internet) provider (?:apa|mana)|vendor (?:apa|mana)|produk (?:apa|mana)"
        r"|specific (?:cloud|vendor|provider|product|brand)|bahasa pemrograman|programming language"
        r"|framework apa",
        r"\b(?:mere?k|brand|provider|bahasa pemrograman|programming language)\b",
    ),
    _kind(
        "conversion",
        "rumus konversi",
        "a conversion formula",
        r"\w*konversi\w*|mengonversi\w*|convert\w*|conversion|rumus (?:resmi )?(?:perubahan|pengubah)\w*"
        r"|disetarakan|equivalen\w+ of",
        r"\b(?:konversi|mengonversi|penyetaraan|dikonversi|conversion|setara dengan)\b",
    ),
    _kind(
        "subject",
        "lembaga yang ditanyakan",
        "the body asked about",
        r"desa|kelurahan|pemdes|kades|bumdes|bumd|sekolah|puskesmas|rumah sakit|rsud"
        r"|swasta|umkm|koperasi"
        r"|partai|village|school|hospital",
        r"\b(?:{asked})\w*\b",
    ),
    _kind(
        "subject",
        "perusahaan negara",
        "a state-owned enterprise",
        r"bumn|state-owned enterprises?",
        r"\bbumn\b|\bbadan usaha milik negara\b|\bperum peruri\b",
    ),
    _kind(
        "subject",
        "perguruan tinggi",
        "a university",
        r"universitas|kampus|universit\w+",
        r"\b(?:universitas|kampus|perguruan tinggi)\b",
    ),
    _kind(
        "award",
        "penghargaan atau hadiah",
        "an award",
        r"hadiah|penghargaan|award|piagam|reward|lomba|juara",
        r"\b(?:hadiah|gratifikasi|penghargaan|insentif|award|piagam|reward|lomba)\b",
    ),
)
