"""Processes that a measurement starts, waits for, weighs and stops. Only on loopback, only its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import BestandFout
from bot.processortijd import processor_seconds
from bot.settings import PROJECT_MAP

_KB_PER_MB = 1024
GEEN_GRENS = "100000/second"
"""A limit that no load reaches. Per second: every message within the period is kept and counted again."""


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        return int(vrij.getsockname()[1])


class Proces:
    """One started command with all processes under it."""

    def __init__(
        self,
        opdracht: Sequence[str],
        verslag: Path,
        map_: Path = PROJECT_MAP,
        omgeving: Mapping[str, str] | None = None,
    ) -> None:
        self._verslag = verslag
        self._naam = " ".join(Path(deel).name for deel in opdracht[:4])
        with verslag.open("ab") as uit:
            self._popen = subprocess.Popen(
                list(opdracht),
                cwd=map_,
                env={**os.environ, "PYTHONWARNINGS": "ignore", **(omgeving or {})},
                stdout=uit,
                stderr=uit,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The number of the first process."""
        return self._popen.pid

    def check(self) -> None:
        """Raises BestandFout with the end of its log when it is no longer there."""
        if self._popen.poll() is not None:
            einde = self._verslag.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise BestandFout(f"Gestopt: {self._naam} (status {self._popen.returncode})\n{einde}")

    def memory_mb(self) -> float:
        """Memory of it and its children, shared pages divided over who shares them (PSS)."""
        return sum(_pss_kb(pid) for pid in family(self.pid)) / _KB_PER_MB

    def cpu_seconds(self) -> float:
        """Processor time that it and its children have used."""
        return sum(processor_seconds(pid) for pid in family(self.pid))

    def kill(self) -> None:
        """Ends it at once, as a crash would: nothing is finished or saved."""
        os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait(timeout=10)

    def stop(self, wacht: float = 30) -> None:
        """Asks it to stop, and insists when it does not."""
        if self._popen.poll() is None:
            self._popen.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(timeout=wacht)
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self._popen.wait(timeout=10)


def family(pid: int) -> list[int]:
    """A process and all under it."""
    ouders: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            velden = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        ouders.setdefault(int(velden[1]), []).append(int(stat.parent.name))
    gevonden = [pid]
    for lid in gevonden:
        gevonden += ouders.get(lid, [])
    return gevonden


def _pss_kb(pid: int) -> int:
    try:
        regels = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(regel.split()[1]) for regel in regels if regel.startswith("Pss:"))


def machine() -> str:
    """This machine in a few words: processor, cores, memory."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    naam = next(r.partition(":")[2].strip() for r in info.splitlines() if r.startswith("model name"))
    geheugen = int(Path("/proc/meminfo").read_text().split()[1]) / _KB_PER_MB**2
    return f"{naam}, {os.cpu_count()} kernen, {geheugen:.0f} GB"


def wait_until(klaar: object, processen: Sequence[Proces], seconden: float) -> float:
    """Polls until `klaar()` is true; returns how long that took."""
    begin = time.perf_counter()
    assert callable(klaar)
    while not klaar():
        for proces in processen:
            proces.check()
        if time.perf_counter() - begin > seconden:
            raise BestandFout(f"Niet klaar na {seconden:.0f} seconden")
        time.sleep(0.05)
    return time.perf_counter() - begin
