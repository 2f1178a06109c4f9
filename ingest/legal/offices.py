"""Kinds of rules and the offices that issue them, and the ids that follow from both."""

import re
from dataclasses import dataclass

#: Short names of ministries whose initials are not what people write; by how the name starts.
_MINISTRIES = (
    ("pendayagunaan aparatur", "panrb", "PANRB"),
    ("komunikasi dan informatika", "kominfo", "Kominfo"),
    ("komunikasi dan digital", "komdigi", "Komdigi"),
    ("perencanaan pembangunan nasional", "ppn", "PPN"),
    ("dalam negeri", "dagri", "dagri"),
    ("keuangan", "keu", "keu"),
    ("kesehatan", "kes", "kes"),
    ("hukum dan hak asasi", "kumham", "kumham"),
    ("hukum", "kum", "kum"),
    ("pendidikan dan kebudayaan", "dikbud", "dikbud"),
    ("pendidikan", "dik", "dik"),
    ("perhubungan", "hub", "hub"),
    ("pertanian", "tan", "tan"),
    ("perindustrian", "perin", "perin"),
    ("perdagangan", "dag", "dag"),
    ("ketenagakerjaan", "naker", "naker"),
    ("sosial", "sos", "sos"),
    ("agama", "ag", "ag"),
    ("pertahanan", "han", "han"),
    ("luar negeri", "lu", "lu"),
    ("badan usaha milik negara", "bumn", "BUMN"),
    ("pekerjaan umum", "pu", "PU"),
    ("desa", "desa", "desa"),
)

#: Words of a heading, the head of the id, what people write, and what kind of office issues it.
_KINDS = (
    (r"peraturan pemerintah pengganti undang[\s-]*undang", "perppu", "Perppu", ""),
    (r"undang[\s-]*undang(?! dasar)", "uu", "UU", ""),
    (r"peraturan pemerintah", "pp", "PP", ""),
    (r"peraturan presiden", "perpres", "Perpres", ""),
    (r"keputusan presiden", "keppres", "Keppres", ""),
    (r"instruksi presiden", "inpres", "Inpres", ""),
    (r"peraturan bersama menteri", "perbermen", "Peraturan Bersama Menteri", "ministry"),
    (r"peraturan menteri", "permen", "Permen", "ministry"),
    (r"keputusan menteri", "kepmen", "Kepmen", "ministry"),
    (r"instruksi menteri", "inmen", "Instruksi Men", "ministry"),
    (r"pedoman menteri", "pedoman-men", "Pedoman Men", "ministry"),
    (r"surat edaran menteri", "se-men", "SE Men", "ministry"),
    (r"peraturan daerah", "perda", "Perda", "region"),
    (r"qanun", "qanun", "Qanun", "region"),
    (r"peraturan desa", "perdes", "Perdes", "region"),
    (r"peraturan gubernur", "pergub", "Pergub", "region"),
    (r"keputusan gubernur", "kepgub", "Kepgub", "region"),
    (r"peraturan bupati", "perbup", "Perbup", "region"),
    (r"keputusan bupati", "kepbup", "Kepbup", "region"),
    (r"peraturan wali\s?kota", "perwali", "Perwali", "region"),
    (r"keputusan wali\s?kota", "kepwali", "Kepwali", "region"),
    (r"instruksi gubernur", "ingub", "Ingub", "region"),
    (r"instruksi bupati", "inbup", "Inbup", "region"),
    (r"instruksi wali\s?kota", "inwali", "Inwali", "region"),
    (r"surat edaran gubernur", "se-gubernur", "SE Gubernur", "region"),
    (r"surat edaran bupati", "se-bupati", "SE Bupati", "region"),
    (r"surat edaran wali\s?kota", "se-wali-kota", "SE Wali Kota", "region"),
    (r"surat edaran(?: kepala)?", "se", "SE", "body"),
    (r"peraturan(?: kepala)?(?=\s+(?:badan|lembaga|arsip|perpustakaan|komisi|dewan|kepolisian|otoritas|bank|"
     r"kejaksaan|mahkamah|ombudsman|majelis))",
     "peraturan", "Peraturan", "body"),
    (r"keputusan(?: kepala)?(?=\s+(?:badan|lembaga|arsip|perpustakaan|komisi|dewan|kepolisian))",
     "keputusan", "Keputusan", "body"),
)  # fmt: skip

_KIND = re.compile("|".join(f"(?P<k{at}>{pattern})" for at, (pattern, *_) in enumerate(_KINDS)), re.I)
_NUMBER = re.compile(
    r"\s*(?:nomor|no)\s*[.:]?\s*(?P<number>[\dOlI]+(?:[./-][\w.]+)*)\s*(?:tahun|/)\s*(?P<year>[\dOlISZ]{2,5})",
    re.I,
)
#: Longest name of an office between the kind and the number of a rule, in characters.
_LONGEST_NAME = 220


