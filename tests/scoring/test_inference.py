"""What published totals force, leave open and contradict: against trying every completion, and on the official rows."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import scoring_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, RefusedInput, infer, rebuild, score

UNREADABLE = {
    "Kementerian Pertanian",
    "Kementerian Energi dan Sumber Daya Mineral",
    "Pemerintah Provinsi Jawa Timur",
}
complete = st.lists(st.integers(1, 5), min_size=47, max_size=47).map(lambda v: dict(enumerate(v, 1)))


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "results" / "official-domain-scores.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def domains(row: dict[str, str]) -> dict[int, str]:
    return {number: row[f"d{number}"] for number in range(1, 5) if row[f"d{number}"]}


# --- official rows -----------------------------------------------------------------------------------------


def test_fitting_levels_give_domains_index_and_rating_of_640_official_rows(
    rows: list[dict[str, str]],
) -> None:
    readable = [row for row in rows if len(domains(row)) == 4]
    assert len(readable) == 640
    for row in readable:
        levels = rebuild(domains(row), row["index"], row["rating"], int(row["year"]))
        assert levels is not None, row
        found = oracle.all_shown(levels)
        assert [found[f"domain {d}"] for d in range(1, 5)] == list(domains(row).values()), row
        assert found["index"] == row["index"]
        card = score(Assessment(agency=row["agency"], year=int(row["year"]), levels=levels))
        assert (card.index, card.rating) == (row["index"], row["rating"])
        if row["year"] == "2024":
            assert oracle.rating(oracle.index(levels)) == row["rating"]


def test_the_three_other_rows_have_an_unreadable_domain_1(rows: list[dict[str, str]]) -> None:
    unreadable = [row for row in rows if len(domains(row)) < 4]
    assert {row["agency"] for row in unreadable} == UNREADABLE
    assert {(row["year"], row["d1"]) for row in unreadable} == {("2024", "")}


def test_a_row_that_no_levels_give_is_not_rebuilt() -> None:
    """Kab. Banyuasin 2023 was published with D4 0.30 and index 1.05."""
    assert rebuild({4: "0.30"}, "1.05", "Kurang", 2023) is None
    assert rebuild({1: "5.00", 2: "5.00", 3: "5.00", 4: "5.00"}, "5.00", "Baik", 2024) is None


@pytest.mark.parametrize(("year", "rating", "fits"), [(2024, "Baik", True), (2023, "Baik", False)])
def test_pacitan_fits_only_the_rule_of_its_year(year: int, rating: str, fits: bool) -> None:
    pacitan = {1: "4.70", 2: "3.00", 3: "2.09", 4: "3.94"}
    assert (rebuild(pacitan, "3.50", rating, year) is not None) == fits


# --- forced and possible -----------------------------------------------------------------------------------


def test_aceh_tengah_2025(aceh_tengah: Assessment) -> None:
    found = infer(aceh_tengah)
    assert found.forced == {18: 2, 38: 2}
    assert [(forced.indicators, forced.total) for forced in found.sums] == [((7, 8), 5), ((43, 44), 6)]
    possible = {one.indicator: one.levels for one in found.possible}
    assert possible[7] == possible[8] == (1, 2, 3, 4)
    assert possible[43] == possible[44] == (1, 2, 3, 4, 5)
    assert found.floor == found.ceiling == Fraction("2.594")
    assert (found.contradictions, found.completeness) == ((), "41/47")


def published(levels: dict[int, int], nodes: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"domains": {}, "aspects": {}}
    for node, value in oracle.all_shown(levels).items():
        if node in nodes:
            kind, _, number = node.partition(" ")
            if kind == "index":
                found["index"] = value
            else:
                found[f"{kind}s"][number] = value
    return found


NODES = ["index", *(f"domain {d}" for d in oracle.DOMAINS), *(f"aspect {a}" for a in oracle.ASPECTS)]


@settings(deadline=None, max_examples=50)
@given(
    complete,
    st.sets(st.integers(1, 47), min_size=1, max_size=4),
    st.sets(st.sampled_from(NODES), min_size=1),
)
def test_possible_levels_are_those_of_the_completions_that_fit(
    levels: dict[int, int], missing: set[int], nodes: set[str]
) -> None:
    known = {n: level for n, level in levels.items() if n not in missing}
    totals = published(levels, nodes)
    fitting = [one for one in oracle.completions(known, sorted(missing)) if published(one, nodes) == totals]
    assert levels in fitting
    found = infer(Assessment.model_validate({"agency": "C", "year": 2024, "levels": known, "published": totals}))
    assert found.contradictions == ()
    assert {p.indicator: set(p.levels) for p in found.possible} == {n: {one[n] for one in fitting} for n in missing}
    indexes = [oracle.index(one) for one in fitting]
    assert (found.floor, found.ceiling) == (Fraction(min(indexes)), Fraction(max(indexes)))
    for forced in found.sums:
        assert {sum(one[n] for n in forced.indicators) for one in fitting} == {forced.total}
        assert not set(forced.indicators) & set(found.forced)


# --- contradictions ----------------------------------------------------------------------------------------


def test_a_domain_below_the_lowest_level_is_a_contradiction() -> None:
    one = Assessment.model_validate(
        {
            "agency": "Pemerintah Kab. Banyuasin",
            "year": 2023,
            "published": {"index": 1.05, "domains": {"4": 0.30}},
        }
    )
    (found,) = infer(one).contradictions
    assert (found.node, found.published, found.least, found.most) == ("domain 4", Fraction("0.3"), 1, 5)
    assert found.nearest == (1,)
    assert "0,30" in found.text.id
    assert "0.30" in found.text.en


def test_the_tauval_sample_contradicts_itself_in_every_domain(shared: Path) -> None:
    with (shared / "results" / "tauval-api-sample.csv").open(encoding="utf-8") as file:
        values = {row["indicator_or_aggregate_code"]: row["value"] for row in csv.DictReader(file)}
    totals = {
        "index": values["INDEKS"],
        "domains": {number: values[f"D200{number}"] for number in range(1, 5)},
        "aspects": {number: values[f"A200{number}"] for number in range(1, 9)},
    }
    found = infer(Assessment.model_validate({"agency": "Institution Z", "year": 2025, "published": totals}))
    assert [one.node for one in found.contradictions] == ["domain 1", "domain 2", "domain 3", "domain 4"]
    assert [one.nearest for one in found.contradictions] == [
        (5,), (4,), (Fraction(32, 11),), (Fraction(119, 26),)
    ]  # fmt: skip
    assert found.floor == found.ceiling == Fraction("4.2125")


@settings(deadline=None, max_examples=40)
@given(complete, st.sampled_from(NODES), st.integers(1, 400))
def test_a_total_that_known_levels_do_not_give_is_reported(levels: dict[int, int], node: str, off: int) -> None:
    value = Decimal(oracle.all_shown(levels)[node]) + Decimal(off) / 100
    kind, _, number = node.partition(" ")
    totals = {"index": str(value)} if kind == "index" else {f"{kind}s": {number: str(value)}}
    one = Assessment.model_validate({"agency": "C", "year": 2024, "levels": levels, "published": totals})
    assert [found.node for found in infer(one).contradictions] == [node]


def test_without_totals_everything_stays_possible() -> None:
    found = infer(Assessment(agency="C", year=2024, levels={1: 3}))
    assert (found.forced, found.sums, found.floor, found.ceiling) == (
        {},
        (),
        Fraction("1.026"),
        Fraction("4.974"),
    )
    assert {one.levels for one in found.possible} == {(1, 2, 3, 4, 5)}


def test_decimal_instruments_are_refused() -> None:
    with pytest.raises(RefusedInput) as refused:
        infer(Assessment(instrument="pemdi-2026", agency="C", year=2026, levels={1: "1.5"}))
    assert refused.value.code == "inference_needs_whole_levels"
