"""Numeric libraries start as they serve messages best: on one thread, with what the processor has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.kernels import fastest_kernels
from bot.settings import PROJECT_MAP

AVX2 = "fpu sse sse2 ssse3 fma avx avx2"
AVX512 = f"{AVX2} avx512f avx512dq avx512cd avx512bw avx512vl avx512_bf16"


@pytest.mark.parametrize(
    ("cpuinfo", "kernels"),
    [
        (f"processor\t: 0\nflags\t\t: {AVX512}\n\nprocessor\t: 1\nflags\t\t: {AVX512}\n", "SkylakeX"),
        (f"processor\t: 0\nflags\t\t: {AVX2}\n", "Haswell"),
        ("processor\t: 0\nflags\t\t: fpu sse sse2 ssse3\n", None),
        ("processor\t: 0\nFeatures\t: fp asimd evtstrm\n", None),
    ],
    ids=["avx-512", "avx2", "old", "arm"],
)
def test_kernels_are_those_that_the_processor_can_run(
    tmp_path: Path, cpuinfo: str, kernels: str | None
) -> None:
    bestand = tmp_path / "cpuinfo"
    bestand.write_text(cpuinfo, encoding="utf-8")
    assert fastest_kernels(bestand) == kernels


def test_without_word_of_the_processor_openblas_chooses(tmp_path: Path) -> None:
    assert fastest_kernels(tmp_path / "cpuinfo") is None


def _pools(zonder: str) -> list[dict[str, Any]]:
    """The thread pools of the numeric libraries in a process that starts without this setting."""
    vraag = (
        "import bot.cli, json, numpy, scipy.linalg, sklearn, threadpoolctl;"
        "print(json.dumps(threadpoolctl.threadpool_info()))"
    )
    uit = subprocess.run(
        [sys.executable, "-c", vraag],
        capture_output=True,
        text=True,
        env={naam: waarde for naam, waarde in os.environ.items() if naam != zonder},
        cwd=PROJECT_MAP,
        check=True,
    )
    pools: list[dict[str, Any]] = json.loads(uit.stdout)
    return pools


def test_numeric_libraries_start_with_one_thread() -> None:
    """A library that loads before the setting spins on a second core for every message."""
    draden = [pool["num_threads"] for pool in _pools(zonder="OMP_NUM_THREADS")]
    assert len(draden) >= 2
    assert set(draden) == {1}


@pytest.mark.skipif(fastest_kernels() is None, reason="OpenBLAS kiest zelf op deze processor")
def test_numeric_libraries_run_on_those_kernels() -> None:
    pools = [pool for pool in _pools(zonder="OPENBLAS_CORETYPE") if pool["internal_api"] == "openblas"]
    assert len(pools) >= 2
    assert {pool["architecture"] for pool in pools} == {fastest_kernels()}
