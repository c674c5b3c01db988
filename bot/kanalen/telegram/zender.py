"""Sends answers to Telegram within its limits, and knows what each of its refusals asks for."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TimedOut

from bot.balie import BEZORGTERMIJN, Onbestelbaar
from bot.bericht import Bericht
from bot.kanalen.telegram.knoppen import toetsen
from bot.kanalen.telegram.opmaak import Stuk, knip, opgemaakt
from kennisbank.answer import Beeld
from kennisbank.pictures.build import BEELDEN_MAP

logger = logging.getLogger(__name__)

VRAAGT_REACTIE = "vraagt_reactie"
"""Key in `uitslag` of a message that asks for a written reaction."""
_LANGSTE_WACHT = BEZORGTERMIJN * 0.8
_GEEN_VOORBEELD = LinkPreviewOptions(is_disabled=True)

Knoppen = InlineKeyboardMarkup | ForceReply | None
Stap = Callable[[int], Awaitable[Message]]
"""One call to Telegram, for the chat that it is given."""


@dataclass(frozen=True)
class Adres:
    """Where an answer goes, and to which message it replies where that would not be clear."""

    chat: int
    post: str
    antwoord_op: int | None = None
    draad: int | None = None

    @property
    def opties(self) -> dict[str, Any]:
        """The same as arguments of the library."""
        antwoord_op = self.antwoord_op and ReplyParameters(self.antwoord_op, allow_sending_without_reply=True)
        return {"message_thread_id": self.draad, "reply_parameters": antwoord_op}


@dataclass
class Zender:
    """Delivers messages to chats."""

    bot: Bot
    geblokkeerd: set[int] = field(default_factory=set)
    """Chats that turned us away; kept until they write again or the process ends."""
    _niet_voor: dict[int, float] = field(default_factory=dict)
    _verhuisd: dict[int, int] = field(default_factory=dict)
    _verstuurd: dict[str, int] = field(default_factory=dict)

    async def stuur(self, adres: Adres, berichten: Sequence[Bericht]) -> None:
        """Sends messages in order; a second try goes on where the first one stopped.

        Raises:
            Onbestelbaar: trying again is of no use.
            asyncio.TimeoutError: it may have arrived or not.
            TelegramError: it did not arrive; it may be tried again.
        """
        stappen = [stap for bericht in berichten for stap in self._stappen(adres, bericht)]
        try:
            for stap in stappen[self._verstuurd.get(adres.post, 0) :]:
                await self._zet(stap, adres.chat)
                self._verstuurd[adres.post] = self._verstuurd.get(adres.post, 0) + 1
        except Onbestelbaar:
            self._verstuurd.pop(adres.post, None)
            raise
        self._verstuurd.pop(adres.post, None)

    def _stappen(self, adres: Adres, bericht: Bericht) -> list[Stap]:
        stappen: list[Stap] = []
        if bericht.beeld:
            onderschrift, *rest = knip(Stuk(bericht.beeld.alternatief), MessageLimit.CAPTION_LENGTH)
            stappen.append(self._foto(adres, bericht.beeld, onderschrift.tekst))
            stappen += [self._tekst(adres, stuk, None) for stuk in rest]
        knoppen = ForceReply(selective=True) if bericht.uitslag.get(VRAAGT_REACTIE) else toetsen(bericht)
        delen = list(knip(opgemaakt(bericht.blokken)))
        for nummer, deel in enumerate(delen, 1):
            stappen.append(self._tekst(adres, deel, knoppen if nummer == len(delen) else None))
        return stappen

    def _tekst(self, adres: Adres, stuk: Stuk, knoppen: Knoppen) -> Stap:
        async def stap(chat: int) -> Message:
            opties = {"reply_markup": knoppen, "link_preview_options": _GEEN_VOORBEELD, **adres.opties}
            try:
                return await self.bot.send_message(chat, stuk.tekst, entities=stuk.entities, **opties)
            except BadRequest as error:
                # What Telegram does not like about the marks must not cost somebody the answer.
                logger.warning("Telegram weigert opmaak: %s", error.message)
                return await self.bot.send_message(chat, stuk.tekst, **opties)

        return stap

    def _foto(self, adres: Adres, beeld: Beeld, onderschrift: str) -> Stap:
        bestand = BEELDEN_MAP / f"{beeld.naam}.png"

        async def stap(chat: int) -> Message:
            if bestand.is_file():
                try:
                    return await self.bot.send_photo(chat, bestand, caption=onderschrift, **adres.opties)
                except BadRequest as error:
                    logger.warning("Telegram weigert beeld %s: %s", beeld.naam, error.message)
            else:
                logger.warning("Beeld %s is niet gebouwd", beeld.naam)
            return await self.bot.send_message(chat, onderschrift, **adres.opties)

        return stap

    async def _zet(self, stap: Stap, chat: int) -> None:
        """Makes one call, waiting as long as Telegram asks for where that is short enough."""
        chat = self._verhuisd.get(chat, chat)
        if chat in self.geblokkeerd:
            raise Onbestelbaar("geblokkeerd")
        while True:
            await self._wacht(chat)
            try:
                await stap(chat)
            except RetryAfter as error:
                wacht = error.retry_after
                seconden = wacht.total_seconds() if isinstance(wacht, timedelta) else wacht
                self._niet_voor[chat] = time.monotonic() + seconden
            except ChatMigrated as error:
                self._verhuisd[chat] = error.new_chat_id
                chat = error.new_chat_id
            except Forbidden as error:
                self.geblokkeerd.add(chat)
                raise Onbestelbaar(error.message) from error
            except BadRequest as error:
                raise Onbestelbaar(error.message) from error
            except TimedOut as error:
                if isinstance(error.__cause__, httpx.ReadTimeout):
                    raise asyncio.TimeoutError from error
                raise
            else:
                return

    async def _wacht(self, chat: int) -> None:
        """Waits until Telegram takes messages for this chat again.

        Raises:
            RetryAfter: that takes longer than a delivery may take; the front desk tries again later.
        """
        nog = self._niet_voor.get(chat, 0) - time.monotonic()
        if nog > 0:
            await asyncio.sleep(min(nog, _LANGSTE_WACHT))
        if nog > _LANGSTE_WACHT:
            raise RetryAfter(int(nog - _LANGSTE_WACHT) + 1)
        self._niet_voor.pop(chat, None)
