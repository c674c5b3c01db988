"""What the server does once a day: clear away what is past its term."""

from __future__ import annotations

import asyncio
import logging

from bot.opslag.database import Database, OpslagWeg, nu
from bot.opslag.rechten import ruim_op
from bot.settings import bewaardagen

logger = logging.getLogger(__name__)

DAG = 24 * 3600


async def ruim_dagelijks_op(database: Database) -> None:
    """Clears at start and then every day; a day on which the database is away is made up for the next."""
    while True:
        try:
            await database.schrijf(lambda v: ruim_op(v, bewaardagen(), nu()))
        except OpslagWeg as error:
            logger.warning("Opruimen lukt nu niet: %s", error)
        await asyncio.sleep(DAG)
