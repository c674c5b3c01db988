"""From nothing: a fresh database and model; and the project stays an ordinary Rasa project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_MAP
from kennisbank.reader import read_inhoud
from kennisbank.settings import DATA_MAP

BIN = Path(sys.executable).parent

pytestmark = pytest.mark.usefixtures("kb")


def _run(
    *opdracht: str, map_: Path = PROJECT_MAP, seconden: int = 900, **omgeving: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / opdracht[0]), *opdracht[1:]],
        capture_output=True,
        text=True,
        cwd=map_,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "RASA_TELEMETRY_ENABLED": "false", **omgeving},
        timeout=seconden,
        check=False,
    )


def _copy(doel: Path) -> Path:
    """The project in a folder of its own, to change things in."""
    shutil.copytree(PROJECT_MAP, doel, ignore=shutil.ignore_patterns(".*", "node_modules", "docs", "tests"))
    return doel


def _cli(project: Path, bouw: Path, *opdracht: str, seconden: int = 300) -> subprocess.CompletedProcess[str]:
    """A command of that copy, with what it builds in `bouw`."""
    omgeving = {"ROUTEWIJZER_DATA_DIR": str(bouw), "PYTHONPATH": str(project)}
    return _run("python", "-m", "bot.cli", *opdracht, map_=project, seconden=seconden, **omgeving)


def _thin(bestand: Path) -> None:
    """Leaves of each list of sentences one in four: that teaches enough, in a fraction of the time."""
    regels, teller = [], 0
    for regel in bestand.read_text(encoding="utf-8").splitlines(keepends=True):
        teller = teller + 1 if regel.startswith("    - ") else 0
        if not teller or teller % 4 == 1:
            regels.append(regel)
    bestand.write_text("".join(regels), encoding="utf-8")


def test_a_fresh_database_and_model_are_built_from_nothing_and_answer(tmp_path: Path) -> None:
    project, bouw = _copy(tmp_path / "project"), tmp_path / "bouw"
    for bestand in (
        *(project / "kennisbank" / "artikelen").glob("*/*.md"),
        *(project / "data" / "nlu").glob("*.yml"),
    ):
        _thin(bestand)
    # The sentence vectors are kept: encoding them again proves nothing and takes a minute.
    shutil.copytree(DATA_MAP / "cache", bouw / "cache")
    gebouwd = _cli(project, bouw, "train", seconden=900)
    assert f"Kennisbank gebouwd: {len(read_inhoud().ids())} artikelen" in gebouwd.stdout, gebouwd.stderr
    assert "Model klaar" in gebouwd.stdout
    assert "Niets veranderd" in _cli(project, bouw, "train").stdout
    antwoord = _cli(project, bouw, "vraag", "wat is een no-riskpolis?", "--json")
    assert json.loads(antwoord.stdout)["artikel"] == "no-riskpolis"


def test_without_a_model_it_says_how_to_make_one(tmp_path: Path) -> None:
    shutil.copy(DATA_MAP / "kennisbank.db", tmp_path)
    uit = _run("routewijzer", "vraag", "hoi", ROUTEWIJZER_DATA_DIR=str(tmp_path))
    assert uit.returncode == 1
    assert "Maak het met: routewijzer train" in uit.stderr


def test_rasa_finds_its_data_valid() -> None:
    uit = _run("rasa", "data", "validate", "--fail-on-warnings")
    assert uit.returncode == 0, uit.stdout[-2000:] + uit.stderr[-2000:]


def test_a_corrected_text_is_told_without_training_again(tmp_path: Path) -> None:
    project, bouw = _copy(tmp_path / "project"), tmp_path / "bouw"
    shutil.copytree(DATA_MAP, bouw)
    artikel = project / "kennisbank" / "artikelen" / "instrumenten" / "no-riskpolis.md"
    tekst = artikel.read_text(encoding="utf-8")
    artikel.write_text(tekst.replace("## Professional\n", "## Professional\nNieuwe eerste zin.\n\n"), "utf-8")
    getraind = _cli(project, bouw, "train")
    assert "Kennisbank gebouwd" in getraind.stdout, getraind.stderr[-2000:]
    assert "Model" not in getraind.stdout
    gevraagd = _cli(project, bouw, "vraag", "wat is een no-riskpolis?")
    assert "Nieuwe eerste zin." in gevraagd.stdout, gevraagd.stderr[-2000:]
