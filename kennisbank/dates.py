"""Days in Dutch words."""

from __future__ import annotations

from datetime import date

_MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def schrijf_datum(dag: date | str) -> str:
    """A day in Dutch words: 2026-01-01 is '1 januari 2026'; "2026-01" and "2026" are less exact."""
    jaar, *rest = (int(deel) for deel in str(dag).split("-"))
    maand = [_MAANDEN[rest[0] - 1]] if rest else []
    return " ".join([*map(str, rest[1:]), *maand, str(jaar)])
