"""Reads one name from where it starts: first names, prefixes, surnames."""

from __future__ import annotations

import re
from enum import Enum

from bot.privacy.bericht import Bericht
from bot.privacy.naamwoorden import (
    ACHTERNAAM_EIND,
    ACHTERNAMEN,
    DEEL,
    GEEN_NAAMWOORD,
    KAPITALEN,
    NAMEN,
    STERK_TUSSENVOEGSEL,
    VOORLETTERS,
    VOORNAMEN,
    VOORNAMEN_OOK_WOORD,
    is_vakwoord,
    is_voornaam,
    met_hoofdletter,
    zonder_bezit,
)
from bot.privacy.woorden import opzoekvorm, woordenlijst, zeldzaam


class Aanleiding(Enum):
    """How sure it is that a name follows; the less sure, the more the word itself must be a name."""

    GENOEMD = "heet, naam is, groetjes"
    TITEL = "mevrouw, dhr"
    ROL = "leerling, moeder, jobcoach"
    NAAM = "naam"
    ZELF = "ik ben, met"


_ZELDZAAM_KLEIN = {
    Aanleiding.GENOEMD: 4.0,
    Aanleiding.TITEL: 2.6,
    Aanleiding.ROL: 0.0,
    Aanleiding.NAAM: 0.0,
    Aanleiding.ZELF: 0.0,
}
_ZELDZAAM_GROOT = {
    Aanleiding.GENOEMD: 5.3,
    Aanleiding.TITEL: 5.0,
    Aanleiding.ROL: 3.9,
    Aanleiding.NAAM: 3.9,
    Aanleiding.ZELF: 3.6,
}
MEESTE_DELEN = 4
_MIN_BIJNA_PLAATS = 7
"""Letters: a shorter word differs from too many places by one."""
_MAAND_ALS_NAAM = woordenlijst("maand_als_naam")
_NUMMER_ERNA = re.compile(r"\s*\d")


def naam_vanaf(bericht: Bericht, begin: int, aanleiding: Aanleiding) -> int | None:
    """Where the name ends that starts at `begin`; nothing when there is no name."""
    tekst = bericht.tekst
    voorletters = re.compile(VOORLETTERS).match(tekst, begin)
    start = voorletters.end() if voorletters else begin
    deel = DEEL.match(tekst, start)
    if deel is None or (deel["gat"] and not voorletters):
        return None
    if aanleiding is Aanleiding.GENOEMD and opzoekvorm(deel["woord"]) in _MAAND_ALS_NAAM:
        return _eind_maandnaam(bericht, deel)
    if not _begint_naam(deel, bericht, aanleiding, bool(voorletters)) and not _klein_voluit(deel, bericht):
        return None
    return naam_verder(bericht, deel.end(), voluit=met_hoofdletter(deel["woord"]))


def _eind_maandnaam(bericht: Bericht, deel: re.Match[str]) -> int | None:
    """ "Hij heet mei ling": who is called like a month; a number or a year after it makes it the month."""
    if deel["tussen"] or _NUMMER_ERNA.match(bericht.tekst, deel.end()):
        return None
    volgende = DEEL.match(bericht.tekst, deel.end())
    eind = deel.end()
    if volgende and volgende["gat"] and not volgende["tussen"]:
        woord = volgende["woord"]
        if zeldzaam(woord, 4.0) and not onmogelijk(woord, bericht):
            eind = volgende.end()
    return naam_verder(bericht, eind, voluit=met_hoofdletter(deel["woord"]))


def _begint_naam(deel: re.Match[str], bericht: Bericht, aanleiding: Aanleiding, voorletters: bool) -> bool:
    woord, tussen = zonder_bezit(deel["woord"]), deel["tussen"]
    if onmogelijk(woord, bericht) and not _plaats_als_achternaam(woord, tussen, aanleiding, voorletters):
        return False
    if voorletters:
        return met_hoofdletter(woord)
    if tussen:
        return _begint_met_tussenvoegsel(woord, tussen, aanleiding)
    return _is_naamwoord(woord, aanleiding)


def onmogelijk(woord: str, bericht: Bericht) -> bool:
    """Whether no name can start with this word: a term, a place, an ordinary word."""
    sleutel = opzoekvorm(woord)
    if sleutel in VOORNAMEN:
        return False
    if sleutel in GEEN_NAAMWOORD or is_vakwoord(woord):
        return True
    return sleutel not in NAMEN and (bericht.is_plaats(woord) or _is_bijna_plaats(woord, bericht))


def _is_bijna_plaats(woord: str, bericht: Bericht) -> bool:
    """Whether it is a place with one letter doubled, not doubled or changed about: "Voorschotten"."""
    if len(woord) < _MIN_BIJNA_PLAATS:
        return False
    for plek in range(1, len(woord)):
        voor, na = woord[:plek], woord[plek:]
        dubbel, gewisseld = f"{voor}{na[0]}{na}", f"{voor}{na[1:2]}{na[0]}{na[2:]}"
        enkel = voor + na[1:] if voor[-1] == na[0] else dubbel
        if any(map(bericht.is_plaats, (dubbel, gewisseld, enkel))):
            return True
    return False


def _klein_voluit(deel: re.Match[str], bericht: Bericht) -> bool:
    """Two rare words without capitals of which the second is a surname: "ik ben zhivaro pinas"."""
    woord, volgende = deel["woord"], DEEL.match(bericht.tekst, deel.end())
    if not volgende or not volgende["gat"] or deel["tussen"] or not (woord + volgende["woord"]).islower():
        return False
    ook_woord = opzoekvorm(woord) in VOORNAMEN_OOK_WOORD
    if not (ook_woord or zeldzaam(woord, 2.8)) or _VERVOEGD.search(woord) or onmogelijk(woord, bericht):
        return False
    achternaam = opzoekvorm(volgende["woord"])
    return achternaam in ACHTERNAMEN or bool(ACHTERNAAM_EIND.search(achternaam) and zeldzaam(achternaam, 2.5))


