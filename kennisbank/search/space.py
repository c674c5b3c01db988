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

_AANDEEL_WOORDEN = 0.35
"""What whole words count in the lexical likeness; the rest is characters, which stand typing errors."""


@dataclass(frozen=True)
class Vectors:
    """Sentences in the space: a sparse lexical row and a dense row, both of length one, for each."""

    lexicaal: sp.csr_matrix
    betekenis: Matrix

    @cached_property
    def _gekanteld(self) -> sp.csr_matrix:
        """The lexical part transposed once; doing so for every message costs more than the product."""
        return self.lexicaal.T.tocsr()

    def __getitem__(self, rijen: Any) -> Vectors:
        """These rows: an index array or a boolean mask."""
        return Vectors(self.lexicaal[rijen], self.betekenis[rijen])

    def in_woorden(self, ander: Vectors) -> Matrix:
        """Likeness in words and characters of all these m sentences with all n of `ander`, (m, n)."""
        return np.asarray((self.lexicaal @ ander._gekanteld).toarray(), np.float32)

    def in_betekenis(self, ander: Vectors) -> Matrix:
        """Likeness in meaning of all these m sentences with all n of `ander`, (m, n)."""
        return np.asarray(self.betekenis @ ander.betekenis.T)

    def kernel(self, ander: Vectors) -> Matrix:
        """Both views together, (m, n): what classifiers work with."""
        samen = self.in_woorden(ander)
        samen += self.in_betekenis(ander)
        return samen


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
        delen = [
            normalize(deel.transform(teksten)) * aandeel**0.5
            for deel, aandeel in ((self._woorden, _AANDEEL_WOORDEN), (self._tekens, 1 - _AANDEEL_WOORDEN))
        ]
        gecentreerd = ruw - self._midden
        lengte = np.linalg.norm(gecentreerd, axis=1, keepdims=True)
        betekenis = np.asarray(gecentreerd / np.maximum(lengte, 1e-9), np.float32)
        return Vectors(sp.hstack(delen).tocsr(), betekenis)
