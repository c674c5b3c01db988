"""Says no in the kind that fits: not in the kennisbank, the gemeente decides, another subject."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank

_SOORT_NEE = {
    "buiten_bereik_buuronderwerp": "niet_in_kennisbank",
    "buiten_bereik_gemeentezaak": "gemeente_bepaalt",
    "buiten_bereik_algemeen": "buiten_onderwerp",
    "buiten_bereik_onleesbaar": "onleesbaar",
}


class ActionBuitenBereik(Action):
    """Declines with a next step."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_buiten_bereik"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says which kind of no it is."""
        stand = Stand(tracker)
        grens = kennisbank().grenzen.get(stand.lezing.get("grens") or "")
        soort = kennisbank().teksten(f"nee.{_SOORT_NEE[stand.intent]}")
        tekst = grens.waarheen if grens and stand.intent == "buiten_bereik_buuronderwerp" else soort
        return [*stop_formulier(stand), *zeg(dispatcher, stand, Antwoord.of(tekst), "buiten_bereik")]
