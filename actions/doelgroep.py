"""Sets for whom the assistant writes; once set it is remembered."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord, Knop
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep

_INTENTS = {doelgroep.handeling: doelgroep for doelgroep in Doelgroep}


class ActionDoelgroep(Action):
    """Remembers the doelgroep that the user named."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_doelgroep"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says how answers will be written from now on."""
        stand = Stand(tracker)
        teksten = kennisbank().teksten
        beginner = _INTENTS[stand.intent] is Doelgroep.COACH
        knoppen = (Knop(teksten("leerpad.knop.open"), "leerpad"),) if beginner else ()
        antwoord = Antwoord.of(teksten(f"gesprek.{stand.intent}"), knoppen=knoppen)
        return [
            *stop_formulier(stand),
            *zeg(dispatcher, stand, antwoord, "gesprek"),
            SlotSet("doelgroep", _INTENTS[stand.intent].value),
        ]
