"""Do the totals that a file gives follow from the rest of it?"""

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from scoring.assessment import Assessment
from scoring.figures import shown
from scoring.inference import infer
from scoring.instrument import Instrument, load_instrument
from scoring.refusal import Text
from scoring.scorecard import Scoring
from scoring.sums import SumNode, SumTree, members

_HALF = Fraction(1, 200)


def contradictions(assessment: Assessment) -> list[Text]:
    """What does not follow, one sentence each; empty where all agrees or nothing can be said."""
    instrument = load_instrument(assessment.instrument)
    if len(assessment.levels) == len(instrument.indicators) or not instrument.scale.whole:
        return list(_against_computed(assessment, instrument))
    if assessment.published is None and not assessment.domains:
        return []
    if assessment.basis == "index" and not (assessment.published and assessment.published.domains):
        return list(_rating(assessment, instrument))
    if assessment.basis == "domain" and _domains_fit(assessment, instrument):
        return list(_rating(assessment, instrument))
    return [one.text for one in infer(assessment).contradictions]


def _against_computed(assessment: Assessment, instrument: Instrument) -> Iterator[Text]:
    published = assessment.published
    scoring = Scoring(assessment)
    if published is None:
        return
    printed = {f"aspect {n}": v for n, v in published.aspects.items()}
    printed |= {f"domain {n}": v for n, v in published.domains.items()}
    if published.index is not None:
        printed["index"] = published.index
    for node, value in printed.items():
        computed = scoring.span(node).exact
        if computed is not None and not _prints_as(computed, value):
            name = instrument.node_name(node)
            word = {"aspect": "aspek", "domain": "domain", "index": "indeks"}[node.split()[0]]
            named = f"{word} {node.split()[-1]}" if node != "index" else word
            yield Text(
                id=f"{named} ({name.id}) tertulis {_comma(shown(value))}, "
                f"sedangkan tingkat indikatornya menghasilkan {_comma(shown(computed))}.",
                en=f"{node} ({name.en}) is given as {shown(value)}, but its indicators make {shown(computed)}.",
            )
    exact = scoring.index.exact
    if published.rating is not None and exact is not None:
        yield from _rated(published.rating, exact, assessment, instrument)


def _prints_as(computed: Fraction, printed: Fraction) -> bool:
    """Whether an exact value is shown as the printed one, at the decimals it is printed with (at least one).

    A value that lies exactly between two may have been rounded either way: spreadsheets differ there.
    """
    places = next((p for p in range(1, 12) if 10**p % printed.denominator == 0), 12)
    return abs(computed - printed) <= Fraction(1, 2 * 10**places)


def _rating(assessment: Assessment, instrument: Instrument) -> Iterator[Text]:
    published = assessment.published
    if published is None or published.rating is None or published.index is None:
        return
    yield from _rated(published.rating, published.index, assessment, instrument, slack=True)


def _rated(
    rating: str, index: Fraction, assessment: Assessment, instrument: Instrument, slack: bool = False
) -> Iterator[Text]:
    """The predikat against the index; a printed index may stand for a little less than it shows."""
    values = (index, index - _HALF) if slack else (index, Fraction(shown(index)))
    fitting = {instrument.rating(value, assessment.year).name.id.lower() for value in values}
    if rating.lower() not in fitting:
        own = instrument.rating(index, assessment.year).name
        yield Text(
            id=f'predikat tertulis "{rating}", sedangkan indeks {_comma(shown(index))} berarti "{own.id}".',
            en=f'the rating is given as "{rating}", but an index of {shown(index)} means "{own.en}".',
        )


def _domains_fit(assessment: Assessment, instrument: Instrument) -> bool:
    """Whether levels can give the printed domains and index; a quick test for thousands of rows."""
    index = assessment.published.index if assessment.published else None
    low = high = Fraction(0)
    for domain in instrument.domains:
        value = assessment.domains.get(domain.number)
        exact = _possible(instrument.id, domain.number)
        if value is None:
            fitting = exact
        else:
            start, end = bisect_left(exact, value - _HALF), bisect_left(exact, value + _HALF)
            fitting = exact[start:end]
        if not fitting:
            return False
        low += domain.weight * fitting[0]
        high += domain.weight * fitting[-1]
    whole = sum((domain.weight for domain in instrument.domains), Fraction(0))
    if not whole or index is None:
        return bool(whole)
    return low / whole < index + _HALF and high / whole >= index - _HALF


@cache
def _possible(instrument: str, domain: int) -> tuple[Fraction, ...]:
    """Every value that a domain can have, ascending."""
    tree = SumTree(load_instrument(instrument), {}, {})
    node: SumNode = next(node for node in tree.nodes if node.name == f"domain {domain}")
    return tuple(node.value(total) for total in members(node.under))


def _comma(figures: str) -> str:
    return figures.replace(".", ",")
