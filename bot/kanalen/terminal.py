"""A conversation in the terminal."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from bot.assistent import Assistent, Beurt
from kennisbank.current import kennisbank
from kennisbank.pictures.build import BEELDEN_MAP

STOP = "/stop"


def plat(tekst: str) -> str:
    """Markdown as plain text for a terminal or a file."""
    return re.sub(r"\*\*(.+?)\*\*|(?<!\*)\*(?!\s)(.+?)\*|`(.+?)`", lambda t: t[1] or t[2] or t[3], tekst)


async def gesprek(slots: dict[str, Any]) -> None:
    """Reads messages until `/stop` or the end of input; shows answers with numbered choices."""
    scherm = Console()
    assistent = Assistent.load()
    naam = f"terminal:{uuid.uuid4().hex}"
    await assistent.begin(naam, kennisgemaakt=True, **slots)
    teksten = kennisbank().teksten
    scherm.print(Markdown(teksten("terminal.welkom")))
    while True:
        try:
            tekst = await asyncio.to_thread(input, "\n> ")
        except EOFError:
            break
        if tekst.strip().lower() == STOP:
            break
        if tekst.strip():
            toon(scherm, await assistent.zeg(naam, tekst))
    scherm.print(teksten("terminal.tot_ziens"))


def toon(scherm: Console, beurt: Beurt) -> None:
    """Shows one turn on a screen."""
    scherm.print()
    scherm.print(Markdown(beurt.tekst))
    for bericht in beurt.berichten:
        if bericht.beeld:
            bestand = BEELDEN_MAP / f"{bericht.beeld.naam}.png"
            scherm.print(bericht.beeld.alternatief, markup=False)
            scherm.print(kennisbank().teksten("beeld.terminal", pad=bestand), style="dim")
    if any(bericht.vraagt_opmerking for bericht in beurt.berichten):
        scherm.print(Markdown(kennisbank().teksten("terminal.wat_miste_je")))
    for nummer, keuze in enumerate(beurt.keuzes, 1):
        scherm.print(f"  [{nummer}] {keuze.titel}", markup=False, style="cyan")
