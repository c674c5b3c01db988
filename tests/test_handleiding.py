"""The editors' guide, followed step by step in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import PROJECT_MAP

GIDS = PROJECT_MAP / "docs" / "handleiding" / "redacteuren.md"
_BLOK = re.compile(r"(?P<ervoor>[^\n]*\n[^\n]*)\n\n```(?P<soort>\w+)\n(?P<inhoud>.*?)```", re.DOTALL)
_BESTAND = re.compile(r"`(kennisbank/[\w./-]+)`")


class Redacteur:
    """Does what the guide says, in a copy; keeps what the commands print."""

    def __init__(self, map_: Path) -> None:
        self._map = map_
        self.gezien: list[str] = []

    def volg(self, blok: re.Match[str]) -> None:
        """One fenced block: commands to run, a new file, or lines to put at the place of a table."""
        if blok["soort"] == "sh":
            for opdracht in blok["inhoud"].splitlines():
                self._doe(opdracht)
            return
        bestand = self._map / _BESTAND.findall(blok["ervoor"])[-1]
        if blok["soort"] == "markdown":
            bestand.write_text(blok["inhoud"], encoding="utf-8")
        else:
            with bestand.open("a", encoding="utf-8") as tabel:
                tabel.write(blok["inhoud"])

    def _doe(self, opdracht: str) -> None:
        uit = subprocess.run(
            ["bash", "-c", f'routewijzer() {{ "{sys.executable}" -W ignore -m bot.cli "$@"; }}; {opdracht}'],
            cwd=self._map,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ROUTEWIJZER_DATA_DIR": str(self._map / ".routewijzer")},
        )
        assert uit.returncode == 0, f"{opdracht}\n{uit.stdout}{uit.stderr}"
        self.gezien.append(uit.stdout)


@pytest.fixture(scope="module")
def redacteur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redacteur]:
    map_ = tmp_path_factory.mktemp("project")
    for kamer in ("kennisbank", "bot"):
        shutil.copytree(PROJECT_MAP / kamer, map_ / kamer)
    volger = Redacteur(map_)
    for blok in _BLOK.finditer(GIDS.read_text(encoding="utf-8")):
        volger.volg(blok)
    yield volger


def test_every_step_of_the_guide_works(redacteur: Redacteur) -> None:
    gecontroleerd = [uit for uit in redacteur.gezien if "aandachtspunten" in uit]
    assert len(gecontroleerd) == 3
    assert all(" 0 fouten" in uit for uit in gecontroleerd)


def test_the_previews_show_what_the_guide_says(redacteur: Redacteur) -> None:
    eenvoudig, onbekend, nieuw = (uit for uit in redacteur.gezien if "Voorbeeldwet" in uit)
    assert "Vraag ernaar op je werk" in eenvoudig
    assert "Lokaal: Almere" in eenvoudig
    assert "ken ik niet voor 2 januari 2027" in onbekend
    assert "€ 45" in nieuw
