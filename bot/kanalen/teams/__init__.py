"""The Teams door: Microsoft's Bot Connector on one side, the front desk on the other."""

from __future__ import annotations

import json
import logging
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.assistent import Assistent
from bot.balie import Balie
from bot.kanalen.teams.deur import KANAAL, TeamsDeur
from bot.kanalen.teams.instellingen import APP_ID, Instellingen
from bot.kanalen.teams.tokens import Geweigerd
from bot.opslag.database import OpslagWeg
from bot.settings import InstellingFout
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

PAD = "/webhooks/teams/webhook"


def teams_blueprint(assistent: Assistent, balie: Balie, host: str) -> Blueprint | None:
    """The door for a server that listens on `host`; None, and a word about it, where it is not set up."""
    teksten = kennisbank().teksten
    try:
        instellingen = Instellingen.lees(host)
    except InstellingFout as error:
        logger.warning(teksten("teams.deur_dicht", reden=error))
        return None
    if instellingen is None:
        logger.warning(teksten("teams.uit", naam=APP_ID))
        return None
    return _blueprint(assistent, balie, instellingen)


def _blueprint(assistent: Assistent, balie: Balie, instellingen: Instellingen) -> Blueprint:
    blueprint = Blueprint(KANAAL)

    @blueprint.listener("before_server_start")
    async def open_(app: Any, _: Any) -> None:
        app.ctx.teams = TeamsDeur(assistent, balie, instellingen)
        app.ctx.teams.begin()

    @blueprint.listener("after_server_stop")
    async def sluit(app: Any, _: Any) -> None:
        await app.ctx.teams.sluit()

    @blueprint.post(PAD)
    async def webhook(request: Request) -> HTTPResponse:
        deur: TeamsDeur = request.app.ctx.teams
        try:
            await deur.neem(request.headers.get("authorization"), _activiteit(request.body))
        except Geweigerd as error:
            logger.warning("Teams: geweigerd (%s)", error)
            return empty(401)
        except ValueError as error:
            logger.warning("Teams: geen activiteit (%s)", error)
            return empty(400)
        except OpslagWeg:
            logger.exception("Teams: bericht niet aangenomen, de opslag is weg")
            return empty(503)
        return empty(202)

    return blueprint


def _activiteit(inhoud: bytes) -> dict[str, Any]:
    """The activity; an empty one, which no token can be for, where the body holds none."""
    try:
        activiteit = json.loads(inhoud)
    except (ValueError, RecursionError):
        return {}
    return activiteit if isinstance(activiteit, dict) else {}
