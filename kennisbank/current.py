"""The kennisbank of this process: opened once, from the configured database."""

from __future__ import annotations

from functools import lru_cache

from kennisbank.answer import Schrijver
from kennisbank.learning.lessons import Leermeester
from kennisbank.settings import database_url
from kennisbank.store import Kennisbank


@lru_cache(maxsize=1)
def kennisbank() -> Kennisbank:
    """The opened kennisbank.

    Raises:
        OpslagFout: the database is missing or cannot be read.
    """
    return Kennisbank.open(database_url())


@lru_cache(maxsize=1)
def leermeester() -> Leermeester:
    """The one who leads through the learning path of that kennisbank."""
    return Leermeester(kennisbank(), schrijver())


@lru_cache(maxsize=1)
def schrijver() -> Schrijver:
    """The writer of answers from that kennisbank."""
    return Schrijver(kennisbank())
