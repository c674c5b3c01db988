"""Sentences to measure with are only measured with: none stands in training data or rules."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.formats import RasaYAMLReader

from bot.scoring import read_regels
from bot.settings import PROJECT_MAP
from kennisbank.reader import read_inhoud

BIJNA_GELIJK = 92.0
TE_KORT = 20
DATA = Path(__file__).parent / "data"


def _evaluatiezinnen(map_: Path) -> list[str]:
    zinnen = [
        json.loads(regel)["tekst"]
        for bestand in map_.glob("*.jsonl")
        for regel in bestand.read_text(encoding="utf-8").splitlines()
        if regel.strip()
    ]
    gesprekken = yaml.safe_load((map_ / "gesprekken.yaml").read_text(encoding="utf-8"))["gesprekken"]
    zinnen += [beurt["gebruiker"] for gesprek in gesprekken for beurt in gesprek["beurten"]]
    return zinnen


@cache
def _trainingszinnen() -> list[str]:
    inhoud = read_inhoud()
    zinnen = [vraag for artikel in inhoud.artikelen for vraag in artikel.alle_vragen()]
    zinnen += [vraag for grens in inhoud.grenzen.values() for vraag in grens.vragen]
    for bestand in (PROJECT_MAP / "data" / "nlu").glob("*.yml"):
        zinnen += [bericht.get(TEXT) for bericht in RasaYAMLReader().read(bestand).training_examples]
    return [zin.lower() for zin in zinnen]


def _bijna_gelijk(zinnen: list[str]) -> list[tuple[str, str]]:
    """Each of these sentences that is or nearly is a training sentence, with that sentence.

    What is as short as "hoi" or "laat maar" everybody says, so it stands on both sides.
    """
    geleerd = _trainingszinnen()
    return [
        (zin, gevonden[0])
        for zin in (zin.lower() for zin in zinnen if len(zin) > TE_KORT)
        if (gevonden := process.extractOne(zin, geleerd, scorer=fuzz.ratio, score_cutoff=BIJNA_GELIJK))
    ]


def test_no_training_sentence_is_or_nearly_is_an_evaluation_sentence(evaluatie: Path) -> None:
    assert _bijna_gelijk(_evaluatiezinnen(evaluatie)) == []


def test_no_training_sentence_is_or_nearly_is_a_neighbour_to_measure_with() -> None:
    buren = yaml.safe_load((DATA / "buren.yml").read_text(encoding="utf-8"))
    zinnen = [*buren["buiten"], *(item["vraag"] for item in buren["binnen"])]
    assert _bijna_gelijk(zinnen) == []


@pytest.mark.parametrize("bestand", ["crisis.yml", "crisis_blind.yml"])
def test_no_training_sentence_is_or_nearly_is_a_danger_to_measure_with(bestand: str) -> None:
    soorten = yaml.safe_load((DATA / bestand).read_text(encoding="utf-8"))
    assert _bijna_gelijk([zin for zinnen in soorten.values() for zin in zinnen]) == []


@pytest.mark.parametrize(
    "bestand",
    [
        "gesprekken_afstellen.yml",
        "gesprekken_blind.yml",
        "vervolggesprekken.yml",
        "vragen_afstellen.jsonl",
        "vragen_blind.jsonl",
    ],
)
def test_no_training_sentence_is_or_nearly_is_a_message_to_measure_with(bestand: str) -> None:
    assert _bijna_gelijk([regel["tekst"] for regel in read_regels(DATA / bestand)]) == []
