"""Follows "en als hij al 21 is?": the same topic for another age."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.eigen_leeftijd import is_onderwerp, verteld
from actions.kennisvraag import geef_antwoord, geef_artikel, herhaal_keuzes
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank


class ActionLeeftijdNoemen(Action):
    """Keeps the topic and changes the age; without a topic remembers the age.

    "En op 21?" asks about an age, after a topic; anything else tells how old the youngster is. A bare age
    after a question back is no choice: the choices stay open.
    """

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
        onderwerp = tracker.get_slot("artikel")
        if not (onderwerp and is_onderwerp(stand.tekst)):
            eigen = verteld(stand.tekst)
            tracker.slots["leeftijd"] = stand.leeftijd if eigen is None else eigen
        gebeurtenissen = [*stop_formulier(stand), SlotSet("leeftijd", stand.eigen_leeftijd)]
        kaal = stand.leeftijd is not None and stand.lezing.get("elliptisch")
        if kaal and tracker.get_slot("keuzes"):
            return [*gebeurtenissen, *herhaal_keuzes(dispatcher, stand)]
        if onderwerp:
            return [*gebeurtenissen, *geef_artikel(dispatcher, stand, onderwerp, tracker.get_slot("vraag"))]
        if not kaal:
            return [*gebeurtenissen, *geef_antwoord(dispatcher, stand)]
        tekst = kennisbank().teksten("gesprek.leeftijd", leeftijd=stand.leeftijd)
        return [*gebeurtenissen, *zeg(dispatcher, stand, Antwoord.of(tekst), "gesprek")]
