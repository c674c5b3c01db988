"""A follow-up is weighed against what was just answered, as its examples teach."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.followup import Vervolgkiezer, Verwantschap

ARTIKELEN = ["aba-wat", "aba-wie", "wonen"]
VERWANT = Verwantschap(
    titel={id_: id_ for id_ in ARTIKELEN},
    verwant={"aba-wat": ["aba-wie"], "aba-wie": ["aba-wat"], "wonen": []},
    thema={"aba-wat": "aba", "aba-wie": "aba", "wonen": "algemeen"},
)
VAAG = np.array([0.34, 0.33, 0.33], np.float32)
OVER_WONEN = np.array([0.02, 0.02, 0.96], np.float32)


@pytest.fixture
def kiezer() -> Vervolgkiezer:
    """Taught that vague words go on about what is related, and clear words go where they say."""
    los = np.stack([VAAG, VAAG, VAAG, OVER_WONEN, OVER_WONEN])
    return Vervolgkiezer(ARTIKELEN, VERWANT).fit(
        los, los, [4] * 5, na=["aba-wat", "aba-wie", "aba-wat", "aba-wat", "aba-wie"],
        naar=["aba-wie", "aba-wat", "aba-wie", "wonen", "wonen"],
    )  # fmt: skip


def test_vague_words_stay_with_what_is_related(kiezer: Vervolgkiezer) -> None:
    assert ARTIKELEN[int(kiezer.kansen(VAAG, VAAG, 4, "aba-wat").argmax())] == "aba-wie"


def test_clear_words_leave_the_subject(kiezer: Vervolgkiezer) -> None:
    assert ARTIKELEN[int(kiezer.kansen(OVER_WONEN, OVER_WONEN, 4, "aba-wat").argmax())] == "wonen"


def test_chances_add_up_to_one(kiezer: Vervolgkiezer) -> None:
    assert kiezer.kansen(VAAG, OVER_WONEN, 4, "aba-wie").sum() == pytest.approx(1.0, abs=1e-5)


def test_without_examples_the_words_decide() -> None:
    leeg = np.zeros((0, 3), np.float32)
    kiezer = Vervolgkiezer(ARTIKELEN, VERWANT).fit(leeg, leeg, [], na=[], naar=[])
    assert ARTIKELEN[int(kiezer.kansen(OVER_WONEN, VAAG, 4, "aba-wat").argmax())] == "wonen"
