"""Commands that measure: beoordeel, evalueer, benchmark."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

from bot.cli.basis import Opdracht, een_draad, print_json


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
    meting = opdracht("benchmark", "vergelijk met een standaard Rasa-opstelling, op deze machine", _benchmark)
    meting.add_argument("onderdeel", choices=("begrijpen", "stuk"), help="wat te meten")
    meting.add_argument(
        "--epochs", type=int, default=100, help="epochs van Rasa (standaard 100, zoals Rasa zelf)"
    )
    meting.add_argument(
        "--vragen", type=Path, help="JSONL met ongeziene vragen (anders een vijfde van de eigen)"
    )
    meting.add_argument(
        "--berichten", type=int, default=2000, help="berichten per proef van `stuk` (standaard 2000)"
    )
    meting.add_argument("--proef", help="alleen de proeven van `stuk` met dit woord in hun naam")
    meting.add_argument("--json", action="store_true", help="uitkomst als JSON")


def _beoordeel(opdracht: argparse.Namespace) -> None:
    from bot.scoring import read_regels

    regels = read_regels(opdracht.bestand)

    async def alles() -> None:
        async for resultaat in _beoordeling(regels):
            print_json(resultaat)

    asyncio.run(alles())


def _evalueer(opdracht: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.scoring import read_regels, score

    regels = read_regels(opdracht.bestand)

    async def alles() -> list[dict[str, Any]]:
        uit = []
        async for resultaat, regel in _met_regel(regels):
            naam = (resultaat["gemeente"] or {}).get("naam")
            uit.append({**resultaat, "gemeente": regel.get("gemeente"), "gemeente_uit": naam})
        return uit

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


def _stuk(opdracht: argparse.Namespace) -> int:
    """What becomes of messages when things break: one line per trial, as each is done."""
    from tempfile import TemporaryDirectory

    from benchmarks.diensten import postgres, redis
    from benchmarks.stuk import SCENARIOS, meet

    kop = ("proef", "berichten", "beantwoord", "geweigerd", "dubbel", "verloren", "volgorde", "onzeker", "s")
    regel = "{:<42}" + "{:>11}" * (len(kop) - 1)
    alles_goed = True
    if not opdracht.json:
        print(regel.format(*kop), flush=True)
    with TemporaryDirectory() as map_, postgres() as pg, redis() as rd:
        for nummer, scenario in enumerate(SCENARIOS):
            if opdracht.proef and opdracht.proef.lower() not in scenario.naam.lower():
                continue
            try:
                uit = meet(scenario, Path(map_) / str(nummer), opdracht.berichten, pg, rd)
            except LookupError:
                print(f"{scenario.naam}: overgeslagen, want Postgres of Redis is hier niet", flush=True)
                continue
            alles_goed = alles_goed and uit.goed
            if opdracht.json:
                print_json({**vars(uit), "goed": uit.goed})
            else:
                velden = {**vars(uit), "seconden": round(uit.seconden)}
                print(regel.format(*velden.values()), flush=True)
    return 0 if alles_goed else 1


def _benchmark(opdracht: argparse.Namespace) -> int | None:
    if opdracht.onderdeel == "stuk":
        return _stuk(opdracht)
    from rich.console import Console
    from rich.table import Table

    from benchmarks.understanding import vergelijk

    uit = vergelijk(opdracht.epochs, opdracht.vragen)
    if opdracht.json:
        print_json(uit)
        return None
    tabel = Table(title=f"Begrijpen, Rasa met {opdracht.epochs} epochs")
    tabel.add_column("maat")
    for naam in uit:
        tabel.add_column(naam, justify="right")
    for maat in uit["routewijzer"]:
        tabel.add_row(maat, *(f"{uit[naam][maat]:g}" for naam in uit))
    Console().print(tabel)
    return None


async def _met_regel(regels: list[dict[str, Any]]) -> Any:
    nummer = 0
    async for resultaat in _beoordeling(regels):
        yield resultaat, regels[nummer]
        nummer += 1


async def _beoordeling(regels: list[dict[str, Any]]) -> Any:
    een_draad()
    from bot.assistent import Assistent
    from bot.scoring import beoordeel

    async for resultaat in beoordeel(Assistent.load(), regels):
        yield resultaat
