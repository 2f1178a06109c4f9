"""Every test of the records runs on both engines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.permissions import OPERATOR, Asker
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments
from assistant.records.database import migrate, open_database
from assistant.records.holdings import Holdings
from assistant.records.sampling import load_register
from scoring import Assessment
from tests.databases import postgresql_database

OURS = "Pemerintah Kab. Sumedang"
NEIGHBOUR = "Pemerintah Kota Bandung"
ELSEWHERE = "Pemerintah Kota Bandar Lampung"


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """A PostgreSQL database with the newest schema and the register, to be copied."""
    with postgresql_database() as url:
        _filled(url)
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a SQLite file."""
    path = tmp_path_factory.mktemp("template") / "spbe.sqlite"
    _filled(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path / 'spbe.sqlite'}")
    else:
        with postgresql_database() as url:
            yield from _opened(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with the newest schema and the register."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "spbe.sqlite")
        yield from _opened(f"sqlite:///{copy}")
    else:
        with postgresql_database(request.getfixturevalue("postgresql_template")) as url:
            yield from _opened(url)


def _opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def _filled(url: str) -> None:
    engine = open_database(url)
    migrate(engine)
    load_register(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":  # so that the file alone is the database
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture
def register(engine: Engine) -> Agencies:
    return Holdings(engine).register


@pytest.fixture
def askers(register: Agencies) -> dict[str, Asker]:
    """Everyone whom a permission tells apart, seen from the agency OURS in Jawa Barat."""
    ours, other = register.find(OURS), register.find(NEIGHBOUR)
    return {
        "visitor": Asker(),
        "staff": Asker("staff", ours.id, account_id=1),
        "head": Asker("head", ours.id, account_id=2),
        "staff of another agency": Asker("staff", other.id, account_id=3),
        "coordinator": Asker("coordinator", province="Jawa Barat", account_id=4),
        "coordinator of another province": Asker("coordinator", province="Lampung", account_id=5),
        "operator": OPERATOR,
    }


def put(
    engine: Engine, register: Agencies, agency: str, *, year: int = 2024, stage: str = "external", level: int = 3,
    published: bool = True, by: Asker = OPERATOR,
) -> bool:  # fmt: skip
    """Store an assessment with all indicators at one level."""
    entry = register.find(agency)
    levels = {str(number): level for number in range(1, 48)}
    known = Assessment.model_validate({"agency": entry.name, "year": year, "stage": stage, "levels": levels})
    return Assessments(engine, by).store(entry, known, published=published, source=f"{agency} {year}")
