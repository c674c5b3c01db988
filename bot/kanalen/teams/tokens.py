"""Who calls us: the token that comes with every activity, checked against Microsoft's published keys."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.kanalen.teams.instellingen import Instellingen, veilig

logger = logging.getLogger(__name__)

SPELING = 300
"""Seconds that Microsoft's clock and ours may differ."""
BEWAARTIJD = 24 * 3600
WACHTTIJD = 60
"""Seconds between two times that the keys are fetched because something was not as expected."""

HaalJson = Callable[[str], Awaitable[Any]]


class Geweigerd(Exception):
    """The token does not prove that Microsoft sent this activity; the message says why, for the log."""


@dataclass(frozen=True)
class Sleutel:
    """A public key and the channels that it may speak for."""

    publiek: Any
    kanalen: frozenset[str]


class Sleutelbos:
    """The published keys, kept for a day; an unknown one is looked up at once, but not time and again."""

    def __init__(self, openid_url: str, haal: HaalJson, klok: Callable[[], float] = time.monotonic) -> None:
        self._openid_url = openid_url
        self._haal = haal
        self._klok = klok
        self._sleutels: dict[str, Sleutel] = {}
        self._vers_tot = 0.0
        self._niet_voor = 0.0
        self._slot = asyncio.Lock()

    async def sleutel(self, kid: str) -> Sleutel:
        """The key with this id.

        Raises:
            Geweigerd: there is none, or the keys cannot be had now.
        """
        async with self._slot:
            verlopen = self._klok() >= self._vers_tot
            if verlopen or kid not in self._sleutels:
                await self._ververs(onbekend=not verlopen)
            if kid not in self._sleutels:
                raise Geweigerd("onbekende sleutel")
            return self._sleutels[kid]

    async def _ververs(self, onbekend: bool) -> None:
        if self._klok() < self._niet_voor:
            raise Geweigerd("onbekende sleutel" if onbekend else "geen sleutels")
        try:
            gegevens = await self._haal(self._openid_url)
            jwks_uri = gegevens["jwks_uri"]
            if not veilig(jwks_uri):
                raise ValueError("jwks_uri")
            sleutels = _lees_sleutels(await self._haal(jwks_uri))
        except Exception as error:
            # Whatever Microsoft's side does wrong: the caller has not proved who it is.
            self._niet_voor = self._klok() + WACHTTIJD
            logger.warning("Teams: de sleutels zijn niet op te halen (%r)", error)
            raise Geweigerd("geen sleutels") from error
        if onbekend:
            self._niet_voor = self._klok() + WACHTTIJD
        self._sleutels = sleutels
        self._vers_tot = self._klok() + BEWAARTIJD


class Tokencontrole:
    """Checks that an activity was sent by Microsoft's Bot Connector, for this bot, from where it says."""

    def __init__(self, instellingen: Instellingen, sleutelbos: Sleutelbos) -> None:
        self._instellingen = instellingen
        self._sleutelbos = sleutelbos

    async def controleer(self, authorization: str | None, activiteit: Mapping[str, Any]) -> None:
        """Does nothing when all is well.

        Raises:
            Geweigerd: it is not.
        """
        dienst = activiteit.get("serviceUrl")
        if self._instellingen.met_tokens:
            sleutel, claims = await self._lees(authorization)
            kanaal = activiteit.get("channelId")
            if not isinstance(kanaal, str) or kanaal not in sleutel.kanalen:
                raise Geweigerd("de sleutel geldt niet voor dit kanaal")
            if not dienst or claims.get("serviceurl") != dienst:
                raise Geweigerd("andere serviceUrl")
        if not isinstance(dienst, str) or not self._instellingen.is_dienst(dienst):
            raise Geweigerd("vreemde host")

    async def _lees(self, authorization: str | None) -> tuple[Sleutel, dict[str, Any]]:
        soort, _, token = (authorization or "").partition(" ")
        if soort.lower() != "bearer" or not token:
            raise Geweigerd("geen token")
        try:
            kop = jwt.get_unverified_header(token)
            # Before any key is looked up: the algorithm is ours to choose, not the token's.
            if kop.get("alg") != "RS256" or not isinstance(kop.get("kid"), str):
                raise Geweigerd("ander algoritme of geen kid")
            sleutel = await self._sleutelbos.sleutel(kop["kid"])
            claims: dict[str, Any] = jwt.decode(
                token,
                sleutel.publiek,
                algorithms=["RS256"],
                audience=self._instellingen.app_id,
                issuer=self._instellingen.uitgevers,
                leeway=SPELING,
                options={"require": ["exp", "nbf", "iss", "aud"]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise Geweigerd(type(error).__name__) from error
        return sleutel, claims


def _lees_sleutels(jwks: Mapping[str, Any]) -> dict[str, Sleutel]:
    return {
        jwk["kid"]: Sleutel(jwt.PyJWK(jwk, "RS256").key, frozenset(jwk.get("endorsements") or ()))
        for jwk in jwks["keys"]
        if jwk.get("kty") == "RSA" and isinstance(jwk.get("kid"), str)
    }
