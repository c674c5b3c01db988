"""One inner-product space of three views on a sentence: its words, its meaning and its subjects."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer

from kennisbank.search import Matrix
from kennisbank.search.encoder import Encoder
from kennisbank.search.synonyms import Synoniemen

_AANDEEL_WOORDEN = 0.35
"""What whole words count in the lexical likeness; the rest is characters, which stand typing errors."""
_TE_GEWOON = 0.1
"""Part of the sentences from which a word or a piece of one says nothing. Without those, and without pieces
of two characters, a message is compared in a ninth of the sums, and as much is right."""
_BLOK = 1000
"""Sentences compared at a time: each view on all of them at once would take gigabytes."""
_GEWICHT_ZAKEN = 0.5
"""What the subjects count beside words and meaning (chosen on cross-validation and outside it)."""

Row = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]
"""The columns of a sparse row that are not zero, in order, and what they hold."""


@dataclass(frozen=True)
class Vectors:
    """Sentences in the space: for each a sparse lexical row, a dense row and a sparse row of subjects.

    Each row has length one, or zero where a sentence names no subject.
    """

    lexicaal: sp.csr_matrix
    betekenis: Matrix
    zaken: sp.csr_matrix

    def __getitem__(self, rijen: Any) -> Vectors:
        """These rows: a slice, an index array or a boolean mask."""
        return Vectors(self.lexicaal[rijen], self.betekenis[rijen], self.zaken[rijen])

    def length_of_sum(self, ander: Vectors) -> tuple[Matrix, Matrix, Matrix]:
        """How long each row is in each view when the same row of `ander` is added to it, (m,) each."""
        betekenis = np.linalg.norm(self.betekenis + ander.betekenis, axis=1)
        return (
            _length_of_sum(self.lexicaal, ander.lexicaal),
            np.asarray(betekenis, np.float32),
            _length_of_sum(self.zaken, ander.zaken),
        )

    def woorden(self) -> npt.NDArray[np.int64]:
        """How many words and pieces of words that are known each sentence has."""
        return np.diff(self.lexicaal.indptr)

    def gram(self) -> Matrix:
        """The likeness of these n sentences with each other, (n, n): what classifiers learn from."""
        aantal = len(self.betekenis)
        samen = np.empty((aantal, aantal), np.float32)

        def fill(begin: int) -> None:
            """Rows up to the diagonal, and by that the columns above it."""
            rijen, eerdere = slice(begin, begin + _BLOK), slice(begin + _BLOK)
            samen[rijen, eerdere] = self[rijen]._likeness(self[eerdere])
            samen[eerdere, rijen] = samen[rijen, eerdere].T

        # The sums let go of Python's lock. The longest rows first: so no core is left with them at the end.
        with ThreadPoolExecutor(os.cpu_count()) as draden:
            list(draden.map(fill, range(0, aantal, _BLOK)[::-1]))
        return samen

    def _likeness(self, ander: Vectors) -> Matrix:
        betekenis = self.betekenis @ ander.betekenis.T
        lexicaal, zaken = ander.lexicaal.T.tocsr(), ander.zaken.T.tocsr()
        return together(product(self.lexicaal, lexicaal), betekenis, product(self.zaken, zaken))


def together(woorden: Matrix, betekenis: Matrix, zaken: Matrix) -> Matrix:
    """One likeness (m, n) out of three: in words, in meaning, and in subjects and pairs of subjects.

    Words and subjects are worked in.
    """
    zaken += zaken * zaken
    zaken *= _GEWICHT_ZAKEN / 2
    woorden += betekenis
    woorden += zaken
    return woorden


def product(links: sp.csr_matrix, rechts: sp.csr_matrix) -> Matrix:
    """Their product (m, n) as a full matrix, a row at a time: a sparse one would be far larger."""
    samen = np.empty((links.shape[0], rechts.shape[1]), np.float32)
    for rij, (begin, eind) in enumerate(pairwise(links.indptr)):
        samen[rij] = rechts[links.indices[begin:eind]].T @ links.data[begin:eind]
    return samen


def _length_of_sum(een: sp.csr_matrix, ander: sp.csr_matrix) -> Matrix:
    samen = np.asarray(een.multiply(ander).sum(axis=1)).ravel()
    return np.asarray(np.sqrt(_squares(een) + _squares(ander) + 2 * samen), np.float32)


def _squares(rijen: sp.csr_matrix) -> npt.NDArray[np.float64]:
    """The square of each row's length."""
    nummers = np.repeat(np.arange(rijen.shape[0]), np.diff(rijen.indptr))
    return np.asarray(np.bincount(nummers, np.square(rijen.data), minlength=rijen.shape[0]), np.float64)


