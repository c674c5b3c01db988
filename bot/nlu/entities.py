"""What a message names: places, an age, a term. Free of Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from wordfreq import zipf_frequency

from kennisbank.glossary import Begrippenlijst
from kennisbank.places import Plaatsvondst, Plaatswijzer, Verwacht

MASKER = "plaatsnaam"
_GETALLEN = {
    "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19, "twintig": 20, "eenentwintig": 21, "tweeentwintig": 22,
    "tweeëntwintig": 22, "drieentwintig": 23, "drieëntwintig": 23, "vierentwintig": 24,
    "vijfentwintig": 25, "zesentwintig": 26, "zevenentwintig": 27, "dertig": 30,
}  # fmt: skip
_ONTHOUDEN = 64
"""Messages of which is remembered what places they name."""
_GETAL = r"(?P<getal>1[2-9]|2\d|30|" + "|".join(_GETALLEN) + ")"
_GEEN_LEEFTIJD = (
    r"euro|uur|weken|week|dagen|dag|maanden|maand|procent|%|km|leerlingen|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)
"""What follows a number that is no age."""
_LEEFTIJD = re.compile(
    rf"(?P<bijna>\b(?:bijna|nog geen|net geen|word(?:t|en)?(?: \w+)?(?: \w+)?)\s+)?"
    rf"(?<![\d.,€/:-])(?<!€ )\b{_GETAL}(?:[;,]\d{{1,2}})?\b"
    rf"(?!\s*(?:{_GEEN_LEEFTIJD}))(?![\d/:-]|[.,]\d)",
    re.IGNORECASE,
)
_VERWIJZING = re.compile(
    r"\b(?:art|artt|artikel|artikelen|lid|leden|par|paragraaf|hoofdstuk|bijlage|blz)\b\.?\s*\d[\w:.]*"
    r"(?:\s*(?:,|-|en|of|tot|t/m)\s*\d[\w:.]*)*",
    re.IGNORECASE,
)
"""Numbers that point into a law or document: no ages."""
_VRAAGWOORDEN = frozenset(
    [
        "wie",
        "wat",
        "waar",
        "welke",
        "welk",
        "hoe",
        "wanneer",
        "waarom",
        "kan",
        "kun",
        "kunnen",
        "mag",
        "moet",
        "heb",
        "heeft",
        "krijg",
        "krijgt",
        "is",
    ]
)
_ONTKEND = re.compile(r"\b(?:niet|geen)(?: (?:in|uit|van|gemeente))?\s*$", re.IGNORECASE)
"""What stands before a place that is named only to say that it is another one."""
_FUNCTIEWOORD = 5.3
"""Zipf frequency from which a word carries no topic of its own ("en", "als", "hij", "dan")."""


@dataclass(frozen=True)
class Genoemd:
    """What one message names."""

    plaatsen: list[Plaatsvondst]
    leeftijd: int | None
    begrip: str | None
    gemaskeerd: str

    def als_entiteiten(self) -> list[dict[str, Any]]:
        """The same in Rasa's entity format."""
        gevonden: list[dict[str, Any]] = []
        for plaats in self.plaatsen:
            soort, waarde = ("gemeente", plaats.codes[0]) if plaats.zeker else ("plaats", plaats.tekst)
            gevonden.append({"entity": soort, "value": waarde, "start": plaats.begin, "end": plaats.eind})
        if self.leeftijd is not None:
            gevonden.append({"entity": "leeftijd", "value": self.leeftijd, "start": 0, "end": 0})
        if self.begrip is not None:
            gevonden.append({"entity": "begrip", "value": self.begrip, "start": 0, "end": 0})
        return gevonden

    @property
    def vragend(self) -> bool:
        """Whether the message has a question word."""
        return bool(_VRAAGWOORDEN & set(re.findall(r"[^\W_]+", self.gemaskeerd.lower())))

    @property
    def elliptisch(self) -> bool:
        """Whether the message is only a place or an age with function words: "en in Assen dan?"."""
        if not self.plaatsen and self.leeftijd is None:
            return False
        rest = [w for w in re.findall(r"[^\W_]+", self.gemaskeerd.lower()) if w != MASKER and not w.isdigit()]
        rest = [w for w in rest if w not in _GETALLEN and w != "gemeente"]
        if self.plaatsen and rest[:1] == ["is"]:
            return False
        vragend = any(w in _VRAAGWOORDEN - {"is", "heeft"} for w in rest)
        return not vragend and len(rest) <= 6 and all(zipf_frequency(w, "nl") >= _FUNCTIEWOORD for w in rest)


class Herkenner:
    """Recognises what a message names."""

    def __init__(self, plaatsen: Plaatswijzer, begrippen: Begrippenlijst) -> None:
        # A message is looked through for what it names and again to mask that: once is enough.
        self._zoek = lru_cache(_ONTHOUDEN)(plaatsen.zoek)
        self._begrippen = begrippen

    def herken(self, tekst: str, dag: date, verwacht: Verwacht = Verwacht.NIET) -> Genoemd:
        """Places as of `dag`, age in years and the term asked about."""
        plaatsen = self._zoek(tekst, dag, verwacht)
        bedoeld = [plaats for plaats in plaatsen if not _ONTKEND.search(tekst[: plaats.begin])] or plaatsen
        return Genoemd(bedoeld, leeftijd(tekst), self._begrippen.zoek(tekst), _masked(tekst, plaatsen))

    def masker(self, tekst: str) -> str:
        """`tekst` with every place replaced by one word."""
        return _masked(tekst, self._zoek(tekst, date.today(), Verwacht.NIET))


def leeftijd(tekst: str) -> int | None:
    """The age in years that `tekst` names ("bijna 18" is 17), or None."""
    treffer = _LEEFTIJD.search(_VERWIJZING.sub("", tekst))
    if treffer is None:
        return None
    ruw = treffer["getal"].lower()
    jaren = _GETALLEN.get(ruw) or int(ruw)
    return jaren - 1 if treffer["bijna"] else jaren


def _masked(tekst: str, plaatsen: list[Plaatsvondst]) -> str:
    for plaats in reversed(plaatsen):
        tekst = tekst[: plaats.begin] + MASKER + tekst[plaats.eind :]
    return tekst
