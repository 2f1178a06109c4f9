"""Which rule is this? Kind, number, year, subject, issuer, dates, and what it ends or changes."""

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from ingest.legal.lines import Line
from ingest.legal.offices import Reference, references, slug
from knowledge.library import Rule
from scoring.refusal import Text

#: Letters at the start of a document in which its heading is looked for.
_HEADING = 6000
_MONTHS = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
           "oktober", "november", "desember")  # fmt: skip
_DATE = re.compile(r"(\d{1,2}|[\dlIO]{1,2})\s+(" + "|".join(_MONTHS) + r")\s*([12lI][\dOoIlTt]{3})", re.I)
_SUBJECT_ENDS = re.compile(
    r"(?<!PERATURAN)(?<!KEPUTUSAN)(?<!EDARAN)(?<!PEDOMAN)\s+"
    r"(?:DENGAN RAHMAT TUHAN|BISMILLAH\w*|DENGAN NAMA ALLAH|ATAS RAHMAT ALLAH|"
    r"MENTERI\b|PRESIDEN\b|KEPALA BADAN|BUPATI\b|WALI ?KOTA\b|GUBERNUR\b|Menimbang|"
    r"Sumber\b|\d\.\s|BAB\s+I\b|LAMPIRAN|https?://|DEWAN PERWAKILAN)"
)
_LOWER = frozenset({"dan", "atau", "di", "dalam", "untuk", "bagi", "serta", "pada", "dengan", "atas", "yang", "oleh",
                    "ke", "dari", "tentang"})  # fmt: skip
_ACRONYMS = frozenset({"SPBE", "PANRB", "BSSN", "BRIN", "TIK", "ASN", "APBN", "APBD", "RI", "SDM"})


@dataclass(frozen=True)
class Identity:
    """What a document is.

    Attributes:
        rule: its entry for the register.
        notes: what had to be guessed.
    """

    rule: Rule
    notes: tuple[Text, ...] = field(default=())


def identify(lines: list[Line], name: str, *, articles: int | None, source: str, quality: str) -> Identity:
    """Read the identity from the heading and the closing articles; fall back on the file name.

    Args:
        lines: the whole document.
        name: the file's name.
        articles: number of the last article, if it has articles.
        source, quality: kept in the register.
    """
    text = "\n".join(line.text for line in lines)
    notes: list[Text] = []
    heading, subject = _heading(text)
    if heading is None:
        heading, subject = _from_name(name, text)
        notes.append(
            Text(
                id=f"{name}: jenis, nomor, dan tahun tidak ditemukan di awal teks; diambil dari nama berkas.",
                en=f"{name}: kind, number and year were not found at the start; taken from the file name.",
            )
        )
    enacted, published = _dates(text)
    year = heading.year or (int(enacted[:4]) if enacted else None) or _year_in(name)
    if heading.year is None and year:
        notes.append(
            Text(
                id=f"{name}: tahun pada judul tidak terbaca; dipakai {year} dari tanggal penetapan atau nama berkas.",
                en=f"{name}: the year in the heading is unreadable; {year} is taken from the date or the file name.",
            )
        )
    elif heading.year is None:
        notes.append(
            Text(
                id=f"{name}: tahunnya tidak ditemukan. Bila ini naskah aturan, beri nama seperti "
                "perbup-sumedang-12-2021.pdf lalu masukkan lagi.",
                en=f"{name}: its year was not found. If this is a rule, name the file like "
                "perbup-sumedang-12-2021.pdf and add it again.",
            )
        )
    number = slug(heading.number)
    head = f"{heading.kind}-{number}" if number else heading.kind
    own = f"{head}-{year}" if year else head
    amends = _amended(subject, own, heading.kind)
    short = f"{heading.short} {heading.number}/{year}" if number else heading.short
    rule = Rule(
        id=own,
        short=short,
        title=subject,
        kind=heading.kind,
        number=heading.number,
        year=year or 0,
        issuer=heading.issuer,
        revokes=_revoked(text, own),
        amends=amends,
        effective=_effective(text, enacted, published),
        articles=articles,
        source=source,
        quality=quality,
    )
    return Identity(rule, tuple(notes))


def _heading(text: str) -> tuple[Reference | None, str]:
    opening = text[:_HEADING]
    # OCR joins the words of "SURATEDARAN"; a letter names its office after the kind.
    opening = re.sub(r"SURAT\s*EDARAN\s*", "SURAT EDARAN ", opening)
    flat = " ".join(opening.split())
    recital = re.search(r"\bMenimbang\b\s*:|\b[Bb]ahwa\b|\bDalam rangka\b", flat)
    # In a damaged scan the word "Menimbang" may stand before the heading; the first recital never does.
    limit = recital.start() if recital and recital.start() > 60 else len(flat)
    # A rule that the legal basis names is never this one.
    basis = re.search(r"\bMengingat\b\s*:", flat)
    for reference in references(flat):
        if reference.start > max(limit, 400) or (basis and reference.start > basis.start()):
            break
        return reference, _subject(flat[reference.end :])
    return None, ""


