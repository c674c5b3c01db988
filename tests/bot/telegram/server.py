"""The running server, as an operator starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import requests

from bot.settings import PROJECT_MAP

OPDRACHT = Path(sys.executable).parent / "routewijzer"
PAD = "/webhooks/telegram/webhook"


def vrije_poort() -> int:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort: int = vrij.getsockname()[1]
        return poort


@contextmanager
def draai_server(poort: int, opties: Mapping[str, str], log: Path) -> Iterator[None]:
    """`routewijzer serve` on loopback; what it says goes to `log`."""
    omgeving = {**os.environ, "PYTHONWARNINGS": "ignore", **opties}
    with (
        log.open("w") as uitvoer,
        draai([str(OPDRACHT), "serve", "--port", str(poort)], omgeving, uitvoer) as server,
    ):
        wacht_op_http(f"http://127.0.0.1:{poort}/gezond", server)
        yield


@contextmanager
def draai(
    opdracht: list[str], omgeving: Mapping[str, str], uitvoer: IO[str], map_: Path = PROJECT_MAP
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the test."""
    proces = subprocess.Popen(
        opdracht, cwd=map_, env=dict(omgeving), stdout=uitvoer, stderr=subprocess.STDOUT
    )
    try:
        yield proces
    finally:
        proces.terminate()
        try:
            proces.wait(timeout=20)
        except subprocess.TimeoutExpired:
            proces.kill()
            proces.wait(timeout=5)


def wacht_op_http(adres: str, proces: subprocess.Popen[bytes]) -> None:
    for _ in range(800):
        assert proces.poll() is None, "het proces is gestopt"
        try:
            requests.get(adres, timeout=2)
        except requests.ConnectionError:
            time.sleep(0.25)
        else:
            return
    raise AssertionError(f"{adres} kwam niet op")
