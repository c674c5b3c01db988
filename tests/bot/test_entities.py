"""Ages and short follow-ups in what people type."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nlu.entities import Herkenner, leeftijd
from kennisbank.geodata import read_plaatstabellen
from kennisbank.glossary import Begrippenlijst
from kennisbank.places import Plaatswijzer
from kennisbank.reader import read_inhoud


@pytest.fixture(scope="module")
def herkenner() -> Herkenner:
    return Herkenner(Plaatswijzer(read_plaatstabellen()), Begrippenlijst(read_inhoud().begrippen))


@pytest.mark.parametrize(
    ("tekst", "jaren"),
    [
        ("wat gebeurt er op 18?", 18),
        ("ze is bijna 18", 17),
        ("hij wordt volgende maand 18", 17),
        ("mijn dochter van zeventien", 17),
        ("lln is 17;8", 17),
        ("21+", 21),
        ("ik werk 24 uur", None),
        ("binnen 14 dagen", None),
        ("op 18 november", None),
        ("art. 10 en 20", None),
        ("wat zegt artikel 18, 19 en 20 over een jongen van 17", 17),
        ("€ 25 per dag", None),
        ("in 2018", None),
    ],
)
def test_an_age_is_told_from_other_numbers(tekst: str, jaren: int | None) -> None:
    assert leeftijd(tekst) == jaren


@pytest.mark.parametrize("tekst", ["en in Assen?", "hoogezand", "en als hij al 21 is?", "gemeente Emmen dan"])
def test_a_bare_place_or_age_is_a_follow_up(herkenner: Herkenner, tekst: str) -> None:
    assert herkenner.herken(tekst, date(2026, 11, 22)).elliptisch


@pytest.mark.parametrize(
    "tekst", ["wie moet ik bellen in Assen?", "wat gebeurt er op 18?", "ik zoek een stage"]
)
def test_a_question_is_no_bare_follow_up(herkenner: Herkenner, tekst: str) -> None:
    assert not herkenner.herken(tekst, date(2026, 11, 22)).elliptisch


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("niet Assen maar Emmen bedoel ik", "GM0114"),
        ("ik woon in Emmen, niet in Assen", "GM0114"),
        ("nee geen Zwolle, Deventer", "GM0150"),
        ("niet Assen", "GM0106"),
    ],
)
def test_a_place_that_is_denied_gives_way_to_the_one_that_is_meant(
    herkenner: Herkenner, tekst: str, code: str
) -> None:
    assert herkenner.herken(tekst, date(2026, 11, 22)).plaatsen[0].codes == (code,)
