"""A picture comes along where it helps, with the age of the conversation marked."""

from __future__ import annotations

from kennisbank.pictures.build import BEELDEN_MAP
from tests.conftest import Gesprek


async def test_the_age_of_the_conversation_is_marked(gesprek: Gesprek) -> None:
    [beurt] = await gesprek("wat verandert er allemaal als je 18 wordt?", leeftijd=17)
    beeld = beurt.berichten[-1].beeld
    assert beeld is not None
    assert beeld.naam == "leeftijdslijn-18"
    assert "Gemerkt als nu: 18 jaar" in beeld.alternatief
    assert (BEELDEN_MAP / f"{beeld.naam}.png").is_file()


async def test_a_region_comes_with_its_scheme(gesprek: Gesprek) -> None:
    [beurt] = await gesprek("in welke arbeidsmarktregio ligt Stadskanaal?")
    beeld = beurt.berichten[-1].beeld
    assert beeld is not None
    assert "Gemerkt: Stadskanaal." in beeld.alternatief
    assert (BEELDEN_MAP / f"{beeld.naam}.svg").is_file()


async def test_an_answer_of_another_day_with_another_text_has_no_picture(gesprek: Gesprek) -> None:
    [beurt] = await gesprek("wat verandert er op 20?", peildatum="2026-02-01")
    assert [bericht.beeld for bericht in beurt.berichten if bericht.beeld] == []
