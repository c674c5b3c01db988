"""Buttons under a message. Telegram allows 64 bytes in a button, so it carries a short id of what it asks.

The id follows from the payload, and is looked up among what was offered in the conversation: nothing
has to be remembered, and a button still works after a restart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.bericht import Bericht, Keuze
from bot.opdrachten import FOUT, GOED
from kennisbank.current import kennisbank

_KEUZE = "keuze"
_OORDEEL = (GOED, FOUT)


@dataclass(frozen=True)
class Druk:
    """What a pressed button says: which kind it is and the short id that it carries."""

    soort: str
    id: str

    @classmethod
    def lees(cls, data: str) -> Druk | None:
        """What stands in the callback data, if it is one of ours."""
        soort, _, id_ = data.partition(":")
        return cls(soort, id_) if id_ and soort in (_KEUZE, *_OORDEEL) else None

    @property
    def is_oordeel(self) -> bool:
        """Whether it is a thumb."""
        return self.soort in _OORDEEL

    def zoek(self, keuzes: Iterable[Keuze]) -> Keuze | None:
        """The choice that was pressed."""
        return next((keuze for keuze in keuzes if kort(keuze.payload) == self.id), None)


def toetsen(bericht: Bericht) -> InlineKeyboardMarkup | None:
    """The buttons of a message, each on its own line, and the thumbs under an answer with a receipt."""
    rijen = [[_knop(keuze.titel, _KEUZE, keuze.payload)] for keuze in bericht.keuzes]
    bewijs = bericht.uitslag.get("bewijs")
    if bewijs:
        rijen.append([_knop(kennisbank().teksten(f"knop.{soort}"), soort, bewijs) for soort in _OORDEEL])
    return InlineKeyboardMarkup(rijen) if rijen else None


def zonder_oordeel(
    rijen: Sequence[Sequence[InlineKeyboardButton]],
) -> list[Sequence[InlineKeyboardButton]]:
    """The same buttons without the thumbs: one thumb per answer."""
    return [rij for rij in rijen if not any(str(knop.callback_data).startswith(_OORDEEL) for knop in rij)]


def kort(waarde: str) -> str:
    """The short id of a payload or a receipt."""
    return hashlib.blake2b(waarde.encode(), digest_size=12).hexdigest()


def _knop(titel: str, soort: str, waarde: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(titel, callback_data=f"{soort}:{kort(waarde)}")
