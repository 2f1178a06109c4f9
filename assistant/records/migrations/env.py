"""Alembic runs on the connection handed to it by assistant.records.database.migrate."""

from alembic import context

from assistant.records.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
