"""What stands on a picture. Every statement names the article, and the words in it, that say so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Literal, Optional, Union

from pydantic import Field, validator

from kennisbank.model import Bestandsdeel, Slug

ZACHT_STREEPJE = "\u00ad"
"""Where a long word may be broken on a picture; it is in no word that is read or spoken."""


def zonder_streepje(tekst: str) -> str:
    """`tekst` without the places where a word may break."""
    return tekst.replace(ZACHT_STREEPJE, "")


class Punt(Bestandsdeel):
    """One statement: what is drawn, and the words of an article (`zin`) that it rests on."""

    tekst: str
    artikel: str = Slug
    zin: str


class Verandering(Punt):
    """What begins, stops or becomes different at an age."""

    wat: Literal["begint", "stopt", "anders"]


class Duur(Punt):
    """What holds from one birthday until another."""

    van: int
    tot: int


class Moment(Bestandsdeel):
    """A birthday that matters."""

    leeftijd: int
    punten: list[Verandering] = Field(min_items=1)


class _Blad(Bestandsdeel):
    """What every sheet has: a title, where it holds, and the articles (`bij`) that it goes with."""

    titel: str
    bij: list[str] = Field(min_items=1)
    waar: Optional[Punt] = None


class Leeftijdslijn(_Blad):
    """Ages as a line: what lasts how long, and what happens on which birthday."""

    soort: Literal["leeftijdslijn"]
    van: int
    tot: int
    duren: list[Duur]
    momenten: list[Moment]

    def punten(self) -> Iterator[Punt]:
        """Every statement on the sheet."""
        return chain(_een(self.waar), self.duren, *(moment.punten for moment in self.momenten))


class Stap(Bestandsdeel):
    """One step; `naast` puts it beside the step before it, where the road forks."""

    teken: str = Field(max_length=4)
    kop: str
    naast: bool = False
    punten: list[Punt] = Field(min_items=1)


class Stappenplaat(_Blad):
    """A road in steps."""

    soort: Literal["stappen"]
    stappen: list[Stap] = Field(min_items=1)

    @validator("stappen")
    def _first_stands_alone(cls, stappen: list[Stap]) -> list[Stap]:
        if stappen[0].naast:
            raise ValueError("de eerste stap kan niet naast een andere staan")
        return stappen

    def punten(self) -> Iterator[Punt]:
        """Every statement on the sheet."""
        return chain(_een(self.waar), *(stap.punten for stap in self.stappen))


class Rol(Bestandsdeel):
    """Somebody around the youngster, and what they do."""

    naam: str
    punten: list[Punt] = Field(min_items=1)


class Rondom(_Blad):
    """One youngster in the middle, everybody else around."""

    soort: Literal["rondom"]
    midden: str
    rollen: list[Rol]

    def punten(self) -> Iterator[Punt]:
        """Every statement on the sheet."""
        return chain(_een(self.waar), *(rol.punten for rol in self.rollen))


Soort = Union[Leeftijdslijn, Stappenplaat, Rondom]


class Blad(Bestandsdeel):
    """A file of `beelden/`: one sheet of one of the sorts."""

    __root__: Annotated[Soort, Field(discriminator="soort")]


def _een(punt: Punt | None) -> list[Punt]:
    return [punt] if punt else []
