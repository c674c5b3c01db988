"""The space of sentences: what is worked out here is what scikit-learn works out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from kennisbank.reader import read_inhoud
from kennisbank.search.space import Tfidf


@pytest.mark.parametrize("opties", [{"ngram_range": (1, 2)}, {"analyzer": "char_wb", "ngram_range": (2, 5)}])
def test_tfidf_is_that_of_scikit_learn(opties: dict[str, Any]) -> None:
    vragen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::20]]
    ons, hun = Tfidf(**opties), TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **opties)
    ons.fit(vragen)
    hun.fit(vragen)
    teksten = [*vragen[:100], "", "ωψ", "nog nooit gezien, zoiets"]
    assert abs(ons.transform(teksten) - hun.transform(teksten)).max() < 1e-5
    assert np.diff(ons.transform(teksten).indptr).tolist() == np.diff(hun.transform(teksten).indptr).tolist()
