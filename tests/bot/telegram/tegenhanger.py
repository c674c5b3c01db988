"""The real counterpart: telemelya, a Bot API server that somebody else wrote, around the running server.

Two things it does not do are added: an object store (moto), and on the way to our webhook a proxy
that shows the secret, as Telegram does.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import redis
import requests

from bot.settings import PROJECT_MAP
from tests.bot.telegram.server import PAD, draai, draai_server, vrije_poort, wacht_op_http

MAP = PROJECT_MAP / ".tools" / "telemelya" / "bin"
REDIS = "redis://127.0.0.1:6379/9"
TOKEN = "123456789:een-token-voor-telemelya"
GEHEIM = "een_geheim_van_de_tegenhanger_42"
_SLEUTEL = "proef"


def ontbreekt() -> str:
    """What is missing to run it, or an empty text."""
    if not (MAP / "telemelya-server").exists():
        return "telemelya is er niet (make counterparts)"
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        return "er draait geen Redis op 127.0.0.1:6379"
    return ""


class Telemelya:
    """Plays the user of one chat."""

    def __init__(self, adres: str, chat: int) -> None:
        self._adres = f"{adres}/api/v1/test"
        self.chat = chat
        self.verloop: list[str | dict[str, Any]] = []
        """What the user did, in words, and what the bot said to it."""
        self._sessie = requests.Session()
        koppen = {"Authorization": f"Bearer {_SLEUTEL}", "X-Test-Session": f"chat-{chat}"}
        self._sessie.headers.update(koppen)

    def typ(self, tekst: str, tot: str) -> dict[str, Any]:
        """Sends a message; returns the message of the bot that says `tot`."""
        return self._stuur(tekst, tot, text=tekst)

    def druk(self, bericht: dict[str, Any], titel: str, tot: str) -> dict[str, Any]:
        """Presses a button under a message; returns the message of the bot that says `tot`."""
        rijen = bericht["reply_markup"]["inline_keyboard"]
        knop = next(knop for rij in rijen for knop in rij if titel in knop["text"])
        nummer = bericht["message_id"]
        return self._stuur(
            f"[{knop['text']}]", tot, callback_data=knop["callback_data"], callback_message_id=nummer
        )

    def alles(self) -> list[dict[str, Any]]:
        """All that the bot did."""
        antwoord = self._sessie.get(f"{self._adres}/responses", timeout=10)
        antwoord.raise_for_status()
        gezien: list[dict[str, Any]] = antwoord.json()["responses"]
        return gezien

    def _stuur(self, woorden: str, tot: str, **velden: Any) -> dict[str, Any]:
        eerder = len(self.alles())
        uit = self._sessie.post(
            f"{self._adres}/send_update",
            params={"bot_token": TOKEN},
            json={"chat_id": self.chat, **velden},
            timeout=20,
        )
        uit.raise_for_status()
        assert uit.json()["delivery"]["status_code"] == 200

        def gezegd() -> dict[str, Any] | None:
            nieuw = self.alles()[eerder:]
            return next((b for b in nieuw if tot in str(b.get("text") or b.get("caption"))), None)

        bericht: dict[str, Any] = wacht(gezegd, f"'{tot}' na '{woorden}'")
        self.verloop += [woorden, *(b for b in self.alles()[eerder:] if b["method"] == "sendMessage")]
        return bericht


def gesprek(jan: Telemelya) -> None:
    """The golden conversation: question, simpler, gemeente, contact, feedback."""
    jan.typ("/start", tot="Stel gerust je vraag")
    assert "automatische assistent" in jan.alles()[0]["text"]
    antwoord = jan.typ("wanneer moeten we ABA aanvragen?", tot="Enkele maanden vóór de achttiende verjaardag")
    assert "Bron: Wet Wajong" in antwoord["text"]
    jan.druk(antwoord, "eenvoudiger", tot="Vraag de ABA aan een paar maanden voor je 18 wordt.")
    jan.typ("/gemeente Stadskanaal", tot="Stadskanaal")
    contact = jan.typ("wie kan ik bellen?", tot="Contact voor Stadskanaal")
    jan.druk(contact, "👍", tot="Dank je wel! Fijn dat je dat laat weten.")


def wacht(waar: Callable[[], Any], wat: str, hoogstens: float = 90) -> Any:
    einde = time.monotonic() + hoogstens
    while time.monotonic() < einde:
        if gevonden := waar():
            return gevonden
        time.sleep(0.01)
    raise AssertionError(f"bleef uit: {wat}")


@contextmanager
def tegenhanger(map_: Path) -> Iterator[str]:
    """Telemelya with our server behind it; gives its address."""
    with ExitStack() as stapel:
        s3, api, onze = vrije_poort(), vrije_poort(), vrije_poort()
        adres = f"http://127.0.0.1:{api}"
        omgeving = {
            **os.environ,
            "MOCK_SERVER_HOST": "127.0.0.1",
            "MOCK_SERVER_PORT": str(api),
            "REDIS_URL": REDIS,
            "MINIO_ENDPOINT": f"127.0.0.1:{s3}",
            "AUTH_KEYS": _SLEUTEL,
        }
        moto = [str(MAP / "python"), str(MAP / "moto_server"), "-H", "127.0.0.1", "-p", str(s3)]
        for opdracht, poort in ((moto, s3), ([str(MAP / "telemelya-server")], api)):
            uitvoer = stapel.enter_context((map_ / f"{poort}.log").open("w"))
            proces = stapel.enter_context(draai(opdracht, omgeving, uitvoer, map_))
            wacht_op_http(f"http://127.0.0.1:{poort}/", proces)
        proxy = stapel.enter_context(_toont_geheim(f"http://127.0.0.1:{onze}"))
        opties = {
            "ROUTEWIJZER_TELEGRAM_TOKEN": TOKEN,
            "ROUTEWIJZER_TELEGRAM_SECRET": GEHEIM,
            "ROUTEWIJZER_TELEGRAM_API_URL": adres,
            "ROUTEWIJZER_TELEGRAM_WEBHOOK_URL": f"{proxy}{PAD}",
            "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{map_ / 'gesprekken.db'}",
        }
        # It keeps webhooks of earlier runs: wait until ours is the one.
        redis.Redis.from_url(REDIS).delete(f"webhook:{TOKEN}")
        stapel.enter_context(draai_server(onze, opties, map_ / "server.log"))
        info = f"{adres}/bot{TOKEN}/getWebhookInfo"
        wacht(lambda: requests.post(info, timeout=5).json()["result"]["url"], "aanmelding")
        yield adres


@contextmanager
def _toont_geheim(doel: str) -> Iterator[str]:
    """A proxy on loopback that adds the secret, which telemelya does not send."""

    class Doorgever(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            koppen = {"Content-Type": self.headers["Content-Type"], "X-Telegram-Bot-Api-Secret-Token": GEHEIM}
            antwoord = requests.post(doel + self.path, data=inhoud, headers=koppen, timeout=20)
            self.send_response(antwoord.status_code)
            self.send_header("Content-Length", str(len(antwoord.content)))
            self.end_headers()
            self.wfile.write(antwoord.content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Doorgever)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
