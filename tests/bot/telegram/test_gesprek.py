"""One conversation from question to thumb, through a Bot API server that somebody else wrote."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest

from tests.bot.telegram.tegenhanger import Telemelya, gesprek, ontbreekt, tegenhanger

# Conversations of earlier runs are still known to telemelya for an hour.
_chats = itertools.count(time.time_ns() // 1_000_000)


@pytest.fixture(scope="module")
def adres(kb: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if reden := ontbreekt():
        pytest.skip(reden)
    with tegenhanger(tmp_path_factory.mktemp("telemelya")) as adres:
        yield adres


def test_from_question_to_thumb(adres: str) -> None:
    jan = Telemelya(adres, chat=next(_chats))
    gesprek(jan)
    gedaan = [r["method"] for r in jan.alles()]
    assert gedaan.count("answerCallbackQuery") == 2
    assert all(r["method"] != "sendMessage" or "**" not in r["text"] for r in jan.alles())


def test_a_picture_arrives_with_its_words(adres: str) -> None:
    jan = Telemelya(adres, chat=next(_chats))
    foto = jan.typ("mijn leerling is 17, wat verandert er op 18?", tot="Gemerkt als nu: 17 jaar")
    assert foto["method"] == "sendPhoto"
