"""Answers a knowledge question, asks back, or says honestly that it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.basis import Stand, stop_formulier, zeg
from kennisbank.answer import Antwoord, Knop
from kennisbank.current import kennisbank, schrijver
from kennisbank.model import Artikel, Doelgroep

MAX_KEUZES = 3
MAX_MISSERS = 2


class ActionBeantwoord(Action):
    """A button names its article; a typed question has a ranking."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_beantwoord"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Chooses between the three outcomes of a ranking."""
        stand = Stand(tracker)
        gekozen = stand.entiteit("artikel")
        if gekozen:
            return [*stop_formulier(stand), *geef_artikel(dispatcher, stand, gekozen)]
        return [*stop_formulier(stand), *geef_antwoord(dispatcher, stand)]


def geef_antwoord(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """The first candidate where the ranking is sure, otherwise a question back."""
    kandidaten = [naam for naam, _ in stand.lezing.get("kandidaten", [])]
    if not kandidaten:
        return zeg(dispatcher, stand, niet_in_kennisbank(), "buiten_bereik")
    if stand.lezing["zekerheid"] >= stand.lezing["drempel"]:
        return geef_artikel(dispatcher, stand, kandidaten[0], vraag=stand.tekst)
    return vraag_terug(dispatcher, stand, kandidaten)


def geef_artikel(
    dispatcher: CollectingDispatcher,
    stand: Stand,
    id_: str,
    vraag: str | None = None,
    doelgroep: Doelgroep | None = None,
    uitkomst: str = "antwoord",
) -> list[EventType]:
    """Says one article as it holds on the day in force."""
    kb, schrijf = kennisbank(), schrijver()
    artikel = kb.artikel(id_, stand.dag)
    if artikel is None:
        titel = kb.artikelen[id_][0].titel if id_ in kb.artikelen else id_
        return zeg(dispatcher, stand, schrijf.geen_versie(titel, stand.dag), "buiten_bereik")
    antwoord = schrijf.artikel(
        artikel,
        doelgroep or stand.doelgroep,
        stand.dag,
        gemeente=_gemeente_bij(stand, artikel),
        leeftijd=stand.leeftijd,
        eigen_leeftijd=stand.eigen_leeftijd,
        andere=_andere(artikel, stand),
    )
    return [
        *zeg(dispatcher, stand, antwoord, uitkomst),
        SlotSet("leeftijd", stand.eigen_leeftijd),
        *_onthoud_gemeente(stand),
        SlotSet("artikel", id_),
        SlotSet("vraag", vraag or artikel.titel),
        SlotSet("handeling", None),
        SlotSet("keuzes", None),
        SlotSet("missers", 0),
    ]


def vraag_terug(dispatcher: CollectingDispatcher, stand: Stand, kandidaten: list[str]) -> list[EventType]:
    """Asks once which of three is meant; after a second miss offers a person."""
    schrijf = schrijver()
    missers = stand.missers + 1
    if missers > MAX_MISSERS:
        return bied_mens(dispatcher, stand)
    keuzes = _van_die_dag(kandidaten, stand)[:MAX_KEUZES]
    return [
        *zeg(dispatcher, stand, schrijf.verduidelijking(keuzes), "verduidelijking"),
        SlotSet("keuzes", [artikel.id for artikel in keuzes]),
        SlotSet("vraag", stand.tekst),
        SlotSet("missers", missers),
    ]


def herhaal_keuzes(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """Asks once more which of the open choices is meant, now that the age is known; no second miss."""
    keuzes = _van_die_dag(stand.tracker.get_slot("keuzes"), stand)
    antwoord = schrijver().verduidelijking(keuzes, "met_leeftijd", leeftijd=stand.leeftijd)
    return zeg(dispatcher, stand, antwoord, "verduidelijking")


def bied_mens(dispatcher: CollectingDispatcher, stand: Stand) -> list[EventType]:
    """Offers a person: asking back once more would not help."""
    teksten = kennisbank().teksten
    knop = Knop(teksten("knop.contact"), "contact_zoeken")
    antwoord = Antwoord.of(teksten("verduidelijking.nog_niet"), knoppen=(knop,))
    return [*zeg(dispatcher, stand, antwoord, "buiten_bereik"), SlotSet("missers", 0)]


def niet_in_kennisbank() -> Antwoord:
    """The first of the three kinds of "no"."""
    return Antwoord.of(kennisbank().teksten("nee.niet_in_kennisbank"))


def _gemeente_bij(stand: Stand, artikel: Artikel) -> Any:
    """The gemeente matters to an answer that is partly local, or when the message names it."""
    genoemd = stand.entiteit("gemeente")
    if genoemd:
        return kennisbank().gemeente(genoemd)
    return stand.gemeente if artikel.lokaal == "ja" else None


def _onthoud_gemeente(stand: Stand) -> list[EventType]:
    """A gemeente named in a question is the one to talk about, unless another was named before."""
    genoemd = stand.entiteit("gemeente")
    return [SlotSet("gemeente", genoemd)] if genoemd and stand.gemeente is None else []


def _andere(artikel: Artikel, stand: Stand) -> list[Artikel]:
    return _van_die_dag(artikel.verwant, stand)[:1]


def _van_die_dag(ids: Sequence[str], stand: Stand) -> list[Artikel]:
    """Those of these articles that there are on the day in force, in their order."""
    kb = kennisbank()
    return [artikel for id_ in ids if (artikel := kb.artikel(id_, stand.dag)) is not None]
