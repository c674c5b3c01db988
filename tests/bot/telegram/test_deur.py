"""The door with the running agent, against the fake: twice, late, edited, in a group, refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError

from bot import opdrachten
from bot.balie import Onbestelbaar
from bot.bericht import Bericht
from bot.kanalen.telegram import deur as deurmodule
from bot.kanalen.telegram import zender
from bot.kanalen.telegram.opmaak import knip, opgemaakt
from bot.kanalen.telegram.zender import Adres
from bot.opdrachten import FOUT, GOED, OPMERKING
from kennisbank.answer import Beeld, Blok
from kennisbank.current import kennisbank
from tests.bot.telegram.conftest import JAN, Proef, bericht, druk, vermelding
from tests.bot.telegram.nep_telegram import BOT

ABA = "wanneer moeten we ABA aanvragen?"
_ONZE = {"message_id": 9, "from": BOT, "chat": {"id": 77, "type": "private"}, "date": 1}


def _knoppen(proef: Proef, nummer: int = -1) -> list[dict[str, Any]]:
    rijen = proef.nep.van("sendMessage")[nummer].velden["reply_markup"]["inline_keyboard"]
    return [knop for rij in rijen for knop in rij]


def _knop(proef: Proef, titel: str, nummer: int = -1) -> dict[str, Any]:
    return next(knop for knop in _knoppen(proef, nummer) if titel in knop["text"])


def _t(sleutel: str) -> str:
    return kennisbank().teksten(sleutel)


# -- ordinary conversation -------------------------------------------------------------------


async def test_a_question_is_answered_with_marks_buttons_and_thumbs(proef: Proef) -> None:
    teksten = await proef.neem(bericht(ABA))
    assert "Wet Wajong" in teksten[-1]
    assert "**" not in teksten[-1]
    velden = proef.nep.van("sendMessage")[-1].velden
    assert {"bold", "expandable_blockquote", "code"} <= {mark["type"] for mark in velden["entities"]}
    assert [k["text"] for k in _knoppen(proef)][-2:] == ["👍", "👎"]
    assert "reply_parameters" not in velden


async def test_a_button_answers_and_every_press_is_answered(proef: Proef) -> None:
    await proef.neem(bericht(ABA))
    (tekst,) = await proef.neem(druk(_knop(proef, "eenvoudiger")))
    assert "Wat kun je nu doen?" in tekst
    await proef.neem(druk({"callback_data": "keuze:bestaatniet"}), druk({"callback_data": "rommel"}))
    antwoorden = proef.nep.van("answerCallbackQuery")
    assert len(antwoorden) == 3
    assert antwoorden[1].velden["text"] == _t("telegram.oude_knop")


async def test_a_button_that_was_never_offered_does_nothing(proef: Proef) -> None:
    await proef.neem(bericht(ABA, chat=1))
    knop = _knop(proef, "eenvoudiger")
    assert await proef.neem(druk(knop, chat=2)) == []


async def test_a_button_still_works_after_a_restart(maak_proef: Callable[..., Any], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gesprekken.db'}"
    eerst = await maak_proef(url)
    await eerst.neem(bericht(ABA))
    knop = _knop(eerst, "eenvoudiger")
    (tekst,) = await (await maak_proef(url)).neem(druk(knop))
    assert "Wat kun je nu doen?" in tekst


async def test_the_second_choice_can_be_taken_after_the_first(proef: Proef) -> None:
    await proef.neem(bericht("/doelgroep"))
    professional, oud_leerling = _knoppen(proef)[:2]
    await proef.neem(druk(professional))
    (tekst,) = await proef.neem(druk(oud_leerling))
    assert tekst == _t("gesprek.doelgroep_oud_leerling")


async def test_commands_mean_what_they_say(proef: Proef) -> None:
    assert "automatische assistent" in (await proef.neem(bericht("/start", chat=79)))[0]
    assert "Je kunt bijvoorbeeld vragen" in "".join(await proef.neem(bericht("/help")))
    assert "/gemeente Stadskanaal" in (await proef.neem(bericht("/gemeente")))[0]
    assert "Stadskanaal" in (await proef.neem(bericht("/gemeente Stadskanaal")))[0]
    assert "gewist" in (await proef.neem(bericht("/vergeet")))[0]


async def test_commands_are_registered_with_a_description(proef: Proef) -> None:
    await proef.deur.meld_aan()
    (aanroep,) = proef.nep.van("setMyCommands")
    namen = {o["command"]: o["description"] for o in aanroep.velden["commands"]}
    # What is said about an answer has buttons under that answer.
    assert set(namen) == set(opdrachten.NAMEN) - {GOED, FOUT, OPMERKING}
    assert all(10 < len(uitleg) <= 256 for uitleg in namen.values())


# -- thumbs ----------------------------------------------------------------------------------


async def test_a_thumb_is_kept_with_the_answer_and_can_be_given_once(proef: Proef) -> None:
    await proef.neem(bericht(ABA))
    rijen = proef.nep.van("sendMessage")[-1].velden["reply_markup"]["inline_keyboard"]
    (tekst,) = await proef.neem(druk(_knop(proef, "👍"), rijen=rijen))
    assert tekst == _t("oordeel.goed")
    assert "goed" in (await proef.assistent.mijngegevens("telegram:77")).tekst
    (bewerking,) = proef.nep.van("editMessageReplyMarkup")
    over = bewerking.velden["reply_markup"]["inline_keyboard"]
    assert over == rijen[:-1]


async def test_what_was_wrong_can_be_told_and_is_masked(proef: Proef) -> None:
    await proef.neem(bericht(ABA))
    await proef.neem(druk(_knop(proef, "👎")))
    vraag = proef.nep.van("sendMessage")[-1].velden
    assert vraag["reply_markup"]["force_reply"] is True
    onze = {**_ONZE, "text": vraag["text"]}
    await proef.neem(bericht("de termijn klopt niet, mail piet@voorbeeld.nl", reply_to_message=onze))
    bewaard = (await proef.assistent.mijngegevens("telegram:77")).tekst
    assert "de termijn klopt niet" in bewaard
    assert "piet@voorbeeld.nl" not in bewaard


async def test_who_was_not_helped_can_tell_what_was_missing(proef: Proef) -> None:
    await proef.neem(bericht(ABA), bericht("dankjewel"))
    assert [k["text"] for k in _knoppen(proef)] == ["ja", "een beetje", "nee", "overslaan"]
    await proef.neem(druk(_knop(proef, "een beetje")))
    vraag = proef.nep.van("sendMessage")[-1].velden
    assert vraag["text"] == _t("telegram.wat_miste_je")
    assert vraag["reply_markup"]["force_reply"] is True
    onze = {**_ONZE, "text": vraag["text"]}
    (dank,) = await proef.neem(bericht("het loket, mail piet@voorbeeld.nl", reply_to_message=onze))
    assert dank == _t("slotvraag.opmerking")
    bewaard = (await proef.assistent.mijngegevens("telegram:77")).tekst
    assert "half" in bewaard and "het loket" in bewaard
    assert "piet@voorbeeld.nl" not in bewaard


async def test_a_thumb_under_an_older_answer_does_not_judge_the_newest(proef: Proef) -> None:
    await proef.neem(bericht(ABA))
    oude_duim = _knop(proef, "👎")
    await proef.neem(bericht("wat is beschut werk?"))
    assert await proef.neem(druk(oude_duim)) == []
    assert proef.nep.van("answerCallbackQuery")[-1].velden["text"] == _t("telegram.oude_duim")


async def test_a_thumb_under_the_simple_retelling_counts(proef: Proef) -> None:
    await proef.neem(bericht(ABA))
    await proef.neem(druk(_knop(proef, "eenvoudiger")))
    assert await proef.neem(druk(_knop(proef, "👍"))) == [_t("oordeel.goed")]


# -- twice, late, edited ---------------------------------------------------------------------


async def test_an_update_that_comes_again_is_answered_once(proef: Proef) -> None:
    update = bericht(ABA)
    assert len(await proef.neem(update, update)) == 1
    assert await proef.neem({**update, "update_id": update["update_id"] + 1000}) == []


async def test_an_edit_is_answered_once_and_says_so(proef: Proef) -> None:
    await proef.neem(bericht("wat is beschut werk?", message_id=5000))
    bewerkt = bericht(ABA, message_id=5000, bewerkt=True)
    (tekst,) = await proef.neem(bewerkt, bewerkt, {**bewerkt, "update_id": 999_999})
    assert tekst.startswith(_t("telegram.bewerkt").strip("*"))
    assert "Wet Wajong" in tekst
    assert proef.nep.van("sendMessage")[-1].velden["reply_parameters"]["message_id"] == 5000


async def test_an_edit_that_changes_no_text_is_no_new_message(proef: Proef) -> None:
    await proef.neem(bericht(ABA, message_id=5001))
    assert await proef.neem(bericht(ABA, message_id=5001, bewerkt=True)) == []


async def test_a_late_message_is_answered_as_a_reply_to_it(proef: Proef) -> None:
    await proef.neem(bericht(ABA, message_id=5002, date=int(time.time()) - 3600))
    assert proef.nep.van("sendMessage")[-1].velden["reply_parameters"]["message_id"] == 5002


async def test_messages_that_come_at_once_are_answered_in_their_order(proef: Proef) -> None:
    teksten = await proef.neem(bericht(ABA), bericht("kan dat simpeler"), bericht("wat is beschut werk?"))
    assert "Wet Wajong" in teksten[0]
    assert "Wat kun je nu doen?" in teksten[1]
    assert "beschut werk" in teksten[2].lower()


async def test_a_flood_gets_one_refusal(maak_proef: Callable[..., Any]) -> None:
    proef = await maak_proef(per_gesprek="2/minute")
    teksten = await proef.neem(*(bericht(ABA) for _ in range(6)))
    assert teksten.count(_t("deur.te_vaak")) == 1
    assert len(teksten) == 3


@pytest.mark.parametrize(
    "inhoud",
    [
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
                "type": "regular",
            }
        },
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
        {"contact": {"phone_number": "0612345678", "first_name": "Piet"}},
    ],
)
async def test_what_is_no_text_gets_a_word_and_is_not_kept(proef: Proef, inhoud: dict[str, Any]) -> None:
    update = bericht("", chat=78)
    del update["message"]["text"]
    update["message"] |= inhoud
    assert await proef.neem(update) == [_t("telegram.alleen_tekst")]
    assert (await proef.assistent.mijngegevens("telegram:78")).tekst == _t("rechten.niets_bewaard")


async def test_the_words_under_a_photo_count_as_typed(proef: Proef) -> None:
    update = bericht("")
    del update["message"]["text"]
    update["message"] |= {"photo": [], "caption": ABA}
    assert "Wet Wajong" in (await proef.neem(update))[0]


async def test_another_bot_is_not_answered(proef: Proef) -> None:
    assert await proef.neem(bericht(ABA, van={"id": 5, "is_bot": True, "first_name": "R2"})) == []


async def test_a_typed_intent_has_no_power(proef: Proef) -> None:
    teksten = await proef.neem(bericht('/kennisvraag{"artikel": "aba-wanneer-aanvragen"}', chat=300))
    assert not any("`aba-wanneer" in tekst for tekst in teksten)
    assert await proef.neem(druk({"callback_data": '/kennisvraag{"artikel": "x"}'}, chat=301)) == []


# -- groups ----------------------------------------------------------------------------------


async def test_in_a_group_only_who_addresses_us_is_answered(proef: Proef) -> None:
    groep: dict[str, Any] = {"chat": -500, "soort": "supergroup"}
    onze = {"message_id": 9, "from": BOT, "chat": {"id": -500, "type": "group"}, "date": 1, "text": "x"}
    vraag = f"@{BOT['username']} {ABA}"
    stil = [
        bericht(ABA, **groep),
        bericht("/help@EenAndereBot", **groep),
        bericht("@iemand " + ABA, entities=[{"type": "mention", "offset": 0, "length": 7}], **groep),
        bericht(ABA, reply_to_message={**onze, "from": JAN}, **groep),
    ]
    assert await proef.neem(*stil) == []
    for update in (
        bericht(vraag, entities=[vermelding(vraag)], **groep),
        bericht(ABA, reply_to_message=onze, **groep),
        bericht(f"/help@{BOT['username']}", **groep),
        bericht("/help", **groep),
    ):
        assert await proef.neem(update) != []
        antwoord_op = proef.nep.van("sendMessage")[-1].velden["reply_parameters"]
        assert antwoord_op["message_id"] == update["message"]["message_id"]


async def test_our_name_is_no_part_of_the_question(proef: Proef) -> None:
    vraag = f"Hoi @{BOT['username']} {ABA}"
    update = bericht(vraag, chat=-501, soort="group", entities=[vermelding(vraag)])
    assert "Wet Wajong" in (await proef.neem(update))[0]
    assert str(BOT["username"]) not in (await proef.assistent.mijngegevens("telegram:-501")).tekst


async def test_a_group_that_adds_us_gets_an_introduction(proef: Proef) -> None:
    assert "automatische assistent" in (await proef.neem(_lid(-502, "left", "member")))[0]
    assert await proef.neem(_lid(-502, "member", "administrator")) == []


async def test_a_group_that_moved_is_followed(proef: Proef) -> None:
    proef.nep.weiger("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009)
    await proef.neem(bericht("/help", chat=-503, soort="group"))
    assert [a.velden["chat_id"] for a in proef.nep.van("sendMessage")] == [-503, -1009]


# -- refusals --------------------------------------------------------------------------------


async def test_who_blocked_us_is_tried_once_and_not_again_until_they_write(proef: Proef) -> None:
    proef.nep.weiger("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await proef.neem(bericht(ABA))
    assert len(proef.nep.van("sendMessage")) == 1
    with pytest.raises(Onbestelbaar):
        await proef.deur._zender.stuur(Adres(77, "x"), [Bericht.of("nog iets")])
    assert len(proef.nep.van("sendMessage")) == 1
    assert await proef.neem(bericht("hoi")) != []


async def test_who_says_goodbye_by_blocking_is_remembered(proef: Proef) -> None:
    await proef.neem(_lid(77, "member", "kicked"))
    with pytest.raises(Onbestelbaar):
        await proef.deur._zender.stuur(Adres(77, "x"), [Bericht.of("nog iets")])
    assert proef.nep.van("sendMessage") == []


async def test_too_many_requests_is_waited_for_as_long_as_telegram_says(proef: Proef) -> None:
    proef.nep.weiger("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    await proef.neem(bericht(ABA))
    eerste, tweede = proef.nep.van("sendMessage")
    assert tweede.moment - eerste.moment >= 1
    assert eerste.velden["text"] == tweede.velden["text"]


async def test_refused_marks_do_not_cost_the_answer(proef: Proef) -> None:
    proef.nep.weiger("sendMessage", 400, "Bad Request: can't parse entities")
    await proef.neem(bericht(ABA))
    _, tweede = proef.nep.van("sendMessage")
    assert "Wet Wajong" in tweede.velden["text"]
    assert "entities" not in tweede.velden


async def test_a_storm_at_telegram_is_survived_without_sending_a_part_twice(proef: Proef) -> None:
    lang = Bericht((Blok("Een zin van de proef. " * 300),))
    eerste, *rest = _delen(lang)
    proef.nep.weiger_na("sendMessage", 2, 502, "Bad Gateway")
    with pytest.raises(NetworkError):
        await proef.deur._zender.stuur(Adres(77, "lang"), [Bericht.of("eerst"), lang])
    await proef.deur._zender.stuur(Adres(77, "lang"), [Bericht.of("eerst"), lang])
    assert len(rest) == 1
    assert proef.nep.teksten() == ["eerst", eerste, *rest, *rest]


def _delen(bericht: Bericht) -> list[str]:
    return [deel.tekst for deel in knip(opgemaakt(bericht.blokken))]


async def test_a_chat_that_is_not_there_is_given_up(proef: Proef) -> None:
    proef.nep.weiger("sendMessage", 400, "Bad Request: chat not found", keer=2)
    await proef.neem(bericht(ABA))
    assert len(proef.nep.van("sendMessage")) == 2
    assert await proef.neem(bericht("hoi")) != []


# -- pictures and typing ---------------------------------------------------------------------


async def test_a_picture_goes_with_its_words(
    proef: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import struct
    import zlib

    def blok(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    png = b"\x89PNG\r\n\x1a\n" + blok(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    png += blok(b"IDAT", zlib.compress(b"\0\0")) + blok(b"IEND", b"")
    (tmp_path / "lijn.png").write_bytes(png)
    monkeypatch.setattr(zender, "BEELDEN_MAP", tmp_path)
    met = Bericht((Blok("Tekst."),), beeld=Beeld("lijn", "De lijn van 16 tot 27. " * 60))
    zonder = Bericht((Blok("Tekst."),), beeld=Beeld("bestaat_niet", "Wat het beeld zou laten zien."))
    await proef.deur._zender.stuur(Adres(77, "b"), [met, zonder])
    (foto,) = proef.nep.van("sendPhoto")
    assert foto.velden["photo"] == png
    # A caption holds 1,024 characters; what does not fit in it follows as text.
    rest, *daarna = proef.nep.teksten()
    assert f"{foto.velden['caption']} {rest}".split() == ("De lijn van 16 tot 27. " * 60).split()
    assert daarna == ["Tekst.", "Wat het beeld zou laten zien.", "Tekst."]


async def test_typing_is_shown_only_while_somebody_works(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deurmodule, "_TYPT_NA", 0.05)
    monkeypatch.setattr(deurmodule, "_TYPT_ELKE", 0.05)
    async with proef.assistent.slot("telegram:77"):  # somebody else is busy in this conversation
        vraag = asyncio.create_task(proef.neem(bericht(ABA)))
        await asyncio.to_thread(proef.nep.wacht_op, lambda: len(proef.nep.van("sendChatAction")) > 1, "typen")
    await vraag
    soorten = [a.methode for a in proef.nep.aanroepen if a.methode.startswith("send")]
    assert soorten[-1] == "sendMessage"
    assert proef.deur._typend == {}


def _lid(chat: int, oud: str, nieuw: str) -> dict[str, Any]:
    """An update that says what we became in a chat."""
    wij = {"user": BOT, "until_date": 0}
    rechten = dict.fromkeys(
        (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_promote_members",
            "can_manage_video_chats", "can_restrict_members", "can_change_info", "can_invite_users",
            "can_post_stories", "can_edit_stories", "can_delete_stories",
        ),
        False,
    )  # fmt: skip
    return {
        "update_id": next(_updates),
        "my_chat_member": {
            "chat": {"id": chat, "type": "group" if chat < 0 else "private"},
            "from": JAN,
            "date": int(time.time()),
            "old_chat_member": {**wij, "status": oud, **rechten},
            "new_chat_member": {**wij, "status": nieuw, **rechten},
        },
    }


_updates = iter(range(900_000, 910_000))
