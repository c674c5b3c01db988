"""`routewijzer telegram --polling` as a process, against the fake."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.telegram.conftest import bericht
from tests.bot.telegram.nep_telegram import TOKEN, NepTelegram
from tests.bot.telegram.server import OPDRACHT, draai

ABA = "wanneer moeten we ABA aanvragen?"


@contextmanager
def _polling(nep: NepTelegram, map_: Path) -> Iterator[None]:
    omgeving = {
        **os.environ,
        "PYTHONWARNINGS": "ignore",
        "ROUTEWIJZER_TELEGRAM_TOKEN": TOKEN,
        "ROUTEWIJZER_TELEGRAM_API_URL": nep.adres,
        "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{map_ / 'gesprekken.db'}",
    }
    with (map_ / "log").open("a") as uitvoer:
        with draai([str(OPDRACHT), "telegram", "--polling"], omgeving, uitvoer) as proces:
            yield
        assert proces.returncode == 0, (map_ / "log").read_text()


def _antwoorden(nep: NepTelegram, chat: int) -> list[str]:
    return [tekst for tekst in nep.teksten(chat) if "Wet Wajong" in tekst]


@pytest.mark.usefixtures("kb")
def test_it_fetches_answers_confirms_and_stops_when_told(nep: NepTelegram, tmp_path: Path) -> None:
    nep.webhook = "https://van.vroeger.example/"
    onleesbaar = {"update_id": 50, "message": "kapot"}
    nep.weiger("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    nep.updates = [onleesbaar, {**bericht(ABA, chat=201), "update_id": 51}]
    with _polling(nep, tmp_path):
        nep.wacht_op(lambda: _antwoorden(nep, 201), "antwoord", hoogstens=240)
        nep.wacht_op(lambda: nep.updates == [], "bevestiging")
        assert nep.webhook == ""
        nep.weiger("getUpdates", 502, "Bad Gateway")
        tweede = {**bericht(ABA, chat=202), "update_id": 52}
        nep.updates.append(tweede)
        nep.wacht_op(lambda: _antwoorden(nep, 202), "antwoord na een storing")
    log = (tmp_path / "log").read_text()
    assert log.count("Er is nog een programma") == 1
    assert "Update 50 van Telegram is niet te lezen" in log
    assert TOKEN.partition(":")[2] not in log

    # After a restart an update that Telegram brings again is not answered again.
    nep.updates = [tweede, {**bericht(ABA, chat=203), "update_id": 53}]
    with _polling(nep, tmp_path):
        nep.wacht_op(lambda: _antwoorden(nep, 203), "antwoord", hoogstens=240)
    assert len(_antwoorden(nep, 201)) == len(_antwoorden(nep, 202)) == 1
