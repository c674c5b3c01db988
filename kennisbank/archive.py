"""Earlier states of the store, so that an answer can be read again as it was given.

Every build notes which records came and which went; nothing is ever changed or taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from kennisbank.tables import ARCHIEF

Records = Mapping[str, Mapping[str, Any]]
"""Contents by sort and id."""


class Stuk(NamedTuple):
    """One record of the kennisbank, of a sort that can appear in an answer."""

    soort: str
    id: str
    inhoud: Any


def bewaar(verbinding: Connection, stukken: Iterable[Stuk], nu: datetime) -> None:
    """Closes the records that changed or went and adds what is new, as of `nu` (local time)."""
    nieuw = {(stuk.soort, stuk.id): stuk.inhoud for stuk in stukken}
    vervallen = []
    for rij in verbinding.execute(select(ARCHIEF).where(ARCHIEF.c.tot.is_(None))):
        if nieuw.get((rij.soort, rij.id)) == rij.inhoud:
            del nieuw[rij.soort, rij.id]
        else:
            vervallen.append(rij.nummer)
    if vervallen:
        verbinding.execute(ARCHIEF.update().where(ARCHIEF.c.nummer.in_(vervallen)).values(tot=nu))
    if nieuw:
        rijen = [{"soort": s, "id": i, "inhoud": inhoud, "vanaf": nu} for (s, i), inhoud in nieuw.items()]
        verbinding.execute(ARCHIEF.insert(), rijen)


def lees(verbinding: Connection, moment: datetime) -> Records:
    """The records as they stood at `moment`; empty where the archive does not go back that far."""
    geldig = select(ARCHIEF).where(
        ARCHIEF.c.vanaf <= moment, or_(ARCHIEF.c.tot.is_(None), ARCHIEF.c.tot > moment)
    )
    records: dict[str, dict[str, Any]] = defaultdict(dict)
    for rij in verbinding.execute(geldig.order_by(ARCHIEF.c.nummer)):
        records[rij.soort][rij.id] = rij.inhoud
    return records
