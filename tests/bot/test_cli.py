"""The command line, as a user runs it: from a subprocess, on a real database and model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_MAP
from kennisbank.reader import read_inhoud
from kennisbank.store import Kennisbank

OPDRACHT = Path(sys.executable).parent / "routewijzer"
SLEUTELS = {
    "uitkomst", "handeling", "artikel", "kandidaten", "gemeente", "gemeente_kandidaten", "gemaskeerd",
    "antwoord", "milliseconden",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("kb")


def _run(*woorden: str, invoer: str | None = None, **omgeving: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(OPDRACHT), *woorden],
        input=invoer,
        capture_output=True,
        text=True,
        cwd=PROJECT_MAP,
        env={**os.environ, "PYTHONWARNINGS": "ignore", **omgeving},
        timeout=300,
        check=False,
    )


def test_help_is_dutch_and_names_every_command() -> None:
    uit = _run("--help")
    assert uit.returncode == 0
    assert uit.stdout.startswith("gebruik: ")
    for opdracht in ("chat", "serve", "train", "vraag", "beoordeel", "evalueer", "kennisbank", "gemeente"):
        assert opdracht in uit.stdout
    assert "show this help" not in uit.stdout


def test_a_conversation_in_the_terminal(kb: Kennisbank) -> None:
    uit = _run("chat", invoer="wanneer moeten we ABA aanvragen?\n1\n/stop\nwordt niet gelezen\n")
    assert uit.returncode == 0
    assert kb.artikelen["aba-wanneer-aanvragen"][0].titel in uit.stdout
    assert "Wat kun je nu doen?" in uit.stdout
    assert "Tot ziens" in uit.stdout


def test_one_question_as_json_for_a_doelgroep_a_gemeente_and_a_day() -> None:
    uit = _run(
        "vraag", "wat verandert er als je 18 wordt?", "--doelgroep", "oud-leerling", "--gemeente", "almere",
        "--peildatum", "2026-12-01", "--json",
    )  # fmt: skip
    antwoord = json.loads(uit.stdout)
    assert antwoord["artikel"] == "wat-verandert-op-18"
    assert antwoord["bewijs"].startswith("wat-verandert-op-18 · 2026-12-01 · GM0034 · oud-leerling")


def test_a_file_is_judged_line_by_line_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    bestand = tmp_path / "in.jsonl"
    regels = [
        {"tekst": "wat is een no-riskpolis?", "eigen": 7},
        {"tekst": "welke route geldt in Bergen?", "gesprek": "a"},
        {"tekst": "die in Limburg", "gesprek": "a"},
        {"tekst": "hoe laat gaat de bus"},
        {"tekst": "ik wil dood"},
        {"tekst": "dankjewel"},
    ]
    bestand.write_text("\n".join(json.dumps(regel) for regel in regels), encoding="utf-8")
    uit = _run("beoordeel", str(bestand))
    resultaten = [json.loads(regel) for regel in uit.stdout.splitlines()]
    assert all(set(resultaat) >= SLEUTELS for resultaat in resultaten)
    assert [r["uitkomst"] for r in resultaten] == [
        "antwoord", "vraag_gemeente", "lokaal", "buiten_bereik", "crisis", "gesprek",
    ]  # fmt: skip
    assert resultaten[0]["eigen"] == 7
    assert resultaten[0]["kandidaten"][0]["id"] == "no-riskpolis"
    assert all(len(r["kandidaten"]) >= 3 for r in resultaten)
    assert {k["code"] for k in resultaten[1]["gemeente_kandidaten"]} >= {"GM0373", "GM0893"}
    assert resultaten[2]["gemeente"] == {"code": "GM0893", "naam": "Bergen (L.)"}


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        ('{"tekst": "a"}\n{kapot', ":2: dit is geen JSON"),
        ('{"vraag": "a"}', ":1: een regel moet een veld 'tekst'"),
    ],
)
def test_a_broken_input_file_is_told_with_its_line(tmp_path: Path, inhoud: str, verwacht: str) -> None:
    bestand = tmp_path / "in.jsonl"
    bestand.write_text(inhoud, encoding="utf-8")
    uit = _run("beoordeel", str(bestand))
    assert uit.returncode == 1
    assert verwacht in uit.stderr
    assert "Traceback" not in uit.stderr


def test_a_missing_database_is_told_plainly(tmp_path: Path) -> None:
    uit = _run("gemeente", "Assen", ROUTEWIJZER_DATABASE_URL=f"sqlite:///{tmp_path / 'weg.db'}")
    assert uit.returncode == 1
    assert "bestaat niet. Maak haar met: routewijzer train" in uit.stderr
    assert "Traceback" not in uit.stderr


def test_a_gemeente_as_json() -> None:
    zeker, dubbel = (json.loads(_run("gemeente", naam, "--json").stdout) for naam in ("hogeveen", "Bergen"))
    assert zeker["gemeente"]["naam"] == "Hoogeveen"
    assert dubbel["gemeente"] is None
    assert len(dubbel["gemeente_kandidaten"]) == 3


def test_the_checker_ends_well_on_the_content_of_this_project() -> None:
    uit = _run("kennisbank", "controleer")
    assert uit.returncode == 0
    assert f"{len(read_inhoud().ids())} artikelen, 0 fouten" in uit.stdout


def test_a_wrong_word_is_answered_in_dutch() -> None:
    uit = _run("vlieg")
    assert uit.returncode == 2
    assert "dit begrijp ik niet" in uit.stderr
