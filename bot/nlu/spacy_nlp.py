"""Dutch spaCy for tokens: `nl_core_news_sm` where it is installed, else the blank pipeline.

The class must be called SpacyNLP: Rasa's recipe finds the model provider by that name. Nothing
that decides an answer depends on which of the two is there, so results are the same.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import rasa.nlu.utils.spacy_utils
import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel

from bot.logs import ignore_foreign_warnings

ignore_foreign_warnings()
logger = logging.getLogger(__name__)

VOORKEUR = "nl_core_news_sm"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(rasa.nlu.utils.spacy_utils.SpacyNLP):
    """Rasa's provider of a spaCy model, with a stated fallback."""

    @staticmethod
    def required_packages() -> list[str]:
        """Only spaCy itself: the model is optional."""
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> SpacyNLP:
        """Loads the preferred model, or says once that the blank pipeline is used."""
        return cls(_dutch(), config)


@lru_cache(maxsize=1)
def _dutch() -> SpacyModel:
    """The one pipeline of this process: each node of the graph that asks for it would load its own."""
    if spacy.util.is_package(VOORKEUR):
        return SpacyModel(model=spacy.load(VOORKEUR), model_name=VOORKEUR)
    logger.info("%s is niet geïnstalleerd (make model-nl); ik gebruik de lege Nederlandse pijplijn", VOORKEUR)
    return SpacyModel(model=spacy.blank("nl"), model_name="blank:nl")