@dataclass(frozen=True)
class Reference:
    """A rule named in a text.

    Attributes:
        kind: head of its id, such as ``permenpanrb``.
        short: how people write the kind, such as ``PermenPANRB``.
        issuer: the office as the text names it; None for the state itself.
        number, year: the year is None where it is misread.
        start, end: where the text names it.
    """

    kind: str
    short: str
    issuer: str | None
    number: str
    year: int | None
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.kind}-{slug(self.number)}-{self.year}"


def slug(text: str) -> str:
    """Lower case, and hyphens for everything that is no letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def references(text: str) -> list[Reference]:
    """All rules that the text names with kind, number and year, in order."""
    found: list[Reference] = []
    at = 0
    while (kind := _KIND.search(text, at)) is not None:
        at = kind.end()
        following = _KIND.search(text, at)
        limit = min(at + _LONGEST_NAME, following.start() if following else len(text))
        # The office of "PERATURAN MENTERI X/KEPALA BADAN Y" may name a kind itself; the number decides.
        window = text[at : limit + 60]
        number = re.search(_NUMBER, window)
        if number is None or number.start() > limit - at:
            continue
        name = " ".join(window[: number.start()].split()).strip(" :,")
        if re.search(r"[.;:]\s|\btentang\b|\bpasal\b", name, re.I):
            continue
        index = next(i for i in range(len(_KINDS)) if kind[f"k{i}"] is not None)
        head, written, office = _named(index, name)
        found.append(
            Reference(head, written, office, _digits(number["number"]), _year(number["year"]),
                      kind.start(), at + number.end())
        )  # fmt: skip
        at += number.end()
    return found


def _named(index: int, name: str) -> tuple[str, str, str | None]:
    """Head of the id, short kind and office of a rule of this kind whose text goes on with the name."""
    _, head, written, office = _KINDS[index]
    name = re.sub(r"\brepublik\s+indonesia\b|^negara(?=\s)", "", name, flags=re.I).strip(" ,")
    if not office or not name:
        return head, written, "Presiden Republik Indonesia" if not office else None
    if office == "ministry":
        short_id, short_name = _ministry(name)
        gap = " " if written.endswith("Menteri") else ""
        return f"{head}{short_id}", f"{written}{gap}{short_name}", f"Menteri {_titled(name)}"
    if office == "region":
        place = _region(name)
        officer = {"gub": "Gubernur ", "bup": "Bupati ", "wal": "Wali Kota "}.get(
            re.sub(r"^(?:per|kep|in|se-)", "", head)[:3]
        )
        return f"{head}-{slug(place)}", f"{written} {_titled(place)}", f"{officer or ''}{_titled(name)}"
    short_name = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in _SMALL)
    return f"{head}-{short_name.lower()}", f"{written} {short_name.upper()}", _titled(name)


_SMALL = frozenset({"dan", "atau", "di", "dalam", "untuk", "bagi", "serta", "kepala"})


def _ministry(name: str) -> tuple[str, str]:
    plain = " ".join(name.lower().split())
    for start, short_id, short_name in _MINISTRIES:
        if plain.startswith(start) or plain.replace(" ", "").startswith(start.replace(" ", "")):
            return short_id, short_name
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", plain) if word not in _SMALL)
    return initials or "teri", initials.upper()


def _region(name: str) -> str:
    """Sumedang, Kota Bandung, Jawa Barat: a regency and a city of one name must differ."""
    name = re.sub(r"^(?:provinsi|propinsi)\s+", "", name, flags=re.I)
    return re.sub(r"^kabupaten\s+", "kab ", name, flags=re.I)


def _titled(name: str) -> str:
    words = name.lower().split()
    return " ".join(word if word in _SMALL - {"kepala"} else word.capitalize() for word in words)


def _digits(written: str) -> str:
    """Letters are misread digits beside digits, and as the whole number: "45.2/KPTS/DISKOMINFO" keeps its own."""

    def digits(part: re.Match[str]) -> str:
        misread = part[0] == written or re.search(r"\d", part[0])
        return part[0].translate(str.maketrans("OlI", "011")) if misread else part[0]

    return re.sub(r"(?<![^./-])[\dOlI]+(?![^./-])", digits, written).strip("./-")


def _year(written: str) -> int | None:
    digits = written.translate(str.maketrans("OolISZ", "001152"))
    year = int(digits) if digits.isdecimal() else 0
    return year if 1945 <= year <= 2100 else None
