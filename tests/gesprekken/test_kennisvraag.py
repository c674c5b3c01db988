"""Golden conversations about the rules: answering, following up, asking back, saying no."""

from __future__ import annotations

import pytest

from bot.assistent import Assistent
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek


async def test_a_question_gets_its_article_with_source_date_and_receipt(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("wanneer moeten we ABA aanvragen?")
    assert beurt.uitslag["artikel"] == "aba-wanneer-aanvragen"
    assert "Bron: Wet Wajong art. 1a:1 en 1a:11, stand 1 januari 2026" in beurt.tekst
    assert "Gecontroleerd op 22 november 2026" in beurt.tekst
    assert beurt.uitslag["bewijs"] in beurt.tekst


async def test_the_first_answer_says_who_is_speaking_and_the_second_does_not(gesprek: Gesprek) -> None:
    eerste, tweede = await gesprek("wat is een proefplaatsing?", "wat is een no-riskpolis?")
    assert "automatische assistent" in eerste.tekst
    assert "Typ geen namen" in eerste.tekst
    assert "automatische assistent" not in tweede.tekst


async def test_an_age_keeps_the_topic_and_changes_the_answer(gesprek: Gesprek) -> None:
    eerste, tweede = await gesprek("wanneer moeten we ABA aanvragen?", "en als hij al 21 is?")
    assert tweede.uitslag["artikel"] == eerste.uitslag["artikel"]
    assert "Bij 21 jaar:" in tweede.tekst
    assert "Bij 21 jaar:" not in eerste.tekst


async def test_a_gemeente_in_a_question_stays_until_another_is_named_for_itself(gesprek: Gesprek) -> None:
    vraag, contact, ander = await gesprek(
        "wanneer moeten we ABA aanvragen in Stadskanaal?",
        "wie is daar de contactpersoon?",
        "en wat is beschut werk in Emmen?",
    )
    assert (vraag.uitslag["artikel"], vraag.gemeente) == ("aba-wanneer-aanvragen", "GM0037")
    assert (contact.uitslag["uitkomst"], contact.gemeente) == ("lokaal", "GM0037")
    assert ander.gemeente == "GM0037"


async def test_simpler_gives_the_same_article_in_plain_words(gesprek: Gesprek) -> None:
    eerste, tweede = await gesprek("wat gebeurt er op 18?", "kan dat simpeler")
    assert eerste.uitslag["artikel"] == "wat-verandert-op-18"
    assert tweede.uitslag["uitkomst"] == "gesprek"
    assert tweede.uitslag["bewijs"].startswith("wat-verandert-op-18")
    assert "Wat kun je nu doen?" in tweede.tekst


async def test_a_question_about_the_source_lists_addresses(gesprek: Gesprek) -> None:
    _, beurt = await gesprek("wanneer moeten we ABA aanvragen?", "waar staat dat?")
    assert "https://wetten.overheid.nl/BWBR0008657" in beurt.tekst
    assert "Zekerheid van dit antwoord: laag" in beurt.tekst


@pytest.mark.parametrize(
    ("bericht", "doelgroep"),
    [
        ("ik ben een begeleider", "professional"),
        ("ik ben leraar hier", "professional"),
        ("ik ben nu coach", "coach"),
        ("hoi ik ben leerling", "oud_leerling"),
    ],
)
async def test_plain_words_say_who_asks(
    gesprek: Gesprek, kb: Kennisbank, bericht: str, doelgroep: str
) -> None:
    (beurt,) = await gesprek(bericht)
    assert kb.teksten(f"gesprek.doelgroep_{doelgroep}") in beurt.tekst


async def test_the_doelgroep_is_set_once_and_remembered(gesprek: Gesprek) -> None:
    _, eerste, tweede = await gesprek(
        "ik zat zelf op de praktijkschool", "wat gebeurt er op 18?", "wat is beschut werk?"
    )
    assert "Dit komt uit:" in eerste.tekst
    assert "Dit komt uit:" in tweede.tekst


async def test_who_says_who_asks_after_an_answer_gets_it_again_in_those_words(
    gesprek: Gesprek, kb: Kennisbank
) -> None:
    eerste, tweede, weer = await gesprek(
        "wat is beschut werk?", "ik zat zelf op de praktijkschool", "ik zat zelf op de praktijkschool"
    )
    assert "Dit komt uit:" not in eerste.tekst
    assert kb.teksten("gesprek.doelgroep_oud_leerling") in tweede.tekst
    assert tweede.uitslag["artikel"] == eerste.uitslag["artikel"] == "beschut-werk-wat-is-het"
    assert "Dit komt uit:" in tweede.tekst
    assert weer.uitslag["uitkomst"] == "gesprek"


@pytest.mark.parametrize(
    ("bericht", "artikel"),
    [
        ("Hoi, ik ben jobcoach in opleiding. Wat is een proefplaatsing?", "proefplaatsing"),
        ("ik ben mentor op het vso en wil weten wanneer we ABA aanvragen", "aba-wanneer-aanvragen"),
    ],
)
async def test_a_question_behind_who_asks_it_is_answered(
    gesprek: Gesprek, bericht: str, artikel: str
) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["artikel"] == artikel


async def test_a_doubtful_question_asks_back_with_at_most_three_choices(assistent: Assistent) -> None:
    beurt = await assistent.zeg("twijfel", "hoe moet dat nou met alles wat erbij hoort")
    assert beurt.uitslag["uitkomst"] == "verduidelijking"
    assert 1 <= len(beurt.keuzes) <= 3
    gekozen = await assistent.zeg("twijfel", "1")
    assert gekozen.uitslag["uitkomst"] == "antwoord"
    assert f'"{gekozen.uitslag["artikel"]}"' in beurt.keuzes[0].payload


@pytest.mark.parametrize("vraag", ["hoe fokt mijn buurman kippen", "wat kost een nieuwe winterband"])
async def test_after_an_answer_something_else_is_still_declined(gesprek: Gesprek, vraag: str) -> None:
    antwoord, nee = await gesprek("wat gebeurt er op 18?", vraag)
    assert antwoord.uitslag["uitkomst"] == "antwoord"
    assert nee.uitslag["uitkomst"] == "buiten_bereik"


async def test_a_bare_age_after_a_question_back_leaves_the_choices_open(assistent: Assistent) -> None:
    eerste = await assistent.zeg("leeftijd", "hoe moet dat nou met alles wat erbij hoort")
    tweede = await assistent.zeg("leeftijd", "17")
    assert tweede.uitslag["uitkomst"] == "verduidelijking"
    assert tweede.keuzes == eerste.keuzes
    assert "17 jaar" in tweede.tekst
    gekozen = await assistent.kies("leeftijd", tweede.keuzes[0].payload)
    assert gekozen.uitslag["uitkomst"] == "antwoord"


async def test_after_two_misses_a_person_is_offered(assistent: Assistent) -> None:
    await assistent.zeg("missers", "hoe moet dat nou met alles wat erbij hoort")
    beurt = await assistent.zeg("missers", "nee")
    assert beurt.uitslag["uitkomst"] == "buiten_bereik"
    assert [keuze.payload for keuze in beurt.keuzes] == ["/contact_zoeken"]


@pytest.mark.parametrize(
    ("vraag", "woorden"),
    [
        ("hoe laat gaat de bus naar het strand", "buiten mijn onderwerp"),
        ("wanneer wordt het oud papier opgehaald", "Dat bepaalt de gemeente zelf"),
        ("hoe vraag ik alimentatie aan voor mijn kinderen na de scheiding", "niet in mijn kennisbank"),
        ("😀😀😀", "geen vraag in lezen"),
    ],
)
async def test_each_kind_of_no_says_which_no_it_is_and_gives_a_next_step(
    gesprek: Gesprek, vraag: str, woorden: str
) -> None:
    (beurt,) = await gesprek(vraag)
    assert beurt.uitslag["uitkomst"] == "buiten_bereik"
    assert woorden in beurt.tekst


@pytest.mark.parametrize("sleutel", ["wsp", "aba", "lks", "bol", "nug", "doorstroompunt", "tlv", "opp"])
async def test_a_term_is_explained_inside_a_conversation(
    kb: Kennisbank, gesprek: Gesprek, sleutel: str
) -> None:
    begrip = kb.begrippen[sleutel]
    _, beurt = await gesprek("wat is loonkostensubsidie?", f"wat betekent {begrip.term}?")
    assert begrip.uitleg in beurt.tekst


async def test_amounts_follow_the_day_asked_about(gesprek: Gesprek) -> None:
    vraag = "hoeveel is het minimumloon als je 21 bent"
    (nu,) = await gesprek(vraag, peildatum="2026-11-22")
    (later,) = await gesprek(vraag, peildatum="2027-06-01")
    assert "€ 14,99" in nu.tekst
    assert "€ 14,99" not in later.tekst
    assert "ken ik niet voor 1 juni 2027" in later.tekst


@pytest.mark.parametrize(
    ("dag", "in_woorden"), [("2020-03-01", "1 maart 2020"), ("2031-03-01", "1 maart 2031")]
)
async def test_a_day_that_nobody_checked_is_refused(gesprek: Gesprek, dag: str, in_woorden: str) -> None:
    (beurt,) = await gesprek("wat is een proefplaatsing?", peildatum=dag)
    assert beurt.uitslag["uitkomst"] == "buiten_bereik"
    assert in_woorden in beurt.tekst


async def test_a_change_is_announced_before_its_day_and_told_after_it(gesprek: Gesprek) -> None:
    vraag = "hoeveel moet je minimaal verdienen als je 18 bent"
    (voor,) = await gesprek(vraag, peildatum="2026-12-31")
    (na,) = await gesprek(vraag, peildatum="2027-01-02")
    assert voor.uitslag["artikel"] == na.uitslag["artikel"] == "minimumjeugdloon"
    assert "Let op, dit verandert" in voor.tekst
    assert "Nieuw sinds 1 januari 2027" in na.tekst
