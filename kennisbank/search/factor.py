"""The triangular factor of a large symmetric matrix, block by block and in place.

OpenBLAS 0.3.18, which scipy brings, can end the process on a factor of some 30,000 rows: its `potrf`
was seen to write where it may not, on one machine and not on others (as in OpenBLAS issues 352 and
1413). It never gets more than a block here, and the work between blocks is plain products.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy.linalg

from kennisbank.search import Matrix

_BLOK = 2000


def factorise(matrix: Matrix) -> Matrix:
    """Turns a positive definite (n, n) matrix into its lower Cholesky factor, in its own memory.

    Raises:
        numpy.linalg.LinAlgError: the matrix is not positive definite.
    """
    for blok in _blokken(len(matrix)):
        hoek = scipy.linalg.cholesky(matrix[blok, blok], lower=True, check_finite=False)
        matrix[blok, blok] = hoek
        matrix[blok, blok.stop :] = 0
        onder = matrix[blok.stop :, blok]
        onder[:] = scipy.linalg.solve_triangular(hoek, onder.T, lower=True, check_finite=False).T
        for kolommen in _blokken(len(matrix), blok.stop):
            rijen = slice(kolommen.start, None)
            matrix[rijen, kolommen] -= matrix[rijen, blok] @ matrix[kolommen, blok].T
    return matrix


def solve(factor: Matrix, rechts: Matrix) -> Matrix:
    """The solution (n, k) of the equations whose matrix has this factor."""
    halverwege = scipy.linalg.solve_triangular(factor, rechts, lower=True, check_finite=False)
    return np.asarray(
        scipy.linalg.solve_triangular(factor, halverwege, lower=True, trans="T", check_finite=False)
    )


def times(factor: Matrix, rechts: Matrix) -> Matrix:
    """The product (n, k) of a factor with (n, k) numbers, in half the sums: above its diagonal is nothing."""
    return np.vstack([factor[blok, : blok.stop] @ rechts[: blok.stop] for blok in _blokken(len(factor))])


def transposed_times(factor: Matrix, rechts: Matrix) -> Matrix:
    """The same product (n, k) of the factor's transpose."""
    return np.vstack([factor[blok.start :, blok].T @ rechts[blok.start :] for blok in _blokken(len(factor))])


def inverse_diagonal(factor: Matrix) -> Matrix:
    """The diagonal (n,) of the inverse of the matrix that has this factor."""
    aantal = len(factor)
    diagonaal = np.zeros(aantal, factor.dtype)
    hoeken = [(blok, _inverse(factor[blok, blok])) for blok in _blokken(aantal)]
    for nummer, (kolommen, _) in enumerate(hoeken):
        # These columns of the factor's inverse, from their own row down.
        kolom = np.zeros((aantal - kolommen.start, kolommen.stop - kolommen.start), factor.dtype)
        np.fill_diagonal(kolom, 1)
        for blok, hoek in hoeken[nummer:]:
            hier = slice(blok.start - kolommen.start, blok.stop - kolommen.start)
            kolom[hier] -= factor[blok, kolommen.start : blok.start] @ kolom[: hier.start]
            kolom[hier] = hoek @ kolom[hier]
        diagonaal[kolommen] = np.square(kolom).sum(axis=0)
    return diagonaal


def _inverse(hoek: Matrix) -> Matrix:
    een = np.eye(len(hoek), dtype=hoek.dtype)
    return np.asarray(scipy.linalg.solve_triangular(hoek, een, lower=True, check_finite=False))


def _blokken(eind: int, begin: int = 0) -> Iterator[slice]:
    for van in range(begin, eind, _BLOK):
        yield slice(van, min(van + _BLOK, eind))
