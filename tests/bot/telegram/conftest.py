"""A bot of ours against the fake Bot API, and updates as Telegram writes them."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from telegram import Update

from bot.assistent import Assistent
from bot.balie import Balie
from bot.kanalen.telegram.deur import TelegramDeur, maak_bot
from bot.kanalen.telegram.instellingen import Instellingen
from bot.limiet import Limiet
from bot.opslag.migratie import open_database
from tests.bot.telegram.nep_telegram import BOT, TOKEN, NepTelegram

_nummers = itertools.count(1)
BEKEND = (77, -501, -503)
"""Chats that heard our introduction already."""
JAN = {"id": 77, "is_bot": False, "first_name": "J"}


@pytest.fixture
def nep() -> Iterator[NepTelegram]:
    nep = NepTelegram()
    yield nep
    nep.stop()


class Proef:
    """The door, its front desk and the fake it talks to."""

    def __init__(self, assistent: Assistent, balie: Balie, deur: TelegramDeur, nep: NepTelegram) -> None:
        self.assistent, self.balie, self.deur, self.nep = assistent, balie, deur, nep

    async def neem(self, *updates: dict[str, Any]) -> list[str]:
        """Takes updates in, waits until all is answered and returns the texts that were sent."""
        eerder = len(self.nep.teksten())
        for update in updates:
            gelezen = Update.de_json(update, self.deur.bot)
            await self.deur.neem(gelezen)
        await self.rust()
        return self.nep.teksten()[eerder:]

    async def rust(self) -> None:
        """Waits until nothing is in hand."""
        await self.balie.klaar()
        if self.deur._taken:
            await asyncio.wait(self.deur._taken)


@pytest.fixture
async def maak_proef(assistent: Assistent, nep: NepTelegram) -> AsyncIterator[Callable[..., Any]]:
    """Makes a door; a second one over the same address of a database is the same bot after a restart."""
    open_: list[Proef] = []

    async def maak(url: str = "sqlite://", per_gesprek: str = "1000/minute") -> Proef:
        eigen = assistent.op(open_database(url))
        balie = Balie(eigen, Limiet(per_gesprek, "1000/minute"))
        deur = TelegramDeur(eigen, balie, maak_bot(Instellingen(TOKEN, "", "", nep.adres)))
        await deur.bot.initialize()
        for chat in BEKEND:
            await eigen.begin(f"telegram:{chat}", kennisgemaakt=True)
        open_.append(Proef(eigen, balie, deur, nep))
        return open_[-1]

    yield maak
    for proef in open_:
        await proef.balie.sluit()
        await proef.deur.sluit()


@pytest.fixture
async def proef(maak_proef: Callable[..., Any]) -> Proef:
    gemaakt: Proef = await maak_proef()
    return gemaakt


def bericht(tekst: str, chat: int = 77, soort: str = "private", **velden: Any) -> dict[str, Any]:
    """An update with a message; `van` and `bewerkt` make it another's, or an edit."""
    bewerkt = velden.pop("bewerkt", False)
    inhoud = {
        "message_id": velden.pop("message_id", next(_nummers)),
        "from": velden.pop("van", JAN),
        "chat": {"id": chat, "type": soort, "title": "klas"},
        "date": int(time.time()),
        "text": tekst,
        **({"edit_date": int(time.time())} if bewerkt else {}),
        **velden,
    }
    return {"update_id": next(_nummers), "edited_message" if bewerkt else "message": inhoud}


def druk(knop: dict[str, Any], chat: int = 77, rijen: list[Any] | None = None) -> dict[str, Any]:
    """An update with a press on a button that was sent."""
    onder = {"message_id": 101, "from": BOT, "chat": {"id": chat, "type": "private"}, "text": "..."}
    onder |= {"date": int(time.time()), **({"reply_markup": {"inline_keyboard": rijen}} if rijen else {})}
    vraag = {"id": str(next(_nummers)), "from": JAN, "chat_instance": "1", "message": onder}
    return {"update_id": next(_nummers), "callback_query": {**vraag, "data": knop["callback_data"]}}


def vermelding(tekst: str, naam: str = f"@{BOT['username']}") -> dict[str, Any]:
    """The entity of our name in a text."""
    return {"type": "mention", "offset": tekst.index(naam), "length": len(naam)}
