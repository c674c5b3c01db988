"""One conversation at a time: a lock per conversation, inside a process and between servers.

The lock keeps order and saves work. What keeps an answer from being given twice is the database:
a turn's number and the state of a message can each be taken only once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import redis.asyncio
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from bot.opslag.database import OpslagWeg

_TERMIJN = 15
"""Seconds after which the lock of a server that died comes free."""
_TUSSENPOOS = 0.05


class Sloten:
    """A lock for each conversation in this process; waiters are woken in order, without polling."""

    def __init__(self) -> None:
        self._sloten: dict[str, asyncio.Lock] = {}
        self._wachtenden: dict[str, int] = {}

    @asynccontextmanager
    async def __call__(self, gesprek: str) -> AsyncIterator[None]:
        """Holds the conversation."""
        slot = self._sloten.setdefault(gesprek, asyncio.Lock())
        self._wachtenden[gesprek] = self._wachtenden.get(gesprek, 0) + 1
        try:
            async with slot:
                yield
        finally:
            self._wachtenden[gesprek] -= 1
            if not self._wachtenden[gesprek]:
                del self._wachtenden[gesprek], self._sloten[gesprek]


class GedeeldeSloten(Sloten):
    """The same between servers, by Redis: taken in one step, given back only by who holds it, expiring.

    Only one waiter of each process asks Redis; the others wait for that one.

    Raises:
        OpslagWeg: Redis cannot be reached.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = redis.asyncio.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5)

    @asynccontextmanager
    async def __call__(self, gesprek: str) -> AsyncIterator[None]:
        """Holds the conversation on every server."""
        async with super().__call__(gesprek):
            slot = Lock(self._redis, f"routewijzer:slot:{gesprek}", timeout=_TERMIJN, sleep=_TUSSENPOOS)
            try:
                await slot.acquire()
            except RedisError as error:
                raise OpslagWeg("Redis is nu niet te bereiken.") from error
            bewaker = asyncio.create_task(_houd_vast(slot))
            try:
                yield
            finally:
                bewaker.cancel()
                await _geef_terug(slot)


async def _houd_vast(slot: Lock) -> None:
    """Renews the lock for as long as it is held, so that only a dead server's expires."""
    while True:
        await asyncio.sleep(_TERMIJN / 3)
        try:
            await slot.reacquire()
        except RedisError:
            return  # lost: the database still keeps an answer from being given twice


async def _geef_terug(slot: Lock) -> None:
    """A lock that expired or cannot be given back comes free by itself; the work is already stored."""
    try:
        await slot.release()
    except RedisError:
        return
