"""The local layer: which route, desk and contact a gemeente has, and how good that answer is.

A look-up falls through a chain (contact of the gemeente, its desk, a contact or route of its region,
the Doorstroompunt) and says which step it reached. What holds everywhere (UWV, Juridisch Loket) is
the last step and stands under each answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Optional, Protocol

from kennisbank.contacts import Contact
from kennisbank.meldingen import InhoudFout, Melding
from kennisbank.model import Bestandsdeel, Doelgroep, Slug
from kennisbank.place_tables import Gemeente
from kennisbank.reader import KENNISBANK_MAP, read_table, validate_record

LOKALE_HANDELINGEN = ("route_zoeken", "contact_zoeken", "regio_zoeken")
"""What can be asked about a gemeente."""
ROUTES_MAP = KENNISBANK_MAP / "routes"
VERMELDINGEN_BESTAND = KENNISBANK_MAP / "vermeldingen.yml"


class Rol(Bestandsdeel):
    """A function at an organisation: never a person's name."""

    functie: str
    organisatie: str


class _Gebied(Bestandsdeel):
    """What holds in named gemeenten or in a whole region."""

    gemeenten: list[str] = []
    arbeidsmarktregio: Optional[str] = None
    doorstroompuntregio: Optional[int] = None
    provincie: Optional[str] = None

    def van_gemeente(self, gemeente: Gemeente) -> bool:
        """Whether `gemeente` is named itself."""
        return gemeente.code in self.gemeenten

    def van_regio(self, gemeente: Gemeente) -> bool:
        """Whether this is for a whole region that `gemeente` lies in."""
        return (
            self.arbeidsmarktregio == gemeente.am_code
            or self.doorstroompuntregio == gemeente.rmc_nummer
            or self.provincie == gemeente.provincie
        )

    def regionaam(self, gemeente: Gemeente) -> str:
        """The name of that region."""
        if self.provincie == gemeente.provincie:
            return gemeente.provincie
        if self.doorstroompuntregio == gemeente.rmc_nummer:
            return gemeente.doorstroompuntregio
        return gemeente.arbeidsmarktregio


class Route(_Gebied):
    """A local or regional route from school to work, as a source document describes it."""

    id: str = Slug
    naam: str
    doelgroep: str
    stappen: list[str]
    loket: Optional[str] = None
    contacten: list[Rol]
    let_op: list[str] = []
    bron: str = Slug
    plek: Optional[str] = None
    peildatum: date


class Vermelding(_Gebied):
    """An organisation that a document names for an area, without a desk or a function."""

    organisatie: str
    toelichting: str
    bron: str = Slug
    plek: str
    peildatum: date


class Trede(str, Enum):
    """The step of the chain that a look-up reached, best first."""

    CONTACTPERSOON = "contactpersoon"
    LOKET = "loket"
    REGIOCONTACT = "regiocontact"
    REGIOROUTE = "regioroute"
    DOORSTROOMPUNT = "doorstroompunt"


@dataclass(frozen=True)
class LokaalAntwoord:
    """What is known for one gemeente: of itself and of its region."""

    trede: Trede
    contacten: tuple[Contact, ...]
    verlopen: tuple[Contact, ...]
    regiocontacten: tuple[Contact, ...]
    routes: tuple[Route, ...]
    regioroutes: tuple[Route, ...]
    vermeldingen: tuple[Vermelding, ...]


class LokaleKennis(Protocol):
    """The part of the kennisbank that a look-up needs."""

    @property
    def routes(self) -> list[Route]:
        """All routes."""

    @property
    def contacten(self) -> list[Contact]:
        """All contacts."""

    @property
    def vermeldingen(self) -> list[Vermelding]:
        """All mentions of organisations."""


def zoek_lokaal(
    gemeente: Gemeente,
    kennis: LokaleKennis,
    dag: date,
    doelgroep: Doelgroep = Doelgroep.PROFESSIONAL,
    met_contacten: bool = True,
) -> LokaalAntwoord:
    """What is known for `gemeente` on `dag`; a question for a route goes without contacts."""
    bedoeld = [c for c in kennis.contacten if met_contacten and c.voor(doelgroep)]
    eigen = [c for c in bedoeld if c.gebied_code == gemeente.code]
    regionaal = [c for c in bedoeld if c.gebied_code in (gemeente.am_code, f"RMC{gemeente.rmc_nummer}")]
    contacten = tuple(c for c in eigen if c.actueel(dag))
    regiocontacten = tuple(c for c in regionaal if c.actueel(dag))
    routes = tuple(r for r in kennis.routes if r.van_gemeente(gemeente))
    regioroutes = tuple(r for r in kennis.routes if r.van_regio(gemeente) and r not in routes)
    return LokaalAntwoord(
        trede=_trede(contacten, routes, regiocontacten, regioroutes),
        contacten=contacten,
        verlopen=tuple(c for c in (*eigen, *regionaal) if not c.actueel(dag)),
        regiocontacten=regiocontacten,
        routes=routes,
        regioroutes=regioroutes,
        vermeldingen=tuple(
            v for v in kennis.vermeldingen if v.van_gemeente(gemeente) or v.van_regio(gemeente)
        ),
    )


def _trede(
    contacten: Iterable[Contact],
    routes: Iterable[Route],
    regiocontacten: Iterable[Contact],
    regioroutes: Iterable[Route],
) -> Trede:
    stappen: tuple[tuple[Trede, Iterable[object]], ...] = (
        (Trede.CONTACTPERSOON, contacten),
        (Trede.LOKET, routes),
        (Trede.REGIOCONTACT, regiocontacten),
        (Trede.REGIOROUTE, regioroutes),
    )
    return next((trede for trede, gevonden in stappen if gevonden), Trede.DOORSTROOMPUNT)


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


def read_vermeldingen(pad: Path = VERMELDINGEN_BESTAND) -> dict[str, Vermelding]:
    """Reads the organisations that documents only mention.

    Raises:
        InhoudFout: with the line of what is malformed.
    """
    meldingen: list[Melding] = []
    vermeldingen = read_table(pad, Vermelding, meldingen)
    if meldingen:
        raise InhoudFout(meldingen)
    return vermeldingen
