"""The learning path: start or go on, a step, an answer, stop."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from actions.kennisvraag import geef_antwoord
from kennisbank.current import leermeester
from kennisbank.learning.lessons import LEERPAD, STOP
from kennisbank.learning.model import Leerstap
from kennisbank.learning.progress import Voortgang

_STELLIG = 0.9
"""From here a typed message is about the learning path, whatever article is like it."""


class ActionLeerpad(Action):
    """Shows where somebody is; with a step in the message, that step."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_leerpad"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says the overview or the next step; a question that an article surely answers is answered."""
        stand = Stand(tracker)
        if _is_kennisvraag(stand):
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        voortgang, meester = _voortgang(tracker), leermeester()
        if stand.entiteit("leerstap") is None:
            antwoord = meester.welkom(voortgang, nu())
            return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "gesprek")]
        stap = meester.volgende(voortgang, nu())
        if stap is None:
            return [*stop_formulier(stand), *zeg(dispatcher, stand, meester.klaar(voortgang), "gesprek")]
        return [*stop_formulier(stand), *_geef_les(dispatcher, stand, stap, voortgang)]


class ActionLeerpadAntwoord(Action):
    """Says what a choice was worth, and remembers it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_leerpad_antwoord"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Explains every choice of the step; a step that is gone leads back to the overview."""
        stand = Stand(tracker)
        voortgang, meester = _voortgang(tracker), leermeester()
        stap = meester.stap(stand.entiteit("leerstap"))
        gekozen = int(stand.entiteit("leerkeuze") or 0)
        if stap is None or gekozen >= len(stap.keuzes):
            antwoord = meester.welkom(voortgang, nu())
            return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "gesprek")]
        voortgang = voortgang.na(stap.id, stap.keuzes[gekozen].goed, nu())
        antwoord = meester.uitleg(stap, gekozen, voortgang, nu())
        return [
            *stop_formulier(stand),
            *zeg(dispatcher, stand, antwoord, "gesprek"),
            SlotSet("leren", voortgang.als_dict()),
        ]


class ActionLeerpadStop(Action):
    """Stops; what was done is kept."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_leerpad_stop"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Says how to go on later. Who is not learning asks about a youngster who stops."""
        stand = Stand(tracker)
        if stand.lezing and not aan_het_leren(stand):
            return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]
        antwoord = leermeester().gestopt(_voortgang(tracker))
        return [*stop_formulier(stand), *zeg(dispatcher, stand, antwoord, "gesprek", handeling=STOP)]


def aan_het_leren(stand: Stand) -> bool:
    """Whether the last thing said was a part of the learning path."""
    return stand.laatste_knop_is(f"/{LEERPAD}")


def nu() -> datetime:
    """This moment."""
    return datetime.now(timezone.utc)


def _is_kennisvraag(stand: Stand) -> bool:
    """Whether a typed message may be about learning at school rather than about this path."""
    if not stand.lezing or dict(stand.lezing.get("handelingen", [])).get(LEERPAD, 0) > _STELLIG:
        return False
    return float(stand.lezing["zekerheid"]) >= float(stand.lezing["drempel"])


def _voortgang(tracker: Tracker) -> Voortgang:
    return Voortgang.of(tracker.get_slot("leren"))


def _geef_les(
    dispatcher: CollectingDispatcher, stand: Stand, stap: Leerstap, voortgang: Voortgang
) -> list[EventType]:
    les = leermeester().les(stap, voortgang, stand.dag, stand.gemeente)
    onderwerp = [SlotSet("artikel", stap.artikel), SlotSet("vraag", stap.titel), SlotSet("keuzes", None)]
    return [*zeg(dispatcher, stand, les, "gesprek"), *onderwerp]
