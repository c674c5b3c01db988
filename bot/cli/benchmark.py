"""The command that measures this machine: benchmark, whole or one part of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.basis import Opdracht, print_json, zeg

_EPOCHS, _EPOCHS_BEGRIJPEN = 2, 100
_DELEN = {
    "begrijpen": "begrijpen naast de standaardpijplijn van Rasa",
    "profiel": "waar de milliseconden van één bericht blijven",
    "schaal": "meer servers achter nginx, met uitval en vernieuwing",
    "stuk": "wat er met berichten gebeurt als er iets stukgaat",
}


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds this command."""
    meting = opdracht("benchmark", "vergelijk met een standaard Rasa-opstelling, op deze machine", _benchmark)
    delen = "; ".join(f"{naam}: {wat}" for naam, wat in _DELEN.items())
    meting.add_argument(
        "onderdeel", nargs="?", choices=tuple(_DELEN), help=f"zonder: alles naast standaard Rasa. {delen}"
    )
    meting.add_argument(
        "--epochs", type=int, help=f"epochs van Rasa (standaard {_EPOCHS}; bij begrijpen {_EPOCHS_BEGRIJPEN})"
    )
    meting.add_argument(
        "--opnieuw", action="store_true", help="train beide kanten opnieuw en meet hoe lang dat duurt"
    )
    meting.add_argument(
        "--vragen", type=Path, help="JSONL met ongeziene vragen (anders een vijfde van de eigen)"
    )
    meting.add_argument(
        "--berichten", type=int, default=2000, help="berichten per proef van `stuk` (standaard 2000)"
    )
    meting.add_argument("--proef", help="alleen de proeven van `stuk` met dit woord in hun naam")
    meting.add_argument("--json", action="store_true", help="uitkomst als JSON")
    meting.add_argument("--schrijf", action="store_true", help="zet de tabel ook in docs/metingen.md")


def _benchmark(opdracht: argparse.Namespace) -> int | None:
    doe = {"begrijpen": _begrijpen, "profiel": _profiel, "schaal": _schaal, "stuk": _stuk}
    return doe.get(opdracht.onderdeel, _alles)(opdracht)


def _alles(opdracht: argparse.Namespace) -> None:
    """Stock Rasa and Routewijzer in one run."""
    from benchmarks.vergelijking import compare
    from benchmarks.verslag import comparison, show, write

    stil = (lambda _: None) if opdracht.json else zeg
    uit = compare(opdracht.epochs or _EPOCHS, opdracht.opnieuw, stil)
    kop, regels, noten = comparison(uit)
    write("Beside stock Rasa", kop, regels, noten)
    if opdracht.json:
        print_json(uit)
    else:
        show("Routewijzer naast standaard Rasa", kop, regels, noten)


def _profiel(opdracht: argparse.Namespace) -> None:
    from benchmarks.profiel import profile
    from benchmarks.verslag import show, write

    tijden = profile()
    if opdracht.json:
        print_json({deel: tijd._asdict() for deel, tijd in tijden.items()})
        return
    regels = [(deel, f"{tijd.processor:.2f}", f"{tijd.klok:.2f}") for deel, tijd in tijden.items()]
    samen = (sum(t.processor for t in tijden.values()), sum(t.klok for t in tijden.values()))
    regels.append(("samen", f"{samen[0]:.2f}", f"{samen[1]:.2f}"))
    kop = ("deel", "processor, ms", "verstreken, ms")
    show("Eén bericht", kop, regels)
    if opdracht.schrijf:
        write("One message", kop, regels, ["Mean over 300 different questions; explained in profiel.md."])


def _schaal(opdracht: argparse.Namespace) -> int:
    from benchmarks.schaal import KOP, measure
    from benchmarks.verslag import show, write

    proeven = measure(zeg if not opdracht.json else lambda _: None)
    regels = [proef.regel() for proef in proeven]
    if opdracht.json:
        print_json([vars(proef) for proef in proeven])
    else:
        show("Meer servers", KOP, regels)
    if opdracht.schrijf:
        write("More servers", KOP, regels, ["nginx, Postgres, Redis and RabbitMQ on this one machine."])
    return 0 if all(proef.goed for proef in proeven) else 1


def _begrijpen(opdracht: argparse.Namespace) -> None:
    from benchmarks.understanding import vergelijk
    from benchmarks.verslag import show

    epochs = opdracht.epochs or _EPOCHS_BEGRIJPEN
    uit = vergelijk(epochs, opdracht.vragen)
    if opdracht.json:
        print_json(uit)
        return
    regels = [(maat, *(f"{uit[naam][maat]:g}" for naam in uit)) for maat in uit["routewijzer"]]
    show(f"Begrijpen, Rasa met {epochs} epochs", ("maat", *uit), regels)


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
