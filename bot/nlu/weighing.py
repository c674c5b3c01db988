"""Weighs a few signs of a message: how sure a ranking is, whether somebody is in danger."""

from __future__ import annotations

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class Weging:
    """Logistic regression over a few signs, each on a scale of its own.

    Learned by scikit-learn and worked out here: for one message its checks would cost more than the sums.
    """

    def fit(self, tekenen: np.ndarray, klopt: np.ndarray, gewicht: np.ndarray | None = None) -> Weging:
        """Learns from (n, signs) which of n sentences it is true of."""
        keten = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
        keten.fit(tekenen, klopt, logisticregression__sample_weight=gewicht)
        schaal, model = keten[0], keten[-1]
        self._gewichten = model.coef_[0] / schaal.scale_
        self._begin = float(model.intercept_[0] - schaal.mean_ @ self._gewichten)
        return self

    def kans(self, tekenen: np.ndarray) -> np.ndarray:
        """The chance (m,) that it is true of messages with these (m, signs)."""
        return np.asarray(expit(tekenen @ self._gewichten + self._begin))
