"""The store of conversations: only the tail is read, nothing is forgotten, a failure is loud."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, select

from bot.assistent import Assistent
from bot.opslag import beurten
from bot.opslag.database import Database, Ingehaald, OpslagWeg
from bot.opslag.migratie import VERSIETABEL, migreer, open_database
from bot.opslag.tabellen import BEURT, METADATA, VRAAG
from kennisbank.store import OpslagFout

GESPREK = (
    "ik zat zelf op de praktijkschool",
    "wat gebeurt er op 18?",
    "welke route geldt in Bergen?",
    "dankjewel",
    "welke route geldt in Bergen?",
    "die in Limburg",
    "wanneer vraag ik een ABA aan?",
    "en als hij al 21 is?",
    "en in Assen?",
    "wie is de contactpersoon in Stadskanaal?",
    "waar staat dat?",
    "wat is beschut werk?",
    "kan dat simpeler",
    "1",
)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    database = open_database(sqlite_url)
    yield database
    database.sluit()


def bestand(database: Database) -> Path:
    assert database.bestand is not None
    return database.bestand


async def test_reading_the_tail_answers_as_reading_everything_would(
    assistent: Assistent, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kort = [await assistent.op(sqlite).zeg("staart", tekst) for tekst in GESPREK]
    monkeypatch.setattr(beurten, "STAART", 1000)
    geheel = [await assistent.op(sqlite).zeg("alles", tekst) for tekst in GESPREK]
    assert [beurt.tekst for beurt in kort] == [beurt.tekst for beurt in geheel]
    assert [beurt.gemeente for beurt in kort] == [beurt.gemeente for beurt in geheel]


async def test_turn_sixty_reads_what_turn_ten_reads_and_still_knows_what_was_said_first(
    assistent: Assistent, sqlite: Database
) -> None:
    deze = assistent.op(sqlite)
    await deze.zeg("lang", "ik zat zelf op de praktijkschool")
    await deze.zeg("lang", "welke regio is Assen?")
    gelezen = {}
    for nummer in range(3, 61):
        await deze.zeg("lang", "dankjewel")
        staart = await sqlite.lees(lambda v: beurten.lees_staart(v, "lang"))
        assert staart is not None
        gelezen[nummer] = len(staart.gebeurtenissen)
    assert gelezen[60] == gelezen[10]
    beurt = await deze.zeg("lang", "wat is beschut werk?")
    assert "Dit komt uit:" in beurt.tekst
    assert beurt.gemeente == "GM0106"


async def test_a_turn_is_one_read_and_one_write(assistent: Assistent, sqlite: Database) -> None:
    deze, begonnen = assistent.op(sqlite), []
    await deze.zeg("tel", "hallo")

    def tel(_verbinding: object, _cursor: object, opdracht: str, *_: object) -> None:
        if opdracht.startswith("BEGIN"):
            begonnen.append(opdracht)

    event.listen(sqlite.engine, "before_cursor_execute", tel)
    await deze.zeg("tel", "wat is beschut werk?")
    assert begonnen == ["BEGIN", "BEGIN IMMEDIATE"]


async def test_an_answer_is_stored_once_and_how_it_was_read_is_not(
    assistent: Assistent, sqlite: Database
) -> None:
    beurt = await assistent.op(sqlite).zeg("eens", "wat is een no-riskpolis?")
    rij = await sqlite.lees(lambda v: v.execute(select(BEURT)).one())
    zin = next(blok.tekst for bericht in beurt.berichten for blok in bericht.blokken if len(blok.tekst) > 200)
    assert str(rij.antwoord).count(zin[:40]) == 1
    assert zin[:40] not in str(rij.gebeurtenissen)
    assert "intent_ranking" not in str(rij.gebeurtenissen)
    assert "kandidaten" not in str([g for g in rij.gebeurtenissen if g["event"] == "user"])


async def test_a_database_that_goes_away_is_no_empty_memory(assistent: Assistent, sqlite: Database) -> None:
    deze = assistent.op(sqlite)
    await deze.zeg("weg", "wat is beschut werk?")
    elders = bestand(sqlite).with_name("elders.db")
    bestand(sqlite).rename(elders)
    with pytest.raises(OpslagWeg, match="is weg"):
        await deze.zeg("weg", "kan dat simpeler")
    assert not bestand(sqlite).exists()
    elders.rename(bestand(sqlite))
    beurt = await deze.zeg("weg", "kan dat simpeler")
    assert beurt.uitslag["bewijs"].startswith("beschut-werk")
    aantal = await sqlite.lees(lambda v: len(v.execute(select(BEURT.c.nummer)).all()))
    assert aantal == 2


async def test_a_locked_database_stores_nothing_of_the_turn(
    assistent: Assistent, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.opslag.database._WACHT_OP_SLOT", 0.1)
    database = open_database(sqlite_url)
    deze = assistent.op(database)
    await deze.zeg("slot", "hallo")
    ander = sqlite3.connect(bestand(database), isolation_level=None)
    ander.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OpslagWeg):
        await deze.zeg("slot", "wat is beschut werk?")
    ander.execute("ROLLBACK")
    ander.close()
    tellingen = await database.lees(
        lambda v: [len(v.execute(select(tabel)).all()) for tabel in (BEURT, VRAAG)]
    )
    assert tellingen == [1, 1]
    database.sluit()


async def test_two_writers_of_the_same_turn_leave_one(assistent: Assistent, database: Database) -> None:
    await assistent.op(database).zeg("samen", "hallo")
    nieuw = beurten.NieuweBeurt("samen", 2, [], {}, [])
    await database.schrijf(lambda v: beurten.voeg_toe(v, nieuw))
    with pytest.raises(Ingehaald):
        await database.schrijf(lambda v: beurten.voeg_toe(v, nieuw))


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    def verschil(verbinding: object) -> object:
        context = MigrationContext.configure(
            verbinding, opts={"version_table": VERSIETABEL, "compare_type": True}
        )
        return compare_metadata(context, METADATA)

    assert database.lees_nu(verschil) == []
    assert migreer(database) is False


def test_a_shared_database_that_nobody_migrated_is_refused_with_what_to_do(postgres_url: str) -> None:
    leeg = Database(postgres_url)
    leeg.schrijf_nu(METADATA.drop_all)
    leeg.schrijf_nu(lambda v: v.exec_driver_sql(f"DROP TABLE {VERSIETABEL}"))
    leeg.sluit()
    with pytest.raises(OpslagFout, match="routewijzer database migreer"):
        open_database(postgres_url)


async def test_connections_that_postgres_ended_are_made_anew(assistent: Assistent, postgres_url: str) -> None:
    database = open_database(postgres_url)
    deze = assistent.op(database)
    await deze.zeg("pg", "hallo")
    ander = Database(postgres_url)
    eind = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    ander.schrijf_nu(lambda v: v.exec_driver_sql(eind).all())
    beurt = await deze.zeg("pg", "wat is beschut werk?")
    assert beurt.uitslag["artikel"]
    for d in (database, ander):
        d.sluit()
