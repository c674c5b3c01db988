"""Where the kennisbank keeps what it builds, from the environment or an `.env` file."""

from __future__ import annotations

import os
from pathlib import Path

DATA_MAP = Path(os.environ.get("ROUTEWIJZER_DATA_DIR", ".routewijzer"))
"""Folder for everything that is built: database, model, cache. Never in git."""


class InstellingFout(Exception):
    """A setting cannot be used; the message says in Dutch which and why."""


def instelling(naam: str, standaard: str = "") -> str:
    """The setting, from the environment or from the file that `<naam>_FILE` names (for secrets).

    Raises:
        InstellingFout: that file cannot be read.
    """
    bestand = os.environ.get(f"{naam}_FILE")
    if not bestand:
        return os.environ.get(naam, standaard)
    try:
        return Path(bestand).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InstellingFout(
            f"{naam}_FILE wijst naar {bestand}, dat niet te lezen is ({error.strerror})."
        ) from error


def contacten_bestand() -> Path:
    """The file of contacts that organisations gave; beside the kennisbank's content unless set otherwise."""
    return Path(os.environ.get("ROUTEWIJZER_CONTACTEN", Path(__file__).parent / "contactpersonen.csv"))


def database_url() -> str:
    """The SQLAlchemy URL of the store; an SQLite file in the data folder unless set otherwise."""
    return instelling("ROUTEWIJZER_DATABASE_URL", f"sqlite:///{DATA_MAP / 'kennisbank.db'}")
