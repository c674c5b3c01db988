"""The triangular factor, across the edges of its blocks, beside that of numpy."""

from __future__ import annotations

import numpy as np
import pytest

from kennisbank.search import Matrix, factor
from kennisbank.search.factor import factorise, inverse_diagonal, solve, times, transposed_times

BLOK = 50
NAUWKEURIG = 1e-4


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factor, "_BLOK", BLOK)


def _positive_definite(aantal: int) -> Matrix:
    bron = np.random.default_rng(aantal).normal(size=(aantal, aantal + 5))
    return (bron @ bron.T / aantal + np.eye(aantal)).astype(np.float32)


@pytest.mark.parametrize("aantal", [1, BLOK - 1, BLOK, BLOK + 1, 3 * BLOK, 3 * BLOK + 7])
def test_a_factor_of_blocks_is_the_factor_of_the_whole(aantal: int) -> None:
    matrix = _positive_definite(aantal)
    rechts = np.random.default_rng(0).normal(size=(aantal, 3)).astype(np.float32)

    gevonden = factorise(matrix.copy())

    assert np.allclose(gevonden, np.linalg.cholesky(matrix), atol=NAUWKEURIG)
    assert np.allclose(solve(gevonden, rechts), np.linalg.solve(matrix, rechts), atol=NAUWKEURIG)
    assert np.allclose(inverse_diagonal(gevonden), np.diag(np.linalg.inv(matrix)), atol=NAUWKEURIG)
    assert np.allclose(times(gevonden, rechts), gevonden @ rechts, atol=NAUWKEURIG)
    assert np.allclose(transposed_times(gevonden, rechts), gevonden.T @ rechts, atol=NAUWKEURIG)


def test_a_factor_takes_the_memory_of_its_matrix() -> None:
    matrix = _positive_definite(2 * BLOK)
    assert factorise(matrix) is matrix


@pytest.mark.parametrize("rij", [3, BLOK + 3])
def test_a_matrix_that_has_no_factor_is_refused(rij: int) -> None:
    matrix = _positive_definite(2 * BLOK)
    matrix[rij, rij] = -1.0
    with pytest.raises(np.linalg.LinAlgError):
        factorise(matrix)
