"""What the page may send: exactly these fields, within these bounds."""

from __future__ import annotations

from typing import Any, Optional

from pydantic import BaseModel, ConstrainedStr, Extra, StrictBool

from bot.kanalen.web.sessie import Gezicht
from bot.opdrachten import OPMERKING
from kennisbank.model import Doelgroep

MAX_TEKST = 20_000
MAX_OPMERKING = 1_000


class Naam(ConstrainedStr):
    """A name that a page made up: of a conversation or a message."""

    strict = True
    regex = r"^[A-Za-z0-9_-]{8,64}\Z"


class Tekst(ConstrainedStr):
    """What somebody typed."""

    strict = True
    min_length = 1
    max_length = MAX_TEKST


class Opmerking(ConstrainedStr):
    """A remark with a thumb."""

    strict = True
    max_length = MAX_OPMERKING


class Gemeentecode(ConstrainedStr):
    """A gemeente by its CBS code."""

    strict = True
    regex = r"^GM[0-9]{4}\Z"


class Leerstand(ConstrainedStr):
    """How far somebody is on the learning path, as an earlier answer told it."""

    strict = True
    max_length = MAX_TEKST


class Invoer(BaseModel):
    """Names the face and the conversation of the page that calls."""

    gezicht: Gezicht
    gesprek: Naam

    class Config:
        extra = Extra.forbid


class Vooraf(BaseModel):
    """What the visitor chose, or let this device remember, before the first message."""

    doelgroep: Optional[Doelgroep] = None
    gemeente: Optional[Gemeentecode] = None
    leren: Optional[Leerstand] = None

    class Config:
        extra = Extra.forbid


class BerichtInvoer(Invoer):
    """A message; `vooraf` comes with the first one of a conversation."""

    bericht_id: Naam
    tekst: Tekst
    keuze: StrictBool = False
    vooraf: Optional[Vooraf] = None


class FormulierInvoer(BaseModel):
    """What the page sends without scripts: what was typed, or the button that was pressed instead."""

    gesprek: Naam
    bericht_id: Naam
    tekst: Optional[Tekst] = None
    payload: Optional[Tekst] = None
    vast: Optional[Tekst] = None
    opmerking: Optional[Opmerking] = None
    doelgroep: Optional[Doelgroep] = None

    def als_bericht(self, gezicht: Gezicht) -> dict[str, Any]:
        """The fields of the message that it stands for."""
        met_opmerking = self.opmerking and self.vast == f"/{OPMERKING}"
        vast = f"{self.vast} {self.opmerking}" if met_opmerking else self.vast
        return {
            "gezicht": gezicht,
            "gesprek": self.gesprek,
            "bericht_id": self.bericht_id,
            "tekst": self.payload or vast or self.tekst,
            "keuze": self.payload is not None,
            "vooraf": {"doelgroep": self.doelgroep},
        }


class OordeelInvoer(Invoer):
    """A thumb on the last answer."""

    goed: StrictBool
    opmerking: Optional[Opmerking] = None


class GesprekInvoer(Invoer):
    """A conversation, and nothing more."""
