"""A certainty of .9 is right nine times in ten, also where what is asked lies beside the kennisbank."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from bot.nlu.certainty import Ongezien, Zekerheidsmeter

AANTAL = 6000


@pytest.fixture(scope="module")
def zinnen() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Signs, whether an article answers the sentence, and whether it came first: each by its own sign."""
    lot = np.random.default_rng(0)
    tekenen = lot.normal(size=(AANTAL, 3)) * [1, 5, 0.1] + [0, 3, -2]
    is_artikel = lot.random(AANTAL) < expit(3 * tekenen[:, 0])
    juist = is_artikel & (lot.random(AANTAL) < expit(tekenen[:, 1]))
    return tekenen, is_artikel, juist


def test_certainty_is_the_share_that_is_right(zinnen: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    tekenen, is_artikel, juist = zinnen
    leer, toets = slice(4000), slice(4000, None)
    meter = Zekerheidsmeter()
    meter.fit(tekenen[leer], is_artikel[leer], juist[leer])
    zeker = meter.kans(tekenen[toets])
    for onder in (0.0, 0.3, 0.6, 0.9):
        groep = (zeker >= onder) & (zeker < onder + 0.3)
        assert groep.sum() > 100
        assert juist[toets][groep].mean() == pytest.approx(zeker[groep].mean(), abs=0.06)


def test_what_lies_outside_is_unsure_however_well_one_article_fits(
    zinnen: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    meter = Zekerheidsmeter()
    meter.fit(*zinnen)
    binnen, buiten = meter.kans(np.array([[3.0, 9.0, -2.0], [-3.0, 9.0, -2.0]]))
    assert buiten < 0.1 < 0.9 < binnen


def test_unseen_sentences_are_those_an_article_answers(
    zinnen: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    tekenen, is_artikel, juist = zinnen
    ongezien = Zekerheidsmeter().fit(tekenen, is_artikel, juist)
    assert len(ongezien.zekerheid) == is_artikel.sum()
    assert ongezien.juist.mean() == pytest.approx(juist.sum() / is_artikel.sum())


@pytest.mark.parametrize(("fout", "grens"), [(0.0, 0.8), (0.2, 0.6), (0.4, 0.5), (1.0, 0.5)])
def test_the_bound_lets_through_no_more_mistakes_than_asked(fout: float, grens: float) -> None:
    ongezien = Ongezien(np.array([0.6, 0.9, 0.5, 0.7, 0.8]), np.array([True, True, False, False, True]))
    bij_grens = ongezien.lowest_bound(fout)
    assert (~ongezien.juist[ongezien.zekerheid >= bij_grens]).sum() <= fout * 5
    assert bij_grens == grens


def test_nothing_is_answered_where_the_surest_is_wrong() -> None:
    assert Ongezien(np.array([0.6, 0.9]), np.array([True, False])).lowest_bound(0.1) == 1.0
