"""A copy of the conversations made while they go on, and put back: SQLite's own backup and pg_dump."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.assistent import Assistent
from bot.balie import Balie
from bot.opslag.database import Database
from bot.opslag.migratie import open_database
from bot.opslag.reservekopie import herstel, kopieer
from kennisbank.store import OpslagFout
from tests.opslag.conftest import Deur, nieuwe_balie


@pytest.fixture(autouse=True)
def programmas(url: str) -> None:
    if url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is hier niet")


async def test_what_was_said_before_the_copy_is_back_and_the_conversation_goes_on(
    assistent: Assistent, url: str, database: Database, deur: Deur, tmp_path: Path
) -> None:
    balie = nieuwe_balie(assistent, database, deur)
    await balie.behandel(deur.post("g", "1", "wanneer moeten we ABA aanvragen?"))
    kopieer(url, tmp_path / "kopie")
    await balie.behandel(deur.post("g", "2", "wat is een proefplaatsing?"))
    database.sluit()

    herstel(url, tmp_path / "kopie")
    terug = open_database(url)
    try:
        opnieuw = nieuwe_balie(assistent, terug, deur)
        assert "proefplaatsing" not in (await opnieuw._assistent.mijngegevens("g")).tekst
        beurt = await opnieuw.behandel(deur.post("g", "3", "en als hij al 21 is?"))
        assert "Bij 21 jaar:" in beurt.tekst
    finally:
        terug.sluit()


async def test_a_copy_made_in_the_middle_of_writing_is_whole(
    balie: Balie, deur: Deur, url: str, tmp_path: Path
) -> None:
    for nummer in range(5):
        await balie.neem_aan(deur.post(f"g{nummer}", "1", "hallo"))
    kopieer(url, tmp_path / "kopie")
    await balie.klaar()
    herstel_naar = f"sqlite:///{tmp_path / 'ander.db'}"
    if url.startswith("sqlite"):
        herstel(herstel_naar, tmp_path / "kopie")
        open_database(herstel_naar).sluit()
    assert not (tmp_path / "kopie.half").exists()


def test_a_damaged_copy_is_refused_and_the_database_stays(
    database: Database, url: str, tmp_path: Path
) -> None:
    (tmp_path / "kapot").write_bytes(b"geen database" * 1000)
    with pytest.raises(OpslagFout):
        herstel(url, tmp_path / "kapot")
    assert open_database(url).lees_nu(lambda v: v.exec_driver_sql("select count(*) from post").scalar()) == 0


def test_a_copy_that_is_not_there_is_said_plainly(url: str, tmp_path: Path) -> None:
    with pytest.raises(OpslagFout, match="Er is geen reservekopie"):
        herstel(url, tmp_path / "niets")
