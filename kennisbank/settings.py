"""Where the kennisbank keeps what it builds, from the environment or an `.env` file."""

from __future__ import annotations

import os
from pathlib import Path

DATA_MAP = Path(os.environ.get("ROUTEWIJZER_DATA_DIR", ".routewijzer"))
"""Folder for everything that is built: database, model, cache. Never in git."""


def contacten_bestand() -> Path:
    """The file of contacts that organisations gave; beside the kennisbank's content unless set otherwise."""
    return Path(os.environ.get("ROUTEWIJZER_CONTACTEN", Path(__file__).parent / "contactpersonen.csv"))


def database_url() -> str:
    """The SQLAlchemy URL of the store; an SQLite file in the data folder unless set otherwise."""
    return os.environ.get("ROUTEWIJZER_DATABASE_URL", f"sqlite:///{DATA_MAP / 'kennisbank.db'}")
