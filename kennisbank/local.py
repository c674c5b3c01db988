"""The local layer: which route, desk and contact a gemeente has, and how good that answer is.

A look-up falls through a chain (contactpersoon, desk of the gemeente, route of the region, desk
of the Doorstroompunt, national) and says which step it reached.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Optional

from pydantic import Field

from kennisbank.meldingen import InhoudFout, fout
from kennisbank.model import Bestandsdeel, Slug
from kennisbank.places import Gemeente
from kennisbank.reader import KENNISBANK_MAP, validate_record

ROUTES_MAP = KENNISBANK_MAP / "routes"
CONTACTEN_BESTAND = KENNISBANK_MAP / "contactpersonen.csv"


class Rol(Bestandsdeel):
    """A function at an organisation: never a person's name."""

    functie: str
    organisatie: str


class Route(Bestandsdeel):
    """A local or regional route from school to work, as a source document describes it."""

    id: str = Slug
    naam: str
    gemeenten: list[str]
    arbeidsmarktregio: Optional[str] = None
    doorstroompuntregio: Optional[int] = None
    doelgroep: str
    stappen: list[str]
    loket: Optional[str] = None
    contacten: list[Rol]
    let_op: list[str] = []
    bron: str = Slug
    plek: Optional[str] = None
    peildatum: date

    def geldt_in(self, gemeente: Gemeente) -> bool:
        """Whether this route is meant for inhabitants of `gemeente`."""
        return (
            gemeente.code in self.gemeenten
            or self.arbeidsmarktregio == gemeente.am_code
            or self.doorstroompuntregio == gemeente.rmc_nummer
        )


class Contact(Bestandsdeel):
    """A contact that an organisation gave: a row of the contacts file."""

    gemeente: str = Field(regex=r"^GM\d{4}$")
    doelgroep: str
    naam: Optional[str] = None
    functie: str
    organisatie: str
    telefoon: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    bron: str
    gecontroleerd_op: date
    geldig_tot: Optional[date] = None

    def sleutel(self) -> str:
        """What makes this row the same contact in a later file."""
        return "|".join((self.gemeente, self.organisatie, self.functie, self.doelgroep))

    def actueel(self, dag: date) -> bool:
        """Whether this contact may be given as current on `dag`."""
        return self.geldig_tot is None or dag <= self.geldig_tot


class Trede(str, Enum):
    """The step of the chain that a look-up reached, best first."""

    CONTACTPERSOON = "contactpersoon"
    LOKET = "loket"
    REGIOROUTE = "regioroute"
    DOORSTROOMPUNT = "doorstroompunt"


@dataclass(frozen=True)
class LokaalAntwoord:
    """What is known for one gemeente, best step first."""

    gemeente: Gemeente
    trede: Trede
    contacten: tuple[Contact, ...] = ()
    routes: tuple[Route, ...] = ()


def zoek_contact(
    gemeente: Gemeente, contacten: Iterable[Contact], routes: Iterable[Route], dag: date
) -> LokaalAntwoord:
    """Whom to call in `gemeente` on `dag`."""
    eigen = tuple(c for c in contacten if c.gemeente == gemeente.code and c.actueel(dag))
    if eigen:
        return LokaalAntwoord(gemeente, Trede.CONTACTPERSOON, contacten=eigen)
    return zoek_route(gemeente, routes)


def zoek_route(gemeente: Gemeente, routes: Iterable[Route]) -> LokaalAntwoord:
    """Which route holds in `gemeente`: its own, that of its region, or the Doorstroompunt."""
    passend = [route for route in routes if route.geldt_in(gemeente)]
    eigen = tuple(route for route in passend if gemeente.code in route.gemeenten)
    if eigen:
        return LokaalAntwoord(gemeente, Trede.LOKET, routes=eigen)
    if passend:
        return LokaalAntwoord(gemeente, Trede.REGIOROUTE, routes=tuple(passend))
    return LokaalAntwoord(gemeente, Trede.DOORSTROOMPUNT)


def read_routes(map_: Path = ROUTES_MAP) -> list[Route]:
    """Reads all route files.

    Raises:
        InhoudFout: with file and line of what is malformed.
    """
    routes, meldingen = [], []
    for pad in sorted(map_.glob("*.yml")):
        try:
            routes.append(validate_record(Route, pad))
        except InhoudFout as error:
            meldingen.extend(error.meldingen)
    if meldingen:
        raise InhoudFout(meldingen)
    return routes


def read_contacten(pad: Path = CONTACTEN_BESTAND) -> list[Contact]:
    """Reads the contacts file; no file means no contacts.

    Raises:
        InhoudFout: with the row that is malformed.
    """
    if not pad.exists():
        return []
    contacten, meldingen = [], []
    with pad.open(encoding="utf-8", newline="") as bestand:
        for nummer, rij in enumerate(csv.DictReader(bestand), 2):
            try:
                contacten.append(Contact.parse_obj({k: v for k, v in rij.items() if v}))
            except ValueError as error:
                meldingen.append(fout(pad, nummer, f"deze rij klopt niet: {error}"))
    if meldingen:
        raise InhoudFout(meldingen)
    return contacten
