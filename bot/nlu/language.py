"""What is known of language before anything is learned: places, terms, and the sentence encoder."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.entities import Herkenner
from bot.nlu.followup import Verwantschap
from kennisbank.glossary import Begrippenlijst
from kennisbank.search.encoder import CachedEncoder, E5Encoder, Encoder
from kennisbank.search.rewriting import Herschrijver
from kennisbank.settings import DATA_MAP
from kennisbank.store import Kennisbank


class Taalkennis:
    """Taken from the kennisbank when a process starts; never part of a trained model."""

    def __init__(self, kb: Kennisbank) -> None:
        self.herkenner = Herkenner(kb.plaatsen, Begrippenlijst(kb.begrippen))
        self.encoder: Encoder = E5Encoder(DATA_MAP / "encoder")
        artikelen = {id_: versies[-1] for id_, versies in kb.artikelen.items()}
        self.verwantschap = Verwantschap(
            titel={id_: artikel.titel for id_, artikel in artikelen.items()},
            verwant={id_: artikel.verwant for id_, artikel in artikelen.items()},
            thema={id_: artikel.thema for id_, artikel in artikelen.items()},
        )
        self._vakwoorden = Herschrijver(
            kb.begrippen,
            teksten=(passage for artikel in artikelen.values() for passage in artikel.passages()),
            vragen=(vraag for artikel in artikelen.values() for vraag in artikel.alle_vragen()),
        )

    def remember_vectors(self, bestand: Path) -> None:
        """Keeps sentence vectors in `bestand`, so that training again costs only what is new."""
        self.encoder = CachedEncoder(self.encoder, bestand)

    def herschrijf(self, tekst: str) -> str:
        """The sentence in the words of the field, with every place name replaced by one word."""
        return self._vakwoorden(self.herkenner.masker(tekst))
