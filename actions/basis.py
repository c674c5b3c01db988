"""What every action needs: the state of the conversation, and one way to say an answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.eigen_leeftijd import verteld
from kennisbank.answer import Antwoord, Knop
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep
from kennisbank.places import Gemeente

SLOTVRAAG = "slotvraag"
"""The intent of the buttons of the closing question, and the slot that says how it stands with it."""
_MET_ANTWOORD = ("antwoord", "lokaal")


class Slotvraag(str, Enum):
    """How it stands with the closing question; nothing as long as no answer was given."""

    MAG = "mag"
    GESTELD = "gesteld"
    KLAAR = "klaar"
    NOOIT = "nooit"
    """Somebody was in danger."""


@dataclass(frozen=True)
class Stand:
    """Where a conversation is, as its tracker tells."""

    tracker: Tracker

    @property
    def doelgroep(self) -> Doelgroep:
        """For whom to write; a professional until somebody says otherwise."""
        return Doelgroep(self.tracker.get_slot("doelgroep") or Doelgroep.PROFESSIONAL.value)

    @property
    def dag(self) -> date:
        """The day the answer must hold on: today unless the conversation is about another day."""
        peildatum = self.tracker.get_slot("peildatum")
        return date.fromisoformat(peildatum) if peildatum else date.today()

    @property
    def gemeente(self) -> Gemeente | None:
        """The gemeente in force."""
        return kennisbank().gemeente(self.tracker.get_slot("gemeente"))

    @property
    def leeftijd(self) -> int | None:
        """The age to answer for: the one that this message names, else the youngster's own."""
        genoemd = self.entiteit("leeftijd")
        bekend = self.tracker.get_slot("leeftijd")
        waarde = genoemd if genoemd is not None else bekend
        return int(waarde) if waarde is not None else None

    @property
    def eigen_leeftijd(self) -> int | None:
        """How old the youngster is that the conversation is about, as far as that was told."""
        bekend = self.tracker.get_slot("leeftijd")
        # A button's payload is no sentence of a person.
        nu_verteld = verteld(self.tekst) if self.lezing else None
        if nu_verteld is not None:
            return nu_verteld
        return int(bekend) if bekend is not None else None

    @property
    def intent(self) -> str:
        """How the latest message was read."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def tekst(self) -> str:
        """The latest message."""
        return str(self.tracker.latest_message.get("text") or "")

    @property
    def lezing(self) -> dict[str, Any]:
        """The ranking of the latest message; empty for a button."""
        return dict(self.tracker.latest_message.get("kennisbank") or {})

    @property
    def plaatsen(self) -> list[dict[str, Any]]:
        """The places in the latest message: text, candidate codes and sort."""
        return list(self.lezing.get("plaatsen") or [])

    def entiteit(self, soort: str) -> Any:
        """The first entity of this sort in the latest message, or None."""
        return next(self.tracker.get_latest_entity_values(soort), None)

    def laatste_knop_is(self, begin: str) -> bool:
        """Whether the last thing said has a button that sends something beginning with this."""
        gezegd = [e for e in self.tracker.events if e.get("event") == "bot"]
        knoppen = (gezegd[-1].get("data") or {}).get("buttons") or [] if gezegd else []
        return any(knop["payload"].startswith(begin) for knop in knoppen)

    @property
    def missers(self) -> int:
        """How often in a row the assistant did not understand."""
        return int(self.tracker.get_slot("missers") or 0)


def zeg(
    dispatcher: CollectingDispatcher,
    stand: Stand,
    antwoord: Antwoord,
    uitkomst: str,
    handeling: str | None = None,
    kandidaten: Iterable[str] = (),
    oordeel: str | None = None,
) -> list[EventType]:
    """Says an answer once, with what it is for whoever keeps score; returns the events it causes.

    The first answer of a conversation is preceded by who is speaking, and an answer to somebody who may be in
    danger by where help is.
    """
    gebeurtenissen = _maak_kennis(dispatcher, stand)
    _wijs_hulp(dispatcher, stand)
    dispatcher.utter_message(
        text=antwoord.tekst,
        buttons=[{"title": knop.titel, "payload": payload(knop)} for knop in antwoord.knoppen],
        routewijzer={
            "blokken": [{"tekst": blok.tekst, "deel": blok.deel.value} for blok in antwoord.blokken],
            "beeld": vars(antwoord.beeld) if antwoord.beeld else None,
            "uitkomst": uitkomst,
            "handeling": handeling,
            "artikel": antwoord.artikel if uitkomst == "antwoord" else None,
            "gemeente_kandidaten": list(kandidaten),
            "bewijs": antwoord.bewijs,
            "oordeel": oordeel,
        },
    )
    return [*gebeurtenissen, *_slotvraag_na(stand, uitkomst)]


def zeg_vaste_tekst(dispatcher: CollectingDispatcher, stand: Stand, response: str) -> list[EventType]:
    """Says a response of the domain."""
    gebeurtenissen = [] if response == "utter_groet" else _maak_kennis(dispatcher, stand)
    if response == "utter_groet":
        dispatcher.utter_message(response="utter_eerste_contact")
    _wijs_hulp(dispatcher, stand)
    dispatcher.utter_message(response=response, routewijzer={"uitkomst": "gesprek"})
    return [*gebeurtenissen, SlotSet("kennisgemaakt", True)]


def payload(knop: Knop) -> str:
    """What a button sends back: an intent of the domain with its fields."""
    return f"/{knop.handeling}{json.dumps(knop.velden, ensure_ascii=False) if knop.velden else ''}"


def stop_formulier(stand: Stand) -> list[EventType]:
    """Leaves a form that is open: the user turned to something else."""
    if not (stand.tracker.active_loop or {}).get("name"):
        return []
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def _maak_kennis(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    if stand.tracker.get_slot("kennisgemaakt"):
        return []
    dispatcher.utter_message(response="utter_eerste_contact")
    return [SlotSet("kennisgemaakt", True)]


def _wijs_hulp(dispatcher: CollectingDispatcher, stand: Stand) -> None:
    """Too little to take for danger, too much to say nothing."""
    if stand.lezing.get("zorg"):
        dispatcher.utter_message(text=kennisbank().teksten("crisis.misschien"))


def _slotvraag_na(stand: Stand, uitkomst: str) -> list[EventType]:
    """An answer makes the closing question possible; danger rules it out for good."""
    if uitkomst == "crisis":
        return [SlotSet(SLOTVRAAG, Slotvraag.NOOIT.value)]
    if uitkomst in _MET_ANTWOORD and stand.tracker.get_slot(SLOTVRAAG) is None:
        return [SlotSet(SLOTVRAAG, Slotvraag.MAG.value)]
    return []
