"""A page for officials to review an instrument: every weight, band, criterion and piece of evidence, with its source.

Generated from the instrument's data and the register of rules; nothing on it is written by hand.
"""

from collections.abc import Iterable, Iterator

from assistant.reports.wording import figure, weight
from knowledge.library import Library
from scoring import Instrument, Language, Text
from scoring.instrument import Indicator, LegalBasis

_PROVENANCE = {
    "regulation": Text(id="dibaca dalam naskah", en="read in the text"),
    "presentation": Text(id="dari paparan kementerian", en="from the ministry's slides"),
    "ours": Text(id="pemetaan kami dari judul pasal", en="mapped by us from the headings"),
    "second-hand": Text(id="dari sumber kedua", en="second-hand"),
}
_STATUS = {
    "in force": Text(id="berlaku", en="in force"),
    "revoked": Text(id="dicabut", en="revoked"),
    "unknown": Text(id="status tidak diketahui", en="status unknown"),
}


def instrument_page(instrument: Instrument, library: Library, language: Language = "id") -> str:
    """The page as Markdown.

    Args:
        library: gives the rules their names and says whether they are in force.
    """
    page = _Page(instrument, library, language)
    return "\n".join(page.lines()).rstrip() + "\n"


class _Page:
    def __init__(self, instrument: Instrument, library: Library, language: Language) -> None:
        self.instrument = instrument
        self.library = library
        self.language: Language = language

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._bands()
        yield from self._weights()
        for aspect in self.instrument.aspects:
            title = f"{self.say('Aspek', 'Aspect')} {aspect.number}. {aspect.name.into(self.language)}"
            yield from (f"## {title}", "")
            if aspect.maturity is not None:
                names = [name.into(self.language) for name in self.instrument.maturity[aspect.maturity]]
                told = self.say("Nama tingkatnya, dari yang terendah", "Names of its levels, lowest first")
                yield from (f"{told}: {', '.join(names)}.", "")
            for indicator in self.instrument.indicators_of(aspect):
                yield from self._indicator(indicator)

    def _head(self) -> Iterator[str]:
        instrument = self.instrument
        last = instrument.last_year or ""
        yield from (f"# {instrument.title.into(self.language)}", "")
        yield self.say(
            f"<!-- Dibuat dari data dengan `spbe instrument {instrument.id}`; jangan diubah di sini. -->",
            f"<!-- Generated from the data with `spbe instrument {instrument.id}`; do not edit here. -->",
        )
        yield ""
        yield self.say(
            "Halaman ini untuk ditinjau. Syarat dan bukti ditulis dengan kata kami sendiri; naskah resminya ada di "
            "tempat yang disebut. Yang keliru diperbaiki pada berkas instrumen, lalu halaman ini dibuat ulang.",
            "This page is for review. Requirements and evidence are in our own words; the official text stands at the "
            "places named. Mend what is wrong in the instrument's file, then make this page anew.",
        )
        yield ""
        if instrument.second_hand:
            yield self.say(
                "> **Dari sumber kedua.** Naskah aturannya belum kami baca; setiap angka di sini perlu dicocokkan.",
                "> **Second-hand.** We have not read the text of the rule; every figure here needs checking.",
            )
            yield ""
        low, high = (figure(bound, self.language) for bound in (instrument.scale.lowest, instrument.scale.highest))
        whole = self.say("bulat", "whole") if instrument.scale.whole else self.say("desimal", "decimal")
        yield f"- {self.say('Aturan', 'Rule')}: {self._rule(instrument.rule)}"
        yield f"- {self.say('Tahun', 'Years')}: {instrument.first_year}–{last}"
        yield f"- {self.say('Nilai indikator', 'Indicator values')}: {low}–{high}, {whole}"
        if instrument.minimum is not None:
            index = figure(instrument.minimum.index, self.language)
            yield (
                f"- {self.say('Target minimal nasional', 'National minimum')}: "
                f"{self.say('indeks', 'index')} {index}, {self.say('setiap indikator', 'every indicator')} "
                f"{instrument.minimum.indicator}. {self._source((instrument.minimum.source,))}"
            )
        yield ""
        if instrument.scale.ranges:
            head = [self.say("Tingkat", "Level"), self.say("Dari", "From"), self.say("Sampai", "To")]
            rows = [
                [str(r.level), figure(r.lower, self.language), figure(r.upper, self.language)]
                for r in instrument.scale.ranges
            ]
            yield from _table(head, rows)

    def _bands(self) -> Iterator[str]:
        yield from (f"## {self.say('Predikat', 'Ratings')}", "")
        rows = [[b.name.into(self.language), figure(b.lower, self.language)] for b in self.instrument.bands]
        yield from _table([self.say("Predikat", "Rating"), self.say("Mulai dari", "From")], rows)
        yield from (self._source((self.instrument.bands_source,)), "")
        for rule in self.instrument.rating_rules:
            year = self.say("Tahun lain", "Other years") if rule.year is None else str(rule.year)
            rates = (
                self.say("nilai yang tidak dibulatkan", "the unrounded value")
                if rule.rates == "exact"
                else self.say("nilai yang ditampilkan dengan dua desimal", "the value shown with two decimals")
            )
            yield f"- {year}: {rates}. {rule.evidence.into(self.language)}"
        yield ""

    def _weights(self) -> Iterator[str]:
        yield from (f"## {self.say('Bobot', 'Weights')}", "")
        rows = []
        kinds = (
            (self.say("Domain", "Domain"), self.instrument.domains),
            (self.say("Aspek", "Aspect"), self.instrument.aspects),
            (self.say("Indikator", "Indicator"), self.instrument.indicators),
        )
        for kind, parts in kinds:
            for part in parts:
                name = part.name.into(self.language)
                rows.append([f"{kind} {part.number}", name, weight(part.weight, self.language)])
        head = [self.say("Bagian", "Part"), self.say("Nama", "Name"), self.say("Bobot (%)", "Weight (%)")]
        yield from _table(head, rows)
        yield from (self._source((self.instrument.weights_source,)), "")

    def _indicator(self, indicator: Indicator) -> Iterator[str]:
        language = self.language
        name = f"{self.say('Indikator', 'Indicator')} {indicator.number}. {indicator.name.into(language)}"
        yield from (f"### {name}", "")
        yield f"{self.say('Bobot', 'Weight')}: {weight(indicator.weight, language)}%."
        yield ""
        if indicator.note is not None:
            yield from (indicator.note.into(language), "")
        if indicator.legal_basis:
            yield from (f"{self.say('Dasar', 'Basis')}: {self._places(indicator.legal_basis)}.", "")
        if not indicator.levels:
            yield from (self.say("Syarat tiap tingkat belum ada.", "The criteria of its levels are not known."), "")
        for level in indicator.levels:
            yield f"- **{self.say('Tingkat', 'Level')} {level.level}.** {level.requirement.into(language)}"
            if level.evidence:
                yield f"  {self.say('Bukti', 'Evidence')}:"
                yield from (f"  - {proof.into(language)}" for proof in level.evidence)
            sources = self.instrument.sources_of(indicator.number, level.level)
            if sources:
                yield f"  - _{self._source(sources)}_"
        yield ""

    def _source(self, sources: Iterable[LegalBasis]) -> str:
        return f"{self.say('Sumber', 'Source')}: {self._places(sources)}."

    def _places(self, sources: Iterable[LegalBasis]) -> str:
        """Rule and place of each, and how it was read where that was not in the text itself."""
        told = []
        for source in sources:
            rule = self.library.get(source.rule)
            place = f"{rule.short if rule else source.rule}, {source.locator}"
            if source.provenance != "regulation":
                place += f" ({_PROVENANCE[source.provenance].into(self.language)})"
            told.append(place)
        return "; ".join(told)

    def _rule(self, rule_id: str) -> str:
        rule = self.library.get(rule_id)
        if rule is None:
            return rule_id
        successor = self.library.successor(rule_id)
        after = f", {self.say('diganti', 'replaced by')} {successor.short}" if successor else ""
        about = self.say("tentang", "on")
        return f"{rule.short} {about} {rule.title} ({_STATUS[rule.status].into(self.language)}{after})"


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    for line in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
    yield ""
