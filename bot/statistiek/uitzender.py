"""Sends each turn of the question log once to RabbitMQ, where `ROUTEWIJZER_BROKER_URL` names one.

The log itself is the outbox: a line is marked as sent only after the broker confirmed it, so neither
a crash nor a broker that is away loses one. No message waits for it. What goes out holds no text and
no conversation; a line that is sent twice is recognised by its number.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aio_pika
from aio_pika.exceptions import AMQPException
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.opslag.database import Database, OpslagWeg
from bot.opslag.tabellen import VRAAG

logger = logging.getLogger(__name__)

RIJ = "routewijzer.statistiek"
VELDEN = ("id", "dag", "kanaal", "doelgroep", "gemeente", "uitkomst", "handeling", "artikel", "score")
_PER_KEER = 200
_PAUZE = 2


async def zend_uit(database: Database, broker: str) -> None:
    """Sends what is not sent yet, for as long as the server runs."""
    while True:
        try:
            verbinding = await aio_pika.connect(broker)
            async with verbinding:
                kanaal = await verbinding.channel(publisher_confirms=True)
                await kanaal.declare_queue(RIJ, durable=True)
                while True:
                    if not await _een_keer(database, kanaal):
                        await asyncio.sleep(_PAUZE)
        except (AMQPException, OSError, OpslagWeg) as error:
            logger.warning("Cijfers wachten op RabbitMQ of de opslag: %s", type(error).__name__)
            await asyncio.sleep(_PAUZE)


async def _een_keer(database: Database, kanaal: aio_pika.abc.AbstractChannel) -> int:
    regels = await database.lees(_niet_uitgezonden)
    for regel in regels:
        inhoud = json.dumps(regel, default=str).encode()
        bericht = aio_pika.Message(inhoud, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await kanaal.default_exchange.publish(bericht, routing_key=RIJ)
    if regels:
        nummers = [regel["id"] for regel in regels]
        await database.schrijf(
            lambda v: v.execute(update(VRAAG).where(VRAAG.c.id.in_(nummers)).values(uitgezonden=True))
        )
    return len(regels)


def _niet_uitgezonden(verbinding: Connection) -> list[dict[str, Any]]:
    vraag = select(*(VRAAG.c[veld] for veld in VELDEN)).where(VRAAG.c.uitgezonden.is_(False))
    rijen = verbinding.execute(vraag.order_by(VRAAG.c.id).limit(_PER_KEER))
    return [dict(rij) for rij in rijen.mappings()]
