"""What a drawn report is drawn with: its choices, its letters, rules and shapes of levels."""

import random
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Paragraph, Table

from scoring import Assessment
from scoring.instrument import Indicator, Instrument
from scoring.scorecard import Scorecard

Story = list[Any]
TITLE = getSampleStyleSheet()["Title"]
STAGES = ("Belum Ada", "Rintisan", "Terkelola", "Terdefinisi", "Terpadu dan Terukur", "Optimum")
DIGITAL = ("", "Merintis", "Membangun", "Berkembang", "Melembaga", "Unggul")
ROMAN = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
RULES = ("none", "none", "horizontal", "header", "zebra", "columns", "box", "grid")
WHOLE = ("{0}", "{0}", "{0},00", "{0}.0", "Level {0}", "Level {0} - {1}", "Tingkat {0} ({1})", "{0} - {1}", "Tk. {0}")
WHOLE += ("{2}", "Tingkat {2}", "{0} ({1})")
DECIMAL = ("{0}", "{0}", "{0} - {1}", "{0} ({1})")

SUBJECTS = (
    "Dokumen perencanaan",
    "Tim kerja",
    "Pedoman internal",
    "Aplikasi umum",
    "Laporan pelaksanaan",
    "Arsip digital",
)
VERBS = ("telah ditetapkan oleh", "belum direviu bersama", "perlu diselaraskan dengan", "sudah dipakai oleh")
OBJECTS = ("seluruh unit kerja", "pimpinan instansi", "para pengelola data", "mitra kerja di daerah", "tim teknis")
ENDS = ("pada tahun berjalan", "sejak triwulan kedua", "dengan bukti yang memadai", "untuk 12 layanan utama")


@dataclass
class Pen:
    """The choices of one report, and its parts as they are drawn."""

    chance: random.Random
    instrument: Instrument
    known: Assessment
    card: Scorecard
    look: dict[str, Any] = field(default_factory=dict)

    def pick(self, name: str, among: Any) -> Any:
        """A choice, made once."""
        if name not in self.look:
            self.look[name] = self.chance.choice(among)
        return self.look[name]

    @property
    def style(self) -> ParagraphStyle:
        size = self.pick("size", (7, 8, 9, 10, 11))
        font = self.pick("font", ("Helvetica", "Times-Roman"))
        return ParagraphStyle(
            "text", fontName=font, fontSize=size, leading=round(size * self.pick("leading", (1.15, 1.3)))
        )

    def text(self, said: str) -> Paragraph:
        return Paragraph(said, self.style)

    def show(self, value: Any) -> str:
        return str(value).replace(".", self.pick("point", (",", ",", ".")))

    def table(self, rows: list[list[str]], widths: list[float], headers: int = 1) -> Table:
        style = self.style
        wrapped = [[self.text(cell) if cell else "" for cell in row] for row in rows]
        centred = ParagraphStyle("centred", parent=style, alignment=1)
        if self.pick("centred", (True, False)):
            wrapped = [
                [Paragraph(c, centred) if c and len(c) < 18 else made for c, made in zip(row, line, strict=True)]
                for row, line in zip(rows, wrapped, strict=True)
            ]
        pad = self.pick("padding", (1, 2, 3, 5))
        commands: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), self.pick("valign", ("TOP", "TOP", "MIDDLE", "BOTTOM"))),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ]
        last = headers - 1
        commands += {
            "none": [],
            "horizontal": [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey)],
            "header": [
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, last), (-1, last), 1, colors.black),
            ],
            "zebra": [("ROWBACKGROUNDS", (0, headers), (-1, -1), [None, colors.Color(0.9, 0.9, 0.95)])],
            "columns": [
                ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
                ("LINEAFTER", (0, 0), (-2, -1), 0.5, colors.black),
            ],
            "box": [("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("BOX", (0, 0), (-1, last), 0.5, colors.black)],
            "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        }[self.pick("rules", RULES)]
        return Table(
            wrapped, colWidths=widths, style=commands, repeatRows=headers if self.pick("repeat", (1, 1, 0)) else 0
        )

    def level(self, value: Fraction) -> str:
        """A level as this report writes it."""
        if self.instrument.scale.whole:
            whole = int(value)
            return str(self.pick("shape", WHOLE)).format(whole, STAGES[whole], ROMAN[whole])
        stage = next(r.level for r in reversed(self.instrument.scale.ranges) if value >= r.lower)
        return str(self.pick("shape", DECIMAL)).format(self.show(f"{float(value):.2f}"), DIGITAL[stage])

    def name(self, indicator: Indicator) -> str:
        plain = indicator.name.id.removeprefix("Tingkat Kematangan ")
        prefix = self.pick("named", ("", "", "Tingkat Kematangan "))
        return f"{prefix}{plain}"

    def total(self, kind: str, number: int) -> str:
        parts = self.card.domains if kind == "domain" else self.card.aspects
        return self.show(parts[number - 1].value)

    def label(self, kind: str, number: int, name: str) -> str:
        word = kind.replace("aspect", "Aspek").replace("domain", "Domain")
        shape = self.pick("label", ("{0} {1}: {2}", "{0} {1} - {2}", "{0} {2}", "{0} {1} {2}"))
        return str(shape).format(word, number, name)

    @property
    def index_name(self) -> str:
        return "Indeks SPBE" if self.known.year < 2026 else "Indeks Pemerintah Digital"

    @property
    def width(self) -> float:
        return 730.0 if self.pick("landscape", (False, False, True)) else 450.0


def heading_of(pen: Pen, said: str) -> Paragraph:
    return Paragraph(
        said, ParagraphStyle("heading", parent=pen.style, spaceAfter=6, spaceBefore=6, fontName="Helvetica-Bold")
    )


def sentence(chance: random.Random) -> str:
    return f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(ENDS)}."
