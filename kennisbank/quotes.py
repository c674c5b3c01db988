"""Words of an article that something else rests on: a picture, a step of a learning path.

What quotes an article cannot contradict it: when the words are gone, the check says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank.model import Artikel


def zegt(artikel: Artikel, woorden: str) -> bool:
    """Whether these words stand in one of the texts of `artikel`, whatever their markup."""
    return any(kaal(woorden) in kaal(tekst) for tekst in teksten(artikel))


def teksten(artikel: Artikel) -> Iterator[str]:
    """Everything in `artikel` that holds now: its texts and what is different at an age."""
    yield from artikel.teksten.values()
    yield from (deel.tekst for deel in artikel.per_leeftijd)


def kaal(tekst: str) -> str:
    """`tekst` on one line, without bold."""
    return " ".join(tekst.replace("**", "").split())
