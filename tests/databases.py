"""Databases for tests: a SQLite file, or a PostgreSQL database made for this run and dropped after it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

SERVER = os.environ.get("SPBE_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@contextmanager
def postgresql_database(template: str = "template0") -> Iterator[str]:
    """The address of a new database on the machine's PostgreSQL; fails in CI where there is none.

    Args:
        template: address or name of the database it is a copy of.
    """
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    name = f"spbe_test_{secrets.token_hex(6)}"
    source = make_url(template).database if "://" in template else template
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}"))
    except OperationalError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL does not answer, and CI must not skip what needs it: {reason}")
        pytest.skip("PostgreSQL does not answer here; SPBE_TEST_POSTGRESQL names another server")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
