"""An age that is told of somebody, and one that is only asked about."""

from __future__ import annotations

import pytest

from actions.eigen_leeftijd import is_onderwerp, verteld


@pytest.mark.parametrize(
    ("tekst", "jaren"),
    [
        ("hij is 17", 17),
        ("Ik ben al 24 hoor", 24),
        ("ze is bijna 18, wat verandert er?", 17),
        ("hij is zeventien, wat verandert er op 18?", 17),
        ("wat verandert er op 18? Mijn leerling is net 17", 17),
        ("hij wordt in maart 18", 17),
        ("over 2 weken word ik 18", None),  # the number of weeks says nothing; the act itself reads the age
        ("hoe krijgt een leerling van 17 een eigen DigiD?", 17),
        ("voor een meid van negentien", 19),
        ("wat verandert er allemaal als je 18 wordt?", None),
        ("wat verandert er als hij 18 is?", None),
        ("wat verandert er op 18?", None),
        ("ik ben 20 uur per week aan het werk", None),
        ("ik ben 12,5 procent gekort", None),
        ("geldt dat ook vanaf 21", None),
    ],
)
def test_whose_age_it_is(tekst: str, jaren: int | None) -> None:
    assert verteld(tekst) == jaren


@pytest.mark.parametrize("tekst", ["en op 21?", "en vanaf je 21 dan", "tot 27", "en na achttien?"])
def test_a_point_in_life_is_a_subject(tekst: str) -> None:
    assert is_onderwerp(tekst)


@pytest.mark.parametrize(
    "tekst", ["17", "bijna 18", "en als hij al 21 is?", "zelfde vraag voor iemand van 26", "hij is 17"]
)
def test_anything_else_tells_how_old_somebody_is(tekst: str) -> None:
    assert not is_onderwerp(tekst)
