"""How likely it is that somebody is in danger: what the classifier sees, weighed against three other signs.

One is the language of danger: "als ze me korten hang ik me op" is like no training sentence, yet means
one thing only. Another is the nearest sentences: of those in danger, of those that only sound like
it, and of all others. The last is how plainly the message asks about an article: "ik huil de hele dag,
mijn contract stopt" is sad, and a question. How much each weighs, and how much a joke, a lesson or the
past takes away, is learned from sentences that the classifier had not seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.lists import read_lists
from kennisbank.place_tables import zonder_accenten
from kennisbank.search.patterns import Patronen

_LIJSTEN = read_lists(Path(__file__).with_name("gevaarstaal.txt"))
_KLEINSTE_KANS = 1e-4
_EINDE_ZIN = re.compile(r"(?<=[.!?…])\s+|\n+")


def signs(kans: np.ndarray, buren: np.ndarray, taal: np.ndarray, artikel: np.ndarray) -> np.ndarray:
    """The row of each sentence, from the classifier's chance, its neighbours and `danger_language`.

    `artikel` is the chance of its likeliest article.
    """
    gevaar, vraag = _log_odds(kans), _log_odds(artikel)
    return np.column_stack([gevaar, buren, taal, vraag, gevaar * vraag])


def _log_odds(kans: np.ndarray) -> np.ndarray:
    begrensd = np.clip(kans, _KLEINSTE_KANS, 1 - _KLEINSTE_KANS)
    return np.asarray(np.log(begrensd / (1 - begrensd)))


def danger_language(teksten: Sequence[str]) -> np.ndarray:
    """Which phrases of gevaarstaal.txt each text holds, and how long it is."""
    gevonden = np.zeros((len(teksten), len(_LIJSTEN)))
    for rij, tekst in enumerate(teksten):
        gevonden[rij, _phrases(tekst)] = 1
    ontkracht = gevonden[:, _STELLIG] * np.delete(gevonden, _STELLIG, axis=1).max(axis=1)
    return np.column_stack([gevonden, ontkracht, np.log([len(tekst.split()) + 1 for tekst in teksten])])


def plain_sentences(tekst: str) -> list[str]:
    """The sentences of a longer text that hold a plain danger phrase and nothing that takes it away.

    In a story that ends with an ordinary question such a sentence would drown in the rest.
    """
    zinnen = [zin for zin in _EINDE_ZIN.split(tekst) if zin.strip()]
    if len(zinnen) < 2:
        return []
    return [zin for zin in zinnen if _phrases(zin) == [_STELLIG]]


def _phrases(tekst: str) -> list[int]:
    """Of which lists of gevaarstaal.txt the text holds a phrase: plain danger, or what takes it away."""
    return _WENDINGEN.found_in(zonder_accenten(" ".join(tekst.split())))


def _pattern(regels: Sequence[str]) -> str:
    return "|".join(regel.replace(" .. ", r" (?:[\w'-]+[,:]? ){0,4}") for regel in regels)


_WENDINGEN = Patronen([_pattern(regels) for regels in _LIJSTEN.values()])
_STELLIG = list(_LIJSTEN).index("stellig")
