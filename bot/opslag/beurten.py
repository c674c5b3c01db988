"""Turns of conversations: appended whole, and only the tail is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.opslag.database import nu
from bot.opslag.tabellen import BEURT

STAART = 5
"""Turns whose events are read: what policies and actions look back on, with room to spare."""


@dataclass(frozen=True)
class Staart:
    """The end of a conversation: what is known there, and the events of its last turns."""

    laatste: int
    stand: Mapping[str, Any]
    gebeurtenissen: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class NieuweBeurt:
    """A turn to append as number `nummer`; another writer's turn of that number makes it fail."""

    gesprek: str
    nummer: int
    gebeurtenissen: list[dict[str, Any]]
    stand: dict[str, Any]
    antwoord: list[dict[str, Any]]


def lees_staart(verbinding: Connection, gesprek: str) -> Staart | None:
    """The last turns; None for a conversation that is not there. Turn 300 costs what turn 5 costs."""
    vraag = select(BEURT.c.nummer, BEURT.c.gebeurtenissen, BEURT.c.stand).where(BEURT.c.gesprek == gesprek)
    rijen = verbinding.execute(vraag.order_by(BEURT.c.nummer.desc()).limit(STAART)).all()
    if not rijen:
        return None
    gebeurtenissen = [g for rij in reversed(rijen) for g in rij.gebeurtenissen]
    return Staart(rijen[0].nummer, rijen[0].stand, gebeurtenissen)


def voeg_toe(verbinding: Connection, beurt: NieuweBeurt) -> None:
    """Appends a turn."""
    verbinding.execute(BEURT.insert(), [{**vars(beurt), "moment": nu()}])
