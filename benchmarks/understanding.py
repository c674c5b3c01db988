"""`routewijzer benchmark begrijpen`: our understanding beside Rasa's default pipeline.

Both learn the same sentences and read the same unseen questions, each in a process of its own so
that time and memory are its own. Unseen are a fifth of our questions, or a JSONL file with `tekst`,
`verwacht` and `ook_goed`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.zinnen import BUITEN, Zin, split
from bot.errors import BestandFout


class Lezing(NamedTuple):
    """What a pipeline made of a sentence: intent and articles, best first."""

    intent: str
    artikelen: list[str]


Lezer = Callable[[str], Lezing]


def vergelijk(epochs: int, vragen: Path | None) -> dict[str, dict[str, float]]:
    """Measures both; the keys are the rows of the table."""
    with tempfile.TemporaryDirectory() as map_:
        werk = Path(map_)
        leer, toets = split(vragen)
        (werk / "leer.json").write_text(json.dumps(leer))
        (werk / "toets.json").write_text(json.dumps(toets))
        return {naam: _in_own_process(naam, werk, epochs) for naam in ("routewijzer", "stock")}


def _in_own_process(naam: str, werk: Path, epochs: int) -> dict[str, float]:
    opdracht = [sys.executable, "-W", "ignore", "-m", __name__, naam, str(werk), "--epochs", str(epochs)]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    if uit.returncode:
        raise BestandFout(f"De meting van {naam} is mislukt:\n{uit.stderr[-2000:]}")
    maten: dict[str, float] = json.loads(uit.stdout.splitlines()[-1])
    return maten


def _measure(werk: Path, train: Callable[[Sequence[Zin]], Lezer]) -> dict[str, float]:
    leer = [Zin(*zin) for zin in json.loads((werk / "leer.json").read_text())]
    toets = [Zin(*zin) for zin in json.loads((werk / "toets.json").read_text())]
    begin = time.perf_counter()
    lees = train(leer)
    training = time.perf_counter() - begin
    lees("even opwarmen")
    lezingen, tijden = [], []
    for zin in toets:
        begin = time.perf_counter()
        lezingen.append(lees(zin.tekst))
        tijden.append(time.perf_counter() - begin)
    binnen = [(zin, lezing) for zin, lezing in zip(toets, lezingen, strict=True) if zin.artikelen]
    buiten = [lezing for zin, lezing in zip(toets, lezingen, strict=True) if not zin.artikelen]
    return {
        "juiste artikel eerst, %": _percent([lezing.artikelen[0] in zin.artikelen for zin, lezing in binnen]),
        "juiste artikel in drie, %": _percent(
            [bool(set(lezing.artikelen[:3]) & set(zin.artikelen)) for zin, lezing in binnen]
        ),
        "buiten bereik herkend, %": _percent([_is_outside(lezing) for lezing in buiten]),
        "binnen bereik geweigerd, %": _percent([_is_outside(lezing) for _, lezing in binnen]),
        "trainen, s": round(training),
        "geheugen, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "per bericht (mediaan), ms": round(1000 * sorted(tijden)[len(tijden) // 2], 1),
    }


def _percent(waarden: Sequence[bool]) -> float:
    return round(100 * sum(waarden) / len(waarden), 1) if waarden else 0.0


def _is_outside(lezing: Lezing) -> bool:
    return lezing.intent.startswith(BUITEN) or lezing.intent == "nlu_fallback"


def _ours(leer: Sequence[Zin]) -> Lezer:
    """Our component's own parts, without the graph around them."""
    from bot.light_start import without_tensorflow

    without_tensorflow()
    from bot.nlu.language import Taalkennis
    from bot.nlu.understanding import Understanding, Voorbeeld
    from kennisbank.current import kennisbank
    from kennisbank.search.synonyms import read_synoniemen

    taal = Taalkennis(kennisbank())
    voorbeelden = [Voorbeeld(z.tekst, z.intent, z.artikelen[0] if z.artikelen else None) for z in leer]
    begrijper = Understanding(read_synoniemen()).fit(voorbeelden, taal)

    def lees(tekst: str) -> Lezing:
        lezing = begrijper.read(tekst, taal)
        buiten = lezing.buiten_bereik > begrijper.drempels.buiten_bereik
        buiten = buiten and lezing.zekerheid < begrijper.drempels.antwoord
        intent = lezing.soort_buiten_bereik if buiten else lezing.handelingen[0][0]
        return Lezing(intent, [id_ for id_, _ in lezing.kandidaten])

    return lees


def _stock(leer: Sequence[Zin], epochs: int, werk: Path) -> Lezer:
    """Rasa's default pipeline, with a ResponseSelector over the articles."""
    import asyncio

    from rasa.core.agent import Agent
    from rasa.engine.recipes import config_files
    from rasa.model_training import train

    instellingen = yaml.safe_load((Path(config_files.__path__[0]) / "default_config.yml").read_text())
    instellingen.update(language="nl", assistant_id="stock", policies=[{"name": "RulePolicy"}])
    for onderdeel in instellingen["pipeline"]:
        if "epochs" in onderdeel:
            onderdeel["epochs"] = epochs
    per_intent: dict[str, list[str]] = {}
    for zin in leer:
        sleutel = f"{zin.intent}/{zin.artikelen[0]}" if zin.artikelen else zin.intent
        per_intent.setdefault(sleutel, []).append(" ".join(zin.tekst.split()))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {tekst}\n" for tekst in teksten)}
        for intent, teksten in per_intent.items()
    ]
    antwoorden = {f"utter_{intent}": [{"text": intent}] for intent in per_intent if "/" in intent}
    domein = {"intents": sorted({intent.split("/")[0] for intent in per_intent}), "responses": antwoorden}
    for naam, inhoud in (("config", instellingen), ("nlu", {"nlu": nlu}), ("domain", domein)):
        (werk / f"{naam}.yml").write_text(yaml.safe_dump(inhoud, allow_unicode=True))
    uit = train(
        domain=str(werk / "domain.yml"),
        config=str(werk / "config.yml"),
        training_files=[str(werk / "nlu.yml")],
        output=str(werk),
    )
    agent = Agent.load(str(uit.model))

    def lees(tekst: str) -> Lezing:
        gelezen: dict[str, Any] = asyncio.run(agent.parse_message(tekst))
        keuzes = gelezen["response_selector"].get("kennisvraag") or gelezen["response_selector"]["default"]
        artikelen = [keuze["intent_response_key"].split("/")[-1] for keuze in keuzes["ranking"]]
        return Lezing(gelezen["intent"]["name"], artikelen or [""])

    return lees


def main() -> None:
    """One of the two, in its own process; prints its measures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("wie", choices=("routewijzer", "stock"))
    parser.add_argument("werk", type=Path)
    parser.add_argument("--epochs", type=int, required=True)
    keuze = parser.parse_args()
    if keuze.wie == "stock":
        maten = _measure(keuze.werk, lambda leer: _stock(leer, keuze.epochs, keuze.werk))
    else:
        maten = _measure(keuze.werk, _ours)
    print(json.dumps(maten))


if __name__ == "__main__":
    main()
