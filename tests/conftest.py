"""Fixtures shared by all tests: one agent and one kennisbank, built like a user builds them."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.diensten import postgres, redis
from bot.assistent import Assistent, Beurt
from bot.logs import quiet_engine
from bot.training import train
from kennisbank.current import kennisbank
from kennisbank.store import Kennisbank

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
EVALUATIE = SHARED / "evaluatie"
ONDERZOEK = SHARED / "inhoud"
_nummers = itertools.count()

quiet_engine()

Gesprek = Callable[..., Awaitable[list[Beurt]]]


@pytest.fixture(scope="session")
def kb() -> Kennisbank:
    train(print)
    return kennisbank()


@pytest.fixture(scope="session")
def assistent(kb: Kennisbank) -> Assistent:
    return Assistent.load()


@pytest.fixture
def gesprek(assistent: Assistent) -> Gesprek:
    """Has a conversation of its own with the running agent and returns all turns."""

    async def voer(*berichten: str, **slots: object) -> list[Beurt]:
        naam = f"test-{next(_nummers)}"
        if slots:
            await assistent.begin(naam, **slots)
        return [await assistent.zeg(naam, bericht) for bericht in berichten]

    return voer


@pytest.fixture
def evaluatie() -> Path:
    if not EVALUATIE.is_dir():
        pytest.skip("de evaluatiezinnen staan niet naast dit project")
    return EVALUATIE


@pytest.fixture
def onderzoek() -> Path:
    """The researched facts and the source documents, where they are at hand."""
    if not ONDERZOEK.is_dir():
        pytest.skip("de feiten en brondocumenten staan niet naast dit project")
    return ONDERZOEK


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A Postgres where databases may be made."""
    with postgres() as url:
        if url is None:
            pytest.skip("Postgres is hier niet")
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with redis() as url:
        if url is None:
            pytest.skip("Redis is hier niet")
        yield url
