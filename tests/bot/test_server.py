"""The server with a real HTTP client on loopback: the page, a conversation, and who is turned away."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.settings import PROJECT_MAP
from kennisbank.current import kennisbank

OPDRACHT = Path(sys.executable).parent / "routewijzer"


@pytest.fixture(scope="module")
def adres(kb: object) -> Iterator[str]:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    server = subprocess.Popen(
        [str(OPDRACHT), "serve", "--port", str(poort)],
        cwd=PROJECT_MAP,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    adres = f"http://127.0.0.1:{poort}"
    try:
        _wacht(adres, server)
        yield adres
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wacht(adres: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        assert server.poll() is None, "de server is gestopt"
        try:
            requests.get(f"{adres}/gezond", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("de server kwam niet op")


def _sessie(adres: str) -> requests.Session:
    sessie = requests.Session()
    assert sessie.get(f"{adres}/", timeout=10).status_code == 200
    return sessie


def _vraag(sessie: requests.Session, adres: str, tekst: str, keuze: bool = False) -> dict[str, object]:
    antwoord = sessie.post(f"{adres}/webhooks/web/bericht", json={"tekst": tekst, "keuze": keuze}, timeout=30)
    assert antwoord.status_code == 200
    inhoud: dict[str, object] = antwoord.json()
    return inhoud


def test_it_is_healthy_and_knows_its_articles(adres: str) -> None:
    assert requests.get(f"{adres}/gezond", timeout=5).json() == {
        "status": "ok",
        "artikelen": len(kennisbank().artikelen),
    }


def test_it_says_that_it_can_take_messages_and_gives_figures(adres: str) -> None:
    assert requests.get(f"{adres}/gereed", timeout=5).json() == {"gereed": True}
    assert "routewijzer_kennisbank_artikelen" in requests.get(f"{adres}/metrics", timeout=5).text


def test_the_page_loads_only_its_own_files_under_a_strict_policy(adres: str) -> None:
    antwoord = requests.get(f"{adres}/", timeout=5)
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]
    verwijzingen = re.findall(r'(?:src|href)="([^"]+)"', antwoord.text)
    assert verwijzingen
    for verwijzing in verwijzingen:
        assert verwijzing.startswith("/")
        assert requests.get(f"{adres}{verwijzing}", timeout=5).status_code == 200


def test_a_conversation_over_the_web_with_a_button(adres: str) -> None:
    sessie = _sessie(adres)
    eerste = _vraag(sessie, adres, "wanneer moeten we ABA aanvragen?")
    assert "Wet Wajong" in str(eerste["antwoord"])
    keuzes = eerste["keuzes"]
    assert isinstance(keuzes, list)
    tweede = _vraag(sessie, adres, keuzes[0]["payload"], keuze=True)
    assert "Wat kun je nu doen?" in str(tweede["antwoord"])


def test_two_visitors_have_conversations_of_their_own(adres: str) -> None:
    een, ander = _sessie(adres), _sessie(adres)
    _vraag(een, adres, "wanneer moeten we ABA aanvragen?")
    assert "Stel eerst een vraag" in str(_vraag(ander, adres, "kan dat simpeler")["antwoord"])


@pytest.mark.parametrize("koekje", [None, "zelfbedacht", "zelfbedacht.0000", "web.x.y"])
def test_a_conversation_that_we_did_not_sign_is_refused(adres: str, koekje: str | None) -> None:
    cookies = {"routewijzer": koekje} if koekje else {}
    antwoord = requests.post(
        f"{adres}/webhooks/web/bericht", json={"tekst": "hoi"}, cookies=cookies, timeout=10
    )
    assert antwoord.status_code == 401


@pytest.mark.parametrize(
    "inhoud", [b"{kapot", b"[]", b'{"tekst": 3}', b'{"tekst": "' + b"x" * 30_000 + b'"}']
)
def test_a_malformed_call_gets_a_word_and_no_error(adres: str, inhoud: bytes) -> None:
    antwoord = _sessie(adres).post(f"{adres}/webhooks/web/bericht", data=inhoud, timeout=10)
    assert antwoord.status_code == 400
    assert antwoord.json() == {"fout": "Dit bericht kan ik niet lezen."}


def test_the_engines_own_api_is_not_there(adres: str) -> None:
    for pad in ("/model", "/conversations/web/tracker", "/webhooks/rest/webhook", "/status"):
        assert requests.get(f"{adres}{pad}", timeout=5).status_code == 404
