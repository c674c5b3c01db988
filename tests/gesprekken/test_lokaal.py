"""Golden conversations about gemeenten: route, contact, region, ambiguous and unknown places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.assistent import Assistent
from kennisbank.answer import Antwoord, Schrijver
from kennisbank.places import Gemeente
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek


async def test_the_contact_of_a_gemeente_says_how_good_the_answer_is(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("wie is de contactpersoon in Stadskanaal?")
    assert (beurt.uitslag["uitkomst"], beurt.uitslag["handeling"]) == ("lokaal", "contact_zoeken")
    assert beurt.gemeente == "GM0037"
    assert "ken ik nog geen contactpersoon" in beurt.tekst
    assert "december 2020. Controleer of het nog klopt" in beurt.tekst


async def test_another_place_keeps_the_act(gesprek: Gesprek) -> None:
    _, beurt = await gesprek("wie moet ik hebben in Veendam?", "en in Assen?")
    assert (beurt.uitslag["handeling"], beurt.gemeente) == ("contact_zoeken", "GM0106")


async def test_an_ambiguous_place_is_asked_and_understood_by_its_neighbour(gesprek: Gesprek) -> None:
    vraag, antwoord = await gesprek("welke route geldt er in Bergen?", "die bij Alkmaar")
    assert vraag.uitslag["uitkomst"] == "vraag_gemeente"
    assert set(vraag.uitslag["gemeente_kandidaten"]) == {"GM0373", "GM0893", "GM0748"}
    assert len(vraag.keuzes) == 3
    assert (antwoord.uitslag["uitkomst"], antwoord.gemeente) == ("lokaal", "GM0373")


async def test_a_candidate_button_chooses_the_gemeente(assistent: Assistent) -> None:
    vraag = await assistent.zeg("knop", "welke route geldt er in Bergen?")
    limburg = next(keuze for keuze in vraag.keuzes if "Limburg" in keuze.titel)
    antwoord = await assistent.kies("knop", limburg.payload)
    assert antwoord.gemeente == "GM0893"


async def test_a_missing_gemeente_is_asked_and_an_unknown_one_again(gesprek: Gesprek) -> None:
    vraag, opnieuw, antwoord = await gesprek("wie kan ik bellen over een stage", "Blubbelstad", "hoogezand")
    assert vraag.uitslag["uitkomst"] == "vraag_gemeente"
    assert "Die plaats ken ik niet" in opnieuw.tekst
    assert (antwoord.uitslag["handeling"], antwoord.gemeente) == ("contact_zoeken", "GM1952")


async def test_the_gemeente_is_remembered_for_the_next_local_question(gesprek: Gesprek) -> None:
    _, beurt = await gesprek("onder welke arbeidsmarktregio valt Hoorn?", "en wie moet ik daar bellen?")
    assert (beurt.uitslag["handeling"], beurt.gemeente) == ("contact_zoeken", "GM0405")


async def test_a_question_in_the_middle_of_the_form_leaves_it(gesprek: Gesprek) -> None:
    vraag, beurt = await gesprek(
        "wie kan ik bellen over een stage", "wat is de no-riskpolis voor de werkgever?"
    )
    assert vraag.uitslag["uitkomst"] == "vraag_gemeente"
    assert beurt.uitslag["artikel"] == "no-riskpolis"


async def test_cancelling_leaves_the_form(gesprek: Gesprek) -> None:
    _, gestopt, beurt = await gesprek("wie kan ik bellen over een stage", "laat maar", "hoi")
    assert "dan stop ik" in gestopt.tekst
    assert beurt.uitslag["uitkomst"] == "gesprek"


async def test_a_local_article_gets_the_desk_of_the_gemeente(gesprek: Gesprek) -> None:
    zonder, met = await gesprek("hoe vraag je dagbesteding aan bij de wmo?", "en in Almere?")
    assert "Landelijk" in zonder.tekst
    assert "Noem je gemeente" in zonder.tekst
    assert met.uitslag["artikel"] == zonder.uitslag["artikel"]
    assert "Lokaal: Almere" in met.tekst


@pytest.mark.parametrize("handeling", ["route", "contact", "regio"])
def test_every_gemeente_has_an_answer_without_gaps(kb: Kennisbank, handeling: str) -> None:
    schrijver, dag = Schrijver(kb), date(2026, 11, 22)
    schrijf: dict[str, Callable[[Gemeente, date], Antwoord]] = {
        "route": schrijver.route,
        "contact": schrijver.contact,
        "regio": schrijver.regio,
    }
    for gemeente in kb.plaatsen.gemeenten.values():
        antwoord = schrijf[handeling](gemeente, dag)
        assert gemeente.naam in antwoord.tekst
        assert "{" not in antwoord.tekst
        assert "None" not in antwoord.tekst
