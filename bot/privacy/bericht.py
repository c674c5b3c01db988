"""The message as the finders see it, and what a finder yields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

Plaatstoets = Callable[[str], bool]


@dataclass(frozen=True)
class Vondst:
    """One piece of personal data."""

    begin: int
    eind: int
    soort: str


@dataclass(frozen=True)
class Bericht:
    """The message as a finder sees it: what was found before is blinded, positions stay the same."""

    tekst: str
    is_plaats: Plaatstoets
    vandaag: date


Zoeker = Callable[[Bericht], Iterable[Vondst]]


BLIND = "\0"


def pattern(*delen: str) -> re.Pattern[str]:
    """The parts as one regular expression that does not look at case."""
    return re.compile("".join(delen), re.IGNORECASE)


def vondsten(patroon: re.Pattern[str], tekst: str, soort: str) -> Iterator[Vondst]:
    """A find for each place where the expression fits."""
    for treffer in patroon.finditer(tekst):
        yield Vondst(treffer.start(), treffer.end(), soort)


def ervoor(bericht: Bericht, begin: int) -> str:
    """The text before a position, no more than what can matter: long messages stay fast."""
    return bericht.tekst[max(0, begin - _TERUGBLIK) : begin]


_TERUGBLIK = 100


def alleen_cijfers(tekst: str) -> str:
    """The digits of a text."""
    return "".join(teken for teken in tekst if teken.isdigit())
