"""The typed commands do the same in every door."""

from __future__ import annotations

import pytest

from bot.opdrachten import Opdracht, herken
from tests.conftest import Gesprek


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("/vergeet", Opdracht("vergeet")),
        ("  /Help@RoutewijzerBot ", Opdracht("help")),
        ("/gemeente  De Bilt", Opdracht("gemeente", "De Bilt")),
        ("/fout dit klopt\nniet", Opdracht("fout", "dit klopt\nniet")),
        ("/kennisvraag", None),
        ('/gemeente_noemen{"gemeente": "GM0106"}', None),
        ("/vergeetme", None),
        ("wat doet /vergeet", None),
    ],
)
def test_only_our_own_commands_are_commands(tekst: str, verwacht: Opdracht | None) -> None:
    assert herken(tekst) == verwacht


async def test_a_gemeente_is_kept_and_one_that_is_not_there_is_said(gesprek: Gesprek) -> None:
    zonder, onbekend, goed, vraag = await gesprek(
        "/gemeente", "/gemeente Xyzzystad", "/gemeente Assen", "wie is de contactpersoon"
    )
    assert "/gemeente Stadskanaal" in zonder.tekst
    assert "ken ik niet" in onbekend.tekst
    assert goed.gemeente == "GM0106"
    assert "Assen" in vraag.tekst


async def test_the_doelgroep_in_anybodys_words_or_with_buttons(gesprek: Gesprek) -> None:
    knoppen, gekozen, vraag = await gesprek("/doelgroep", "/doelgroep oudleerling", "wat is beschut werk?")
    assert [k.payload for k in knoppen.keuzes] == [
        "/doelgroep_professional",
        "/doelgroep_oud_leerling",
        "/doelgroep_coach",
    ]
    assert "gewone woorden" in gekozen.tekst
    assert "Dit komt uit:" in vraag.tekst


async def test_start_help_and_simpler(gesprek: Gesprek) -> None:
    start, hulp, _, eenvoudig = await gesprek("/start", "/help", "wat is beschut werk?", "/eenvoudig")
    assert "automatische assistent" in start.tekst
    assert "Stel gerust je vraag" in start.tekst
    assert "Je kunt bijvoorbeeld vragen" in hulp.tekst
    assert "Dit komt uit:" in eenvoudig.tekst


async def test_an_intent_that_is_typed_is_no_command(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek('/kennisvraag{"artikel": "wajong-wie"}')
    assert beurt.uitslag.get("artikel") != "wajong-wie"
