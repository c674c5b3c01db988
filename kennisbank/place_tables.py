"""What is known of places: gemeenten, names, mergers and names with more than one meaning."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date


def zonder_accenten(tekst: str) -> str:
    """A text in lower case, its letters without accents."""
    klein = tekst.lower()
    if klein.isascii():
        return klein
    return "".join(t for t in unicodedata.normalize("NFKD", klein) if not unicodedata.combining(t))


def normaal(naam: str) -> str:
    """A name without case, accents and punctuation: "'s-Gravenhage" is "sgravenhage"."""
    klein = naam.lower()
    ontleed = klein if klein.isascii() else unicodedata.normalize("NFKD", klein)
    return ontleed if ontleed.isalnum() else "".join(filter(str.isalnum, ontleed))


@dataclass(frozen=True)
class Gemeente:
    """A gemeente with the regions it belongs to; `herkomst_*` and `jaar_*` say how sure that is.

    `vanaf` and `tot` (jjjj-mm-dd, empty where it was always or is still there) say on which days
    it exists: from `vanaf` up to the day before `tot`.
    """

    code: str
    naam: str
    provincie: str
    am_code: str
    arbeidsmarktregio: str
    jaar_am: int
    rmc_nummer: int
    doorstroompuntregio: str
    jaar_rmc: int
    herkomst_rmc: str
    centrumgemeente: str
    contactgemeente: str
    opmerking: str
    vanaf: str = ""
    tot: str = ""

    def bestaat_op(self, dag: date) -> bool:
        """Whether this gemeente is there on `dag`."""
        return self.vanaf <= dag.isoformat() and not (self.tot and self.tot <= dag.isoformat())


@dataclass(frozen=True)
class Naam:
    """One name that leads to a gemeente, and what sort of name it is."""

    naam: str
    code: str
    soort: str


@dataclass(frozen=True)
class Herindeling:
    """A gemeente that went, or is to go, into another; `dorpen` where only those places did."""

    oude_naam: str
    oude_code: str
    nieuwe_code: str
    datum: date
    dorpen: tuple[str, ...] = ()
    voorgenomen: bool = False


@dataclass(frozen=True)
class Dubbelzinnig:
    """A name with more than one meaning; `vraag` is what to ask, `voorkeur` the likeliest."""

    naam: str
    codes: tuple[str, ...]
    soort: str
    vraag: str
    voorkeur: str | None


@dataclass(frozen=True)
class GewoonWoord:
    """An everyday word that is also a place ("Wouw"); some only where a place was asked for ("Oranje")."""

    woord: str
    alleen_gevraagd: bool


@dataclass
class Plaatstabellen:
    """The reference tables as read from files or store."""

    gemeenten: list[Gemeente] = field(default_factory=list)
    namen: list[Naam] = field(default_factory=list)
    herindelingen: list[Herindeling] = field(default_factory=list)
    dubbelzinnig: list[Dubbelzinnig] = field(default_factory=list)
    gewone_woorden: list[GewoonWoord] = field(default_factory=list)
