"""Asks for a gemeente, understands the answer, and follows "en in Assen?"."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_artikel
from actions.lokaal import geef_lokaal, neem_plaats_over
from kennisbank.answer import Antwoord
from kennisbank.current import kennisbank, schrijver
from kennisbank.local import LOKALE_HANDELINGEN
from kennisbank.places import Verwacht

_ANTWOORD = frozenset({"gemeente_noemen", "corrigeren", "bevestigen", "ontkennen", *LOKALE_HANDELINGEN})
_MAX_WOORDEN_PLAATS = 3


class ValidateGemeenteForm(FormValidationAction):
    """Understands the answer to "which gemeente?"; anything else leaves the form."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_gemeente_form"

    async def extract_gemeente(
        self,
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,
        domain: DomainDict,  # noqa: ARG002
    ) -> dict[str, Any]:
        """The gemeente that the latest message names or chooses; nothing when it is no answer."""
        stand = Stand(tracker)
        if stand.tracker.get_slot("requested_slot") != "gemeente" or _is_iets_anders(stand):
            return {}
        if stand.entiteit("gemeente") and not stand.plaatsen:
            return {"gemeente": stand.entiteit("gemeente")}
        plaatsen = kennisbank().plaatsen
        kandidaten = tracker.get_slot("gemeente_kandidaten") or {}
        if kandidaten.get("codes"):
            gekozen = plaatsen.kies(stand.tekst, kandidaten["codes"], stand.dag)
            if gekozen:
                return {"gemeente": gekozen}
        vondsten = plaatsen.zoek(stand.tekst, stand.dag, Verwacht.GEVRAAGD)
        if len(vondsten) and vondsten[0].zeker:
            return {"gemeente": vondsten[0].codes[0]}
        if vondsten:
            gevonden = {
                "naam": vondsten[0].tekst,
                "codes": list(vondsten[0].codes),
                "soort": vondsten[0].soort,
                "vraag": vondsten[0].vraag,
            }
            return {"gemeente": None, "gemeente_kandidaten": gevonden}
        return {"gemeente": None}


class ActionAskGemeente(Action):
    """Asks which gemeente; with the candidates as buttons where a name is ambiguous."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_gemeente"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says the question."""
        return vraag_gemeente(dispatcher, Stand(tracker))


class ActionGemeenteNoemen(Action):
    """A bare place: the same question for that gemeente, else asks what is wanted there."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_gemeente_noemen"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Keeps the topic and changes the gemeente."""
        stand = Stand(tracker)
        overname = neem_plaats_over(stand)
        for gebeurtenis in overname:
            tracker.slots[gebeurtenis["name"]] = gebeurtenis["value"]
        return [*overname, *self._vervolg(dispatcher, stand)]

    def _vervolg(self, dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
        handeling, artikel = stand.tracker.get_slot("handeling"), stand.tracker.get_slot("artikel")
        if stand.gemeente is None:
            if handeling not in LOKALE_HANDELINGEN:
                stand.tracker.slots["handeling"] = "route_zoeken"
            return [
                SlotSet("handeling", stand.tracker.get_slot("handeling")),
                FollowupAction("gemeente_form"),
            ]
        if artikel:
            return [*stop_formulier(stand), *geef_artikel(dispatcher, stand, artikel)]
        if handeling in LOKALE_HANDELINGEN:
            return [*stop_formulier(stand), *geef_lokaal(dispatcher, stand)]
        antwoord = schrijver().lokale_keuze(stand.gemeente)
        return zeg(dispatcher, stand, antwoord, "verduidelijking")


def vraag_gemeente(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """Asks for the gemeente, as precisely as what is known of it allows."""
    kb, handeling = kennisbank(), stand.tracker.get_slot("handeling")
    gevonden = stand.tracker.get_slot("gemeente_kandidaten") or {}
    if gevonden:
        kandidaten = [g for code in gevonden["codes"] if (g := kb.gemeente(code)) is not None]
        antwoord = schrijver().welke_gemeente(
            gevonden["naam"], kandidaten, gevonden["soort"], gevonden.get("vraag") or ""
        )
    else:
        kandidaten = []
        al_gevraagd = (stand.tracker.active_loop or {}).get("name") and _was_gevraagd(stand)
        sleutel = "lokaal.onbekende_plaats" if al_gevraagd else "lokaal.welke_gemeente"
        antwoord = Antwoord.of(kb.teksten(sleutel))
    codes = [gemeente.code for gemeente in kandidaten]
    return zeg(dispatcher, stand, antwoord, "vraag_gemeente", handeling=handeling, kandidaten=codes)


def _was_gevraagd(stand: Stand) -> bool:
    """Whether the assistant asked for a gemeente in its previous turn."""
    beurten = [e for e in stand.tracker.events if e.get("event") in ("user", "bot")]
    vorige = [e for e in beurten[:-1] if e["event"] == "bot"]
    laatste = (vorige[-1].get("metadata") or {}).get("routewijzer") or {} if vorige else {}
    return laatste.get("uitkomst") == "vraag_gemeente"


def _is_iets_anders(stand: Stand) -> bool:
    """Whether the message turns away from the question: danger, stopping, or another question."""
    if stand.intent.startswith("crisis_"):
        return True
    if stand.plaatsen or stand.entiteit("gemeente") or stand.intent in _ANTWOORD:
        return False
    gewoon_gesprek = stand.intent not in ("kennisvraag", "begrip_vragen") and not stand.intent.startswith(
        "buiten_"
    )
    return gewoon_gesprek or len(stand.tekst.split()) > _MAX_WOORDEN_PLAATS
