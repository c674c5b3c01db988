"""`routewijzer benchmark`: stock Rasa and Routewijzer with the same content, in one run on this machine.

Right first: what a side answers is looked at before its speed is. Then cold start, messages a second
at several loads, one long conversation, and memory.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import stock
from benchmarks.belasting import Verzoek, load, tool
from benchmarks.kanten import Kant, Routewijzer, Stock, stop, until_first_answer
from benchmarks.zinnen import Zin, all_sentences
from bot.errors import BestandFout
from bot.fingerprint import fingerprint
from kennisbank.current import kennisbank
from kennisbank.settings import DATA_MAP

TEGELIJK = (1, 10, 32)
SECONDEN = 15
_OPWARMEN = 4
_AFZENDERS = 64
"""Conversations that are open at once in a load; more than messages in parallel, so none overlap."""
_BEURTEN = 5
"""Messages of one conversation in a load, the same on both sides."""
_TOETS = 60
"""Questions that are asked to see whether a side is right."""
_LANG = 202
_VROEG, _LAAT = slice(2, 7), slice(197, 202)
"""Turns 3 to 7 and 198 to 202: the median of five stands for turn 5 and for turn 200."""
_NAAR_VAST = 0.15
"""The share of small talk among the messages of a load."""

Zeg = Callable[[str], None]


@dataclass
class Maten:
    """What was measured of one side."""

    goed: float
    berichten_per_s: dict[str, float]
    p50_ms: dict[str, float]
    p95_ms: dict[str, float]
    fouten: int
    beurt_5_ms: float
    beurt_200_ms: float
    koude_start_s: float
    geheugen_mb: float
    trainen_s: float | None


def compare(epochs: int, opnieuw: bool, zeg: Zeg) -> dict[str, Any]:
    """Measures both sides; the result is what `benchmark --json` prints."""
    from bot.training import train

    train(zeg)
    werk = DATA_MAP.absolute() / "benchmark"
    werk.mkdir(parents=True, exist_ok=True)
    zinnen = all_sentences()
    model, trainen = _stock_model(werk, zinnen, epochs, opnieuw, zeg)
    eigen = _own_training(werk, zeg) if opnieuw else None
    uit: dict[str, Any] = {}
    kanten: list[tuple[Kant, float | None]] = [(Stock(werk, model), trainen), (Routewijzer(werk), eigen)]
    for kant, duur in kanten:
        zeg(f"Meet {kant.naam}")
        uit[kant.naam] = vars(_measure(kant, zinnen, duur))
    uit["verhouding"] = ratios(uit["stock"], uit["routewijzer"])
    uit["opzet"] = {"epochs_stock": epochs, "belasting": tool(), "seconden": SECONDEN, "zinnen": len(zinnen)}
    return uit


def ratios(van_stock: dict[str, Any], van_ons: dict[str, Any]) -> dict[str, float]:
    """Ours divided by stock's; the last one our own turn 200 divided by turn 5."""
    return {
        "berichten_per_s_10": round(van_ons["berichten_per_s"]["10"] / van_stock["berichten_per_s"]["10"], 2),
        "p95_10": round(van_ons["p95_ms"]["10"] / van_stock["p95_ms"]["10"], 3),
        "koude_start": round(van_ons["koude_start_s"] / van_stock["koude_start_s"], 3),
        "geheugen": round(van_ons["geheugen_mb"] / van_stock["geheugen_mb"], 3),
        "beurt_200_5": round(van_ons["beurt_200_ms"] / van_ons["beurt_5_ms"], 2),
    }


def _stock_model(
    werk: Path, zinnen: Sequence[Zin], epochs: int, opnieuw: bool, zeg: Zeg
) -> tuple[Path, float]:
    """The stock model and how long its training took; kept until content or epochs change."""
    stock.write_project(werk, zinnen, epochs)
    naam = f"stock-{fingerprint(('data', 'kennisbank/artikelen', 'benchmarks/stock.py'))[:12]}-{epochs}"
    model, duur = werk / f"{naam}.tar.gz", werk / f"{naam}.json"
    if opnieuw or not (model.exists() and duur.exists()):
        zeg(f"Stock trainen op {len(zinnen)} zinnen, {epochs} epochs (minuten)")
        opdracht = [sys.executable, "-m", "rasa", "train", "--domain", "domain.yml", "--config", "config.yml"]
        opdracht += ["--data", "nlu.yml", "regels.yml", "--out", ".", "--fixed-model-name", naam, "--force"]
        duur.write_text(json.dumps(_run(opdracht, werk)))
    return model, float(json.loads(duur.read_text()))


