"""The scorecard against an independent reckoning."""

from decimal import Decimal
from fractions import Fraction

import scoring_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, Scoring, load_instrument, score

LEVEL = st.integers(1, 5)
complete = st.lists(LEVEL, min_size=47, max_size=47).map(lambda values: dict(enumerate(values, 1)))
partial = st.dictionaries(st.integers(1, 47), LEVEL, min_size=1, max_size=47)


def assessment(levels: dict[int, int], year: int = 2024) -> Assessment:
    return Assessment(agency="Contoh", year=year, levels=levels)


@settings(deadline=None, max_examples=60)
@given(complete)
def test_every_node_is_the_oracles(levels: dict[int, int]) -> None:
    card = score(assessment(levels))
    found = {"index": card.index}
    found |= {f"domain {node.number}": node.value for node in card.domains}
    found |= {f"aspect {node.number}": node.value for node in card.aspects}
    assert found == oracle.all_shown(levels)
    assert card.index_exact is not None
    assert Decimal(card.index_exact) == oracle.index(levels)
    assert card.rating == oracle.rating(oracle.index(levels))


@settings(deadline=None, max_examples=60)
@given(complete, st.integers(1, 47))
def test_one_level_more_adds_exactly_its_weight(levels: dict[int, int], number: int) -> None:
    levels = levels | {number: min(levels[number], 4)}
    before, after = Scoring(assessment(levels)), Scoring(assessment(levels | {number: levels[number] + 1}))
    assert after.index.floor - before.index.floor == Fraction(oracle.WEIGHTS[number]) / 100
    for nodes in ("domains", "aspects"):
        old, new = getattr(before, nodes), getattr(after, nodes)
        assert all(new[n].floor >= old[n].floor for n in old)


@settings(deadline=None, max_examples=60)
@given(partial, complete)
def test_every_completion_lies_in_the_interval(known: dict[int, int], filling: dict[int, int]) -> None:
    span = Scoring(assessment(known)).index
    whole = Scoring(assessment(filling | known)).index.exact
    assert whole is not None
    assert 1 <= span.floor <= whole <= span.ceiling <= 5
    lowest, highest = (dict.fromkeys(range(1, 48), level) | known for level in (1, 5))
    assert (span.floor, span.ceiling) == (Fraction(oracle.index(lowest)), Fraction(oracle.index(highest)))


def test_incomplete_has_no_index_no_rating_and_says_how_complete() -> None:
    card = score(assessment({1: 3, 2: 4}))
    assert (card.index, card.index_exact, card.rating, card.completeness) == (None, None, None, "2/47")


@settings(deadline=None, max_examples=40)
@given(complete)
def test_the_trace_adds_up_to_the_index_exactly(levels: dict[int, int]) -> None:
    scoring = Scoring(assessment(levels))
    steps = {step.node: step for step in scoring.trace}
    assert len(steps) == 13
    for step in steps.values():
        assert sum(term.product for term in step.terms) == step.value * step.divisor
        assert all(term.product == term.weight * term.value for term in step.terms)
        assert all(term.value == steps[term.node].value for term in step.terms if term.node in steps)
    leaves = [term for step in steps.values() for term in step.terms if term.node.startswith("indicator")]
    assert sum(term.product for term in leaves) / 100 == scoring.index.exact


@settings(deadline=None, max_examples=40)
@given(complete)
def test_exact_aspects_or_domains_give_the_index_of_their_levels(levels: dict[int, int]) -> None:
    whole = Scoring(assessment(levels))
    for kind in ("aspects", "domains"):
        values = {number: span.exact for number, span in getattr(whole, kind).items()}
        coarse = Scoring(Assessment.model_validate({"agency": "Contoh", "year": 2024, kind: values}))
        assert coarse.index == whole.index


def test_the_document_is_text_all_the_way() -> None:
    card = score(assessment(dict.fromkeys(range(1, 48), 3))).model_dump(mode="json")
    assert (card["index"], card["index_exact"], card["floor"], card["ceiling"]) == ("3.00", "3", "3", "3")
    assert {type(node[key]) for node in card["indicators"] for key in ("weight", "value", "exact", "floor")} == {str}


def test_the_rule_of_the_year_decides_at_the_border() -> None:
    """Kab. Pacitan 2024 is exactly 3.4985: shown 3.50, rated Baik; the report of 2023 rated what it showed."""
    domains = {1: "4.70", 2: "3.00", 3: Fraction(23, 11)}
    service = (Fraction("349.85") - Fraction("61.1") - 75 - Fraction("34.5")) / Fraction("45.5")
    for year, rating in ((2024, "Baik"), (2023, "Sangat Baik")):
        card = score(Assessment(agency="Pacitan", year=year, domains=domains | {4: service}))
        assert (card.index, card.rating) == ("3.50", rating)


def test_no_band_leaves_a_gap() -> None:
    instrument = load_instrument("spbe-2020")
    for hundredth in range(100, 501):
        value = Decimal(hundredth) / 100
        assert instrument.rating(Fraction(value), 2024).name.id == oracle.rating(value)
