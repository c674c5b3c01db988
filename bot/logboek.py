"""The question log: what was asked (masked), what came of it, and what people thought of it.

While a conversation is kept its lines name it; after that they are figures without a conversation.
Only a day is noted, no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from actions.basis import SLOTVRAAG
from actions.slotvraag import HALF, JA, MET_OPMERKING, NEE, SLOTANTWOORD
from bot.opslag.tabellen import VRAAG

GOED = "goed"
FOUT = "fout"


@dataclass(frozen=True)
class Regel:
    """One turn as the editors see it."""

    dag: date
    kanaal: str
    vraag: str
    uitkomst: str
    gesprek: str | None = None
    nummer: int | None = None
    doelgroep: str | None = None
    gemeente: str | None = None
    handeling: str | None = None
    artikel: str | None = None
    artikel_versie: date | None = None
    score: float | None = None
    kandidaten: list[Any] = field(default_factory=list)
    bewijs: str | None = None
    oordeel: str | None = None
    opmerking: str | None = None


@dataclass(frozen=True)
class Slotantwoord:
    """An answer to the closing question, with the last answer before it for as long as that is known."""

    regel: Regel
    laatste: Regel | None


def noteer(verbinding: Connection, regel: Regel) -> None:
    """Adds a line, in the transaction of its turn."""
    verbinding.execute(VRAAG.insert(), [vars(regel)])


def beoordeel(verbinding: Connection, gesprek: str, oordeel: str, opmerking: str | None) -> str | None:
    """Ties a thumb and a remark to the last answer of the conversation; returns its receipt, or None."""
    laatste = (
        select(VRAAG.c.id, VRAAG.c.bewijs)
        .where(VRAAG.c.gesprek == gesprek, VRAAG.c.uitkomst != "gesprek")
        .order_by(VRAAG.c.id.desc())
        .limit(1)
    )
    rij = verbinding.execute(laatste).first()
    if rij is None:
        return None
    velden = {"oordeel": oordeel, **({"opmerking": opmerking} if opmerking else {})}
    verbinding.execute(update(VRAAG).where(VRAAG.c.id == rij.id).values(**velden))
    return rij.bewijs or ""


def noteer_slotopmerking(verbinding: Connection, gesprek: str, opmerking: str) -> bool:
    """Ties one remark to the answer to the closing question; returns whether there was room for it."""
    plek = (
        select(VRAAG.c.id)
        .where(
            VRAAG.c.gesprek == gesprek,
            VRAAG.c.handeling == SLOTANTWOORD,
            VRAAG.c.oordeel.in_(MET_OPMERKING),
            VRAAG.c.opmerking.is_(None),
        )
        .order_by(VRAAG.c.id.desc())
        .limit(1)
    )
    id_ = verbinding.execute(plek).scalar()
    if id_ is None:
        return False
    verbinding.execute(update(VRAAG).where(VRAAG.c.id == id_).values(opmerking=opmerking))
    return True


def laatste_bewijzen(verbinding: Connection, gesprek: str) -> set[str]:
    """The receipts of the answer that `beoordeel` would judge, and of its retelling since."""
    van_gesprek = VRAAG.c.gesprek == gesprek
    beoordeelde = select(func.max(VRAAG.c.id)).where(van_gesprek, VRAAG.c.uitkomst != "gesprek")
    bewijzen = select(VRAAG.c.bewijs).where(
        van_gesprek, VRAAG.c.bewijs.is_not(None), VRAAG.c.id >= beoordeelde.scalar_subquery()
    )
    return set(verbinding.execute(bewijzen).scalars())


def regels(
    verbinding: Connection,
    sinds: date,
    uitkomsten: Sequence[str] = (),
    oordeel: str | None = None,
    artikel: str | None = None,
    hoogstens: int = 500,
) -> list[Regel]:
    """Lines since a day, newest first, of these outcomes, with this thumb, about this article."""
    vraag = select(*(VRAAG.c[naam] for naam in Regel.__dataclass_fields__)).where(VRAAG.c.dag >= sinds)
    if uitkomsten:
        vraag = vraag.where(VRAAG.c.uitkomst.in_(uitkomsten))
    if oordeel:
        vraag = vraag.where(VRAAG.c.oordeel == oordeel)
    if artikel:
        vraag = vraag.where(VRAAG.c.artikel == artikel)
    return [
        Regel(**rij)
        for rij in verbinding.execute(vraag.order_by(VRAAG.c.id.desc()).limit(hoogstens)).mappings()
    ]


def onbeantwoord(verbinding: Connection, sinds: date) -> list[Regel]:
    """Questions that got a no."""
    return regels(verbinding, sinds, uitkomsten=("buiten_bereik",))


def duim_omlaag(verbinding: Connection, sinds: date) -> list[Regel]:
    """Answers that somebody called wrong."""
    return regels(verbinding, sinds, oordeel=FOUT)


def slotvragen(verbinding: Connection, sinds: date) -> dict[str, int]:
    """How often the closing question was asked (`gesteld`), and how often each answer was given."""
    vraag = select(VRAAG.c.handeling, VRAAG.c.oordeel, func.count()).where(
        VRAAG.c.dag >= sinds, VRAAG.c.handeling.in_((SLOTVRAAG, SLOTANTWOORD))
    )
    geteld = {
        "gesteld" if handeling == SLOTVRAAG else oordeel: int(aantal)
        for handeling, oordeel, aantal in verbinding.execute(
            vraag.group_by(VRAAG.c.handeling, VRAAG.c.oordeel)
        )
    }
    return {naam: geteld.get(naam, 0) for naam in ("gesteld", JA, HALF, NEE)}


def niet_geholpen(verbinding: Connection, sinds: date) -> list[Slotantwoord]:
    """Who was not helped, or not wholly, newest first, with what they had last been told."""
    eerder = VRAAG.alias("eerder")
    laatste = (
        select(func.max(eerder.c.id))
        .where(
            eerder.c.gesprek == VRAAG.c.gesprek,
            eerder.c.id < VRAAG.c.id,
            eerder.c.uitkomst.in_(("antwoord", "lokaal")),
        )
        .correlate(VRAAG)
        .scalar_subquery()
    )
    velden = list(Regel.__dataclass_fields__)
    gegeven = VRAAG.alias("gegeven")
    vraag = (
        select(*(VRAAG.c[naam] for naam in velden), *(gegeven.c[naam].label(f"_{naam}") for naam in velden))
        .select_from(VRAAG.outerjoin(gegeven, gegeven.c.id == laatste))
        .where(VRAAG.c.dag >= sinds, VRAAG.c.handeling == SLOTANTWOORD, VRAAG.c.oordeel.in_(MET_OPMERKING))
    )
    return [
        Slotantwoord(
            Regel(**{naam: rij[naam] for naam in velden}),
            Regel(**{naam: rij[f"_{naam}"] for naam in velden}) if rij["_uitkomst"] else None,
        )
        for rij in verbinding.execute(vraag.order_by(VRAAG.c.id.desc())).mappings()
    ]


def gemiste_verduidelijkingen(verbinding: Connection, sinds: date) -> list[Regel]:
    """Questions that were asked back about, after which no choice was taken in the next turn."""
    volgende = VRAAG.alias("volgende")
    gekozen = (
        select(volgende.c.id)
        .where(
            volgende.c.gesprek == VRAAG.c.gesprek,
            volgende.c.nummer > VRAAG.c.nummer,
            volgende.c.uitkomst.in_(("antwoord", "lokaal")),
        )
        .exists()
    )
    vraag = select(*(VRAAG.c[naam] for naam in Regel.__dataclass_fields__)).where(
        VRAAG.c.dag >= sinds,
        VRAAG.c.uitkomst == "verduidelijking",
        VRAAG.c.gesprek.is_not(None),
        ~gekozen,
    )
    return [Regel(**rij) for rij in verbinding.execute(vraag.order_by(VRAAG.c.id.desc())).mappings()]


def aantallen(verbinding: Connection, sinds: date, per: str) -> dict[str, int]:
    """How many lines there are for each value of a column: uitkomst, artikel, kanaal, gemeente, ..."""
    kolom = VRAAG.c[per]
    vraag = select(kolom, func.count()).where(VRAAG.c.dag >= sinds).group_by(kolom)
    tellingen = [(str(waarde or ""), int(aantal)) for waarde, aantal in verbinding.execute(vraag)]
    return dict(sorted(tellingen, key=lambda paar: (-paar[1], paar[0])))
