"""The daily clearing as the server runs it: with a clock that is moved and a database that goes away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.assistent import Assistent
from bot.opslag.dagelijks import ruim_dagelijks_op
from bot.opslag.database import Database, nu
from bot.opslag.migratie import open_database
from tests.opslag.test_rechten import regels_van

_DAG = 0.02
"""Seconds that a day takes here."""


class Klok:
    """A clock that is moved, and that tells how often it was looked at."""

    def __init__(self) -> None:
        self.sprong = timedelta()
        self.gelezen = 0

    def __call__(self) -> datetime:
        self.gelezen += 1
        return nu() + self.sprong


@contextlib.asynccontextmanager
async def opruimer(database: Database, klok: Klok) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Clears day after day; what it gives waits until a whole day has been cleared."""
    taak = asyncio.create_task(ruim_dagelijks_op(database, _DAG, klok))

    async def een_dag_verder() -> None:
        gelezen = klok.gelezen
        # The second look comes after the first clearing is finished.
        while klok.gelezen < gelezen + 2:
            assert not taak.done(), taak.exception()
            await asyncio.sleep(_DAG)

    yield een_dag_verder
    taak.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await taak


@pytest.mark.parametrize("dagen", ["3", None])
async def test_a_conversation_goes_on_the_day_that_its_term_ends(
    assistent: Assistent, database: Database, monkeypatch: pytest.MonkeyPatch, dagen: str | None
) -> None:
    monkeypatch.delenv("ROUTEWIJZER_BEWAARDAGEN", raising=False)
    if dagen:
        monkeypatch.setenv("ROUTEWIJZER_BEWAARDAGEN", dagen)
    termijn, klok = timedelta(days=int(dagen or 28)), Klok()
    await assistent.op(database).zeg("a", "wat is een no-riskpolis?")
    async with opruimer(database, klok) as een_dag_verder:
        klok.sprong = termijn - timedelta(minutes=1)
        await een_dag_verder()
        assert await regels_van(database, "a") == 2
        klok.sprong = termijn + timedelta(days=1)
        await een_dag_verder()
        assert await regels_van(database, "a") == 0


async def test_a_day_without_a_database_is_made_up_for_the_next(
    assistent: Assistent, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bestand, elders, klok = tmp_path / "gesprekken.db", tmp_path / "elders.db", Klok()
    database = open_database(f"sqlite:///{bestand}")
    await assistent.op(database).zeg("a", "wat is een no-riskpolis?")
    klok.sprong = timedelta(days=30)
    bestand.rename(elders)
    async with opruimer(database, klok) as een_dag_verder:
        while "Opruimen lukt nu niet" not in caplog.text:
            await asyncio.sleep(_DAG)
        elders.rename(bestand)
        await een_dag_verder()
        assert await regels_van(database, "a") == 0
    database.sluit()
