"""The settings of the web door, read once at start-up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.settings import InstellingFout, instelling

_LOOPBACK = ("localhost", "127.0.0.1")
_ORIGIN = re.compile(r"(?P<soort>https?)://(?P<naam>[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?")


@dataclass(frozen=True)
class Instellingen:
    """Where the page lives, and which sites may embed it."""

    adres: str | None
    insluiten_door: tuple[str, ...]

    @property
    def https(self) -> bool:
        """Whether visitors come over https."""
        return bool(self.adres and self.adres.startswith("https:"))

    @classmethod
    def from_environment(cls) -> Instellingen:
        """The settings of the environment.

        Raises:
            InstellingFout: one of them cannot be used.
        """
        adres = instelling("ROUTEWIJZER_WEB_ADRES")
        return cls(
            adres=_herkomst("ROUTEWIJZER_WEB_ADRES", adres) if adres else None,
            insluiten_door=tuple(
                _herkomst("ROUTEWIJZER_WEB_INSLUITEN_DOOR", site)
                for site in instelling("ROUTEWIJZER_WEB_INSLUITEN_DOOR").split()
            ),
        )


def _herkomst(naam: str, waarde: str) -> str:
    """A web origin without a path: `https://school.example`; http only on this machine."""
    treffer = _ORIGIN.fullmatch(waarde.lower().rstrip("/"))
    if not treffer:
        raise InstellingFout(f"{naam}: '{waarde}' is geen adres zoals https://www.school.nl")
    if treffer["soort"] == "http" and treffer["naam"] not in _LOOPBACK:
        raise InstellingFout(f"{naam}: '{waarde}' moet met https:// beginnen")
    return treffer[0]
