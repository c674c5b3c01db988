"""The front desk: every message that came in over a network passes here, and is answered once.

A door hands in a `Post`. It is masked and stored before `neem_aan` returns; from then on it is
answered whatever breaks, in the order of its conversation, by whichever server gets to it. What is
guaranteed, and what is not, stands in docs/opslag.md.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from sqlalchemy.engine import Connection

from bot import opdrachten
from bot.assistent import Assistent, Beurt, neem_in
from bot.bericht import Bericht
from bot.bewaking import geteld
from bot.door import Inkomend
from bot.errors import BeurtMislukt
from bot.limiet import Limiet
from bot.opslag import postbus
from bot.opslag.database import Ingehaald, OpslagWeg
from bot.opslag.postbus import Poststuk
from bot.opslag.slot import Sloten
from bot.settings import max_tegelijk
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

Bezorg = Callable[[dict[str, Any], Beurt], Awaitable[None]]
MAX_RUW = 20_000
"""Characters of a message that are read at all; the assistant itself reads far less."""
MAX_POGINGEN = 2
MAX_BEZORGPOGINGEN = 5
BEZORGTERMIJN = 60
"""Seconds that a door may take to deliver an answer."""
TE_VAAK, STORING = "te_vaak", "storing"
"""Why a turn is no answer (`Beurt.geweigerd`)."""
_WACHTTIJDEN = (0.2, 1, 2, 5, 10, 30)
_VEEGPAUZE = 30


class Aanname(Enum):
    """What became of a message that was handed in."""

    AANGENOMEN = "aangenomen"
    DUBBEL = "dubbel"
    TE_VAAK = "te_vaak"


class Onbestelbaar(Exception):
    """A door raises this when an answer can never be delivered: the user blocked the bot, left, ..."""


@dataclass(frozen=True)
class Post:
    """One incoming message.

    `bericht_id` is the platform's own id of it; `adres` what the door needs to answer later (only
    values that JSON has); `netadres` the network address of the sender where the door knows it, for
    the limit per address only: it is never stored. `vooraf` is what is known before this message
    (slots); only `behandel` looks at it.
    """

    kanaal: str
    bericht_id: str
    gesprek: str
    tekst: str
    keuze: bool = False
    adres: dict[str, Any] = field(default_factory=dict)
    netadres: str | None = None
    vooraf: Mapping[str, Any] | None = None


class Balie:
    """Takes messages in, has them answered one by one per conversation, and has answers delivered."""

    def __init__(self, assistent: Assistent, limiet: Limiet | None = None) -> None:
        self._assistent = assistent
        self._database = assistent.database
        self._limiet = limiet or Limiet.of_settings()
        self._deuren: dict[str, Bezorg] = {}
        self._plaatsen = asyncio.Semaphore(max_tegelijk())
        self._herstel = asyncio.Lock()
        self._rij = Sloten()
        self._werkers: dict[str, asyncio.Task[None]] = {}
        self._nog_eens: set[str] = set()
        self._veger: asyncio.Task[None] | None = None

    def registreer(self, kanaal: str, bezorg: Bezorg) -> None:
        """Tells how a door delivers: `await bezorg(adres, beurt)`.

        It raises when nothing was delivered (then it is tried again), `Onbestelbaar` when trying
        again is of no use.
        """
        self._deuren[kanaal] = bezorg

    async def neem_aan(self, post: Post) -> Aanname:
        """Stores a message, masked; its answer comes later through `bezorg`.

        Raises:
            OpslagWeg: it could not be stored. The door must not confirm it (answer 503), so that
                the platform brings it again.
        """
        # In the order of the calls, also where the database writes several at the same time.
        async with self._rij(post.gesprek):
            if not await self._limiet.mag(post.gesprek, post.netadres):
                return Aanname.TE_VAAK
            velden = _velden(post)
            id_ = await self._database.schrijf(lambda v: postbus.leg_neer(v, velden))
        self._wek(post.gesprek)
        return Aanname.DUBBEL if id_ is None else Aanname.AANGENOMEN

    async def behandel(self, post: Post) -> Beurt:
        """Answers in the same request; the same `bericht_id` again gets the same answer.

        Never raises for what a user can meet: too many messages, a database that is away and a
        message that cannot be handled each get a word (`beurt.geweigerd` says which).
        """
        try:
            if weigering := await self.te_vaak(post.gesprek, post.netadres):
                return geweigerd(TE_VAAK, weigering)
            velden = _velden(post)
            async with self._assistent.slot(post.gesprek), self._plaatsen:
                for _ in range(MAX_POGINGEN):
                    try:
                        return await self._beantwoord_direct(velden, post.vooraf)
                    except Ingehaald:
                        continue  # another server answered meanwhile: read again
        except OpslagWeg:
            logger.exception("Bericht over %s niet beantwoord: de opslag is weg", post.kanaal)
        return geweigerd(STORING, self._assistent.storing())

    async def te_vaak(self, gesprek: str, netadres: str | None) -> Bericht | None:
        """Counts a call of a door; the polite refusal where it is one too many.

        Raises:
            OpslagWeg: what was counted cannot be reached.
        """
        return None if await self._limiet.mag(gesprek, netadres) else self._weigertekst()

    def weigering(self, gesprek: str) -> Bericht | None:
        """The polite refusal that goes with `TE_VAAK`; None when it was said less than a minute ago."""
        return self._weigertekst() if self._limiet.zeg_weigering(gesprek) else None

    async def hervat(self) -> int:
        """Takes up what was accepted and not finished; returns in how many conversations.

        What another living server has in hand is left alone: that server holds the conversation's slot.
        """
        open_ = await self._database.lees(postbus.gesprekken_met_open_post)
        for gesprek in open_:
            self._wek(gesprek, hersteld=True)
        return len(open_)

    async def begin(self) -> None:
        """Takes up what a crash left, now and from time to time (another server may have crashed)."""
        await self.hervat()
        self._veger = asyncio.create_task(self._veeg())

    async def sluit(self) -> None:
        """Lets what is in hand finish, for a while; the rest is taken up at the next start."""
        if self._veger:
            self._veger.cancel()
        if self._werkers:
            _, open_ = await asyncio.wait(self._werkers.values(), timeout=10)
            for werker in open_:
                werker.cancel()

    async def klaar(self) -> None:
        """Waits until nothing is in hand."""
        while self._werkers:
            await asyncio.wait(self._werkers.values())

    # -- one conversation ------------------------------------------------------------------

    def _wek(self, gesprek: str, hersteld: bool = False) -> None:
        if gesprek in self._werkers:
            self._nog_eens.add(gesprek)
        else:
            self._werkers[gesprek] = asyncio.create_task(self._werk(gesprek, hersteld))

    async def _werk(self, gesprek: str, hersteld: bool) -> None:
        """Handles the messages of one conversation in order until there is none left."""
        mislukt = 0
        try:
            while True:
                self._nog_eens.discard(gesprek)
                try:
                    iets_gedaan = await self._een(gesprek, hersteld)
                    mislukt = 0
                except Ingehaald:
                    continue  # another server took this step: see what is left
                except OpslagWeg as error:
                    # Stored and waiting: it is answered when the database is back.
                    if not mislukt:
                        logger.warning("Een gesprek wacht: %s", error)
                    await asyncio.sleep(_WACHTTIJDEN[min(mislukt, len(_WACHTTIJDEN) - 1)])
                    mislukt += 1
                    continue
                if not iets_gedaan and gesprek not in self._nog_eens:
                    return
        finally:
            del self._werkers[gesprek]

    async def _een(self, gesprek: str, hersteld: bool) -> bool:
        async with self._assistent.slot(gesprek):
            stuk = await self._database.lees(lambda v: postbus.oudste_open(v, gesprek))
            if stuk is None:
                return False
            if stuk.stand == postbus.ONDERWEG:
                await self._zeg_dat_het_onzeker_is(stuk)
                return True
            if stuk.stand == postbus.AANGENOMEN:
                stuk = replace(stuk, antwoord=await self._laat_beantwoorden(stuk, hersteld))
            await self._bezorg(stuk)
            return True

    async def _laat_beantwoorden(self, stuk: Poststuk, hersteld: bool) -> list[dict[str, Any]]:
        """The answer, stored; after two attempts the word that it could not be given.

        What a crash left is handled one at a time and counted before it is tried: a message that
        takes the process down with it is found by that, and no other is taken for it.
        """
        if not hersteld:
            async with self._plaatsen:
                return await self._probeer(stuk, stuk.pogingen)
        async with self._herstel:
            if stuk.pogingen < MAX_POGINGEN:
                await self._database.schrijf(lambda v: postbus.nog_een_poging(v, stuk.id))
            return await self._probeer(stuk, stuk.pogingen)

    async def _probeer(self, stuk: Poststuk, pogingen: int) -> list[dict[str, Any]]:
        inkomend = Inkomend(stuk.tekst, stuk.gemaskeerd, stuk.ingekort)
        while pogingen < MAX_POGINGEN:
            pogingen += 1
            try:
                tracker = await self._assistent.open(stuk.gesprek)
                antwoord = self._assistent.antwoord(
                    tracker, inkomend, stuk.kanaal, stuk.keuze, _sla_op(stuk.id)
                )
                beurt = await geteld(stuk.kanaal, antwoord)
            except (OpslagWeg, Ingehaald):
                raise
            except Exception as error:  # noqa: BLE001  whatever a message sets off, its sender gets a word
                _meld_mislukt(stuk.id, pogingen, error)
            else:
                return [bericht.als_json() for bericht in beurt.berichten]
        storing = [self._assistent.storing().als_json()]
        await self._database.schrijf(
            lambda v: postbus.zet(
                v, stuk.id, postbus.AANGENOMEN, postbus.BEANTWOORD, pogingen=pogingen, antwoord=storing
            )
        )
        return storing

    async def _beantwoord_direct(self, velden: dict[str, Any], vooraf: Mapping[str, Any] | None) -> Beurt:
        inkomend = Inkomend(velden["tekst"], tuple(velden["gemaskeerd"]), velden["ingekort"])
        opdracht = opdrachten.herken(inkomend.tekst)

        def erbij(verbinding: Connection, nummer: int | None, beurt: Beurt) -> None:
            if opdracht and opdracht.is_vergeet:
                return  # not even that it was asked
            antwoord = None if nummer else [bericht.als_json() for bericht in beurt.berichten]
            rij = {**velden, "nummer": nummer, "antwoord": antwoord}
            if postbus.leg_neer(verbinding, rij, postbus.BEZORGD) is None:
                raise Ingehaald("dit bericht is al beantwoord")

        for poging in range(1, MAX_POGINGEN + 1):
            tracker, eerder = await self._assistent.open_met(
                velden["gesprek"], lambda v: postbus.zoek(v, velden)
            )
            if eerder and eerder.antwoord is not None:
                return _beurt_van(eerder)
            try:
                if vooraf is not None:
                    await self._assistent.zet_vooraf(tracker, vooraf)
                antwoord = self._assistent.antwoord(
                    tracker, inkomend, velden["kanaal"], velden["keuze"], erbij
                )
                return await geteld(velden["kanaal"], antwoord)
            except (OpslagWeg, Ingehaald):
                raise
            except Exception as error:  # noqa: BLE001  whatever a message sets off, its sender gets a word
                _meld_mislukt(velden["kanaal"], poging, error)
        beurt = geweigerd(STORING, self._assistent.storing())
        beurt.gemaskeerd = inkomend.tekst
        await self._database.schrijf(lambda v: erbij(v, None, beurt))
        return beurt

    # -- delivery --------------------------------------------------------------------------

    async def _bezorg(self, stuk: Poststuk) -> None:
        beurt = _beurt_van(stuk)
        for poging in range(MAX_BEZORGPOGINGEN):
            await self._database.schrijf(
                lambda v: postbus.zet(v, stuk.id, postbus.BEANTWOORD, postbus.ONDERWEG)
            )
            try:
                deur = self._deuren[stuk.kanaal]
                await asyncio.wait_for(deur(stuk.adres, beurt), BEZORGTERMIJN)
            except asyncio.TimeoutError:
                return  # it may have gone out: the next step finds it `onderweg` and says so
            except (Onbestelbaar, KeyError) as error:
                logger.warning("Antwoord %s over %s is onbestelbaar: %r", stuk.id, stuk.kanaal, error)
                return await self._rond_af(stuk, postbus.ONBESTELBAAR)
            except Exception as error:  # noqa: BLE001  a door's own failure must not stop the conversation
                logger.warning("Bezorgen van %s over %s mislukte: %r", stuk.id, stuk.kanaal, error)
                await self._database.schrijf(
                    lambda v: postbus.zet(v, stuk.id, postbus.ONDERWEG, postbus.BEANTWOORD)
                )
                await asyncio.sleep(_WACHTTIJDEN[min(poging, len(_WACHTTIJDEN) - 1)])
            else:
                return await self._rond_af(stuk, postbus.BEZORGD)
        await self._database.schrijf(
            lambda v: postbus.zet(v, stuk.id, postbus.BEANTWOORD, postbus.ONBESTELBAAR)
        )

    async def _zeg_dat_het_onzeker_is(self, stuk: Poststuk) -> None:
        """The answer may have gone out before the crash: not again, but not silence either."""
        woord = Beurt("", [Bericht.of(kennisbank().teksten("deur.misschien_bezorgd"))])
        for poging in range(MAX_BEZORGPOGINGEN):
            try:
                deur = self._deuren[stuk.kanaal]
                await asyncio.wait_for(deur(stuk.adres, woord), BEZORGTERMIJN)
            except (Onbestelbaar, KeyError, asyncio.TimeoutError) as error:
                logger.warning("Antwoord %s over %s bleef onzeker: %r", stuk.id, stuk.kanaal, error)
                return await self._rond_af(stuk, postbus.ONBESTELBAAR)
            except Exception as error:  # noqa: BLE001  a door's own failure must not stop the conversation
                logger.warning("Bezorgen van %s over %s mislukte: %r", stuk.id, stuk.kanaal, error)
                await asyncio.sleep(_WACHTTIJDEN[min(poging, len(_WACHTTIJDEN) - 1)])
            else:
                return await self._rond_af(stuk, postbus.BEZORGD)
        return await self._rond_af(stuk, postbus.ONBESTELBAAR)

    async def _rond_af(self, stuk: Poststuk, stand: str) -> None:
        opdracht = opdrachten.herken(stuk.tekst)
        wis = opdracht is not None and opdracht.is_vergeet
        doe = self._database.wis if wis else self._database.schrijf
        await doe(lambda v: postbus.rond_af(v, stuk.id, stand, wis))

    async def _veeg(self) -> None:
        while True:
            await asyncio.sleep(_VEEGPAUZE)
            try:
                await self.hervat()
            except OpslagWeg as error:
                logger.warning("Nakijken van open berichten lukt nu niet: %s", error)

    def _weigertekst(self) -> Bericht:
        return Bericht.of(kennisbank().teksten("deur.te_vaak"))


def geweigerd(reden: str, bericht: Bericht) -> Beurt:
    """A turn that is no answer but says why there is none."""
    return Beurt("", [bericht], geweigerd=reden)


def _velden(post: Post) -> dict[str, Any]:
    """A message as it is stored: cut, disarmed, masked."""
    ruw = post.tekst
    if len(ruw) > MAX_RUW:
        ruw = f"{ruw[: MAX_RUW // 2]} {ruw[-MAX_RUW // 2 :]}"
    inkomend, keuze = neem_in(ruw, post.keuze)
    return {
        "gesprek": post.gesprek,
        "kanaal": post.kanaal,
        "bericht_id": post.bericht_id,
        "tekst": inkomend.tekst,
        "keuze": keuze,
        "gemaskeerd": list(inkomend.gemaskeerd),
        "ingekort": inkomend.ingekort,
        "adres": post.adres,
    }


def _sla_op(id_: int) -> Callable[[Connection, int | None, Beurt], None]:
    """What marks a message answered, in the transaction of its turn."""

    def erbij(verbinding: Connection, nummer: int | None, beurt: Beurt) -> None:
        antwoord = None if nummer else [bericht.als_json() for bericht in beurt.berichten]
        postbus.zet(verbinding, id_, postbus.AANGENOMEN, postbus.BEANTWOORD, nummer=nummer, antwoord=antwoord)

    return erbij


def _beurt_van(stuk: Poststuk) -> Beurt:
    return Beurt(stuk.tekst, [Bericht.of_json(bericht) for bericht in stuk.antwoord or []])


def _meld_mislukt(wat: object, poging: int, error: Exception) -> None:
    # Without the error's own text: it may quote the message.
    if isinstance(error, BeurtMislukt):
        logger.error("Bericht %s: een actie mislukte (poging %d)", wat, poging)
    else:
        logger.error("Bericht %s mislukte (poging %d): %s", wat, poging, type(error).__name__, exc_info=error)
