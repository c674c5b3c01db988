"""Where the bot keeps its model and its conversations, and the bounds on what it accepts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kennisbank.settings import DATA_MAP
from kennisbank.settings import InstellingFout as InstellingFout
from kennisbank.settings import instelling as instelling

PROJECT_MAP = Path(__file__).resolve().parent.parent
MODEL_MAP = DATA_MAP / "model"
_MEESTE_LEZERS = 4
"""Processes that read messages, where no setting asks for more: the server itself is full before they are."""
MAX_TEKENS = 1500
"""A longer message is cut to its beginning and its end: people put the question last."""


def gesprekken_url() -> str:
    """The SQLAlchemy URL of the store of conversations.

    Beside the kennisbank in the database that is set for it; embedded they are two files, so that
    a rebuild of the kennisbank holds up no conversation.
    """
    eigen = instelling("ROUTEWIJZER_GESPREKKEN_URL") or instelling("ROUTEWIJZER_DATABASE_URL")
    return eigen or f"sqlite:///{DATA_MAP / 'gesprekken.db'}"


def redis_url() -> str:
    """The address of Redis, or empty: then one process serves all conversations."""
    return instelling("ROUTEWIJZER_REDIS_URL")


def broker_url() -> str:
    """The address of RabbitMQ for the editors' figures, or empty: then nothing is sent."""
    return instelling("ROUTEWIJZER_BROKER_URL")


def statistiek_url() -> str:
    """The SQLAlchemy URL of the database with the editors' figures."""
    return instelling("ROUTEWIJZER_STATISTIEK_URL") or gesprekken_url()


def bewaardagen() -> int:
    """How many days a conversation is kept.

    Raises:
        InstellingFout: it is not a whole number of at least 1.
    """
    return _getal("ROUTEWIJZER_BEWAARDAGEN", "28")


def max_tegelijk() -> int:
    """How many messages are handled at the same time."""
    return _getal("ROUTEWIJZER_MAX_TEGELIJK", "8")


def leesprocessen() -> int:
    """In how many processes messages are read; 0 is in the server itself."""
    # Elsewhere than on Linux a process that is forked cannot do sums safely.
    kernen = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return _getal("ROUTEWIJZER_LEESPROCESSEN", str(min(kernen, _MEESTE_LEZERS) if kernen > 1 else 0), 0)


def limiet_gesprek() -> str:
    """How many messages one sender may send, in the notation of the library `limits`."""
    return instelling("ROUTEWIJZER_LIMIET_GESPREK", "30/minute")


def limiet_adres() -> str:
    """How many messages may come from one network address."""
    return instelling("ROUTEWIJZER_LIMIET_ADRES", "300/minute")


def proxies() -> int:
    """How many proxies of our own stand before the server: so many addresses they add are believed."""
    return _getal("ROUTEWIJZER_PROXIES", "0", minstens=0)


def _getal(naam: str, standaard: str, minstens: int = 1) -> int:
    waarde = instelling(naam, standaard)
    if not waarde.isdecimal() or int(waarde) < minstens:
        raise InstellingFout(f"{naam} moet een geheel getal van minstens {minstens} zijn, niet '{waarde}'.")
    return int(waarde)
