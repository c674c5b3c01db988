"""The Telegram door: a webhook in `routewijzer serve`, or polling for who has no public address."""

from __future__ import annotations

import logging

from sanic import Blueprint

from bot.assistent import Assistent
from bot.balie import Balie
from bot.kanalen.telegram.deur import TelegramDeur, maak_bot
from bot.kanalen.telegram.instellingen import TOKEN, Instellingen
from bot.kanalen.telegram.webhook import webhook_blueprint
from bot.settings import InstellingFout
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)


def telegram_blueprint(assistent: Assistent, balie: Balie) -> Blueprint | None:
    """The door for the server; None, and a word about it, where it is not set up or set up wrongly."""
    teksten = kennisbank().teksten
    try:
        instellingen = Instellingen.lees(met_webhook=True)
    except InstellingFout as error:
        logger.warning(teksten("telegram.deur_dicht", reden=error))
        return None
    if instellingen is None:
        logger.warning(teksten("telegram.uit", naam=TOKEN))
        return None
    return webhook_blueprint(TelegramDeur(assistent, balie, maak_bot(instellingen)), instellingen)
