"""The networks that are run here: how a graph is written down, and how it is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy.typing as npt
import onnxruntime

ONNX_RUNTIME = "com.microsoft"
"""The domain of operators that ONNX Runtime has beside those of the standard."""
_OPSETS = {"": 18, ONNX_RUNTIME: 1}
_IR = 9
Vorm = Sequence[int | str]
"""The size of each axis; a name where it differs from message to message."""


def write(
    naam: str,
    knopen: Sequence[Any],
    invoer: tuple[str, Vorm],
    uitvoer: tuple[str, Vorm],
    vast: Mapping[str, npt.NDArray[Any]],
) -> bytes:
    """An ONNX model of these nodes, from one matrix of floats to another; `vast` are its weights."""
    from onnx import TensorProto, helper, numpy_helper  # not needed where networks are only run

    graaf = helper.make_graph(
        knopen,
        naam,
        [helper.make_tensor_value_info(invoer[0], TensorProto.FLOAT, invoer[1])],
        [helper.make_tensor_value_info(uitvoer[0], TensorProto.FLOAT, uitvoer[1])],
        [numpy_helper.from_array(waarde, naam) for naam, waarde in vast.items()],
    )
    opsets = [helper.make_opsetid(domein, versie) for domein, versie in _OPSETS.items()]
    model = helper.make_model(graaf, opset_imports=opsets, ir_version=_IR)
    return bytes(model.SerializeToString())


def session(graaf: Path | bytes) -> onnxruntime.InferenceSession:
    """Runs a graph on one thread: messages side by side use the cores."""
    opties = onnxruntime.SessionOptions()
    opties.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(graaf, opties, providers=["CPUExecutionProvider"])
