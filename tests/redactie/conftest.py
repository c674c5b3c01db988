"""The editors' page, running over a question log of its own."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import requests
from sqlalchemy.engine import Connection

from benchmarks.redactie import draait
from bot import logboek
from bot.logboek import Regel
from bot.opslag.database import Database
from bot.opslag.migratie import open_database
from bot.redactie import voorstel
from bot.redactie.pagina import instelling_van, maak_app
from bot.redactie.toegang import Toegang
from kennisbank.checks import controleer
from kennisbank.meldingen import Ernst
from kennisbank.reader import KENNISBANK_MAP, read_inhoud
from kennisbank.store import Kennisbank

WACHTWOORD = "een-lang-wachtwoord-voor-de-proef"


@dataclass
class Proef:
    """A running page over a question log of its own."""

    adres: str
    database: Database

    def bezoek(self) -> requests.Session:
        """A client that has logged in."""
        bezoek = requests.Session()
        antwoord = bezoek.post(f"{self.adres}/in", data={"wachtwoord": WACHTWOORD}, timeout=10)
        assert antwoord.status_code == 200
        return bezoek

    def noteer(self, *regels: Regel) -> None:
        def werk(verbinding: Connection) -> None:
            for regel in regels:
                logboek.noteer(verbinding, regel)

        self.database.schrijf_nu(werk)


@pytest.fixture
def proef(kb: Kennisbank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proef]:
    monkeypatch.setattr(voorstel, "VOORSTELLEN_MAP", tmp_path / "voorstellen")
    with een_proef(kb, tmp_path) as deze:
        yield deze


@contextlib.contextmanager
def een_proef(kb: Kennisbank, map_: Path) -> Iterator[Proef]:
    """A page over a question log in this folder."""
    database = open_database(f"sqlite:///{map_ / 'gesprekken.db'}")
    with draait(instelling_van(maak_app(Toegang(WACHTWOORD), database, kb), "127.0.0.1", 0)) as adres:
        yield Proef(adres, database)
    database.sluit()


def pas_toe(map_: Path) -> Path:
    """A copy of the project's content with the one patch that was made."""
    (patch,) = (map_ / "voorstellen").iterdir()
    project = map_ / "project"
    shutil.copytree(KENNISBANK_MAP, project / "kennisbank")
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["git", "apply", str(patch)], cwd=project, check=True)
    return project


def fouten_in(project: Path) -> list[str]:
    """The faults that the check finds in the copy."""
    meldingen = controleer(read_inhoud(project / "kennisbank"), date.today())
    return [str(melding) for melding in meldingen if melding.ernst is Ernst.FOUT]