def _own_training(werk: Path, zeg: Zeg) -> float:
    """How long our own training takes from nothing, in a folder of its own."""
    zeg("Routewijzer trainen vanaf niets (minuten)")
    opdracht = [sys.executable, "-m", "bot.cli", "train", "--opnieuw"]
    return _run(opdracht, None, {"ROUTEWIJZER_DATA_DIR": str(werk / "eigen"), "ROUTEWIJZER_DATABASE_URL": ""})


def _run(opdracht: list[str], map_: Path | None, omgeving: dict[str, str] | None = None) -> float:
    import os

    from bot.settings import PROJECT_MAP

    begin = time.perf_counter()
    uit = subprocess.run(
        opdracht,
        cwd=map_ or PROJECT_MAP,
        env={
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONWARNINGS": "ignore",
            **(omgeving or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if uit.returncode:
        raise BestandFout(f"Trainen is mislukt:\n{(uit.stdout + uit.stderr)[-2000:]}")
    return round(time.perf_counter() - begin, 1)


def _measure(kant: Kant, zinnen: Sequence[Zin], trainen: float | None) -> Maten:
    vragen = [zin for zin in zinnen if zin.artikelen]
    random.Random(0).shuffle(vragen)
    try:
        koud = until_first_answer(kant, vragen[0].tekst, bool)
        goed = _right(kant, vragen[:_TOETS])
        druk = {}
        for tegelijk in TEGELIJK:
            beurten = _turns(zinnen, begin=tegelijk * 1_000_000)
            load(kant.adres, _requests(kant, beurten, 0), tegelijk, _OPWARMEN)
            druk[str(tegelijk)] = load(kant.adres, _requests(kant, beurten, 1), tegelijk, SECONDEN)
        geheugen = sum(proces.memory_mb() for proces in kant.processen)
        lang = _long_conversation(kant, vragen)
    finally:
        stop(kant)
    return Maten(
        goed=goed,
        berichten_per_s={naam: d.berichten_per_s for naam, d in druk.items()},
        p50_ms={naam: d.p50_ms for naam, d in druk.items()},
        p95_ms={naam: d.p95_ms for naam, d in druk.items()},
        fouten=sum(d.fouten for d in druk.values()),
        beurt_5_ms=round(statistics.median(lang[_VROEG]), 1),
        beurt_200_ms=round(statistics.median(lang[_LAAT]), 1),
        koude_start_s=round(koud, 1),
        geheugen_mb=round(geheugen),
        trainen_s=trainen,
    )


def _right(kant: Kant, vragen: Sequence[Zin]) -> float:
    """The share of questions whose answer is the text of the right article."""
    kb = kennisbank()
    raak = 0
    for nummer, vraag in enumerate(vragen):
        titels = [kb.artikelen[id_][-1].titel for id_ in vraag.artikelen]
        antwoord = kant.ask(f"toets-{nummer}", vraag.tekst)
        raak += any(titel in antwoord for titel in titels)
    return round(100 * raak / len(vragen), 1)


def _turns(zinnen: Sequence[Zin], begin: int) -> list[tuple[int, str]]:
    """Messages with their senders: conversations of a few turns, many side by side, no sentence twice."""
    toeval = random.Random(1)
    vragen = [zin.tekst for zin in zinnen if zin.artikelen]
    praatje = [zin.tekst for zin in zinnen if zin.intent in ("groet", "dank", "afscheid", "help_wat_kun_je")]
    toeval.shuffle(vragen)
    beurten = []
    for nummer, vraag in enumerate(vragen):
        blok, plek = divmod(nummer, _AFZENDERS * _BEURTEN)
        afzender = begin + blok * _AFZENDERS + plek % _AFZENDERS
        beurten.append((afzender, toeval.choice(praatje) if toeval.random() < _NAAR_VAST else vraag))
    return beurten


def _requests(kant: Kant, beurten: Sequence[tuple[int, str]], deel: int) -> list[Verzoek]:
    """One half of the messages: the first to warm up, the second to measure."""
    helft = len(beurten) // 2
    return list(kant.requests_for(beurten[deel * helft : (deel + 1) * helft]))


def _long_conversation(kant: Kant, vragen: Sequence[Zin]) -> list[float]:
    """Milliseconds of each turn of one long conversation that asks the same few questions in turn."""
    tijden = []
    for vraag in itertools.islice(itertools.cycle(vragen[:_BEURTEN]), _LANG):
        begin = time.perf_counter()
        kant.ask("lang", vraag.tekst)
        tijden.append(1000 * (time.perf_counter() - begin))
    return tijden
