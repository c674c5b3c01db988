"""One inner-product space of two views on a sentence: its words and characters, and its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from kennisbank.search.encoder import Encoder, Matrix


@dataclass(frozen=True)
class Likeness:
    """Inner products of m sentences with n others, (m, n): by words and by meaning."""

    lexicaal: Matrix
    betekenis: Matrix

    @property
    def samen(self) -> Matrix:
        """Both views together: the kernel that classifiers work with."""
        return self.lexicaal + self.betekenis

    def deel(self, rijen: Any, kolommen: Any) -> Likeness:
        """The part for these rows and columns (index arrays or boolean masks)."""
        keus = np.ix_(rijen, kolommen)
        return Likeness(self.lexicaal[keus], self.betekenis[keus])


@dataclass(frozen=True)
class Vectors:
    """Sentences in the space: a sparse lexical row and a dense row of length one for each."""

    lexicaal: sp.csr_matrix
    betekenis: Matrix

    @cached_property
    def _gekanteld(self) -> sp.csr_matrix:
        """The lexical part transposed once; doing so for every message costs more than the product."""
        return self.lexicaal.T.tocsr()

    def likeness(self, ander: Vectors) -> Likeness:
        """The inner products of all these sentences with all of `ander`."""
        lexicaal = (self.lexicaal @ ander._gekanteld).toarray()
        return Likeness(np.asarray(lexicaal, np.float32), self.betekenis @ ander.betekenis.T)


class TextSpace:
    """TF-IDF of words (1-2) and characters (2-5) beside a centred sentence embedding.

    The embedding is centred because E5 vectors all lie in one narrow cone: without it every two
    sentences have a cosine of .8 and differences in meaning hardly count.
    """

    def __init__(self) -> None:
        self._woorden = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
        self._tekens = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._midden: Matrix = np.zeros(0, np.float32)

    def fit(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """Learns the vocabulary and the centre from `teksten` and returns their vectors."""
        self._woorden.fit(teksten)
        self._tekens.fit(teksten)
        ruw = encoder.encode(teksten)
        self._midden = ruw.mean(axis=0)
        return self._vectors(teksten, ruw)

    def transform(self, teksten: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of `teksten` in the learned space."""
        return self._vectors(teksten, encoder.encode(teksten))

    def _vectors(self, teksten: Sequence[str], ruw: Matrix) -> Vectors:
        delen = [normalize(deel.transform(teksten)) for deel in (self._woorden, self._tekens)]
        gecentreerd = ruw - self._midden
        lengte = np.linalg.norm(gecentreerd, axis=1, keepdims=True)
        betekenis = np.asarray(gecentreerd / np.maximum(lengte, 1e-9), np.float32)
        return Vectors(normalize(sp.hstack(delen).tocsr()), betekenis)
