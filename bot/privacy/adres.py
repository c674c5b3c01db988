"""Street and house number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, ervoor, pattern
from bot.privacy.naamwoorden import is_vakwoord
from bot.privacy.woorden import einden_van, keuze, woordenlijst, zeldzaam

_STRAAT_EIND = (
    r"(?:straat|str\.?|straatje|laan|laantje|steeg|steegje|singel|gracht|dreef|kade|plantsoen|dijk|weg"
    r"|plein|pleintje|boulevard|wegje|weggetje)"
)
"""Endings that make a street in any case; those below only when the word is otherwise unknown."""
_STRAAT_EIND_ONZEKER = einden_van("straat_einden_onzeker")
_STRAAT_EIND_ERIN = pattern(rf"\w{_STRAAT_EIND}\b")
_GEEN_WOONADRES = woordenlijst("geen_woonadres")
_GEEN_STRAAT = woordenlijst("geen_straat")
_KALE_STRAAT = pattern(_STRAAT_EIND)
_HUISNUMMER = (
    r"(?P<nummer>(?!(?:19|20)\d\d\b)[1-9]\d{0,3}(?!\d)(?![.,:]\d)"
    r"(?:\s?[-/]\s?\d{1,3}\b(?!-)|\s?-?\s?(?:hs|bis|huis|zwart|rood|I{1,3})\b|\s?-?[a-h]\b(?!\.\w)|[a-z]\b)?)"
    rf"(?!\s*{keuze('geen_huisnummer')})(?!\w)"
)
_STRAAT = pattern(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,3})",
    rf"(?P<straat>\b[^\W\d_][\w'’.-]*?{_STRAAT_EIND})\s+(?:nr\.?\s?|nummer\s)?{_HUISNUMMER}",
)
_STRAAT_ZONDER_NAAM = pattern(
    rf"\b(?:aan|op)\s+(?:de|het|'t)\s+(?P<straat>{_STRAAT_EIND})\s+(?:nr\.?\s?|nummer\s)?{_HUISNUMMER}",
    r"(?=\s*(?:$|[.,;:!?)\n]|\b(?:in|te|bij|naast|en|maar|dus|want|met)\b))",
)
"""The number must end what is said: "op de kade 3 stageplekken" is no address."""
_STRAAT_ONZEKER = pattern(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,2})",
    rf"(?P<straat>\b[^\W\d_]{{5,}}),?\s+{_HUISNUMMER}",
)
_STRAAT_VAN = re.compile(
    r"\b(?:[A-Za-z]*(?:[Ll]aan|[Pp]lein|[Ww]eg|[Ss]traat|[Kk]ade|[Dd]ijk|[Pp]ad|[Hh]of|[Ss]ingel"
    r"|[Aa]chter))\s+"
    r"(?:(?:van|naar|aan|der|de|den|het|'t)\s+){1,3}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s+" + _HUISNUMMER
)
WOON = (
    r"\b(?:woon\w*|wonen|gewoond|verhuis\w*|verhuizen|ingeschreven|(?:woon|thuis|post|huis|bezoek)?adres\w*"
    r"|ophalen|thuis|langskomen|langs\s?gaan|huisbezoek|inschrijven|logeer\w*|slaap|kamer|huis|flat"
    r"|appartement|straat)\b"
)
_STRAAT_BIJ_WONEN = pattern(
    WOON,
    r"(?:[\s,:]+(?:is|was|wordt|nu|nog|zelf|sinds|samen|alleen|van|m(?:e|ij|ijn|n)|lln|leerling|moeder"
    r"|vader|oma|ik|we|wij|te|tijdelijk|nieuwe?|oude?))*",
    r"[\s,:]+(?:(?P<plek>op|aan|in|naar|bij)\s+)?(?:(?:de|het|'t)\s+)?",
    r"(?P<straat>(?:(?-i:[A-Z])[\w.'’-]*\s+(?:(?:de|het|den|der"
    r"|van)\s+)?){0,3}(?P<woord>[^\W\d_][\w'’-]{3,}))\s+",
    _HUISNUMMER,
)
_BEDRIJF_ERVOOR = pattern(keuze("bedrijf_ervoor"), r"\s+(?:de\s|het\s)?['\"‘“]?$")


def adressen(bericht: Bericht) -> Iterator[Vondst]:
    """Streets with a house number; an unusual street name counts where somebody lives."""
    for treffer in _STRAAT.finditer(bericht.tekst):
        if _is_straat(treffer, bericht):
            yield Vondst(_begin_straat(treffer), treffer.end("nummer"), "adres")
    for treffer in _STRAAT_ZONDER_NAAM.finditer(bericht.tekst):
        yield Vondst(treffer.start("straat"), treffer.end("nummer"), "adres")
    for treffer in _STRAAT_VAN.finditer(bericht.tekst):
        yield Vondst(treffer.start(), treffer.end("nummer"), "adres")
    for treffer in _STRAAT_ONZEKER.finditer(bericht.tekst):
        if _is_onzekere_straat(treffer, bericht):
            yield Vondst(_begin_straat(treffer), treffer.end("nummer"), "adres")
    for treffer in _STRAAT_BIJ_WONEN.finditer(bericht.tekst):
        if _is_straat_bij_wonen(treffer, bericht):
            yield Vondst(treffer.start("straat"), treffer.end("nummer"), "adres")


def _is_straat(treffer: re.Match[str], bericht: Bericht) -> bool:
    straat = treffer["straat"].lower()
    if straat in _GEEN_STRAAT or (_KALE_STRAAT.fullmatch(straat) and not _heet_zo(treffer)):
        return False
    return not _BEDRIJF_ERVOOR.search(ervoor(bericht, treffer.end("voorzet")))


def _heet_zo(treffer: re.Match[str]) -> bool:
    """Whether a bare "plein" is a name: "Lange Weg", "Het Plein", but not "mijn weg" nor "Kevin van Dijk"."""
    eigen = _begin_straat(treffer) < treffer.start("straat")
    return eigen and treffer["straat"][0].isupper() and treffer["straat"] != "Dijk"


def _is_onzekere_straat(treffer: re.Match[str], bericht: Bericht) -> bool:
    straat = treffer["straat"]
    if not straat[0].isupper() or not _STRAAT_EIND_ONZEKER.search(straat.lower()):
        return False
    onbekend = zeldzaam(straat, 2.5) and not bericht.is_plaats(straat)
    return onbekend and not _BEDRIJF_ERVOOR.search(ervoor(bericht, treffer.end("voorzet")))


def _is_straat_bij_wonen(treffer: re.Match[str], bericht: Bericht) -> bool:
    woord = treffer["woord"]
    straat_bedoeld = treffer["plek"] in ("op", "aan") or "adres" in treffer.group().lower()
    if is_vakwoord(woord) or woord.lower() in _GEEN_WOONADRES:
        return False
    if bericht.is_plaats(woord) and not straat_bedoeld:
        return False
    if not woord[0].isupper():
        return zeldzaam(woord, 2.5)
    return zeldzaam(woord, 5.0 if straat_bedoeld else 3.3) or bool(
        _STRAAT_EIND_ERIN.search(treffer["straat"])
    )


def _begin_straat(treffer: re.Match[str]) -> int:
    """Where the street starts: words before it that are plainly the sentence's own are left out."""
    begin = treffer.start("voorzet")
    for woord in re.finditer(r"\S+\s+", treffer["voorzet"]):
        kaal = woord.group().strip()
        if kaal.lower() not in _ZINSWOORDEN:
            return begin + woord.start()
    return treffer.start("straat")


_ZINSWOORDEN = woordenlijst("zinswoorden")
