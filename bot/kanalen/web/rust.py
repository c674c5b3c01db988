"""Forgets a conversation on a shared computer after ten minutes without a message."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

_PAUZE = 15


class Rust:
    """Keeps when each conversation was last heard of, and has the quiet ones forgotten."""

    def __init__(self, na_seconden: float, klok: Callable[[], float] = time.monotonic) -> None:
        self._na = na_seconden
        self._klok = klok
        self._gezien: dict[str, float] = {}
        self._taak: asyncio.Task[None] | None = None

    def gezien(self, gesprek: str) -> bool:
        """Somebody spoke in this conversation just now; whether it is the first that is heard of it."""
        nieuw = gesprek not in self._gezien
        self._gezien[gesprek] = self._klok()
        return nieuw

    def weg(self, gesprek: str) -> None:
        """There is nothing left to forget of the conversation."""
        self._gezien.pop(gesprek, None)

    async def veeg(self, vergeet: Callable[[str], Awaitable[object]]) -> None:
        """Has every conversation forgotten that has been quiet long enough."""
        grens = self._klok() - self._na
        for gesprek in [naam for naam, moment in self._gezien.items() if moment <= grens]:
            await vergeet(gesprek)
            self.weg(gesprek)

    def begin(self, vergeet: Callable[[str], Awaitable[object]]) -> None:
        """Sweeps from now on."""
        self._taak = asyncio.create_task(self._blijf_vegen(vergeet))

    async def stop(self) -> None:
        """Stops sweeping."""
        if self._taak:
            self._taak.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._taak

    async def _blijf_vegen(self, vergeet: Callable[[str], Awaitable[object]]) -> None:
        while True:
            await asyncio.sleep(_PAUZE)
            try:
                await self.veeg(vergeet)
            except Exception:  # the store may be away for a while; what is not forgotten yet is tried again
                logger.exception("Een stil gesprek is nog niet gewist")
