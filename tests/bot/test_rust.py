"""A conversation on a shared computer is forgotten when it has been quiet."""

from __future__ import annotations

from bot.assistent import Assistent
from bot.kanalen.web.rust import Rust
from bot.kanalen.web.sessie import Gezicht
from kennisbank.current import kennisbank

TIEN_MINUTEN = 600


async def test_ten_quiet_minutes_wipe_the_conversation_on_the_server(assistent: Assistent) -> None:
    nu = 0.0
    rust = Rust(Gezicht.AVONDSCHOOL.houdbaar, klok=lambda: nu)
    for gesprek in ("web:avondschool:stil", "web:avondschool:druk"):
        await assistent.zeg(gesprek, "wat verandert er op 18?")
        rust.gezien(gesprek)
    nu = TIEN_MINUTEN - 1
    rust.gezien("web:avondschool:druk")
    await rust.veeg(assistent.vergeet)
    niets = kennisbank().teksten("rechten.niets_bewaard")
    assert (await assistent.mijngegevens("web:avondschool:stil")).tekst != niets
    nu = TIEN_MINUTEN
    await rust.veeg(assistent.vergeet)
    assert (await assistent.mijngegevens("web:avondschool:stil")).tekst == niets
    assert (await assistent.mijngegevens("web:avondschool:druk")).tekst != niets
