"""What the page may send: exactly these fields, within these bounds."""

from __future__ import annotations

from typing import Optional

from pydantic import BaseModel, ConstrainedStr, Extra, StrictBool

from bot.kanalen.web.sessie import Gezicht
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


class OordeelInvoer(Invoer):
    """A thumb on the last answer."""

    goed: StrictBool
    opmerking: Optional[Opmerking] = None


class GesprekInvoer(Invoer):
    """A conversation, and nothing more."""
