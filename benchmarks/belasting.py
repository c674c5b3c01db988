"""Load on a server, by wrk where it is installed, else by clients of aiohttp."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_LUA = Path(__file__).with_suffix(".lua")
_MIN_ANTWOORD = 40
"""An answer is longer than this; an empty list or a refusal is not one."""
WACHT = 30


class Verzoek(NamedTuple):
    """One message as a server gets it."""

    koekje: str
    inhoud: str


class Druk(NamedTuple):
    """What came of so many messages in parallel."""

    berichten_per_s: float
    p50_ms: float
    p95_ms: float
    fouten: int


def tool() -> str:
    """The load tool of this machine, by name."""
    return "wrk" if shutil.which("wrk") else "aiohttp"


def load(adres: str, verzoeken: Sequence[Verzoek], tegelijk: int, seconden: int) -> Druk:
    """Sends the messages in turn for so many seconds, so many at the same time."""
    if tool() == "wrk":
        return _wrk(adres, verzoeken, tegelijk, seconden)
    return asyncio.run(_clients(adres, verzoeken, tegelijk, seconden))


def _wrk(adres: str, verzoeken: Sequence[Verzoek], tegelijk: int, seconden: int) -> Druk:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as bestand:
        bestand.writelines(f"{v.koekje}\t{v.inhoud}\n" for v in verzoeken)
        bestand.flush()
        uit = subprocess.run(
            [
                *("wrk", "--threads", "1", "--connections", str(tegelijk), "--duration", f"{seconden}s"),
                *("--timeout", f"{WACHT}s", "--script", str(_LUA), adres, "--", bestand.name),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    maten = json.loads(uit.stdout.splitlines()[-1])
    return Druk(
        round(maten["berichten"] / maten["seconden"], 2), maten["p50_ms"], maten["p95_ms"], maten["fouten"]
    )


async def _clients(adres: str, verzoeken: Sequence[Verzoek], tegelijk: int, seconden: int) -> Druk:
    import aiohttp

    tijden: list[float] = []
    fouten = 0
    rij = itertools.cycle(verzoeken)
    begin = time.perf_counter()

    async def klant(sessie: aiohttp.ClientSession) -> None:
        nonlocal fouten
        while time.perf_counter() - begin < seconden:
            verzoek, start = next(rij), time.perf_counter()
            koppen = {"Content-Type": "application/json", "Cookie": verzoek.koekje}
            async with sessie.post(adres, data=verzoek.inhoud.encode(), headers=koppen) as antwoord:
                tekst = await antwoord.text()
            tijden.append(1000 * (time.perf_counter() - start))
            fouten += antwoord.status != 200 or len(tekst) < _MIN_ANTWOORD

    tijd = aiohttp.ClientTimeout(total=WACHT)
    async with aiohttp.ClientSession(timeout=tijd, cookie_jar=aiohttp.DummyCookieJar()) as sessie:
        await asyncio.gather(*(klant(sessie) for _ in range(tegelijk)))
    duur = time.perf_counter() - begin
    tijden.sort()
    return Druk(
        round(len(tijden) / duur, 2),
        round(tijden[len(tijden) // 2], 1),
        round(tijden[int(len(tijden) * 0.95)], 1),
        fouten,
    )
