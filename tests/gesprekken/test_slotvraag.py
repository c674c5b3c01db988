"""The closing question: once, after thanks or a goodbye, never in a form and never to somebody in danger."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from bot import logboek
from bot.assistent import Assistent, Beurt
from bot.kanalen.terminal import toon
from bot.opslag.database import GEHEUGEN, Database
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek

VRAAG = "wat is een no-riskpolis?"


@pytest.fixture
def deze(assistent: Assistent) -> Assistent:
    """The running agent over an empty question log."""
    return assistent.op(Database(GEHEUGEN))


def _gevraagd(beurt: Beurt) -> bool:
    return any(keuze.payload.startswith("/slotvraag") for keuze in beurt.keuzes)


async def _telling(deze: Assistent) -> dict[str, int]:
    return await deze.database.lees(lambda v: logboek.slotvragen(v, date.today()))


@pytest.mark.parametrize(
    ("tekst", "groet"), [("dankjewel", "Graag gedaan!"), ("tot ziens", "Tot ziens, en succes!")]
)
async def test_it_is_asked_after_thanks_or_a_goodbye(gesprek: Gesprek, tekst: str, groet: str) -> None:
    _, beurt = await gesprek(VRAAG, tekst)
    assert groet in beurt.tekst
    assert "ben je verder geholpen?" in beurt.tekst
    assert [keuze.titel for keuze in beurt.keuzes] == ["ja", "een beetje", "nee", "overslaan"]


async def test_it_is_asked_after_a_local_answer(gesprek: Gesprek) -> None:
    _, beurt = await gesprek("wie kan ik bellen in Stadskanaal?", "dankjewel")
    assert _gevraagd(beurt)


@pytest.mark.parametrize("eerder", ["hallo", "hoe laat gaat de bus naar het strand", "wat kun je allemaal?"])
async def test_it_is_not_asked_where_nothing_was_answered(gesprek: Gesprek, eerder: str) -> None:
    _, beurt = await gesprek(eerder, "dankjewel")
    assert not _gevraagd(beurt)


async def test_it_is_asked_once_whatever_comes_of_it(gesprek: Gesprek) -> None:
    beurten = await gesprek(
        VRAAG, "dankjewel", "wat is beschut werk?", "dankjewel", "vergeet wie ik ben", VRAAG, "tot ziens"
    )
    assert [_gevraagd(beurt) for beurt in beurten] == [False, True, False, False, False, False, False]


@pytest.mark.parametrize(
    "berichten",
    [
        ("ik wil dood", "dankjewel"),
        (VRAAG, "ik wil dood", "dankjewel"),
        ("mijn leerling wordt thuis geslagen", VRAAG, "dankjewel", "tot ziens"),
        ("ik wil dood", "vergeet wie ik ben", VRAAG, "dankjewel"),
    ],
)
async def test_it_is_never_asked_in_or_after_danger(gesprek: Gesprek, berichten: tuple[str, ...]) -> None:
    beurten = await gesprek(*berichten)
    assert "crisis" in [beurt.uitslag["uitkomst"] for beurt in beurten]
    assert not any(map(_gevraagd, beurten))


async def test_an_answer_to_it_after_danger_counts_for_nothing(deze: Assistent) -> None:
    for tekst in (VRAAG, "dankjewel", "ik wil dood"):
        await deze.zeg("a", tekst)
    beurt = await deze.kies("a", '/slotvraag{"slotkeuze": "nee"}')
    assert not any(bericht.vraagt_opmerking for bericht in beurt.berichten)
    assert await _telling(deze) == {"gesteld": 1, "ja": 0, "half": 0, "nee": 0}


async def test_it_is_never_asked_in_a_form(gesprek: Gesprek) -> None:
    _, formulier, beurt, later = await gesprek(VRAAG, "wie kan ik bellen?", "dankjewel", "tot ziens")
    assert formulier.uitslag["uitkomst"] == "vraag_gemeente"
    assert not _gevraagd(beurt)
    assert _gevraagd(later)


async def test_it_is_not_asked_in_the_middle_of_a_lesson(gesprek: Gesprek) -> None:
    *_, beurt = await gesprek(VRAAG, "/leerpad", "begin", "dankjewel")
    assert not _gevraagd(beurt)


@pytest.mark.parametrize(
    ("gekozen", "oordeel"),
    [("ja", "ja"), ("een beetje", "half"), ("Nee", "nee"), ("3", "nee"), ("overslaan", None)],
)
async def test_the_answer_is_kept_with_the_conversation(
    deze: Assistent, kb: Kennisbank, gekozen: str, oordeel: str | None
) -> None:
    for tekst in (VRAAG, "dankjewel"):
        await deze.zeg("a", tekst)
    beurt = await deze.zeg("a", gekozen)
    assert kb.teksten(f"slotvraag.na.{oordeel or 'over'}") in beurt.tekst
    telling = await _telling(deze)
    assert telling == {"gesteld": 1, "ja": 0, "half": 0, "nee": 0} | ({oordeel: 1} if oordeel else {})
    slots = await deze.database.lees(lambda v: logboek.niet_geholpen(v, date.today()))
    assert [(slot.regel.gesprek, slot.laatste and slot.laatste.artikel) for slot in slots] == (
        [("a", "no-riskpolis")] if oordeel in ("half", "nee") else []
    )


async def test_pressing_twice_counts_once(deze: Assistent) -> None:
    for tekst in (VRAAG, "dankjewel"):
        await deze.zeg("a", tekst)
    for _ in range(2):
        await deze.kies("a", '/slotvraag{"slotkeuze": "ja"}')
    assert (await _telling(deze))["ja"] == 1


async def test_going_on_without_an_answer_is_possible(gesprek: Gesprek) -> None:
    *_, beurt = await gesprek(VRAAG, "dankjewel", "wanneer moeten we ABA aanvragen?")
    assert beurt.uitslag["artikel"] == "aba-wanneer-aanvragen"


async def test_who_was_not_helped_may_say_one_thing_and_is_offered_a_person(deze: Assistent) -> None:
    for tekst in (VRAAG, "dankjewel"):
        await deze.zeg("a", tekst)
    beurt = await deze.zeg("a", "nee")
    assert beurt.berichten[-1].vraagt_opmerking
    assert [keuze.payload for keuze in beurt.keuzes] == ["/contact_zoeken"]
    scherm = Console(file=io.StringIO(), width=100)
    toon(scherm, beurt)
    assert isinstance(scherm.file, io.StringIO)
    assert "/opmerking" in scherm.file.getvalue()
    eerst = await deze.zeg("a", "/opmerking bel 06-12345678, het adres ontbreekt")
    assert "De redactie leest het" in eerst.tekst
    assert "laten we het hierbij" in (await deze.zeg("a", "/opmerking en nog iets")).tekst
    (slot,) = await deze.database.lees(lambda v: logboek.niet_geholpen(v, date.today()))
    assert "het adres ontbreekt" in (slot.regel.opmerking or "")
    assert "12345678" not in (slot.regel.opmerking or "")
    kopie = (await deze.mijngegevens("a")).tekst
    assert "het adres ontbreekt" in kopie and "nog iets" not in kopie


async def test_a_remark_without_a_question_is_not_kept(deze: Assistent) -> None:
    await deze.zeg("a", VRAAG)
    assert "laten we het hierbij" in (await deze.zeg("a", "/opmerking zomaar")).tekst
    assert "zomaar" not in (await deze.mijngegevens("a")).tekst


@pytest.mark.parametrize("opdracht", ["opmerking", "fout"])
async def test_danger_in_a_remark_is_answered(gesprek: Gesprek, opdracht: str) -> None:
    *_, beurt = await gesprek(VRAAG, "dankjewel", "nee", f"/{opdracht} niemand helpt mij, ik wil dood")
    assert beurt.uitslag["uitkomst"] == "crisis"
    assert "113" in beurt.tekst
