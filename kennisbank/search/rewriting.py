"""Rewrites a sentence into the words of the field before it is compared with others.

Two things only: a misspelled word of the field is spelled right, and behind an abbreviation or
an old name comes what it stands for. "dagbestding via de wmo" becomes "dagbesteding via de wmo
(Wet maatschappelijke ondersteuning)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wordfreq import zipf_frequency

from kennisbank.model import Begrip
from kennisbank.places import normaal

_STUK = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|\s+|.", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+")
_MIN_LENGTE = 6
_GELIJKENIS = 0.8
_GEWOON_WOORD = 2.6
"""Zipf frequency from which a word is Dutch and no misspelling."""
_MIN_IN_TEKST, _MIN_IN_VRAGEN = 2, 8
_MAX_WOORDEN_BEGRIP = 5
_ONTHOUDEN = 20_000
"""Unknown words whose nearest word is remembered; more than all training sentences have together."""


class Herschrijver:
    """Knows the words of the articles and the names of the terms."""

    def __init__(
        self, begrippen: Mapping[str, Begrip], teksten: Iterable[str], vragen: Iterable[str]
    ) -> None:
        """`teksten` are written with care; a word of `vragen` counts only when many use it."""
        in_tekst, in_vragen = _count(teksten), _count(vragen)
        in_begrippen = {
            woord
            for begrip in begrippen.values()
            for naam in _namen(begrip)
            for woord in _LETTERS.findall(naam.lower())
        }
        vak = in_begrippen | {w for w, n in in_tekst.items() if n >= _MIN_IN_TEKST}
        vak |= {w for w, n in in_vragen.items() if n >= _MIN_IN_VRAGEN}
        self._bekend = vak | set(in_tekst)
        self._doelen = sorted(woord for woord in vak if len(woord) >= _MIN_LENGTE)
        self._voluit = {
            normaal(naam): begrip.voluit or begrip.term
            for begrip in begrippen.values()
            for naam in _namen(begrip)
        }
        self._nearest = lru_cache(_ONTHOUDEN)(self._search)

    def __call__(self, tekst: str) -> str:
        """`tekst` with its words of the field spelled right, and full names behind it."""
        goed = "".join(self._herstel(stuk) for stuk in _STUK.findall(tekst))
        erbij = [naam for naam in self._namen_in(goed) if naam.lower() not in goed.lower()]
        return f"{goed} ({', '.join(erbij)})" if erbij else goed

    def _herstel(self, woord: str) -> str:
        klein = woord.lower()
        if len(klein) < _MIN_LENGTE or not klein[0].isalpha() or klein in self._bekend:
            return woord
        return self._nearest(klein) or woord

    def _search(self, woord: str) -> str:
        """The word of the field that `woord` misspells, or an empty string."""
        if zipf_frequency(woord, "nl") >= _GEWOON_WOORD:
            return ""
        gevonden = process.extractOne(
            woord,
            self._doelen,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_GELIJKENIS,
        )
        return gevonden[0] if gevonden else ""

    def _namen_in(self, tekst: str) -> list[str]:
        """The full names of the terms in `tekst`, longest match first, each once."""
        woorden = re.findall(r"[^\W_]+", tekst)
        gevonden: dict[str, None] = {}
        plek = 0
        while plek < len(woorden):
            for lengte in range(min(_MAX_WOORDEN_BEGRIP, len(woorden) - plek), 0, -1):
                naam = self._voluit.get(normaal("".join(woorden[plek : plek + lengte])))
                if naam:
                    gevonden[naam] = None
                    plek += lengte - 1
                    break
            plek += 1
        return list(gevonden)


def _namen(begrip: Begrip) -> list[str]:
    return [naam for naam in (begrip.term, begrip.voluit, *begrip.ook, *begrip.vroeger) if naam]


def _count(teksten: Iterable[str]) -> Counter[str]:
    return Counter(woord for tekst in teksten for woord in _LETTERS.findall(tekst.lower()))
