"""The measuring itself is measured: counts and failures of a load, clocks that add up, ratios, the page."""

from __future__ import annotations

import asyncio
import functools
import importlib
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks import belasting, verslag
from benchmarks.belasting import Verzoek, load
from benchmarks.profiel import DELEN, Klok
from benchmarks.vergelijking import ratios

ANTWOORD = b"x" * 100


class _Server(BaseHTTPRequestHandler):
    """Answers every message; one whose text is `kapot` gets a failure, `leeg` nothing."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        tekst = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["tekst"]
        inhoud = b"[]" if tekst == "leeg" else ANTWOORD
        self.send_response(500 if tekst == "kapot" or self.headers["Cookie"] != "wie=ik" else 200)
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        self.wfile.write(inhoud)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def adres() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    draad.join()
    server.server_close()


@pytest.fixture(params=["wrk", "aiohttp"])
def middel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "wrk" and not shutil.which("wrk"):
        pytest.skip("wrk is hier niet (make counterparts)")
    naam = str(request.param)
    monkeypatch.setattr(belasting, "tool", lambda: naam)
    return naam


@pytest.mark.parametrize(("tekst", "fout"), [("goed", False), ("kapot", True), ("leeg", True)])
def test_a_load_counts_messages_and_what_is_no_answer(
    adres: str, middel: str, tekst: str, fout: bool
) -> None:
    druk = load(adres, [Verzoek("wie=ik", json.dumps({"tekst": tekst}))] * 10, 2, 1)
    assert druk.berichten_per_s > 1
    assert 0 < druk.p50_ms <= druk.p95_ms
    assert bool(druk.fouten) is fout


def test_every_part_of_the_profile_exists() -> None:
    for plekken in DELEN.values():
        for plek in plekken:
            module, _, pad = plek.partition(":")
            assert callable(functools.reduce(getattr, pad.split("."), importlib.import_module(module)))


def test_clocks_inside_clocks_add_up_to_the_whole() -> None:
    klok = Klok()
    with klok.loopt("alles"):
        with klok.loopt("buiten"), klok.loopt("binnen"):
            sum(range(200_000))
        sum(range(200_000))
    samen = sum(tijd[1] for tijd in klok.tijden.values())
    assert set(klok.tijden) == {"alles", "buiten", "binnen"}
    assert klok.tijden["buiten"][1] < klok.tijden["binnen"][1]
    assert samen == pytest.approx(klok._binnen[0][1])


def test_a_clock_is_taken_off_again() -> None:
    echt = asyncio.run
    with Klok().op({"iets": ("asyncio:run",)}):
        assert asyncio.run is not echt
    assert asyncio.run is echt


def test_ratios_are_ours_by_stocks_and_the_last_is_our_own() -> None:
    stock = {"berichten_per_s": {"10": 10.0}, "p95_ms": {"10": 1000.0}, "koude_start_s": 50.0,
             "geheugen_mb": 2000.0, "beurt_5_ms": 100.0, "beurt_200_ms": 400.0}  # fmt: skip
    ons = {"berichten_per_s": {"10": 45.0}, "p95_ms": {"10": 200.0}, "koude_start_s": 5.0,
           "geheugen_mb": 500.0, "beurt_5_ms": 20.0, "beurt_200_ms": 22.0}  # fmt: skip
    assert ratios(stock, ons) == {
        "berichten_per_s_10": 4.5, "p95_10": 0.2, "koude_start": 0.1, "geheugen": 0.25, "beurt_200_5": 1.1
    }  # fmt: skip


def test_a_table_replaces_its_own_section_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pagina = tmp_path / "metingen.md"
    pagina.write_text("# Measured\n\nblijft\n\n## Een\n\noud\n\n## Twee\n\nook\n", encoding="utf-8")
    monkeypatch.setattr(verslag, "METINGEN", pagina)
    verslag.write("Een", ("maat", "waarde"), [("snel", "1")], ["Zo gemeten."])
    tekst = pagina.read_text(encoding="utf-8")
    assert "blijft" in tekst
    assert "## Twee\n\nook" in tekst
    assert "oud" not in tekst
    assert tekst.count("## Een") == 1
    assert "| snel | 1 |" in tekst
