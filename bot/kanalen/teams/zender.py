"""What we send to Teams: only to hosts of the list, with a token of our own, again where that is of use."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from bot.balie import Onbestelbaar
from bot.kanalen.teams.instellingen import APP_ID, APP_PASSWORD, TENANT, Instellingen
from bot.kanalen.teams.lezen import Adres

_SCOPE = "https://api.botframework.com/.default"
_TERMIJN = ClientTimeout(total=15)
_MARGE = 300
"""Seconds before its end that a token is renewed."""
_POGINGEN = 4
_LANGSTE_WACHT = 15.0
_NOG_EENS = (412, 429, 500, 502, 503, 504)
_FOUTCODES = {
    "AADSTS7000215": APP_PASSWORD,
    "AADSTS7000222": APP_PASSWORD,
    "AADSTS700016": APP_ID,
    "AADSTS90002": TENANT,
    "AADSTS900023": TENANT,
}
"""Microsoft's codes for a setting that is wrong."""


class TokenGeweigerd(Exception):
    """Microsoft gives us no token; `naam` is the setting that it points at, where it says so."""

    def __init__(self, naam: str | None, code: str) -> None:
        super().__init__(code)
        self.naam = naam


class Zender:
    """Sends activities, with one token and one session for all of them."""

    def __init__(self, instellingen: Instellingen) -> None:
        self._instellingen = instellingen
        self._sessie: ClientSession | None = None
        self._token = ""
        self._token_tot = 0.0
        self._slot = asyncio.Lock()

    async def haal_json(self, url: str) -> Any:
        """Published facts of Microsoft's: the metadata and the keys."""
        async with self._http().get(url, allow_redirects=False) as antwoord:
            antwoord.raise_for_status()
            return await antwoord.json(content_type=None)

    async def stuur(self, adres: Adres, activiteit: Mapping[str, Any]) -> None:
        """Delivers one activity.

        Raises:
            Onbestelbaar: it never will be: the bot was removed, or Teams does not want it.
            ClientError: not now.
        """
        pad = f"v3/conversations/{quote(adres.gesprek, safe='')}/activities"
        if adres.antwoord_op:
            pad += f"/{quote(adres.antwoord_op, safe='')}"
        volledig = {
            **activiteit,
            "from": {"id": adres.bot},
            "recipient": {"id": adres.aan},
            "conversation": {"id": adres.gesprek},
            **({"replyToId": adres.antwoord_op} if adres.antwoord_op else {}),
        }
        await self._post(adres.dienst, pad, volledig)

    async def open_prive(self, adres: Adres, tenant: str | None) -> str:
        """The private conversation with somebody of a group: the one that exists, or a new one."""
        wie = {"bot": {"id": adres.bot}, "members": [{"id": adres.aan}], "isGroup": False}
        if tenant:
            wie |= {"tenantId": tenant, "channelData": {"tenant": {"id": tenant}}}
        antwoord = await self._post(adres.dienst, "v3/conversations", wie)
        id_ = antwoord.get("id") if isinstance(antwoord, dict) else None
        if not isinstance(id_, str):
            raise Onbestelbaar("geen gesprek gekregen")
        return id_

    async def token(self) -> str:
        """Our own token, from Microsoft or as it was kept.

        Raises:
            TokenGeweigerd: the settings are not accepted.
            ClientError: Microsoft cannot be reached.
        """
        async with self._slot:
            if time.monotonic() >= self._token_tot:
                await self._haal_token()
            return self._token

    async def sluit(self) -> None:
        """Lets go of the connections."""
        if self._sessie:
            await self._sessie.close()

    async def _post(self, dienst: str, pad: str, inhoud: Mapping[str, Any]) -> Any:
        # Asked again here, and before a token is at hand: an address may have waited in the store.
        if not self._instellingen.is_dienst(dienst):
            raise Onbestelbaar("deze host staat niet op de lijst")
        # Ids of Teams hold `:`, `;` and `@`, quoted by us: the library must leave them so.
        url = URL(f"{dienst.rstrip('/')}/{pad}", encoded=True)
        for poging in range(1, _POGINGEN + 1):
            koppen = (
                {"Authorization": f"Bearer {await self.token()}"} if self._instellingen.met_tokens else {}
            )
            async with self._http().post(url, json=inhoud, headers=koppen, allow_redirects=False) as antwoord:
                if antwoord.status < 300:
                    return await _json(antwoord)
                if antwoord.status == 401 and poging == 1:
                    self._token_tot = 0.0
                    continue
                if antwoord.status not in _NOG_EENS:
                    raise Onbestelbaar(f"Teams antwoordt {antwoord.status}")
                wacht = _wachttijd(antwoord, poging)
                if poging == _POGINGEN:
                    antwoord.raise_for_status()
            await asyncio.sleep(wacht)
        raise Onbestelbaar("Teams aanvaardt ons token niet")

    async def _koppen(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self.token()}"} if self._instellingen.met_tokens else {}

    async def _haal_token(self) -> None:
        gegevens = {
            "grant_type": "client_credentials",
            "client_id": self._instellingen.app_id,
            "client_secret": self._instellingen.app_password,
            "scope": _SCOPE,
        }
        async with self._http().post(
            self._instellingen.token_url, data=gegevens, allow_redirects=False
        ) as antwoord:
            inhoud = await _json(antwoord)
            if antwoord.status in (400, 401):
                raise _geweigerd(inhoud)
            antwoord.raise_for_status()
        if not isinstance(inhoud, dict) or not isinstance(inhoud.get("access_token"), str):
            raise ClientError("geen token in het antwoord")
        self._token = inhoud["access_token"]
        self._token_tot = time.monotonic() + max(int(inhoud.get("expires_in", 0)) - _MARGE, 0)

    def _http(self) -> ClientSession:
        if self._sessie is None:
            self._sessie = ClientSession(timeout=_TERMIJN)
        return self._sessie


def _geweigerd(inhoud: Any) -> TokenGeweigerd:
    """Which setting Microsoft points at. Its own text is not repeated: it may hold what we sent."""
    tekst = str(inhoud.get("error_description", "")) if isinstance(inhoud, dict) else ""
    code = next((code for code in _FOUTCODES if tekst.startswith(f"{code}:")), "")
    return TokenGeweigerd(_FOUTCODES.get(code), code or "zonder bekende code")


def _wachttijd(antwoord: ClientResponse, poging: int) -> float:
    gevraagd = antwoord.headers.get("Retry-After", "")
    return min(float(gevraagd) if gevraagd.isdecimal() else 2.0 ** (poging - 1), _LANGSTE_WACHT)


async def _json(antwoord: ClientResponse) -> Any:
    try:
        return await antwoord.json(content_type=None)
    except ValueError:
        return None
