"""What an editor has to look at, by date: reviews, amounts that end, contacts that expire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kennisbank.contacts import Contact
from kennisbank.reader import Inhoud


class Taak(NamedTuple):
    """One thing to look at before a day."""

    voor: date
    soort: str
    id: str
    titel: str


def taken(inhoud: Inhoud, contacten: Iterable[Contact], tot: date) -> list[Taak]:
    """Everything that is due on or before `tot`, earliest first."""
    alle = (*_artikelen(inhoud), *_leerstappen(inhoud), *_bedragen(inhoud), *_contacten(contacten))
    return sorted(taak for taak in alle if taak.voor <= tot)


def _artikelen(inhoud: Inhoud) -> Iterator[Taak]:
    for artikel in inhoud.artikelen:
        yield Taak(artikel.controleer_voor, "artikel", artikel.id, artikel.titel)
        for wijziging in artikel.wijzigingen:
            yield Taak(wijziging.vanaf, "wijziging", artikel.id, artikel.titel)


def _leerstappen(inhoud: Inhoud) -> Iterator[Taak]:
    """Steps of the learning path whose article was looked at after them."""
    gecontroleerd = {artikel.id: artikel.gecontroleerd_op for artikel in inhoud.artikelen}
    for deel in inhoud.leerdelen.values():
        for stap in deel.stappen:
            nieuwer = gecontroleerd.get(stap.artikel)
            if nieuwer is not None and stap.nagekeken_op < nieuwer:
                yield Taak(nieuwer, "leerstap", stap.id, stap.titel)


def _bedragen(inhoud: Inhoud) -> Iterator[Taak]:
    """Amounts whose last known value ends."""
    for sleutel, bedrag in inhoud.bedragen.items():
        laatste = max(bedrag.waarden, key=lambda waarde: waarde.vanaf)
        if laatste.tot is not None:
            yield Taak(laatste.tot, "bedrag", sleutel, bedrag.naam)


def _contacten(contacten: Iterable[Contact]) -> Iterator[Taak]:
    for contact in contacten:
        if contact.geldig_tot is not None:
            yield Taak(contact.geldig_tot, "contact", contact.gebied_code, contact.organisatie)
