"""One answer, four faces: what the assistant says is said by every door, down to the last button.

Forty messages are answered once; each door shows the same forty. What is compared are words: a face of
its own is what a door is for, but no block, source, mark, receipt, button or picture may be lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console

from bot.assistent import Assistent, Beurt
from bot.bericht import Bericht
from bot.kanalen.teams.kaart import activiteiten
from bot.kanalen.telegram.deur import maak_bot
from bot.kanalen.telegram.instellingen import Instellingen
from bot.kanalen.telegram.zender import Adres, Zender
from bot.kanalen.terminal import toon
from bot.kanalen.web.opmaak import Opmaak, lees_bestanden
from kennisbank.answer import Deel
from kennisbank.model import Artikel, Doelgroep
from kennisbank.pictures.build import BEELDEN_MAP
from kennisbank.store import Kennisbank
from tests.bot.telegram.nep_telegram import TOKEN, NepTelegram

AANTAL = 40
GEMEENTEN = ("GM0037", "GM0014", "GM0363", None)
LOS = (
    "wie kan ik bellen in Stadskanaal?",
    "welke route is er in Emmen?",
    "route in Den Haag",
    "wie is de contactpersoon in Rotterdam?",
    "in welke arbeidsmarktregio ligt Assen?",
    "liggen Emmen en Assen in dezelfde regio?",
    "wie kan mij helpen in Bergen?",
    "wie kan ik bellen?",
    "ik wil dood",
    "mijn leerling wordt thuis geslagen",
    "ik heb vannacht geen slaapplek",
    "uitkering",
    "school",
    "geld",
    "hoe laat gaat de trein naar Zwolle",
    "hoe vraag ik een paspoort aan",
    "wat is het beste recept voor soep",
    "asdf qwer zxcv",
    "wat betekent LKS?",
    "wat is een jobcoach?",
    "hallo",
    "dankjewel",
    "wat kun je allemaal?",
)
"""Beside an answer about an article of every theme, in every doelgroep and with or without a gemeente."""

Deur = Callable[[Beurt], Awaitable[str]]


@pytest.fixture
async def beurten(assistent: Assistent, kb: Kennisbank) -> list[tuple[str, Beurt]]:
    gegeven = []
    for nummer, (tekst, slots) in enumerate(_vragen(kb)):
        gesprek = f"vier-gezichten-{nummer}"
        await assistent.begin(gesprek, kennisgemaakt=True, **slots)
        gegeven.append((tekst, await assistent.zeg(gesprek, tekst)))
    return gegeven


def _vragen(kb: Kennisbank) -> Iterator[tuple[str, dict[str, Any]]]:
    per_thema: dict[str, Artikel] = {}
    for id_ in sorted(kb.artikelen):
        artikel = kb.artikel(id_, date.today())
        if artikel:
            per_thema.setdefault(artikel.thema, artikel)
    doelgroepen = list(Doelgroep)
    for nummer, artikel in enumerate(list(per_thema.values())[: AANTAL - len(LOS)]):
        slots = {"doelgroep": doelgroepen[nummer % 3].value, "gemeente": GEMEENTEN[nummer % 4]}
        yield artikel.titel, {naam: waarde for naam, waarde in slots.items() if waarde}
    for tekst in LOS:
        yield tekst, {}


def _regels(bericht: Bericht) -> Iterator[str]:
    """What must come through: every line of every block, every button, and the picture."""
    for blok in bericht.blokken:
        for regel in blok.tekst.splitlines():
            yield re.sub(r"^\s*(?:-|\d+\.)\s", "", regel)
    yield from (keuze.titel for keuze in bericht.keuzes)


def _woorden(tekst: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", tekst), ""])


async def _terminal(beurt: Beurt) -> str:
    scherm = Console(file=io.StringIO(), width=100)
    toon(scherm, beurt)
    assert isinstance(scherm.file, io.StringIO)
    return scherm.file.getvalue()


class _Zichtbaar(HTMLParser):
    """The text of a page with the alternatives of its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.tekst = ""

    def handle_data(self, data: str) -> None:
        self.tekst += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tekst += f" {dict(attrs).get('alt') or ''} " if tag == "img" else ""
        # Marks within a line do not part words; everything else does.
        self.tekst += "" if tag in ("a", "strong", "em", "code") else " "


async def _web(beurt: Beurt) -> str:
    lezer = _Zichtbaar()
    lezer.feed(Opmaak(lees_bestanden()).berichten(beurt.berichten, oordeel=True, eenvoudig=False))
    return lezer.tekst


@pytest.fixture
def nep() -> Iterator[NepTelegram]:
    nep = NepTelegram()
    yield nep
    nep.stop()


