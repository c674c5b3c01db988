"""Tables of what was measured, on the screen and in docs/metingen.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.settings import PROJECT_MAP

METINGEN = PROJECT_MAP / "docs" / "metingen.md"
Regel = tuple[str, ...]


def show(titel: str, kop: Regel, regels: Sequence[Regel], noten: Sequence[str] = ()) -> None:
    """Prints a table with its notes."""
    tabel = Table(title=titel)
    for nummer, naam in enumerate(kop):
        tabel.add_column(naam, justify="right" if nummer else "left")
    for regel in regels:
        tabel.add_row(*regel)
    scherm = Console()
    scherm.print(tabel)
    for noot in noten:
        scherm.print(noot, style="dim")


def write(titel: str, kop: Regel, regels: Sequence[Regel], noten: Sequence[str]) -> None:
    """Puts the table in docs/metingen.md under its title; other sections stay as they are."""
    tabel = ["| " + " | ".join(rij) + " |" for rij in (kop, ("---",) * len(kop), *regels)]
    stuk = "\n".join([f"## {titel}", "", f"On {date.today()}. " + " ".join(noten), "", *tabel])
    oud = METINGEN.read_text(encoding="utf-8")
    bestaand = re.compile(rf"^## {re.escape(titel)}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    nieuw = (
        bestaand.sub(lambda _: stuk + "\n\n", oud) if bestaand.search(oud) else f"{oud.rstrip()}\n\n{stuk}\n"
    )
    METINGEN.write_text(nieuw.rstrip() + "\n", encoding="utf-8")


def comparison(uit: dict[str, Any]) -> tuple[Regel, list[Regel], list[str]]:
    """The comparison with stock Rasa as a table with notes."""
    stock, ons, verhouding, opzet = uit["stock"], uit["routewijzer"], uit["verhouding"], uit["opzet"]

    def beide(naam: str, sleutel: str, deel: str | None = None) -> Regel:
        waarden = [kant[sleutel][deel] if deel else kant[sleutel] for kant in (stock, ons)]
        return (naam, f"{waarden[0]:g}", f"{waarden[1]:g}", f"{waarden[1] / waarden[0]:.3f}")

    regels: list[Regel] = [
        ("right article in the answer, of 60 own questions, %", f"{stock['goed']:g}", f"{ons['goed']:g}", "")
    ]
    for n in stock["berichten_per_s"]:
        regels += [
            beide(f"messages/s, {n} in parallel", "berichten_per_s", n),
            beide(f"p50 ms, {n} in parallel", "p50_ms", n),
            beide(f"p95 ms, {n} in parallel", "p95_ms", n),
        ]
    regels += [
        beide("processor time per message, 10 in parallel, ms", "processor_ms"),
        beide("turn 5 of one conversation, ms", "beurt_5_ms"),
        beide("turn 200 of that conversation, ms", "beurt_200_ms"),
        ("turn 200 / turn 5", _groei(stock), f"{verhouding['beurt_200_5']:.2f}", ""),
        beide("cold start to first answer, s", "koude_start_s"),
        beide("memory of all processes (PSS), MB", "geheugen_mb"),
        ("training, s", _seconds(stock["trainen_s"]), _seconds(ons["trainen_s"]), ""),
        ("messages without an answer under load", str(stock["fouten"]), str(ons["fouten"]), ""),
    ]
    noten = [
        f"{opzet['machine']}; load average before the run {opzet['drukte_vooraf']}.",
        f"Stock is Rasa's default pipeline and policies, {opzet['epochs_stock']} epochs on the same "
        f"{opzet['zinnen']} sentences, SQL tracker store on SQLite, HTTP action server. The number of epochs",
        "changes its answers and not its work per message (in doubt it asks the action server too): with few",
        "epochs its share of right answers is not to be compared, see begrijpen.md.",
        f"Load by {opzet['belasting']}: {opzet['ronden']} rounds of {opzet['seconden']} s for each number,",
        "the sides in turn, the median counts; 64 conversations side by side, five messages each.",
        "Turn 5 and turn 200 are medians of five turns.",
    ]
    return ("measure", "stock Rasa", "Routewijzer", "ours / stock"), regels, noten


def _groei(kant: dict[str, Any]) -> str:
    return f"{kant['beurt_200_ms'] / kant['beurt_5_ms']:.2f}"


def _seconds(waarde: float | None) -> str:
    return "not measured (--opnieuw)" if waarde is None else f"{waarde:.0f}"
