"""One schema history, up and down, on both engines."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, text

from assistant.permissions import OPERATOR
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments
from assistant.records.database import MIGRATIONS, alone, migrate, open_database, revisions
from assistant.records.holdings import Holdings
from assistant.records.sampling import load_register, load_sample
from assistant.records.schema import METADATA
from scoring import RefusedInput
from tests.assistant.records.conftest import OURS, put


def _history() -> list[str]:
    """The revisions, the oldest first."""
    script = ScriptDirectory(str(MIGRATIONS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def test_the_history_is_one_line() -> None:
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1
    assert len(_history()) == len(list((MIGRATIONS / "versions").glob("*.py")))


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    models = MetaData()
    for metadata in METADATA:
        for table in metadata.tables.values():
            table.to_metadata(models)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, models) == []


@pytest.mark.parametrize("revision", _history()[:-1])
def test_a_schema_goes_down_and_up_again_and_keeps_its_data(engine: Engine, revision: str) -> None:
    load_sample(engine)
    register = Holdings(engine).register
    put(engine, register, OURS, stage="self", level=4, published=False)
    before = _rows(engine, "assessments"), _rows(engine, "agencies"), _rows(engine, "audit")
    migrate(engine, revision)
    assert revisions(engine)[0] == revision
    migrate(engine)
    assert (_rows(engine, "assessments"), _rows(engine, "agencies"), _rows(engine, "audit")) == before
    assert put(engine, register, OURS, stage="self", level=5, published=False)


def test_base_leaves_nothing_behind(engine: Engine) -> None:
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    load_register(engine)
    assert revisions(engine)[0] == revisions(engine)[1] == _history()[-1]


def test_a_current_schema_is_left_alone(engine: Engine, register: Agencies) -> None:
    put(engine, register, OURS)
    before = _rows(engine, "assessments")
    migrate(engine)
    assert _rows(engine, "assessments") == before


def test_a_database_of_a_newer_release_is_refused_and_left_as_it_is(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RefusedInput) as refused:
        migrate(engine)
    assert refused.value.code == "newer_database"
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_an_empty_database_has_no_revision(empty: Engine) -> None:
    assert revisions(empty) == (None, _history()[-1])


def test_servers_that_start_together_set_up_one_database(empty: Engine) -> None:
    url = empty.url.render_as_string(hide_password=False)
    problems: list[BaseException] = []

    def start() -> None:
        engine = open_database(url)
        try:
            with alone(engine):
                migrate(engine)
                load_register(engine)
                load_sample(engine)
        except Exception as reason:
            problems.append(reason)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with alone(empty):
        assert load_sample(empty) == 0
    register = Holdings(empty).register
    assert len(Assessments(empty, OPERATOR).of(register.find("Kab. Sumedang"))) >= 1


def test_sqlite_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'spbe.sqlite'}")
    migrate(engine)
    with engine.begin() as writing:
        writing.execute(text("INSERT INTO library_meta VALUES ('a', 'b')"))
        with engine.connect() as reading:
            assert reading.scalar(text("SELECT count(*) FROM library_meta")) == 0
            assert reading.scalar(text("PRAGMA journal_mode")) == "wal"
            assert reading.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()


def _rows(engine: Engine, table: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]
