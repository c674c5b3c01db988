"""Training data of files and straight from the kennisbank: no generated copy of the questions in git."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import METADATA, METADATA_EXAMPLE, METADATA_INTENT
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


class KennisbankImporter(RasaFileImporter):
    """Adds to Rasa's files every question of every article as a `kennisvraag`; also builds the store.

    One importer for both: to join the data of two, Rasa copies and fingerprints every sentence again.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inhoud = read_inhoud()
        build(database_url(), self._inhoud)

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        """What the files teach, questions and pieces of text with their article, and what is outside."""
        bestanden = super().get_nlu_data(language)
        return TrainingData([*bestanden.training_examples, *self._binnen(), *self._buiten()])

    def _binnen(self) -> Iterator[Message]:
        for artikel in self._inhoud.artikelen:
            for teksten, passage in ((artikel.alle_vragen(), False), (artikel.passages(), True)):
                over = {ARTIKEL: artikel.id, PASSAGE: passage}
                for tekst in teksten:
                    yield Message.build(tekst, intent=KENNISVRAAG, example_metadata=over)

    def _buiten(self) -> Iterator[Message]:
        for id_, grens in self._inhoud.grenzen.items():
            for tekst in grens.vragen:
                yield Message.build(tekst, intent=BUURONDERWERP, example_metadata={GRENS: id_})


def herkomst(bericht: Message) -> dict[str, Any]:
    """The article of a question and whether it is a piece of its text; of a follow-up both articles."""
    metadata = bericht.get(METADATA) or {}
    gegeven = {**metadata.get(METADATA_INTENT, {}), **metadata.get(METADATA_EXAMPLE, {})}
    return {naam: gegeven[naam] for naam in (ARTIKEL, PASSAGE, GRENS, NA, NAAR) if naam in gegeven}
