"""What a sender cannot do to the store, and what does not leak from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.balie import Balie
from bot.cli import parser
from bot.opslag import beurten, postbus
from bot.opslag.database import Database, OpslagWeg, nu
from bot.opslag.tabellen import POST
from bot.settings import InstellingFout, instelling
from tests.opslag.conftest import Deur


async def test_the_message_id_of_another_conversation_fetches_nothing(balie: Balie, deur: Deur) -> None:
    eigen = await balie.behandel(deur.post("a", "1", "wat is een no-riskpolis?"))
    ander = await balie.behandel(deur.post("b", "1", "dank je"))
    assert "no-riskpolis" in eigen.tekst.lower()
    assert "no-riskpolis" not in ander.tekst.lower()


async def test_a_message_of_a_megabyte_is_cut_before_it_is_stored(
    balie: Balie, database: Database, deur: Deur
) -> None:
    beurt = await balie.behandel(deur.post("a", "1", "wat is een no-riskpolis? " * 40_000))
    assert "erg lang" in beurt.tekst
    (tekst,) = await database.lees(lambda v: v.execute(select(POST.c.tekst)).scalars().all())
    assert len(tekst) < 2_000


async def test_a_clock_that_jumps_changes_no_order_and_loses_nothing(
    balie: Balie, database: Database, deur: Deur, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nummer, sprong in enumerate((0, 400, -400, 3650)):
        for klant in (beurten, postbus):
            monkeypatch.setattr(klant, "nu", lambda sprong=sprong: nu() + timedelta(days=sprong))
        await balie.neem_aan(deur.post("a", str(nummer), "dank je"))
    await balie.klaar()
    assert [id_ for id_, _ in deur.bezorgd] == ["0", "1", "2", "3"]
    assert "automatische assistent" in deur.antwoorden("0")[0]
    assert "automatische assistent" not in "".join(deur.antwoorden("3"))  # the conversation goes on


async def test_sql_in_a_message_is_a_message(balie: Balie, database: Database, deur: Deur) -> None:
    gesprek = "a'; DROP TABLE post; --"
    await balie.behandel(deur.post(gesprek, "'; DELETE FROM post; --", "'); DROP TABLE gesprek_beurt; --"))
    await balie.behandel(deur.post(gesprek, "2", "dank je"))
    rijen = await database.lees(lambda v: v.execute(select(POST.c.gesprek)).scalars().all())
    assert rijen == [gesprek] * 2


def test_a_database_password_is_not_in_an_error() -> None:
    database = Database("postgresql://iemand:s3cr3t@127.0.0.1:1/niets")
    with pytest.raises(OpslagWeg) as fout:
        database.lees_nu(lambda v: v.execute(select(POST.c.id)).all())
    assert "s3cr3t" not in str(fout.value)
    assert "127.0.0.1" in str(fout.value)
    database.sluit()


def test_a_secret_can_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bestand = tmp_path / "geheim"
    bestand.write_text("postgresql://uit-een-bestand\n", encoding="utf-8")
    monkeypatch.setenv("ROUTEWIJZER_GESPREKKEN_URL_FILE", str(bestand))
    assert instelling("ROUTEWIJZER_GESPREKKEN_URL") == "postgresql://uit-een-bestand"
    monkeypatch.setenv("ROUTEWIJZER_GESPREKKEN_URL_FILE", str(tmp_path / "weg"))
    with pytest.raises(InstellingFout, match="niet te lezen"):
        instelling("ROUTEWIJZER_GESPREKKEN_URL")


def test_the_server_listens_on_loopback_unless_told_otherwise() -> None:
    assert parser().parse_args(["serve"]).host == "127.0.0.1"
