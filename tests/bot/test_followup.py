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
NIETS = np.zeros(5, np.float32)
"""Like none of five follow-ups."""
GEEN = np.eye(5, dtype=np.float32)
"""Follow-ups that have nothing in common."""


def _waarheen(
    kiezer: Vervolgkiezer, los: np.ndarray, achter: np.ndarray, na: str, gelijk: np.ndarray = NIETS
) -> str:
    """The likeliest article after `na` for one follow-up of four words."""
    return ARTIKELEN[int(_kansen(kiezer, los, achter, na, gelijk).argmax())]


def _kansen(
    kiezer: Vervolgkiezer, los: np.ndarray, achter: np.ndarray, na: str, gelijk: np.ndarray = NIETS
) -> np.ndarray:
    een = kiezer.kansen(los[None], achter[None], gelijk[None], np.array([4]), [na])
    return np.asarray(een[0])


@pytest.fixture
def kiezer() -> Vervolgkiezer:
    """Taught that vague words go on about what is related, and clear words go where they say."""
    los = np.stack([VAAG, VAAG, VAAG, OVER_WONEN, OVER_WONEN])
    return Vervolgkiezer(ARTIKELEN, VERWANT).fit(
        los, los, GEEN.copy(), [4] * 5, na=["aba-wat", "aba-wie", "aba-wat", "aba-wat", "aba-wie"],
        naar=["aba-wie", "aba-wat", "aba-wie", "wonen", "wonen"],
    )  # fmt: skip


def test_vague_words_stay_with_what_is_related(kiezer: Vervolgkiezer) -> None:
    assert _waarheen(kiezer, VAAG, VAAG, "aba-wat") == "aba-wie"


def test_clear_words_leave_the_subject(kiezer: Vervolgkiezer) -> None:
    assert _waarheen(kiezer, OVER_WONEN, OVER_WONEN, "aba-wat") == "wonen"


def test_chances_add_up_to_one(kiezer: Vervolgkiezer) -> None:
    assert _kansen(kiezer, VAAG, OVER_WONEN, "aba-wie").sum() == pytest.approx(1.0, abs=1e-5)


def test_words_that_another_follow_up_had_go_where_that_one_went() -> None:
    """Twenty follow-ups in two kinds of words, that only their words tell apart."""
    soort = np.arange(20) % 2
    kernel = np.where(soort[:, None] == soort[None, :], 0.9, 0.0) + 0.1 * np.eye(20)
    vaag = np.stack([VAAG] * 20)
    kiezer = Vervolgkiezer(ARTIKELEN, VERWANT).fit(
        vaag, vaag, kernel.astype(np.float32), [4] * 20,
        na=["aba-wat"] * 20, naar=["aba-wie" if s else "wonen" for s in soort],
    )  # fmt: skip
    for welke, verwacht in ((0, "wonen"), (1, "aba-wie")):
        gelijk = np.where(soort == welke, 0.9, 0.0).astype(np.float32)
        assert _waarheen(kiezer, VAAG, VAAG, "aba-wat", gelijk) == verwacht


def test_without_examples_the_words_decide() -> None:
    leeg = np.zeros((0, 3), np.float32)
    kiezer = Vervolgkiezer(ARTIKELEN, VERWANT).fit(leeg, leeg, leeg[:, :0], [], na=[], naar=[])
    assert _waarheen(kiezer, OVER_WONEN, VAAG, "aba-wat", NIETS[:0]) == "wonen"
