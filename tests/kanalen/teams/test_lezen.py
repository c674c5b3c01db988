"""What an activity asks of us: the words that were typed, by whom, and whether they were for us."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.kanalen.teams.lezen import Nieuwkomer, Vraag, getypt, lees

BOT = {"id": "28:bot", "name": "Routewijzer"}


def activiteit(**anders: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {"id": "29:ik", "aadObjectId": "aad-ik"},
        "recipient": BOT,
        "conversation": {"id": "a:1", "conversationType": "personal"},
        "text": "hoi",
        **anders,
    }


def vermelding(id_: str, tekst: str) -> dict[str, Any]:
    return {"type": "mention", "mentioned": {"id": id_}, "text": tekst}


ONS = vermelding("28:bot", "<at>Routewijzer</at>")
GROEP = {"id": "19:groep@thread.v2", "conversationType": "groupChat", "isGroup": True}
KANAAL = {"id": "19:kanaal@thread.tacv2;messageid=1", "conversationType": "channel", "isGroup": True}


@pytest.mark.parametrize(
    ("tekst", "gelezen"),
    [
        ("wat is ABA?", "wat is ABA?"),
        ("<p>wat is ABA?</p>", "wat is ABA?"),
        ("<div><div>wat is&nbsp;ABA?</div></div>", "wat is ABA?"),
        ("<p>hallo</p><p>wat is <b>ABA</b>?</p>", "hallo\n\nwat is ABA?"),
        ("werk &amp; inkomen", "werk & inkomen"),
        ("inkomen < 1000 en leeftijd > 18", "inkomen < 1000 en leeftijd > 18"),
        ("is <18 genoeg", "is <18 genoeg"),
        ('<a href="https://www.uwv.nl/' + "x" * 300 + '">dit</a> klopt', "dit klopt"),
        ("/help", "/help"),
        ("<p>/gemeente Assen</p>", "/gemeente Assen"),
        ("kapot <b", "kapot <b"),
        ("", ""),
    ],
)
def test_words_are_read_whatever_teams_wrapped_around_them(tekst: str, gelezen: str) -> None:
    assert getypt(activiteit(text=tekst)) == gelezen


def test_a_message_that_is_only_html_is_read_too() -> None:
    bijlagen = [{"contentType": "text/html", "content": "<p>wat is ABA?</p>"}]
    assert getypt(activiteit(text=None, attachments=bijlagen)) == "wat is ABA?"


@pytest.mark.parametrize(
    ("tekst", "gelezen"),
    [
        ("<at>Routewijzer</at> wat is ABA?", "wat is ABA?"),
        ("wat is ABA <at>Routewijzer</at>", "wat is ABA"),
        ("<p><at>Routewijzer</at>&nbsp;wat is ABA?</p>", "wat is ABA?"),
        ('<at id="0">Routewijzer</at> wat is ABA?', "wat is ABA?"),
    ],
)
@pytest.mark.parametrize("gesprek", [GROEP, KANAAL])
def test_in_a_group_we_answer_who_mentions_us_and_do_not_read_our_name(
    gesprek: dict[str, Any], tekst: str, gelezen: str
) -> None:
    [vraag] = lees(activiteit(text=tekst, entities=[ONS], conversation=gesprek))
    assert isinstance(vraag, Vraag)
    assert vraag.tekst == gelezen
    assert vraag.afzender == f"teams:{gesprek['id']}:aad-ik"


def test_the_name_of_somebody_else_who_is_mentioned_is_not_read() -> None:
    ander = vermelding("29:ander", "<at>Jan Jansen</at>")
    tekst = "<at>Routewijzer</at> kan <at>Jan Jansen</at> een Wajong krijgen?"
    [vraag] = lees(activiteit(text=tekst, entities=[ONS, ander], conversation=GROEP))
    assert isinstance(vraag, Vraag)
    assert vraag.tekst == "kan [naam] een Wajong krijgen?"


@pytest.mark.parametrize(
    "entities", [[], [vermelding("29:ander", "<at>Ander</at>")], None, "x", [3], [{"type": "mention"}]]
)
def test_in_a_group_what_is_not_for_us_is_left_alone(entities: object) -> None:
    assert lees(activiteit(text="hoi allemaal", entities=entities, conversation=GROEP)) == []


def test_each_person_in_a_group_has_a_conversation_of_their_own() -> None:
    een = lees(activiteit(entities=[ONS], conversation=GROEP))[0]
    ander = lees(activiteit(entities=[ONS], conversation=GROEP, **{"from": {"id": "29:ander"}}))[0]
    assert een.afzender != ander.afzender
    assert een.adres.gesprek == ander.adres.gesprek


@pytest.mark.parametrize(
    "soort",
    [
        "messageUpdate",
        "messageDelete",
        "messageReaction",
        "installationUpdate",
        "typing",
        "invoke",
        "event",
        "endOfConversation",
        "nieuw-bij-microsoft",
        None,
        3,
    ],
)
def test_what_we_have_no_use_for_is_left_alone(soort: object) -> None:
    assert lees(activiteit(type=soort)) == []


@pytest.mark.parametrize(
    "value", [{}, {"keuze": 3}, {"keuze": ""}, {"oordeel": "vergeet", "bewijs": "x"}, {"oordeel": "goed"}]
)
def test_a_button_that_is_not_ours_does_nothing(value: object) -> None:
    gelezen = lees(activiteit(text="", value={**value, "x": 1} if isinstance(value, dict) else value))
    assert gelezen == []


def test_a_remark_belongs_to_a_thumb_down_and_is_no_command() -> None:
    [vraag] = lees(activiteit(value={"oordeel": "fout", "bewijs": "b", "opmerking": "/vergeet dit"}))
    assert isinstance(vraag, Vraag)
    assert (vraag.tekst, vraag.bewijs, vraag.keuze) == ("/fout /vergeet dit", "b", False)


def test_a_remark_after_the_closing_question_is_no_command() -> None:
    [vraag] = lees(activiteit(value={"slot": "opmerking", "opmerking": "/vergeet dit"}))
    assert isinstance(vraag, Vraag)
    assert (vraag.tekst, vraag.bewijs, vraag.keuze) == ("/opmerking /vergeet dit", None, False)


def test_installing_for_one_person_makes_one_newcomer() -> None:
    leden = ([{"id": "28:bot"}], [{"id": "29:ik", "aadObjectId": "aad-ik"}, {"id": "28:bot"}])
    for toegevoegd in leden:
        [nieuw] = lees(activiteit(type="conversationUpdate", membersAdded=toegevoegd))
        assert isinstance(nieuw, Nieuwkomer)
        assert (nieuw.afzender, nieuw.zijn_wij) == ("teams:a:1:aad-ik", False)


def test_in_a_group_each_newcomer_is_named_and_so_are_we() -> None:
    leden = [{"id": "29:een"}, {"id": "28:bot"}, {"naam": "zonder id"}, 3]
    nieuwen = lees(activiteit(type="conversationUpdate", membersAdded=leden, conversation=GROEP))
    assert [(n.adres.aan, n.zijn_wij) for n in nieuwen if isinstance(n, Nieuwkomer)] == [
        ("29:een", False),
        ("28:bot", True),
    ]


def test_who_leaves_is_not_written_to() -> None:
    assert lees(activiteit(type="conversationUpdate", membersRemoved=[{"id": "29:ik"}])) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text(max_size=8), kind, max_size=3),
    max_leaves=8,
)
VELDEN = [
    "text",
    "value",
    "from",
    "recipient",
    "conversation",
    "entities",
    "attachments",
    "membersAdded",
    "id",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(VELDEN), JSON), st.sampled_from(["message", "conversationUpdate"]))
def test_whatever_stands_in_an_activity_it_is_read_or_refused(velden: dict[str, Any], soort: str) -> None:
    try:
        gelezen = lees(activiteit(type=soort, **velden))
    except ValueError:
        return
    assert all(zaak.adres.gesprek and zaak.adres.bot for zaak in gelezen)
