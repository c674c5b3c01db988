"""The space of sentences: TF-IDF is that of scikit-learn, and what is fast says what is exact."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from kennisbank.reader import read_inhoud
from kennisbank.search.encoder import E5Encoder
from kennisbank.search.index import Openings, SentenceIndex, nearest
from kennisbank.search.space import TextSpace, Tfidf, Vectors, as_rows
from kennisbank.search.synonyms import read_synoniemen
from kennisbank.settings import DATA_MAP


@pytest.mark.parametrize("opties", [{"ngram_range": (1, 2)}, {"analyzer": "char_wb", "ngram_range": (2, 5)}])
def test_tfidf_is_that_of_scikit_learn(opties: dict[str, Any]) -> None:
    vragen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::20]]
    ons, hun = Tfidf(**opties), TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **opties)
    geleerd = ons.fit(vragen)
    hun.fit(vragen)
    teksten = [*vragen[:100], "", "ωψ", "nog nooit gezien, zoiets"]
    gelezen = as_rows([ons.row(tekst) for tekst in teksten], ons.aantal)
    assert abs(gelezen - hun.transform(teksten)).max() < 1e-5
    assert np.diff(gelezen.indptr).tolist() == np.diff(hun.transform(teksten).indptr).tolist()
    assert abs(geleerd[:100] - gelezen[:100]).max() < 1e-5


@pytest.fixture(scope="module")
def vectoren() -> Vectors:
    teksten = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::40]]
    return TextSpace(read_synoniemen()).fit(teksten, E5Encoder(DATA_MAP / "encoder"))


def test_a_message_is_as_like_a_sentence_as_training_sentences_are(vectoren: Vectors) -> None:
    gelijk = SentenceIndex(vectoren).views(vectoren[:50]).likeness()
    assert abs(gelijk.samen - vectoren.gram()[:50]).max() < 0.005
    assert abs(gelijk.betekenis - vectoren.betekenis[:50] @ vectoren.betekenis.T).max() < 0.005


def test_a_message_is_read_as_training_sentences_are() -> None:
    vragen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::40]]
    encoder = E5Encoder(DATA_MAP / "encoder")
    ruimte = TextSpace(read_synoniemen())
    geleerd, gelezen = ruimte.fit(vragen, encoder)[:50], ruimte.transform(vragen[:50], encoder)
    assert abs(geleerd.lexicaal - gelezen.lexicaal).max() < 1e-5
    assert abs(geleerd.betekenis - gelezen.betekenis).max() < 1e-5
    assert abs(geleerd.zaken - gelezen.zaken).max() < 1e-5
    assert gelezen.zaken.nnz > 0


def test_a_subject_that_every_sentence_names_weighs_nothing() -> None:
    vragen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::40]]
    vectoren = TextSpace(read_synoniemen()).fit(
        ["loon", *(f"{vraag} loon" for vraag in vragen[:60])], E5Encoder(DATA_MAP / "encoder")
    )
    assert np.isfinite(vectoren.zaken.data).all()
    assert np.isfinite(vectoren.gram()).all()


def test_an_index_reads_the_same_after_it_was_kept(vectoren: Vectors) -> None:
    index = SentenceIndex(vectoren)
    bewaard = pickle.loads(pickle.dumps(index))
    assert (index.views(vectoren[:5]).likeness().samen == bewaard.views(vectoren[:5]).likeness().samen).all()


def test_one_sentence_behind_another_is_as_like_a_third_as_their_sum(vectoren: Vectors) -> None:
    index, alle = SentenceIndex(vectoren), np.arange(vectoren.betekenis.shape[0])
    een, ander = vectoren[:3], vectoren[200:203]
    samen = Openings(vectoren[200:], index, alle).likeness([0, 1, 2], een, index.views(een))
    som = Vectors(
        normalize(een.lexicaal + ander.lexicaal),
        normalize(een.betekenis + ander.betekenis),
        normalize(een.zaken + ander.zaken),
    )
    assert abs(samen - index.views(som).likeness().samen).max() < 0.01
    assert samen[0, 0] < index.views(een).likeness().samen[0, 0]


def test_the_nearest_are_the_highest_of_each_row_best_first() -> None:
    rijen = np.array([[3, 1, 2, 2, 0], [5, 5, 5, 1, 9]], np.float32)
    assert nearest(rijen, 3).tolist() == [[3, 2, 2], [9, 5, 5]]
    assert nearest(np.array([[0.5]], np.float32), 2).tolist() == [[0.5, -1]]
