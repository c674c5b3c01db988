"""Ranks a follow-up: what the words say, weighed against what was just answered.

"en wie regelt dat dan?" hardly names a subject; the article before it does. How much the words
count on their own, behind the title of that article and beside other follow-ups, how much it counts
that an article is the same, related or of the same theme, and how that shifts as a message is
shorter, is learned from examples of follow-ups (a conditional logit of fourteen weights).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.optimize
from scipy.special import softmax

from kennisbank.search import Matrix
from kennisbank.search.classifier import RidgeClassifier

_VLOER = 1e-4
"""Added to a probability before its logarithm: what was not seen is not impossible."""
_DEMPING = 0.001
_DEMPING_WAARHEEN = 0.1
"""How little the words of other follow-ups are followed (chosen on follow-ups held out)."""
_LANG, _KORTST = 10, 2
"""Words from which a message counts as whole, and to which it counts as bare."""


@dataclass(frozen=True)
class Verwantschap:
    """How articles stand to each other: title and theme of each, and the related ones it names."""

    titel: Mapping[str, str]
    verwant: Mapping[str, Sequence[str]]
    thema: Mapping[str, str]


class Vervolgkiezer:
    """Turns the chances of a sentence on its own into chances after a given article."""

    def __init__(self, artikelen: Sequence[str], verwantschap: Verwantschap) -> None:
        self._nummer = {artikel: i for i, artikel in enumerate(artikelen)}
        verwant, thema = verwantschap.verwant, verwantschap.thema
        zelfde = np.eye(len(artikelen))
        noemt = np.array([[ander in verwant.get(een, ()) for ander in artikelen] for een in artikelen])
        thema_zelfde = np.array(
            [[thema.get(een) == thema.get(ander) for ander in artikelen] for een in artikelen]
        )
        self._band = np.stack([zelfde, noemt, noemt.T, thema_zelfde & (zelfde == 0)], axis=-1).astype(float)
        self._gewichten = np.zeros(2 * (3 + self._band.shape[-1]))
        self._gewichten[0] = 1.0
        self._waarheen = RidgeClassifier(_DEMPING_WAARHEEN)

    def fit(
        self,
        los: Matrix,
        achter_titel: Matrix,
        kernel: Matrix,
        woorden: Sequence[int],
        na: Sequence[str],
        naar: Sequence[str],
    ) -> Vervolgkiezer:
        """Learns from the article before each of m follow-ups and the one that is meant.

        `los` and `achter_titel` are chances (m, n) of the words alone, and behind that title; `kernel` is how
        like the follow-ups are to each other, (m, m), and is worked in; `woorden` is how many words each has.
        """
        if not len(na):
            return self
        waarheen = self._als_artikelen(self._waarheen.fit(kernel, naar))
        kenmerken = self._kenmerken(los, achter_titel, waarheen, np.array(woorden), na)
        goed = np.eye(los.shape[1])[[self._nummer[artikel] for artikel in naar]]

        def verlies(gewichten: np.ndarray) -> tuple[float, np.ndarray]:
            kans = softmax(kenmerken @ gewichten, axis=1)
            waarde = -np.log((kans * goed).sum(axis=1) + 1e-12).mean() + _DEMPING * (gewichten**2).sum()
            helling = (kenmerken * (kans - goed)[:, :, None]).sum(axis=(0, 1)) / len(kenmerken)
            return float(waarde), helling + 2 * _DEMPING * gewichten

        uitkomst = scipy.optimize.minimize(verlies, self._gewichten, jac=True, method="L-BFGS-B")
        self._gewichten = uitkomst.x
        return self

    def kansen(
        self,
        los: Matrix,
        achter_titel: Matrix,
        gelijkenis: Matrix,
        woorden: npt.NDArray[np.int64],
        na: Sequence[str],
    ) -> Matrix:
        """The chances (m, n) of m messages of so many words, each after its article `na`.

        `gelijkenis` is how like they are to the follow-ups that were learned from.
        """
        waarheen = np.zeros_like(los)
        if self._waarheen.klassen:
            waarheen = self._als_artikelen(self._waarheen.kansen(gelijkenis))
        scores = self._kenmerken(los, achter_titel, waarheen, woorden, na) @ self._gewichten
        return np.asarray(softmax(scores, axis=1), np.float32)

    def _als_artikelen(self, waarheen: Matrix) -> Matrix:
        """Chances of where follow-ups go as chances of each article: to some none goes."""
        alle = np.zeros((len(waarheen), len(self._nummer)), np.float32)
        alle[:, [self._nummer[artikel] for artikel in self._waarheen.klassen]] = waarheen
        return alle

    def _kenmerken(
        self,
        los: Matrix,
        achter_titel: Matrix,
        waarheen: Matrix,
        woorden: npt.NDArray[np.int64],
        na: Sequence[str],
    ) -> np.ndarray:
        kansen = np.log(np.stack([los, achter_titel, waarheen], axis=-1) + _VLOER)
        band = self._band[[self._nummer[artikel] for artikel in na]]
        basis = np.concatenate([kansen, band], axis=-1)
        return np.concatenate([basis, shortness(woorden)[:, None, None] * basis], axis=-1)


def shortness(woorden: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """From 0 for a whole message to 1 for one of a word or two."""
    return np.clip((_LANG - woorden) / (_LANG - _KORTST), 0.0, 1.0)
