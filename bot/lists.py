"""Lists of words in a text file: a heading in brackets above each, one entry a line, `#` for a remark."""

from __future__ import annotations

import re
from pathlib import Path

_KOP = re.compile(r"\[(\w+)\]")


def read_lists(pad: Path) -> dict[str, list[str]]:
    """The lists of the file by their heading, in the order of the file."""
    lijsten: dict[str, list[str]] = {}
    entries: list[str] = []
    for regel in pad.read_text(encoding="utf-8").splitlines():
        kop = _KOP.fullmatch(regel)
        if kop:
            entries = lijsten.setdefault(kop[1], [])
        elif regel and not regel.startswith("#"):
            entries.append(regel)
    return lijsten
