"""Which word can be a name."""

from __future__ import annotations

import re

from bot.privacy.bericht import pattern
from bot.privacy.woorden import einden_van, opzoekvorm, woordenlijst

VOORNAMEN = woordenlijst("voornamen")
VOORNAMEN_OOK_WOORD = woordenlijst("voornamen_ook_woord")
ACHTERNAMEN = woordenlijst("achternamen")
NAMEN = VOORNAMEN | VOORNAMEN_OOK_WOORD | ACHTERNAMEN


_VAKWOORDEN = woordenlijst("vakwoorden")
GEEN_NAAMWOORD = woordenlijst("geen_naam")
_VAKWOORD_EIND = einden_van("vakwoord_einden")
_NAAMVORM = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-žı]+|[A-Z]['’][A-Z][a-zß-ÿ]+"
    r"|M(?:a)?c[A-Z][a-z]+)(?:-[A-ZÀ-Þa-z][a-zß-öø-ÿā-ž]+)*"
)
KAPITALEN = re.compile(r"[A-ZÀ-Þ]{4,}(?:-[A-ZÀ-Þ]+)*")
ACHTERNAAM_EIND = einden_van("achternaam_einden")
TUSSENVOEGSEL = (
    r"(?:v/d|v\.d\.?|v\.|(?:van|von)(?:\s+(?:de[rn]?|het|['’]t|la))?|vd|de\s+la|de[rn]?|(?:op|uit|in"
    r"|aan)\s+(?:den|['’]t)|['’]t|ter|ten|te|el|al|ben|bin|bint|da|di|do|dos|du|la|le|ait|ould|abou|abu|abd)"
)
STERK_TUSSENVOEGSEL = pattern(
    r"(?:v/d|v\.d\.?|vd|van\s+(?:de[rn]?|['’]t|het|la)|de[rn]|de\s+la|ter|ten|el|al|da|dos|bin|bint|ait"
    r"|ould|abou|abu|von|ben)\s+"
)
WOORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOORLETTERS = r"(?-i:(?:[A-Z]\.\s?){1,5}|(?:Th|Ch|Ph|Fr|Joh|IJ)\.\s?)"
DEEL = pattern(
    rf"(?P<gat>[ \t]+|(?<=\.)"
    rf"|(?<=^))?(?P<tussen>(?:{TUSSENVOEGSEL}\s+)?)(?P<woord>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)


def zonder_bezit(woord: str) -> str:
    """The word without the `'s` of who owns something."""
    return re.sub(r"['’]s?$", "", woord)


def is_vakwoord(woord: str) -> bool:
    """Whether the word belongs to the field: law, school, work."""
    sleutel = opzoekvorm(woord)
    if sleutel in _VAKWOORDEN or sleutel.partition("-")[0] in _VAKWOORDEN:
        return True
    return bool(_VAKWOORD_EIND.search(sleutel)) and sleutel not in NAMEN


def met_hoofdletter(woord: str) -> bool:
    """Whether the word is written as a name is."""
    return bool(_NAAMVORM.fullmatch(zonder_bezit(woord)))


def is_voornaam(woord: str) -> bool:
    """Whether the word is a first name and hardly anything else."""
    sleutel = opzoekvorm(zonder_bezit(woord))
    return sleutel in VOORNAMEN or ("-" in sleutel and sleutel.split("-")[0] in VOORNAMEN)
