"""Pages of a PDF: from its text layer where that is good, by OCR where it is not."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from ingest import ocr as optical
from ingest.columns import Box, in_columns, reading_order
from ingest.pages import Page
from scoring.refusal import RefusedInput, Text

#: Most pages that are read.
MOST_PAGES = 3000
#: A scan whose text layer has a smaller share of plausible words is read by OCR as well, all of it: such
#: a layer also misplaces markers and lines on pages whose words are right.
DOUBTFUL = 0.98
#: A visible text layer over an image is doubted only below this share.
BROKEN = 0.8
#: OCR of ours is preferred to a layer that is better by no more than this.
MARGIN = 0.01
#: Fewer letters than this on a page that shows an image: the text layer does not hold the page.
FEW_LETTERS = 60
#: Letters of a page whose direction is looked at.
_SAMPLED = 50


def read_pages(content: bytes, name: str, *, ocr: bool = True) -> tuple[tuple[Page, ...], tuple[Text, ...]]:
    """All pages and what is to be said about them.

    Raises:
        RefusedInput: damaged, encrypted, without pages or with too many; or a scan while Tesseract is
            missing.
    """
    document = _open(content, name)
    try:
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise _refused(
                "too_many_pages" if count else "document_damaged",
                name,
                Text(
                    id=f"mempunyai {count} halaman; yang diterima 1 sampai {MOST_PAGES}. Bagi menjadi beberapa berkas",
                    en=f"has {count} pages; accepted are 1 to {MOST_PAGES}. Split it into several files",
                ),
            )
        columns = in_columns([_boxes(document, index) for index in range(count)])
        pages = [_text_layer(document, index, columns=columns) for index in range(count)]
        doubtful = doubtful_pages(document, pages)
        if not doubtful or not ocr:
            return tuple(pages), ()
        return _with_ocr(document, name, pages, doubtful)
    finally:
        document.close()


def _with_ocr(
    document: pdfium.PdfDocument, name: str, pages: list[Page], doubtful: list[int]
) -> tuple[tuple[Page, ...], tuple[Text, ...]]:
    missing = optical.missing()
    if missing is not None:
        if not any(len(page.text) >= FEW_LETTERS for page in pages):
            raise RefusedInput(
                "ocr_not_installed",
                Text(
                    id=f"{name}: berkas ini hasil pindai tanpa teks, dan {missing.id}",
                    en=f"{name}: this file is a scan without text, and {missing.en}",
                ),
                file=name,
                pages=[index + 1 for index in doubtful],
            )
        listing = _listing([index + 1 for index in doubtful])
        note = Text(
            id=f"{name}: teks halaman {listing} buruk atau tidak ada, dan {missing.id}",
            en=f"{name}: the text of page {listing} is bad or missing, and {missing.en}",
        )
        return tuple(pages), (note,)
    read = optical.read_pages(document, doubtful)
    taken = []
    for index, text in read.items():
        page = Page.of(text, index + 1, ocr=True)
        layer = pages[index]
        shrunk = len(text) < 0.7 * len(layer.text)
        if (page.quality >= layer.quality - MARGIN and not shrunk) or len(layer.text) < FEW_LETTERS:
            pages[index] = page
            taken.append(index + 1)
    if not taken:
        return tuple(pages), ()
    note = Text(
        id=f"{name}: halaman {_listing(taken)} dibaca dengan OCR karena teksnya buruk atau tidak ada.",
        en=f"{name}: page {_listing(taken)} was read by OCR because its text is bad or missing.",
    )
    return tuple(pages), (note,)


def _open(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise _refused(
                "document_encrypted",
                name,
                Text(
                    id="terkunci kata sandi. Simpan salinannya tanpa kata sandi",
                    en="is locked with a password. Save a copy without one",
                ),
            ) from error
        raise _refused(
            "document_damaged",
            name,
            Text(
                id="PDF rusak dan tidak dapat dibuka. Unduh ulang dari sumbernya",
                en="is a damaged PDF and cannot be opened. Download it again from its source",
            ),
        ) from error


def _text_layer(document: pdfium.PdfDocument, index: int, *, columns: bool) -> Page:
    try:
        page = document[index]
        shown = page.get_rotation()
        reading = page.get_textpage()
        if shown and (upright := _upright(reading)) != shown:
            # PDFium puts the lines of a page that the viewer turns in a wrong order: it is read as it was written.
            reading.close()
            page.set_rotation(upright)
            reading = page.get_textpage()
        text = _by_column(reading) if columns else reading.get_text_range()
        reading.close()
        page.set_rotation(shown)
        page.close()
    except pdfium.PdfiumError:
        text = ""
    # PDFium writes U+FFFE for a hyphen at the end of a line and takes the line break away.
    text = text.replace("\ufffe", "-").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return Page.of(text, index + 1)


def _upright(reading: pdfium.PdfTextPage) -> int:
    """The rotation in degrees, a multiple of 90, under which most letters of a page stand upright."""
    count = reading.count_chars()
    angles = [
        round(math.degrees(max(0.0, pdfium_raw.FPDFText_GetCharAngle(reading.raw, at))) / 90) * 90 % 360
        for at in range(0, count, max(1, count // _SAMPLED))
    ]
    return (360 - max(set(angles), key=angles.count)) % 360 if angles else 0


def _boxes(document: pdfium.PdfDocument, index: int) -> list[Box]:
    """The pieces of lines of a page."""
    try:
        page = document[index]
        reading = page.get_textpage()
        boxes = _pieces(reading)
        reading.close()
        page.close()
    except pdfium.PdfiumError:
        return []
    return boxes


def _pieces(reading: pdfium.PdfTextPage) -> list[Box]:
    places = (reading.get_rect(at) for at in range(reading.count_rects()))
    return [Box(left, -top, right, -bottom) for left, bottom, right, top in places]


def _by_column(reading: pdfium.PdfTextPage) -> str:
    """The text of a page in columns, one after the other."""
    areas = reading_order(_pieces(reading))
    return reading.get_text_range() if areas is None else "\n".join(_text_in(reading, areas))


def _text_in(reading: pdfium.PdfTextPage, areas: Sequence[Box]) -> list[str]:
    """The text of each area, letter by letter: a hyphen at the end of a line would be lost otherwise."""
    texts = ["" for _ in areas]
    level: list[float | None] = [None for _ in areas]
    at = 0
    for index in range(reading.count_chars()):
        letter = chr(pdfium_raw.FPDFText_GetUnicode(reading.raw, index))
        if pdfium_raw.FPDFText_IsGenerated(reading.raw, index) == 1:
            if not letter.isspace() or letter == " ":
                texts[at] += letter
            continue
        left, bottom, right, top = reading.get_charbox(index)
        across, along = (left + right) / 2, -(bottom + top) / 2
        inside = [n for n, area in enumerate(areas) if area.holds(across, along)]
        at = inside[0] if inside else at
        last = level[at]
        if last is not None and abs(along - last) > max(2.0, 0.6 * (top - bottom)) and not letter.isspace():
            texts[at] = texts[at].rstrip(" ") + "\n"
        if not letter.isspace():
            level[at] = along
        texts[at] += letter
    return texts


def doubtful_pages(document: pdfium.PdfDocument, pages: list[Page]) -> list[int]:
    """Pages that are images and whose text layer is missing, or bad in the document as a whole.

    A layer that a scanner laid under its image is invisible; visible text on a coloured page is the
    document's own and is doubted only where it is plainly broken.
    """
    looks = [_look(document, index) for index in range(len(pages))]
    empty = [at for at, look in enumerate(looks) if look.image and len(pages[at].text.strip()) < FEW_LETTERS]
    layered = [at for at, look in enumerate(looks) if look.image and at not in empty]
    hidden = [at for at in layered if looks[at].hidden]
    letters = sum(len(pages[at].text) for at in hidden)
    share = sum(pages[at].quality * len(pages[at].text) for at in hidden) / letters if letters else 1.0
    bad = hidden if share < DOUBTFUL else []
    broken = [at for at in layered if pages[at].quality < BROKEN]
    return sorted({*empty, *bad, *broken})


@dataclass(frozen=True)
class _Look:
    """What a page shows: an image over most of it, and whether its text is invisible."""

    image: bool
    hidden: bool


def _look(document: pdfium.PdfDocument, index: int) -> _Look:
    try:
        page = document[index]
        width, height = page.get_size()
        area, shown, unseen = 0.0, 0, 0
        for item in page.get_objects(max_depth=3):
            if item.type == pdfium_raw.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = item.get_bounds()
                area += max(0.0, right - left) * max(0.0, top - bottom)
            elif item.type == pdfium_raw.FPDF_PAGEOBJ_TEXT:
                mode = pdfium_raw.FPDFTextObj_GetTextRenderMode(item.raw)
                unseen += mode == pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE
                shown += mode != pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE
        page.close()
    except pdfium.PdfiumError:
        return _Look(image=False, hidden=False)
    return _Look(image=bool(area > 0.4 * width * height), hidden=unseen > shown)


def _listing(numbers: list[int]) -> str:
    """Page numbers as people write them.

    >>> _listing([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _refused(code: str, name: str, reason: Text) -> RefusedInput:
    return RefusedInput(
        code,
        Text(
            id=f"{name}: {reason.id}. Tidak ada yang disimpan.",
            en=f"{name}: {reason.en}. Nothing was stored.",
        ),
        file=name,
    )
