"""Invents rules of every form, with the damage that scanning does, and knows which articles they have."""

import random
import textwrap
from dataclasses import dataclass, field

_SUBJECTS = ("pengelolaan taman kota", "penataan pasar rakyat", "pelayanan perpustakaan desa",
             "penyelenggaraan angkutan sungai", "pemeliharaan jalan lingkungan")  # fmt: skip
_ACTORS = ("Kepala dinas", "Setiap pengelola", "Pemerintah daerah", "Petugas lapangan", "Masyarakat")
_ACTS = ("menyusun rencana kerja tahunan", "memeriksa kelengkapan berkas", "menjaga kebersihan lingkungan",
         "menyampaikan laporan triwulan", "membuka layanan pada hari kerja", "mencatat setiap permohonan")  # fmt: skip
_ENDS = ("paling lambat tujuh hari kerja", "sesuai dengan pedoman yang berlaku", "bersama perangkat terkait",
         "dengan memperhatikan keselamatan umum")  # fmt: skip
_ORDINALS = ("Kesatu", "Kedua", "Ketiga", "Keempat", "Kelima", "Keenam")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Form:
    """A form of rule: what stands in its heading, and the id that follows."""

    heading: str
    id: str
    opening: str


FORMS = (
    Form("UNDANG-UNDANG REPUBLIK INDONESIA\nNOMOR 27 TAHUN 2022", "uu-27-2022", "PRESIDEN REPUBLIK INDONESIA,"),
    Form("PERATURAN PEMERINTAH REPUBLIK INDONESIA\nNOMOR 71 TAHUN 2019", "pp-71-2019", "PRESIDEN REPUBLIK INDONESIA,"),
    Form("PERATURAN PRESIDEN REPUBLIK INDONESIA\nNOMOR 9 TAHUN 2021", "perpres-9-2021", "PRESIDEN REPUBLIK INDONESIA,"),
    Form("PERATURAN MENTERI DALAM NEGERI REPUBLIK INDONESIA\nNOMOR 4 TAHUN 2020", "permendagri-4-2020",
         "MENTERI DALAM NEGERI REPUBLIK INDONESIA,"),
    Form("PERATURAN DAERAH KABUPATEN SUMEDANG\nNOMOR 3 TAHUN 2020", "perda-kab-sumedang-3-2020", "BUPATI SUMEDANG,"),
    Form("PERATURAN DAERAH PROVINSI JAWA BARAT\nNOMOR 8 TAHUN 2021", "perda-jawa-barat-8-2021", "GUBERNUR JAWA BARAT,"),
    Form("BUPATI SUMEDANG\nPROVINSI JAWA BARAT\nPERATURAN BUPATI SUMEDANG\nNOMOR 12 TAHUN 2021",
         "perbup-sumedang-12-2021", "BUPATI SUMEDANG,"),
    Form("PERATURAN WALI KOTA BANDUNG\nNOMOR 15 TAHUN 2023", "perwali-bandung-15-2023", "WALI KOTA BANDUNG,"),
)  # fmt: skip


@dataclass
class Invented:
    """A rule and what is true of it."""

    id: str
    text: str
    articles: list[str] = field(default_factory=list)
    definitions: int = 0
    unheaded: list[str] = field(default_factory=list)


def _sentence(rng: random.Random) -> str:
    return f"{rng.choice(_ACTORS)} {rng.choice(_ACTS)} {rng.choice(_ENDS)}"


def _content(rng: random.Random, number: int, *, paragraphs: int) -> list[str]:
    """An article of so many paragraphs (0: none), now and then with a list and with references."""
    if not paragraphs:
        if rng.random() < 0.4:
            return [f"{_sentence(rng)} meliputi:", *_items(rng)]
        return [f"{_sentence(rng)} sebagaimana dimaksud dalam Pasal {max(1, number - 1)} ayat (1)."]
    lines = []
    for at in range(1, paragraphs + 1):
        if rng.random() < 0.25:
            lines += [f"({at}) {_sentence(rng)} terdiri atas:", *_items(rng)]
        else:
            cross = f" sebagaimana dimaksud pada ayat ({at - 1})" if at > 1 else ""
            lines.append(f"({at}) {_sentence(rng)}{cross}.")
    return lines


