"""How long an answer takes through the Teams door, from the activity that comes in to its card.

`python -m benchmarks.teams_deur [AANTAL]`: one message at a time, each from another person, over real
HTTP with signed tokens, against a server of its own and the stand-in for Microsoft of the tests.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bot.kanalen.teams import PAD
from tests.kanalen.teams.microsoft import Microsoft, microsoft
from tests.servers import routewijzer

VRAGEN = ("wanneer moeten we ABA aanvragen?", "wat verandert er op 18?", "wat betekent LKS?")
WARMLOPEN = 10


def main(aantal: int) -> None:
    """Prints the median and the 95th percentile in milliseconds."""
    with (
        tempfile.TemporaryDirectory() as map_,
        microsoft() as ms,
        routewijzer(Path(map_), **ms.instellingen) as adres,
    ):
        ms.doel = f"{adres}{PAD}"
        tijden = [_een(ms, VRAGEN[n % len(VRAGEN)]) for n in range(WARMLOPEN + aantal)][WARMLOPEN:]
    for naam, kolom in (("202", 0), ("antwoord", 1)):
        p50, p95 = np.percentile([tijd[kolom] for tijd in tijden], [50, 95])
        print(f"{naam}: p50 {p50:.0f} ms, p95 {p95:.0f} ms ({aantal} berichten)")


def _een(ms: Microsoft, vraag: str) -> tuple[float, float]:
    activiteit = ms.activiteit(vraag)
    al = len(ms.bezorgd)
    begin = time.perf_counter()
    assert ms.stuur(activiteit) == 202
    aangenomen = time.perf_counter()
    while len(ms.bezorgd) == al:
        assert time.perf_counter() - begin < 30, "er kwam geen antwoord"
        time.sleep(0.001)
    return (aangenomen - begin) * 1000, (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
