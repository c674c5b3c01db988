"""The closing question: once per conversation, after thanks or a goodbye, and never to somebody in danger."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import SLOTVRAAG, Slotvraag, Stand, stop_formulier, zeg, zeg_vaste_tekst
from kennisbank.answer import Antwoord, Knop
from kennisbank.current import kennisbank

SLOTANTWOORD = "slotantwoord"
JA, HALF, NEE, OVER = "ja", "half", "nee", "over"
MET_OPMERKING = (HALF, NEE)
"""Answers after which there is room for one remark."""
_NA = ("dank", "afscheid")


class ActionSlotvraag(Action):
    """Thanks for the answer to the closing question."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_slotvraag"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Takes what the button says."""
        stand = Stand(tracker)
        return neem_slotantwoord(dispatcher, stand, stand.entiteit("slotkeuze"))


def mag_slotvraag(stand: Stand) -> bool:
    """Whether this is the moment: thanks or a goodbye after an answer, outside a form, not asked before."""
    in_formulier = bool((stand.tracker.active_loop or {}).get("name"))
    return (
        stand.intent in _NA and stand.tracker.get_slot(SLOTVRAAG) == Slotvraag.MAG.value and not in_formulier
    )


def stel_slotvraag(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """Says goodbye and asks whether it helped."""
    teksten = kennisbank().teksten
    knoppen = tuple(
        Knop(teksten(f"slotvraag.knop.{keuze}"), SLOTVRAAG, {"slotkeuze": keuze})
        for keuze in (JA, HALF, NEE, OVER)
    )
    antwoord = Antwoord.of(teksten(f"slotvraag.{stand.intent}"), teksten("slotvraag.vraag"), knoppen=knoppen)
    gezegd = zeg(dispatcher, stand, antwoord, "gesprek", handeling=SLOTVRAAG)
    return [*gezegd, SlotSet(SLOTVRAAG, Slotvraag.GESTELD.value)]


def is_gesteld(stand: Stand) -> bool:
    """Whether the last thing said was the closing question."""
    return stand.laatste_knop_is(f"/{SLOTVRAAG}")


def neem_slotantwoord(dispatcher: CollectingDispatcher, stand: Stand, keuze: str | None) -> list[EventType]:
    """Thanks; a no comes with a person to turn to."""
    if stand.tracker.get_slot(SLOTVRAAG) != Slotvraag.GESTELD.value or keuze not in (JA, HALF, NEE, OVER):
        # An old button: it was answered, or somebody was in danger since.
        return [*stop_formulier(stand), *zeg_vaste_tekst(dispatcher, stand, "utter_wat_bevestig_je")]
    teksten = kennisbank().teksten
    knoppen = (Knop(teksten("knop.contact"), "contact_zoeken"),) if keuze == NEE else ()
    antwoord = Antwoord.of(teksten(f"slotvraag.na.{keuze}"), knoppen=knoppen)
    oordeel = None if keuze == OVER else keuze
    return [
        *stop_formulier(stand),
        *zeg(dispatcher, stand, antwoord, "gesprek", handeling=SLOTANTWOORD, oordeel=oordeel),
        SlotSet(SLOTVRAAG, Slotvraag.KLAAR.value),
    ]
