"""The front desk over a database file of its own, with the agent that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.assistent import Beurt
from bot.balie import Post
from bot.limiet import Limiet
from bot.opslag.database import Database
from bot.opslag.migratie import open_database

RUIM = Limiet("100000/minute", "100000/minute")


class Deur:
    """A door that keeps what it delivers, in order."""

    def __init__(self) -> None:
        self.bezorgd: list[tuple[str, str]] = []
        self.weigert: list[Exception] = []

    async def __call__(self, adres: dict[str, Any], beurt: Beurt) -> None:
        if self.weigert:
            raise self.weigert.pop()
        self.bezorgd.append((adres["id"], beurt.tekst))

    def post(self, gesprek: str, id_: str, tekst: str, keuze: bool = False) -> Post:
        return Post("proef", id_, gesprek, tekst, keuze, {"id": id_})

    def antwoorden(self, id_: str) -> list[str]:
        return [tekst for wie, tekst in self.bezorgd if wie == id_]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'gesprekken.db'}")
    yield database
    database.sluit()
