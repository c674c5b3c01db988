"""Multinomial logistic regression in its kernel form.

The same model as scikit-learn's `LogisticRegression` on the stacked features, but solved in the
space of the n training sentences instead of their 60,000 features: seconds instead of minutes for
a hundred classes, and n x classes numbers to keep.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.linalg
import scipy.optimize

from kennisbank.search import Matrix

_DEMPING = 1e-3
"""Added to the diagonal: sentences that are equal make the kernel singular."""


class KernelClassifier:
    """Fits on a square kernel; scores rows of kernel values against the training sentences."""

    def __init__(self, sterkte: float = 10.0, iteraties: int = 60, evenwicht: float = 0.0) -> None:
        """`evenwicht` 0 counts every sentence alike, 1 gives every class the same total weight."""
        self._sterkte = sterkte
        self._iteraties = iteraties
        self._evenwicht = evenwicht
        self.klassen: list[str] = []
        self._dual: Matrix = np.zeros((0, 0), np.float32)
        self._bias: Matrix = np.zeros(0, np.float32)

    def fit(self, kernel: Matrix, labels: Sequence[str], gewichten: Matrix | None = None) -> KernelClassifier:
        """Learns from the (n, n) kernel of the training sentences, their n labels and n weights."""
        self.klassen = sorted(set(labels))
        nummer = {klasse: i for i, klasse in enumerate(self.klassen)}
        rij = np.array([nummer[label] for label in labels])
        doel = np.eye(len(self.klassen), dtype=np.float32)[rij]
        zwaarte = (1.0 / np.bincount(rij)[rij] ** self._evenwicht).astype(np.float32)
        zwaarte = (zwaarte / zwaarte.mean())[:, None]
        if gewichten is not None:
            zwaarte = zwaarte * gewichten[:, None]
        # A factor of the kernel gives features with exactly these inner products.
        kenmerken = scipy.linalg.cholesky(
            kernel + _DEMPING * np.eye(len(rij), dtype=np.float32), lower=True, check_finite=False
        )

        def verlies(vlak: np.ndarray) -> tuple[float, np.ndarray]:
            gewicht = vlak.reshape(-1, len(self.klassen)).astype(np.float32)
            logits = kenmerken @ gewicht[:-1] + gewicht[-1]
            logits -= logits.max(axis=1, keepdims=True)
            macht = np.exp(logits)
            som = macht.sum(axis=1, keepdims=True)
            fout = zwaarte * (macht / som - doel)
            helling = np.vstack([kenmerken.T @ fout + gewicht[:-1] / self._sterkte, fout.sum(axis=0)])
            waarde = float((zwaarte * np.log(som)).sum() - (zwaarte * logits * doel).sum())
            waarde += float((gewicht[:-1] ** 2).sum()) / (2 * self._sterkte)
            return waarde, helling.ravel().astype(np.float64)

        begin = np.zeros((kenmerken.shape[1] + 1) * len(self.klassen))
        uitkomst = scipy.optimize.minimize(
            verlies, begin, jac=True, method="L-BFGS-B", options={"maxiter": self._iteraties, "maxcor": 6}
        )
        gewicht = uitkomst.x.reshape(-1, len(self.klassen))
        self._dual = np.asarray(
            scipy.linalg.solve_triangular(kenmerken, gewicht[:-1], lower=True, trans="T"), np.float32
        )
        self._bias = np.asarray(gewicht[-1], np.float32)
        return self

    def kansen(self, kernel: Matrix) -> Matrix:
        """Class probabilities (m, k) for (m, n) kernel rows, columns as in `klassen`."""
        logits = kernel @ self._dual + self._bias
        logits -= logits.max(axis=1, keepdims=True)
        macht = np.exp(logits)
        return np.asarray(macht / macht.sum(axis=1, keepdims=True), np.float32)
