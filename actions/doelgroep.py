"""Sets for whom the assistant writes; once set it is remembered."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_artikel
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
        """Says how answers will be written from now on, and says the last one again that way."""
        stand = Stand(tracker)
        teksten, doelgroep = kennisbank().teksten, _INTENTS[stand.intent]
        uitleg = teksten(f"gesprek.{stand.intent}")
        gebeurtenissen = [*stop_formulier(stand), SlotSet("doelgroep", doelgroep.value)]
        onderwerp = tracker.get_slot("artikel")
        if onderwerp and doelgroep is not stand.doelgroep:
            dispatcher.utter_message(text=uitleg)
            vraag = tracker.get_slot("vraag")
            return [*gebeurtenissen, *geef_artikel(dispatcher, stand, onderwerp, vraag, doelgroep)]
        knoppen = (Knop(teksten("leerpad.knop.open"), "leerpad"),) if doelgroep is Doelgroep.COACH else ()
        antwoord = Antwoord.of(uitleg, knoppen=knoppen)
        return [*gebeurtenissen, *zeg(dispatcher, stand, antwoord, "gesprek")]