def _items(rng: random.Random) -> list[str]:
    count = rng.randint(2, 5)
    texts = [f"{chr(97 + at)}. {rng.choice(_ACTS)}" for at in range(count)]
    return [*(f"{text};" for text in texts[:-2]), f"{texts[-2]}; dan", f"{texts[-1]}."]


def invent(
    form: Form, seed: int, *, bis: bool = False, damage: bool = False, wrap: int = 0, explained: bool = False
) -> Invented:
    """A rule of this form.

    Args:
        form: its kind.
        seed: the same seed invents the same rule.
        bis: whether it has articles such as 12A.
        damage: misread and lost headings, unclosed brackets, page breaks with catchwords.
        wrap: width at which lines are wrapped; 0 for unwrapped text.
        explained: whether an official explanation and an attachment follow.
    """
    rng = random.Random(seed)
    subject = rng.choice(_SUBJECTS)
    rule = Invented(form.id, "")
    lines = [*form.heading.splitlines(), "TENTANG", subject.upper(), "DENGAN RAHMAT TUHAN YANG MAHA ESA", form.opening,
             f"Menimbang : a. bahwa {subject} perlu diatur;", "b. bahwa karena itu perlu menetapkan peraturan ini;",
             "Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;",
             "MEMUTUSKAN:", f"Menetapkan : {form.heading.splitlines()[-2]} TENTANG {subject.upper()}."]  # fmt: skip
    total = rng.randint(14, 40)
    chapters = sorted(rng.sample(range(2, total), rng.randint(2, 5)))
    chapter = 1
    lines += ["BAB I", "KETENTUAN UMUM"]
    shapes: list[tuple[str, list[str]]] = []
    rule.definitions = rng.randint(3, 8)
    for number in range(1, total + 1):
        names = [str(number)]
        if bis and number > 2 and rng.random() < 0.15:
            names += [f"{number}A"] + ([f"{number}B"] if rng.random() < 0.4 else [])
        for name in names:
            if number == 1 and name == "1":
                body = ["Dalam peraturan ini yang dimaksud dengan:"]
                body += [f"{at}. Istilah {chr(64 + at)} adalah sesuatu yang {rng.choice(_ACTS)}." for at in
                         range(1, rule.definitions + 1)]  # fmt: skip
            else:
                body = _content(rng, number, paragraphs=rng.choice((0, 2, 3, 4)))
            shapes.append((name, body))
            rule.articles.append(name)
    for at, (name, body) in enumerate(shapes):
        if name in map(str, chapters):
            chapter += 1
            lines += [f"BAB {_ROMANS[chapter - 1]}", f"{rng.choice(_SUBJECTS).upper()}"]
            if rng.random() < 0.5:
                lines += [f"Bagian {_ORDINALS[0]}", "Umum"]
        heading = f"Pasal {name}"
        if damage:
            heading, body = _damaged(
                rng, rule, heading, body, shapes[at - 1][1] if at else [], opens=name in map(str, chapters)
            )
        lines += ([heading] if heading else []) + body
        if damage and rng.random() < 0.15 and at + 1 < len(shapes) and shapes[at + 1][0] not in map(str, chapters):
            lines += [f"Pasal {shapes[at + 1][0]} . . . PRESIDEN", f"REPUBLIK INDONESIA -{rng.randint(2, 40)}-"]
    lines += [f"Agar setiap orang mengetahuinya, memerintahkan pengundangan {subject}.",
              "Ditetapkan di Sumedang", "pada tanggal 3 Mei 2021", "ttd", "Diundangkan di Sumedang",
              "pada tanggal 4 Mei 2021"]  # fmt: skip
    if explained:
        lines += ["PENJELASAN", "ATAS", *form.heading.splitlines()[-2:], "I. UMUM", f"{_sentence(rng)}.",
                  "II. PASAL DEMI PASAL"]  # fmt: skip
        for name in rule.articles:
            lines += [f"Pasal {name}", "Cukup jelas." if rng.random() < 0.7 else f"{_sentence(rng)}."]
        lines += ["LAMPIRAN", *form.heading.splitlines()[-2:], "BAB I", "PENDAHULUAN", "A. Latar Belakang",
                  f"{_sentence(rng)}."]  # fmt: skip
    if wrap:
        lines = [piece for line in lines for piece in textwrap.wrap(line, wrap)]
    rule.text = "\n".join(lines)
    return rule


