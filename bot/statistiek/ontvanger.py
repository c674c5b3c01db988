"""Takes turns from RabbitMQ into the editors' own table, each once, and counts them."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from functools import partial
from typing import Any

import aio_pika
from sqlalchemy import BigInteger, Column, Date, Float, Integer, MetaData, String, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.opslag.database import Database
from bot.statistiek.uitzender import RIJ, VELDEN

METADATA = MetaData()
TELLING = Table(
    "statistiek_beurt",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("dag", Date, nullable=False, index=True),
    Column("kanaal", String(40), nullable=False),
    Column("doelgroep", String(20)),
    Column("gemeente", String(6)),
    Column("uitkomst", String(20), nullable=False),
    Column("handeling", String(40)),
    Column("artikel", String(80)),
    Column("score", Float),
    comment="one turn without text or conversation; the number is that of the question log",
)
_TEGELIJK = 100


async def ontvang(database: Database, broker: str) -> None:
    """Takes what comes, for as long as it runs; a message is confirmed after it is stored."""
    await database.schrijf(METADATA.create_all)
    verbinding = await aio_pika.connect_robust(broker)
    async with verbinding:
        kanaal = await verbinding.channel()
        await kanaal.set_qos(prefetch_count=_TEGELIJK)
        rij = await kanaal.declare_queue(RIJ, durable=True)
        async with rij.iterator() as berichten:
            async for bericht in berichten:
                async with bericht.process(requeue=True):
                    regel = _lees(bericht.body)
                    await database.schrijf(partial(_bewaar, regel))


def per(verbinding: Connection, kolom: str, sinds: date) -> dict[str, int]:
    """How many turns there are for each value of a column since a day."""
    gekozen = TELLING.c[kolom]
    vraag = select(gekozen, func.count()).where(TELLING.c.dag >= sinds).group_by(gekozen)
    rijen = verbinding.execute(vraag.order_by(func.count().desc()))
    return {str(waarde or "-"): int(aantal) for waarde, aantal in rijen}


def _lees(inhoud: bytes) -> dict[str, Any]:
    regel = {veld: json.loads(inhoud).get(veld) for veld in VELDEN}
    return {**regel, "dag": date.fromisoformat(regel["dag"])}


def _bewaar(regel: dict[str, Any], verbinding: Connection) -> None:
    soort: Any = sqlite if verbinding.dialect.name == "sqlite" else postgresql
    verbinding.execute(soort.insert(TELLING).values(**regel).on_conflict_do_nothing())


def draai(database: Database, broker: str) -> None:
    """Like `ontvang`, for the command line."""
    asyncio.run(ontvang(database, broker))
