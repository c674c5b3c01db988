"""Finds text that was copied: runs of words that a text shares with a source document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

MAX_GEDEELDE_WOORDEN = 8
"""Longest run of words that a text of ours may share with a source document."""
_WOORD = re.compile(r"[^\W_]+")


class Brontekst:
    """A source document, ready to compare with."""

    def __init__(self, naam: str, tekst: str) -> None:
        self.naam = naam
        self._reeksen = set(_reeksen(_woorden(tekst)))

    def gedeeld(self, tekst: str) -> list[str]:
        """The runs of words that `tekst` shares and that are too long; runs that overlap are joined."""
        woorden = _woorden(tekst)
        gevonden: list[tuple[int, int]] = []
        for begin, reeks in enumerate(_reeksen(woorden)):
            if reeks not in self._reeksen:
                continue
            eind = begin + len(reeks)
            if gevonden and begin < gevonden[-1][1]:
                gevonden[-1] = (gevonden[-1][0], eind)
            else:
                gevonden.append((begin, eind))
        return [" ".join(woorden[begin:eind]) for begin, eind in gevonden]


def read_bronteksten(map_: Path) -> list[Brontekst]:
    """All text files of a folder."""
    return [Brontekst(pad.name, pad.read_text(encoding="utf-8")) for pad in sorted(map_.glob("*.txt"))]


def _woorden(tekst: str) -> list[str]:
    return _WOORD.findall(tekst.lower())


def _reeksen(woorden: list[str]) -> Iterator[tuple[str, ...]]:
    lengte = MAX_GEDEELDE_WOORDEN + 1
    return (tuple(woorden[i : i + lengte]) for i in range(len(woorden) - lengte + 1))
