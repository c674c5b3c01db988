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
    """A day in Dutch words: 2026-01-01 is '1 januari 2026'."""
    if isinstance(dag, str):
        delen = [int(deel) for deel in dag.split("-")]
        return f"{_MAANDEN[delen[1] - 1]} {delen[0]}" if len(delen) == 2 else str(delen[0])
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"
