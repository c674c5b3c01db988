"""Every message answered once or refused with a word, with real processes that are killed and starved.

The same trials as `routewijzer benchmark stuk`, with fewer messages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.stuk import SCENARIOS, Scenario, meet
from kennisbank.store import Kennisbank

BERICHTEN = 60
_NIET_HIER = ("niets stuk", "trage", "200", "klok", "bericht dat mislukt", "SQLite vergrendeld")
"""Trials that the front desk's own tests cover, or in which nothing dies; the command does them all."""


@pytest.mark.parametrize(
    "scenario", [s for s in SCENARIOS if not s.naam.startswith(_NIET_HIER)], ids=lambda s: s.naam
)
def test_each_message_is_answered_once_or_refused_with_a_word(
    scenario: Scenario, tmp_path: Path, kb: Kennisbank, request: pytest.FixtureRequest
) -> None:
    postgres = request.getfixturevalue("postgres_server") if scenario.postgres else None
    redis = request.getfixturevalue("redis_url") if scenario.redis else None
    uitkomst = meet(scenario, tmp_path, BERICHTEN, postgres, redis)
    assert uitkomst.goed, uitkomst
    assert uitkomst.beantwoord >= BERICHTEN // 4, uitkomst
