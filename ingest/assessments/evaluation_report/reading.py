"""An evaluation report becomes one assessment and the passages of its findings."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

from ingest.assessments.evaluation_report.averages import averages_in_pictures
from ingest.assessments.evaluation_report.figures import ReportFigures, read_figures
from ingest.assessments.evaluation_report.findings import Finding, read_findings
from ingest.assessments.evaluation_report.identity import (
    agency_of_report,
    index_of_report,
    rating_of_report,
    year_of_report,
)
from ingest.assessments.evaluation_report.lines import Pages, read_pdf
from ingest.assessments.labels import Names, all_names
from ingest.assessments.letterhead import Entry, Register
from ingest.assessments.options import Options
from ingest.assessments.reading import Read, Reading, checked
from ingest.assessments.refusals import refuse
from ingest.assessments.report import Report
from knowledge.library import Rule
from knowledge.passage import Passage
from scoring.assessment import Assessment, Published
from scoring.figures import shown
from scoring.inference import infer
from scoring.instrument import instrument_for, load_instrument
from scoring.refusal import RefusedInput, Text

_MOST_FORCED = 6  # levels that may be left to the printed totals
_KIND_NAMES = {
    "strength": "kekuatan",
    "weakness": "kelemahan",
    "recommendation": "rekomendasi",
    "summary": "ringkasan",
    "average": "rata-rata",
}


def read_evaluation_report(path: Path, content: bytes, register: Register | None, options: Options) -> Reading:
    """Read one report.

    Raises:
        RefusedInput: no evaluation report, one that cannot be read completely, or one whose levels do not give
            its totals.
    """
    report = Report(path.name)
    pages = read_pdf(content, path.name, allow_ocr=options.ocr)
    names, year, figures = _read(pages, options)
    if not figures.averages and not pages.by_ocr:
        figures.averages, on = averages_in_pictures(pages, names)
        if on is not None:
            pages.by_ocr.append(on)
            figures.pages |= {("rating", aspect.number): on for aspect in names.instrument.aspects}
    agency = agency_of_report(pages.lines, register) or options.agency
    if agency is None and pages.recognise_pictures():
        agency = agency_of_report(pages.lines, register)
    if agency is None:
        raise _missing(path.name, "instansinya", "the agency", '--agency "Kota Bandar Lampung"')
    assert year is not None
    entry = register.find(agency) if register is not None else None
    name = entry.name if entry is not None else agency
    assessment = _completed(
        _assessment(name, year, names, figures, rating_of_report(pages.lines, names.instrument)), pages, figures, report
    )
    findings = read_findings(pages, names, figures.regions)
    _say(pages, figures, findings, year, report)
    reads = checked(path, [Read(assessment, path.name)], options, report)
    passages, rule = _passages(name, entry, year, names, figures, findings, options.published, path.name)
    return Reading(tuple(reads), report, passages, (rule,))


def _read(pages: Pages, options: Options) -> tuple[Names, int | None, ReportFigures]:
    """Year, instrument and figures; pages without text are recognised only where something is missing."""
    while True:
        year = options.year or year_of_report(pages.lines)
        if year is not None:
            names = _names(year)
            figures = read_figures(pages, names, year)
            if ("index", 0) not in figures.totals and (index := index_of_report(pages.lines, names.instrument)):
                figures.totals["index", 0], figures.pages["index", 0] = index
                figures.unsure.pop(("index", 0), None)
            complete = len(figures.levels) == len(names.instrument.indicators) and ("index", 0) in figures.totals
            if complete:
                return names, year, figures
        if not pages.recognise_pictures():
            break
    if year is None or (not figures.levels and ("index", 0) not in figures.totals):
        raise _no_report(pages)
    missing = [i.number for i in names.instrument.indicators if i.number not in figures.levels]
    if len(missing) == len(names.instrument.indicators) and not figures.totals:
        raise _no_report(pages)
    forced = names.instrument.scale.whole and len(missing) <= _MOST_FORCED  # totals of decimals force nothing
    if missing and not (forced and ("index", 0) in figures.totals):
        raise _incomplete(pages.name, missing, figures, len(names.instrument.indicators))
    if missing:
        return names, year, figures
    raise _missing(pages.name, "nilai indeksnya", "its index", "--year 2024")


def _names(year: int) -> Names:
    wanted = instrument_for(year).id
    return next(names for names in all_names() if names.instrument.id == wanted)


def _assessment(agency: str, year: int, names: Names, figures: ReportFigures, rating: str | None) -> Assessment:
    totals = figures.totals
    return Assessment(
        instrument=names.instrument.id,
        agency=agency,
        year=year,
        stage="external",
        levels=dict(sorted(figures.levels.items())),
        published=Published(
            index=totals.get(("index", 0)),
            rating=rating,
            domains={n: totals["domain", n] for n in range(1, 20) if ("domain", n) in totals},
            aspects={n: totals["aspect", n] for n in range(1, 40) if ("aspect", n) in totals},
        ),
    )


def _completed(assessment: Assessment, pages: Pages, figures: ReportFigures, report: Report) -> Assessment:
    """Levels that could not be read, where the printed totals leave only one choice for each; said in the report.

    Raises:
        RefusedInput: they leave several, or the totals contradict what was read.
    """
    instrument = load_instrument(assessment.instrument)
    missing = [i.number for i in instrument.indicators if i.number not in assessment.levels]
    if not missing:
        return assessment
    inferred = infer(assessment)
    if inferred.contradictions or set(inferred.forced) != set(missing):
        raise _incomplete(pages.name, missing, figures, len(instrument.indicators))
    for number, level in sorted(inferred.forced.items()):
        page = figures.unsure.get(("indicator", number))
        on_id, on_en = (f" pada halaman {page}", f" on page {page}") if page else ("", "")
        report.add(
            "assumed",
            f"indikator {number} tidak terbaca{on_id}; nilai aspek, domain, dan indeks hanya mungkin dengan "
            f"tingkat {level}.",
            f"indicator {number} could not be read{on_en}; aspect, domain and index are only possible with "
            f"level {level}.",
        )
    levels = assessment.levels | {number: Fraction(level) for number, level in inferred.forced.items()}
    return assessment.model_copy(update={"levels": dict(sorted(levels.items()))})


def _say(pages: Pages, figures: ReportFigures, findings: list[Finding], year: int, report: Report) -> None:
    where = sorted({page for node, page in figures.pages.items() if node[0] == "indicator"})
    totals = sorted({page for node, page in figures.pages.items() if node[0] not in ("indicator", "rating")})
    report.add(
        "read",
        f"tingkat indikator dari halaman {_listed(where)}; indeks, domain, aspek dari halaman {_listed(totals)}.",
        f"levels from page {_listed(where)}; index, domains, aspects from page {_listed(totals)}.",
    )
    counts = Counter(finding.what for finding in findings)
    if counts:
        said_id = ", ".join(f"{count} {_KIND_NAMES[what]}" for what, count in counts.items())
        said_en = ", ".join(f"{count} {what}" for what, count in counts.items())
        on = _listed(sorted({finding.page for finding in findings}))
        report.add("read", f"catatan asesor: {said_id}; halaman {on}.", f"assessors' words: {said_en}; page {on}.")
    if figures.averages:
        count = len(figures.averages)
        report.add("read", f"rata-rata kelompok untuk {count} nilai.", f"averages of groups for {count} values.")
    if pages.by_ocr:
        on = _listed(pages.by_ocr)
        report.add("assumed", f"halaman {on} dibaca dengan OCR.", f"page {on} was read by OCR.")
    for (kind, number), page in sorted(figures.unsure.items(), key=lambda item: item[1]):
        if kind != "indicator":
            word = {"index": "indeks", "domain": f"domain {number}", "aspect": f"aspek {number}"}[kind]
            english = kind if kind == "index" else f"{kind} {number}"
            report.add(
                "ignored",
                f"nilai {word} pada halaman {page} tidak terbaca pasti, jadi tidak disimpan.",
                f"the value of {english} on page {page} could not be read surely and was not stored.",
            )
    for other in sorted(figures.other_years):
        report.add(
            "ignored",
            f"kolom nilai {other} tidak dibaca; impor LHE {other} untuk tahun itu.",
            f"the column of {other} was not read; import the report of {other} for that year.",
        )
    for heading in sorted(figures.left_out):
        report.add(
            "ignored",
            f'kolom "{heading}" tidak dibaca; ini bukan nilai evaluasi eksternal.',
            f'the column "{heading}" was not read; it is not the external evaluation.',
        )
    if not findings:
        report.add(
            "ignored",
            f"tidak ada kekuatan, kelemahan, atau rekomendasi dalam laporan {year} ini.",
            f"there are no strengths, weaknesses or recommendations in this report of {year}.",
        )


def _passages(
    agency: str,
    entry: Entry | None,
    year: int,
    names: Names,
    figures: ReportFigures,
    findings: list[Finding],
    published: bool,
    source: str,
) -> tuple[tuple[Passage, ...], Rule]:
    """The findings as passages of the agency, and the report as the rule they belong to."""
    owner = entry.id if entry is not None else "-".join(agency.lower().split())
    spoken = agency.removeprefix("Pemerintah ")
    rule = Rule(
        id=f"lhe-{owner}-{year}",
        short=f"LHE SPBE {spoken} {year}",
        title=f"Laporan Hasil Evaluasi SPBE {spoken} {year}",
        kind="lhe",
        number="-",
        year=year,
        issuer="Kementerian PANRB",
        status="in force",
        source=source,
    )
    texts = [(f.aspect, str(f.what), f.text, f.page) for f in findings]
    for aspect in names.instrument.aspects:
        groups = figures.averages.get(("aspect", aspect.number))
        if groups:
            values = "; ".join(f"{group} {shown(value).replace('.', ',')}" for group, value in groups.items())
            page = figures.pages.get(("rating", aspect.number), 0)
            texts.append((aspect.number, "average", f"Rata-rata {year}, {aspect.name.id}: {values}.", page))
    counted: Counter[tuple[int | None, str]] = Counter()
    passages = []
    for number, what, text, page in texts:
        counted[number, what] += 1
        node = "index" if number is None else f"aspect {number}"
        place = node.replace(" ", "-")
        locator = _KIND_NAMES[what].capitalize() if number is None else f"Aspek {number}, {_KIND_NAMES[what]}"
        passages.append(
            Passage(
                id=f"finding:{owner}-{year}:{place}:{what}:{counted[number, what]}",
                rule=rule.id,
                title=rule.title,
                locator=locator,
                text=text,
                kind="finding",
                page=page or None,
                headings=(node, what),
                agency=agency,
                published=published,
            )
        )
    return tuple(passages), rule


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "-"


_LHE = Text(
    id="Laporan Hasil Evaluasi/Pemantauan SPBE satu instansi dengan tabel nilai semua indikator",
    en="the ministry's evaluation report (LHE) of one agency with the table of all indicators",
)


def _no_report(pages: Pages) -> RefusedInput:
    scan = bool(pages.pictures) and not pages.lines
    return refuse(
        "scan_not_readable" if scan else "not_an_evaluation_report",
        pages.name,
        Text(
            id="halamannya hanya gambar dan tidak terbaca" if scan else "PDF ini bukan laporan hasil evaluasi SPBE",
            en="its pages are pictures that could not be read" if scan else "this PDF is no SPBE evaluation report",
        ),
        _LHE,
        Text(
            id="Peraturan dan pedoman dimasukkan dengan `spbe ingest`. "
            "Minta LHE sebagai PDF dengan teks bila ini pindaian.",
            en="Rules and guidelines go in by `spbe ingest`. Ask for the report as PDF with text if this is a scan.",
        ),
        file=pages.name,
    )


def _incomplete(name: str, missing: list[int], figures: ReportFigures, size: int) -> RefusedInput:
    some = ", ".join(map(str, missing[:12])) + (" ..." if len(missing) > 12 else "")
    unsure = sorted({page for node, page in figures.unsure.items() if node[0] == "indicator"})
    on_id, on_en = (f"; halaman {_listed(unsure)}", f"; page {_listed(unsure)}") if unsure else ("", "")
    return refuse(
        "report_incomplete",
        name,
        Text(
            id=f"tingkat {len(missing)} dari {size} indikator tidak terbaca ({some}{on_id})",
            en=f"the levels of {len(missing)} of {size} indicators could not be read ({some}{on_en})",
        ),
        _LHE,
        Text(
            id='Salin tabel indikatornya ke lembar kerja ("No | Indikator | Nilai") lalu impor lembar itu.',
            en='Copy its table of indicators into a sheet ("No | Indikator | Nilai") and import that.',
        ),
        file=name,
        missing=missing,
    )


def _missing(name: str, id_: str, en: str, option: str) -> RefusedInput:
    return refuse(
        "report_incomplete",
        name,
        Text(id=f"{id_} tidak ditemukan dalam laporan", en=f"{en} was not found in the report"),
        _LHE,
        Text(id=f"Ulangi dengan {option}.", en=f"Repeat with {option}."),
        file=name,
    )
