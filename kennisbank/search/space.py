"""One inner-product space of three views on a sentence: its words, its meaning and its subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from kennisbank.search import Matrix
from kennisbank.search.encoder import Encoder
from kennisbank.search.synonyms import Synoniemen

_AANDEEL_WOORDEN = 0.35
"""What whole words count in the lexical likeness; the rest is characters, which stand typing errors."""
_BLOK = 1000
"""Sentences compared at a time: each view on all of them at once would take gigabytes."""
_GEWICHT_ZAKEN = 0.5
"""What the subjects count beside words and meaning (chosen on cross-validation and outside it)."""


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

    def behind(self, ander: Vectors) -> Vectors:
        """Each of these sentences said behind the one on the same row of `ander`: their sum, at length one.

        Read as one text the two say no more than that, and their sum needs no encoder.
        """
        return Vectors(
            *(
                normalize(deel + voor)
                for deel, voor in (
                    (self.lexicaal, ander.lexicaal),
                    (self.betekenis, ander.betekenis),
                    (self.zaken, ander.zaken),
                )
            )
        )

    def woorden(self) -> npt.NDArray[np.int64]:
        """How many words and pieces of words that are known each sentence has."""
        return np.diff(self.lexicaal.indptr)

    def gram(self) -> Matrix:
        """The likeness of these n sentences with each other, (n, n): what classifiers learn from."""
        lexicaal, zaken = self.lexicaal.T.tocsr(), self.zaken.T.tocsr()
        samen = np.empty((len(self.betekenis), len(self.betekenis)), np.float32)
        for begin in range(0, len(samen), _BLOK):
            rijen = slice(begin, begin + _BLOK)
            deel = self[rijen]
            betekenis = deel.betekenis @ self.betekenis.T
            samen[rijen] = together(product(deel.lexicaal, lexicaal), betekenis, product(deel.zaken, zaken))
        return samen


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


class Tfidf:
    """scikit-learn's TF-IDF with logarithmic counts; learned by it, worked out here.

    For one message its checks and copies would cost four times the work itself.
    """

    def __init__(self, **opties: Any) -> None:
        """`opties` as of `TfidfVectorizer`: what the features are."""
        self._teller = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **opties)

    def fit(self, teksten: Sequence[str]) -> None:
        """Learns which features there are and how rare each is."""
        self._teller.fit(teksten)
        self._nummers: dict[str, int] = self._teller.vocabulary_
        self._zeldzaamheid: Matrix = self._teller.idf_.astype(np.float32)
        self._ontleed = self._teller.build_analyzer()

    def transform(self, teksten: Sequence[str], lengte: float = 1.0) -> sp.csr_matrix:
        """One row of that length per text, or an empty one where it has no feature that is known."""
        kolommen, waarden, grenzen = [], [], [0]
        for tekst in teksten:
            aantallen = Counter(self._nummers[deel] for deel in self._ontleed(tekst) if deel in self._nummers)
            kolom = np.array(sorted(aantallen), np.int32)
            aantal = np.array([aantallen[k] for k in kolom], np.float32)
            rij = (1 + np.log(aantal)) * self._zeldzaamheid[kolom]
            kolommen.append(kolom)
            waarden.append(rij * (lengte / (np.linalg.norm(rij) or 1.0)))
            grenzen.append(grenzen[-1] + len(kolom))
        vorm = (len(teksten), len(self._nummers))
        inhoud = (np.concatenate(waarden), np.concatenate(kolommen), grenzen)
        return sp.csr_matrix(inhoud, shape=vorm, dtype=np.float32)


class TextSpace:
    """TF-IDF of words (1-2) and characters (2-5) beside a centred sentence embedding and the subjects named.

    The embedding is centred because E5 vectors all lie in one narrow cone: without it every two
    sentences have a cosine of .8 and differences in meaning hardly count.
    """

    def __init__(self, synoniemen: Synoniemen) -> None:
        self._synoniemen = synoniemen
        self._zeldzaamheid: Matrix = np.zeros(0, np.float32)
        self._woorden = Tfidf(ngram_range=(1, 2))
        self._tekens = Tfidf(analyzer="char_wb", ngram_range=(2, 5), min_df=2)
        self._midden: Matrix = np.zeros(0, np.float32)

    def fit(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """Learns the vocabulary and the centre from `teksten` and returns their vectors."""
        self._woorden.fit(teksten)
        self._tekens.fit(teksten)
        genoemd = np.asarray(self._synoniemen.matrix(teksten).sum(axis=0)).ravel()
        self._zeldzaamheid = np.sqrt(np.log((len(teksten) + 1) / (genoemd + 1))).astype(np.float32)
        ruw = encoder.encode(teksten)
        self._midden = ruw.mean(axis=0)
        return self._vectors(teksten, ruw)

    def transform(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of `teksten` in the learned space."""
        return self._vectors(teksten, encoder.encode(teksten))

    def _vectors(self, teksten: Sequence[str], ruw: Matrix) -> Vectors:
        lexicaal = sp.hstack(
            [
                self._woorden.transform(teksten, _AANDEEL_WOORDEN**0.5),
                self._tekens.transform(teksten, (1 - _AANDEEL_WOORDEN) ** 0.5),
            ],
            format="csr",
        )
        gecentreerd = ruw - self._midden
        lengte = np.linalg.norm(gecentreerd, axis=1, keepdims=True)
        betekenis = np.asarray(gecentreerd / np.maximum(lengte, 1e-9), np.float32)
        zaken = normalize(self._synoniemen.matrix(teksten).multiply(self._zeldzaamheid).tocsr())
        return Vectors(lexicaal, betekenis, zaken)
