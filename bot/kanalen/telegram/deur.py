"""The Telegram door: what comes in goes to the front desk, what the assistant says goes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.assistent import Assistent, Beurt
from bot.balie import Aanname, Balie, Post
from bot.bericht import Bericht
from bot.kanalen.telegram.instellingen import TOKEN, Instellingen
from bot.kanalen.telegram.knoppen import Druk, kort, zonder_oordeel
from bot.kanalen.telegram.lezen import aangesproken, bericht_id, bot_id, getypt, is_groep
from bot.kanalen.telegram.zender import VRAAGT_REACTIE, Adres, Zender
from bot.opdrachten import FOUT, OPMERKING
from bot.opslag.database import OpslagWeg
from kennisbank.answer import Blok
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

KANAAL = "telegram"
SOORTEN = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
"""The kinds of updates that we ask for."""
LAAT = timedelta(minutes=5)
"""An answer that comes later than this says to which message it belongs."""
_TYPT_NA, _TYPT_ELKE = 1.0, 4.0
_WAT_KLOPTE_NIET, _WAT_MISTE_JE = "telegram.wat_klopte_niet", "telegram.wat_miste_je"
_OPMERKINGEN = {_WAT_KLOPTE_NIET: FOUT, _WAT_MISTE_JE: OPMERKING}
_WEG = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


class TelegramDeur:
    """One bot. `neem` takes an update in; answers go out by themselves."""

    def __init__(self, assistent: Assistent, balie: Balie, bot: Bot) -> None:
        self.bot = bot
        self._assistent = assistent
        self._balie = balie
        self._zender = Zender(bot)
        self._typend: dict[str, asyncio.Task[None]] = {}
        self._taken: set[asyncio.Task[None]] = set()
        balie.registreer(KANAAL, self.bezorg)

    # -- in --------------------------------------------------------------------------------

    async def neem_ruw(self, inhoud: dict[str, Any]) -> None:
        """Takes in an update as Telegram writes it; one that cannot be read is only logged.

        Telegram would bring that one again and again, and nothing that comes after it.

        Raises:
            OpslagWeg: it could not be stored; Telegram must bring it again.
        """
        try:
            await self.neem(Update.de_json(inhoud, self.bot))
        except OpslagWeg:
            raise
        except Exception as error:  # noqa: BLE001  the library checks no types: anything may come of them
            # Not the error itself: it may quote what was sent.
            logger.warning(
                "Update %s van Telegram is niet te lezen (%s)", inhoud["update_id"], type(error).__name__
            )

    async def neem(self, update: Update) -> None:
        """Takes an update in. What has to be done at Telegram for it is done afterwards.

        Raises:
            OpslagWeg: it could not be stored; Telegram must bring it again.
        """
        if update.callback_query:
            await self._knop(update.callback_query)
        elif update.my_chat_member:
            await self._lidmaatschap(update.my_chat_member)
        elif bericht := update.message or update.edited_message:
            await self._bericht(bericht, bewerkt=update.edited_message is not None)

    async def _bericht(self, bericht: Message, bewerkt: bool) -> None:
        if bericht.from_user is None or bericht.from_user.is_bot:
            return
        if is_groep(bericht) and not aangesproken(bericht, self.bot):
            return
        chat = bericht.chat.id
        self._zender.geblokkeerd.discard(chat)
        laat = datetime.now(timezone.utc) - (bericht.edit_date or bericht.date) > LAAT
        adres = Adres(
            chat,
            bericht_id(bericht, self.bot),
            bericht.message_id if bewerkt or laat or is_groep(bericht) else None,
            bericht.message_thread_id if bericht.is_topic_message else None,
        )
        tekst = getypt(bericht, self.bot)
        if tekst is None:
            self._achteraf(self._zeg(adres, "telegram.alleen_tekst"))
        elif opdracht := self._opdracht_van_opmerking(bericht):
            await self._neem_aan(adres, f"/{opdracht} {tekst}")
        else:
            await self._neem_aan(adres, tekst, bewerkt=bewerkt)

    async def _knop(self, druk_op: CallbackQuery) -> None:
        druk = Druk.lees(druk_op.data or "")
        melding = None
        if druk and druk_op.message:
            chat = druk_op.message.chat.id
            adres = Adres(chat, f"{bot_id(self.bot)}:{druk_op.id}")
            melding = await (self._oordeel if druk.is_oordeel else self._keuze)(adres, druk)
            if druk.is_oordeel:
                self._achteraf(self._haal_duimen_weg(druk_op.message))
        # Also when we can do nothing with it: until it is answered the button keeps spinning.
        self._achteraf(druk_op.answer(melding, show_alert=melding is not None))

    async def _keuze(self, adres: Adres, druk: Druk) -> str | None:
        keuze = druk.zoek(await self._assistent.aangeboden(_gesprek(adres.chat)))
        if keuze is None:
            return kennisbank().teksten("telegram.oude_knop")
        await self._neem_aan(adres, keuze.payload, keuze=True)
        return None

    async def _oordeel(self, adres: Adres, druk: Druk) -> str | None:
        bewijzen = await self._assistent.laatste_bewijzen(_gesprek(adres.chat))
        if druk.id not in map(kort, bewijzen):
            return kennisbank().teksten("telegram.oude_duim")
        await self._neem_aan(adres, f"/{druk.soort}", vraagt_reactie=druk.soort == FOUT)
        return None

    async def _lidmaatschap(self, wijziging: ChatMemberUpdated) -> None:
        """Who blocks us or sends us away is not written to; a group that adds us gets an introduction."""
        chat = wijziging.chat.id
        if wijziging.new_chat_member.status in _WEG:
            self._zender.geblokkeerd.add(chat)
            return
        self._zender.geblokkeerd.discard(chat)
        if chat < 0 and wijziging.old_chat_member.status in _WEG:
            await self._neem_aan(Adres(chat, f"{bot_id(self.bot)}:{chat}:{wijziging.date}"), "/start")

    async def _neem_aan(self, adres: Adres, tekst: str, keuze: bool = False, **bijzonder: bool) -> None:
        gesprek = _gesprek(adres.chat)
        post = Post(KANAAL, adres.post, gesprek, tekst, keuze, {**asdict(adres), **bijzonder})
        aanname = await self._balie.neem_aan(post)
        if aanname is Aanname.AANGENOMEN:
            self._typend[adres.post] = asyncio.create_task(self._typ(adres))
        elif aanname is Aanname.TE_VAAK and (weigering := self._balie.weigering(gesprek)):
            self._achteraf(self._zender.stuur(adres, [weigering]))

    def _opdracht_van_opmerking(self, bericht: Message) -> str | None:
        """The command for a reply to our question what was wrong or missing."""
        vraag = bericht.reply_to_message
        if not (vraag and vraag.from_user and vraag.from_user.id == bot_id(self.bot)):
            return None
        gevraagd = (
            opdracht
            for sleutel, opdracht in _OPMERKINGEN.items()
            if (vraag.text or "").endswith(kennisbank().teksten(sleutel))
        )
        return next(gevraagd, None)

    # -- out -------------------------------------------------------------------------------

    async def bezorg(self, adres: dict[str, Any], beurt: Beurt) -> None:
        """Delivers an answer, as the front desk asks (see `Balie.registreer`)."""
        bijzonder = dict(adres)
        bewerkt, vraagt_reactie = bijzonder.pop("bewerkt", False), bijzonder.pop("vraagt_reactie", False)
        doel = Adres(**bijzonder)
        await self._stop_typen(doel.post)
        berichten = [bericht for bericht in beurt.berichten if bericht.tekst or bericht.beeld]
        if bewerkt and berichten:
            melding = Blok(kennisbank().teksten("telegram.bewerkt"))
            berichten[0] = replace(berichten[0], blokken=(melding, *berichten[0].blokken))
        if vraagt_reactie:
            berichten.append(_vraag_om_reactie(_WAT_KLOPTE_NIET))
        if any(bericht.vraagt_opmerking for bericht in berichten):
            berichten.append(_vraag_om_reactie(_WAT_MISTE_JE))
        await self._zender.stuur(doel, berichten)

    async def _zeg(self, adres: Adres, sleutel: str) -> None:
        await self._zender.stuur(adres, [Bericht.of(kennisbank().teksten(sleutel))])

    async def _haal_duimen_weg(self, bericht: Any) -> None:
        toetsenbord = getattr(bericht, "reply_markup", None)  # a message that is too old has none
        if toetsenbord:
            over = zonder_oordeel(toetsenbord.inline_keyboard)
            await bericht.edit_reply_markup(InlineKeyboardMarkup(over) if over else None)

    async def _typ(self, adres: Adres) -> None:
        """Shows that we are at work, for as long as we are; a quick answer needs no such sign."""
        await asyncio.sleep(_TYPT_NA)
        while True:
            with contextlib.suppress(TelegramError):  # only a sign: the answer itself says what is wrong
                await self.bot.send_chat_action(adres.chat, ChatAction.TYPING, adres.draad)
            await asyncio.sleep(_TYPT_ELKE)

    async def _stop_typen(self, post: str) -> None:
        taak = self._typend.pop(post, None)
        if taak:
            taak.cancel()
            # Wait for it: a sign that arrives after the answer would stay on the screen.
            await asyncio.wait([taak])

    # -- signing on ------------------------------------------------------------------------

    async def meld_aan(self, *stappen: Callable[[], Awaitable[object]]) -> None:
        """Does each step until it succeeds. Messages are answered meanwhile; a failure is said once."""
        teksten = kennisbank().teksten
        for stap in (self.bot.initialize, *stappen, self._noem_opdrachten):
            wacht = 2.0
            while True:
                try:
                    await stap()
                    break
                except TelegramError as error:
                    if wacht == 2.0:
                        geweigerd = isinstance(error, InvalidToken) and stap == self.bot.initialize
                        # Not the error itself: the library's text for a refused token holds the token.
                        sleutel = "token_afgewezen" if geweigerd else "onbereikbaar"
                        storing = teksten(f"telegram.{sleutel}", naam=TOKEN, reden=type(error).__name__)
                        logger.warning(teksten("telegram.blijft_proberen", storing=storing))
                await asyncio.sleep(wacht)
                wacht = min(wacht * 2, 600)
        logger.warning(teksten("telegram.aangemeld", naam=self.bot.username))

    async def _noem_opdrachten(self) -> None:
        opdrachten = kennisbank().teksten.ruw("telegram.opdrachten")
        await self.bot.set_my_commands([BotCommand(naam, uitleg) for naam, uitleg in opdrachten.items()])

    async def sluit(self) -> None:
        """Ends what still runs."""
        taken = [*self._taken, *self._typend.values()]
        for taak in taken:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)
        await self.bot.shutdown()

    def _achteraf(self, werk: Coroutine[Any, Any, Any]) -> None:
        """Does something that Telegram need not wait for and that is no loss when it fails."""

        async def doe() -> None:
            try:
                await werk
            except Exception as error:  # noqa: BLE001  a courtesy that fails must not stop the door
                logger.info("Telegram: %s", type(error).__name__)

        taak = asyncio.create_task(doe())
        self._taken.add(taak)
        taak.add_done_callback(self._taken.discard)


def maak_bot(instellingen: Instellingen) -> Bot:
    """The library's bot for these settings. It calls nobody yet."""
    # The library that makes the calls logs their addresses, and those hold the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return Bot(
        instellingen.token,
        base_url=f"{instellingen.api_url}/bot",
        base_file_url=f"{instellingen.api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, read_timeout=20),
        get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=20),
    )


def _vraag_om_reactie(sleutel: str) -> Bericht:
    return Bericht((Blok(kennisbank().teksten(sleutel)),), uitslag={VRAAGT_REACTIE: True})


def _gesprek(chat: int) -> str:
    return f"{KANAAL}:{chat}"
