"""The shapes of the content: article, source, amount, term. Field names are those of the files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum
from typing import Literal, Optional, Union

from pydantic import BaseModel, Extra, Field, root_validator, validator

Slug = Field(regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")


class Doelgroep(str, Enum):
    """For whom an answer is written."""

    PROFESSIONAL = "professional"
    OUD_LEERLING = "oud-leerling"
    COACH = "coach"

    @property
    def handeling(self) -> str:
        """The act of saying that one is this."""
        return f"doelgroep_{self.value.replace('-', '_')}"


class Zekerheid(str, Enum):
    """How sure a fact is, as its researcher judged it."""

    HOOG = "hoog"
    MIDDEL = "middel"
    LAAG = "laag"


MAX_WOORDEN_PASSAGE = 30
HOUDBAAR_NA_CONTROLE = timedelta(days=365)
"""How long after its review date an article is still told, with a warning. Later it is refused:
law changes every January, and nobody has looked."""
ZEKERHEDEN = (Zekerheid.LAAG, Zekerheid.MIDDEL, Zekerheid.HOOG)
"""From least to most certain."""


class Bestandsdeel(BaseModel):
    """Base of everything read from a file: an unknown or misspelled field is an error."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Bron(Bestandsdeel):
    """A document that facts rest on. `url` is empty where no address is known."""

    titel: str
    uitgever: str
    soort: Literal["wet", "document", "webpagina"]
    datum: Optional[str] = Field(None, regex=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    url: Optional[str] = Field(None, regex=r"^https?://\S+$")
    toelichting: Optional[str] = None


class Bronverwijzing(Bestandsdeel):
    """Where in a source it stands, and as of which day that source was read."""

    bron: str = Slug
    plek: Optional[str] = None
    peildatum: Union[date, Literal["onbekend"]]


class Periode(Bestandsdeel):
    """A closed range of days; without `geldig_tot` it runs until further notice."""

    geldig_vanaf: date
    geldig_tot: Optional[date] = None

    @root_validator(skip_on_failure=True)
    def _end_after_start(cls, values: dict[str, object]) -> dict[str, object]:
        start, end = values["geldig_vanaf"], values["geldig_tot"]
        if end is not None and end < start:  # type: ignore[operator]
            raise ValueError(f"geldig_tot ({end}) ligt voor geldig_vanaf ({start})")
        return values

    def dekt(self, dag: date) -> bool:
        """Whether this period holds on `dag`."""
        return self.geldig_vanaf <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)


class Bedragwaarde(Bestandsdeel):
    """One value of an amount with the days it holds and the source it rests on."""

    vanaf: date
    tot: Optional[date] = None
    waarde: float
    bron: str = Slug
    plek: Optional[str] = None
    peildatum: Union[date, Literal["onbekend"]]
    zekerheid: Zekerheid
    voorbehoud: Optional[str] = None

    def dekt(self, dag: date) -> bool:
        """Whether this value holds on `dag`."""
        return self.vanaf <= dag and (self.tot is None or dag <= self.tot)


class Bedrag(Bestandsdeel):
    """An amount of money or a percentage, with all its values through time."""

    naam: str
    eenheid: Literal["euro", "procent"]
    waarden: list[Bedragwaarde] = Field(min_items=1)


class Begrip(Bestandsdeel):
    """A term of the field, exact for professionals and plain for everybody."""

    term: str
    voluit: Optional[str] = None
    ook: list[str] = []
    vroeger: list[str] = []
    uitleg: str
    eenvoudig: str
    niet_verwarren_met: Optional[str] = None
    artikel: Optional[str] = None
    bronnen: list[Bronverwijzing] = []


class Grens(Bestandsdeel):
    """A neighbouring subject that the kennisbank does not hold, and where to go with it."""

    onderwerp: str
    waarheen: str
    vragen: list[str] = Field(min_items=1)


class Leeftijdsdeel(Bestandsdeel):
    """What is different when the youngster is `van` to `tot` years old (both included)."""

    van: int
    tot: int
    tekst: str


class Wijziging(Bestandsdeel):
    """What changes from a day on, announced before it and told after it."""

    vanaf: date
    tekst: str


class Artikel(Periode):
    """One version of one article: the header of its file plus its texts."""

    id: str = Slug
    thema: str = Slug
    titel: str
    knop: str = Field(max_length=40)
    vragen: dict[Doelgroep, list[str]]
    leeftijden: list[int]
    gecontroleerd_op: date
    controleer_voor: date
    zekerheid: Zekerheid
    lokaal: Literal["ja", "nee"]
    moeilijk_omdat: Optional[str] = None
    bronnen: list[Bronverwijzing] = Field(min_items=1)
    verwant: list[str] = []
    teksten: dict[Doelgroep, str]
    per_leeftijd: list[Leeftijdsdeel] = []
    wijzigingen: list[Wijziging] = []

    @validator("lokaal", pre=True)
    def _yaml_boolean(cls, value: object) -> object:
        """YAML 1.1 reads a bare `ja`/`nee` as text but `yes`/`no` as a boolean; accept both."""
        return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value

    @validator("vragen", pre=True)
    def _every_doelgroep(cls, value: object) -> object:
        if not isinstance(value, dict) or set(value) != {d.value for d in Doelgroep}:
            raise ValueError(
                "geef vragen per doelgroep: professional, oud-leerling en coach, elk met een lijst"
            )
        return value

    def geldt_op(self, dag: date) -> bool:
        """Whether this version may be told for `dag`: it holds then and its review is not long overdue."""
        return self.dekt(dag) and dag <= self.controleer_voor + HOUDBAAR_NA_CONTROLE

    def alle_vragen(self) -> list[str]:
        """The example questions of all doelgroepen, in file order."""
        return [vraag for vragen in self.vragen.values() for vraag in vragen]

    def passages(self) -> list[str]:
        """Title, choice and the paragraphs of the texts, without markup: the article's own words."""
        alineas = (alinea for tekst in self.teksten.values() for alinea in tekst.split("\n\n"))
        kaal = (re.sub(r"\*\*|\{\{.*?\}\}", "", alinea) for alinea in alineas)
        begin = [" ".join(alinea.split()[:MAX_WOORDEN_PASSAGE]) for alinea in kaal if len(alinea.split()) > 4]
        return [self.titel, self.knop, *begin]

    def leeftijdsdeel(self, leeftijd: int | None) -> str | None:
        """The text for this age, or None where the article says nothing special about it."""
        if leeftijd is None:
            return None
        passend = (deel.tekst for deel in self.per_leeftijd if deel.van <= leeftijd <= deel.tot)
        return next(passend, None)
