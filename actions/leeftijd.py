"""Follows "en als hij al 21 is?": the same topic for another age."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_antwoord, geef_artikel
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank


class ActionLeeftijdNoemen(Action):
    """Keeps the topic and changes the age; without a topic remembers the age."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_leeftijd_noemen"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Answers again for the age in this message."""
        stand = Stand(tracker)
        gebeurtenissen = [*stop_formulier(stand), SlotSet("leeftijd", stand.leeftijd)]
        onderwerp = tracker.get_slot("artikel")
        if onderwerp:
            return [*gebeurtenissen, *geef_artikel(dispatcher, stand, onderwerp, tracker.get_slot("vraag"))]
        if stand.leeftijd is None or not stand.lezing.get("elliptisch"):
            return [*gebeurtenissen, *geef_antwoord(dispatcher, stand)]
        tekst = kennisbank().teksten("gesprek.leeftijd", leeftijd=stand.leeftijd)
        return [*gebeurtenissen, *zeg(dispatcher, stand, Antwoord.of(tekst), "gesprek")]
