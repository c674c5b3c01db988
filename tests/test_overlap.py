"""Sentences of the evaluation set are only measured with: none stands in training data or rules."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from bot.settings import PROJECT_MAP
from kennisbank.reader import read_inhoud

BIJNA_GELIJK = 92.0


def _evaluatiezinnen(map_: Path) -> list[str]:
    zinnen = [
        json.loads(regel)["tekst"]
        for bestand in map_.glob("*.jsonl")
        for regel in bestand.read_text(encoding="utf-8").splitlines()
        if regel.strip()
    ]
    gesprekken = yaml.safe_load((map_ / "gesprekken.yaml").read_text(encoding="utf-8"))["gesprekken"]
    zinnen += [beurt["gebruiker"] for gesprek in gesprekken for beurt in gesprek["beurten"]]
    return [zin.lower() for zin in zinnen if len(zin) > 20]


def _trainingszinnen() -> list[str]:
    zinnen = [vraag for artikel in read_inhoud().artikelen for vraag in artikel.alle_vragen()]
    for bestand in (PROJECT_MAP / "data").rglob("*.yml"):
        regels = bestand.read_text(encoding="utf-8").splitlines()
        zinnen += [regel.strip()[2:] for regel in regels if regel.startswith("    - ")]
    return [zin.lower() for zin in zinnen]


def test_no_training_sentence_is_or_nearly_is_an_evaluation_sentence(evaluatie: Path) -> None:
    geleerd = _trainingszinnen()
    gelijk = [
        (zin, gevonden[0])
        for zin in _evaluatiezinnen(evaluatie)
        if (gevonden := process.extractOne(zin, geleerd, scorer=fuzz.ratio, score_cutoff=BIJNA_GELIJK))
    ]
    assert gelijk == []