def _damaged(
    rng: random.Random, rule: Invented, heading: str, body: list[str], before: list[str], *, opens: bool
) -> tuple[str, list[str]]:
    """What a scanner makes of a heading and of the brackets below it."""
    body = [line.replace("(2) ", rng.choice(("(2) ", "(21 ", "(2\\ ", "{2) ")), 1) if line.startswith("(2)") else line
            for line in body]  # fmt: skip
    name = heading.removeprefix("Pasal ")
    number = name.rstrip("AB")
    lucky = rng.random()
    if number != name or int(number) < 3 or int(number) >= 13:
        return heading, body
    if lucky < 0.15 and "1" in number:
        rule.unheaded.append(name)
        return f"Pasal {number.replace('1', 'I')}", body
    if lucky < 0.3 and "0" in number:
        rule.unheaded.append(name)
        return f"Pasal {number.replace('0', 'O')}", body
    follows_paragraphs = before and before[-1].startswith("(") and not before[-1].startswith("(1)")
    if lucky < 0.5 and body[0].startswith("(1)") and follows_paragraphs and not opens and not rule.unheaded:
        rule.unheaded.append(name)
        return "", body
    return heading, body


def invent_amendment(seed: int) -> Invented:
    """A regulation that changes, inserts and deletes articles of another."""
    rng = random.Random(seed)
    lines = ["PERATURAN BUPATI SUMEDANG", "NOMOR 30 TAHUN 2023", "TENTANG",
             "PERUBAHAN KEDUA ATAS PERATURAN BUPATI SUMEDANG NOMOR 12 TAHUN 2021 TENTANG PENATAAN PASAR RAKYAT",
             "DENGAN RAHMAT TUHAN YANG MAHA ESA", "BUPATI SUMEDANG,",
             "Menimbang : bahwa penataan pasar perlu disesuaikan;", "MEMUTUSKAN:", "Pasal I",
             "Beberapa ketentuan dalam Peraturan Bupati Sumedang Nomor 12 Tahun 2021 diubah sebagai "
             "berikut:"]  # fmt: skip
    rule = Invented("perbup-sumedang-30-2023", "")
    number = rng.randint(2, 6)
    for at in range(1, rng.randint(4, 8)):
        shape = rng.choice(("change", "insert", "delete")) if at > 1 else "change"
        if shape == "change":
            lines += [f"{at}. Ketentuan Pasal {number} diubah sehingga berbunyi sebagai berikut:", f"Pasal {number}",
                      *_content(rng, number, paragraphs=rng.choice((0, 2, 3)))]  # fmt: skip
            rule.articles.append(str(number))
        elif shape == "insert":
            lines += [f"{at}. Di antara Pasal {number} dan Pasal {number + 1} disisipkan 1 (satu) pasal, yakni Pasal "
                      f"{number}A sehingga berbunyi sebagai berikut:", f"Pasal {number}A",
                      *_content(rng, number, paragraphs=rng.choice((0, 2)))]  # fmt: skip
            rule.articles.append(f"{number}A")
        else:
            lines += [f"{at}. Ketentuan Pasal {number} dihapus."]
        number += rng.randint(1, 4)
    lines += ["Pasal II", "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.", "Ditetapkan di Sumedang",
              "pada tanggal 3 Mei 2023", "Diundangkan di Sumedang", "pada tanggal 4 Mei 2023"]  # fmt: skip
    rule.text = "\n".join(lines)
    return rule
