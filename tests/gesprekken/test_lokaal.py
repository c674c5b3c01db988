"""Golden conversations about gemeenten: route, contact, region, ambiguous and unknown places."""

from __future__ import annotations

import pytest

from bot.assistent import Assistent
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


@pytest.mark.parametrize(
    ("zin", "handeling", "code"),
    [
        ("Enschede contact jongeren", "contact_zoeken", "GM0153"),
        ("kin ik immen belje yn Ljouwert", "contact_zoeken", "GM0080"),
        (
            "heeft Lisse iemand voor schoolverlaters, en hoe bereik ik die",
            "contact_zoeken",
            "GM0553",
        ),
        ("telefoonnummer werkconsulent Voorschoten svp", "contact_zoeken", "GM0626"),
        ("is er in Doetinchem een vaste aanpak voor uitstroom uit het vso", "route_zoeken", "GM0222"),
        ("welke weg loopt een praktijkschoolleerling bij jullie in Raalte", "route_zoeken", "GM0177"),
        ("weet jij in welke arbeidsmarktregio Oisterwijk zit", "regio_zoeken", "GM0824"),
        ("rmc-regio van Nijkerk?", "regio_zoeken", "GM0267"),
        ("Houten, wie is daar het aanspreekpunt", "contact_zoeken", "GM0321"),
        ("wie doet in Zwaag de jongeren van 17", "contact_zoeken", "GM0405"),
    ],
)
async def test_what_is_asked_where(gesprek: Gesprek, zin: str, handeling: str, code: str) -> None:
    (beurt,) = await gesprek(zin)
    assert (beurt.uitslag["uitkomst"], beurt.uitslag["handeling"]) == ("lokaal", handeling)
    assert beurt.gemeente == code


@pytest.mark.parametrize(
    "zin",
    [
        "wat is voor haar de beste plek om te werken",
        "mijn baas betaalt mijn loon niet, wat nu",
        "hij wil met dieren werken, kan dat als dagbesteding",
        "zijn er huizen voor jongeren die begeleid willen wonen",
        "wat kost het als een leerling iets kapot made op stage",
    ],
)
async def test_no_gemeente_is_invented(gesprek: Gesprek, zin: str) -> None:
    (beurt,) = await gesprek(zin)
    assert beurt.gemeente is None


async def test_a_name_of_three_places_is_asked_once_with_all_of_them(assistent: Assistent) -> None:
    vraag = await assistent.zeg("rijswijk", "wie is de contactpersoon in Rijswijk?")
    assert vraag.uitslag["uitkomst"] == "vraag_gemeente"
    assert "Rijswijk bij Den Haag" in vraag.tekst
    assert {keuze.titel for keuze in vraag.keuzes} == {
        "Rijswijk (ZH.) (Zuid-Holland)",
        "Buren (Gelderland)",
        "Altena (Noord-Brabant)",
    }
    buren = next(keuze for keuze in vraag.keuzes if keuze.titel.startswith("Buren"))
    antwoord = await assistent.kies("rijswijk", buren.payload)
    assert (antwoord.uitslag["uitkomst"], antwoord.gemeente) == ("lokaal", "GM0214")
    opnieuw = await assistent.zeg("rijswijk", "en onder welke arbeidsmarktregio valt dat?")
    assert (opnieuw.uitslag["handeling"], opnieuw.gemeente) == ("regio_zoeken", "GM0214")


async def test_a_province_in_the_sentence_settles_it(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("wie is de contactpersoon in Rijswijk in Gelderland?")
    assert (beurt.uitslag["uitkomst"], beurt.gemeente) == ("lokaal", "GM0214")


async def test_the_likeliest_of_two_is_said_to_be_a_choice(assistent: Assistent) -> None:
    beurt = await assistent.zeg("hengelo", "wie is de contactpersoon in Hengelo?")
    assert beurt.gemeente == "GM0164"
    assert "Ik ga uit van Hengelo (O.) in Overijssel" in beurt.tekst
    (keuze,) = beurt.keuzes
    ander = await assistent.kies("hengelo", keuze.payload)
    assert (ander.uitslag["handeling"], ander.gemeente) == ("contact_zoeken", "GM1876")


@pytest.mark.parametrize(("dag", "code"), [("2020-06-01", "GM0003"), ("2026-11-22", "GM1979")])
async def test_a_merger_is_followed_by_its_date(gesprek: Gesprek, dag: str, code: str) -> None:
    (beurt,) = await gesprek("wie moet ik hebben in Appingedam?", peildatum=dag)
    assert (beurt.uitslag["uitkomst"], beurt.gemeente) == ("lokaal", code)
