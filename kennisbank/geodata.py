"""Reads the reference tables of gemeenten, regions and places (kennisbank/gemeenten)."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

from kennisbank.contacts import Gebieden
from kennisbank.place_tables import (
    Dubbelzinnig,
    Gemeente,
    GewoonWoord,
    Herindeling,
    Naam,
    Plaatstabellen,
)
from kennisbank.reader import KENNISBANK_MAP

GEMEENTEN_MAP = KENNISBANK_MAP / "gemeenten"


def read_plaatstabellen(map_: Path = GEMEENTEN_MAP) -> Plaatstabellen:
    """Reads all tables under `map_`."""
    gemeenten = [
        Gemeente(
            code=rij["gm_code"],
            naam=rij["naam"],
            provincie=rij["provincie"],
            am_code=rij["am_code"],
            arbeidsmarktregio=rij["arbeidsmarktregio"],
            jaar_am=int(rij["jaar_am"]),
            rmc_nummer=int(rij["rmc_regio_nr"]),
            doorstroompuntregio=rij["rmc_regio"],
            jaar_rmc=int(rij["jaar_rmc"]) if rij["jaar_rmc"].isdigit() else 0,
            herkomst_rmc=rij["herkomst_rmc"],
            centrumgemeente=rij["centrumgemeente_am"],
            contactgemeente=rij["contactgemeente_rmc"],
            opmerking=rij["opmerking"],
        )
        for rij in _rows(map_ / "gemeenten.csv")
    ]
    namen = [Naam(r["woonplaats"], r["gm_code"], "woonplaats") for r in _rows(map_ / "woonplaatsen.csv")]
    namen += [Naam(r["alias"], r["gm_code"], r["soort"]) for r in _rows(map_ / "aliassen.csv")]
    herindelingen = [
        Herindeling(
            oude_naam=rij["oude_naam"],
            oude_code=rij["gm_code_oud"],
            nieuwe_code=rij["gm_code_nieuw"],
            datum=date.fromisoformat(rij["datum"]),
            dorpen=tuple(deel for deel in re.split(r"[;,]\s*", rij["woonplaatsen_bij_splitsing"]) if deel),
            voorgenomen=rij["herkomst"] == "wetsvoorstel",
        )
        for rij in _rows(map_ / "herindelingen.csv")
    ]
    dubbelzinnig = [
        Dubbelzinnig(
            naam=rij["naam"],
            codes=tuple(dict.fromkeys(re.findall(r"GM\d{4}", rij["kandidaten"]))),
            soort=rij["soort"],
            vraag=rij["toelichting"],
            voorkeur=rij["voorkeur_gm"] or None,
        )
        for rij in _rows(map_ / "dubbelzinnig.csv")
    ]
    gewoon = [
        GewoonWoord(rij["woord"], rij["plaats_als"] == "gevraagd")
        for rij in _rows(map_ / "gewone_woorden.csv")
    ]
    return Plaatstabellen(gemeenten, namen, herindelingen, dubbelzinnig, gewoon)


def read_gebieden() -> Gebieden:
    """The gemeenten and regions that a contact may be for."""
    return Gebieden.van(read_plaatstabellen().gemeenten)


def _rows(pad: Path) -> list[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))
