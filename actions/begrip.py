"""Explains a term of the field."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_antwoord
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank, schrijver


class ActionBegrip(Action):
    """Gives the meaning, else the article that the question is surely about."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_begrip"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Explains the term in the words for this doelgroep."""
        stand = Stand(tracker)
        begrip = kennisbank().begrippen.get(stand.entiteit("begrip") or "")
        if begrip is not None:
            antwoord = schrijver().begrip(begrip, stand.doelgroep)
            uitkomst = "antwoord" if begrip.artikel else "gesprek"
            return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, uitkomst)]
        if stand.lezing.get("zekerheid", 0) >= stand.lezing.get("drempel", 1):
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        antwoord = Antwoord((kennisbank().teksten("begrip.onbekend"),))
        return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "buiten_bereik")]
