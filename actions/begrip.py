"""Explains a term of the field."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_antwoord
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank, schrijver

_BETEKENIS = re.compile(r"\b(?:beteken\w*|afkorting|definitie)\b|\bstaan?t? .*\bvoor\b", re.IGNORECASE)


class ActionBegrip(Action):
    """Gives the article that the question is surely about, else the meaning of the term."""

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
        zeker = stand.lezing.get("zekerheid", 0) >= stand.lezing.get("drempel", 1)
        if zeker and not _asks_for_a_meaning(stand):
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        begrip = kennisbank().begrippen.get(stand.entiteit("begrip") or "")
        if begrip is not None:
            artikel = kennisbank().artikel(begrip.artikel, stand.dag) if begrip.artikel else None
            antwoord = schrijver().begrip(begrip, stand.doelgroep, artikel)
            uitkomst = "antwoord" if artikel else "gesprek"
            onderwerp = [SlotSet("artikel", artikel.id), SlotSet("vraag", artikel.titel)] if artikel else []
            return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, uitkomst), *onderwerp]
        if stand.tracker.get_slot("artikel"):
            # "wat betekent dat register dan": a word that is no term, about what was just answered.
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        antwoord = Antwoord.of(kennisbank().teksten("begrip.onbekend"))
        return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "buiten_bereik")]


def _asks_for_a_meaning(stand: Stand) -> bool:
    """Whether the message asks what a word means, rather than about the thing itself."""
    return bool(stand.entiteit("begrip")) and bool(_BETEKENIS.search(stand.tekst))
