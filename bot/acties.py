"""Where the standard SDK actions run: in this process, or on an action server by one setting."""

from __future__ import annotations

import asyncio
import json as jsonlib
import logging
import os
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

import actions

logger = logging.getLogger(__name__)

STORING = "utter_storing"
_AFGEWEZEN = 400
"""Status with which an action server says that an action does not apply now."""


def action_endpoint() -> EndpointConfig:
    """What `ROUTEWIJZER_ACTIES_URL` says: the webhook of an action server, or nothing for this process."""
    adres = os.environ.get("ROUTEWIJZER_ACTIES_URL", "")
    return ActionsOverHttp(adres) if adres else InProcessActions()


class InProcessActions(EndpointConfig):
    """An action endpoint that runs the standard SDK actions without a hop over HTTP."""

    def __init__(self) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        for naam in actions.__all__:
            self._executor.register_action(getattr(actions, naam))

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Runs one action call, in the format and with the errors of the action server."""
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            inhoud = {"error": rejection.message, "action_name": rejection.action_name}
            raise ClientResponseError(_AFGEWEZEN, "rejected", jsonlib.dumps(inhoud)) from rejection
        except Exception:
            logger.exception("Actie %s is mislukt", json.get("next_action"))
            return _storing()


class ActionsOverHttp(EndpointConfig):
    """An action server elsewhere; when it fails, the user hears that, as when an action fails here."""

    def __init__(self, adres: str) -> None:
        super().__init__(url=adres)
        self._sessie: aiohttp.ClientSession | None = None

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Sends one action call over a connection that stays open."""
        if self._sessie is None:
            self._sessie = self.session()
        try:
            async with self._sessie.post(self.url, json=json) as antwoord:
                if antwoord.status != _AFGEWEZEN:
                    antwoord.raise_for_status()
                    return await antwoord.json()
                afwijzing = await antwoord.text()
        except (aiohttp.ClientError, asyncio.TimeoutError):
            logger.exception("Actie %s op %s is mislukt", json.get("next_action"), self.url)
            return _storing()
        raise ClientResponseError(_AFGEWEZEN, "rejected", afwijzing)

    async def close(self) -> None:
        """Closes the connection."""
        if self._sessie is not None:
            await self._sessie.close()
            self._sessie = None


def _storing() -> dict[str, Any]:
    """What the user must hear when a question was not answered."""
    return {"events": [], "responses": [{"response": STORING}]}
