"""The small talk around questions: greeting, thanks, yes and no, correcting, forgetting."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import SLOTVRAAG, Stand, stop_formulier, zeg_vaste_tekst
from actions.gemeente import ActionGemeenteNoemen
from actions.kennisvraag import bied_mens, geef_antwoord, geef_artikel
from actions.leeftijd import ActionLeeftijdNoemen
from actions.leerpad import ActionLeerpadStop, aan_het_leren
from actions.slotvraag import JA, NEE, is_gesteld, mag_slotvraag, neem_slotantwoord, stel_slotvraag


class ActionZeg(Action):
    """Says the response of the domain that belongs to the intent."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_zeg"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[EventType]:
        """Says `utter_<intent>`; who cancels in the learning path stops there and keeps what was done.

        Thanks or a goodbye after an answer is the moment for the closing question.
        """
        stand = Stand(tracker)
        if mag_slotvraag(stand) and not aan_het_leren(stand):
            return stel_slotvraag(dispatcher, stand)
        if stand.intent == "annuleren" and aan_het_leren(stand):
            return ActionLeerpadStop().run(dispatcher, tracker, domain)
        return [*stop_formulier(stand), *zeg_vaste_tekst(dispatcher, stand, f"utter_{stand.intent}")]


class ActionBevestigen(Action):
    """A yes to the choices takes the first; elsewhere asks what is wanted."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_bevestigen"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """With one choice open a yes is clear; with more it is not."""
        stand = Stand(tracker)
        if is_gesteld(stand):
            return neem_slotantwoord(dispatcher, stand, JA)
        keuzes = tracker.get_slot("keuzes") or []
        if len(keuzes) == 1:
            return geef_artikel(dispatcher, stand, keuzes[0], tracker.get_slot("vraag"))
        return [*stop_formulier(stand), *zeg_vaste_tekst(dispatcher, stand, "utter_wat_bevestig_je")]


class ActionOntkennen(Action):
    """A no to the choices is the second miss: a person is offered."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ontkennen"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Offers a person after choices that missed; elsewhere asks what is meant."""
        stand = Stand(tracker)
        if is_gesteld(stand):
            return neem_slotantwoord(dispatcher, stand, NEE)
        if stand.missers:
            return bied_mens(dispatcher, stand)
        return [*stop_formulier(stand), *zeg_vaste_tekst(dispatcher, stand, "utter_wat_dan_wel")]


class ActionCorrigeren(Action):
    """Takes over what the correction names: a place, an age, or another topic."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_corrigeren"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[EventType]:
        """Does what the corrected message would have done."""
        stand = Stand(tracker)
        if stand.plaatsen:
            return ActionGemeenteNoemen().run(dispatcher, tracker, domain)
        if stand.leeftijd is not None and stand.entiteit("leeftijd") is not None:
            return ActionLeeftijdNoemen().run(dispatcher, tracker, domain)
        if stand.entiteit("begrip"):
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        return [*stop_formulier(stand), *zeg_vaste_tekst(dispatcher, stand, "utter_wat_corrigeren")]


class ActionVergeet(Action):
    """Forgets what the conversation remembered."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_vergeet"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Resets every slot, but not what must be said or asked only once."""
        stand = Stand(tracker)
        gezegd = zeg_vaste_tekst(dispatcher, stand, "utter_vergeet")
        eenmalig = [SlotSet("kennisgemaakt", True), SlotSet(SLOTVRAAG, tracker.get_slot(SLOTVRAAG))]
        return [*stop_formulier(stand), AllSlotsReset(), *gezegd, *eenmalig]
