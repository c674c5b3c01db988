"""Conversations through the Teams door of a real server, delivered at a stand-in for the Bot Connector."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest

from kennisbank.current import kennisbank
from tests.kanalen.teams.adaptive_card import gebreken, kaarten, knop, tekst
from tests.kanalen.teams.microsoft import BOT, Activiteit, Microsoft, prive_met, wacht_tot

RUST = 1.5
"""Seconds in which an answer would have come, if there were to be one."""


class Persoon:
    """Somebody in a conversation of Teams."""

    def __init__(self, ms: Microsoft, **gesprek: Any) -> None:
        self.ms = ms
        self.id = f"29:{uuid.uuid4()}"
        self.gesprek = {"id": f"a:{uuid.uuid4()}", "conversationType": "personal", **gesprek}

    def activiteit(self, tekst: str = "", **anders: Any) -> Activiteit:
        wie = {"id": self.id, "aadObjectId": self.id[3:]}
        return self.ms.activiteit(tekst, **{"from": wie, "conversation": self.gesprek, **anders})

    def stuur(self, tekst: str = "", **anders: Any) -> Activiteit:
        """Sends something; the newest message after it."""
        al = len(self.ms.antwoorden(self.gesprek["id"]))
        assert self.ms.stuur(self.activiteit(tekst, **anders)) == 202
        return self.ms.wacht_op(self.gesprek["id"], al + 1)[-1]

    def druk(self, antwoord: Activiteit, titel: str, **velden: str) -> Activiteit:
        """Presses a button of a card."""
        return self.stuur(value={**knop(antwoord, titel), **velden})

    def noem(self, tekst: str, **anders: Any) -> Activiteit:
        """Sends a message of a group that mentions the bot."""
        vermelding = {"type": "mention", "mentioned": {"id": BOT}, "text": "<at>Routewijzer</at>"}
        return self.stuur(f"<at>Routewijzer</at> {tekst}", entities=[vermelding], **anders)


@pytest.fixture
def ik(ms: Microsoft) -> Persoon:
    return Persoon(ms)


def _groep() -> dict[str, Any]:
    return {"id": f"19:{uuid.uuid4()}@thread.v2", "conversationType": "groupChat", "isGroup": True}


def test_an_answer_is_a_reply_with_our_token_in_the_right_conversation(ms: Microsoft, ik: Persoon) -> None:
    vraag = ik.activiteit("wanneer moeten we ABA aanvragen?")
    assert ms.stuur(vraag) == 202
    [antwoord] = ms.wacht_op(ik.gesprek["id"])
    assert "Wet Wajong" in tekst(antwoord)
    assert [gebrek for kaart in kaarten(antwoord) for gebrek in gebreken(kaart)] == []
    [bezorgd] = [b for b in ms.bezorgd if b.inhoud is antwoord]
    assert bezorgd.pad == f"/dienst/v3/conversations/{ik.gesprek['id']}/activities/{vraag['id']}"
    assert bezorgd.koppen["Authorization"].startswith("Bearer token-")
    assert antwoord["replyToId"] == vraag["id"]
    assert antwoord["recipient"] == {"id": ik.id}
    assert antwoord["from"] == {"id": BOT}


def test_ids_that_need_quoting_arrive_as_they_were(ms: Microsoft) -> None:
    kanaal = f"19:{uuid.uuid4()}@thread.tacv2;messageid=1/2%41"
    ik = Persoon(ms, id=kanaal, conversationType="channel", isGroup=True)
    assert "Wet Wajong" in tekst(ik.noem("wanneer moeten we ABA aanvragen?"))


def test_a_message_that_is_delivered_twice_is_answered_once(ms: Microsoft, ik: Persoon) -> None:
    vraag = ik.activiteit("wat betekent LKS?")
    assert [ms.stuur(vraag) for _ in range(3)] == [202] * 3
    ms.wacht_op(ik.gesprek["id"])
    time.sleep(RUST)
    assert len(ms.antwoorden(ik.gesprek["id"])) == 1


def test_what_one_person_sends_is_answered_in_order(ms: Microsoft, ik: Persoon) -> None:
    vragen = ["wat betekent LKS?", "wat betekent ABA?", "wat betekent Wajong?"]
    for vraag in vragen:
        assert ms.stuur(ik.activiteit(vraag)) == 202
    antwoorden = ms.wacht_op(ik.gesprek["id"], 3)
    for naam, antwoord in zip(("LKS", "ABA", "Wajong"), antwoorden, strict=True):
        assert naam in tekst(antwoord)


def test_a_quick_answer_needs_no_sign_that_we_are_typing(ms: Microsoft, ik: Persoon) -> None:
    ik.stuur("wat betekent LKS?")
    time.sleep(RUST)
    tekens = [b for b in ms.bezorgd if ik.gesprek["id"] in b.pad and b.inhoud["type"] == "typing"]
    assert tekens == []


def test_buttons_of_the_answer_and_of_an_earlier_one_do_what_they_say(ik: Persoon) -> None:
    eerste = ik.stuur("wanneer moeten we ABA aanvragen?")
    eenvoudig = ik.druk(eerste, "eenvoudiger")
    assert "Wat kun je nu doen?" in tekst(eenvoudig)
    assert "Wie vraagt de beoordeling" in tekst(ik.druk(eerste, "wie de ABA aanvraagt"))


def test_a_button_that_was_never_offered_here_counts_as_its_words(ms: Microsoft, ik: Persoon) -> None:
    antwoord = ik.stuur(value={"keuze": "/crisis", "titel": "wat betekent LKS?"})
    assert "LKS" in tekst(antwoord)
    assert "113" not in tekst(antwoord)


def test_thumbs_and_a_remark_are_kept_with_the_answer(ik: Persoon) -> None:
    teksten = kennisbank().teksten
    antwoord = ik.stuur("wanneer moeten we ABA aanvragen?")
    assert tekst(ik.druk(antwoord, "👍")) == teksten("oordeel.goed")
    gezegd = ik.druk(antwoord, teksten("teams.versturen"), opmerking="mijn bsn is 111222333, te lang")
    assert tekst(gezegd) == teksten("oordeel.fout")
    kopie = tekst(ik.stuur("/mijngegevens"))
    assert "te lang" in kopie
    assert "111222333" not in kopie


def test_the_closing_question_and_what_was_missing(ik: Persoon) -> None:
    teksten = kennisbank().teksten
    ik.stuur("wanneer moeten we ABA aanvragen?")
    gezegd = ik.druk(ik.stuur("dankjewel"), "nee")
    assert teksten("slotvraag.na.nee") in tekst(gezegd)
    dank = ik.druk(gezegd, teksten("teams.versturen"), opmerking="mijn bsn is 111222333, te vaag")
    assert tekst(dank) == teksten("slotvraag.opmerking")
    kopie = tekst(ik.stuur("/mijngegevens"))
    assert "te vaag" in kopie and "111222333" not in kopie


def test_a_thumb_under_an_earlier_answer_does_not_judge_the_last(ik: Persoon) -> None:
    eerste = ik.stuur("wanneer moeten we ABA aanvragen?")
    ik.stuur("wie is de contactpersoon in Stadskanaal?")
    assert tekst(ik.druk(eerste, "👍")) == kennisbank().teksten("teams.oude_duim")


def test_a_group_is_answered_when_it_mentions_us_and_each_person_apart(ms: Microsoft) -> None:
    groep = _groep()
    een, ander = Persoon(ms, **groep), Persoon(ms, **groep)
    assert ms.stuur(een.activiteit("wanneer moeten we ABA aanvragen?")) == 202
    assert "Wet Wajong" in tekst(een.noem("wanneer moeten we ABA aanvragen?"))
    assert "Stel eerst een vraag" in tekst(ander.noem("kan dat simpeler"))
    time.sleep(RUST)
    assert len(ms.antwoorden(groep["id"])) == 2


def test_who_installs_the_app_is_greeted_once_and_told_that_we_are_a_machine(
    ms: Microsoft, ik: Persoon
) -> None:
    leden = [{"id": ik.id, "aadObjectId": ik.id[3:]}, {"id": BOT}]
    welkom = ik.stuur(type="conversationUpdate", membersAdded=leden)
    assert "automatische assistent" in tekst(welkom)
    assert ms.stuur(ik.activiteit(type="conversationUpdate", membersAdded=leden)) == 202
    time.sleep(RUST)
    assert len(ms.antwoorden(ik.gesprek["id"])) == 1
    assert "automatische assistent" not in tekst(ik.stuur("wat betekent LKS?"))


def test_who_joins_a_group_is_greeted_in_private_and_the_group_is_left_in_peace(ms: Microsoft) -> None:
    ik, nieuw = Persoon(ms, **_groep()), f"29:{uuid.uuid4()}"
    leden = [{"id": nieuw, "aadObjectId": nieuw[3:]}]
    tenant = {"tenant": {"id": "tenant-1"}}
    activiteit = ik.activiteit(type="conversationUpdate", membersAdded=leden, channelData=tenant)
    assert ms.stuur(activiteit) == 202
    assert "automatische assistent" in tekst(ms.wacht_op(prive_met(nieuw))[0])
    [geopend] = [b for b in ms.bezorgd if b.pad.endswith("/v3/conversations") and nieuw in str(b.inhoud)]
    assert geopend.inhoud["tenantId"] == "tenant-1"
    assert ms.antwoorden(ik.gesprek["id"]) == []


def test_a_group_that_adds_us_gets_one_hello(ms: Microsoft) -> None:
    ik = Persoon(ms, **_groep())
    hallo = ik.stuur(type="conversationUpdate", membersAdded=[{"id": BOT}])
    assert tekst(hallo) == kennisbank().teksten("teams.welkom_groep")


@pytest.mark.parametrize(
    "soort", ["messageUpdate", "messageDelete", "messageReaction", "installationUpdate", "invoke", "nieuw"]
)
def test_what_we_have_no_use_for_is_accepted_and_not_answered(ms: Microsoft, ik: Persoon, soort: str) -> None:
    assert ms.stuur(ik.activiteit("wat betekent LKS?", type=soort)) == 202
    assert "LKS" in tekst(ik.stuur("wat betekent LKS?"))
    assert len(ms.antwoorden(ik.gesprek["id"])) == 1


@pytest.mark.parametrize("kapot", [{"from": None}, {"id": None}, {"conversation": {}}, {"recipient": "x"}])
def test_an_activity_without_what_it_needs_is_no_error_of_ours(
    ms: Microsoft, ik: Persoon, kapot: dict[str, Any]
) -> None:
    assert ms.stuur(ik.activiteit("hoi", **kapot)) == 400


@pytest.mark.parametrize(
    "storing", [[(429, {"Retry-After": "1"})], [(503, {})], [(502, {}), (429, {"Retry-After": "0"})]]
)
def test_an_answer_that_teams_cannot_take_now_is_brought_again(
    ms: Microsoft, ik: Persoon, storing: list[tuple[int, dict[str, str]]]
) -> None:
    ms.antwoordt.extend(storing)
    assert ms.stuur(ik.activiteit("wat betekent LKS?")) == 202
    wacht_tot(lambda: len(ms.antwoorden(ik.gesprek["id"])) == len(storing) + 1)
    assert not ms.antwoordt


def test_a_token_that_teams_no_longer_accepts_is_renewed(ms: Microsoft, ik: Persoon) -> None:
    ik.stuur("hoi")
    tokens = ms.tokens_gegeven
    ms.antwoordt.append((401, {}))
    assert ms.stuur(ik.activiteit("wat betekent LKS?")) == 202
    ms.wacht_op(ik.gesprek["id"], 3)
    assert ms.tokens_gegeven == tokens + 1


@pytest.mark.parametrize("status", [400, 403, 404, 413, 307])
def test_where_the_bot_was_removed_it_does_not_keep_knocking(ms: Microsoft, ik: Persoon, status: int) -> None:
    ms.antwoordt.append((status, {"Location": f"{ms.adres}/elders"}))
    assert ms.stuur(ik.activiteit("wat betekent LKS?")) == 202
    ms.wacht_op(ik.gesprek["id"])
    time.sleep(RUST)
    assert len(ms.antwoorden(ik.gesprek["id"])) == 1
    assert not [b for b in ms.bezorgd if "elders" in b.pad]
    assert "LKS" in tekst(ik.stuur("wat betekent LKS?"))


def test_one_token_serves_many_answers(ms: Microsoft) -> None:
    Persoon(ms).stuur("hoi")
    tokens = ms.tokens_gegeven
    for _ in range(3):
        Persoon(ms).stuur("hoi")
    assert ms.tokens_gegeven == tokens


def test_who_sends_very_much_is_asked_once_to_wait(ms: Microsoft, ik: Persoon) -> None:
    te_vaak = kennisbank().teksten("deur.te_vaak")
    assert [ms.stuur(ik.activiteit("hoi")) for _ in range(34)] == [202] * 34
    wacht_tot(lambda: len(ms.antwoorden(ik.gesprek["id"])) == 31)
    assert [tekst(a) for a in ms.antwoorden(ik.gesprek["id"])].count(te_vaak) == 1
