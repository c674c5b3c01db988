"""A conversation full of personal data through a running server; then everything it made is searched."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import requests
from sqlalchemy.engine import make_url

from benchmarks.processen import wait_until
from benchmarks.stuk import Proefbank, proefdatabase
from benchmarks.stuk_server import GIF
from kennisbank.settings import DATA_MAP
from kennisbank.store import Kennisbank

BERICHTEN = {
    "mijn bsn is 111222333, wanneer vraag ik de ABA aan?": ["111222333"],
    "bel me op 06-12345678 over de wajong": ["12345678"],
    "mail naar fatima.elamrani@voorbeeldschool.nl over de no-riskpolis": ["fatima", "voorbeeldschool"],
    "rekening NL91ABNA0417164300, wat is loonkostensubsidie?": ["NL91ABNA", "0417164300"],
    "hij is geboren op 14-03-2008, wat gebeurt er op 18?": ["14-03-2008"],
    # With the space before it: as four digits alone it stands in the time of an event now and then.
    "hij woont Lindelaan 12, 9403 AB Assen, welke route geldt er?": ["Lindelaan", " 9403"],
    "mijn leerling heet Kevin Brouwers, wat is beschut werk?": ["Kevin", "Brouwers"],
    "/gemeente bel 06-87654321": ["87654321"],
    "/fout vraag het aan Sanne de Wit, 06-11223344": ["Sanne", "11223344"],
    f"{GIF} mijn bsn is 123456782": ["123456782"],
}
GEHEIM = [waarde for waarden in BERICHTEN.values() for waarde in waarden]


def _vind(inhoud: bytes) -> list[str]:
    return [waarde for waarde in GEHEIM if waarde.lower().encode() in inhoud.lower()]


@pytest.fixture
def map_(tmp_path: Path, kb: Kennisbank) -> Path:
    return tmp_path


@pytest.fixture(params=["sqlite", "postgres"])
def bank(request: pytest.FixtureRequest, map_: Path) -> Iterator[Proefbank]:
    omgeving = {"ROUTEWIJZER_GESPREKKEN_URL": f"sqlite:///{map_ / 'gesprekken.db'}"}
    if request.param == "sqlite":
        yield Proefbank(map_, omgeving)
        return
    met_redis = {**omgeving, "ROUTEWIJZER_REDIS_URL": request.getfixturevalue("redis_url")}
    with proefdatabase(request.getfixturevalue("postgres_server")) as url:
        yield Proefbank(map_, {**met_redis, "ROUTEWIJZER_GESPREKKEN_URL": url})


def test_nothing_that_a_server_makes_holds_personal_data(bank: Proefbank, map_: Path) -> None:
    begin = time.time()
    bank.start()
    try:
        adres = f"http://127.0.0.1:{bank.poorten[0]}"

        def leeft() -> bool:
            try:
                return requests.get(f"{adres}/gezond", timeout=5).ok
            except requests.ConnectionError:
                return False

        wait_until(leeft, bank.servers, 120)
        antwoorden = ""
        for nummer, tekst in enumerate(BERICHTEN):
            velden = {"id": str(nummer), "gesprek": "proef:a", "tekst": tekst, "terug": f"{adres}/nergens"}
            antwoorden += requests.post(f"{adres}/proef/vraag", json=velden, timeout=60).text
            later = {**velden, "gesprek": "proef:b"}
            assert requests.post(f"{adres}/proef/webhook", json=later, timeout=60).status_code == 200
        kopie = {"id": "kopie", "gesprek": "proef:a", "tekst": "/mijngegevens"}
        antwoorden += requests.post(f"{adres}/proef/vraag", json=kopie, timeout=60).text
        assert "no-riskpolis" in antwoorden
        assert _vind(antwoorden.encode()) == []
    finally:
        bank.stop()
    gemaakt = [pad for pad in map_.rglob("*") if pad.is_file()]
    gemaakt += [pad for pad in DATA_MAP.rglob("*") if pad.is_file() and pad.stat().st_mtime >= begin]
    assert map_ / "server.log" in gemaakt
    assert {str(pad): _vind(pad.read_bytes()) for pad in gemaakt if _vind(pad.read_bytes())} == {}
    opslag = bank.omgeving["ROUTEWIJZER_GESPREKKEN_URL"]
    inhoud = _bestanden(bank.database) if opslag.startswith("sqlite") else _dump(opslag)
    assert b"no-riskpolis" in inhoud
    assert _vind(inhoud) == []
    if "ROUTEWIJZER_REDIS_URL" in bank.omgeving:
        r = redis.Redis.from_url(bank.omgeving["ROUTEWIJZER_REDIS_URL"])
        sleutels = [sleutel for sleutel in r.scan_iter("*") if b"proef:" in sleutel]
        assert _vind(b" ".join([*sleutels, *(r.dump(sleutel) or b"" for sleutel in sleutels)])) == []


def _bestanden(database: Path) -> bytes:
    """The file and, where the server was not given the time to close it, its log."""
    return b"".join(pad.read_bytes() for pad in database.parent.glob(f"{database.name}*"))


def _dump(url: str) -> bytes:
    adres = make_url(url)
    uit = subprocess.run(
        [
            "pg_dump",
            "-h",
            str(adres.host),
            "-p",
            str(adres.port),
            "-U",
            str(adres.username),
            str(adres.database),
        ],
        capture_output=True,
        check=True,
    )
    return uit.stdout
