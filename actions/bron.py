"""Names the sources of the last answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank, schrijver


class ActionBron(Action):
    """Lists title, publisher, date and address of every source."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_bron"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says them, or that there is no answer yet to name sources of."""
        stand = Stand(tracker)
        onderwerp = tracker.get_slot("artikel")
        artikel = kennisbank().artikel(onderwerp, stand.dag) if onderwerp else None
        antwoord = (
            schrijver().bronnen(artikel, stand.dag)
            if artikel
            else Antwoord.of(kennisbank().teksten("bron.geen_antwoord"))
        )
        return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "gesprek")]
