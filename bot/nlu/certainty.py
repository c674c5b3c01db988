"""How sure a reading is: the chance that the article it ranks first is the right one.

Two questions, each weighed apart: can an article answer this at all, and if one can, is it this one? A
question about a neighbouring subject says much of the first and nothing of the second. Both learn from
sentences that the classifiers had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.nlu.weighing import Weging

_VOUWEN = 5


@dataclass(frozen=True)
class Ongezien:
    """Of each of our own questions, read by all models without it: how sure, and how right."""

    zekerheid: np.ndarray
    juist: np.ndarray

    def lowest_bound(self, aandeel_fout: float) -> float:
        """The lowest certainty from which at most `aandeel_fout` of all questions is wrong."""
        volgorde = np.argsort(-self.zekerheid)
        fout = np.cumsum(~self.juist[volgorde]) / len(self.juist)
        genoeg = int(np.searchsorted(fout, aandeel_fout, side="right"))
        return float(self.zekerheid[volgorde][genoeg - 1]) if genoeg else 1.0


class Zekerheidsmeter:
    """Weighs the signs of `_Classifiers.describe`; one row of them for each message."""

    def __init__(self) -> None:
        self._binnen, self._juist = Weging(), Weging()

    def fit(self, tekenen: np.ndarray, is_artikel: np.ndarray, juist: np.ndarray) -> Ongezien:
        """Learns from n sentences: whether an article answers it, and whether that came first (n,).

        Returns how sure it is of each that an article answers, by weighings without it. The folds are by lot:
        in the order of the sentences a whole article would be new to them, which no message is.
        """
        zeker = np.empty(len(tekenen))
        for leer, toets in StratifiedKFold(_VOUWEN, shuffle=True, random_state=0).split(tekenen, is_artikel):
            self._learn(tekenen[leer], is_artikel[leer], juist[leer])
            zeker[toets] = self.kans(tekenen[toets])
        self._learn(tekenen, is_artikel, juist)
        return Ongezien(zeker[is_artikel], juist[is_artikel])

    def _learn(self, tekenen: np.ndarray, is_artikel: np.ndarray, juist: np.ndarray) -> None:
        self._binnen.fit(tekenen, is_artikel)
        self._juist.fit(tekenen[is_artikel], juist[is_artikel])

    def kans(self, tekenen: np.ndarray) -> np.ndarray:
        """The chance for each message that its first article is right."""
        return np.asarray(self._binnen.kans(tekenen) * self._juist.kans(tekenen))
