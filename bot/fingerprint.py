"""Tells whether files of the project changed since something was built from them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bot.settings import PROJECT_MAP

_BESTANDSSOORTEN = {".yml", ".yaml", ".md", ".csv", ".py", ".txt"}


def fingerprint(namen: Sequence[str]) -> str:
    """One hash over these files and folders of the project."""
    digest = hashlib.sha256()
    for naam in namen:
        pad = PROJECT_MAP / naam
        bestanden = (
            [pad] if pad.is_file() else sorted(p for p in pad.rglob("*") if p.suffix in _BESTANDSSOORTEN)
        )
        for bestand in bestanden:
            digest.update(str(bestand.relative_to(PROJECT_MAP)).encode())
            digest.update(bestand.read_bytes())
    return digest.hexdigest()
