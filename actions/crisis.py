"""When somebody is in danger: calm, short, with numbers that a source confirms. Never asks back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep


class ActionCrisis(Action):
    """Gives the help that fits the danger."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_crisis"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Both texts unless the user said who they are: a youngster must never be addressed as staff."""
        stand = Stand(tracker)
        teksten = kennisbank().teksten
        soort = stand.intent.removeprefix("crisis_")
        bekend = tracker.get_slot("doelgroep")
        blokken = [teksten("crisis.automatisch")]
        if bekend != Doelgroep.OUD_LEERLING.value:
            blokken.insert(0, teksten(f"crisis.{soort}.begeleider"))
        if bekend in (None, Doelgroep.OUD_LEERLING.value):
            blokken.insert(0, teksten(f"crisis.{soort}.jongere"))
        if bekend is None:
            blokken.insert(1, f"*{teksten('crisis.voor_begeleiders')}*")
        antwoord = Antwoord.of(*blokken)
        return [
            *stop_formulier(stand),
            SlotSet("kennisgemaakt", True),
            *zeg(dispatcher, stand, antwoord, "crisis"),
        ]
