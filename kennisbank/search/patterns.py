"""Many regular expressions, looked for in one pass over a text however many there are (RE2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import re2

_GEHEUGEN = 32 << 20
"""Bytes that one set may take; RE2's own bound is that of a single pattern."""


class Patronen:
    """Regular expressions that hit whole words, in text without accents (`zonder_accenten`)."""

    def __init__(self, patronen: Sequence[str]) -> None:
        """Raises `re2.error` for what is no regular expression, or one that looks ahead or back."""
        self._patronen = tuple(patronen)
        opties = re2.Options()
        opties.max_mem = _GEHEUGEN
        self._samen = re2.Set.SearchSet(opties)
        for patroon in patronen:
            self._samen.Add(rf"(?:^|\W)(?:{patroon})(?:$|\W)")
        self._samen.Compile()

    def found_in(self, tekst: str) -> list[int]:
        """The numbers of those that the text holds, in order."""
        return sorted(self._samen.Match(tekst) or ())

    def __reduce__(self) -> tuple[Any, ...]:
        return Patronen, (self._patronen,)
