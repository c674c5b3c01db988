"""What a message after an answer is: a question, a dialogue act, or something outside the scope.

"tot hoe oud dan" sounds like a goodbye and "door wie wordt dat betaald" like nothing at all; after an answer
both are questions. How much the act, the scope, the article and the nearest sentences count is learned from
follow-ups, acts and sentences outside, as they are read by classifiers without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from bot.nlu.followup import shortness
from kennisbank.search import Matrix

_VLOER = 1e-3
"""Added to a probability before its logarithm: what was not seen is not impossible."""


class Reactie(Enum):
    """What somebody does after an answer."""

    VRAAG = "vraag"
    HANDELING = "handeling"
    BUITEN = "buiten"


_VERWACHT = {Reactie.VRAAG: 0.65, Reactie.HANDELING: 0.25, Reactie.BUITEN: 0.1}
"""How often each is thought to follow an answer; what is outside more often, as it must be declined."""


class Reactiekiezer:
    """Tells the three apart by the `tekenen` of a message."""

    def __init__(self) -> None:
        self._model: GradientBoostingClassifier | None = None

    def fit(self, tekenen: Matrix, reacties: Sequence[Reactie]) -> Reactiekiezer:
        """Learns from (m, 18) signs and what each of those messages is; needs examples of all three."""
        soorten = np.array([reactie.value for reactie in reacties])
        if len(np.unique(soorten)) == len(Reactie):
            gewicht = {reactie: _VERWACHT[reactie] / (soorten == reactie.value).sum() for reactie in Reactie}
            gewichten = [len(soorten) * gewicht[reactie] for reactie in reacties]
            self._model = _boosted_trees().fit(tekenen, soorten, sample_weight=gewichten)
        return self

    def kies(self, tekenen: Matrix) -> Reactie:
        """What the message with these (1, 18) signs is; without examples the likeliest as it was read."""
        if self._model is None:
            return list(Reactie)[int(tekenen[0, : len(Reactie)].argmax())]
        return Reactie(self._model.predict(tekenen)[0])


def signs(
    vraag: np.ndarray,
    handeling: np.ndarray,
    buiten: np.ndarray,
    los: Matrix,
    als_vervolg: Matrix,
    buren: Matrix,
    woorden: np.ndarray,
) -> Matrix:
    """What m messages are told apart by, (m, 18).

    The chances (m,) of a question, of the likeliest act and of being outside; of each article (m, articles)
    by the words alone and after the answer; how near they are to follow-ups, acts and sentences outside
    (m, 12); and how many words there are.
    """
    kansen = np.column_stack([vraag, handeling, buiten, los.max(axis=1), als_vervolg.max(axis=1)])
    return np.column_stack([np.log(kansen + _VLOER), buren, shortness(woorden)])


def _boosted_trees() -> GradientBoostingClassifier:
    """Small trees on part of the sentences each: for a few signs, whose weight depends on one another."""
    return GradientBoostingClassifier(n_estimators=80, max_depth=3, subsample=0.7, random_state=0)
