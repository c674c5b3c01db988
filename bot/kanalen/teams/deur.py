"""The Teams door: what comes in goes to the front desk, what the assistant says goes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from aiohttp import ClientError

from bot.assistent import Assistent, Beurt
from bot.balie import Aanname, Balie, Onbestelbaar, Post
from bot.bericht import Bericht
from bot.kanalen.teams.instellingen import Instellingen
from bot.kanalen.teams.kaart import activiteiten
from bot.kanalen.teams.lezen import Adres, Nieuwkomer, Vraag, lees
from bot.kanalen.teams.tokens import Sleutelbos, Tokencontrole
from bot.kanalen.teams.zender import TokenGeweigerd, Zender
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

KANAAL = "teams"
_TYPT_NA, _TYPT_ELKE, _TYPT_HOOGSTENS = 1.0, 4.0, 15
"""Seconds, and how many times: where the store is away an answer may take long."""
_NIET_GELUKT = (Onbestelbaar, TokenGeweigerd, ClientError, asyncio.TimeoutError)


class TeamsDeur:
    """One bot. `neem` takes an activity in; answers go out by themselves."""

    def __init__(self, assistent: Assistent, balie: Balie, instellingen: Instellingen) -> None:
        self._assistent = assistent
        self._balie = balie
        self._instellingen = instellingen
        self._zender = Zender(instellingen)
        self._controle = Tokencontrole(
            instellingen, Sleutelbos(instellingen.openid_url, self._zender.haal_json)
        )
        self._typend: dict[str, asyncio.Task[None]] = {}
        self._taken: set[asyncio.Task[None]] = set()
        balie.registreer(KANAAL, self.bezorg)

    # -- in --------------------------------------------------------------------------------

    async def neem(self, authorization: str | None, activiteit: Mapping[str, Any]) -> None:
        """Takes an activity in, once it is sure who sent it.

        Raises:
            Geweigerd: the token does not prove that Microsoft sent it.
            ValueError: it is not an activity.
            OpslagWeg: it could not be stored; Teams must bring it again.
        """
        await self._controle.controleer(authorization, activiteit)
        for zaak in lees(activiteit):
            if isinstance(zaak, Vraag):
                await self._vraag(zaak)
            else:
                self._achteraf(self._welkom(zaak))

    async def _vraag(self, vraag: Vraag) -> None:
        if vraag.bewijs and vraag.bewijs not in await self._assistent.laatste_bewijzen(vraag.afzender):
            self._achteraf(self._zeg(vraag.adres, "teams.oude_duim"))
            return
        if vraag.keuze:
            aangeboden = await self._assistent.aangeboden(vraag.afzender)
            if vraag.tekst not in [keuze.payload for keuze in aangeboden]:
                # Cards stay on the screen: a button of an earlier answer counts as typing what is on it.
                vraag = replace(vraag, tekst=vraag.titel, keuze=False)
        await self._neem_aan(vraag)

    async def _welkom(self, nieuw: Nieuwkomer) -> None:
        """Greets who is new, in private and once; a group that adds us is greeted as a group."""
        adres, afzender = nieuw.adres, nieuw.afzender
        if nieuw.zijn_wij:
            await self._zeg(adres, "teams.welkom_groep")
            return
        if nieuw.in_groep:
            prive = await self._zender.open_prive(adres, nieuw.tenant)
            afzender = afzender.replace(adres.gesprek, prive, 1)
            adres = replace(adres, gesprek=prive)
        await self._neem_aan(Vraag("welkom", afzender, "/start", adres))

    async def _neem_aan(self, vraag: Vraag) -> None:
        bericht_id = f"{vraag.adres.gesprek}:{vraag.id}"
        post = Post(KANAAL, bericht_id, vraag.afzender, vraag.tekst, vraag.keuze, asdict(vraag.adres))
        aanname = await self._balie.neem_aan(post)
        if aanname is Aanname.AANGENOMEN:
            self._typ_tot_antwoord(vraag.adres)
        elif aanname is Aanname.TE_VAAK and (weigering := self._balie.weigering(vraag.afzender)):
            self._achteraf(self._stuur(vraag.adres, [weigering]))

    # -- out -------------------------------------------------------------------------------

    async def bezorg(self, adres: dict[str, Any], beurt: Beurt) -> None:
        """Delivers an answer, as the front desk asks (see `Balie.registreer`)."""
        doel = Adres(**adres)
        await self._stop_typen(doel)
        await self._stuur(doel, beurt.berichten)

    async def _stuur(self, adres: Adres, berichten: Iterable[Bericht]) -> None:
        for nummer, activiteit in enumerate(activiteiten(berichten, self._instellingen.webadres)):
            try:
                await self._zender.stuur(adres, activiteit)
            except (ClientError, TokenGeweigerd) as error:
                if nummer == 0:
                    raise
                # Part of it is on the screen: sending all of it again would be worse than this.
                raise Onbestelbaar("alleen het begin is bezorgd") from error

    async def _zeg(self, adres: Adres, sleutel: str) -> None:
        await self._stuur(adres, [Bericht.of(kennisbank().teksten(sleutel))])

    def _typ_tot_antwoord(self, adres: Adres) -> None:
        sleutel = _sleutel(adres)
        if sleutel not in self._typend:
            self._typend[sleutel] = asyncio.create_task(self._typ(adres))

    async def _typ(self, adres: Adres) -> None:
        """Shows that we are at work, for as long as we are; a quick answer needs no such sign."""
        await asyncio.sleep(_TYPT_NA)
        for _ in range(_TYPT_HOOGSTENS):
            with contextlib.suppress(*_NIET_GELUKT):  # only a sign: the answer itself says what is wrong
                await self._zender.stuur(adres, {"type": "typing"})
            await asyncio.sleep(_TYPT_ELKE)

    async def _stop_typen(self, adres: Adres) -> None:
        taak = self._typend.pop(_sleutel(adres), None)
        if taak:
            taak.cancel()
            # Wait for it: a sign that arrives after the answer would stay on the screen.
            await asyncio.wait([taak])

    # -- opening and closing ---------------------------------------------------------------

    async def proef(self) -> None:
        """Asks for a token once, so that a wrong secret is told at start-up and not to a user."""
        if not self._instellingen.met_tokens:
            logger.warning(kennisbank().teksten("teams.zonder_tokens"))
            return
        try:
            await self._zender.token()
        except TokenGeweigerd as error:
            sleutel = "geheim_geweigerd" if error.naam else "token_geweigerd"
            logger.warning(kennisbank().teksten(f"teams.{sleutel}", naam=error.naam, code=error))
        except (ClientError, asyncio.TimeoutError) as error:
            logger.warning(kennisbank().teksten("teams.onbereikbaar", reden=type(error).__name__))

    def begin(self) -> None:
        """Starts what need not be waited for."""
        self._achteraf(self.proef())

    async def sluit(self) -> None:
        """Ends what still runs."""
        taken = [*self._taken, *self._typend.values()]
        for taak in taken:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)
        await self._zender.sluit()

    def _achteraf(self, werk: Coroutine[Any, Any, None]) -> None:
        """Does something that Teams need not wait for."""

        async def doe() -> None:
            try:
                await werk
            except Exception as error:  # noqa: BLE001  a courtesy that fails must not stop the door
                logger.warning("Teams: niet gelukt (%r)", error)

        taak = asyncio.create_task(doe())
        self._taken.add(taak)
        taak.add_done_callback(self._taken.discard)


def _sleutel(adres: Adres) -> str:
    return f"{adres.gesprek}:{adres.antwoord_op}"
