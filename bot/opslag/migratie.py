"""Brings the tables of the store of conversations up to date, with Alembic."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from bot.opslag.database import Database
from kennisbank.store import OpslagFout

VERSIETABEL = "gesprekken_versie"
"""A table of its own: the database may hold other tables with migrations of their own."""
_MAP = Path(__file__).parent / "migraties"


def migreer(database: Database) -> bool:
    """Brings the tables up to date; returns whether anything changed.

    Raises:
        OpslagFout: the tables are of a newer Routewijzer, or the database cannot be written.
    """
    return database.schrijf_nu(_migreer)


def open_database(url: str) -> Database:
    """The database, with tables that are up to date: an embedded one is brought there by itself.

    Raises:
        OpslagFout: it cannot be used, or it is shared and somebody must migrate it first.
    """
    database = Database(url)
    if not database.blijvend:
        return database
    if database.ingebed:
        migreer(database)
    elif not database.lees_nu(_is_bij):
        raise OpslagFout(
            f"De tabellen voor gesprekken in {database.naam} zijn er niet of zijn van een andere versie. "
            "Werk ze één keer bij met: routewijzer database migreer"
        )
    return database


def configuratie(verbinding: Connection) -> Config:
    """Alembic's configuration for one connection, without a file."""
    config = Config()
    config.set_main_option("script_location", str(_MAP).replace("%", "%%"))
    config.attributes["connection"] = verbinding
    return config


def _is_bij(verbinding: Connection) -> bool:
    huidig = MigrationContext.configure(
        verbinding, opts={"version_table": VERSIETABEL}
    ).get_current_revision()
    return huidig == ScriptDirectory.from_config(configuratie(verbinding)).get_current_head()


def _migreer(verbinding: Connection) -> bool:
    if _is_bij(verbinding):
        return False
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(configuratie(verbinding), "head")
    return True
