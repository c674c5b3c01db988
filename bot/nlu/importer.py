"""Training data straight from the kennisbank: no generated copy of the questions in git."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.understanding import KENNISVRAAG
from kennisbank.reader import read_inhoud
from kennisbank.settings import database_url
from kennisbank.store import build

ARTIKEL = "artikel"
PASSAGE = "passage"
GRENS = "grens"
NA, NAAR = "na", "naar"
"""Metadata of a follow-up in data/nlu/vervolg.yml: the article before it and the one it asks."""
BUURONDERWERP = "buiten_bereik_buuronderwerp"


class KennisbankImporter(TrainingDataImporter):
    """Gives every example question of every article as a `kennisvraag`; also builds the store."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self._inhoud = read_inhoud()
        build(database_url(), self._inhoud)

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:  # noqa: ARG002
        """Questions and pieces of text with their article, and sentences about what is outside."""
        return TrainingData([*self._binnen(), *self._buiten()])

    def _binnen(self) -> Iterator[Message]:
        for artikel in self._inhoud.artikelen:
            for teksten, passage in ((artikel.alle_vragen(), False), (artikel.passages(), True)):
                herkomst = {ARTIKEL: artikel.id, PASSAGE: passage}
                for tekst in teksten:
                    yield Message.build(tekst, intent=KENNISVRAAG, example_metadata=herkomst)

    def _buiten(self) -> Iterator[Message]:
        for id_, grens in self._inhoud.grenzen.items():
            for tekst in grens.vragen:
                yield Message.build(tekst, intent=BUURONDERWERP, example_metadata={GRENS: id_})

    def get_domain(self) -> Domain:
        """Nothing: the domain is a file."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:  # noqa: ARG002
        """Nothing: rules and stories are files."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing: conversations are tested with pytest over the running agent."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Nothing: the configuration is a file."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """None: this importer has no configuration."""
        return None
