"""Alembic's environment: runs in the transaction of the connection that it is given."""

from __future__ import annotations

from alembic import context

from bot.opslag.migratie import VERSIETABEL
from bot.opslag.tabellen import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSIETABEL,
)
context.run_migrations()
