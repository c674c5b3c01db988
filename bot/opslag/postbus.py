"""The inbox: what came in, how far it is, and what must still go out.

    aangenomen -> beantwoord -> onderweg -> bezorgd
                                         -> onbestelbaar

`beantwoord` is written with the answer itself. A message that is found `onderweg` after a crash may
or may not have gone out. Each step is taken by one writer only: who finds another state than it
expects has been overtaken and stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from bot.opslag.database import Ingehaald, nu
from bot.opslag.tabellen import BEURT, POST

AANGENOMEN = "aangenomen"
BEANTWOORD = "beantwoord"
ONDERWEG = "onderweg"
BEZORGD = "bezorgd"
ONBESTELBAAR = "onbestelbaar"
OPEN = (AANGENOMEN, BEANTWOORD, ONDERWEG)

_MET_ANTWOORD = POST.outerjoin(
    BEURT, and_(BEURT.c.gesprek == POST.c.gesprek, BEURT.c.nummer == POST.c.nummer)
)


@dataclass(frozen=True)
class Poststuk:
    """One accepted message with how far it is; `antwoord` is there once it was answered."""

    id: int
    gesprek: str
    kanaal: str
    tekst: str
    keuze: bool
    gemaskeerd: tuple[str, ...]
    ingekort: bool
    adres: dict[str, Any]
    stand: str
    pogingen: int
    antwoord: list[dict[str, Any]] | None


def leg_neer(verbinding: Connection, velden: dict[str, Any], stand: str = AANGENOMEN) -> int | None:
    """Stores a message; None where it was already there."""
    nu_ = nu()
    rij = {"pogingen": 0, "moment": nu_, "sinds": nu_, "stand": stand, **velden}
    soort: Any = sqlite if verbinding.dialect.name == "sqlite" else postgresql
    uitkomst = verbinding.execute(soort.insert(POST).values(**rij).on_conflict_do_nothing())
    return uitkomst.inserted_primary_key[0] if uitkomst.rowcount == 1 else None


def zoek(verbinding: Connection, velden: dict[str, Any]) -> Poststuk | None:
    """This message, if it came in before: with the same id, in the same conversation and channel."""
    return _eerste(
        verbinding, *(POST.c[naam] == velden[naam] for naam in ("gesprek", "kanaal", "bericht_id"))
    )


def oudste_open(verbinding: Connection, gesprek: str) -> Poststuk | None:
    """The first message of the conversation that is not finished."""
    return _eerste(verbinding, POST.c.gesprek == gesprek, POST.c.stand.in_(OPEN))


def gesprekken_met_open_post(verbinding: Connection) -> Sequence[str]:
    """Conversations with work left, the one that waits longest first."""
    vraag = (
        select(POST.c.gesprek)
        .where(POST.c.stand.in_(OPEN))
        .group_by(POST.c.gesprek)
        .order_by(func.min(POST.c.id))
    )
    return list(verbinding.execute(vraag).scalars())


def open_per_stand(verbinding: Connection) -> dict[str, int]:
    """How many messages are not finished, by how far they are."""
    vraag = select(POST.c.stand, func.count()).where(POST.c.stand.in_(OPEN)).group_by(POST.c.stand)
    return {stand: int(aantal) for stand, aantal in verbinding.execute(vraag)}


def zet(verbinding: Connection, id_: int, van: str, naar: str, **velden: Any) -> None:
    """Takes a step.

    Raises:
        Ingehaald: the message is no longer in the state `van`.
    """
    stap = update(POST).where(POST.c.id == id_, POST.c.stand == van)
    if verbinding.execute(stap.values(stand=naar, sinds=nu(), **velden)).rowcount != 1:
        raise Ingehaald(f"Bericht {id_} is niet meer {van}")


def rond_af(verbinding: Connection, id_: int, naar: str, wis: bool) -> None:
    """Ends a message that was on its way; what only the delivery needed goes, or (`wis`) all of it.

    Raises:
        Ingehaald: it was no longer on its way.
    """
    zet(verbinding, id_, ONDERWEG, naar, adres={}, antwoord=None)
    if wis:
        verbinding.execute(delete(POST).where(POST.c.id == id_))


def nog_een_poging(verbinding: Connection, id_: int) -> None:
    """Counts an attempt, before it is made where a crash would leave no other trace."""
    tel = update(POST).where(POST.c.id == id_, POST.c.stand == AANGENOMEN)
    verbinding.execute(tel.values(pogingen=POST.c.pogingen + 1))


def _eerste(verbinding: Connection, *voorwaarden: Any) -> Poststuk | None:
    van_beurt = BEURT.c.antwoord.label("van_beurt")
    vraag = select(*POST.c, van_beurt).select_from(_MET_ANTWOORD).where(*voorwaarden)
    rij = verbinding.execute(vraag.order_by(POST.c.id).limit(1)).first()
    return _als_poststuk(rij) if rij else None


def _als_poststuk(rij: Row) -> Poststuk:
    return Poststuk(
        rij.id,
        rij.gesprek,
        rij.kanaal,
        rij.tekst,
        rij.keuze,
        tuple(rij.gemaskeerd),
        rij.ingekort,
        rij.adres,
        rij.stand,
        rij.pogingen,
        rij.van_beurt if rij.nummer is not None else rij.antwoord,
    )
