"""Words of an article that something else rests on: a picture, a step of a learning path.

What quotes an article cannot contradict it: when the words are gone, the check says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank.model import Artikel, Doelgroep

_VOLGORDE = (Doelgroep.COACH, Doelgroep.PROFESSIONAL, Doelgroep.OUD_LEERLING)


def zegt(artikel: Artikel, woorden: str) -> bool:
    """Whether these words stand in one of the texts of `artikel`, whatever their markup."""
    return any(kaal(woorden) in kaal(tekst) for tekst in teksten(artikel))


def teksten(artikel: Artikel) -> Iterator[str]:
    """Everything in `artikel` that holds now: its texts and what is different at an age."""
    yield from artikel.teksten.values()
    yield from (deel.tekst for deel in artikel.per_leeftijd)


def alinea(artikel: Artikel, begin: str) -> str | None:
    """The paragraph, or the item of a list, that begins with these words; the coach's text comes first."""
    volgorde = sorted(artikel.teksten, key=_VOLGORDE.index)
    stukken = [stuk for doelgroep in volgorde for stuk in _stukken(artikel.teksten[doelgroep])]
    return next((stuk for stuk in stukken if kaal(stuk).startswith(kaal(begin))), None)


def _stukken(tekst: str) -> Iterator[str]:
    for blok in tekst.split("\n\n"):
        yield blok
        yield from (regel.removeprefix("- ") for regel in blok.split("\n") if regel.startswith("- "))


def kaal(tekst: str) -> str:
    """`tekst` on one line, without bold."""
    return " ".join(tekst.replace("**", "").split())
