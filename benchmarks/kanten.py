"""The two sides of the comparison as a user meets them: real processes on loopback, talked to over HTTP."""

from __future__ import annotations

import html
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import requests

from benchmarks.belasting import Verzoek
from benchmarks.processen import GEEN_GRENS, Proces, free_port, wait_until
from benchmarks.stock import write_service

OPSTARTTIJD = 600
_WACHT = 60


class Kant(Protocol):
    """A side: it starts, answers one message of a conversation, and says what a load tool must send."""

    naam: str
    adres: str
    processen: list[Proces]

    def start(self) -> None:
        """Starts its processes; returns at once."""

    def ask(self, gesprek: str, tekst: str) -> str:
        """The answer's text; raises requests.RequestException while nothing listens yet."""

    def requests_for(self, beurten: Sequence[tuple[int, str]]) -> Iterator[Verzoek]:
        """What to send for messages of numbered senders."""


class Stock:
    """`rasa run` with its REST channel and SQLite tracker store, and an action server."""

    naam = "stock"

    def __init__(self, map_: Path, model: Path) -> None:
        self._map = map_
        self._model = model
        self.processen: list[Proces] = []
        poort, self._acties = free_port(), free_port()
        self._poort = poort
        self.adres = f"http://127.0.0.1:{poort}/webhooks/rest/webhook"

    def start(self) -> None:
        """Both servers, side by side."""
        write_service(self._map, self._acties)
        (self._map / "gesprekken.db").unlink(missing_ok=True)
        rasa = [sys.executable, "-m", "rasa", "run", "--model", str(self._model)]
        rasa += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
        rasa += ["--interface", "127.0.0.1", "--port", str(self._poort)]
        acties = [sys.executable, "-m", "rasa_sdk", "--actions", "benchmarks.stock_acties"]
        stil = {
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
            # As without the setting that this process made for itself (bot/__init__.py).
            "OMP_NUM_THREADS": str(os.cpu_count()),
        }
        self.processen = [
            Proces(rasa, self._map / "rasa.log", self._map, stil),
            Proces([*acties, "--port", str(self._acties)], self._map / "acties.log", omgeving=stil),
        ]

    def ask(self, gesprek: str, tekst: str) -> str:
        """All texts of the turn."""
        antwoord = requests.post(self.adres, json={"sender": gesprek, "message": tekst}, timeout=_WACHT)
        antwoord.raise_for_status()
        return "\n\n".join(bericht.get("text", "") for bericht in antwoord.json())

    def requests_for(self, beurten: Sequence[tuple[int, str]]) -> Iterator[Verzoek]:
        """The sender is a field of the message."""
        for afzender, tekst in beurten:
            yield Verzoek("", json.dumps({"sender": f"klant-{afzender}", "message": tekst}))


class Routewijzer:
    """`routewijzer serve` with its web door, as it comes."""

    naam = "routewijzer"

    def __init__(self, map_: Path) -> None:
        self._map = map_
        self.processen: list[Proces] = []
        self._poort = free_port()
        self._pagina = f"http://127.0.0.1:{self._poort}/"
        self.adres = f"{self._pagina}webhooks/web/bericht"
        self._koekje = ""

    def start(self) -> None:
        """One command, with a store of conversations on disk."""
        self._koekje = ""
        gesprekken = self._map / "eigen-gesprekken.db"
        for rest in ("", "-wal", "-shm"):
            gesprekken.with_name(gesprekken.name + rest).unlink(missing_ok=True)
        opdracht = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self._poort)]
        omgeving = {
            "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{gesprekken}",
            # Every message of the load comes from this one machine, which the limits take for one sender.
            "ROUTEWIJZER_LIMIET_ADRES": GEEN_GRENS,
            "ROUTEWIJZER_LIMIET_GESPREK": GEEN_GRENS,
        }
        self.processen = [Proces(opdracht, self._map / "routewijzer.log", omgeving=omgeving)]

    def ask(self, gesprek: str, tekst: str) -> str:
        """The answer to one message, as text."""
        antwoord = requests.post(
            self.adres, json=_body(gesprek, tekst), headers={"Cookie": self._cookie()}, timeout=_WACHT
        )
        antwoord.raise_for_status()
        return html.unescape(str(antwoord.json()["html"]))

    def requests_for(self, beurten: Sequence[tuple[int, str]]) -> Iterator[Verzoek]:
        """One visitor with many conversations; which of them is a field of the message."""
        for afzender, tekst in beurten:
            yield Verzoek(self._cookie(), json.dumps(_body(f"klant-{afzender}", tekst)))

    def _cookie(self) -> str:
        if not self._koekje:
            koekjes = requests.get(self._pagina, timeout=_WACHT).cookies.items()
            self._koekje = "; ".join(f"{naam}={waarde}" for naam, waarde in koekjes)
        return self._koekje


def _body(gesprek: str, tekst: str) -> dict[str, Any]:
    return {
        "gezicht": "web",
        "gesprek": f"gesprek-{gesprek}",
        "bericht_id": secrets.token_urlsafe(12),
        "tekst": tekst,
    }


def until_first_answer(kant: Kant, tekst: str, goed: Callable[[str], bool]) -> float:
    """Starts a side and asks until the first answer is there; returns the seconds from nothing."""

    def antwoordt() -> bool:
        try:
            return goed(kant.ask("eerste", tekst))
        except requests.RequestException:
            return False

    kant.start()
    return wait_until(antwoordt, kant.processen, OPSTARTTIJD)


def stop(kant: Kant) -> None:
    """Stops all processes of a side."""
    for proces in kant.processen:
        proces.stop()


def memory_mb(kant: Kant) -> int:
    """Memory of all processes of a side."""
    return round(sum(proces.memory_mb() for proces in kant.processen))
