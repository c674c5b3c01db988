"""What an operator sets for Telegram."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.settings import InstellingFout, instelling
from kennisbank.current import kennisbank

TOKEN = "ROUTEWIJZER_TELEGRAM_TOKEN"
GEHEIM = "ROUTEWIJZER_TELEGRAM_SECRET"
WEBHOOK_URL = "ROUTEWIJZER_TELEGRAM_WEBHOOK_URL"
API_URL = "ROUTEWIJZER_TELEGRAM_API_URL"

_TOKENVORM = re.compile(r"\d+:[\w-]{10,}")
_GEHEIMVORM = re.compile(r"[A-Za-z0-9_-]{16,256}")


@dataclass(frozen=True, repr=False)
class Instellingen:
    """A bot's token, the secret that its webhook must show, and the addresses of both sides."""

    token: str
    geheim: str
    webhook_url: str
    api_url: str

    @classmethod
    def lees(cls, met_webhook: bool) -> Instellingen | None:
        """The settings; None when Telegram is not set up at all.

        Raises:
            InstellingFout: something is missing or cannot be right; the message says which setting.
        """
        token, geheim = instelling(TOKEN), instelling(GEHEIM)
        if not token and not geheim:
            return None
        teksten = kennisbank().teksten
        if not _TOKENVORM.fullmatch(token):
            raise InstellingFout(teksten("telegram.fout_token", naam=TOKEN))
        if met_webhook and not _GEHEIMVORM.fullmatch(geheim):
            raise InstellingFout(teksten("telegram.fout_geheim", naam=GEHEIM))
        return cls(
            token,
            geheim,
            instelling(WEBHOOK_URL),
            instelling(API_URL, "https://api.telegram.org").rstrip("/"),
        )
