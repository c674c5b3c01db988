"""The front desk over databases of its own, with the agent that all tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.stuk import proefdatabase
from bot.assistent import Assistent, Beurt
from bot.balie import Balie, Post
from bot.limiet import Limiet
from bot.opslag.database import Database
from bot.opslag.migratie import open_database

RUIM = Limiet("100000/minute", "100000/minute")


class Deur:
    """A door that keeps what it delivers, in order."""

    def __init__(self) -> None:
        self.bezorgd: list[tuple[str, str]] = []
        self.weigert: list[Exception] = []
        self.hangt: asyncio.Event | None = None
        """When set: the next delivery arrives, sets it, and does not return."""

    async def __call__(self, adres: dict[str, Any], beurt: Beurt) -> None:
        if self.weigert:
            raise self.weigert.pop()
        self.bezorgd.append((adres["id"], beurt.tekst))
        if self.hangt:
            hangt, self.hangt = self.hangt, None
            hangt.set()
            await asyncio.sleep(60)

    def post(self, gesprek: str, id_: str, tekst: str, keuze: bool = False) -> Post:
        return Post("proef", id_, gesprek, tekst, keuze, {"id": id_})

    def antwoorden(self, id_: str) -> list[str]:
        return [tekst for wie, tekst in self.bezorgd if wie == id_]


def nieuwe_balie(assistent: Assistent, database: Database, deur: Deur) -> Balie:
    """A front desk that knows nothing from before, as after a restart."""
    balie = Balie(assistent.op(database), RUIM)
    balie.registreer("proef", deur)
    return balie


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gesprekken.db'}"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    with proefdatabase(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind."""
    gevonden: str = request.getfixturevalue(f"{request.param}_url")
    return gevonden


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = open_database(url)
    yield database
    database.sluit()


@pytest.fixture
def deur() -> Deur:
    return Deur()


@pytest.fixture
def balie(assistent: Assistent, database: Database, deur: Deur) -> Balie:
    return nieuwe_balie(assistent, database, deur)
