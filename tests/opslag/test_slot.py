"""The lock of a conversation: within a process and, by Redis, between servers."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from bot.opslag import slot
from bot.opslag.database import OpslagWeg
from bot.opslag.slot import GedeeldeSloten, Sloten


async def _gelijktijdig(*sloten: Sloten, keren: int = 10) -> list[int]:
    """How many held the conversation at each moment that somebody got it."""
    naam, binnen, gezien = uuid.uuid4().hex, 0, []

    async def werk(deze: Sloten) -> None:
        nonlocal binnen
        async with deze(naam):
            binnen += 1
            gezien.append(binnen)
            await asyncio.sleep(0)
            binnen -= 1

    await asyncio.gather(*(werk(deze) for _ in range(keren) for deze in sloten))
    return gezien


async def test_one_at_a_time_in_order_of_asking_and_nothing_is_left_behind() -> None:
    sloten, volgorde = Sloten(), []

    async def werk(nummer: int) -> None:
        async with sloten("a"):
            await asyncio.sleep(0)
            volgorde.append(nummer)

    await asyncio.gather(*(werk(nummer) for nummer in range(20)))
    assert volgorde == list(range(20))
    assert sloten._sloten == {}


async def test_another_conversation_does_not_wait() -> None:
    sloten = Sloten()
    async with sloten("a"), sloten("b"):
        pass


async def test_two_servers_hold_a_conversation_in_turn(redis_url: str) -> None:
    een, ander = GedeeldeSloten(redis_url), GedeeldeSloten(redis_url)
    assert await _gelijktijdig(een, ander) == [1] * 20


async def test_the_lock_of_a_server_that_died_comes_free_and_is_not_taken_back(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    naam = uuid.uuid4().hex
    monkeypatch.setattr(slot, "_TERMIJN", 0.3)
    dood, levend = GedeeldeSloten(redis_url), GedeeldeSloten(redis_url)
    houder = dood(naam)
    await houder.__aenter__()
    for taak in asyncio.all_tasks():
        if "_houd_vast" in repr(taak.get_coro()):
            taak.cancel()
    async with levend(naam):
        # Whoever had it before gives nothing back that is now another's.
        await houder.__aexit__(None, None, None)
        assert await levend._redis.exists(f"routewijzer:slot:{naam}")


async def test_a_lock_that_is_held_long_does_not_expire(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    naam = uuid.uuid4().hex
    monkeypatch.setattr(slot, "_TERMIJN", 0.6)
    sloten = GedeeldeSloten(redis_url)
    async with sloten(naam):
        await asyncio.sleep(1.5)
        assert await sloten._redis.exists(f"routewijzer:slot:{naam}")


async def test_redis_away_is_said() -> None:
    sloten = GedeeldeSloten("redis://127.0.0.1:1/0")
    with pytest.raises(OpslagWeg, match="Redis"):
        async with sloten("a"):
            raise AssertionError("het slot is er niet")
