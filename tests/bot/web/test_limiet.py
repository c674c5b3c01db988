"""How often a visitor and a network address may call: over real HTTP, with what is left in the store."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser
from sqlalchemy import create_engine, func, select

from bot.opslag.tabellen import METADATA
from kennisbank.current import kennisbank
from tests.bot.web.conftest import vraag
from tests.servers import routewijzer

PER_GESPREK, PER_ADRES = 3, 6
_nummers = itertools.count(1)
_INHOUD: dict[str, dict[str, Any]] = {
    "bericht": {"tekst": "wat betekent LKS?", "vooraf": {"doelgroep": "coach"}},
    "oordeel": {"goed": True},
    "vergeet": {},
}


class Bezoek:
    """A visitor at a network address of his own, with one page open."""

    def __init__(self, server: str, netadres: str) -> None:
        self._server, self._sessie = server, requests.Session()
        self._sessie.headers["X-Forwarded-For"] = netadres
        for gezicht in ("", "avondschool"):
            self._sessie.get(f"{server}/{gezicht}", timeout=10)

    def roep(
        self, pad: str, gesprek: str = "een-gesprek", gezicht: str = "web", id_: str | None = None
    ) -> requests.Response:
        velden = {"gezicht": gezicht, "gesprek": gesprek, **_INHOUD[pad]}
        if pad == "bericht":
            velden["bericht_id"] = id_ or f"bericht-{next(_nummers)}"
        return self._sessie.post(f"{self._server}/webhooks/web/{pad}", json=velden, timeout=30)


@dataclass
class Server:
    """A server with narrow limits behind one proxy, and its store."""

    adres: str
    map_: Path

    def bezoek(self) -> Bezoek:
        return Bezoek(self.adres, f"192.0.2.{next(_nummers)}")

    def rijen(self) -> dict[str, int]:
        """How many rows each table has."""
        engine = create_engine(f"sqlite:///{self.map_ / 'gesprekken.db'}", future=True)
        with engine.connect() as verbinding:
            tellingen = {
                naam: verbinding.execute(select(func.count()).select_from(tabel)).scalar_one()
                for naam, tabel in METADATA.tables.items()
            }
        engine.dispose()
        return tellingen


@pytest.fixture(scope="module")
def server(kb: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    map_ = tmp_path_factory.mktemp("limiet")
    with routewijzer(
        map_,
        ROUTEWIJZER_LIMIET_GESPREK=f"{PER_GESPREK}/minute",
        ROUTEWIJZER_LIMIET_ADRES=f"{PER_ADRES}/minute",
        ROUTEWIJZER_PROXIES="1",
    ) as adres:
        yield Server(adres, map_)


@pytest.mark.parametrize("pad", _INHOUD)
def test_every_call_counts_for_the_conversation(server: Server, pad: str) -> None:
    bezoek = server.bezoek()
    assert [bezoek.roep("vergeet").status_code for _ in range(PER_GESPREK)] == [200] * PER_GESPREK
    _is_beleefd_geweigerd(bezoek.roep(pad))
    assert bezoek.roep(pad, gesprek="een-ander-gesprek").status_code == 200


@pytest.mark.parametrize("pad", _INHOUD)
def test_every_call_counts_for_the_network_address(server: Server, pad: str) -> None:
    bezoek = server.bezoek()
    for nummer in range(PER_ADRES):
        assert bezoek.roep("vergeet", gesprek=f"gesprek-{nummer}").status_code == 200
    _is_beleefd_geweigerd(bezoek.roep(pad, gesprek="nog-een-gesprek"))


@pytest.mark.parametrize("pad", _INHOUD)
@pytest.mark.parametrize("gezicht", ["web", "avondschool"])
def test_what_is_refused_leaves_nothing(server: Server, pad: str, gezicht: str) -> None:
    bezoek = server.bezoek()
    for nummer in range(PER_ADRES):
        bezoek.roep("vergeet", gesprek=f"gesprek-{nummer}")
    eerder = server.rijen()
    for nummer in range(5):
        assert bezoek.roep(pad, f"vol-{nummer}-gesprek", gezicht).status_code == 429
    assert server.rijen() == eerder


def test_the_same_message_again_does_not_begin_the_conversation_again(server: Server) -> None:
    bezoek = server.bezoek()
    eerste = bezoek.roep("bericht", id_="hetzelfde-bericht")
    eerder = server.rijen()
    opnieuw = bezoek.roep("bericht", id_="hetzelfde-bericht")
    assert opnieuw.json()["html"] == eerste.json()["html"]
    assert server.rijen() == eerder


def test_a_page_that_is_refused_keeps_its_conversation(browser: Browser, server: Server) -> None:
    page = browser.new_page(locale="nl-NL")
    page.goto(server.adres)
    for _ in range(PER_GESPREK):
        vraag(page, "hoi")
    page.get_by_role("button", name=kennisbank().teksten("web.wis")).click()
    page.get_by_text(kennisbank().teksten("deur.te_vaak")).wait_for()
    assert page.locator(".bericht--mij").count() == PER_GESPREK
    page.close()


def _is_beleefd_geweigerd(antwoord: requests.Response) -> None:
    assert antwoord.status_code == 429
    assert kennisbank().teksten("deur.te_vaak") in antwoord.json()["html"]
    assert int(antwoord.headers["Retry-After"]) > 0


def test_an_address_that_a_visitor_makes_up_does_not_count(server: Server) -> None:
    """Only what our own proxy adds, at the end, is believed."""
    netadres = f"192.0.2.{next(_nummers)}"
    statussen = [
        Bezoek(server.adres, f"198.51.100.{nummer}, {netadres}").roep("vergeet").status_code
        for nummer in range(PER_ADRES + 1)
    ]
    assert statussen == [200] * PER_ADRES + [429]


def test_without_a_proxy_of_ours_no_such_address_counts(kb: object, tmp_path: Path) -> None:
    with routewijzer(tmp_path, ROUTEWIJZER_LIMIET_ADRES="2/minute") as adres:
        statussen = [Bezoek(adres, f"198.51.100.{nummer}").roep("vergeet").status_code for nummer in range(3)]
    assert statussen == [200, 200, 429]
