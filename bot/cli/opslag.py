"""Commands for who runs the assistant: database migreer, opruimen, bewijs."""

from __future__ import annotations

import argparse
import sys

from bot.cli.basis import Opdracht, subopdrachten


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    onder = subopdrachten(opdracht("database", "de opslag van gesprekken", None))
    onder("migreer", "werk de tabellen bij naar deze versie", _migreer)
    onder("opruimen", "wis wat ouder is dan de bewaartermijn", _opruimen)
    bewijs = onder("bewijs", "controleer het bewijs dat iemand na /vergeet kreeg", _bewijs)
    bewijs.add_argument("code", help="de code uit het bericht")


def _migreer(_: argparse.Namespace) -> None:
    from bot.opslag.database import Database
    from bot.opslag.migratie import migreer
    from bot.settings import gesprekken_url

    database = Database(gesprekken_url())
    veranderd = migreer(database)
    print(f"{database.naam}: {'bijgewerkt' if veranderd else 'was al bij'}")


def _opruimen(_: argparse.Namespace) -> None:
    from bot.opslag.database import nu
    from bot.opslag.migratie import open_database
    from bot.opslag.rechten import ruim_op
    from bot.settings import bewaardagen, gesprekken_url

    database, dagen = open_database(gesprekken_url()), bewaardagen()
    gewist = database.schrijf_nu(lambda v: ruim_op(v, dagen, nu()))
    print(
        f"Ouder dan {dagen} dagen: " + ", ".join(f"{aantal} in {tabel}" for tabel, aantal in gewist.items())
    )


def _bewijs(opdracht: argparse.Namespace) -> int:
    from bot.opslag.migratie import open_database
    from bot.opslag.rechten import controleer
    from bot.settings import gesprekken_url
    from kennisbank.current import kennisbank

    database, teksten = open_database(gesprekken_url()), kennisbank().teksten
    controle = database.lees_nu(lambda v: controleer(v, opdracht.code))
    if controle is None:
        print(teksten("rechten.bewijs_onbekend"), file=sys.stderr)
        return 1
    print(controle.tekst(teksten))
    return 0 if controle.nog_over == 0 else 1
