"""An installation of one's own for reports, into which tests put assessments of their making."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from assistant.permissions import OPERATOR
from assistant.records.assessments import Assessments
from assistant.reports.composing import compose
from scoring import Assessment

if TYPE_CHECKING:
    from assistant.reports.content import Report
    from bots.assembly import Installation

DAY = date(2026, 11, 24)
AGENCY = "Pemerintah Kab. Sumedang"


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the sample data, for writing."""
    from assistant.settings import Settings
    from bots.assembly import Installation

    made = Installation(Settings(data_dir=tmp_path_factory.mktemp("reports"), _env_file=None), threads=1)
    made.prepare()
    return made


@pytest.fixture(scope="package")
def report_on(house: Installation) -> Callable[..., Report]:
    """The report on what is held, in the operator's eyes: ``report_on("Kab. Sumedang", year=2024)``."""

    def on(agency: str, asker: Any = OPERATOR, **options: Any) -> Report:
        return compose(house.records, house.retriever, asker, agency, made_on=DAY, **options)

    return on


@pytest.fixture(scope="package")
def report_of(house: Installation, report_on: Callable[..., Report]) -> Callable[..., Report]:
    """The report of an invented assessment, stored unpublished first."""

    def of(**known: Any) -> Report:
        options = {key: known.pop(key) for key in ("target", "language") if key in known}
        assessment = Assessment(agency=AGENCY, **{"stage": "internal", **known})
        entry = house.records.register.find(AGENCY)
        Assessments(house.engine, OPERATOR).store(entry, assessment, published=False, source="uji")
        return report_on(AGENCY, year=assessment.year, stage=assessment.stage, **options)

    return of
