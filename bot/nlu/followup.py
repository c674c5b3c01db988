"""Ranks a follow-up: what the words say, weighed against what was just answered.

"en wie regelt dat dan?" hardly names a subject; the article before it does. How much the words
count on their own and behind the title of that article, how much it counts that an article is the
same, related or of the same theme, and how that shifts as a message is shorter, is learned from
examples of follow-ups (a conditional logit of twelve weights).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.optimize
from scipy.special import softmax

from kennisbank.search import Matrix

_VLOER = 1e-4
"""Added to a probability before its logarithm: what was not seen is not impossible."""
_DEMPING = 0.001
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
        self._gewichten = np.zeros(2 * (2 + self._band.shape[-1]))
        self._gewichten[0] = 1.0

    def fit(
        self,
        los: Matrix,
        achter_titel: Matrix,
        woorden: Sequence[int],
        na: Sequence[str],
        naar: Sequence[str],
    ) -> Vervolgkiezer:
        """Learns from the article before each of m follow-ups and the one that is meant.

        `los` and `achter_titel` are chances (m, n) of the words alone, and behind that title;
        `woorden` is how many words each follow-up has.
        """
        bruikbaar = [i for i in range(len(na)) if na[i] in self._nummer and naar[i] in self._nummer]
        if not bruikbaar:
            return self
        kenmerken = np.stack([self._kenmerken(los[i], achter_titel[i], woorden[i], na[i]) for i in bruikbaar])
        goed = np.eye(los.shape[1])[[self._nummer[naar[i]] for i in bruikbaar]]

        def verlies(gewichten: np.ndarray) -> tuple[float, np.ndarray]:
            kans = softmax(kenmerken @ gewichten, axis=1)
            waarde = -np.log((kans * goed).sum(axis=1) + 1e-12).mean() + _DEMPING * (gewichten**2).sum()
            helling = (kenmerken * (kans - goed)[:, :, None]).sum(axis=(0, 1)) / len(kenmerken)
            return float(waarde), helling + 2 * _DEMPING * gewichten

        uitkomst = scipy.optimize.minimize(verlies, self._gewichten, jac=True, method="L-BFGS-B")
        self._gewichten = uitkomst.x
        return self

    def kansen(self, los: Matrix, achter_titel: Matrix, woorden: int, na: str) -> Matrix:
        """The chances of one follow-up of so many words, (n,), after the article `na`."""
        scores = self._kenmerken(los, achter_titel, woorden, na) @ self._gewichten
        return np.asarray(softmax(scores), np.float32)

    def _kenmerken(self, los: Matrix, achter_titel: Matrix, woorden: int, na: str) -> np.ndarray:
        kort = np.clip((_LANG - woorden) / (_LANG - _KORTST), 0, 1)
        band = self._band[self._nummer[na]]
        basis = np.column_stack([np.log(los + _VLOER), np.log(achter_titel + _VLOER), band])
        return np.hstack([basis, kort * basis])
