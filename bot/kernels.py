"""Which of OpenBLAS's kernels this processor can run.

The OpenBLAS that numpy and scipy bring does not know processors younger than itself, and runs those with
kernels of 2004: a Sapphire Rapids of 2023 at a sixth of its speed.
"""

from __future__ import annotations

from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_KERNELS = {
    "SkylakeX": {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"},
    "Haswell": {"avx2", "fma"},
}
"""What each needs of a processor, the fastest first; those of younger ones are no faster for our sums."""


def fastest_kernels(cpuinfo: Path = _CPUINFO) -> str | None:
    """Their name in OpenBLAS; None where nothing is known of the processor and OpenBLAS must choose."""
    if not cpuinfo.exists():
        return None
    with cpuinfo.open(encoding="utf-8") as regels:  # of the first core: a large machine writes hundreds
        vlaggen = next((regel for regel in regels if regel.startswith("flags")), "")
    kan = set(vlaggen.partition(":")[2].split())
    return next((naam for naam, nodig in _KERNELS.items() if nodig <= kan), None)