def _subject(after: str) -> str:
    match = re.match(r"\s*tentang\s+(.*)", after, re.I)
    if match is None:
        return ""
    subject = _SUBJECT_ENDS.split(match[1], maxsplit=1)[0]
    shouting = re.match(r"[^a-z]{12,}(?=\s[A-Z][a-z]|$)", subject)
    return _titled((shouting[0] if shouting else subject)[:300].strip(" .,:;"))


def _titled(subject: str) -> str:
    if not subject.isupper():
        return subject
    words = []
    for at, word in enumerate(subject.split()):
        small = word.lower()
        if word.strip("()") in _ACRONYMS:
            words.append(word)
        elif at and small in _LOWER:
            words.append(small)
        else:
            words.append("-".join(part.capitalize() for part in small.split("-")))
    return " ".join(words)


def _from_name(name: str, text: str) -> tuple[Reference, str]:
    """A reference made of the file name: "perbup-sumedang-12-2021.pdf" or anything else."""
    stem = slug(PurePath(name).stem) or "dokumen"
    match = re.match(r"(.*?)-(\d+)-(?:tahun-)?((?:19|20)\d\d)$", stem)
    first = next((line for line in text.splitlines() if len(line) > 8), stem)
    if match is None:
        year = _year_in(name)
        kind = re.sub(r"-?(?:19|20)\d\d$", "", stem)
        return Reference(kind or stem, first[:80], None, "", year, 0, 0), _titled(first[:200])
    return Reference(match[1], match[1].replace("-", " ").capitalize(), None, match[2], int(match[3]), 0, 0), first[
        :200
    ]


def _year_in(name: str) -> int | None:
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    return int(years[-1]) if years else None


def _dates(text: str) -> tuple[str | None, str | None]:
    """Days of enactment and of publication, ISO."""
    found = []
    for word in (r"Di(?:tetapkan|sahkan)\s+di\b", r"Diundangkan\s+di\b"):
        day = None
        for match in re.finditer(word, text):
            if date := _DATE.search(text[match.end() : match.end() + 160]):
                day = _iso(date)
        found.append(day)
    return found[0], found[1]


def _iso(date: re.Match[str]) -> str:
    lookalike = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "T": "1", "t": "1"})
    month = _MONTHS.index(date[2].lower()) + 1
    return f"{int(date[3].translate(lookalike)):04d}-{month:02d}-{int(date[1].translate(lookalike)):02d}"


def _effective(text: str, enacted: str | None, published: str | None) -> str | None:
    match = re.search(r"\bini\s+mulai\s+berlaku\s+(?:pada|sejak|setelah|terhitung)\b(.{0,80})", text, re.S)
    if match is None:
        return None
    clause = re.split(r"\.\s|\bDi(?:tetapkan|sahkan|undangkan)\b", match[1])[0]
    if (date := _DATE.search(clause)) is not None:
        return _iso(date)
    if re.search(r"ditetapkan|penetapan", clause):
        return enacted
    # "pada tanegal diundangkan": what is neither a date nor the enactment is the publication.
    return published if re.match(r"\s*tan\w+\b", clause) else None


def _revoked(text: str, own: str) -> tuple[str, ...]:
    """Rules that a closing article ends: "... dicabut dan dinyatakan tidak berlaku"."""
    ended: list[str] = []
    flat = " ".join(text.split())
    for match in re.finditer(r"\bdicabut\s+dan\s+dinyatakan\s+tidak\s+berlaku|\bmencabut\b", flat):
        if match[0] == "mencabut":
            window = re.split(r"[.;]\s", flat[match.end() : match.end() + 600])[0]
        else:
            before = flat[max(0, match.start() - 2500) : match.start()]
            starts = [
                m.start() for m in re.finditer(r"[Pp]ada saat (?:\w+ ){1,4}ini mulai berlaku|\bPasal \d+ ", before)
            ]
            window = before[starts[-1] :] if starts else before[-700:]
        for reference in references(_without_citations(window)):
            if reference.year and reference.id != own and reference.id not in ended:
                ended.append(reference.id)
    return tuple(ended)


def _amended(subject: str, own: str, kind: str) -> tuple[str, ...]:
    """The rule of which the subject says that it changes it; one without a place is of the place of this one."""
    match = re.match(r"Perubahan\b(?:\s+\w+)?\s+Atas\b(.*)", subject, re.I)
    if match is None:
        return ()
    found = []
    for named in references(match[1])[:1]:
        reference = replace(named, kind=kind) if kind.startswith(f"{named.kind}-") else named
        if reference.year and reference.id != own:
            found.append(reference.id)
    return tuple(found)


def _without_citations(text: str) -> str:
    """Without "(Lembaran Negara ...)" and without rules named inside the title of another."""
    text = re.sub(r"\((?:Tambahan\s+)?(?:Lembaran|Berita)[^)]*\)", "", text)
    # A rule that was changed by others is what ends; those that changed it stand behind.
    text = re.sub(r"sebagaimana\s+telah\s+(?:beberapa\s+kali\s+)?diubah.*?(?=;|$)", "", text)
    return re.sub(r"(?i)\b(perubahan\s+(?:\w+\s+)?atas)\s+(?:peraturan|undang-undang|keputusan)\b", r"\1", text)
