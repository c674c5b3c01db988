"""The front desk with the real agent and a real database: once each, in order, across restarts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.assistent import Assistent, Beurt
from bot.balie import Aanname, Balie, Onbestelbaar
from bot.limiet import Limiet
from bot.opslag.database import Database
from bot.opslag.tabellen import POST, VRAAG
from kennisbank.answer import Schrijver
from tests.opslag.conftest import Deur, nieuwe_balie


async def test_messages_of_one_conversation_are_answered_in_order_and_follow_on(
    balie: Balie, deur: Deur
) -> None:
    aannames = await asyncio.gather(
        *(
            balie.neem_aan(deur.post("a", str(nummer), tekst))
            for nummer, tekst in enumerate(
                (
                    "wanneer moeten we ABA aanvragen?",
                    "en als hij al 21 is?",
                    "wie is de contactpersoon in Assen?",
                )
            )
        )
    )
    await balie.klaar()
    assert aannames == [Aanname.AANGENOMEN] * 3
    assert [id_ for id_, _ in deur.bezorgd] == ["0", "1", "2"]
    assert "Bij 21 jaar:" in deur.antwoorden("1")[0]
    assert "Assen" in deur.antwoorden("2")[0]


async def test_the_same_message_again_is_answered_once_also_after_a_restart(
    assistent: Assistent, database: Database, balie: Balie, deur: Deur
) -> None:
    post = deur.post("a", "1", "wat is een proefplaatsing?")
    assert await balie.neem_aan(post) is Aanname.AANGENOMEN
    assert await balie.neem_aan(post) is Aanname.DUBBEL
    await balie.klaar()
    later = nieuwe_balie(assistent, database, deur)
    assert await later.neem_aan(post) is Aanname.DUBBEL
    await later.klaar()
    assert len(deur.bezorgd) == 1


async def test_the_same_request_again_gets_the_same_answer_and_no_second_turn(
    assistent: Assistent, database: Database, balie: Balie, deur: Deur
) -> None:
    post = deur.post("a", "1", "wat is een no-riskpolis?")
    een, ander = await asyncio.gather(balie.behandel(post), balie.behandel(post))
    later = await nieuwe_balie(assistent, database, deur).behandel(post)
    assert een.tekst == ander.tekst == later.tekst
    assert een.keuzes == later.keuzes
    assert "automatische assistent" not in (await balie.behandel(deur.post("a", "2", "dank je"))).tekst


async def test_a_judgement_that_is_brought_again_does_not_judge_a_later_answer(
    database: Database, balie: Balie, deur: Deur
) -> None:
    for nummer, tekst in enumerate(("wat is een no-riskpolis?", "/fout klopt niet", "wat is beschut werk?")):
        await balie.behandel(deur.post("a", str(nummer), tekst))
    await balie.behandel(deur.post("a", "1", "/fout klopt niet"))
    vragen = select(VRAAG.c.oordeel, VRAAG.c.opmerking).order_by(VRAAG.c.id)
    eerste, laatste = await database.lees(lambda v: v.execute(vragen).all())
    assert eerste.opmerking == "klopt niet"
    assert laatste.oordeel is None


async def test_what_was_accepted_before_a_crash_is_answered_after_it(
    assistent: Assistent, database: Database, deur: Deur
) -> None:
    doodgegaan = nieuwe_balie(assistent, database, deur)
    await doodgegaan.neem_aan(deur.post("a", "1", "wat is een proefplaatsing?"))
    _val_om(doodgegaan)
    await asyncio.sleep(0)
    assert deur.bezorgd == []
    balie = nieuwe_balie(assistent, database, deur)
    assert await balie.hervat() == 1
    await balie.klaar()
    assert "proefplaatsing" in deur.antwoorden("1")[0].lower()
    assert await balie.hervat() == 0


async def test_an_answer_that_may_have_gone_out_is_not_sent_again_but_a_word_is(
    assistent: Assistent, database: Database, deur: Deur
) -> None:
    bezig = asyncio.Event()

    async def halverwege(adres: dict[str, Any], beurt: Beurt) -> None:
        await deur(adres, beurt)
        bezig.set()
        await asyncio.sleep(60)

    doodgegaan = nieuwe_balie(assistent, database, deur)
    doodgegaan.registreer("proef", halverwege)
    await doodgegaan.neem_aan(deur.post("a", "1", "wat is een proefplaatsing?"))
    await bezig.wait()
    _val_om(doodgegaan)
    balie = nieuwe_balie(assistent, database, deur)
    assert await balie.hervat() == 1
    await balie.klaar()
    antwoord, woord = deur.antwoorden("1")
    assert "proefplaatsing" in antwoord.lower()
    assert "Ik weet niet of mijn vorige antwoord" in woord
    assert await balie.hervat() == 0


async def test_a_message_that_fails_twice_gets_a_word_and_those_behind_it_an_answer(
    balie: Balie, deur: Deur, monkeypatch: pytest.MonkeyPatch
) -> None:
    geprobeerd = []

    def kapot(*_: Any) -> Any:
        geprobeerd.append(1)
        raise RuntimeError

    monkeypatch.setattr(Schrijver, "begrip", kapot)
    await balie.neem_aan(deur.post("a", "1", "wat betekent WSP?"))
    await balie.neem_aan(deur.post("a", "2", "dank je"))
    meteen = await balie.behandel(deur.post("b", "1", "wat betekent WSP?"))
    await balie.klaar()
    assert len(geprobeerd) == 4
    assert "Probeer het zo nog eens" in deur.antwoorden("1")[0]
    assert len(deur.antwoorden("2")) == 1
    assert meteen.geweigerd == "storing"
    monkeypatch.undo()
    assert "Probeer het zo nog eens" in (await balie.behandel(deur.post("b", "1", "wat betekent WSP?"))).tekst
    assert "Probeer" not in (await balie.behandel(deur.post("b", "2", "wat betekent WSP?"))).tekst


async def test_a_message_that_takes_the_process_down_is_given_up_and_no_other(
    assistent: Assistent, database: Database, deur: Deur
) -> None:
    """Each front desk here stands for a process; it dies when it comes to the message."""
    for start in range(4):
        balie = nieuwe_balie(assistent, database, deur)
        dood, echt = asyncio.Event(), balie._assistent.antwoord

        async def antwoord(tracker: Any, *rest: Any, dood: Any = dood, echt: Any = echt) -> Beurt:
            if tracker.sender_id == "doodspil":
                dood.set()
                await asyncio.sleep(60)
            beurt: Beurt = await echt(tracker, *rest)
            return beurt

        balie._assistent.antwoord = antwoord  # type: ignore[method-assign, assignment]
        if start == 0:
            await balie.neem_aan(deur.post("doodspil", "1", "dank je"))
            await balie.neem_aan(deur.post("goed", "2", "dank je"))
            await dood.wait()
            _val_om(balie)
        elif await balie.hervat():
            klaar = asyncio.create_task(balie.klaar())
            await asyncio.wait([klaar, asyncio.create_task(dood.wait())], return_when="FIRST_COMPLETED")
            _val_om(balie)
    assert "Probeer het zo nog eens" in deur.antwoorden("1")[0]
    assert len(deur.antwoorden("1")) == 1
    assert deur.antwoorden("2")
    assert "Probeer het zo nog eens" not in "".join(deur.antwoorden("2"))


def _val_om(balie: Balie) -> None:
    """As a crash: whatever was in hand is not finished."""
    for werker in balie._werkers.values():
        werker.cancel()


async def test_a_door_that_fails_is_tried_again_and_one_that_cannot_is_not(balie: Balie, deur: Deur) -> None:
    deur.weigert = [ConnectionError()]
    await balie.neem_aan(deur.post("a", "1", "dank je"))
    await balie.klaar()
    assert len(deur.antwoorden("1")) == 1
    deur.weigert = [Onbestelbaar()]
    await balie.neem_aan(deur.post("a", "2", "dank je"))
    await balie.klaar()
    assert deur.antwoorden("2") == []


async def test_too_many_messages_get_a_word_once_a_minute(
    assistent: Assistent, database: Database, deur: Deur
) -> None:
    balie = Balie(assistent.op(database), Limiet("2/minute", "3/minute"))
    balie.registreer("proef", deur)
    uit = [await balie.neem_aan(deur.post("a", str(n), "dank je")) for n in range(4)]
    assert uit == [Aanname.AANGENOMEN] * 2 + [Aanname.TE_VAAK] * 2
    woord, stil = balie.weigering("a"), balie.weigering("a")
    assert woord is not None
    assert "Wacht een minuut" in woord.tekst
    assert stil is None
    beurt = await balie.behandel(deur.post("a", "9", "dank je"))
    assert beurt.geweigerd == "te_vaak"
    await balie.klaar()


async def test_personal_data_is_not_in_the_inbox(balie: Balie, database: Database, deur: Deur) -> None:
    await balie.neem_aan(deur.post("a", "1", "bel me op 06-12345678 over de ABA"))
    await balie.neem_aan(deur.post("a", "2", "/contact_zoeken 06-12345678", keuze=True))
    await balie.neem_aan(deur.post("a", "3", "/gemeente 06-12345678"))
    await balie.klaar()
    teksten = await database.lees(lambda v: v.execute(POST.select()).mappings().all())
    assert "12345678" not in str(teksten)
    assert len(teksten) == 3
