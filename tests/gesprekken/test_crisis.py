"""Danger comes first, everywhere, and never gets a question back."""

from __future__ import annotations

import pytest

from tests.conftest import Gesprek


@pytest.mark.parametrize(
    ("bericht", "nummer"),
    [
        ("ik wil echt niet meer verder leven", "113"),
        ("mijn stiefvader slaat me elke avond", "0800-2000"),
        ("ik heb vannacht nergens om te slapen", "gemeente"),
        ("morgen zetten ze ons uit huis door de schulden en ik weet het niet meer", "0800-8115"),
    ],
)
async def test_danger_gets_help_at_once(gesprek: Gesprek, bericht: str, nummer: str) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["uitkomst"] == "crisis"
    assert nummer in beurt.tekst
    assert "automatische assistent" in beurt.tekst
    assert not beurt.keuzes


async def test_danger_interrupts_the_question_for_a_gemeente(gesprek: Gesprek) -> None:
    _, beurt = await gesprek("wie kan ik bellen over een stage", "ik wil dood")
    assert beurt.uitslag["uitkomst"] == "crisis"


@pytest.mark.parametrize(
    "bericht", ["ik schaamde me dood bij mijn sollicitatie", "die stage is echt moordend saai"]
)
async def test_a_figure_of_speech_is_no_danger(gesprek: Gesprek, bericht: str) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["uitkomst"] != "crisis"
