"""Finds which term of the field a sentence asks about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from kennisbank.model import Begrip
from kennisbank.places import normaal

_TOKEN = re.compile(r"[^\W_]+")
_MAX_TOKENS = 6
_GELIJKENIS = 85.0
_MIN_LENGTE_TYPEFOUT = 5


class Begrippenlijst:
    """Looks terms up by any name they have: abbreviation, full name, synonym or old name."""

    def __init__(self, begrippen: Mapping[str, Begrip]) -> None:
        self._sleutel: dict[str, str] = {}
        for sleutel, begrip in begrippen.items():
            namen = [begrip.term, begrip.voluit or "", *begrip.ook, *begrip.vroeger]
            for naam in namen:
                if naam:
                    self._sleutel.setdefault(_naam(naam), sleutel)

    def zoek(self, tekst: str) -> str | None:
        """The key of the longest term in `tekst`, else of one that a word misspells, else None."""
        tokens = [token[0] for token in _TOKEN.finditer(tekst.replace("+", "plus"))]
        for lengte in range(min(_MAX_TOKENS, len(tokens)), 0, -1):
            for begin in range(len(tokens) - lengte + 1):
                sleutel = self._sleutel.get(normaal("".join(tokens[begin : begin + lengte])))
                if sleutel:
                    return sleutel
        for token in sorted(tokens, key=len, reverse=True):
            if len(token) >= _MIN_LENGTE_TYPEFOUT:
                beste = process.extractOne(
                    normaal(token), self._sleutel.keys(), scorer=fuzz.ratio, score_cutoff=_GELIJKENIS
                )
                if beste:
                    return self._sleutel[beste[0]]
        return None


def _naam(naam: str) -> str:
    """A name as it is compared: "Route Arbeid+" is another route than "Route Arbeid"."""
    return normaal(naam.replace("+", "plus"))
