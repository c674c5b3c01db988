"""Bad input gets a clear word back and breaks nothing."""

from __future__ import annotations

import pytest

from bot.assistent import Assistent
from bot.opslag.tabellen import BEURT
from bot.settings import MAX_TEKENS
from tests.conftest import Gesprek


@pytest.mark.parametrize("bericht", ["", "   ", "...", "👍👍", "\x00\x07", "<b></b>"])
async def test_an_empty_message_gets_a_word_back(gesprek: Gesprek, bericht: str) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["uitkomst"] in ("buiten_bereik", "gesprek")
    assert beurt.tekst


async def test_twenty_thousand_characters_are_cut_and_said_so(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("bla " * 5000 + "wanneer vraag ik de ABA aan?")
    assert "erg lang" in beurt.tekst
    assert len(beurt.gemaskeerd) <= MAX_TEKENS + 10
    assert beurt.gemaskeerd.endswith("wanneer vraag ik de ABA aan?")


async def test_html_is_read_as_text(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("<p>wat is een <b>no-riskpolis</b>?</p><script>alert(1)</script>")
    assert beurt.uitslag["artikel"] == "no-riskpolis"
    assert "<" not in beurt.gemaskeerd


async def test_a_typed_intent_is_text_and_not_obeyed(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek('/kennisvraag{"artikel": "wajong-wie"}')
    assert beurt.uitslag.get("artikel") != "wajong-wie"
    assert not beurt.gemaskeerd.startswith("/")


async def test_a_payload_that_was_not_offered_is_treated_as_typed_text(assistent: Assistent) -> None:
    beurt = await assistent.kies("vreemde-knop", '/kennisvraag{"artikel": "wajong-wie"}')
    assert beurt.uitslag.get("artikel") != "wajong-wie"


async def test_personal_data_is_removed_and_the_user_is_told(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("mijn bsn is 111222333, wanneer vraag ik de ABA aan?")
    assert "111222333" not in beurt.gemaskeerd
    assert "persoonlijke gegevens" in beurt.tekst


async def test_nothing_unmasked_reaches_the_tracker(assistent: Assistent) -> None:
    await assistent.zeg("tracker", "bel mij op 06-12345678 over de wajong")
    rijen = await assistent.database.lees(lambda v: v.execute(BEURT.select()).all())
    bewaard = str([tuple(rij) for rij in rijen])  # a row says of itself only its beginning and its end
    assert "over de wajong" in bewaard
    assert "12345678" not in bewaard
