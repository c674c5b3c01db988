"""Where names stand: after a word that announces them, behind initials, or on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, ervoor, pattern
from bot.privacy.naam import MEESTE_DELEN, Aanleiding, naam_vanaf, naam_verder, onmogelijk
from bot.privacy.naamwoorden import (
    ACHTERNAAM_EIND,
    GEEN_NAAMWOORD,
    NAMEN,
    TUSSENVOEGSEL,
    VOORNAMEN_OOK_WOORD,
    WOORD,
    is_vakwoord,
    is_voornaam,
    met_hoofdletter,
    zonder_bezit,
)
from bot.privacy.woorden import LIJSTEN, keuze, opzoekvorm, woordenlijst, zeldzaam

_BEZIT = r"(?:mijn|mij|me|mn|m'n|m’n|zijn|z'n|haar|hun|onze|uw|je|jouw|de|een|zn)"
_FAMILIE = keuze("familie")
_FUNCTIE = keuze("functies")
_NAAMWOORD = r"\b(?:(?:voor|achter|roep|meisjes|geboorte|volledige\s)?na(?:am|men)|gegevens)\b"
_AANLEIDINGEN: tuple[tuple[Aanleiding, re.Pattern[str]], ...] = (
    (
        Aanleiding.GENOEMD,
        pattern(
            rf"{_NAAMWOORD}(?:\s+(?:van\s+)?(?:{_BEZIT}\s+)?(?:{_FAMILIE}|{_FUNCTIE}|kind))?\s*"
            r"(?:\s(?:is|was|luidt|zijn)(?:\s+(?:dus|trouwens|gewoon|nu))?\s+|[:=]\s*"
            r"|\s+vergeten[^:\n]{0,20}:\s*)"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        pattern(
            rf"\b(?:ik|hij|zij|ze|die|{_FAMILIE}|{_FUNCTIE})\s+(?:heet|heette|heten)\s+(?:(?:trouwens|dus"
            r"|nu|gewoon|eigenlijk)\s+)?"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        pattern(
            r"\b(?:heet|heten)\s+ik\s+|\bnoem(?:en|t)?\s+(?:me|mij|hem|haar)\s+(?:(?:maar|gewoon)\s+)?|\bgenaamd\s+"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        pattern(
            r"\b(?:groet(?:en|jes)?|gr\.?|grt[jz]?e?s?|mvg|m\.v\.g\.|liefs|hoogachtend|ondertekend"
            r"|t\.?n\.?v\.?|ten\s+name\s+van|op\s+naam\s+van)[\s,.!:-]*(?:van\s+)?"
        ),
    ),
    (
        Aanleiding.TITEL,
        pattern(
            r"\b(?:me[nv]eer|mijnheer|mevrouw|mevr|mvr|mw|mvrw|dhr|hr(?=\.)|de\s+heer|juf(?:frouw)?|meester"
            r"|meneertje|dr|drs|ir|dokter|prof|mr|fam(?:ilie)?)\b\.?\s+(?:(?:mr|dr|drs|ir|ing)\.?\s+)*"
        ),
    ),
    (Aanleiding.NAAM, pattern(rf"{_NAAMWOORD}\s+")),
    (
        Aanleiding.ROL,
        pattern(
            rf"\b(?:{_FAMILIE}|{_FUNCTIE})\b\s*(?:[:,(]\s*|\s[–-]\s)?(?<=[\s:,(])(?:(?-i:van)\s+)?(?:(?:mw|dhr"
            r"|mevr)\.?\s+)?"
        ),
    ),
    (Aanleiding.ZELF, pattern(r"\b(?:ik|k|ikke)\s*(?:ben|=)\s*(?:(?:ff|even|dus|trouwens|het|hier)\s+)*")),
    (Aanleiding.ZELF, pattern(r"\(=\s*")),
    (Aanleiding.GENOEMD, pattern(r"^\W*(?:hoi|hallo|hey|hi|hee|yo|dag)[\s,!]+(?=\w+\s+hier\b)")),
    (
        Aanleiding.ZELF,
        pattern(
            r"(?:^|[.!?\n])\W*(?:(?:hoi|hallo|hey|hi|hee|yo|dag|beste|goede\w+)\b[\s,!.]*)?"
            r"(?:(?:u|je)\s+spreekt\s+)?(?:met|dit\s+is|hier(?:\s+is)?|ben)\s+"
        ),
    ),
    (
        Aanleiding.ROL,
        pattern(
            r"\b(?:opp|dossier|casus|ontwikkeling|voortgang|verzuim|toekomstplan|overgangsdocument)\s+van\s+"
        ),
    ),
)
_ROL_VAN_INSTANTIE = pattern(rf"\b{_FUNCTIE}\s+van\s+$")
_VOORLETTER_NAAM = re.compile(
    rf"(?<![\w.])(?:(?:[A-Z]\.\s?){{1,5}}|(?:Th|Ch|Ph|Fr"
    rf"|Joh)\.\s?)(?P<tussen>(?:{TUSSENVOEGSEL}\s+)?)(?P<woord>[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*)"
)
_GEEN_PERSOON = pattern(
    r"\b(?:",
    "|".join(re.escape(naam) for naam in sorted(LIJSTEN["geen_persoon"], key=len, reverse=True)),
    r")\w*",
)
_INSTANTIE_WOORD = keuze("instanties")
_INSTANTIE = pattern(_INSTANTIE_WOORD)
_INSTANTIE_ERVOOR = pattern(
    rf"(?:\b(?:{_INSTANTIE_WOORD}|koning(?:in)?|prins(?:es)?|minister|staatssecretaris|president|premier"
    r"|zanger(?:es)?|rapper|voetballer|wet|sint)\s+(?:(?:de|het|van)\s+)?|\bhet\s+|\b(?:werk\w*|stage\w*"
    r"|\w*baan\w*|\w*baantje|contract|sollicit\w+|gesolliciteerd|slag|aangenomen|begonnen|vakken"
    r"|vakkenvul\w*|kassa|magazijn|leerwerkplek|proefplaatsing|begin\w*|neem\w*|plek"
    r"|loon)\s+(?:\w+\s+){0,3}bij\s+(?:de\s+)?|\b(?:zit|zat|zitten|school|les"
    r"|leerling)\s+(?:\w+\s+){0,2}op\s+(?:de\s+|het\s+)?)['\"‘“]?$"
)
_INSTANTIE_ERNA = pattern(
    rf"(?:(?:\s+{TUSSENVOEGSEL})?\s+(?:de\s+)?(?-i:[A-Z])\w*(?:school|college|lyceum|gymnasium|huis"
    r"|stichting|academie|instituut|hoeve))\b|",
    r"['’\"]?\s?-?\s?",
    keuze("achter_instantie"),
)


def namen(bericht: Bericht) -> Iterator[Vondst]:
    """Names by what announces them, by initials, and by the words themselves."""
    zicht = _zonder_instanties(bericht)
    yield from _namen_met_voorletters(zicht)
    for aanleiding, patroon in _AANLEIDINGEN:
        leesbaar = zicht if aanleiding is Aanleiding.ROL else bericht
        for treffer in patroon.finditer(leesbaar.tekst):
            yield from _naam_na(leesbaar, treffer, aanleiding)
    yield from _losse_namen(zicht)


def _zonder_instanties(bericht: Bericht) -> Bericht:
    tekst = _GEEN_PERSOON.sub(lambda treffer: _BEDEKT * len(treffer.group()), bericht.tekst)
    return Bericht(tekst, bericht.is_plaats, bericht.vandaag)


_BEDEKT = "\1"


def _namen_met_voorletters(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _VOORLETTER_NAAM.finditer(bericht.tekst):
        woord = treffer["woord"]
        gewoon = not zeldzaam(woord, 4.6) and opzoekvorm(woord) not in NAMEN
        afkorting = treffer.group().count(".") > MEESTE_DELEN - 1 and bericht.is_plaats(woord)
        onmogelijk = is_vakwoord(woord) or opzoekvorm(woord) in GEEN_NAAMWOORD or afkorting
        instantie = _INSTANTIE_ERNA.match(bericht.tekst, treffer.end())
        if met_hoofdletter(woord) and not (gewoon or onmogelijk or instantie):
            yield Vondst(treffer.start(), treffer.end(), "naam")


def _naam_na(bericht: Bericht, treffer: re.Match[str], aanleiding: Aanleiding) -> Iterator[Vondst]:
    begin = treffer.end()
    if aanleiding is Aanleiding.ROL and _ROL_VAN_INSTANTIE.search(treffer.group()):
        return
    aaneen = begin > 0 and bericht.tekst[begin - 1].isalpha()
    eind = None if aaneen else naam_vanaf(bericht, begin, aanleiding)
    if eind is None or _INSTANTIE_ERNA.match(bericht.tekst, eind):
        return
    yield Vondst(begin, eind, "naam")
    yield from _ook_genoemd(bericht, eind)


_EN = pattern(r"\s*(?:,|/|&|\ben\b|\bof\b)\s*")


def _ook_genoemd(bericht: Bericht, eind: int) -> Iterator[Vondst]:
    """The next of a list of names: "Loes/Bert", "Merel en Thijs"."""
    voegwoord = _EN.match(bericht.tekst, eind)
    woord = WOORD.match(bericht.tekst, voegwoord.end()) if voegwoord else None
    if woord and met_hoofdletter(woord.group()) and opzoekvorm(zonder_bezit(woord.group())) in NAMEN:
        verder = naam_verder(bericht, woord.end(), voluit=True)
        yield Vondst(woord.start(), verder, "naam")


def _losse_namen(bericht: Bericht) -> Iterator[Vondst]:
    """Names without a word that announces them."""
    for woord in WOORD.finditer(bericht.tekst):
        eind = _eind_losse_naam(bericht, woord)
        if eind is not None and not _hoort_bij_instantie(bericht, woord.start(), eind):
            yield Vondst(woord.start(), eind, "naam")
            yield from _ook_genoemd(bericht, eind)


def _hoort_bij_instantie(bericht: Bericht, begin: int, eind: int) -> bool:
    return bool(
        _INSTANTIE_ERVOOR.search(ervoor(bericht, begin)) or _INSTANTIE_ERNA.match(bericht.tekst, eind)
    )


def _eind_losse_naam(bericht: Bericht, treffer: re.Match[str]) -> int | None:
    woord = zonder_bezit(treffer.group())
    groot = met_hoofdletter(woord)
    if is_voornaam(woord) and (groot or woord.islower() or bericht.tekst.isupper()):
        return naam_verder(bericht, treffer.end(), voluit=groot)
    if not groot or is_vakwoord(woord) or _INSTANTIE.fullmatch(woord):
        return None
    if opzoekvorm(woord) in VOORNAMEN_OOK_WOORD:
        eind = _eind_met_achternaam(bericht, treffer, eist_zekerheid=False)
        return eind or _eind_midden_in_zin(bericht, treffer)
    if zeldzaam(woord, 3.5) and not onmogelijk(woord, bericht):
        if _LEEFTIJD_ERNA.match(bericht.tekst, treffer.end()):
            return treffer.end()
        return _eind_met_achternaam(bericht, treffer, eist_zekerheid=True)
    return None


_VOOR_EEN_PERSOON = pattern(
    r"(?:^|\s)(?:is|met|voor|over|kan|mag|moet|heeft|krijgt|begeleid|als|of|zegt|want|wil|zou|gaat|komt|was"
    r"|door|dat|omdat|en)\s$"
)
_MERKNAMEN = woordenlijst("merknamen")


def _eind_midden_in_zin(bericht: Bericht, treffer: re.Match[str]) -> int | None:
    """ "Is Job al 18": a capital that the sentence does not ask for makes the word a name."""
    sleutel = opzoekvorm(zonder_bezit(treffer.group()))
    if sleutel in _MERKNAMEN or not _VOOR_EEN_PERSOON.search(ervoor(bericht, treffer.start())):
        return None
    volgende = bericht.tekst[treffer.end() : treffer.end() + 2].strip()
    return treffer.end() if not volgende or volgende.islower() or volgende in ".,?!)" else None


_LEEFTIJD_ERNA = pattern(r"\s?[,(]\s?(?:1[2-9]|2\d)(?:[;,.]\d{1,2})?(?:\s?(?:jaar|jr)\b|\s?\))")


def _eind_met_achternaam(bericht: Bericht, treffer: re.Match[str], eist_zekerheid: bool) -> int | None:
    """The end of first name and surname, or of a first name that is listed with another."""
    eind = naam_verder(bericht, treffer.end(), voluit=True)
    if eind == treffer.end():
        return eind if not eist_zekerheid and _naast_voornaam(bericht, eind) else None
    laatste = zonder_bezit(bericht.tekst[treffer.end() : eind].split()[-1])
    if not met_hoofdletter(laatste):
        return None
    sleutel = opzoekvorm(laatste)
    lijkt_achternaam = sleutel in NAMEN or bool(ACHTERNAAM_EIND.search(sleutel))
    return eind if lijkt_achternaam or not eist_zekerheid else None


def _naast_voornaam(bericht: Bericht, eind: int) -> bool:
    voegwoord = _EN.match(bericht.tekst, eind)
    woord = WOORD.match(bericht.tekst, voegwoord.end()) if voegwoord else None
    return bool(woord and met_hoofdletter(woord.group()) and is_voornaam(woord.group()))
