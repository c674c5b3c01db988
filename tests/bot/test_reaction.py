"""What a message after an answer is, as its examples teach."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.reaction import Reactie, Reactiekiezer, signs


def _tekenen(vraag: float, handeling: float, buiten: float, los: float, vervolg: float) -> np.ndarray:
    kans_los, kans_vervolg = (np.array([[kans, (1 - kans) / 2, (1 - kans) / 2]]) for kans in (los, vervolg))
    gelezen = np.array([[vraag], [handeling], [buiten]])
    ver_van_alles = np.zeros((1, 12), np.float32)
    return signs(gelezen[0], gelezen[1], gelezen[2], kans_los, kans_vervolg, ver_van_alles, np.array([4]))


@pytest.fixture
def kiezer() -> Reactiekiezer:
    """Taught that one article is plain after a question, whatever it sounds like, and none after the rest."""
    lot = np.random.default_rng(3)
    rijen, soorten = [], []
    for _ in range(60):
        klinkt = lot.uniform(0.1, 0.9)
        rijen.append(_tekenen(1 - klinkt, klinkt, 0.02, 0.4, lot.uniform(0.85, 0.99)))
        soorten.append(Reactie.VRAAG)
        rijen.append(_tekenen(0.1, lot.uniform(0.8, 0.99), 0.02, 0.4, lot.uniform(0.34, 0.6)))
        soorten.append(Reactie.HANDELING)
        rijen.append(_tekenen(0.8, 0.1, lot.uniform(0.6, 0.99), 0.4, lot.uniform(0.34, 0.6)))
        soorten.append(Reactie.BUITEN)
    return Reactiekiezer().fit(np.vstack(rijen), soorten)


def test_what_sounds_like_an_act_but_goes_on_about_the_answer_is_a_question(kiezer: Reactiekiezer) -> None:
    assert kiezer.kies(_tekenen(0.2, 0.8, 0.02, 0.4, 0.97)) is Reactie.VRAAG


def test_an_act_stays_an_act(kiezer: Reactiekiezer) -> None:
    assert kiezer.kies(_tekenen(0.05, 0.95, 0.02, 0.4, 0.4)) is Reactie.HANDELING


def test_another_subject_is_outside(kiezer: Reactiekiezer) -> None:
    assert kiezer.kies(_tekenen(0.85, 0.1, 0.95, 0.4, 0.4)) is Reactie.BUITEN


@pytest.mark.parametrize(
    ("kansen", "verwacht"),
    [
        ((0.9, 0.05, 0.1), Reactie.VRAAG),
        ((0.05, 0.9, 0.1), Reactie.HANDELING),
        ((0.4, 0.3, 0.8), Reactie.BUITEN),
    ],
)
def test_without_examples_the_likeliest_counts(kansen: tuple[float, float, float], verwacht: Reactie) -> None:
    assert Reactiekiezer().kies(_tekenen(*kansen, 0.5, 0.5)) is verwacht
