"""Agencies side by side, against pandas."""

import csv
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Assessment, RefusedInput, compare, score

values = st.lists(st.integers(100, 500), min_size=2, max_size=12)


def known(agency: str, index: str | Fraction, **more: object) -> Assessment:
    return Assessment.model_validate({"agency": agency, "year": 2024, "published": {"index": index}} | more)


@pytest.fixture(scope="module")
def west_java(shared: Path) -> list[Assessment]:
    with (shared / "results" / "official-domain-scores.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["year"] == "2024" and "Jawa Barat" in r["group"]]
    return [
        Assessment.model_validate(
            {
                "agency": row["agency"],
                "year": 2024,
                "domains": [row[f"d{n}"] for n in range(1, 5)],
                "published": {"index": row["index"], "rating": row["rating"]},
            }
        )
        for row in rows
    ]


@settings(deadline=None, max_examples=60)
@given(values)
def test_ranks_and_quartiles_are_those_of_pandas(hundredths: list[int]) -> None:
    given_ = [known(f"Kota {n:02}", Fraction(value, 100)) for n, value in enumerate(hundredths)]
    node = compare(given_).nodes[0]
    series = pd.Series([value / 100 for value in hundredths], index=[a.agency for a in given_])
    ranks = series.rank(method="min", ascending=False)
    assert {entry.agency: entry.rank for entry in node.entries} == ranks.astype(int).to_dict()
    for exact, share in ((node.lower_quartile, 0.25), (node.median, 0.5), (node.upper_quartile, 0.75)):
        assert exact is not None
        assert float(exact) == pytest.approx(series.quantile(share), abs=1e-9)
    assert node.mean is not None
    assert float(node.mean) == pytest.approx(series.mean(), abs=1e-9)
    for entry in node.entries:
        assert entry.value is not None
        assert entry.to_best == Fraction(max(hundredths), 100) - entry.value
        assert entry.to_median == node.median - entry.value
    shown = [entry.value for entry in node.entries]
    assert shown == sorted(shown, reverse=True)


def test_west_java_2024_by_domain(west_java: list[Assessment]) -> None:
    found = compare(west_java)
    assert [node.node for node in found.nodes] == ["index", "domain 1", "domain 2", "domain 3", "domain 4"]
    first = found.nodes[0].entries[0]
    assert (first.agency, first.value_shown, first.source) == (
        "Pemerintah Provinsi Jawa Barat",
        "4.73",
        "published",
    )
    table = found.table()
    assert list(table.columns) == [node.node for node in found.nodes]
    assert len(table) == len(west_java)
    for node in found.nodes:
        for entry in node.entries:
            assert table.loc[(entry.agency, 2024, "external"), node.node] == float(entry.value or 0)


def test_published_is_said_first_and_all_are_compared_as_shown(bandar_lampung: Assessment) -> None:
    other = known("Kota Metro", "2.98")
    found = compare([bandar_lampung, other])
    assert [entry.rank for entry in found.nodes[0].entries] == [1, 1]
    alone = bandar_lampung.model_copy(update={"published": None, "agency": "Tanpa terbitan"})
    assert [e.value for e in compare([alone, other]).nodes[0].entries] == [Fraction("2.98"), Fraction("2.98")]
    twin = alone.model_copy(update={"agency": "Kembar"})
    assert compare([alone, twin]).nodes[0].entries[0].value == Fraction("2.9795")


def test_down_to_indicators_where_levels_are_known(bandar_lampung: Assessment, aceh_tengah: Assessment) -> None:
    found = compare([bandar_lampung, aceh_tengah])
    seven = found.node("indicator 7")
    assert seven is not None
    assert [entry.rank for entry in seven.entries] == [1, None]
    assert (seven.entries[1].floor, seven.entries[1].ceiling) == (1, 5)
    assert [str(warning.en) for warning in found.warnings] == ["The years differ (2024, 2025)."]


def test_different_stages_are_shown_but_not_ranked() -> None:
    found = compare([known("A", "3.77", stage="self"), known("B", "3.53")])
    assert not found.comparable
    assert "penilaian mandiri" in found.warnings[0].id
    assert {entry.rank for entry in found.nodes[0].entries} == {None}
    assert found.nodes[0].median is None


def test_different_instruments_are_shown_but_not_ranked() -> None:
    found = compare([known("A", "2.59"), known("A", "1.24", year=2026, instrument="pemdi-2026")])
    assert (found.comparable, [node.node for node in found.nodes]) == (False, ["index"])
    assert "pemdi-2026, spbe-2020" in found.warnings[0].en
    assert found.second_hand


def test_a_comparison_needs_two_and_each_once() -> None:
    one = known("A", "3")
    for given_, code in (([one], "too_few_to_compare"), ([one, one], "compared_twice")):
        with pytest.raises(RefusedInput) as refused:
            compare(given_)
        assert refused.value.code == code


def test_computed_values_are_those_of_the_scorecard(bandar_lampung: Assessment) -> None:
    bare = bandar_lampung.model_copy(update={"published": None})
    other = bare.model_copy(update={"agency": "Lain", "levels": bare.levels | {1: Fraction(5)}})
    found = compare([bare, other])
    for assessment in (bare, other):
        card = score(assessment)
        expected = {"index": card.index} | {f"domain {n.number}": n.value for n in card.domains}
        expected |= {f"indicator {n.number}": n.value for n in card.indicators}
        for node, value in expected.items():
            compared = found.node(node)
            assert compared is not None
            assert {e.value_shown for e in compared.entries if e.agency == assessment.agency} == {value}


def test_the_nodes_that_are_wanted_are_as_in_the_whole(bandar_lampung: Assessment, aceh_tengah: Assessment) -> None:
    whole, one = compare([bandar_lampung, aceh_tengah]), compare([bandar_lampung, aceh_tengah], ["domain 2"])
    assert [node.node for node in one.nodes] == ["domain 2"]
    assert one.node("domain 2") == whole.node("domain 2")
