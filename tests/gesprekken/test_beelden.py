"""A picture comes along where it helps, with the youngster's own age marked; never one only asked about."""

from __future__ import annotations

import pytest

from bot.assistent import Assistent, Beurt
from kennisbank.answer import Beeld
from kennisbank.pictures.build import BEELDEN_MAP
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek

LIJN = "leeftijdslijn"


def _beeld(beurt: Beurt) -> Beeld:
    beeld = beurt.berichten[-1].beeld
    assert beeld is not None
    assert (BEELDEN_MAP / f"{beeld.naam}.png").is_file()
    return beeld


@pytest.mark.parametrize("vraag", ["wat verandert er allemaal als je 18 wordt?", "wat verandert er op 18?"])
async def test_the_age_of_the_conversation_is_marked(gesprek: Gesprek, vraag: str) -> None:
    [beurt] = await gesprek(vraag, leeftijd=17)
    assert beurt.uitslag["artikel"] == "wat-verandert-op-18"
    assert _beeld(beurt).naam == f"{LIJN}-17"
    assert "Gemerkt als nu: 17 jaar" in _beeld(beurt).alternatief


async def test_an_age_that_is_only_asked_about_is_not_marked(gesprek: Gesprek) -> None:
    eerst, daarna = await gesprek("wat verandert er op 18?", "en op 21?")
    assert _beeld(eerst).naam == _beeld(daarna).naam == LIJN
    assert "Gemerkt" not in _beeld(eerst).alternatief


async def test_who_tells_an_age_sets_it(gesprek: Gesprek) -> None:
    beurten = await gesprek(
        "mijn leerling is 17, wat verandert er op 18?", "en op 21?", "en als hij al 21 is?"
    )
    assert [_beeld(beurt).naam for beurt in beurten] == [f"{LIJN}-17", f"{LIJN}-17", f"{LIJN}-21"]


async def test_a_lesson_is_about_nobody_and_marks_nothing(assistent: Assistent, kb: Kennisbank) -> None:
    stappen = [stap for deel in kb.leerpad for stap in deel.stappen]
    plek = next(plek for plek, stap in enumerate(stappen) if stap.beeld == LIJN)
    naam = "leren-leeftijd"
    gedaan = [stap.id for stap in stappen[:plek]]
    await assistent.begin(naam, leeftijd=17, leren={"gedaan": gedaan, "kaarten": {}})
    await assistent.zeg(naam, "leerpad")
    les = await assistent.zeg(naam, "ga verder")
    assert stappen[plek].vraag in les.tekst
    assert _beeld(les).naam == LIJN


async def test_a_region_comes_with_its_scheme(gesprek: Gesprek) -> None:
    [beurt] = await gesprek("in welke arbeidsmarktregio ligt Stadskanaal?")
    beeld = beurt.berichten[-1].beeld
    assert beeld is not None
    assert "Gemerkt: Stadskanaal." in beeld.alternatief
    assert (BEELDEN_MAP / f"{beeld.naam}.svg").is_file()


async def test_an_answer_of_another_day_with_another_text_has_no_picture(gesprek: Gesprek) -> None:
    [beurt] = await gesprek("wat verandert er op 20?", peildatum="2026-02-01")
    assert [bericht.beeld for bericht in beurt.berichten if bericht.beeld] == []
