"""The database engine and its schema: SQLite by default, PostgreSQL by one setting."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select

from scoring import RefusedInput, Text

MIGRATIONS = Path(__file__).parent / "migrations"
_SETUP = 0x53504245  # key of the advisory lock, "SPBE"
_CONNECT_TIMEOUT = 10  # seconds


def open_database(url: str) -> Engine:
    """Open the database of the records. SQLite runs in WAL mode and waits up to 15 s for a writer.

    Errors do not show the parameters of a statement, which hold what people wrote.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": _CONNECT_TIMEOUT}
        )
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection, _record):  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=15000")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Let one process at a time set up a database: several servers may start on an empty one together."""
    if engine.dialect.name == "sqlite":
        with FileLock(f"{engine.url.database}.setup.lock"):
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(func.pg_advisory_lock(_SETUP)))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(_SETUP)))


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, creating it where there is none.

    Raises:
        RefusedInput: the database was made by a newer release; it is left as it is.
    """
    with engine.begin() as connection:
        migrate_within(connection, revision)


def migrate_within(connection: Connection, revision: str = "head") -> None:
    """The same inside a transaction of the caller's."""
    config = _config()
    config.attributes["connection"] = connection
    held = MigrationContext.configure(connection).get_current_revision()
    try:
        if revision == "base" or revision.startswith("-") or _is_older(config, revision, held):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
    except CommandError as reason:
        raise RefusedInput(
            "newer_database",
            Text(
                id="Basis data ini dibuat oleh rilis Tanya SPBE yang lebih baru. Pasang rilis itu, "
                "atau pulihkan cadangan dari rilis ini ke tempat kosong. Tidak ada yang diubah.",
                en="This database was made by a newer release of Tanya SPBE. Install that release, "
                "or restore a backup of this one into an empty place. Nothing was changed.",
            ),
        ) from reason


def _is_older(config: Config, revision: str, held: str | None) -> bool:
    """Whether a revision comes before the one that is held."""
    script = ScriptDirectory.from_config(config)
    line = [step.revision for step in script.walk_revisions()]  # the newest first
    return held in line and revision in line and line.index(revision) > line.index(held)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The schema that a database has, and the newest that this release knows."""
    with engine.connect() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
    return held, ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
