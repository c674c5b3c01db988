"""The address that Telegram posts updates to."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import Forbidden, InvalidUsage, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.kanalen.telegram.deur import SOORTEN, TelegramDeur
from bot.kanalen.telegram.instellingen import WEBHOOK_URL, Instellingen
from bot.opslag.database import OpslagWeg
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

PAD = "/webhooks/telegram/webhook"
GEHEIM_KOP = "X-Telegram-Bot-Api-Secret-Token"


def webhook_blueprint(deur: TelegramDeur, instellingen: Instellingen) -> Blueprint:
    """Takes in what shows the secret; signs on at Telegram once the server listens."""
    blueprint = Blueprint("telegram")

    @blueprint.post(PAD)
    async def webhook(request: Request) -> HTTPResponse:
        getoond = request.headers.get(GEHEIM_KOP, "")
        if not hmac.compare_digest(getoond.encode(), instellingen.geheim.encode()):
            raise Forbidden("geheim")
        if request.content_type.partition(";")[0].strip().lower() != "application/json":
            raise SanicException("soort inhoud", status_code=415)
        inhoud = request.json
        if not isinstance(inhoud, dict) or not isinstance(inhoud.get("update_id"), int):
            raise InvalidUsage("update")
        try:
            await deur.neem_ruw(inhoud)
        except OpslagWeg as error:
            raise SanicException("opslag", status_code=503, quiet=True) from error
        return empty(200)

    @blueprint.after_server_start
    async def begin(app: Sanic, _: Any) -> None:
        app.ctx.telegram = asyncio.create_task(deur.meld_aan(*_stappen(deur, instellingen)))

    @blueprint.before_server_stop
    async def einde(app: Sanic, _: Any) -> None:
        app.ctx.telegram.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await app.ctx.telegram
        await deur.sluit()

    return blueprint


def _stappen(deur: TelegramDeur, instellingen: Instellingen) -> list[Any]:
    if not instellingen.webhook_url:
        logger.warning(kennisbank().teksten("telegram.geen_webhook_url", naam=WEBHOOK_URL))
        return []

    async def noem_webhook() -> None:
        await deur.bot.set_webhook(
            instellingen.webhook_url, allowed_updates=SOORTEN, secret_token=instellingen.geheim
        )

    return [noem_webhook]
