"""Route, contact and region of a gemeente: the question that professionals ask most."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, zeg
from kennisbank.current import kennisbank, schrijver
from kennisbank.local import LOKALE_HANDELINGEN
from kennisbank.places import Gemeente


class ActionLokaalBegin(Action):
    """Notes what is asked and for which gemeente, before the form asks what is missing."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_lokaal_begin"

    def run(
        self,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """A place in the message replaces the gemeente in force; otherwise that one stays."""
        stand = Stand(tracker)
        handeling = stand.intent if stand.intent in LOKALE_HANDELINGEN else "contact_zoeken"
        return [SlotSet("handeling", handeling), *neem_plaats_over(stand)]


class ActionLokaalAntwoord(Action):
    """Gives the route, contact or region once the gemeente is known."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_lokaal_antwoord"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says the answer of the chain."""
        return geef_lokaal(dispatcher, Stand(tracker))


def neem_plaats_over(stand: Stand) -> list[EventType]:
    """The events that put the place of this message in force, or that make the form ask."""
    uit_knop = stand.entiteit("gemeente")
    plaats = next(iter(stand.plaatsen), None)
    if plaats and len(plaats["codes"]) != 1:
        kandidaten = {"naam": plaats["tekst"], **plaats}
        return [SlotSet("gemeente", None), SlotSet("gemeente_kandidaten", kandidaten)]
    if plaats or uit_knop:
        code = plaats["codes"][0] if plaats else uit_knop
        return [SlotSet("gemeente", code), SlotSet("gemeente_kandidaten", None)]
    return [SlotSet("gemeente_kandidaten", None)]


def geef_lokaal(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """The route, contact or region of the gemeente in force, as the conversation asked."""
    gemeente, schrijf = stand.gemeente, schrijver()
    handeling = stand.tracker.get_slot("handeling")
    if gemeente is None:
        return []
    andere = _andere_met_die_naam(stand, gemeente)
    if handeling == "regio_zoeken":
        antwoord = schrijf.regio(gemeente, stand.dag, andere, naast=_tweede_gemeente(stand))
    elif handeling == "contact_zoeken":
        antwoord = schrijf.contact(gemeente, stand.dag, andere, stand.doelgroep)
    else:
        antwoord = schrijf.route(gemeente, stand.dag, andere)
    gebeurtenissen = zeg(dispatcher, stand, antwoord, "lokaal", handeling=handeling)
    return [*gebeurtenissen, SlotSet("artikel", None), SlotSet("keuzes", None), SlotSet("missers", 0)]


def _andere_met_die_naam(stand: Stand, gemeente: Gemeente) -> list[Gemeente]:
    """The gemeenten with a lesser place of the name that was just typed."""
    plaats = next(iter(stand.plaatsen), None)
    if plaats is None or plaats["codes"] != [gemeente.code]:
        return []
    return [ander for code in plaats["anders"] if (ander := kennisbank().gemeente(code)) is not None]


def _tweede_gemeente(stand: Stand) -> Any:
    """The other gemeente that a question about regions compares with."""
    zeker = [plaats["codes"][0] for plaats in stand.plaatsen if len(plaats["codes"]) == 1]
    return kennisbank().gemeente(zeker[1]) if len(zeker) > 1 else None
