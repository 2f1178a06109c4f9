"""Instruments of the tests' own, and the published levels."""

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from scoring import Assessment, Instrument, load_instrument
from scoring.instrument import SHIPPED

Make = Callable[..., Instrument]


@pytest.fixture
def make_instrument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Write an instrument of a few indicators as a YAML file, as a user would, and load it by id.

    ``aspects`` holds the weights of the indicators of each aspect; they add up to 100.
    """
    monkeypatch.setattr("scoring.instrument._folders", [SHIPPED, tmp_path])

    def make(id_: str, aspects: list[list[str]], scale: str = "{lowest: 1, highest: 5, whole: true}") -> Instrument:
        lines = [
            f"id: {id_}",
            "title: {id: Uji, en: Test}",
            "short: {id: Indeks Uji, en: Test index}",
            "rule: uji-1",
            "first_year: 2020",
            f"scale: {scale}",
            "bands:",
            "  - {name: {id: Rendah, en: Low}, lower: 1}",
            '  - {name: {id: Tinggi, en: High}, lower: "3"}',
            "bands_source: {rule: uji-1, locator: Pasal 1}",
            "rating_rules: [{rates: exact, evidence: {id: '-', en: '-'}}]",
            "weights_source: {rule: uji-1, locator: Pasal 1}",
            "aspects:",
        ]
        lines += [
            f"  - {{number: {n}, name: {{id: Aspek {n}, en: Aspect {n}}}, weight: '{total(weights)}'}}"
            for n, weights in enumerate(aspects, 1)
        ]
        lines.append("indicators:")
        flat = [(aspect, weight) for aspect, weights in enumerate(aspects, 1) for weight in weights]
        lines += [
            f"  - {{number: {n}, name: {{id: Indikator {n}, en: Indicator {n}}}, aspect: {a}, weight: '{w}'}}"
            for n, (a, w) in enumerate(flat, 1)
        ]
        (tmp_path / f"{id_}.yaml").write_text("\n".join(lines), encoding="utf-8")
        load_instrument.cache_clear()
        return load_instrument(id_)

    yield make
    load_instrument.cache_clear()


def total(weights: list[str]) -> str:
    return str(sum(map(Fraction, weights), Fraction(0)))


@pytest.fixture(scope="session")
def published_levels(shared: Path) -> dict[tuple[str, int], Assessment]:
    """The assessments of shared/results/indicator-levels.json by agency and year, external stage."""
    held = json.loads((shared / "results" / "indicator-levels.json").read_text(encoding="utf-8"))
    return {(e["agency"], e["year"]): Assessment.model_validate(e) for e in held if e["stage"] == "external"}


@pytest.fixture(scope="session")
def bandar_lampung(published_levels: dict[tuple[str, int], Assessment]) -> Assessment:
    return published_levels["Pemerintah Kota Bandar Lampung", 2024]


@pytest.fixture(scope="session")
def aceh_tengah(published_levels: dict[tuple[str, int], Assessment]) -> Assessment:
    """41 of 47 levels, published with 2.59."""
    return published_levels["Pemerintah Kab. Aceh Tengah", 2025]
