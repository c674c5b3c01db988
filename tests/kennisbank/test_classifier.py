"""What the classifiers would have said of a sentence without it is what one trained without it says."""

from __future__ import annotations

import numpy as np
import pytest

from kennisbank.search import Matrix
from kennisbank.search.classifier import (
    KernelClassifier,
    LogisticClassifier,
    MixedClassifier,
    RidgeClassifier,
)

AANTAL = 300


@pytest.fixture(scope="module")
def kenmerken() -> Matrix:
    return np.random.default_rng(0).normal(size=(AANTAL, 40)).astype(np.float32) / 6


@pytest.fixture(scope="module")
def labels(kenmerken: Matrix) -> list[str]:
    """The largest of four directions, with noise: learnable, not perfectly."""
    ruis = np.random.default_rng(1).normal(size=(AANTAL, 4)) / 30
    return [f"k{nummer}" for nummer in (kenmerken[:, :4] + ruis).argmax(axis=1)]


def _juist(model: KernelClassifier, kansen: Matrix, labels: list[str]) -> float:
    return float((np.array(model.klassen)[kansen.argmax(axis=1)] == labels).mean())


def test_ridge_leaves_out_exactly(kenmerken: Matrix, labels: list[str]) -> None:
    kernel, gewicht = kenmerken @ kenmerken.T, np.linspace(0.2, 1, AANTAL).astype(np.float32)
    model = RidgeClassifier(demping=0.3)
    zonder_zichzelf = model.fit(kernel.copy(), labels, gewicht)
    for weg in (0, 17, AANTAL - 1):
        blijft = np.arange(AANTAL) != weg
        # Solved anew without the sentence, by another route; prior and sharpness are those of the whole.
        stelsel = kernel[np.ix_(blijft, blijft)] + np.diag(0.3 / gewicht[blijft])
        doel = np.eye(4)[[int(label[1]) for label in labels]] - model._bias
        score = kernel[weg, blijft] @ np.linalg.solve(stelsel, doel[blijft]) + model._bias
        assert zonder_zichzelf[weg] == pytest.approx(model._als_kansen(score[None])[0], abs=1e-3)


@pytest.mark.parametrize("model", [RidgeClassifier(0.3), LogisticClassifier()], ids=["ridge", "logistisch"])
def test_what_was_unseen_is_harder_than_what_was_learned_and_better_than_chance(
    model: KernelClassifier, kenmerken: Matrix, labels: list[str]
) -> None:
    kernel = kenmerken @ kenmerken.T
    ongezien = model.fit(kernel.copy(), labels)
    assert ongezien.sum(axis=1) == pytest.approx(np.ones(AANTAL), abs=1e-4)
    assert 0.5 < _juist(model, ongezien, labels) < _juist(model, model.kansen(kernel), labels)
    assert _juist(model, model.kansen(kernel), labels) > 0.5


def test_a_class_of_few_counts_more_when_evened_out(kenmerken: Matrix) -> None:
    zelden = np.where(np.arange(AANTAL) < 10, "zelden", "vaak").tolist()
    kernel = kenmerken @ kenmerken.T
    gewoon, gelijk = RidgeClassifier(0.3), RidgeClassifier(0.3, evenwicht=1.0)
    for model in (gewoon, gelijk):
        model.fit(kernel.copy(), zelden)
    hoe_zelden = [model.kansen(kernel)[:, model.klassen.index("zelden")].sum() for model in (gewoon, gelijk)]
    assert hoe_zelden[0] < hoe_zelden[1]


def test_pairs_tell_apart_what_no_single_feature_does(kenmerken: Matrix) -> None:
    labels = np.where(kenmerken[:, 0] * kenmerken[:, 1] > 0, "gelijk", "ongelijk").tolist()
    kernel: Matrix = kenmerken[:, :2] @ kenmerken[:, :2].T * np.float32(5)
    enkel, paren = RidgeClassifier(0.1), RidgeClassifier(0.1, paren=True)
    assert _juist(enkel, enkel.fit(kernel.copy(), labels), labels) < 0.65
    assert _juist(paren, paren.fit(kernel.copy(), labels), labels) > 0.9


def test_a_mixture_lies_between_its_parts(kenmerken: Matrix, labels: list[str]) -> None:
    kernel = kenmerken @ kenmerken.T
    delen = LogisticClassifier(), RidgeClassifier(0.3)
    kansen = [deel.fit(kernel.copy(), labels) for deel in delen]
    mengsel = MixedClassifier((delen[0], 0.6), (delen[1], 0.4))
    samen = mengsel.mean(mengsel.fit(kernel.copy(), labels))
    mogelijk = np.min(kansen, axis=(0, 2)) > 0.001
    assert mogelijk.sum() > 20
    verhouding = [np.log(deel[mogelijk, 0] / deel[mogelijk, 1]) for deel in (*kansen, samen)]
    assert verhouding[2] == pytest.approx(0.6 * verhouding[0] + 0.4 * verhouding[1], abs=0.01)
    assert samen.sum(axis=1) == pytest.approx(np.ones(AANTAL), abs=1e-4)
