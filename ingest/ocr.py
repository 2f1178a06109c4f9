"""Optical recognition of scanned pages with Tesseract, in Indonesian."""

import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, TypeVar

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from scoring.refusal import Text

#: Resolution at which pages are recognised, in dots per inch.
RESOLUTION = 200
#: Scans lie askew by a degree or two; more than this is turned paper, not a skewed feed. In degrees.
MOST_SKEW = 3.0
#: Share of a page that is dark specks with white around them. Clean prints have 0.0002 (dots on letters), scans of
#: the State Secretariat 0.0002, a page with a thousandth of its points turned black or white 0.0006.
SPECKLED = 0.0008
_SECONDS_PER_PAGE = 120

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
    return on_pages(document, indices, recognise)


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


def render(document: pdfium.PdfDocument, index: int) -> Image.Image:
    """A page as a grey image."""
    page = document[index]
    width, height = page.get_size()
    # A page of enormous size is drawn smaller: 8000 pixels show every letter of a law.
    scale = min(RESOLUTION / 72, 8000 / max(width, height, 1))
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


def recognise(image: Image.Image) -> str:
    """The text of one page image, cleaned and straightened first."""
    return recognise_drawn(without_specks(image))


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


def _tesseract(image: Image.Image, *options: str) -> str:
    picture = BytesIO()
    image.save(picture, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", "ind", "--dpi", str(RESOLUTION), *options]
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
