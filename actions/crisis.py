"""When somebody is in danger: calm, short, with numbers that a source confirms. Never asks back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord, Knop
from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep
from kennisbank.places import Gemeente


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
        gemeente = _waar(stand)
        if gemeente is None:
            antwoord = Antwoord.of(*blokken, teksten("crisis.loket"))
        else:
            titel = teksten("crisis.loket_knop", gemeente=gemeente.naam)
            antwoord = Antwoord.of(
                *blokken, knoppen=(Knop(titel, "contact_zoeken", {"gemeente": gemeente.code}),)
            )
        return [
            *stop_formulier(stand),
            SlotSet("kennisgemaakt", True),
            *zeg(dispatcher, stand, antwoord, "crisis"),
        ]


def _waar(stand: Stand) -> Gemeente | None:
    """The gemeente of this message, else the one in force; never asked for."""
    zeker = (plaats["codes"][0] for plaats in stand.plaatsen if len(plaats["codes"]) == 1)
    return kennisbank().gemeente(next(zeker, None)) or stand.gemeente
