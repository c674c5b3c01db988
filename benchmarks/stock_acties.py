"""The stock project's one action: writes the article that the ResponseSelector chose.

Served by `python -m rasa_sdk --actions benchmarks.stock_acties`, as any Rasa project does.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from benchmarks.stock import ACTIE
from kennisbank.current import kennisbank, schrijver
from kennisbank.model import Doelgroep


class ActionArtikel(Action):
    """Says the chosen article for a professional, today."""

    def name(self) -> str:
        """Its name in the domain."""
        return ACTIE

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Looks the article up and says it."""
        del domain
        keuze = tracker.latest_message["response_selector"]["default"]["response"]
        id_ = keuze["intent_response_key"].partition("/")[2]
        artikel = kennisbank().artikel(id_, date.today())
        assert artikel is not None
        dispatcher.utter_message(
            text=schrijver().artikel(artikel, Doelgroep.PROFESSIONAL, date.today()).tekst
        )
        return []
