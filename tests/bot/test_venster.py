"""The moving window: as many as may be, for each apart, and what is over is forgotten."""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond

from bot.venster import Venster

TWEE = RateLimitItemPerSecond(2)


def test_no_more_than_may_be_and_each_apart() -> None:
    venster = Venster()
    assert [venster.hit(TWEE, "een") for _ in range(3)] == [True, True, False]
    assert venster.hit(TWEE, "ander")
    assert venster.hit(RateLimitItemPerMinute(2), "een")


def test_what_was_refused_does_not_count_and_what_is_over_makes_room() -> None:
    venster = Venster()
    assert [venster.hit(TWEE, "een") for _ in range(5)] == [True, True, False, False, False]
    time.sleep(1.01)
    assert [venster.hit(TWEE, "een") for _ in range(3)] == [True, True, False]


def test_who_came_only_once_is_not_kept() -> None:
    venster = Venster(opruimen=0.5)
    for nummer in range(1000):
        venster.hit(TWEE, f"bezoeker {nummer}")
    assert len(venster) == 1000
    time.sleep(1.01)
    venster.hit(TWEE, "een")
    assert len(venster) == 1
