"""How long a turn takes through the door: `python -m tests.bot.telegram.meet [TURNS]`.

The running server on loopback against the fake, one message after the other, each in a chat of its own:
from posting the update until it is confirmed, and until the answer reaches the Bot API.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import requests

from kennisbank.current import kennisbank
from tests.bot.telegram.conftest import bericht
from tests.bot.telegram.nep_telegram import TOKEN, NepTelegram
from tests.bot.telegram.server import PAD, draai_server, vrije_poort

GEHEIM = "een_geheim_van_de_meting_0123456789"


def meet(beurten: int) -> None:
    """Prints p50 and p95 in milliseconds."""
    nep, poort = NepTelegram(), vrije_poort()
    with tempfile.TemporaryDirectory() as map_:
        opties = {
            "ROUTEWIJZER_TELEGRAM_TOKEN": TOKEN,
            "ROUTEWIJZER_TELEGRAM_SECRET": GEHEIM,
            "ROUTEWIJZER_TELEGRAM_API_URL": nep.adres,
            "ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{Path(map_) / 'gesprekken.db'}",
        }
        with draai_server(poort, opties, Path(map_) / "log"):
            _beurt(nep, poort, "hoi", 9_000_000)  # the first message pays for what is loaded late
            artikelen = [versies[0] for versies in kennisbank().artikelen.values()]
            vragen = [next(iter(a.vragen.values()))[0] for a in artikelen]
            tijden = [_beurt(nep, poort, vragen[i % len(vragen)], 9_000_001 + i) for i in range(beurten)]
    nep.stop()
    for naam, reeks in zip(("bevestigd", "antwoord"), zip(*tijden, strict=True), strict=True):
        p50, p95 = (
            round(tijd * 1000) for tijd in (statistics.median(reeks), statistics.quantiles(reeks, n=20)[-1])
        )
        print(f"{naam}: p50 {p50} ms, p95 {p95} ms ({beurten} beurten)")


def _beurt(nep: NepTelegram, poort: int, tekst: str, chat: int) -> tuple[float, float]:
    begin = time.monotonic()
    uit = requests.post(
        f"http://127.0.0.1:{poort}{PAD}",
        json=bericht(tekst, chat=chat),
        headers={"X-Telegram-Bot-Api-Secret-Token": GEHEIM},
        timeout=30,
    )
    bevestigd = time.monotonic() - begin
    uit.raise_for_status()
    # A new chat hears who we are first: the answer is the second message.
    verzonden = nep.wacht_op(
        lambda: [a for a in nep.van("sendMessage") if a.velden["chat_id"] == chat][1:], tekst
    )
    return bevestigd, verzonden[0].moment - begin


if __name__ == "__main__":
    meet(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
