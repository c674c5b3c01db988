"""What the checker tells an editor: one message, with the file and line it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Ernst(str, Enum):
    """How bad a message is: a `FOUT` stops the build, a `LET_OP` goes on the editors' list."""

    FOUT = "fout"
    LET_OP = "let op"


@dataclass(frozen=True, order=True)
class Melding:
    """One message about the content, in Dutch, for an editor who does not program."""

    bestand: str
    regel: int
    ernst: Ernst
    tekst: str

    def __str__(self) -> str:
        return f"{self.bestand}:{self.regel}: {self.ernst.value}: {self.tekst}"


class InhoudFout(Exception):
    """The content cannot be used; `meldingen` says where and what to do about it."""

    def __init__(self, meldingen: Sequence[Melding]) -> None:
        self.meldingen = list(meldingen)
        super().__init__("\n".join(str(melding) for melding in self.meldingen))


def fout(bestand: Path | str, regel: int, tekst: str) -> Melding:
    """A message that stops the build."""
    return Melding(str(bestand), regel, Ernst.FOUT, tekst)


def let_op(bestand: Path | str, regel: int, tekst: str) -> Melding:
    """A message for the editors' list; the build goes on."""
    return Melding(str(bestand), regel, Ernst.LET_OP, tekst)
