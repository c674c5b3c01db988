"""Rasa's tracker store over our turns: append only, reads the tail, fails loudly.

Rasa's own store replays the whole conversation on each message, and turns a failed read into an
empty memory. Here a failed read or write raises `OpslagWeg` and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from bot.opslag.beurten import NieuweBeurt, Staart, lees_staart, voeg_toe
from bot.opslag.database import Database, T, Werk
from bot.opslag.tabellen import BEURT

_LUS = "active_loop"
_SLOTS = "slots"
_TERUGBLIK = 2
"""Turns that policies look back on: this one and the one before. No rule or story of ours reaches further."""


class BewaardeTracker(DialogueStateTracker):
    """A tracker that knows which turn was stored last and which of its events are new."""

    laatste: int = 0
    gelezen: int = 0

    def generate_all_prior_trackers(self) -> Iterator[tuple[DialogueStateTracker, bool]]:
        """What policies look back on, before each of its actions: Rasa replays it for every prediction."""
        gebeurtenissen = list(self.events)
        begin = _begin_van_terugblik(gebeurtenissen)
        # A slot is copied for each state; most have no say in what follows.
        slots = {naam: slot for naam, slot in self.slots.items() if slot.influence_conversation}
        terugblik = DialogueStateTracker(self.sender_id, slots.values())
        for nummer, gebeurtenis in enumerate(gebeurtenissen):
            # Of what is older only what was known then.
            if isinstance(gebeurtenis, SlotSet):
                telt = gebeurtenis.key in slots
            else:
                telt = nummer >= begin or isinstance(gebeurtenis, ActiveLoop)
            if telt:
                terugblik.events.append(gebeurtenis)
        yield from terugblik.generate_all_prior_trackers()


class GespreksOpslag(TrackerStore):
    """Reads the tail of a conversation as a tracker, and appends what a turn added."""

    def __init__(self, domain: Domain | None, database: Database) -> None:
        super().__init__(domain)
        self._database = database

    def init_tracker(self, sender_id: str) -> BewaardeTracker:
        """An empty tracker."""
        return BewaardeTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> BewaardeTracker | None:
        """The tracker of the conversation's tail; None where there is no such conversation."""
        staart = await self._database.lees(lambda verbinding: lees_staart(verbinding, sender_id))
        return self._als_tracker(sender_id, staart) if staart else None

    async def lees(self, gesprek: str) -> BewaardeTracker:
        """The tracker of the conversation's tail; an empty one for a conversation that begins."""
        return (await self.lees_met(gesprek, lambda _: None))[0]

    async def lees_met(self, gesprek: str, ook: Werk[T]) -> tuple[BewaardeTracker, T]:
        """That tracker, and what else is read in the same transaction."""
        staart, erbij = await self._database.lees(lambda v: (lees_staart(v, gesprek), ook(v)))
        return self._als_tracker(gesprek, staart) if staart else self.init_tracker(gesprek), erbij

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends what is new, as one turn without an answer."""
        beurt = nieuwe_beurt(tracker, [])
        if beurt.gebeurtenissen:
            await self._database.schrijf(lambda verbinding: voeg_toe(verbinding, beurt))
            als_bewaard(tracker, beurt)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._database.lees(
            lambda verbinding: verbinding.execute(select(BEURT.c.gesprek).distinct()).scalars().all()
        )

    def _als_tracker(self, gesprek: str, staart: Staart) -> BewaardeTracker:
        tracker = self.init_tracker(gesprek)
        tracker.events.extend(_gebeurtenissen(staart))
        tracker.replay_events()
        tracker.laatste, tracker.gelezen = staart.laatste, len(tracker.events)
        return tracker


def _begin_van_terugblik(gebeurtenissen: Sequence[Event]) -> int:
    """Where the turns begin that policies look back on: each begins with listening."""
    beurten = [i for i, g in enumerate(gebeurtenissen) if _is_luisteren(g)]
    return beurten[-_TERUGBLIK] if len(beurten) >= _TERUGBLIK else 0


def _is_luisteren(gebeurtenis: Event) -> bool:
    return isinstance(gebeurtenis, ActionExecuted) and gebeurtenis.action_name == ACTION_LISTEN_NAME


def nieuwe_beurt(tracker: DialogueStateTracker, antwoord: list[dict[str, Any]]) -> NieuweBeurt:
    """What this tracker has that is not stored yet, with the state it ends in."""
    assert isinstance(tracker, BewaardeTracker)
    nieuw = list(tracker.events)[tracker.gelezen :]
    slots = {naam: waarde for naam, waarde in tracker.current_slot_values().items() if waarde is not None}
    stand = {_SLOTS: slots, _LUS: tracker.active_loop_name}
    return NieuweBeurt(
        tracker.sender_id, tracker.laatste + 1, [_slank(g.as_dict()) for g in nieuw], stand, antwoord
    )


def als_bewaard(tracker: DialogueStateTracker, beurt: NieuweBeurt) -> None:
    """Notes on the tracker that `beurt` is stored."""
    assert isinstance(tracker, BewaardeTracker)
    tracker.laatste, tracker.gelezen = beurt.nummer, len(tracker.events)


def _gebeurtenissen(staart: Staart) -> list[Event]:
    """Events that bring an empty tracker to the end of this tail.

    How its slots came to be filled is left out: they are set as they ended, once.
    """
    gebeurd = deserialise_events([g for g in staart.gebeurtenissen if g["event"] != SlotSet.type_name])
    lus = staart.stand.get(_LUS)
    if lus and not any(isinstance(gebeurtenis, ActiveLoop) for gebeurtenis in gebeurd):
        gebeurd = [ActiveLoop(lus), *gebeurd]
    return [*gebeurd, *(SlotSet(naam, waarde) for naam, waarde in staart.stand.get(_SLOTS, {}).items())]


def _slank(gebeurtenis: dict[str, Any]) -> dict[str, Any]:
    """An event as it is stored: what the next turn reads, not the answer again nor how it was read."""
    soort = gebeurtenis["event"]
    schoon = {naam: waarde for naam, waarde in gebeurtenis.items() if naam != "metadata"}
    if soort == "user":
        gelezen = gebeurtenis["parse_data"]
        schoon["parse_data"] = {"intent": gelezen["intent"], "entities": gelezen["entities"]}
    if soort == "bot":
        uitslag = (gebeurtenis.get("metadata") or {}).get("routewijzer") or {}
        over = {naam: waarde for naam, waarde in uitslag.items() if naam not in ("blokken", "beeld")}
        schoon |= {"text": None, "metadata": {"routewijzer": over}}
        schoon["data"] = {"buttons": (gebeurtenis.get("data") or {}).get("buttons")}
    if soort != "slot":
        schoon = {naam: waarde for naam, waarde in schoon.items() if waarde is not None}
    return schoon
