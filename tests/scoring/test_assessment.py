"""What an assessment accepts and what it refuses."""

from typing import Any

import pytest
from pydantic import ValidationError

from scoring import Assessment, RefusedInput


def make(**given: Any) -> Assessment:
    return Assessment.model_validate({"agency": "Contoh", "year": 2024} | given)


@pytest.mark.parametrize(
    ("given", "basis"),
    [
        ({"levels": {"1": 3}}, "indicator"),
        ({"aspects": {"1": "2.9"}}, "aspect"),
        ({"domains": [2.9, 2.4, 2.55, 3.48]}, "domain"),
        ({}, "index"),
        ({"published": {"index": "3.53"}}, "index"),
    ],
)
def test_the_basis_is_the_finest_granularity_known(given: dict[str, Any], basis: str) -> None:
    assert make(**given).basis == basis


def test_a_null_level_is_not_assessed() -> None:
    assert set(make(levels={"1": 3, "2": None}).levels) == {1}


@pytest.mark.parametrize("level", [0, 6, -1, "2.5"])
def test_a_level_off_the_scale_is_refused_with_what_is_accepted(level: Any) -> None:
    with pytest.raises(RefusedInput) as refused:
        make(levels={"24": level})
    assert refused.value.code == "level_not_allowed"
    assert "24" in refused.value.message.id
    assert "1, 2, 3, 4, 5" in refused.value.message.en


@pytest.mark.parametrize(
    "given", [{"levels": {"48": 3}}, {"levels": {"0": 3}}, {"aspects": {"9": 3}}, {"domains": {"5": 3}}]
)
def test_a_number_the_instrument_does_not_have_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(RefusedInput) as refused:
        make(**given)
    assert refused.value.code == "unknown_node"


def test_an_unknown_instrument_is_refused_naming_those_there_are() -> None:
    with pytest.raises(RefusedInput, match="spbe-2020"):
        make(instrument="spbe-1999")


@pytest.mark.parametrize(
    "given",
    [
        {"agency": ""},
        {"year": 1999},
        {"stage": "draft"},
        {"levels": {"1": True}},
        {"levels": {"1": "tiga"}},
        {"levels": {"1": 3}, "domains": {"1": 3}},
        {"level": {"1": 3}},
    ],
)
def test_what_does_not_fit_the_contract_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make(**given)


def test_it_survives_its_own_document() -> None:
    one = make(levels={"1": 3}, evidence={"1": ["Perwali 12/2022"]}, published={"index": 2.98, "rating": "Baik"})
    assert Assessment.model_validate_json(one.model_dump_json()) == one
