"""One way to reach the database of conversations: a piece of work in one transaction, off the event loop."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.opslag.tabellen import METADATA
from kennisbank.store import OpslagFout

logger = logging.getLogger(__name__)

T = TypeVar("T")
Werk = Callable[[Connection], T]
GEHEUGEN = "sqlite://"
_VERBINDINGEN = 8
_WACHT_OP_SLOT = 5
"""Seconds that SQLite waits for another process's lock, and Postgres for a connection."""


class OpslagWeg(OpslagFout):
    """The database of conversations cannot be used now; nothing of the work was stored."""


class Ingehaald(OpslagFout):
    """Another writer was first; nothing of the work was stored. Reading again tells what happened."""


def nu() -> datetime:
    """This moment in UTC, as the tables keep it."""
    return datetime.fromtimestamp(time.time(), timezone.utc).replace(tzinfo=None)


class Database:
    """Runs pieces of work, each in one transaction: all of it is stored or nothing is.

    Raises:
        OpslagWeg: for every piece of work that the database did not take.
        Ingehaald: where a unique key was taken by another writer.
    """

    def __init__(self, url: str) -> None:
        adres = make_url(url)
        self.naam = str(adres.render_as_string(hide_password=True))
        self.ingebed = adres.get_backend_name() == "sqlite"
        self.blijvend = not (self.ingebed and adres.database in (None, "", ":memory:"))
        self.bestand = Path(adres.database) if self.ingebed and self.blijvend and adres.database else None
        self._inode: int | None = None
        self.engine = self._maak_engine(url)
        # SQLite has one writer at a time: a queue in front of it is kinder than a lock that times out.
        self._draden = ThreadPoolExecutor(1 if self.ingebed else _VERBINDINGEN, "opslag")
        if not self.blijvend:
            METADATA.create_all(self.engine)

    async def lees(self, werk: Werk[T]) -> T:
        """Runs work that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._draden, self.lees_nu, werk)

    async def schrijf(self, werk: Werk[T]) -> T:
        """Runs work that writes."""
        return await asyncio.get_running_loop().run_in_executor(self._draden, self.schrijf_nu, werk)

    def lees_nu(self, werk: Werk[T]) -> T:
        """Like `lees`, for who has no event loop."""
        return self._doe(werk, schrijf=False)

    def schrijf_nu(self, werk: Werk[T]) -> T:
        """Like `schrijf`, for who has no event loop."""
        return self._doe(werk, schrijf=True)

    async def wis(self, werk: Werk[T]) -> T:
        """Runs work that removes; what it removed is not in SQLite's log afterwards either."""
        return await asyncio.get_running_loop().run_in_executor(self._draden, self.wis_nu, werk)

    def wis_nu(self, werk: Werk[T]) -> T:
        """Like `wis`, for who has no event loop."""
        uitkomst = self.schrijf_nu(werk)
        if self.bestand:
            self._leeg_log()
        return uitkomst

    def sluit(self) -> None:
        """Finishes what is running and lets go of the database."""
        self._draden.shutdown()
        self.engine.dispose()

    def _doe(self, werk: Werk[T], schrijf: bool) -> T:
        self._zelfde_bestand()
        try:
            with self.engine.connect() as verbinding:
                verbinding = verbinding.execution_options(schrijf=schrijf)
                with verbinding.begin():
                    return werk(verbinding)
        except IntegrityError as error:
            raise Ingehaald(f"Een ander was eerder in {self.naam}") from error
        except SQLAlchemyError as error:
            # Without the cause's own text: it may quote what was being stored.
            soort = type(getattr(error, "orig", None) or error).__name__
            raise OpslagWeg(f"De database {self.naam} is nu niet te gebruiken ({soort}).") from error

    def _leeg_log(self) -> None:
        # Where somebody else reads meanwhile it does nothing: the next one, or the last to close, does.
        try:
            with self.engine.connect() as verbinding:
                verbinding.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, SQLAlchemyError) as error:
            # What was to be removed is removed: an error here must not sound as if it were not.
            logger.warning("Het log van %s is niet geleegd: %s", self.naam, type(error).__name__)

    def _maak_engine(self, url: str) -> Engine:
        if not self.ingebed:
            opties: dict[str, Any] = {"connect_timeout": _WACHT_OP_SLOT}
            return create_engine(
                url,
                future=True,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_size=_VERBINDINGEN,
                connect_args=opties,
            )
        if self.bestand:
            self.bestand.parent.mkdir(parents=True, exist_ok=True)
        opties = {"check_same_thread": False, "timeout": _WACHT_OP_SLOT}
        # A file is kept open: the last one to close it writes its log back into it, message after message.
        pool = QueuePool if self.blijvend else StaticPool
        engine = create_engine(url, future=True, hide_parameters=True, connect_args=opties, poolclass=pool)
        event.listen(engine, "connect", _stel_sqlite_in)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _zelfde_bestand(self) -> None:
        """A removed SQLite file lives on for who has it open: writing there would lose it silently."""
        if self.bestand is None:
            return
        try:
            inode = self.bestand.stat().st_ino
        except FileNotFoundError:
            inode = None
        if self._inode is not None and inode != self._inode:
            self.engine.dispose()
            if inode is None:
                raise OpslagWeg(f"Het bestand {self.bestand} is weg.")
        self._inode = inode


def _stel_sqlite_in(dbapi: Any, _: Any) -> None:
    dbapi.isolation_level = None  # we begin transactions ourselves
    dbapi.execute("PRAGMA journal_mode=WAL")
    dbapi.execute("PRAGMA synchronous=FULL")
    dbapi.execute("PRAGMA secure_delete=ON")  # what is removed is written over


def _begin_sqlite(verbinding: Connection) -> None:
    # A writer takes its lock at once: upgrading a reader's lock can fail without waiting.
    schrijf = verbinding.get_execution_options().get("schrijf")
    verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijf else "BEGIN")
