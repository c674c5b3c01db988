"""The store is built whole or not at all, says what is wrong, and refuses days it does not cover."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kennisbank.reader import read_inhoud
from kennisbank.store import Kennisbank, OpslagFout, build


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    adres = f"sqlite:///{tmp_path_factory.mktemp('opslag') / 'kennisbank.db'}"
    assert build(adres) is True
    return adres


def test_building_again_changes_nothing(url: str) -> None:
    assert build(url) is False


def test_a_fresh_database_holds_all_content_and_all_gemeenten(url: str) -> None:
    kb = Kennisbank.open(url)
    inhoud = read_inhoud()
    assert set(kb.artikelen) == set(inhoud.ids())
    assert set(kb.bedragen) == set(inhoud.bedragen)
    nu = list(kb.gemeenten_op(date(2026, 11, 22)))
    assert len(nu) == 342
    assert len({gemeente.am_code for gemeente in nu}) == 35
    assert len({gemeente.rmc_nummer for gemeente in nu}) == 40


def test_an_article_is_refused_for_a_day_that_no_version_covers(url: str) -> None:
    kb = Kennisbank.open(url)
    assert kb.artikel("aba-wanneer-aanvragen", date(2026, 11, 22)) is not None
    assert kb.artikel("aba-wanneer-aanvragen", date(2019, 1, 1)) is None
    assert kb.artikel("bestaat-niet", date(2026, 11, 22)) is None


def test_a_missing_database_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(OpslagFout, match="Maak haar met: routewijzer train"):
        Kennisbank.open(f"sqlite:///{tmp_path / 'weg.db'}")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    bestand = tmp_path / "kapot.db"
    bestand.write_bytes(b"dit is geen database" * 100)
    with pytest.raises(OpslagFout, match="niet te lezen"):
        Kennisbank.open(f"sqlite:///{bestand}")
    assert bestand.read_bytes().startswith(b"dit is geen database")


def test_a_locked_database_is_told_and_loses_nothing(tmp_path: Path) -> None:
    bestand = tmp_path / "slot.db"
    adres = f"sqlite:///{bestand}?timeout=0.2"
    build(f"sqlite:///{bestand}")
    inhoud = read_inhoud()
    inhoud.bedragen.pop("vakantiegeld")
    slot = sqlite3.connect(bestand, isolation_level=None)
    slot.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(OpslagFout, match="De oude inhoud staat er nog"):
            build(adres, inhoud)
    finally:
        slot.execute("ROLLBACK")
        slot.close()
    assert "vakantiegeld" in Kennisbank.open(f"sqlite:///{bestand}").bedragen
