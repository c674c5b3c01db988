"""Processes beside the server in which its messages are read.

Reading is most of the work of a message, and Python lets one thread of a process run at a time: read in
the server itself, messages side by side wait for each other while cores stand idle. The readers
are forked from a server that has its model, so that the model is in memory once.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Any

logger = logging.getLogger(__name__)

Lees = Callable[[str, dict[str, Any] | None], dict[str, Any]]
"""Gives the parse data of a message's text and metadata."""

_PLAATSEN = 2
"""Messages that a reader has at a time: the one it reads, and one that is there when it is ready. The
others wait for whoever is ready first; handed out at once, half of them would stand behind a long one."""


class Leesprocessen:
    """Reads messages in so many processes; one that dies is replaced, and its messages are read again."""

    def __init__(self, lees: Lees, aantal: int) -> None:
        # What is there now is not looked at again by the collector, and so stays shared.
        gc.collect()
        gc.freeze()
        self._lezers = [_Lezer(lees) for _ in range(aantal)]
        self._een_tegelijk = asyncio.Lock()
        self._plaatsen = asyncio.Semaphore(_PLAATSEN * aantal)

    async def lees(self, tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
        """The parse data of a message.

        Raises:
            BrokenProcessPool: the message ended the process that read it, twice.
        """
        try:
            async with self._plaatsen:
                return await self._kies().lees(tekst, metadata)
        except BrokenProcessPool:
            # Whose message ended it is not known. Each of them is read once more, alone.
            async with self._een_tegelijk:
                return await self._kies().lees(tekst, metadata)

    @property
    def nummers(self) -> list[int]:
        """The process ids."""
        return [lezer.nummer for lezer in self._lezers]

    def _kies(self) -> _Lezer:
        return min(self._lezers, key=lambda lezer: lezer.bezig)


class _Lezer:
    """One process, with the messages that wait for it."""

    def __init__(self, lees: Lees) -> None:
        self._lees = lees
        self.bezig = 0
        self._begin()

    def _begin(self) -> None:
        # Always a pool of one: a larger one forks when it needs to, with threads of its own at work.
        fork = multiprocessing.get_context("fork")
        self._poel = ProcessPoolExecutor(1, fork, _begin_te_lezen, (self._lees,))
        self._eerste = self._poel.submit(os.getpid)

    @property
    def nummer(self) -> int:
        return self._eerste.result()

    async def lees(self, tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
        poel = self._poel
        self.bezig += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(poel, _lees_hier, tekst, metadata)
        except BrokenProcessPool:
            if poel is self._poel:
                logger.warning("Een leesproces is gestopt; er komt een nieuw.")
                self._begin()
            raise
        finally:
            self.bezig -= 1


# -- in the process that reads ---------------------------------------------------------------

_lees: Lees


def _begin_te_lezen(lees: Lees) -> None:
    global _lees
    _lees = lees
    # The server's ways to stop are its own: it ends its readers itself.
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_stop_met_de_server, daemon=True).start()


def _lees_hier(tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
    return _lees(tekst, metadata)


def _stop_met_de_server() -> None:
    """Ends this process when the server is gone, however it went."""
    server = multiprocessing.parent_process()
    assert server is not None
    connection.wait([server.sentinel])
    os._exit(1)
