"""`routewijzer benchmark`: stock Rasa and Routewijzer with the same content, in one run on this machine.

Right first: what a side answers is looked at before its speed is. Both sides are up at the same time
and get their load in turn, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import stock
from benchmarks.belasting import Druk, load, tool
from benchmarks.kanten import Kant, Routewijzer, Stock, memory_mb, stop, until_first_answer
from benchmarks.processen import machine
from benchmarks.zinnen import Zin, all_sentences
from bot.errors import BestandFout
from bot.fingerprint import fingerprint
from kennisbank.current import kennisbank
from kennisbank.settings import DATA_MAP

_TIEN = 10
TEGELIJK = (1, _TIEN, 32)
RONDEN = 3
SECONDEN = 6
"""Each load runs so many rounds of so many seconds, the sides in turn; the median of the rounds counts."""
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
_PRAATJE = 0.15
"""The share of small talk among the messages of a load."""

Zeg = Callable[[str], None]


@dataclass
class Maten:
    """What was measured of one side."""

    goed: float
    koude_start_s: float
    berichten_per_s: dict[str, float] = field(default_factory=dict)
    p50_ms: dict[str, float] = field(default_factory=dict)
    p95_ms: dict[str, float] = field(default_factory=dict)
    fouten: int = 0
    processor_ms: float = 0.0
    """Processor time per message with ten in parallel: other programs hardly change it."""
    beurt_5_ms: float = 0.0
    beurt_200_ms: float = 0.0
    geheugen_mb: float = 0.0
    trainen_s: float | None = None


def compare(epochs: int, opnieuw: bool, zeg: Zeg) -> dict[str, Any]:
    """Measures both sides; the result is what `benchmark --json` prints."""
    from bot.training import train

    train(zeg)
    werk = DATA_MAP.absolute() / "benchmark"
    werk.mkdir(parents=True, exist_ok=True)
    zinnen = all_sentences()
    model, trainen = _stock_model(werk, zinnen, epochs, opnieuw, zeg)
    eigen = _own_training(werk, zeg) if opnieuw else None
    stock_, ons = _measure(Stock(werk, model), Routewijzer(werk), zinnen, zeg)
    stock_.trainen_s, ons.trainen_s = trainen, eigen
    uit: dict[str, Any] = {"stock": vars(stock_), "routewijzer": vars(ons)}
    uit["verhouding"] = ratios(uit["stock"], uit["routewijzer"])
    uit["opzet"] = {
        "epochs_stock": epochs,
        "zinnen": len(zinnen),
        "belasting": tool(),
        "ronden": RONDEN,
        "seconden": SECONDEN,
        "machine": machine(),
        "drukte_vooraf": round(os.getloadavg()[0], 1),
    }
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


def _measure(stock_: Kant, ons: Kant, zinnen: Sequence[Zin], zeg: Zeg) -> tuple[Maten, Maten]:
    """Starts one side after the other, then loads them in turn, so that both meet the same machine."""
    vragen = [zin for zin in zinnen if zin.artikelen]
    random.Random(0).shuffle(vragen)
    kanten, maten = (stock_, ons), []
    try:
        for kant in kanten:
            zeg(f"Start {kant.naam} en kijk of de antwoorden kloppen")
            koud = until_first_answer(kant, vragen[0].tekst, bool)
            goed = _right(kant, vragen[:_TOETS])
            maten.append(Maten(goed, round(koud, 1), geheugen_mb=memory_mb(kant)))
        beurten = _turns(zinnen)
        for tegelijk in TEGELIJK:
            zeg(f"{tegelijk} tegelijk, om en om")
            _load_in_turn(kanten, maten, beurten, tegelijk)
        zeg(f"Een gesprek van {_LANG} beurten met elk, om en om")
        for maat, lang in zip(maten, _long_conversations(kanten, vragen), strict=True):
            maat.beurt_5_ms = round(statistics.median(lang[_VROEG]), 1)
            maat.beurt_200_ms = round(statistics.median(lang[_LAAT]), 1)
        # Ours after all that load, and alone: together the two share libraries. Stock's was taken alone too.
        stop(stock_)
        maten[1].geheugen_mb = memory_mb(ons)
    finally:
        for kant in kanten:
            stop(kant)
    return maten[0], maten[1]


def _load_in_turn(
    kanten: Sequence[Kant], maten: Sequence[Maten], beurten: Sequence[tuple[int, str]], tegelijk: int
) -> None:
    druk: list[list[Druk]] = [[] for _ in kanten]
    processor = [0.0 for _ in kanten]
    deel = len(beurten) // (RONDEN * len(TEGELIJK))
    for ronde in range(RONDEN):
        begin = (TEGELIJK.index(tegelijk) * RONDEN + ronde) * deel
        for nummer, kant in enumerate(kanten):
            verzoeken = list(kant.requests_for(beurten[begin : begin + deel]))
            if ronde == 0:
                load(kant.adres, verzoeken[-deel // 4 :], tegelijk, _OPWARMEN)
            voor = sum(proces.cpu_seconds() for proces in kant.processen)
            druk[nummer].append(load(kant.adres, verzoeken, tegelijk, SECONDEN))
            processor[nummer] += sum(proces.cpu_seconds() for proces in kant.processen) - voor
    for maat, van_kant, seconden in zip(maten, druk, processor, strict=True):
        sleutel = str(tegelijk)
        maat.berichten_per_s[sleutel] = round(statistics.median(d.berichten_per_s for d in van_kant), 1)
        maat.p50_ms[sleutel] = round(statistics.median(d.p50_ms for d in van_kant), 1)
        maat.p95_ms[sleutel] = round(statistics.median(d.p95_ms for d in van_kant), 1)
        maat.fouten += sum(d.fouten for d in van_kant)
        if tegelijk == _TIEN:
            berichten = sum(d.berichten_per_s for d in van_kant) * SECONDEN
            maat.processor_ms = round(1000 * seconden / berichten, 1)


def _right(kant: Kant, vragen: Sequence[Zin]) -> float:
    """The share of questions whose answer is the text of the right article."""
    kb = kennisbank()
    raak = 0
    for nummer, vraag in enumerate(vragen):
        titels = [kb.artikelen[id_][-1].titel for id_ in vraag.artikelen]
        antwoord = kant.ask(f"toets-{nummer}", vraag.tekst)
        raak += any(titel in antwoord for titel in titels)
    return round(100 * raak / len(vragen), 1)


def _turns(zinnen: Sequence[Zin]) -> list[tuple[int, str]]:
    """Messages with their senders: conversations of a few turns, many side by side, no question twice."""
    toeval = random.Random(1)
    vragen = [zin.tekst for zin in zinnen if zin.artikelen]
    praatje = [zin.tekst for zin in zinnen if zin.intent in ("groet", "dank", "afscheid", "help_wat_kun_je")]
    toeval.shuffle(vragen)
    beurten = []
    for nummer, vraag in enumerate(vragen):
        blok, plek = divmod(nummer, _AFZENDERS * _BEURTEN)
        afzender = blok * _AFZENDERS + plek % _AFZENDERS
        beurten.append((afzender, toeval.choice(praatje) if toeval.random() < _PRAATJE else vraag))
    return beurten


def _long_conversations(kanten: Sequence[Kant], vragen: Sequence[Zin]) -> list[list[float]]:
    """Milliseconds of each turn of one long conversation with each side, which asks a few questions again."""
    tijden: list[list[float]] = [[] for _ in kanten]
    for vraag in itertools.islice(itertools.cycle(vragen[:_BEURTEN]), _LANG):
        for nummer, kant in enumerate(kanten):
            begin = time.perf_counter()
            kant.ask("lang", vraag.tekst)
            tijden[nummer].append(1000 * (time.perf_counter() - begin))
    return tijden
