"""A sentence is put in the words of the field, and nothing else is touched."""

from __future__ import annotations

import pytest

from kennisbank.reader import read_inhoud
from kennisbank.search.rewriting import Herschrijver


@pytest.fixture(scope="module")
def herschrijf() -> Herschrijver:
    inhoud = read_inhoud()
    return Herschrijver(
        inhoud.begrippen,
        teksten=[passage for artikel in inhoud.artikelen for passage in artikel.passages()],
        vragen=[vraag for artikel in inhoud.artikelen for vraag in artikel.alle_vragen()],
    )


@pytest.mark.parametrize(
    ("getypt", "woord"),
    [
        ("hoe vraag ik dagbestedng aan", "dagbesteding"),
        ("wie betaalt de begeliding", "begeleiding"),
        ("loonkostensubsdie aanvragen", "loonkostensubsidie"),
    ],
)
def test_a_misspelled_word_of_the_field_is_spelled_right(
    herschrijf: Herschrijver, getypt: str, woord: str
) -> None:
    assert woord in herschrijf(getypt)


def test_an_abbreviation_gets_its_full_name_behind_it(herschrijf: Herschrijver) -> None:
    assert "beoordeling arbeidsvermogen" in herschrijf("wanneer moet de ABA")
    assert "Doorstroompunt" in herschrijf("hoort dat bij het rmc")


def test_a_full_name_is_not_said_twice(herschrijf: Herschrijver) -> None:
    zin = "wat is een beoordeling arbeidsvermogen"
    assert herschrijf(zin).count("beoordeling arbeidsvermogen") == 1


@pytest.mark.parametrize("zin", ["hallo daar", "mijn fiets staat buiten", "", "12 34", "👍"])
def test_ordinary_words_stay_as_they_are(herschrijf: Herschrijver, zin: str) -> None:
    assert herschrijf(zin) == zin
