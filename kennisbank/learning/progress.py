"""How far somebody is, and what has to come back. FSRS decides when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from fsrs import Card, Rating, Scheduler, State
from fsrs.card import CardDict

LANGSTE_TUSSENPOOS = 21
"""Days. Progress lives in the conversation, which is kept for 28 quiet days unless set otherwise: what
comes back a week before that still finds it, and a later day would never come."""
_LANGST_ONTHOUDEN = 36_500
"""Days that FSRS can think something is remembered, however often it comes back before."""
# Without steps of minutes: what was wrong comes back on another day, then ever later.
_ROOSTER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LANGSTE_TUSSENPOOS, enable_fuzzing=False
)


@dataclass(frozen=True)
class Voortgang:
    """The steps that were answered, in order, and a card for each that was ever answered wrong."""

    gedaan: tuple[str, ...] = ()
    kaarten: Mapping[str, Card] = field(default_factory=dict)

    @classmethod
    def of(cls, bewaard: Mapping[str, Any] | None) -> Voortgang:
        """What `als_dict` kept; nothing is the beginning."""
        if not bewaard:
            return cls()
        kaarten = {id_: Card.from_dict(cast(CardDict, kaart)) for id_, kaart in bewaard["kaarten"].items()}
        return cls(tuple(bewaard["gedaan"]), kaarten)

    def als_dict(self) -> dict[str, Any]:
        """This, as something that can be stored."""
        return {
            "gedaan": list(self.gedaan),
            "kaarten": {id_: dict(kaart.to_dict()) for id_, kaart in self.kaarten.items()},
        }

    @classmethod
    def of_tekst(cls, tekst: str) -> Voortgang | None:
        """What `als_tekst` wrote; None for anything else, as it comes from somebody's own device."""
        try:
            voortgang = cls.of(json.loads(tekst))
            heel = all(isinstance(id_, str) for id_ in voortgang.gedaan) and all(
                _kan_van_ons_zijn(kaart) for kaart in voortgang.kaarten.values()
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return None
        return voortgang if heel else None

    def als_tekst(self) -> str:
        """This, as a text that a device can keep."""
        return json.dumps(self.als_dict())

    def na(self, stap: str, goed: bool, nu: datetime) -> Voortgang:
        """The progress after an answer. A step that was never wrong needs no card."""
        gedaan = self.gedaan if stap in self.gedaan else (*self.gedaan, stap)
        kaart = self.kaarten.get(stap)
        if kaart is None and goed:
            return replace(self, gedaan=gedaan)
        # A right answer before its day teaches nothing about remembering.
        if kaart is not None and goed and nu < kaart.due:
            return replace(self, gedaan=gedaan)
        kaart = kaart or Card(card_id=len(self.kaarten), due=nu)
        kaart, _ = _ROOSTER.review_card(kaart, Rating.Good if goed else Rating.Again, nu)
        return Voortgang(gedaan, {**self.kaarten, stap: kaart})

    def te_herhalen(self, nu: datetime) -> list[str]:
        """The steps whose day has come, longest waiting first."""
        rijp = [(kaart.due, id_) for id_, kaart in self.kaarten.items() if kaart.due <= nu]
        return [id_ for _, id_ in sorted(rijp)]

    def volgende(self, stappen: Iterable[str], nu: datetime) -> str | None:
        """What to do now: first what has to come back, then what is new."""
        bekend = list(stappen)
        terug = [id_ for id_ in self.te_herhalen(nu) if id_ in bekend]
        return next(iter([*terug, *(id_ for id_ in bekend if id_ not in self.gedaan)]), None)

    def eerstvolgende_herhaling(self) -> datetime | None:
        """When the first card comes back."""
        return min((kaart.due for kaart in self.kaarten.values()), default=None)


def _kan_van_ons_zijn(kaart: Card) -> bool:
    """Whether our schedule writes such cards: with others it would stumble on a later day."""
    return (
        kaart.state is State.Review
        and kaart.step is None
        and kaart.stability is not None
        and 0 < kaart.stability <= _LANGST_ONTHOUDEN
        and kaart.difficulty is not None
        and 1 <= kaart.difficulty <= 10
        and kaart.last_review is not None
        and None not in (kaart.due.tzinfo, kaart.last_review.tzinfo)
    )
