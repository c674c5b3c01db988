"""What every group of commands needs: a parser with Dutch words, common options, ways to print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from bot.settings import PROJECT_MAP
from kennisbank.store import Kennisbank

DOELGROEPEN = ("professional", "oud-leerling", "coach")

Opdracht = Callable[[str, str, Any], argparse.ArgumentParser]
"""Adds a command: its name, its help and the function that does it."""


class Parser(argparse.ArgumentParser):
    """argparse with Dutch words of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _Formatter)
        super().__init__(*args, **{**kwargs, "add_help": False})
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        """Says in Dutch what is not understood, and stops with status 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: dit begrijp ik niet: {message}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "gebruik: ")


def subopdrachten(parser: argparse.ArgumentParser) -> Opdracht:
    """A function that adds commands under `parser`."""
    onder = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, parser_class=Parser)

    def opdracht(naam: str, hulp: str, doe: Any) -> argparse.ArgumentParser:
        nieuw: argparse.ArgumentParser = onder.add_parser(naam, help=hulp, description=hulp)
        nieuw.set_defaults(doe=doe)
        return nieuw

    return opdracht


def gespreksopties(parser: argparse.ArgumentParser) -> None:
    """Adds what may be known before a conversation begins."""
    parser.add_argument("--doelgroep", choices=DOELGROEPEN, metavar="DOELGROEP", help=", ".join(DOELGROEPEN))
    parser.add_argument("--gemeente", help="gemeente of plaats waar het om gaat")
    parser.add_argument(
        "--peildatum", type=lees_datum, help="dag waarop het antwoord moet gelden (jjjj-mm-dd)"
    )


def lees_datum(tekst: str) -> date:
    """A day as jjjj-mm-dd."""
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{tekst}' is geen datum; schrijf jjjj-mm-dd") from None


def slots(opdracht: argparse.Namespace) -> dict[str, Any]:
    """What the options of `gespreksopties` say, as slots of a conversation."""
    from kennisbank.current import kennisbank

    gevuld: dict[str, Any] = {}
    if opdracht.doelgroep:
        gevuld["doelgroep"] = opdracht.doelgroep
    if opdracht.peildatum:
        gevuld["peildatum"] = opdracht.peildatum.isoformat()
    if opdracht.gemeente:
        dag = opdracht.peildatum or date.today()
        gevuld["gemeente"] = gemeentecode(kennisbank(), opdracht.gemeente, dag)
    return gevuld


def gemeentecode(kb: Kennisbank, naam: str, dag: date) -> str:
    """The one gemeente that `naam` means on that day; stops the command where there is no one."""
    from kennisbank.places import Verwacht

    gevonden = kb.plaatsen.zoek(naam, dag, Verwacht.GEVRAAGD)
    if not gevonden or not gevonden[0].zeker:
        raise SystemExit(f"'{naam}' is niet één gemeente; noem haar preciezer")
    return gevonden[0].codes[0]


def zeg(tekst: str) -> None:
    """Prints a line of progress."""
    print(f"[routewijzer] {tekst}", flush=True)


def korte_paden(tekst: str) -> str:
    """`tekst` with paths inside the project made relative."""
    return tekst.replace(f"{PROJECT_MAP}/", "")


def print_json(waarde: Any) -> None:
    """Prints one JSON line."""
    print(json.dumps(waarde, ensure_ascii=False), flush=True)
