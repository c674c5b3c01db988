"""Real servers for tests: a `routewijzer serve` process on loopback, and sites of others beside it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests

from bot.settings import PROJECT_MAP

OPDRACHT = Path(sys.executable).parent / "routewijzer"
OPSTARTTIJD = 90


def vrije_poort() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort: int = vrij.getsockname()[1]
    return poort


@contextlib.contextmanager
def routewijzer(map_: Path, **instellingen: str) -> Iterator[str]:
    """The address of a server of its own, with its conversations in `map_`."""
    poort = vrije_poort()
    adres = f"http://127.0.0.1:{poort}"
    omgeving = {
        **os.environ,
        "PYTHONWARNINGS": "ignore",
        "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{map_ / 'gesprekken.db'}",
        **instellingen,
    }
    with (map_ / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [str(OPDRACHT), "serve", "--port", str(poort)],
            cwd=PROJECT_MAP,
            env=omgeving,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wacht_tot_hij_er_is(adres, server)
            yield adres
        finally:
            server.terminate()
            server.wait(timeout=20)


@contextlib.contextmanager
def andere_site(inhoud: Mapping[str, str], map_: Path) -> Iterator[str]:
    """The address of somebody else's site with these pages; another site than 127.0.0.1 to a browser."""
    map_.mkdir(exist_ok=True)
    for naam, tekst in inhoud.items():
        (map_ / naam).write_text(tekst, encoding="utf-8")
    afhandeling = functools.partial(_Stil, directory=str(map_))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), afhandeling) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://localhost:{server.server_address[1]}"
        finally:
            server.shutdown()


class _Stil(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _wacht_tot_hij_er_is(adres: str, server: subprocess.Popen[bytes]) -> None:
    einde = time.monotonic() + OPSTARTTIJD
    while time.monotonic() < einde:
        assert server.poll() is None, "de server is gestopt"
        try:
            requests.get(f"{adres}/gezond", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("de server kwam niet op")
