"""Optical recognition of scanned pages with Tesseract, in Indonesian."""

import os
import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from typing import Any, TypeVar

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ingest.columns import Box, in_columns, reading_order
from ingest.text_quality import quality
from scoring.refusal import Text

#: Resolution at which pages are recognised, in dots per inch.
RESOLUTION = 200
#: The same where only the lie of the lines is looked at.
_SKETCH = 100
#: Scans lie askew by a degree or two; more than this is turned paper, not a skewed feed. In degrees.
MOST_SKEW = 3.0
#: Share of a page that is dark specks with white around them. Clean prints have 0.0002 (dots on letters), scans of
#: the State Secretariat 0.0002, a page with a thousandth of its points turned black or white 0.0006.
SPECKLED = 0.0008
_SECONDS_PER_PAGE = 120
#: A page with a smaller share of plausible words may lie on its side or on its head. Bad scans have 0.8.
_UNREADABLE = 0.6
#: Darkness from which a point is ink, of 255.
_INK = 160

R = TypeVar("R")


def missing() -> Text | None:
    """What must be installed before scans can be read; None where all is there."""
    if "ind" in _languages():
        return None
    return Text(
        id="Tesseract dengan bahasa Indonesia belum terpasang. Pasang paket Debian/Ubuntu "
        "tesseract-ocr dan tesseract-ocr-ind, lalu jalankan perintah yang sama.",
        en="Tesseract with Indonesian is not installed. Install the Debian/Ubuntu packages "
        "tesseract-ocr and tesseract-ocr-ind, then run the same command.",
    )


def read_pages(document: pdfium.PdfDocument, indices: list[int]) -> dict[int, str]:
    """The text of some pages, by index from 0. A page that takes too long is left empty."""
    columns = in_columns([_boxes(render(document, index, _SKETCH)) for index in indices])
    return on_pages(document, indices, partial(recognise, columns=columns))


def on_pages(document: pdfium.PdfDocument, indices: list[int], work: Callable[[Image.Image], R]) -> dict[int, R]:
    """Do some work on the images of pages, by index from 0.

    PDFium is not safe for threads, so pages are drawn here one by one; Tesseract is a process of its
    own, so a few pages are worked on side by side.
    """
    workers = max(1, min(4, os.cpu_count() or 1))
    found: dict[int, R] = {}
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(indices), workers):
            batch = indices[start : start + workers]
            images = [render(document, index) for index in batch]
            found.update(zip(batch, pool.map(work, images), strict=True))
    return found


def render(document: pdfium.PdfDocument, index: int, resolution: int = RESOLUTION) -> Image.Image:
    """A page as a grey image."""
    page = document[index]
    width, height = page.get_size()
    # A page of enormous size is drawn smaller: 8000 pixels show every letter of a law.
    scale = min(resolution / 72, 8000 / max(width, height, 1))
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    page.close()
    return image


@dataclass(frozen=True)
class Word:
    """A recognised word: where it is in the image, in pixels, and the number of its line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: int


def recognise(image: Image.Image, *, columns: bool = False) -> str:
    """The text of one page image: cleaned, stood up where nothing can be read, straightened, column by column."""
    clean = without_specks(image)
    text = _recognise_upright(clean, columns=columns)
    if quality(text) >= _UNREADABLE:
        return text
    turned = (_recognise_upright(clean.rotate(turn, expand=True), columns=columns) for turn in _turns(clean))
    return max((text, *turned), key=lambda read: (quality(read), len(read)))


def _recognise_upright(image: Image.Image, *, columns: bool) -> str:
    straight = deskew(image)
    areas = reading_order(_boxes(straight)) if columns else None
    if areas is None:
        return _tesseract(straight, "--psm", "4")
    parts = (straight.crop((int(a.left), int(a.top), int(a.right) + 1, int(a.bottom) + 1)) for a in areas)
    return "\n".join(_tesseract(_with_margin(part), "--psm", "4") for part in parts if min(part.size) > 8)


def _with_margin(image: Image.Image) -> Image.Image:
    """White around a part that was cut out: Tesseract loses letters at an edge."""
    around = RESOLUTION // 10
    page = Image.new("L", (image.width + 2 * around, image.height + 2 * around), 255)
    page.paste(image, (around, around))
    return page


def _turns(image: Image.Image) -> tuple[int, ...]:
    """The turns, in degrees counter-clockwise, by which a page may be stood up; one where Tesseract knows which."""
    if "osd" in _languages():
        found = re.search(r"^Orientation in degrees: (\d+)", _tesseract(image, "--psm", "0", language="osd"), re.M)
        if found:
            return (int(found[1]),) if int(found[1]) else ()
    return (180, 90, 270)


def _boxes(image: Image.Image) -> list[Box]:
    """The lines on either side of the emptiest strip near the middle, and those across it."""
    ink: NDArray[np.bool_] = np.asarray(image) < _INK
    rows, columns = np.flatnonzero(_rows(ink)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or not len(columns):
        return []
    left, right = int(columns[0]), int(columns[-1]) + 1
    strip = max(3, (right - left) // 80)
    low, high = left + (right - left) * 42 // 100, left + (right - left) * 58 // 100
    crossed = np.convolve(ink[:, low:high].sum(axis=0), np.ones(strip), "valid")
    if not len(crossed):
        return []
    emptiest = np.flatnonzero(crossed == crossed.min())
    middle = low + int(emptiest[len(emptiest) // 2]) + strip // 2
    lines = _rows(ink)
    across = _rows(ink[:, middle - strip // 2 : middle + strip // 2 + 1])
    found = []
    for start, end in _runs(lines):
        if across[start:end].any():
            found.append(_box(ink, left, right, start, end))
    rest = np.where(_filled(lines, across)[:, None], False, ink)
    for begin, stop in ((left, middle), (middle, right)):
        found += [_box(rest, begin, stop, start, end) for start, end in _runs(_rows(rest[:, begin:stop]))]
    return found


def _rows(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows of points in which there is any ink."""
    return np.asarray(ink.any(axis=1), dtype=np.bool_)


