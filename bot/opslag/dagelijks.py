"""What the server does once a day: clear away what is past its term."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.opslag.database import Database, OpslagWeg, nu
from bot.opslag.rechten import ruim_op
from bot.settings import bewaardagen

logger = logging.getLogger(__name__)

DAG = 24 * 3600


async def ruim_dagelijks_op(
    database: Database, pauze: float = DAG, klok: Callable[[], datetime] = nu
) -> None:
    """Clears at start and then every day; a day on which the database is away is made up for the next."""
    dagen = bewaardagen()
    while True:
        try:
            await database.wis(lambda v: ruim_op(v, dagen, klok()))
        except OpslagWeg as error:
            logger.warning("Opruimen lukt nu niet: %s", error)
        await asyncio.sleep(pauze)
