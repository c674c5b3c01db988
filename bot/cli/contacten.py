"""Commands for contacts: contacten importeer, exporteer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli.basis import Opdracht, subopdrachten
from bot.errors import BestandFout
from kennisbank.contacts import Contact, Verschil


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands, under `contacten`."""
    onder = subopdrachten(opdracht("contacten", "contacten van organisaties, uit CSV of Excel", None))
    importeer = onder("importeer", "neem een bestand met contacten over", _importeer)
    importeer.add_argument("bestand", type=Path, help="CSV (UTF-8) of Excel (.xlsx)")
    importeer.add_argument("--proef", action="store_true", help="laat zien wat er verandert en doe niets")
    importeer.add_argument(
        "--namens",
        action="append",
        default=[],
        metavar="ORGANISATIE",
        help="deze organisatie mag het bestand wijzigen; nodig als er meer organisaties in staan",
    )
    exporteer = onder("exporteer", "schrijf alle contacten", _exporteer)
    exporteer.add_argument(
        "bestand", type=Path, nargs="?", help="CSV of Excel (.xlsx); zonder bestand naar het scherm"
    )


def _importeer(opdracht: argparse.Namespace) -> int:
    from kennisbank.contact_import import neem_over
    from kennisbank.contacts import read_contacten, vergelijk
    from kennisbank.geodata import read_gebieden
    from kennisbank.meldingen import InhoudFout
    from kennisbank.settings import database_url

    if not opdracht.bestand.is_file():
        raise BestandFout(f"{opdracht.bestand} bestaat niet")
    gebieden = read_gebieden()
    try:
        bestand = read_contacten(gebieden, opdracht.bestand)
    except InhoudFout as error:
        for melding in error.meldingen:
            print(melding, file=sys.stderr)
        print(f"{len(error.meldingen)} fouten; er is niets overgenomen", file=sys.stderr)
        return 1
    verschil = vergelijk(read_contacten(gebieden), bestand)
    _toon(verschil)
    organisaties = {contact.organisatie for contact in bestand}
    zonder_toestemming = sorted(set(verschil.raakt) - set(opdracht.namens)) if len(organisaties) > 1 else []
    if zonder_toestemming:
        print(
            "In dit bestand staan meer organisaties, en het verandert contacten van "
            f"{', '.join(zonder_toestemming)}. Er is niets overgenomen. Klopt het, geef dan voor elke "
            "organisatie mee: --namens ORGANISATIE",
            file=sys.stderr,
        )
        return 1
    if opdracht.proef:
        print("Dit was een proef; er is niets overgenomen.")
        return 0
    neem_over(verschil.contacten, database_url())
    print("Overgenomen. Een server die al draait, leest dit na een herstart.")
    return 0


def _toon(verschil: Verschil) -> None:
    for contact in verschil.nieuw:
        print(f"nieuw       {_regel(contact)}")
    for oud, contact in verschil.gewijzigd:
        for kolom, was, wordt in oud.verschil(contact):
            print(f"gewijzigd   {_regel(contact)}: {kolom} was '{was}', wordt '{wordt}'")
    for contact in verschil.verdwenen:
        print(f"verdwijnt   {_regel(contact)}")
    for contact, ander in verschil.naast:
        print(f"let op      {_regel(contact)}: {ander.organisatie} heeft daar ook een contact; beide blijven")
    print(
        f"{len(verschil.nieuw)} nieuw, {len(verschil.gewijzigd)} gewijzigd, "
        f"{len(verschil.verdwenen)} verdwenen, {len(verschil.contacten)} in totaal"
    )


def _regel(contact: Contact) -> str:
    return f"{contact.gemeente or contact.regio}, {contact.organisatie}, {contact.functie}"


def _exporteer(opdracht: argparse.Namespace) -> None:
    from kennisbank.contacts import als_csv, read_contacten, schrijf
    from kennisbank.geodata import read_gebieden

    contacten = read_contacten(read_gebieden())
    if opdracht.bestand is None:
        print(als_csv(contacten), end="")
        return
    schrijf(contacten, opdracht.bestand)
    print(f"{len(contacten)} contacten geschreven naar {opdracht.bestand}")
