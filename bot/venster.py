"""How often something happened lately, counted in this process."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock

from limits import RateLimitItem

_OPRUIMEN = 60
"""Seconds after which what is over is looked for."""


@dataclass
class _Keren:
    venster: int
    momenten: deque[float] = field(default_factory=deque)

    def vergeet(self, nu: float) -> None:
        """What lies outside the window no longer counts."""
        while self.momenten and self.momenten[0] <= nu - self.venster:
            self.momenten.popleft()


class Venster:
    """A moving window for every limit and everybody it counts for.

    The library's own storage in memory looks through all that it counted, in a new thread, up to a hundred
    times a second: under load a good part of the processor.
    """

    def __init__(self, opruimen: float = _OPRUIMEN) -> None:
        self._keren: dict[str, _Keren] = {}
        self._opruimen, self._opgeruimd = opruimen, time.monotonic()
        self._slot = Lock()

    def hit(self, limiet: RateLimitItem, *wie: str) -> bool:
        """Whether it may happen once more within `limiet`; counts it where it may."""
        nu = time.monotonic()
        with self._slot:
            self._ruim_op(nu)
            keren = self._keren.setdefault(limiet.key_for(*wie), _Keren(limiet.get_expiry()))
            keren.vergeet(nu)
            if len(keren.momenten) >= limiet.amount:
                return False
            keren.momenten.append(nu)
            return True

    def __len__(self) -> int:
        """For how many it counts."""
        return len(self._keren)

    def _ruim_op(self, nu: float) -> None:
        if nu - self._opgeruimd < self._opruimen:
            return
        self._opgeruimd = nu
        for keren in self._keren.values():
            keren.vergeet(nu)
        self._keren = {wie: keren for wie, keren in self._keren.items() if keren.momenten}
