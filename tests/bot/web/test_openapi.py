"""Every call of ours under schemathesis: whatever is sent, the answer is one that the description knows.

The page describes its own calls. What Telegram, Microsoft and the editors' page may send is described for
these tests alone, in `beschrijvingen/`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from limits import RateLimitItemPerMinute
from sanic import Sanic
from starlette.routing import Route

from bot.kanalen.web import web_blueprint
from bot.redactie import toegang, voorstel
from bot.redactie.pagina import maak_app
from bot.redactie.toegang import Toegang
from kennisbank.store import Kennisbank
from tests.bot.telegram.nep_telegram import TOKEN, NepTelegram
from tests.kanalen.teams.microsoft import Microsoft, microsoft
from tests.redactie.conftest import WACHTWOORD, een_proef
from tests.servers import routewijzer

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
BESCHRIJVINGEN = Path(__file__).parent / "beschrijvingen"
GEHEIM = "een_geheim_van_de_proef_0123456789"
_RUIM = "100000/minute"
_MAG_ANDERS_ZIJN = ("--exclude-checks", "negative_data_rejection,positive_data_acceptance")
"""What we have no use for is confirmed to a platform, which would bring it again and again; and whether a
proposal is good enough no schema tells."""


def _onderzoek(beschrijving: str, adres: str, map_: Path, *opties: str, voorbeelden: int = 20) -> None:
    """Lets schemathesis send what the description allows and what it does not."""
    uit = subprocess.run(
        [
            *(str(SCHEMATHESIS), "--config-file", str(Path(__file__).parent / "schemathesis.toml"), "run"),
            *(beschrijving, "--url", adres, "--max-examples", str(voorbeelden), "--seed", "1", "--no-color"),
            *opties,
        ],
        capture_output=True,
        text=True,
        cwd=map_,
        check=False,
        timeout=120,
    )
    assert uit.returncode == 0, uit.stdout[-6000:]


def test_no_call_breaks_or_answers_what_is_not_described(adres: str, tmp_path: Path) -> None:
    with requests.Session() as sessie:
        for pad in ("/", "/avondschool", "/ingesloten"):
            sessie.get(f"{adres}{pad}", timeout=10)
        koekjes = _koekjes(sessie)
    _onderzoek(f"{adres}/webhooks/web/openapi.json", adres, tmp_path, "--header", koekjes)


def test_every_route_of_the_door_is_described(adres: str) -> None:
    beschreven = requests.get(f"{adres}/webhooks/web/openapi.json", timeout=10).json()["paths"]
    app = Sanic("alleen_de_routes", configure_logging=False)
    app.blueprint(web_blueprint())
    app.router.finalize()  # type: ignore[no-untyped-call]
    assert len(app.router.routes) >= 13
    for route in app.router.routes:
        pad = f"/{route.path}".replace("<", "{").replace(":str>", "}")
        assert {methode.lower() for methode in route.methods} <= set(beschreven[pad])


@dataclass
class Platforms:
    """A server with the doors of Telegram and Teams, and where both platforms are."""

    adres: str
    ms: Microsoft
    log: Path

    def beschrijf(self, map_: Path) -> str:
        """Writes the description with what holds for this server."""
        beschrijving = _lees("platforms")
        soorten = beschrijving["components"]["schemas"]
        soorten["geheim"]["enum"] = [GEHEIM]
        soorten["dienst"]["enum"] = [self.ms.activiteit()["serviceUrl"]]
        bestand = map_ / "platforms.json"
        bestand.write_text(json.dumps(beschrijving), encoding="utf-8")
        return str(bestand)


@pytest.fixture(scope="module")
def platforms(kb: Kennisbank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    map_, nep = tmp_path_factory.mktemp("platforms"), NepTelegram()
    telegram = {
        "ROUTEWIJZER_TELEGRAM_TOKEN": TOKEN,
        "ROUTEWIJZER_TELEGRAM_SECRET": GEHEIM,
        "ROUTEWIJZER_TELEGRAM_API_URL": nep.adres,
    }
    ruim = {"ROUTEWIJZER_LIMIET_GESPREK": _RUIM, "ROUTEWIJZER_LIMIET_ADRES": _RUIM}
    with microsoft() as ms, routewijzer(map_, **telegram, **ms.instellingen, **ruim) as adres:
        yield Platforms(adres, ms, map_ / "server.log")
    nep.stop()


def test_whatever_telegram_or_who_poses_as_it_posts(platforms: Platforms, tmp_path: Path) -> None:
    _onderzoek(
        *(platforms.beschrijf(tmp_path), platforms.adres, tmp_path, "--include-path-regex", "telegram"),
        *_MAG_ANDERS_ZIJN,
    )


@pytest.mark.parametrize("token", ["geldig", "geen", "kapot"])
def test_whatever_microsoft_or_who_poses_as_it_posts(
    platforms: Platforms, tmp_path: Path, token: str
) -> None:
    koppen = {
        "geldig": f"Authorization: Bearer {platforms.ms.token(platforms.ms.activiteit())}",
        "geen": "X-Niets: niets",
        "kapot": "Authorization: Bearer a.b.c",
    }
    _onderzoek(
        *(platforms.beschrijf(tmp_path), platforms.adres, tmp_path),
        *("--include-path-regex", "teams", "--header", koppen[token], *_MAG_ANDERS_ZIJN),
        *("--phases", "coverage,fuzzing" if token == "geldig" else "fuzzing"),
    )


def test_whatever_an_editor_sends(kb: Kennisbank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With limits so wide that the proposals are reached."""
    monkeypatch.setattr(voorstel, "VOORSTELLEN_MAP", tmp_path / "voorstellen")
    for naam in ("_VOORSTELLEN", "_SAMEN"):
        monkeypatch.setattr(toegang, naam, RateLimitItemPerMinute(10_000))
    beschrijving = tmp_path / "redactie.json"
    beschrijving.write_text(json.dumps(_lees("redactie")), encoding="utf-8")
    with een_proef(kb, tmp_path) as proef:
        _onderzoek(
            *(str(beschrijving), proef.adres, tmp_path, "--header", _koekjes(proef.bezoek())),
            # Not its systematic phase: reading the content takes seconds each time.
            *("--phases", "fuzzing", *_MAG_ANDERS_ZIJN),
            voorbeelden=1,
        )


def test_every_route_of_the_editors_page_is_described(kb: Kennisbank, tmp_path: Path) -> None:
    beschreven = _lees("redactie")["paths"]
    with een_proef(kb, tmp_path) as proef:
        routes = maak_app(Toegang(WACHTWOORD), proef.database, kb).routes
    for route in routes:
        assert isinstance(route, Route)
        methoden = {methode.lower() for methode in route.methods or ()} - {"head"}
        assert methoden <= set(beschreven[route.path])


def _lees(naam: str) -> dict[str, Any]:
    beschrijving: dict[str, Any] = yaml.safe_load(
        (BESCHRIJVINGEN / f"{naam}.yml").read_text(encoding="utf-8")
    )
    return beschrijving


def _koekjes(sessie: requests.Session) -> str:
    """The header that carries the cookies of a visit."""
    return "Cookie: " + "; ".join(f"{koekje.name}={koekje.value}" for koekje in sessie.cookies)
