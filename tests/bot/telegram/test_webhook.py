"""The webhook of the running server, as Telegram (or somebody who would like to be) calls it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.bot.telegram.conftest import bericht
from tests.bot.telegram.nep_telegram import TOKEN, NepTelegram
from tests.bot.telegram.server import OPDRACHT, PAD, draai_server, vrije_poort

GEHEIM = "een_geheim_van_de_proef_0123456789"
ABA = "wanneer moeten we ABA aanvragen?"


@dataclass
class Server:
    adres: str
    nep: NepTelegram
    log: Path
    opties: dict[str, str]

    def post(self, inhoud: Any, **koppen: str | None) -> requests.Response:
        velden: dict[str, str | None] = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": GEHEIM,
        }
        velden.update({naam.replace("_", "-"): waarde for naam, waarde in koppen.items()})
        data = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode()
        kop = {naam: waarde for naam, waarde in velden.items() if waarde is not None}
        return requests.post(self.adres, data=data, headers=kop, timeout=20)


@pytest.fixture(scope="module")
def server(kb: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    nep = NepTelegram()
    poort = vrije_poort()
    map_ = tmp_path_factory.mktemp("webhook")
    opties = {
        "ROUTEWIJZER_TELEGRAM_TOKEN": TOKEN,
        "ROUTEWIJZER_TELEGRAM_SECRET": GEHEIM,
        "ROUTEWIJZER_TELEGRAM_API_URL": nep.adres,
        "ROUTEWIJZER_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{poort}{PAD}",
        "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{map_ / 'gesprekken.db'}",
    }
    nep.weiger("setWebhook", 502, "Bad Gateway")  # Telegram stumbles once at our start
    with draai_server(poort, opties, map_ / "log"):
        yield Server(f"http://127.0.0.1:{poort}{PAD}", nep, map_ / "log", opties)
    nep.stop()


def test_it_signs_on_after_start_up_and_tries_again(server: Server) -> None:
    server.nep.wacht_op(lambda: server.nep.van("setMyCommands"), "aanmelding")
    mislukt, gelukt = server.nep.van("setWebhook")
    assert mislukt.velden == gelukt.velden
    assert gelukt.velden["secret_token"] == GEHEIM
    assert gelukt.velden["url"] == server.adres
    assert set(gelukt.velden["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    assert server.log.read_text().count("niet te bereiken") == 1


def test_a_message_is_confirmed_at_once_and_answered_after(server: Server) -> None:
    antwoord = server.post(bericht(ABA, chat=1001))
    assert (antwoord.status_code, antwoord.content) == (200, b"")
    server.nep.wacht_op(lambda: any("Wet Wajong" in t for t in server.nep.teksten(1001)), "antwoord")


@pytest.mark.parametrize("geheim", [None, "", "fout", GEHEIM[:-1], GEHEIM + "x", GEHEIM.upper(), "é" * 20])
def test_who_does_not_show_the_secret_gets_nowhere(server: Server, geheim: str | None) -> None:
    kop = geheim.encode("utf-8").decode("latin-1") if geheim else geheim
    update = bericht("wie is de contactpersoon in Stadskanaal?", chat=1002)
    assert server.post(update, X_Telegram_Bot_Api_Secret_Token=kop).status_code == 403
    _even_niets(server, 1002)


@pytest.mark.parametrize(
    "soort", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"]
)
def test_another_kind_of_content_is_refused(server: Server, soort: str | None) -> None:
    assert server.post(bericht(ABA, chat=1003), Content_Type=soort).status_code == 415
    _even_niets(server, 1003)


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"{kapot",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"tekst"',
        b"{}",
        b'{"update_id": "een"}',
        b'{"message": {"text": "hoi"}}',
    ],
)
def test_what_is_no_update_is_refused_without_an_error(server: Server, inhoud: bytes) -> None:
    assert server.post(inhoud).status_code == 400


@pytest.mark.parametrize(
    "velden",
    [
        {"message": "tekst"},
        {"message": {"text": 3}},
        {"message": {"message_id": 1, "date": "gisteren", "chat": {"id": 1, "type": "private"}}},
        {"callback_query": {"id": "1"}},
        {"message": []},
        {"iets_nieuws": {"waarde": 1}},
    ],
)
def test_an_update_that_cannot_be_read_is_not_asked_for_again(server: Server, velden: dict[str, Any]) -> None:
    assert server.post({"update_id": 1, **velden}).status_code == 200


def test_what_is_too_large_is_not_read(server: Server) -> None:
    assert server.post(b'{"update_id": 1, "x": "' + b"x" * 200_000 + b'"}').status_code == 413


def test_other_methods_are_not_there(server: Server) -> None:
    for methode in ("get", "put", "delete"):
        assert requests.request(methode, server.adres, timeout=10).status_code == 405


def test_an_update_that_is_replayed_gives_no_second_answer(server: Server) -> None:
    update = bericht(ABA, chat=1004)
    for _ in range(3):
        assert server.post(update).status_code == 200
    server.nep.wacht_op(lambda: any("Wet Wajong" in t for t in server.nep.teksten(1004)), "antwoord")
    _even_niets(server, 1004, al=len(server.nep.teksten(1004)))


def test_the_log_holds_no_token_no_secret_and_no_message(server: Server) -> None:
    server.post(bericht("mijn geheime zinnetje over kabouters", chat=1005))
    server.post({"update_id": 2, "message": {"text": "mijn geheime zinnetje over kabouters"}})
    server.nep.wacht_op(lambda: server.nep.teksten(1005), "antwoord")
    log = server.log.read_text()
    assert "aangemeld als" in log
    for verboden in (TOKEN, TOKEN.partition(":")[2], GEHEIM, "kabouters"):
        assert verboden not in log


@pytest.mark.parametrize(
    ("token", "geheim", "woord"),
    [
        ("", "", "Telegram staat uit: ROUTEWIJZER_TELEGRAM_TOKEN is niet ingesteld"),
        ("geen-token", GEHEIM, "ROUTEWIJZER_TELEGRAM_TOKEN is geen token"),
        (TOKEN, "", "ROUTEWIJZER_TELEGRAM_SECRET ontbreekt"),
        (TOKEN, "kort", "ROUTEWIJZER_TELEGRAM_SECRET ontbreekt of past niet"),
        (TOKEN, "met spaties en nog veel meer tekens", "ROUTEWIJZER_TELEGRAM_SECRET ontbreekt of past niet"),
    ],
)
def test_settings_that_are_missing_or_wrong_are_said_once(
    kb: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    token: str,
    geheim: str,
    woord: str,
) -> None:
    from bot.assistent import Assistent
    from bot.balie import Balie
    from bot.kanalen.telegram import telegram_blueprint

    monkeypatch.setenv("ROUTEWIJZER_TELEGRAM_TOKEN", token)
    monkeypatch.setenv("ROUTEWIJZER_TELEGRAM_SECRET", geheim)
    assistent = Assistent.load()
    assert telegram_blueprint(assistent, Balie(assistent)) is None
    assert caplog.text.count(woord) == 1


def test_a_refused_token_is_named_and_the_page_still_works(kb: object, tmp_path: Path) -> None:
    nep, poort = NepTelegram(), vrije_poort()
    ander_token = "999:een-token-dat-niemand-kent"
    opties = {
        "ROUTEWIJZER_TELEGRAM_TOKEN": ander_token,
        "ROUTEWIJZER_TELEGRAM_SECRET": GEHEIM,
        "ROUTEWIJZER_TELEGRAM_API_URL": nep.adres,
        "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{tmp_path / 'gesprekken.db'}",
    }
    log = tmp_path / "log"
    with draai_server(poort, opties, log):
        nep.wacht_op(lambda: "aanvaardt" in log.read_text(), "melding")
        assert requests.get(f"http://127.0.0.1:{poort}/gezond", timeout=10).status_code == 200
    nep.stop()
    assert "Telegram aanvaardt ROUTEWIJZER_TELEGRAM_TOKEN niet" in log.read_text()
    assert ander_token not in log.read_text()


def test_the_command_tells_how_the_bot_stands(server: Server, kb: object) -> None:
    server.nep.wacht_op(lambda: server.nep.webhook, "aanmelding")
    uit = subprocess.run(
        [str(OPDRACHT), "telegram"],
        env={**os.environ, **server.opties},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert uit.returncode == 0, uit.stderr
    assert "@NepRoutewijzerBot" in uit.stdout
    assert server.adres in uit.stdout


def _even_niets(server: Server, chat: int, al: int = 0) -> None:
    """Nothing is sent to a chat; a later message shows that the server had time enough."""
    proef = 5_000_000 + chat
    al_bij_proef = len(server.nep.teksten(proef))
    server.post(bericht(ABA, chat=proef))
    server.nep.wacht_op(lambda: len(server.nep.teksten(proef)) > al_bij_proef, "antwoord aan een ander")
    time.sleep(0.2)
    assert len(server.nep.teksten(chat)) == al