@pytest.fixture
async def telegram(nep: NepTelegram) -> AsyncIterator[Deur]:
    bot = maak_bot(Instellingen(TOKEN, "", "", nep.adres))
    await bot.initialize()

    async def deur(beurt: Beurt) -> str:
        eerder = len(nep.aanroepen)
        await Zender(bot).stuur(Adres(77, "post"), beurt.berichten)
        return " ".join(_teksten([aanroep.velden for aanroep in nep.aanroepen[eerder:]]))

    yield deur
    await bot.shutdown()


async def _teams(beurt: Beurt) -> str:
    return " ".join(_teksten(list(activiteiten(beurt.berichten, "https://routewijzer.example"))))


def _teksten(iets: Any) -> Iterator[str]:
    """Every text in nested values, in order."""
    if isinstance(iets, str):
        yield iets
    elif isinstance(iets, dict):
        for waarde in iets.values():
            yield from _teksten(waarde)
    elif isinstance(iets, (list, tuple)):
        for waarde in iets:
            yield from _teksten(waarde)


async def test_the_forty_messages_cover_what_can_be_said(beurten: list[tuple[str, Beurt]]) -> None:
    assert len(beurten) == AANTAL
    berichten = [bericht for _, beurt in beurten for bericht in beurt.berichten]
    assert {blok.deel for bericht in berichten for blok in bericht.blokken} == set(Deel)
    assert {beurt.uitslag["uitkomst"] for _, beurt in beurten} == {
        "antwoord",
        "verduidelijking",
        "lokaal",
        "vraag_gemeente",
        "buiten_bereik",
        "crisis",
        "gesprek",
    }
    assert any(bericht.keuzes for bericht in berichten)
    assert any(bericht.beeld for bericht in berichten)


async def test_no_door_loses_anything(beurten: list[tuple[str, Beurt]], telegram: Deur) -> None:
    deuren: dict[str, Deur] = {"terminal": _terminal, "web": _web, "telegram": telegram, "teams": _teams}
    kwijt = []
    for vraag, beurt in beurten:
        for naam, deur in deuren.items():
            getoond = _woorden(await deur(beurt))
            for bericht in beurt.berichten:
                kwijt += [(naam, vraag, r) for r in _regels(bericht) if _woorden(r) not in getoond]
                if bericht.beeld and _woorden(bericht.beeld.alternatief) not in getoond:
                    kwijt.append((naam, vraag, bericht.beeld.naam))
    assert kwijt == []


async def test_every_picture_itself_goes_out_by_every_door(
    beurten: list[tuple[str, Beurt]], telegram: Deur, nep: NepTelegram
) -> None:
    beelden = [(bericht.beeld, beurt) for _, beurt in beurten for bericht in beurt.berichten if bericht.beeld]
    assert {re.sub(r"-(gm)?\d+$", "", beeld.naam) for beeld, _ in beelden} >= {"leeftijdslijn", "regio"}
    for beeld, beurt in beelden:
        png, svg = (BEELDEN_MAP / f"{beeld.naam}.{soort}" for soort in ("png", "svg"))
        assert svg.is_file()
        await telegram(beurt)
        assert nep.van("sendPhoto")[-1].velden["photo"] == png.read_bytes()
        kaarten = list(_teksten(list(activiteiten(beurt.berichten, "https://routewijzer.example"))))
        assert f"https://routewijzer.example/webhooks/web/beelden/{png.name}" in kaarten
        # The page and the evening school show the same HTML.
        for eenvoudig in (False, True):
            html = Opmaak(lees_bestanden()).berichten(beurt.berichten, oordeel=True, eenvoudig=eenvoudig)
            assert f'src="/webhooks/web/beelden/{svg.name}"' in html
        assert str(png) in (await _terminal(beurt)).replace("\n", "")


async def test_the_closing_question_goes_out_by_every_door(assistent: Assistent, telegram: Deur) -> None:
    deuren: dict[str, Deur] = {"terminal": _terminal, "web": _web, "telegram": telegram, "teams": _teams}
    for tekst in ("wat is een no-riskpolis?", "dankjewel", "nee"):
        beurt = await assistent.zeg("vier-gezichten-slotvraag", tekst)
    gevraagd = await assistent.zeg("vier-gezichten-slotvraag-2", "wat is een no-riskpolis?")
    gevraagd = await assistent.zeg("vier-gezichten-slotvraag-2", "dankjewel")
    for naam, deur in deuren.items():
        for deze in (gevraagd, beurt):
            getoond = _woorden(await deur(deze))
            kwijt = [r for bericht in deze.berichten for r in _regels(bericht) if _woorden(r) not in getoond]
            assert kwijt == [], naam
