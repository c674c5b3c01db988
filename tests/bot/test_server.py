"""The server with a real HTTP client on loopback: what it serves, refuses, and says at start."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from bot.settings import PROJECT_MAP
from kennisbank.current import kennisbank
from tests.servers import OPDRACHT, routewijzer, vrije_poort


@pytest.fixture(scope="module")
def adres(kb: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with routewijzer(tmp_path_factory.mktemp("server"), ROUTEWIJZER_LIMIET_GESPREK="5/minute") as adres:
        yield adres


@pytest.fixture
def sessie(adres: str) -> Iterator[requests.Session]:
    with requests.Session() as sessie:
        assert sessie.get(f"{adres}/", timeout=10).status_code == 200
        yield sessie


def _stuur(sessie: requests.Session, adres: str, nummer: int, tekst: str, **velden: Any) -> requests.Response:
    inhoud = {"gezicht": "web", "gesprek": "een-gesprek", "bericht_id": f"bericht-{nummer}", "tekst": tekst}
    return sessie.post(f"{adres}/webhooks/web/bericht", json={**inhoud, **velden}, timeout=30)


def test_it_is_healthy_and_knows_its_articles(adres: str) -> None:
    assert requests.get(f"{adres}/gezond", timeout=5).json() == {
        "status": "ok",
        "artikelen": len(kennisbank().artikelen),
    }


def test_it_says_that_it_can_take_messages_and_gives_figures(adres: str) -> None:
    assert requests.get(f"{adres}/gereed", timeout=5).json() == {"gereed": True}
    assert "routewijzer_kennisbank_artikelen" in requests.get(f"{adres}/metrics", timeout=5).text


def test_the_page_loads_only_its_own_files(adres: str) -> None:
    antwoord = requests.get(f"{adres}/", timeout=5)
    verwijzingen = re.findall(r'(?:src|href)="([^"#]+)"', antwoord.text)
    assert len(verwijzingen) >= 5
    for verwijzing in verwijzingen:
        assert verwijzing.startswith("/")
        assert requests.get(f"{adres}{verwijzing}", timeout=5).status_code == 200


def test_a_conversation_over_the_web_with_a_button(adres: str, sessie: requests.Session) -> None:
    eerste = _stuur(sessie, adres, 1, "wanneer moeten we ABA aanvragen?").json()
    assert "Wet Wajong" in eerste["html"]
    payload = re.findall(r'name="payload" value="([^"]+)"', eerste["html"])[0]
    assert "Wat kun je nu doen?" in _stuur(sessie, adres, 2, payload, keuze=True).json()["html"]


def test_the_same_message_again_gives_the_same_answer(adres: str, sessie: requests.Session) -> None:
    eerste = _stuur(sessie, adres, 1, "wanneer moeten we ABA aanvragen?")
    assert (
        _stuur(sessie, adres, 1, "wanneer moeten we ABA aanvragen?").json()["html"] == eerste.json()["html"]
    )


def test_who_sends_too_much_hears_so_kindly(adres: str, sessie: requests.Session) -> None:
    antwoorden = [_stuur(sessie, adres, nummer, "hoi") for nummer in range(6)]
    assert [antwoord.status_code for antwoord in antwoorden] == [200] * 5 + [429]
    assert kennisbank().teksten("deur.te_vaak") in antwoorden[-1].json()["html"]
    assert antwoorden[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("inhoud", "status"),
    [
        (b"{kapot", 400),
        (b"[]", 400),
        (b"", 400),
        (b'{"tekst": 3}', 400),
        (b'{"gezicht":"web","gesprek":"een-gesprek","bericht_id":"../../etc","tekst":"hoi"}', 400),
        (
            b'{"gezicht":"web","gesprek":"een-gesprek","bericht_id":"bericht-1","tekst":"a","rol":"b"}',
            400,
        ),
        (b'{"tekst": "' + b"x" * 30_000 + b'"}', 400),
        (b'{"tekst": "' + b"x" * 200_000 + b'"}', 413),
    ],
)
def test_a_malformed_call_gets_a_word_and_no_error(
    adres: str, sessie: requests.Session, inhoud: bytes, status: int
) -> None:
    antwoord = sessie.post(
        f"{adres}/webhooks/web/bericht",
        data=inhoud,
        headers={"Content-Type": "application/json"},
        timeout=10,
    )
    assert antwoord.status_code == status
    assert antwoord.json() == {"fout": kennisbank().teksten("web.ongeldig")}


@pytest.mark.parametrize("naam", ["..%2f..%2f__init__.py", "sessie.py", "%00", "openapi.yml"])
def test_only_files_of_the_page_can_be_fetched(adres: str, naam: str) -> None:
    for map_ in ("bestand", "beelden"):
        assert requests.get(f"{adres}/webhooks/web/{map_}/{naam}", timeout=5).status_code == 404


def test_a_picture_is_served_under_a_policy_of_its_own(adres: str) -> None:
    antwoord = requests.get(f"{adres}/webhooks/web/beelden/leeftijdslijn-18.svg", timeout=5)
    assert antwoord.headers["Content-Type"] == "image/svg+xml"
    assert "script-src" not in antwoord.headers["Content-Security-Policy"]


def test_who_reads_or_writes_slowly_holds_up_nobody(adres: str, sessie: requests.Session) -> None:
    """Half a request, and a whole one whose answer is never read, each many times over."""
    naam, _, poort = adres.partition("//")[2].partition(":")
    kop = f"GET / HTTP/1.1\r\nHost: {naam}:{poort}\r\n"
    with contextlib.ExitStack() as open_:
        for nummer in range(100):
            trage = open_.enter_context(socket.create_connection((naam, int(poort)), timeout=10))
            trage.sendall(f"{kop}\r\n".encode() * 20 if nummer % 2 else kop.encode())
        begin = time.monotonic()
        assert _stuur(sessie, adres, 1, "wat betekent LKS?").status_code == 200
        assert time.monotonic() - begin < 15


def test_the_engines_own_api_is_not_there(adres: str) -> None:
    for pad in ("/model", "/conversations/web/tracker", "/webhooks/rest/webhook", "/status"):
        assert requests.get(f"{adres}{pad}", timeout=5).status_code == 404


@pytest.mark.parametrize(
    ("instelling", "waarde"),
    [
        ("ROUTEWIJZER_WEB_SECRET", "kort"),
        ("ROUTEWIJZER_PROXIES", "veel"),
        ("ROUTEWIJZER_BEWAARDAGEN", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_at_start(kb: object, instelling: str, waarde: str) -> None:
    uit = subprocess.run(
        [str(OPDRACHT), "serve", "--port", str(vrije_poort())],
        cwd=PROJECT_MAP,
        env={**os.environ, "PYTHONWARNINGS": "ignore", instelling: waarde},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert uit.returncode == 1
    assert instelling in uit.stderr.splitlines()[-1]
