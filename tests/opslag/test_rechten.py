"""What users may ask of what is kept, the term, and the questions that stay for the editors."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import logboek
from bot.assistent import Assistent
from bot.balie import Balie
from bot.opslag import rechten
from bot.opslag.database import Database, nu
from bot.opslag.migratie import open_database
from bot.opslag.tabellen import PER_GESPREK, POST, VERGETEN, VRAAG
from tests.opslag.conftest import Deur

_CODE = re.compile(r"`([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})`")


async def regels_van(database: Database, gesprek: str) -> int:
    return await database.lees(
        lambda v: sum(len(v.execute(select(t).where(t.c.gesprek == gesprek)).all()) for t in PER_GESPREK)
    )


def code_in(tekst: str) -> str:
    gevonden = _CODE.search(tekst)
    assert gevonden
    return gevonden[1]


async def test_the_first_answer_says_what_is_kept_and_how_long_and_later_ones_do_not(
    assistent: Assistent, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_BEWAARDAGEN", "14")
    deze = assistent.op(database)
    eerste, tweede = [await deze.zeg("a", tekst) for tekst in ("wat is een no-riskpolis?", "dank je")]
    assert "automatische assistent" in eerste.berichten[0].tekst
    assert "Ik bewaar dit gesprek 14 dagen" in eerste.berichten[0].tekst
    assert "bewaar" not in tweede.tekst


async def test_somebody_in_danger_hears_no_terms_of_keeping(assistent: Assistent, database: Database) -> None:
    deze = assistent.op(database)
    assert "Ik bewaar" not in (await deze.zeg("a", "ik wil dood")).tekst
    assert "Ik bewaar" in (await deze.zeg("a", "wat is een no-riskpolis?")).tekst


async def test_a_conversation_in_memory_says_nothing_of_keeping(assistent: Assistent) -> None:
    assert "Ik bewaar" not in (await assistent.zeg("zonder opslag", "wat is een no-riskpolis?")).tekst


@pytest.mark.parametrize("manier", ["direct", "meteen", "later"])
async def test_forgetting_leaves_nothing_and_its_receipt_proves_that(
    manier: str, assistent: Assistent, database: Database, balie: Balie, deur: Deur
) -> None:
    await balie.behandel(deur.post("weg", "1", "wat is een no-riskpolis?"))
    await balie.neem_aan(deur.post("weg", "2", "/goed fijn"))
    await balie.behandel(deur.post("ander", "1", "wat is een no-riskpolis?"))
    await balie.klaar()
    assert await regels_van(database, "weg") == 4
    if manier == "direct":
        tekst = (await assistent.op(database).vergeet("weg")).tekst
    elif manier == "meteen":
        tekst = (await balie.behandel(deur.post("weg", "3", "/vergeet"))).tekst
    else:
        await balie.neem_aan(deur.post("weg", "3", "/vergeet"))
        await balie.klaar()
        (tekst,) = deur.antwoorden("3")
    assert await regels_van(database, "weg") == 0
    assert await regels_van(database, "ander") == 3
    controle = await database.lees(lambda v: rechten.controleer(v, code_in(tekst)))
    assert controle is not None
    assert controle.nog_over == 0
    assert controle.aantallen["gesprek_beurt"] == 1
    bonnen = await database.lees(lambda v: str(v.execute(select(VERGETEN)).all()))
    assert "weg" not in bonnen
    assert code_in(tekst) not in bonnen


async def test_a_receipt_sees_what_was_not_removed_and_not_what_came_after(
    assistent: Assistent, database: Database
) -> None:
    deze = assistent.op(database)
    await deze.zeg("a", "hallo")
    code = code_in((await deze.vergeet("a")).tekst)
    await deze.zeg("a", "hallo")
    later = await database.lees(lambda v: rechten.controleer(v, code))
    assert later is not None
    assert later.nog_over == 0
    eerder = date.today() - timedelta(days=1)
    await database.schrijf(
        lambda v: logboek.noteer(v, logboek.Regel(eerder, "proef", "x", "antwoord", gesprek="a"))
    )
    gebleven = await database.lees(lambda v: rechten.controleer(v, code))
    assert gebleven is not None
    assert gebleven.nog_over == 1
    assert await database.lees(lambda v: rechten.controleer(v, "AAAA-AAAA-AAAA-AAAA")) is None


async def test_a_copy_holds_every_question_answer_and_judgement(
    assistent: Assistent, database: Database
) -> None:
    deze = assistent.op(database)
    beurt = await deze.zeg("a", "wat is een no-riskpolis?")
    await deze.zeg("ander", "wat is beschut werk?")
    await deze.oordeel("a", goed=False, opmerking="bel 06-12345678 maar, dit mist iets")
    kopie = (await deze.mijngegevens("a")).tekst
    assert "wat is een no-riskpolis?" in kopie
    assert beurt.berichten[-1].tekst in kopie
    assert "dit mist iets" in kopie
    assert "12345678" not in kopie
    assert "wat is beschut werk?" not in kopie
    assert "niets bewaard" in (await deze.mijngegevens("onbekend")).tekst


async def test_the_term_ends_conversations_and_unties_the_log(
    assistent: Assistent, database: Database, balie: Balie, deur: Deur
) -> None:
    await balie.behandel(deur.post("a", "1", "wat is een no-riskpolis?"))
    over_27, over_29 = nu() + timedelta(days=27), nu() + timedelta(days=29)
    await database.schrijf(lambda v: rechten.ruim_op(v, 28, over_27))
    assert await regels_van(database, "a") == 3
    gewist = await database.schrijf(lambda v: rechten.ruim_op(v, 28, over_29))
    assert gewist == {"gesprek_beurt": 1, "post": 1, "vraag_logboek": 1}
    assert await regels_van(database, "a") == 0
    (regel,) = await database.lees(lambda v: logboek.regels(v, date.today()))
    assert (regel.vraag, regel.gesprek, regel.artikel) == ("wat is een no-riskpolis?", None, "no-riskpolis")


async def test_the_log_tells_the_editors_what_went_well_and_what_did_not(
    assistent: Assistent, database: Database
) -> None:
    deze, vandaag = assistent.op(database), date.today()
    await deze.zeg("a", "hoe laat gaat de bus naar het strand", "proef")
    await deze.zeg("b", "hoe moet dat nou met alles wat erbij hoort", "proef")
    await deze.zeg("b", "laat maar", "proef")
    await deze.zeg("c", "hoe moet dat nou met alles wat erbij hoort", "proef")
    await deze.zeg("c", "1", "proef")
    beurt = await deze.zeg("d", "wat is een no-riskpolis?", "proef")
    assert "redactie" in (await deze.oordeel("d", goed=False, opmerking="klopt niet")).tekst
    assert "nog geen antwoord" in (await deze.oordeel("niemand", goed=True)).tekst
    nee = await database.lees(lambda v: logboek.onbeantwoord(v, vandaag))
    assert [regel.vraag for regel in nee] == ["hoe laat gaat de bus naar het strand"]
    (omlaag,) = await database.lees(lambda v: logboek.duim_omlaag(v, vandaag))
    assert (omlaag.bewijs, omlaag.opmerking) == (beurt.uitslag["bewijs"], "klopt niet")
    assert omlaag.artikel_versie == date(2026, 11, 22)
    assert omlaag.score is not None
    assert omlaag.kandidaten[0][0] == "no-riskpolis"
    gemist = await database.lees(lambda v: logboek.gemiste_verduidelijkingen(v, vandaag))
    assert [regel.gesprek for regel in gemist] == ["b"]
    per_uitkomst = await database.lees(lambda v: logboek.aantallen(v, vandaag, "uitkomst"))
    assert per_uitkomst["verduidelijking"] == 2
    keuze = await database.lees(
        lambda v: v.execute(select(VRAAG.c.vraag).where(VRAAG.c.gesprek == "c")).scalars().all()
    )
    assert keuze[1] != "1"


async def test_what_only_the_delivery_needed_goes_with_it(
    balie: Balie, database: Database, deur: Deur
) -> None:
    await balie.neem_aan(deur.post("a", "1", "/mijngegevens"))
    await balie.klaar()
    assert "niets bewaard" in deur.antwoorden("1")[0]
    rij = await database.lees(lambda v: v.execute(select(POST.c.adres, POST.c.antwoord)).one())
    assert tuple(rij) == ({}, None)


async def test_what_was_forgotten_is_in_no_file_of_the_store(assistent: Assistent, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'gesprekken.db'}")
    deze = assistent.op(database)
    woord = "zonnebloempitten"

    def staat_er() -> bool:
        return any(woord.encode() in bestand.read_bytes() for bestand in tmp_path.iterdir())

    await deze.zeg("a", f"moet ik zelf {woord} meenemen naar mijn stage?")
    await deze.zeg("b", "wat is een no-riskpolis?")
    assert staat_er()
    await deze.vergeet("a")
    assert not staat_er()
    database.sluit()
