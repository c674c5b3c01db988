"""Telegram without a public address: we ask for updates instead of waiting for them."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, TelegramError

from bot.assistent import Assistent
from bot.balie import Balie
from bot.kanalen.telegram.deur import SOORTEN, TelegramDeur, maak_bot
from bot.kanalen.telegram.instellingen import Instellingen
from bot.opslag.database import OpslagWeg
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

_VRAAGDUUR = 30
"""Seconds that Telegram holds a question for updates open."""
_WACHTTIJDEN = (1, 2, 5, 10, 30)


async def poll(assistent: Assistent, instellingen: Instellingen) -> None:
    """Serves the bot until the process is told to stop."""
    balie = Balie(assistent)
    deur = TelegramDeur(assistent, balie, maak_bot(instellingen))
    await balie.begin()
    vragen = asyncio.create_task(vraag_updates(deur))
    for teken in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(teken, vragen.cancel)
    print(kennisbank().teksten("telegram.luistert"), flush=True)
    await asyncio.wait([vragen])
    await balie.sluit()
    await deur.sluit()
    await assistent.close()
    if not vragen.cancelled():
        vragen.result()


async def vraag_updates(deur: TelegramDeur) -> None:
    """Asks for updates until it is cancelled.

    The library's own loop confirms an update before it is handled. Here it is confirmed (by asking for
    the next one) when it was stored, so that nothing is lost when we stop in between.
    """
    await deur.meld_aan(deur.bot.delete_webhook)
    vanaf, mislukt = 0, 0
    while True:
        try:
            for inhoud in await _haal(deur, vanaf):
                await deur.neem_ruw(inhoud)
                vanaf = inhoud["update_id"] + 1
            mislukt = 0
        except (TelegramError, OpslagWeg) as error:
            if not mislukt:
                logger.warning(_melding(error))
            await asyncio.sleep(_WACHTTIJDEN[min(mislukt, len(_WACHTTIJDEN) - 1)])
            mislukt += 1


async def _haal(deur: TelegramDeur, vanaf: int) -> list[dict[str, Any]]:
    # `bot.get_updates` logs everything it got when it cannot read one of them, and then gives none.
    vraag = urlencode({"offset": vanaf, "timeout": _VRAAGDUUR, "allowed_updates": json.dumps(SOORTEN)})
    updates = await deur.bot.request.post(
        f"{deur.bot.base_url}/getUpdates?{vraag}", read_timeout=_VRAAGDUUR + 10
    )
    assert isinstance(updates, list)
    return updates


def _melding(error: TelegramError | OpslagWeg) -> str:
    if isinstance(error, OpslagWeg):
        return str(error)
    if isinstance(error, Conflict):
        return kennisbank().teksten("telegram.nog_een_vrager")
    storing = kennisbank().teksten("telegram.onbereikbaar", reden=type(error).__name__)
    return kennisbank().teksten("telegram.blijft_proberen", storing=storing)
