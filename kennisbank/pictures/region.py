"""The arbeidsmarktregio's as schemes: no borders are at hand, so no map is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kennisbank.places import Gemeente

_ONZEKER = ("kennis", "bron-onzeker")


@dataclass(frozen=True)
class Groep:
    """The gemeenten of an arbeidsmarktregio that share a Doorstroompunt region."""

    nummer: int
    naam: str
    gemeenten: tuple[str, ...]


@dataclass(frozen=True)
class Regio:
    """An arbeidsmarktregio; `onzeker` are the gemeenten whose Doorstroompunt region no source confirms."""

    code: str
    naam: str
    centrumgemeente: str
    jaar: int
    groepen: tuple[Groep, ...]
    onzeker: frozenset[str]


def regios(gemeenten: Iterable[Gemeente]) -> Iterator[Regio]:
    """Every arbeidsmarktregio, by code."""
    per_regio: dict[str, list[Gemeente]] = {}
    for gemeente in sorted(gemeenten, key=lambda gemeente: gemeente.naam):
        per_regio.setdefault(gemeente.am_code, []).append(gemeente)
    for code, leden in sorted(per_regio.items()):
        groepen: dict[int, list[Gemeente]] = {}
        for lid in leden:
            groepen.setdefault(lid.rmc_nummer, []).append(lid)
        yield Regio(
            code,
            leden[0].arbeidsmarktregio,
            leden[0].centrumgemeente,
            leden[0].jaar_am,
            tuple(
                Groep(nummer, samen[0].doorstroompuntregio, tuple(lid.naam for lid in samen))
                for nummer, samen in sorted(groepen.items())
            ),
            frozenset(lid.naam for lid in leden if lid.herkomst_rmc in _ONZEKER or not lid.jaar_rmc),
        )


def naam_van_schema(gemeente: Gemeente) -> str:
    """The name of the picture of the region of a gemeente, with that gemeente marked."""
    return f"regio-{gemeente.code.lower()}"
