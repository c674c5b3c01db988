"""Reading in processes of their own: side by side, and nothing lost when one of them dies."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from bot.leesprocessen import Leesprocessen

_DOOD = "dit bericht beëindigt wie het leest"
_LANG = "dit bericht leest lang"


def _lees(tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
    if tekst == _DOOD:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(1 if tekst == _LANG else 0.01)
    return {"tekst": tekst, "metadata": metadata, "proces": os.getpid()}


async def test_messages_are_read_beside_the_server_in_all_processes() -> None:
    lezers = Leesprocessen(_lees, 2)
    gelezen = await asyncio.gather(*(lezers.lees(str(n), {"nummer": n}) for n in range(20)))
    assert [g["tekst"] for g in gelezen] == [str(n) for n in range(20)]
    assert [g["metadata"]["nummer"] for g in gelezen] == list(range(20))
    assert {g["proces"] for g in gelezen} == set(lezers.nummers)
    assert os.getpid() not in lezers.nummers


async def test_at_most_one_message_waits_behind_a_long_one() -> None:
    lezers = Leesprocessen(_lees, 2)
    klaar: list[str] = []

    async def lees(tekst: str) -> None:
        await lezers.lees(tekst, None)
        klaar.append(tekst)

    await asyncio.gather(lees(_LANG), *(lees(str(n)) for n in range(10)))
    assert klaar.index(_LANG) >= 9


async def test_a_message_that_ends_its_reader_fails_alone() -> None:
    lezers = Leesprocessen(_lees, 2)
    teksten = [_DOOD if n == 7 else str(n) for n in range(20)]
    uitkomsten = await asyncio.gather(*(lezers.lees(t, None) for t in teksten), return_exceptions=True)
    for tekst, uitkomst in zip(teksten, uitkomsten, strict=True):
        if tekst == _DOOD:
            assert isinstance(uitkomst, BrokenProcessPool)
        else:
            assert isinstance(uitkomst, dict)
            assert uitkomst["tekst"] == tekst


async def test_a_reader_that_is_killed_is_replaced() -> None:
    lezers = Leesprocessen(_lees, 2)
    eerst = lezers.nummers
    for nummer in eerst:
        os.kill(nummer, signal.SIGKILL)
    gelezen = await asyncio.gather(*(lezers.lees(str(n), None) for n in range(10)))
    assert [g["tekst"] for g in gelezen] == [str(n) for n in range(10)]
    assert not set(eerst) & {g["proces"] for g in gelezen}


_SERVER = """
import time
from bot.leesprocessen import Leesprocessen
lezers = Leesprocessen(lambda tekst, metadata: {}, 2)
print(*lezers.nummers, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("einde", [signal.SIGKILL, signal.SIGTERM])
def test_readers_end_with_their_server(einde: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        nummers = [int(nummer) for nummer in server.stdout.readline().split()]
        assert len(nummers) == 2
        assert all(map(_leeft, nummers))
        server.send_signal(einde)
        server.wait(timeout=10)
    tot = time.monotonic() + 10
    while any(map(_leeft, nummers)) and time.monotonic() < tot:
        time.sleep(0.05)
    assert not any(map(_leeft, nummers))


def _leeft(nummer: int) -> bool:
    """Whether that process runs; one that has ended and was not yet fetched does not."""
    try:
        return Path(f"/proc/{nummer}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
