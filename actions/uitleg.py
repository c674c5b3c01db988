"""Says the last answer again: simpler, or with more explanation."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_artikel
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep


class _Opnieuw:
    """Gives the last article again in the text for another doelgroep."""

    doelgroep: Doelgroep

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Gives the same article in the text for another doelgroep."""
        stand = Stand(tracker)
        artikel = tracker.get_slot("artikel")
        if not artikel:
            tekst = kennisbank().teksten("gesprek.niets_om_te_vereenvoudigen")
            return [*stop_formulier(stand), *zeg(dispatcher, stand, Antwoord.of(tekst), "gesprek")]
        return [
            *stop_formulier(stand),
            *geef_artikel(
                dispatcher,
                stand,
                artikel,
                vraag=tracker.get_slot("vraag"),
                doelgroep=self.doelgroep,
                uitkomst="gesprek",
            ),
        ]


class ActionEenvoudiger(_Opnieuw, Action):
    """The plain text."""

    doelgroep = Doelgroep.OUD_LEERLING

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_eenvoudiger"


class ActionMeerUitleg(_Opnieuw, Action):
    """The text for who learns the job."""

    doelgroep = Doelgroep.COACH

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_meer_uitleg"
