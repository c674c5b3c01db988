"""Known sentences, laid out so that a message is compared with all of them fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from kennisbank.search import Matrix
from kennisbank.search.onnx_graph import session, write
from kennisbank.search.space import Vectors, product, together

_ZIN, _GELIJKENIS = "zin", "gelijkenis"
_STAPPEN = 127
"""Of an 8-bit number, on either side of zero."""
_BUREN = 5
"""The nearest few of a group."""
_KORTST = 1e-9
"""A row of subjects of length zero stays that: neither sentence names one."""
_TEGEL = 16
"""The rows come in as many times this: of a part of it ONNX Runtime 1.23 gets every 32nd message wrong on
processors that multiply in tiles (AMX)."""


@dataclass(frozen=True)
class Likeness:
    """How like m messages are to n known sentences, (m, n): in all, and in meaning alone.

    `woorden` is how many words and pieces of words each message has, (m,).
    """

    samen: Matrix
    betekenis: Matrix
    woorden: npt.NDArray[np.int64]

    def __getitem__(self, rijen: slice) -> Likeness:
        """These messages."""
        return Likeness(self.samen[rijen], self.betekenis[rijen], self.woorden[rijen])

    def neighbours(self, groepen: Sequence[npt.NDArray[np.int64]]) -> Matrix:
        """How near each message is to each of k groups of known sentences, (m, 4 k).

        In words and then in meaning: to the nearest of a group, and to the nearest few on average.
        """
        kolommen = []
        for gelijkenis in (self.samen - self.betekenis, self.betekenis):
            for groep in groepen:
                naaste = nearest(gelijkenis.take(groep, axis=1), _BUREN)
                kolommen += [naaste[:, 0], naaste.mean(axis=1)]
        return np.column_stack(kolommen)


class SentenceIndex:
    """The known sentences of one `Vectors`: what a model keeps of them."""

    def __init__(self, vectoren: Vectors) -> None:
        # Transposed once: doing so for every message costs more than the product.
        self._lexicaal, self._zaken = vectoren.lexicaal.T.tocsr(), vectoren.zaken.T.tocsr()
        self._betekenissen = _Meanings(vectoren.betekenis)

    def views(self, vectoren: Vectors) -> Views:
        """How like these messages are to all sentences, each view apart."""
        return Views(
            product(vectoren.lexicaal, self._lexicaal),
            self._betekenissen.likeness(vectoren.betekenis),
            product(vectoren.zaken, self._zaken),
            vectoren.woorden(),
        )


@dataclass(frozen=True)
class Views:
    """How like m messages are to n known sentences in words, in meaning and in subjects, (m, n) each."""

    lexicaal: Matrix
    betekenis: Matrix
    zaken: Matrix
    woorden: npt.NDArray[np.int64]

    def __getitem__(self, rijen: Any) -> Views:
        """These messages: a slice or numbers."""
        return Views(self.lexicaal[rijen], self.betekenis[rijen], self.zaken[rijen], self.woorden[rijen])

    def take(self, zinnen: npt.NDArray[np.int64]) -> Views:
        """Only these sentences."""
        lexicaal, betekenis, zaken = (deel.take(zinnen, axis=1) for deel in self._delen)
        return Views(lexicaal, betekenis, zaken, self.woorden)

    def likeness(self) -> Likeness:
        """The three in one."""
        samen = together(self.lexicaal.copy(), self.betekenis, self.zaken.copy())
        return Likeness(samen, self.betekenis, self.woorden)

    def behind(self, voor: Views, lengtes: Sequence[Matrix]) -> Matrix:
        """In one, (m, n): of messages behind those of `voor`, where the sum of both has these lengths."""
        lexicaal, betekenis, zaken = (
            (deel + ervoor) / np.maximum(lengte, _KORTST)[:, None]
            for deel, ervoor, lengte in zip(self._delen, voor._delen, lengtes, strict=True)
        )
        return together(lexicaal, betekenis, zaken)

    @property
    def _delen(self) -> tuple[Matrix, Matrix, Matrix]:
        return self.lexicaal, self.betekenis, self.zaken


class Openings:
    """Sentences that a message may be said behind, and how like they are to known ones: worked out once.

    A message behind one of them is the sum of the two, at length one. Read as one text they say no more than
    that, and the sum needs no encoder; how like it is to a known sentence is the sum of how like each is.
    """

    def __init__(self, vectoren: Vectors, index: SentenceIndex, zinnen: npt.NDArray[np.int64]) -> None:
        """With the numbers of the known `zinnen` to be compared with."""
        self._vectoren, self._zinnen = vectoren, zinnen
        self._gelijk = index.views(vectoren).take(zinnen)

    def likeness(self, nummers: Sequence[int], vectoren: Vectors, gelijk: Views) -> Matrix:
        """How like m messages, each behind the opening of that number, are to those sentences."""
        lengtes = vectoren.length_of_sum(self._vectoren[nummers])
        return gelijk.take(self._zinnen).behind(self._gelijk[nummers], lengtes)


def nearest(gelijkenis: Matrix, aantal: int) -> Matrix:
    """The `aantal` highest of each row (m, n), best first: (m, aantal). What is given is used up.

    Where there are fewer, the rest is as unlike as can be: -1. So many times the maximum of a row is a tenth
    of the time of a partition of it.
    """
    rijen = np.arange(len(gelijkenis))
    naaste = np.full((len(gelijkenis), aantal), -1, gelijkenis.dtype)
    for plaats in range(min(aantal, gelijkenis.shape[1])):
        beste = gelijkenis.argmax(axis=1)
        naaste[:, plaats] = gelijkenis[rijen, beste]
        gelijkenis[rijen, beste] = -np.inf
    return naaste


class _Meanings:
    """Vectors of meaning in 8 bits, a tenth of the time that 32 take: those are more than a cache holds.

    What it says differs by .0005 from the exact product, and at most by .003.
    """

    def __init__(self, betekenis: Matrix) -> None:
        self._aantal = len(betekenis)
        aanvulling = np.zeros((-self._aantal % _TEGEL, betekenis.shape[1]), np.float32)
        self._graaf = _write_product(np.vstack([betekenis, aanvulling]))

    def likeness(self, betekenis: Matrix) -> Matrix:
        """The inner products (m, n) with all of them."""
        return np.asarray(self._netwerk.run([_GELIJKENIS], {_ZIN: betekenis})[0])[:, : self._aantal]

    @cached_property
    def _netwerk(self) -> onnxruntime.InferenceSession:
        return session(self._graaf)

    def __getstate__(self) -> dict[str, Any]:
        return {"_aantal": self._aantal, "_graaf": self._graaf}


def _write_product(betekenis: Matrix) -> bytes:
    """An ONNX graph of the product with these rows, each in 8 bits on a scale of its own."""
    from onnx import TensorProto, helper  # only to train with

    schaal = np.maximum(np.abs(betekenis).max(axis=1), 1e-9) / _STAPPEN
    klein = np.round(betekenis / schaal[:, None]).astype(np.int8)
    knopen = [
        helper.make_node("DynamicQuantizeLinear", [_ZIN], ["klein", "stap", "nul"]),
        helper.make_node("MatMulInteger", ["klein", "zinnen", "nul"], ["geheel"]),
        helper.make_node("Cast", ["geheel"], ["gebroken"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["stap", "schaal"], ["eenheid"]),
        helper.make_node("Mul", ["gebroken", "eenheid"], [_GELIJKENIS]),
    ]
    vast = {"zinnen": np.ascontiguousarray(klein.T), "schaal": schaal.astype(np.float32)}
    aantal, breedte = betekenis.shape
    return write("betekenissen", knopen, (_ZIN, ["m", breedte]), (_GELIJKENIS, ["m", aantal]), vast)
