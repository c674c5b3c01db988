"""The typed commands, the same in every door: `/vergeet`, `/mijngegevens`, `/gemeente Assen`, `/leerpad`, ...

A door hands over what was typed; what a command does is told here in terms of buttons and texts
that exist already. Only forgetting, copying and judging are the assistant's own work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kennisbank.answer import Antwoord, Knop
from kennisbank.model import Doelgroep
from kennisbank.places import Verwacht
from kennisbank.store import Kennisbank

VERGEET = "vergeet"
MIJNGEGEVENS = "mijngegevens"
GOED = "goed"
FOUT = "fout"
OPMERKING = "opmerking"
_KNOPPEN = {
    "start": "/groet",
    "help": "/help_wat_kun_je",
    "eenvoudig": "/eenvoudiger",
    "mens": "/mens_spreken",
    "leerpad": "/leerpad",
}
NAMEN = (*_KNOPPEN, "gemeente", "doelgroep", VERGEET, MIJNGEGEVENS, GOED, FOUT, OPMERKING)
# `/help@RoutewijzerBot` is how Telegram writes a command in a group.
_VORM = re.compile(rf"\s*/({'|'.join(NAMEN)})(?:@\w+)?(?:\s+(.*))?\s*", re.IGNORECASE | re.DOTALL)
_DOELGROEPEN = {
    "prof": Doelgroep.PROFESSIONAL,
    "oud": Doelgroep.OUD_LEERLING,
    "leerling": Doelgroep.OUD_LEERLING,
    "jong": Doelgroep.OUD_LEERLING,
    "coach": Doelgroep.COACH,
}


@dataclass(frozen=True)
class Opdracht:
    """A command with what was typed behind it."""

    naam: str
    waarde: str = ""

    @property
    def is_vergeet(self) -> bool:
        """Whether it asks to be forgotten: then nothing of the asking may stay either."""
        return self.naam == VERGEET

    @property
    def is_opmerking(self) -> bool:
        """Whether something was written with it about how the assistant does."""
        return self.naam in (GOED, FOUT, OPMERKING) and bool(self.waarde)

    def __str__(self) -> str:
        return f"/{self.naam} {self.waarde}".strip()


def herken(tekst: str) -> Opdracht | None:
    """The command that was typed, if it is one of ours."""
    treffer = _VORM.fullmatch(tekst)
    return Opdracht(treffer[1].lower(), (treffer[2] or "").strip()) if treffer else None


def als_bericht(opdracht: Opdracht, kb: Kennisbank) -> str | Antwoord:
    """The button or the words that do the same as the command, or the answer to one that is not clear."""
    if opdracht.naam == "gemeente":
        return _gemeente(opdracht.waarde, kb)
    if opdracht.naam == "doelgroep":
        return _doelgroep(opdracht.waarde, kb)
    return _KNOPPEN[opdracht.naam]


def vaste_knoppen(kb: Kennisbank) -> tuple[Knop, ...]:
    """The buttons under the answer to a command; they may be pressed in every conversation."""
    return tuple(Knop(kb.teksten(f"doelgroep.{d.value}"), _doelgroepknop(d)[1:]) for d in Doelgroep)


def _gemeente(waarde: str, kb: Kennisbank) -> str | Antwoord:
    if not waarde:
        return Antwoord.of(kb.teksten("opdracht.gemeente"))
    if not kb.plaatsen.zoek(waarde, date.today(), Verwacht.GEVRAAGD):
        return Antwoord.of(kb.teksten("lokaal.onbekende_plaats"))
    return waarde


def _doelgroep(waarde: str, kb: Kennisbank) -> str | Antwoord:
    gevonden = next((d for begin, d in _DOELGROEPEN.items() if waarde.lower().startswith(begin)), None)
    if gevonden:
        return _doelgroepknop(gevonden)
    return Antwoord.of(kb.teksten("gesprek.welke_doelgroep"), knoppen=vaste_knoppen(kb))


def _doelgroepknop(doelgroep: Doelgroep) -> str:
    return f"/doelgroep_{doelgroep.value.replace('-', '_')}"
