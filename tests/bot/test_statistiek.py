"""The editors' figures over a real RabbitMQ: each turn once, no text, no conversation, nothing lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import aio_pika
import pytest

from bot.assistent import Assistent
from bot.balie import Balie, Post
from bot.opslag.database import Database
from bot.opslag.migratie import open_database
from bot.statistiek import uitzender
from bot.statistiek.ontvanger import ontvang, per
from bot.statistiek.uitzender import zend_uit

BROKER = "amqp://guest:guest@127.0.0.1:5672/"


@pytest.fixture
async def rij(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A queue of our own on the RabbitMQ of this machine."""
    naam = f"routewijzer.proef.{id(monkeypatch)}"
    for module in ("bot.statistiek.uitzender", "bot.statistiek.ontvanger"):
        monkeypatch.setattr(f"{module}.RIJ", naam)
    try:
        verbinding = await aio_pika.connect(BROKER)
    except (OSError, aio_pika.exceptions.AMQPException):
        pytest.skip("RabbitMQ is hier niet")
    yield naam
    async with verbinding:
        await (await verbinding.channel()).queue_delete(naam)


@pytest.fixture
def gesprekken(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'gesprekken.db'}")
    yield database
    database.sluit()


@pytest.fixture
def cijfers(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'cijfers.db'}")
    yield database
    database.sluit()


async def _until(database: Database, aantal: int) -> dict[str, int]:
    for _ in range(100):
        with contextlib.suppress(Exception):
            gevonden = await database.lees(lambda v: per(v, "uitkomst", date.min))
            if sum(gevonden.values()) >= aantal:
                return gevonden
        await asyncio.sleep(0.1)
    raise AssertionError("de cijfers kwamen niet aan")


async def _stop(taken: list[asyncio.Task[None]]) -> None:
    """Until they are done: `asyncio.wait_for` in the client can lose a cancel before Python 3.12."""
    open_ = set(taken)
    while open_:
        for taak in open_:
            taak.cancel()
        _, open_ = await asyncio.wait(open_, timeout=1)


async def test_each_turn_arrives_once_without_text_also_after_a_restart(
    assistent: Assistent,
    gesprekken: Database,
    cijfers: Database,
    rij: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uitzender, "_PAUZE", 0.1)
    balie = Balie(assistent.op(gesprekken))
    await balie.behandel(Post("web", "1", "g", "wanneer moeten we ABA aanvragen?"))
    await balie.behandel(Post("web", "1", "ander", "hoe laat gaat de trein"))
    for _ in range(2):  # the second round begins anew, and must send nothing again
        taken = [
            asyncio.create_task(zend_uit(gesprekken, BROKER)),
            asyncio.create_task(ontvang(cijfers, BROKER)),
        ]
        assert await _until(cijfers, 2) == {"antwoord": 1, "buiten_bereik": 1}
        await _stop(taken)
    inhoud = await cijfers.lees(lambda v: v.exec_driver_sql("select * from statistiek_beurt").all())
    assert "aba-wanneer-aanvragen" in str(inhoud)
    assert "trein" not in str(inhoud)
    assert "gesprek" not in await cijfers.lees(
        lambda v: v.exec_driver_sql("select * from statistiek_beurt").keys()
    )


async def test_a_broker_that_is_away_holds_up_no_message(assistent: Assistent, gesprekken: Database) -> None:
    taak = asyncio.create_task(zend_uit(gesprekken, "amqp://guest:guest@127.0.0.1:1/"))
    beurt = await Balie(assistent.op(gesprekken)).behandel(Post("web", "1", "g", "hallo"))
    assert beurt.geweigerd is None
    assert not taak.done()
    taak.cancel()
