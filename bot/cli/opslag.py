"""Commands for who runs the assistant: database, and the editors' figures from RabbitMQ."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.cli.basis import Opdracht, subopdrachten
from bot.settings import InstellingFout


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    onder = subopdrachten(opdracht("database", "de opslag van gesprekken", None))
    onder("migreer", "werk de tabellen bij naar deze versie", _migreer)
    onder("bijwerken", "tabellen én kennisbank naar deze versie: één keer, vóór nieuwe servers", _bijwerken)
    onder("opruimen", "wis wat ouder is dan de bewaartermijn", _opruimen)
    bewijs = onder("bewijs", "controleer het bewijs dat iemand na /vergeet kreeg", _bewijs)
    bewijs.add_argument("code", help="de code uit het bericht")
    kopie = onder("kopie", "maak een reservekopie, ook terwijl er gewerkt wordt", _kopie)
    kopie.add_argument("doel", type=Path, help="bestand om te schrijven")
    herstel = onder("herstel", "zet een reservekopie terug; stop eerst alle servers", _herstel)
    herstel.add_argument("bron", type=Path, help="de reservekopie")
    for deel in (kopie, herstel):
        deel.add_argument(
            "--kennisbank", action="store_true", help="de kennisbank in plaats van de gesprekken"
        )
    cijfers = opdracht("statistiek", "cijfers voor de redactie uit RabbitMQ", _statistiek)
    cijfers.add_argument("wat", choices=("ontvang", "toon"), help="blijf ontvangen · toon wat er is")
    cijfers.add_argument("--per", default="uitkomst", help="kolom om op te tellen (standaard uitkomst)")


def _migreer(_: argparse.Namespace) -> None:
    from bot.opslag.database import Database
    from bot.opslag.migratie import migreer
    from bot.settings import gesprekken_url

    database = Database(gesprekken_url())
    veranderd = migreer(database)
    print(f"{database.naam}: {'bijgewerkt' if veranderd else 'was al bij'}")


def _bijwerken(opdracht: argparse.Namespace) -> None:
    from kennisbank.settings import database_url
    from kennisbank.store import build

    _migreer(opdracht)
    print(f"Kennisbank: {'vernieuwd' if build(database_url()) else 'was al bij'}")


def _opruimen(_: argparse.Namespace) -> None:
    from bot.opslag.database import nu
    from bot.opslag.migratie import open_database
    from bot.opslag.rechten import ruim_op
    from bot.settings import bewaardagen, gesprekken_url

    database, dagen = open_database(gesprekken_url()), bewaardagen()
    gewist = database.wis_nu(lambda v: ruim_op(v, dagen, nu()))
    print(
        f"Ouder dan {dagen} dagen: " + ", ".join(f"{aantal} in {tabel}" for tabel, aantal in gewist.items())
    )


def _kopie(opdracht: argparse.Namespace) -> None:
    from bot.opslag.reservekopie import kopieer

    kopieer(_database_van(opdracht), opdracht.doel)
    print(f"Reservekopie geschreven: {opdracht.doel}")


def _herstel(opdracht: argparse.Namespace) -> None:
    from bot.opslag.reservekopie import herstel

    herstel(_database_van(opdracht), opdracht.bron)
    print(f"Teruggezet: {opdracht.bron}")


def _database_van(opdracht: argparse.Namespace) -> str:
    from bot.settings import gesprekken_url
    from kennisbank.settings import database_url

    return database_url() if opdracht.kennisbank else gesprekken_url()


def _statistiek(opdracht: argparse.Namespace) -> None:
    from bot.opslag.database import Database
    from bot.settings import broker_url, statistiek_url
    from bot.statistiek.ontvanger import METADATA, TELLING, draai, per

    database = Database(statistiek_url())
    if opdracht.wat == "ontvang":
        if not broker_url():
            raise InstellingFout("Zet ROUTEWIJZER_BROKER_URL op het adres van RabbitMQ.")
        draai(database, broker_url())
        return
    if opdracht.per not in TELLING.c:
        raise InstellingFout(f"'{opdracht.per}' is geen kolom; kies uit {', '.join(TELLING.c.keys())}.")
    database.schrijf_nu(METADATA.create_all)
    for waarde, aantal in database.lees_nu(lambda v: per(v, opdracht.per, date.min)).items():
        print(f"{aantal:8d}  {waarde}")


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
