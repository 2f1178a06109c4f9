"""Averages of the nation and of groups of agencies where the report shows them only as a picture.

Recognition misreads a figure now and then. So every picture is read twice, at different resolutions, and a figure
is kept where both readings agree, or where one of them makes the average of its domain come out.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import product
from typing import Any

import pypdfium2 as pdfium

from ingest import ocr
from ingest.assessments.cells import value_of
from ingest.assessments.evaluation_report.figures import Node, total_named
from ingest.assessments.evaluation_report.groups import groups_in
from ingest.assessments.evaluation_report.lines import Pages
from ingest.assessments.labels import Names, read_label

_RESOLUTIONS = (200, 300)  # dots per inch
_VALUES = re.compile(r"^(.*?)\s*((?:(?:\d[.,]\d\d|\d{3})\s+){3,}(?:\d[.,]\d\d|\d{3}))$")
_SLACK = Fraction(11, 1000)  # averages are printed with two decimals, so is what they are made of

Averages = dict[Node, dict[str, Fraction]]


def averages_in_pictures(pages: Pages, names: Names) -> tuple[Averages, int | None]:
    """The averages on the pages that hold no text, and the page they stand on. The cover is left out."""
    wanted = [number for number in pages.pictures if number != 1]
    if not wanted or not pages.allow_ocr or ocr.missing() is not None:
        return {}, None
    for number in wanted:
        readings = [_table(text, names) for text in _recognised(pages.content, number)]
        settled = _settled(readings, names)
        if settled:
            return settled, number
    return {}, None


def _recognised(content: bytes, number: int) -> list[str]:
    document = pdfium.PdfDocument(content)
    try:
        images: list[Any] = [
            document[number - 1].render(scale=dots / 72, grayscale=True).to_pil().convert("L") for dots in _RESOLUTIONS
        ]
    finally:
        document.close()
    with ThreadPoolExecutor(len(images)) as pool:
        return list(pool.map(ocr.recognise_drawn, images))


def _table(text: str, names: Names) -> Averages:
    """The rows of one reading; a figure without its comma has it set again ("217" is 2,17)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    groups: tuple[str, ...] = ()
    found: Averages = {}
    for position, line in enumerate(lines):
        groups = groups_in(line) or groups
        match = _VALUES.match(line)
        if match is None or not groups:
            continue
        values = [value_of(v if len(v) == 4 else f"{v[0]},{v[1:]}") for v in match[2].split()]
        before = lines[position - 1] if position else ""
        after = lines[position + 1] if position + 1 < len(lines) else ""
        spoken = (match[1], f"{before} {match[1]}", f"{match[1]} {after}", f"{before} {match[1]} {after}")
        nodes = (total_named(label, names) for name in spoken if (label := read_label(name)) is not None)
        node = next((node for node in nodes if node is not None and node not in found), None)
        if node is not None and len(values) == len(groups):
            found[node] = {g: v for g, v in zip(groups, values, strict=True) if isinstance(v, Fraction) and v <= 5}
    return found


def _settled(readings: list[Averages], names: Names) -> Averages:
    """What the readings agree on, and of the rest what fits the average of its domain."""
    nodes = list(dict.fromkeys(node for reading in readings for node in reading))
    groups = list(dict.fromkeys(group for reading in readings for row in reading.values() for group in row))
    kept: Averages = {}
    for group in groups:
        read = {
            node: {reading[node][group] for reading in readings if group in reading.get(node, {})} for node in nodes
        }
        sure = {
            node: next(iter(values))
            for node, values in read.items()
            if len(values) == 1 and sum(group in reading.get(node, {}) for reading in readings) == len(readings)
        }
        for domain in names.instrument.domains:
            sure |= _fitting(domain.number, read, sure, names)
        for node, value in sure.items():
            kept.setdefault(node, {})[group] = value
    return kept


def _fitting(
    domain: int, read: dict[Node, set[Fraction]], sure: dict[Node, Fraction], names: Names
) -> dict[Node, Fraction]:
    """The only choice of readings that makes the aspects of a domain give its average."""
    parts = [a for a in names.instrument.aspects if a.domain == domain]
    top: Node = ("domain", domain)
    nodes: list[Node] = [top, *(("aspect", a.number) for a in parts)]
    choices = [[sure[node]] if node in sure else sorted(read.get(node, ())) for node in nodes]
    weight = sum((a.weight for a in parts), Fraction(0))
    fitting = [
        choice
        for choice in product(*choices)
        if abs(sum((a.weight * v for a, v in zip(parts, choice[1:], strict=True)), Fraction(0)) / weight - choice[0])
        <= _SLACK
    ]
    return dict(zip(nodes, fitting[0], strict=True)) if len(fitting) == 1 else {}
