"""Classifiers in kernel form: solved in the space of the n training sentences.

The space has 60,000 features and a sentence names few of them, so n x n numbers are less work than
n x 60,000, and n x classes numbers are all there is to keep. Both say, beside what they learn, what
they would have said of each training sentence without it: from that it is learned how sure to be.

Ridge regression gets that from one triangular factor (Rifkin and Lippert 2007, "Notes on regularized
least squares"), in seconds. Logistic regression takes folds and minutes. Where a hundred classes lie
close together the two err on different sentences, and their mean is better than either.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
import scipy.linalg
import scipy.optimize
from scipy.special import softmax
from sklearn.model_selection import KFold

from kennisbank.search import Matrix
from kennisbank.search.factor import factorise, inverse_diagonal, solve, times, transposed_times

_SCHERPSTE = 100.0
_RUIS = 1e-3
"""Added to the diagonal: sentences that are equal make the kernel singular."""
_VOUWEN = 3
_BLOK = 1000
"""Rows that are squared at a time: at once would take another kernel."""
_KLEINSTE_KANS = 1e-6


class KernelClassifier(ABC):
    """Fits on a square kernel; scores rows of kernel values against the training sentences."""

    def __init__(self, evenwicht: float = 0.0) -> None:
        """`evenwicht` 0 counts every sentence alike, 1 gives every class the same total weight."""
        self._evenwicht = evenwicht
        self.klassen: list[str] = []
        self._dual: Matrix = np.zeros((0, 0), np.float32)
        self._bias: Matrix = np.zeros(0, np.float32)
        self._scherpte = 1.0

    def fit(self, kernel: Matrix, labels: Sequence[str], gewichten: Matrix | None = None) -> Matrix:
        """Learns from the (n, n) kernel of the training sentences, their n labels and n weights.

        The kernel is worked in and is of no use afterwards: at 15,000 sentences every copy is a gigabyte.
        Returns the chances (n, k) of each training sentence by a classifier without that sentence.
        """
        klassen, rij = np.unique(labels, return_inverse=True)
        self.klassen = klassen.tolist()
        gewicht = 1.0 / np.bincount(rij)[rij] ** self._evenwicht
        if gewichten is not None:
            gewicht = gewicht / gewicht.mean() * gewichten
        doel = np.eye(len(klassen), dtype=np.float32)[rij]
        return self._fit(kernel, doel, (gewicht / gewicht.max()).astype(np.float32))

    @abstractmethod
    def _fit(self, kernel: Matrix, doel: Matrix, gewicht: Matrix) -> Matrix:
        """Sets dual, bias and sharpness for the (n, k) `doel`; returns the chances of what was unseen."""

    def kansen(self, kernel: Matrix) -> Matrix:
        """Class probabilities (m, k) for (m, n) kernel rows, columns as in `klassen`."""
        return self._als_kansen(kernel @ self._dual + self._bias)

    def _als_kansen(self, scores: Matrix) -> Matrix:
        return np.asarray(softmax(self._scherpte * scores, axis=1), np.float32)


class RidgeClassifier(KernelClassifier):
    """Least squares on the classes, held back by `demping`; its scores are sharpened into chances."""

    def __init__(self, demping: float = 1.0, evenwicht: float = 0.0, paren: bool = False) -> None:
        """With `paren` pairs of features count beside the features (a polynomial kernel of degree 2)."""
        super().__init__(evenwicht)
        self._demping = demping
        self._paren = paren

    def kansen(self, kernel: Matrix) -> Matrix:
        """As of any classifier; the rows stay as they are."""
        return super().kansen(_with_pairs(kernel.copy()) if self._paren else kernel)

    def _fit(self, kernel: Matrix, doel: Matrix, gewicht: Matrix) -> Matrix:
        if self._paren:
            _with_pairs(kernel)
        self._bias = np.average(doel, axis=0, weights=gewicht).astype(np.float32)
        kernel[np.diag_indices(len(doel))] += self._demping / gewicht
        factor = factorise(kernel)
        self._dual = solve(factor, doel - self._bias)
        zonder_zichzelf = doel - self._dual / inverse_diagonal(factor)[:, None]

        def verlies(scherpte: float) -> float:
            kans = softmax(scherpte * zonder_zichzelf, axis=1)[doel > 0]
            return float(-np.average(np.log(kans + 1e-9), weights=gewicht))

        grenzen = (1.0, _SCHERPSTE)
        self._scherpte = float(scipy.optimize.minimize_scalar(verlies, bounds=grenzen, method="bounded").x)
        return self._als_kansen(zonder_zichzelf)


class LogisticClassifier(KernelClassifier):
    """Multinomial logistic regression: scikit-learn's on the stacked features, stopped early."""

    def __init__(self, sterkte: float = 50.0, iteraties: int = 30, evenwicht: float = 0.0) -> None:
        """`sterkte` is how freely it follows its sentences (scikit-learn's C)."""
        super().__init__(evenwicht)
        self._sterkte = sterkte
        self._iteraties = iteraties

    def _fit(self, kernel: Matrix, doel: Matrix, gewicht: Matrix) -> Matrix:
        zwaarte = gewicht / gewicht.mean()
        ongezien = np.zeros_like(doel)
        for leer, toets in KFold(_VOUWEN, shuffle=True, random_state=0).split(doel):
            dual, bias = self._solve(kernel[np.ix_(leer, leer)], doel[leer], zwaarte[leer])
            ongezien[toets] = self._als_kansen(kernel[np.ix_(toets, leer)] @ dual + bias)
        self._dual, self._bias = self._solve(kernel, doel, zwaarte)
        return ongezien

    def _solve(self, kernel: Matrix, doel: Matrix, zwaarte: Matrix) -> tuple[Matrix, Matrix]:
        # A factor of the kernel gives features with exactly these inner products.
        kernel[np.diag_indices(len(doel))] += _RUIS
        kenmerken = factorise(kernel)
        vorm = (len(doel) + 1, doel.shape[1])

        def verlies(vlak: np.ndarray) -> tuple[float, np.ndarray]:
            gewicht = vlak.reshape(vorm).astype(np.float32)
            logits = times(kenmerken, gewicht[:-1]) + gewicht[-1]
            logits -= logits.max(axis=1, keepdims=True)
            macht = np.exp(logits)
            som = macht.sum(axis=1, keepdims=True)
            fout = zwaarte[:, None] * (macht / som - doel)
            naar_kenmerk = transposed_times(kenmerken, fout) + gewicht[:-1] / self._sterkte
            helling = np.vstack([naar_kenmerk, fout.sum(axis=0)])
            waarde = float((zwaarte * (np.log(som)[:, 0] - (logits * doel).sum(axis=1))).sum())
            waarde += float((gewicht[:-1] ** 2).sum()) / (2 * self._sterkte)
            return waarde, helling.ravel().astype(np.float64)

        uitkomst = scipy.optimize.minimize(
            verlies,
            np.zeros(vorm[0] * vorm[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": self._iteraties, "maxcor": 6},
        )
        gewicht = uitkomst.x.reshape(vorm)
        dual = scipy.linalg.solve_triangular(kenmerken, gewicht[:-1], lower=True, trans="T")
        return np.asarray(dual, np.float32), np.asarray(gewicht[-1], np.float32)


class MixedClassifier:
    """Classifiers on one kernel, whose chances are averaged: the weighted geometric mean."""

    def __init__(self, *delen: tuple[KernelClassifier, float]) -> None:
        self._delen = delen
        self.klassen: list[str] = []

    def fit(self, kernel: Matrix, labels: Sequence[str], gewichten: Matrix | None = None) -> Matrix:
        """Fits every part; returns as `KernelClassifier.fit` what each says of the unseen, (n, parts, k)."""
        laatste = self._delen[-1][0]
        ongezien = [
            deel.fit(kernel if deel is laatste else kernel.copy(), labels, gewichten)
            for deel, _ in self._delen
        ]
        self.klassen = self._delen[0][0].klassen
        return np.stack(ongezien, axis=1)

    def kansen(self, kernel: Matrix) -> Matrix:
        """What each part says of (m, n) kernel rows, (m, parts, k): where they differ, neither is sure."""
        return np.stack([deel.kansen(kernel) for deel, _ in self._delen], axis=1)

    def mean(self, kansen: Matrix) -> Matrix:
        """One chance (m, k) out of those of the parts."""
        gewichten = np.array([gewicht for _, gewicht in self._delen], np.float32)
        return np.asarray(softmax(gewichten @ np.log(kansen + _KLEINSTE_KANS), axis=1), np.float32)


def _with_pairs(kernel: Matrix) -> Matrix:
    """Adds to each inner product its square, in place: that of all pairs of features."""
    for begin in range(0, len(kernel), _BLOK):
        rijen = kernel[begin : begin + _BLOK]
        rijen += np.square(rijen)
    return kernel
