"""Word lists, and how common a word is: what the finders know of Dutch."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from wordfreq import zipf_frequency

from bot.lists import read_lists
from kennisbank.place_tables import zonder_accenten


def opzoekvorm(woord: str) -> str:
    """A word without case and accents, to look it up."""
    return zonder_accenten(woord.replace("’", "'").replace("ı", "i"))


LIJSTEN = read_lists(Path(__file__).with_name("namen.txt"))


def woordenlijst(lijst: str) -> frozenset[str]:
    """The words of a list of namen.txt, ready to look up."""
    return frozenset(map(opzoekvorm, LIJSTEN[lijst]))


def einden_van(lijst: str) -> re.Pattern[str]:
    """One expression for the endings in a list of namen.txt."""
    return re.compile(rf"(?:{'|'.join(LIJSTEN[lijst])})$")


def keuze(lijst: str) -> str:
    """The entries of a list of namen.txt as one group of an expression; an entry may be an expression."""
    return rf"(?:{'|'.join(LIJSTEN[lijst])})"


@lru_cache(maxsize=8192)
def _zipf(woord: str) -> float:
    return float(zipf_frequency(woord.replace("’", "'"), "nl"))


def zeldzaam(woord: str, grens: float) -> bool:
    """Whether the word is less common in Dutch than `grens` (Zipf scale, 7 is most common)."""
    return _zipf(woord) < grens


GETAL_IN_LETTERS = (
    r"(?:(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:en|ën)?"
    r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))|nul|een|één|twee|drie|vier|vijf"
    r"|zes|zeven|acht|negen|tien|elf|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien)"
)