def _plaats_als_achternaam(woord: str, tussen: str, aanleiding: Aanleiding, voorletters: bool) -> bool:
    """ "Mevrouw van Dongen" and "J. van Rossum" are persons, "mentor van Dongen" may be a place."""
    aangesproken = voorletters or aanleiding is Aanleiding.TITEL or tussen[:1].isupper()
    return aangesproken and met_hoofdletter(woord) and not is_vakwoord(woord)


def _begint_met_tussenvoegsel(woord: str, tussen: str, aanleiding: Aanleiding) -> bool:
    """A surname without first name: "mevrouw de Vries", "dhr. Van Zuilekom"."""
    if aanleiding is Aanleiding.ZELF:
        return False
    sterk = bool(STERK_TUSSENVOEGSEL.fullmatch(tussen)) or tussen[0].isupper()
    if met_hoofdletter(woord):
        return (
            sterk or aanleiding not in (Aanleiding.ROL, Aanleiding.NAAM) or opzoekvorm(woord) in ACHTERNAMEN
        )
    if aanleiding in (Aanleiding.ROL, Aanleiding.NAAM):
        return False
    if opzoekvorm(woord) in ACHTERNAMEN:
        return tussen.strip().lower() != "van het"
    return zeldzaam(woord, 3.5 if sterk and not tussen.lower().startswith("van de ") else 2.5)


def _is_naamwoord(woord: str, aanleiding: Aanleiding) -> bool:
    sleutel = opzoekvorm(woord)
    if is_voornaam(woord):
        return True
    bekend = sleutel in NAMEN
    if met_hoofdletter(woord):
        return bekend or (
            zeldzaam(woord, _ZELDZAAM_GROOT[aanleiding]) and not _is_afkomst(sleutel, aanleiding)
        )
    if aanleiding in (Aanleiding.GENOEMD, Aanleiding.NAAM) and KAPITALEN.fullmatch(woord):
        return bekend or zeldzaam(woord, 3.0)
    if not woord.islower():
        return False
    lijkt_achternaam = bekend or (ACHTERNAAM_EIND.search(sleutel) and zeldzaam(woord, 3.6))
    if lijkt_achternaam and aanleiding in (Aanleiding.GENOEMD, Aanleiding.TITEL):
        return True
    return zeldzaam(woord, _ZELDZAAM_KLEIN[aanleiding]) and not _VERVOEGD.search(sleutel)


def _is_afkomst(sleutel: str, aanleiding: Aanleiding) -> bool:
    """ "Ik ben Koerdisch", "ik ben Rotterdammer"."""
    return aanleiding is Aanleiding.ZELF and bool(_AFKOMST.search(sleutel))


_AFKOMST = re.compile(
    r"(?:isch|aan|ees|ier|ammer|enaar|inger|lander|een)$|^(?:drent|koerd|belg|brit|griek|rus|kroaat|serv"
    r"|tamil)$"
)
_VERVOEGD = re.compile(r"^(?:ge|ver|be)\w+(?:t|d|en)$|(?:ig|lijk|loos|baar|isch|ing|heid)$")


def naam_verder(bericht: Bericht, eind: int, voluit: bool) -> int:
    """Read on past the first name: more first names, prefixes and surnames."""
    for _ in range(MEESTE_DELEN):
        deel = DEEL.match(bericht.tekst, eind)
        if deel is None or not deel["gat"] or not _gaat_naam_verder(deel, bericht, voluit):
            break
        eind = deel.end()
    return eind


def _gaat_naam_verder(deel: re.Match[str], bericht: Bericht, voluit: bool) -> bool:
    woord, tussen = zonder_bezit(deel["woord"]), deel["tussen"]
    sleutel = opzoekvorm(woord)
    if met_hoofdletter(woord) or (KAPITALEN.fullmatch(woord) and voluit is False):
        if tussen:
            return _achternaam_na_tussenvoegsel(woord, tussen)
        return not onmogelijk(woord, bericht) and (sleutel in NAMEN or zeldzaam(woord, 4.6))
    if not woord.islower() or sleutel in GEEN_NAAMWOORD or is_vakwoord(woord):
        return False
    return _kleine_achternaam(woord, tussen, voluit)


def _achternaam_na_tussenvoegsel(woord: str, tussen: str) -> bool:
    if STERK_TUSSENVOEGSEL.fullmatch(tussen) or opzoekvorm(woord) in ACHTERNAMEN:
        return not is_vakwoord(woord)
    return not is_vakwoord(woord) and zeldzaam(woord, 3.6)


def _kleine_achternaam(woord: str, tussen: str, voluit: bool) -> bool:
    """A surname without a capital: "kevin bakkerhof", "yusra el hamdi", "tim de boer"."""
    if _VERVOEGD.search(opzoekvorm(woord)):
        return False
    bekend = opzoekvorm(woord) in ACHTERNAMEN
    if tussen:
        sterk = bool(STERK_TUSSENVOEGSEL.fullmatch(tussen))
        ruim = sterk and not tussen.lower().startswith(("van de ", "van het"))
        return bekend or zeldzaam(woord, 4.2 if ruim else 2.8)
    return not voluit and (bekend or is_voornaam(woord) or zeldzaam(woord, 2.6))
