"""An answer on a card: valid Adaptive Card 1.4, nothing lost, never too big for Teams."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.assistent import Assistent
from bot.bericht import Bericht, Keuze
from bot.kanalen.teams.kaart import MAX_BYTES, activiteiten, opgemaakt
from kennisbank.answer import Beeld, Blok, Deel
from kennisbank.store import Kennisbank
from tests.kanalen.teams.adaptive_card import gebreken, kaarten, knop, onderdelen, tekst

ALLES = Bericht(
    (
        Blok("Kop", Deel.KOP),
        Blok("Landelijk", Deel.MERK),
        Blok("Een **vet** woord.\n\n- een\n- twee"),
        Blok("Let op.", Deel.LET_OP),
        Blok("Bron: wet.", Deel.BRON),
        Blok("`code · 2026-01-01`", Deel.BEWIJS),
    ),
    (Keuze("eenvoudiger", "/eenvoudiger"),),
    Beeld("tijdlijn", "Een lijn van 16 tot 27 jaar."),
    {"bewijs": "code · 2026-01-01"},
)


def _een(bericht: Bericht, webadres: str | None = None) -> dict[str, Any]:
    [activiteit] = activiteiten([bericht], webadres)
    return activiteit


def _gebreken(activiteit: dict[str, Any]) -> list[str]:
    return [gebrek for kaart in kaarten(activiteit) for gebrek in gebreken(kaart)]


def _woorden(markdown: str) -> list[str]:
    return re.findall(r"\w+", markdown.replace("`", ""))


def test_every_part_of_an_answer_has_a_face_of_its_own(kb: Kennisbank) -> None:
    activiteit = _een(ALLES, "https://routewijzer.example")
    assert _gebreken(activiteit) == []
    assert tekst(activiteit).splitlines()[:2] == ["Kop", "Landelijk"]
    gezichten = {d["text"]: d for d in onderdelen(activiteit) if d["type"] == "TextBlock"}
    assert gezichten["Kop"]["weight"] == "Bolder"
    assert gezichten["code · 2026-01-01"]["fontType"] == "Monospace"
    waarschuwingen = [d for d in onderdelen(activiteit) if d["type"] == "Container"]
    assert [d["items"][0]["text"] for d in waarschuwingen] == ["Let op."]
    assert activiteit["summary"] == "Kop"


def test_a_picture_is_shown_where_teams_can_fetch_it_and_told_elsewhere(kb: Kennisbank) -> None:
    [beeld] = [d for d in onderdelen(_een(ALLES, "https://r.example")) if d["type"] == "Image"]
    assert beeld["url"] == "https://r.example/webhooks/web/beelden/tijdlijn.png"
    assert beeld["altText"] == "Een lijn van 16 tot 27 jaar."
    zonder = _een(ALLES)
    assert [d for d in onderdelen(zonder) if d["type"] == "Image"] == []
    assert "Een lijn van 16 tot 27 jaar." in tekst(zonder)
    assert tekst(zonder).index("Een lijn") < tekst(zonder).index("Bron")


def test_thumbs_stand_under_an_answer_and_not_under_small_talk(kb: Kennisbank) -> None:
    assert knop(_een(ALLES), "👍") == {"oordeel": "goed", "bewijs": "code · 2026-01-01"}
    assert [d for d in onderdelen(_een(ALLES)) if d["type"] == "Input.Text"] != []
    assert "actions" not in kaarten(_een(Bericht.of("Hallo!")))[0]


def test_many_buttons_are_spread_so_that_teams_hides_none(kb: Kennisbank) -> None:
    keuzes = tuple(Keuze(f"keuze {n}", f"/k{n}") for n in range(14))
    activiteit = _een(Bericht((Blok("Kies."),), keuzes))
    assert _gebreken(activiteit) == []
    titels = [d["title"] for d in onderdelen(activiteit) if d["type"] == "Action.Submit"]
    assert titels == [keuze.titel for keuze in keuzes]


@pytest.mark.parametrize("stuk", ["Een zin over werk. ", "woord ", "😀", "x", "alinea\n\n", "é regel\n"])
def test_a_very_long_answer_comes_in_parts_that_fit_with_nothing_lost(kb: Kennisbank, stuk: str) -> None:
    lang = Bericht(
        (Blok("Kop", Deel.KOP), Blok(stuk * (60_000 // len(stuk)))), ALLES.keuzes, None, ALLES.uitslag
    )
    delen = list(activiteiten([lang, ALLES], None))
    assert len(delen) > 1
    for deel in delen:
        assert len(json.dumps(deel, ensure_ascii=False).encode("utf-16-le")) < MAX_BYTES + 1_000
        assert _gebreken(deel) == []
    samen = "".join(tekst(deel) for deel in delen)
    for teken in set(stuk) - set(" \n"):
        assert samen.count(teken) >= lang.tekst.count(teken)
    knoppen = [d["title"] for deel in delen for d in onderdelen(deel) if d["type"] == "Action.Submit"]
    assert knoppen.count("eenvoudiger") == 2


@pytest.mark.parametrize(
    ("markdown", "kaart"),
    [
        ("Typ `/vergeet`.", "Typ /vergeet."),
        ("Zie https://www.uwv.nl/x.", "Zie [https://www.uwv.nl/x](https://www.uwv.nl/x)."),
        ("Zie [UWV](https://www.uwv.nl/x).", "Zie [UWV](https://www.uwv.nl/x)."),
        ("Een.\nTwee.\n- drie\n- vier\n\nVijf.", "Een.\n\nTwee.\n- drie\n- vier\n\nVijf."),
        ("Zie uwv.nl of art. 2.24.", "Zie uwv.nl of art. 2.24."),
    ],
)
def test_markdown_is_put_in_what_a_card_knows(markdown: str, kaart: str) -> None:
    assert opgemaakt(markdown) == kaart


VRAGEN = [
    "hoi",
    "wat kun je?",
    "wanneer moeten we ABA aanvragen?",
    "wat verandert er op 18?",
    "wat betekent LKS?",
    "wie is de contactpersoon in Stadskanaal?",
    "wat is de route in Assen?",
    "in welke regio ligt Emmen?",
    "en in Bergen?",
    "hoe laat gaat de trein",
    "ik wil met iemand praten",
    "hoeveel is het minimumloon?",
    "wat is beschut werk?",
    "/doelgroep",
    "asdfgh",
]


@pytest.mark.parametrize("vraag", VRAGEN)
async def test_real_answers_are_valid_cards_and_lose_no_word(assistent: Assistent, vraag: str) -> None:
    beurt = await assistent.zeg(f"teams:kaart:{vraag}", vraag, "teams")
    delen = list(activiteiten(beurt.berichten, None))
    assert [gebrek for deel in delen for gebrek in _gebreken(deel)] == []
    gezegd = [woord for deel in delen for woord in _woorden(tekst(deel))]
    for woord in _woorden(beurt.tekst):
        assert woord in gezegd
    knoppen = {
        d["data"].get("keuze") for deel in delen for d in onderdelen(deel) if d["type"] == "Action.Submit"
    }
    assert {keuze.payload for bericht in beurt.berichten for keuze in bericht.keuzes} <= knoppen
