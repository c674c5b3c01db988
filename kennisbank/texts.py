"""The fixed words around answers (kennisbank/teksten.yml), so that none stand in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kennisbank.reader import KENNISBANK_MAP

TEKSTEN_BESTAND = KENNISBANK_MAP / "teksten.yml"
CRISIS_BESTAND = KENNISBANK_MAP / "crisis.yml"


class Teksten:
    """Looks up a text by its dotted key and fills in its fields."""

    def __init__(self, boom: Mapping[str, Any]) -> None:
        self._boom = boom

    def __call__(self, sleutel: str, **velden: object) -> str:
        """The text at `sleutel` ("lokaal.kop"); KeyError names a key or field that is missing."""
        return str(self.ruw(sleutel)).format_map(velden).strip()

    def ruw(self, sleutel: str) -> Any:
        """Whatever stands at `sleutel`, unformatted."""
        knoop: Any = self._boom
        for deel in sleutel.split("."):
            if not isinstance(knoop, Mapping) or deel not in knoop:
                raise KeyError(f"teksten.yml mist '{sleutel}'")
            knoop = knoop[deel]
        return knoop


def read_teksten() -> dict[str, Any]:
    """Reads all text files as nested mappings; what to say in a crisis stands under `crisis`."""
    return {**_read(TEKSTEN_BESTAND), "crisis": _read(CRISIS_BESTAND)}


def _read(pad: Path) -> dict[str, Any]:
    boom: dict[str, Any] = yaml.safe_load(pad.read_text(encoding="utf-8"))
    return boom
