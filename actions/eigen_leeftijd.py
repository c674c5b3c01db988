"""Tells an age that is somebody's own ("hij is 17") from one that is only asked about ("op 18")."""

from __future__ import annotations

import re

_WOORDEN = "twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig"
_MET_TWINTIG = "eenen tweeën drieën vieren vijfen zesen zevenen"
_GETALLEN = {
    woord: jaren
    for jaren, woord in enumerate(
        (*_WOORDEN.split(), *(f"{deel}twintig" for deel in _MET_TWINTIG.split())), 12
    )
}
_GETAL = rf"(?P<getal>1[2-9]|2\d|{'|'.join(_GETALLEN)})\b(?![,.:/-]\d)(?! *(?:uur|euro|weken|dagen|maanden))"
_IEMAND = (
    "(?:leerling|lln|jongere|jongen|meisje|meid|cliënt|deelnemer|iemand|zoon|dochter|broertje|zusje|student)"
)
_IS = rf"(?:ik ben|(?:hij|zij|ze|die|(?:mijn|een|de|het|deze|onze) {_IEMAND}) is)"
_WORDT = "(?P<wordt>(?:hij|zij|ze) wordt|ik word)"
_TUSSEN = r"(?:(?:al|nog|nu|net|pas|inmiddels|trouwens|ook|toch|in \w+|volgende \w+|over \w+ \w+|morgen) )*"
_VERTELD = re.compile(
    rf"\b(?:(?:{_IS}|{_IEMAND} van) {_TUSSEN}(?P<bijna>bijna )?|{_WORDT} {_TUSSEN}){_GETAL}", re.IGNORECASE
)
"""A main clause about somebody. "Als hij 17 is" has the number before the verb, and only supposes."""
_ONDERWERP = re.compile(
    rf"\b(?:op|vanaf|tot|na|vóór|voor|met|rond|boven|onder) (?:je |zijn |haar )?{_GETAL}", re.I
)


def verteld(tekst: str) -> int | None:
    """The age that `tekst` tells of somebody; who is almost 18 or will be is 17."""
    treffer = _VERTELD.search(tekst)
    if treffer is None:
        return None
    getal = treffer["getal"].lower()
    jaren = _GETALLEN.get(getal) or int(getal)
    return jaren - 1 if treffer["bijna"] or treffer["wordt"] else jaren


def is_onderwerp(tekst: str) -> bool:
    """Whether an age is named as a point in life: "en op 21 dan?" does not make anybody 21."""
    return verteld(tekst) is None and _ONDERWERP.search(tekst) is not None