def _filled(lines: NDArray[np.bool_], across: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rows of the runs that something runs across."""
    taken = np.zeros_like(lines)
    for start, end in _runs(lines):
        if across[start:end].any():
            taken[start:end] = True
    return taken


def _box(ink: NDArray[np.bool_], left: int, right: int, top: int, bottom: int) -> Box:
    columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    return Box(left + int(columns[0]), top, left + int(columns[-1]) + 1, bottom)


def _runs(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where true values stand without a break, as starts and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def recognise_drawn(image: Image.Image) -> str:
    """The text of an image that no glass was between, such as a chart: its dots are no specks."""
    return _tesseract(deskew(image), "--psm", "4")


def recognise_words(image: Image.Image, *, digits: bool = False) -> list[Word]:
    """The words of a level image with their places; of a block of ``digits`` nothing else is looked for."""
    only: tuple[str, ...] = ("--psm", "4")
    if digits:  # the English model tells a slanted 7 from a 1, the Indonesian one does not
        only = ("--psm", "6", "-c", "tessedit_char_whitelist=0123456789,.")
        only = ("-l", "eng", *only) if "eng" in _languages() else only
    found = []
    lines: dict[tuple[str, ...], int] = {}
    for row in _tesseract(image, *only, "tsv").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        line = lines.setdefault(tuple(cells[1:5]), len(lines))
        found.append(Word(cells[11].strip(), left, top, left + width, top + height, line))
    return found


def _tesseract(image: Image.Image, *options: str, language: str = "ind") -> str:
    picture = BytesIO()
    image.save(picture, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", language, "--dpi", str(RESOLUTION), *options]
    try:
        # One thread for each page: pages side by side make better use of the processors.
        done = subprocess.run(  # noqa: S603 - a fixed command, the image goes in by its standard input
            command,
            input=picture.getvalue(),
            capture_output=True,
            timeout=_SECONDS_PER_PAGE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", errors="replace").replace("\x0c", "") if done.returncode == 0 else ""


@cache
def _languages() -> frozenset[str]:
    command = ["tesseract", "--list-langs"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=30)  # noqa: S603
    except (subprocess.TimeoutExpired, OSError):
        return frozenset()
    return frozenset(done.stdout.decode(errors="replace").split())


def without_specks(image: Image.Image) -> Image.Image:
    """Take out the specks of a dirty glass or a bad copy, with which Tesseract finds no lines.

    Only where there are many: the median that takes them out also thins letters.
    """
    return image.filter(ImageFilter.MedianFilter(3)) if specks(image) > SPECKLED else image


def specks(image: Image.Image) -> float:
    """Share of the points that are dark while the ring two to three points around them is white."""
    near = np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=np.float32)  # the mean of 3 by 3 points
    wide = np.asarray(image.filter(ImageFilter.BoxBlur(3)), dtype=np.float32)  # of 7 by 7
    ring = (49 * wide - 9 * near) / 40
    return float(((np.asarray(image) < 160) & (ring > 225)).mean())


def deskew(image: Image.Image) -> Image.Image:
    """Turn the image so that its lines lie level."""
    angle = skew(image)
    if abs(angle) < 0.15:
        return image
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def skew(image: Image.Image) -> float:
    """The turn in degrees, counter-clockwise, that levels the lines.

    Level lines make the sums of ink by row rise and fall most sharply (projection profile).
    """
    small = image.copy()
    small.thumbnail((1000, 1000))
    ink = np.asarray(small, dtype=np.float32)
    mask = Image.fromarray(((ink < ink.mean() * 0.8) * 255).astype(np.uint8))

    def sharpness(angle: float) -> float:
        rows: Any = np.asarray(mask.rotate(angle, resample=Image.Resampling.BILINEAR)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.5), key=sharpness)
    fine = np.arange(coarse - 0.4, coarse + 0.41, 0.1)
    return round(float(max(fine, key=sharpness)), 2)
