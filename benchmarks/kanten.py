"""The two sides of the comparison as a user meets them: real processes on loopback, talked to over HTTP."""

from __future__ import annotations

import html
import json
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import requests

from benchmarks.belasting import Verzoek
from benchmarks.processen import Proces, free_port, wait_until
from benchmarks.stock import write_service

OPSTARTTIJD = 180
_WACHT = 60
_GEEN_GRENS = "1000000/minute"


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
        stil = {"RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1"}
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
        self._koekjes: dict[str, dict[str, str]] = {}

    def start(self) -> None:
        """One command."""
        self._koekjes.clear()
        opdracht = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self._poort)]
        # Every message of the load comes from this one machine, which the limits take for one sender.
        ruim = {"ROUTEWIJZER_LIMIET_ADRES": _GEEN_GRENS, "ROUTEWIJZER_LIMIET_GESPREK": _GEEN_GRENS}
        self.processen = [Proces(opdracht, self._map / "routewijzer.log", omgeving=ruim)]

    def ask(self, gesprek: str, tekst: str) -> str:
        """The answer to one message of a visitor."""
        antwoord = requests.post(
            self.adres, json=_body(tekst), headers=self._visitor(gesprek), timeout=_WACHT
        )
        antwoord.raise_for_status()
        return html.unescape(str(antwoord.json()["html"]))

    def requests_for(self, beurten: Sequence[tuple[int, str]]) -> Iterator[Verzoek]:
        """The sender is the cookie that the page gave."""
        for afzender, tekst in beurten:
            yield Verzoek(self._visitor(f"klant-{afzender}")["Cookie"], json.dumps(_body(tekst)))

    def _visitor(self, gesprek: str) -> dict[str, str]:
        if gesprek not in self._koekjes:
            koekjes = requests.get(self._pagina, timeout=_WACHT).cookies.items()
            self._koekjes[gesprek] = {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in koekjes)}
        return self._koekjes[gesprek]


def _body(tekst: str) -> dict[str, Any]:
    return {"gezicht": "web", "gesprek": "benchmark", "bericht_id": uuid.uuid4().hex, "tekst": tekst}


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
