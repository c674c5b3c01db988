"""Ridge regression of classes in its kernel form, with what it would say of each sentence unseen.

One triangular factor of the kernel gives the whole solution, and also (Rifkin and Lippert 2007,
"Notes on regularized least squares") the score of every training sentence by a classifier that was
trained without it: no folds, and every sentence counts both for learning and for knowing how sure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.linalg
import scipy.linalg.lapack
import scipy.optimize
from scipy.special import softmax

from kennisbank.search import Matrix

_SCHERPSTE = 100.0


class KernelClassifier:
    """Fits on a square kernel; scores rows of kernel values against the training sentences."""

    def __init__(self, demping: float = 1.0, evenwicht: float = 0.0) -> None:
        """`demping` is what holds the solution back (the ridge).

        `evenwicht` 0 counts every sentence alike, 1 gives every class the same total weight.
        """
        self._demping = demping
        self._evenwicht = evenwicht
        self.klassen: list[str] = []
        self._dual: Matrix = np.zeros((0, 0), np.float32)
        self._vooraf: Matrix = np.zeros(0, np.float32)
        self._scherpte = 1.0

    def fit(self, kernel: Matrix, labels: Sequence[str], gewichten: Matrix | None = None) -> Matrix:
        """Learns from the (n, n) kernel of the training sentences, their n labels and n weights.

        Returns the chances (n, k) of each training sentence by a classifier without that sentence.
        """
        klassen, rij = np.unique(labels, return_inverse=True)
        self.klassen = klassen.tolist()
        gewicht = 1.0 / np.bincount(rij)[rij] ** self._evenwicht
        if gewichten is not None:
            gewicht = gewicht / gewicht.mean() * gewichten
        gewicht = (gewicht / gewicht.max()).astype(np.float32)
        doel = np.eye(len(self.klassen), dtype=np.float32)[rij]
        self._vooraf = np.average(doel, axis=0, weights=gewicht).astype(np.float32)

        factor = np.array(kernel, np.float32, order="F")
        factor[np.diag_indices(len(rij))] += self._demping / gewicht
        factor, _ = scipy.linalg.cho_factor(factor, lower=True, overwrite_a=True, check_finite=False)
        self._dual = scipy.linalg.cho_solve((factor, True), doel - self._vooraf, check_finite=False)
        omgekeerd, _ = scipy.linalg.lapack.strtri(factor, lower=1, overwrite_c=1)
        eigen_aandeel = np.square(np.tril(omgekeerd)).sum(axis=0)
        zonder_zichzelf = doel - self._dual / eigen_aandeel[:, None]

        def verlies(scherpte: float) -> float:
            kans = softmax(scherpte * zonder_zichzelf, axis=1)[np.arange(len(rij)), rij]
            return float(-np.average(np.log(kans + 1e-9), weights=gewicht))

        self._scherpte = float(
            scipy.optimize.minimize_scalar(verlies, bounds=(1.0, _SCHERPSTE), method="bounded").x
        )
        return self._als_kansen(zonder_zichzelf)

    def kansen(self, kernel: Matrix) -> Matrix:
        """Class probabilities (m, k) for (m, n) kernel rows, columns as in `klassen`."""
        return self._als_kansen(kernel @ self._dual + self._vooraf)

    def _als_kansen(self, scores: Matrix) -> Matrix:
        return np.asarray(softmax(self._scherpte * scores, axis=1), np.float32)
