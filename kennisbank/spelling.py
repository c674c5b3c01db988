"""Finds the place name that a misspelled word means: by its sound, else by its letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

MIN_LENGTE = 5
"""Shorter names have too many neighbours that are ordinary words."""
_LANG = 8
"""From here two letters may be wrong."""
_KLANKEN = [
    (re.compile(patroon), naar)
    for patroon, naar in (
        ("sch$", "s"), ("ch", "g"), ("ij|ei", "y"), ("ie", "i"), ("ph", "f"), ("th", "t"),
        ("c(?=[eiy])|z", "s"), ("c|q", "k"), ("x", "ks"), ("v", "f"), ("ou", "au"), ("ae", "a"),
        ("dt$|d$", "t"), ("en$", "e"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def klank(sleutel: str) -> str:
    """A name as it sounds in Dutch: "papendregt" and "papendrecht" are one."""
    for patroon, naar in _KLANKEN:
        sleutel = patroon.sub(naar, sleutel)
    return sleutel


class Spelling:
    """Names (normalised) that may be misspelled."""

    def __init__(self, namen: Iterable[str]) -> None:
        self._namen = sorted({naam for naam in namen if len(naam) >= MIN_LENGTE and naam.isalpha()})
        self._bekend = frozenset(self._namen)
        self._op_klank: dict[str, list[str]] = defaultdict(list)
        for naam in self._namen:
            self._op_klank[klank(naam)].append(naam)

    def zelfde_klank(self, sleutel: str) -> Sequence[str]:
        """The names that sound the same but are written in another way."""
        return () if sleutel in self._bekend else self._op_klank.get(klank(sleutel), ())

    def dichtbij(self, sleutel: str, ruim: bool = True) -> Sequence[str]:
        """The nearest names, one letter off; two in a long name where `ruim`."""
        grens = 2 if len(sleutel) >= _LANG and ruim else 1
        treffers = process.extract(
            sleutel, self._namen, scorer=DamerauLevenshtein.distance, score_cutoff=grens, limit=4
        )
        # A first letter is seldom mistyped; requiring it keeps ordinary words out.
        treffers = [t for t in treffers if t[0][0] == sleutel[0]]
        return [naam for naam, afstand, _ in treffers if 0 < afstand == treffers[0][1]]