class Tfidf:
    """scikit-learn's TF-IDF with logarithmic counts; learned by it, worked out here.

    For one message its checks and copies would cost four times the work itself.
    """

    def __init__(self, aandeel: float = 1.0, **opties: Any) -> None:
        """`aandeel` is the square of a row's length; `opties` as of `TfidfVectorizer`: which features."""
        self._lengte = aandeel**0.5
        self._teller = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **opties)

    def fit(self, teksten: Sequence[str]) -> sp.csr_matrix:
        """Learns which features there are and how rare each is; returns the rows of these texts."""
        rijen = self._teller.fit_transform(teksten)
        self._nummers: dict[str, int] = self._teller.vocabulary_
        self._zeldzaamheid: Matrix = self._teller.idf_.astype(np.float32)
        self._ontleed = self._teller.build_analyzer()
        return rijen * np.float32(self._lengte)

    @property
    def aantal(self) -> int:
        """How many features there are."""
        return len(self._nummers)

    def row(self, tekst: str) -> Row:
        """The features of one text; none where it has no feature that is known."""
        aantallen = Counter(self._nummers[deel] for deel in self._ontleed(tekst) if deel in self._nummers)
        kolommen = np.array(sorted(aantallen), np.int32)
        keren = np.array([aantallen[kolom] for kolom in kolommen], np.float32)
        waarden = (1 + np.log(keren)) * self._zeldzaamheid[kolommen]
        return kolommen, waarden * (self._lengte / (np.linalg.norm(waarden) or 1.0))


def as_rows(rijen: Sequence[Row], breedte: int) -> sp.csr_matrix:
    """These rows as a sparse matrix of so many columns."""
    grenzen = np.cumsum([0, *(len(kolommen) for kolommen, _ in rijen)])
    kolommen, waarden = (np.concatenate(delen) for delen in zip(*rijen, strict=True))
    return sp.csr_matrix((waarden, kolommen, grenzen), shape=(len(rijen), breedte), dtype=np.float32)


class TextSpace:
    """TF-IDF of words (1-2) and characters (3-5) beside a centred sentence embedding and the subjects named.

    The embedding is centred because E5 vectors all lie in one narrow cone: without it every two
    sentences have a cosine of .8 and differences in meaning hardly count.
    """

    def __init__(self, synoniemen: Synoniemen) -> None:
        self._synoniemen = synoniemen
        self._zeldzaamheid: Matrix = np.zeros(0, np.float32)
        self._woorden = Tfidf(_AANDEEL_WOORDEN, ngram_range=(1, 2), max_df=_TE_GEWOON)
        self._tekens = Tfidf(
            1 - _AANDEEL_WOORDEN, analyzer="char_wb", ngram_range=(3, 5), min_df=2, max_df=_TE_GEWOON
        )
        self._midden: Matrix = np.zeros(0, np.float32)

    def fit(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """Learns the vocabulary and the centre from `teksten` and returns their vectors."""
        lexicaal = sp.hstack([self._woorden.fit(teksten), self._tekens.fit(teksten)], format="csr")
        genoemd = self._synoniemen.matrix(teksten)
        keren = np.asarray(genoemd.sum(axis=0)).ravel()
        self._zeldzaamheid = np.sqrt(np.log((len(teksten) + 1) / (keren + 1))).astype(np.float32)
        ruw = encoder.encode(teksten)
        self._midden = ruw.mean(axis=0)
        return Vectors(lexicaal, self._centred(ruw), self._weighed(genoemd))

    def transform(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of `teksten` in the learned space."""
        ruw = encoder.encode(teksten)
        genoemd = self._synoniemen.matrix(teksten)
        return Vectors(self._lexical(teksten), self._centred(ruw), self._weighed(genoemd))

    def _lexical(self, teksten: Sequence[str]) -> sp.csr_matrix:
        return as_rows([self._row(tekst) for tekst in teksten], self._woorden.aantal + self._tekens.aantal)

    def _row(self, tekst: str) -> Row:
        (woorden, zwaar), (tekens, ook_zwaar) = self._woorden.row(tekst), self._tekens.row(tekst)
        return np.concatenate([woorden, tekens + self._woorden.aantal]), np.concatenate([zwaar, ook_zwaar])

    def _centred(self, ruw: Matrix) -> Matrix:
        gecentreerd = ruw - self._midden
        lengte = np.linalg.norm(gecentreerd, axis=1, keepdims=True)
        return np.asarray(gecentreerd / np.maximum(lengte, 1e-9), np.float32)

    def _weighed(self, genoemd: sp.csr_matrix) -> sp.csr_matrix:
        waarden = self._zeldzaamheid[genoemd.indices]
        rijen = sp.csr_matrix((waarden, genoemd.indices, genoemd.indptr), shape=genoemd.shape)
        lengte = np.sqrt(_squares(rijen)).astype(np.float32)
        rijen.data /= np.repeat(np.maximum(lengte, 1e-9), np.diff(rijen.indptr))
        return rijen
