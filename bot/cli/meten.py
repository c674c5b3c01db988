"""Commands that measure understanding: beoordeel, evalueer."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.basis import Opdracht, print_json

if TYPE_CHECKING:
    from bot.assistent import Assistent


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    for naam, hulp, doe in (
        (
            "beoordeel",
            "laat een JSONL-bestand door de assistent gaan; één JSON-regel per bericht",
            _beoordeel,
        ),
        ("evalueer", "hetzelfde, met een tabel van wat goed ging", _evalueer),
    ):
        bestand = opdracht(naam, hulp, doe)
        bestand.add_argument(
            "bestand", type=Path, help="JSONL-bestand met regels die een veld 'tekst' hebben"
        )


def _beoordeel(opdracht: argparse.Namespace) -> None:
    from bot.scoring import beoordeel, read_regels

    regels = read_regels(opdracht.bestand)

    async def alles() -> None:
        async for resultaat in beoordeel(_assistent(), regels):
            print_json(resultaat)

    asyncio.run(alles())


def _evalueer(opdracht: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.scoring import read_regels, score, vergelijk

    regels = read_regels(opdracht.bestand)

    async def alles() -> list[dict[str, Any]]:
        return await vergelijk(_assistent(), regels)

    cijfers = score(asyncio.run(alles()))
    tabel = Table(title=f"{opdracht.bestand.name}: {cijfers.aantal} regels")
    tabel.add_column("maat")
    tabel.add_column("uitkomst", justify="right")
    for maat, uitkomst in cijfers.tabel:
        tabel.add_row(maat, uitkomst)
    scherm = Console()
    scherm.print(tabel)
    for verwacht, gekozen, aantal in cijfers.verwarringen:
        scherm.print(f"  {aantal}x {verwacht} gelezen als {gekozen}")


def _assistent() -> Assistent:
    from bot.assistent import Assistent

    return Assistent.load()
