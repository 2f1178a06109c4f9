"""Passages rendered from an instrument: criteria and evidence by level, weights, bands.

They are digests: the place that each one names is where the official words stand, and where that text is
held, retrieval returns it instead.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from knowledge.library import Library
from knowledge.passage import Passage, place
from scoring.figures import unrounded
from scoring.instrument import Aspect, Domain, Indicator, Instrument, LegalBasis, Level
from scoring.refusal import Language, Text


def passages_of(instrument: Instrument, library: Library) -> list[Passage]:
    """One passage for each level of each indicator, each indicator, each kind of weight, and the bands.

    Args:
        library: gives the rules their titles.
    """
    return list(_Renderer(instrument, library).all())


class _Renderer:
    def __init__(self, instrument: Instrument, library: Library) -> None:
        self.instrument = instrument
        self.library = library

    def all(self) -> Iterator[Passage]:
        for indicator in self.instrument.indicators:
            yield self._indicator(indicator)
            for level in indicator.levels:
                yield self._level(indicator, level)
        yield from self._weights()
        yield self._bands()

    def _passage(
        self, source: LegalBasis, what: str, text: Text, headings: tuple[str, ...], questions: tuple[str, ...]
    ) -> Passage:
        rule = self.library.get(source.rule)
        return Passage(
            id=f"digest:{source.rule}#{place(source.locator)}:{self.instrument.id}-{what}",
            rule=source.rule,
            title=f"{rule.short} tentang {rule.title}" if rule else self.instrument.title.id,
            locator=source.locator,
            text=text.id,
            english=text.en,
            kind="digest",
            headings=headings,
            questions=questions,
            second_hand=self.instrument.second_hand or source.provenance == "second-hand",
        )

    def _headings(self, indicator: Indicator) -> tuple[str, ...]:
        aspect = self.instrument.aspects[indicator.aspect - 1]
        above = [
            f"Aspek {aspect.number} {aspect.name.id}",
            f"Indikator {indicator.number} {indicator.name.id}",
        ]
        if aspect.domain is not None:
            domain = self.instrument.domains[aspect.domain - 1]
            above.insert(0, f"Domain {domain.number} {domain.name.id}")
        return tuple(above)

    def _indicator(self, indicator: Indicator) -> Passage:
        aspect = self.instrument.aspects[indicator.aspect - 1]
        texts = {}
        for language, words in _WORDS.items():
            texts[language] = words["indicator"].format(
                number=indicator.number,
                name=indicator.name.into(language),
                aspect=f"{aspect.number} ({aspect.name.into(language)})",
                weight=_figure(indicator.weight, language),
                instrument=self.instrument.short.into(language),
            )
            if indicator.note is not None:
                texts[language] += f" {indicator.note.into(language)}"
        if indicator.levels and self.instrument.level_sources:
            source = self.instrument.sources_of(indicator.number, int(self.instrument.scale.lowest))[0]
            source = source.model_copy(update={"locator": f"Indikator {indicator.number}"})
        else:
            source = self.instrument.weights_source
        return self._passage(
            source,
            f"indicator-{indicator.number}",
            Text(id=texts["id"], en=texts["en"]),
            self._headings(indicator),
            (
                f"Apa yang dinilai Indikator {indicator.number} {indicator.name.id}?",
                f"What does indicator {indicator.number} {indicator.name.en} assess?",
            ),
        )

    def _level(self, indicator: Indicator, level: Level) -> Passage:
        sources = self.instrument.sources_of(indicator.number, level.level)
        source = sources[0] if sources else self.instrument.weights_source
        texts = {}
        for language, words in _WORDS.items():
            texts[language] = words["level"].format(
                number=indicator.number,
                name=indicator.name.into(language),
                level=level.level,
                requirement=level.requirement.into(language),
            )
            if level.evidence:
                proofs = "; ".join(proof.into(language).rstrip(".;") for proof in level.evidence)
                texts[language] += f" {words['evidence']}: {proofs}."
        return self._passage(
            source,
            f"level-{indicator.number}-{level.level}",
            Text(id=texts["id"], en=texts["en"]),
            (*self._headings(indicator), f"Level {level.level}"),
            (
                f"Apa kriteria dan bukti dukung {indicator.name.id} level {level.level}?",
                f"What evidence does {indicator.name.en} need for level {level.level}?",
            ),
        )

    def _weights(self) -> Iterator[Passage]:
        kinds: list[tuple[str, str, tuple[Domain | Aspect | Indicator, ...]]] = [
            ("domain", "domain", self.instrument.domains),
            ("aspek", "aspect", self.instrument.aspects),
            ("indikator", "indicator", self.instrument.indicators),
        ]
        kinds = [kind for kind in kinds if kind[2]]
        places = one_by_one(self.instrument.weights_source, len(kinds))
        for (indonesian, english, parts), source in zip(kinds, places, strict=True):
            title = self.instrument.short
            rows = {
                language: "; ".join(
                    f"{part.number} {part.name.into(language)} {_figure(part.weight, language)}%" for part in parts
                )
                for language in _WORDS
            }
            text = Text(
                id=f"Bobot {indonesian} {title.id}: {rows['id']}.",
                en=f"Weights of the {english}s of the {title.en}: {rows['en']}.",
            )
            questions = (
                f"Berapa bobot {indonesian} dalam {title.id}?",
                f"berapa persen bobot tiap {indonesian}",
                f"What is the weight of each {english} in the {title.en}?",
            )
            yield self._passage(source, f"weights-{english}", text, (f"Bobot {indonesian}",), questions)

    def _bands(self) -> Passage:
        instrument = self.instrument
        bounds = [*(band.lower for band in instrument.bands), None]
        rows: dict[Language, list[str]] = {"id": [], "en": []}
        for band, (lower, upper) in zip(instrument.bands, pairwise(bounds), strict=True):
            for language, words in _WORDS.items():
                assert lower is not None
                ends = _figure(upper if upper is not None else instrument.scale.highest, language)
                until = words["below"] if upper is not None else words["until"]
                rows[language].append(f"{band.name.into(language)}: {_figure(lower, language)} {until} {ends}")
        text = Text(
            id=f"Predikat {instrument.short.id} menurut nilai indeks. {'; '.join(rows['id'])}.",
            en=f"Ratings of the {instrument.short.en} by index value. {'; '.join(rows['en'])}.",
        )
        questions = (
            f"Apa predikat {instrument.short.id} untuk suatu nilai indeks?",
            "indeks segini predikatnya apa",
            "Berapa nilai indeks untuk predikat Baik, Sangat Baik, atau Memuaskan?",
            f"Which rating does an {instrument.short.en} value get?",
        )
        return self._passage(instrument.bands_source, "bands", text, ("Predikat",), questions)


_WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "indicator": "Indikator {number} {name} dari {instrument} termasuk Aspek {aspect}. Bobotnya {weight}%.",
        "level": "Indikator {number} {name}, level {level}: {requirement}",
        "evidence": "Bukti dukung",
        "below": "sampai di bawah",
        "until": "sampai",
    },
    "en": {
        "indicator": "Indicator {number} {name} of the {instrument} belongs to aspect {aspect}. "
        "Its weight is {weight}%.",
        "level": "Indicator {number} {name}, level {level}: {requirement}",
        "evidence": "Evidence",
        "below": "to below",
        "until": "to",
    },
}


def _figure(value: Fraction, language: Language) -> str:
    text = unrounded(value)
    return text.replace(".", ",") if language == "id" else text


def one_by_one(source: LegalBasis, count: int) -> list[LegalBasis]:
    """ "Tabel 7-9" for three kinds of weights is Tabel 7, 8 and 9; any other place stands for all of them."""
    found = re.search(r"\bTabel (\d+)[-–](\d+)$", source.locator)
    if found is None or int(found[2]) - int(found[1]) + 1 != count:
        return [source] * count
    front = source.locator[: found.start()]
    return [source.model_copy(update={"locator": f"{front}Tabel {int(found[1]) + step}"}) for step in range(count)]
