"""Rasa's tracker store over our turns: append only, reads the tail, fails loudly.

Rasa's own store replays the whole conversation on each message, and turns a failed read into an
empty memory. Here a failed read or write raises `OpslagWeg` and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from bot.opslag.beurten import NieuweBeurt, Staart, lees_staart, voeg_toe
from bot.opslag.database import Database
from bot.opslag.tabellen import BEURT

_LUS = "active_loop"
_SLOTS = "slots"


class BewaardeTracker(DialogueStateTracker):
    """A tracker that knows which turn was stored last and which of its events are new."""

    laatste: int = 0
    gelezen: int = 0


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
        return await self.retrieve(gesprek) or self.init_tracker(gesprek)

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
        gebeurtenissen = [*_van_stand(staart.stand), *deserialise_events(list(staart.gebeurtenissen))]
        tracker.events.extend(gebeurtenissen)
        tracker.replay_events()
        tracker.laatste, tracker.gelezen = staart.laatste, len(tracker.events)
        return tracker


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


def _van_stand(stand: Mapping[str, Any]) -> list[Any]:
    """Events that bring an empty tracker to this state, ending as every turn ends: listening."""
    if not stand:
        return []
    slots = [SlotSet(naam, waarde) for naam, waarde in stand[_SLOTS].items()]
    lus = [ActiveLoop(stand[_LUS])] if stand.get(_LUS) else []
    return [*slots, *lus, ActionExecuted("action_listen")]


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
