"""Masking of personal data in a Dutch chat message, before anything is stored or logged.

Each finder reads the message and yields finds. What is found is blinded at once, so that a later,
less certain finder cannot read it again. Names come last but for dates: a date next to a name is a
date of birth.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterable, Iterator

from wordfreq import zipf_frequency

Plaatstoets = Callable[[str], bool]


@dataclass(frozen=True)
class Maskering:
    """A message without personal data, and which kinds were taken out, in order of appearance."""

    tekst: str
    soorten: tuple[str, ...]


@dataclass(frozen=True)
class Vondst:
    """One piece of personal data."""

    begin: int
    eind: int
    soort: str


@dataclass(frozen=True)
class Bericht:
    """The message as a finder sees it: what was found before is blinded, positions stay the same."""

    tekst: str
    is_plaats: Plaatstoets
    vandaag: date


Zoeker = Callable[[Bericht], Iterable[Vondst]]


def masker(tekst: str, is_plaats: Plaatstoets | None = None, vandaag: date | None = None) -> Maskering:
    """Replace personal data by placeholders; `vandaag` decides which dates can be a date of birth."""
    soorten: dict[str, None] = {}
    while True:
        bericht = Bericht(_verblind(tekst), is_plaats or _nergens, vandaag or date.today())
        vondsten = _vondsten(bericht)
        if not vondsten:
            return Maskering(tekst, tuple(soorten))
        soorten |= dict.fromkeys(vondst.soort for vondst in vondsten)
        # A placeholder may be the cue for the next find; another round keeps masking idempotent.
        tekst = _ingevuld(tekst, vondsten)


def _nergens(_naam: str) -> bool:
    return False


def _vondsten(bericht: Bericht) -> list[Vondst]:
    """All finds, in order of appearance."""
    vondsten: list[Vondst] = []
    for zoeker in _ZOEKERS:
        for vondst in zoeker(bericht):
            if _BLIND not in bericht.tekst[vondst.begin : vondst.eind]:
                vondsten.append(vondst)
                bericht = _bedekt(bericht, vondst)
    return sorted(vondsten, key=lambda vondst: vondst.begin)


def _bedekt(bericht: Bericht, vondst: Vondst) -> Bericht:
    blind = _BLIND * (vondst.eind - vondst.begin)
    tekst = bericht.tekst[: vondst.begin] + blind + bericht.tekst[vondst.eind :]
    return Bericht(tekst, bericht.is_plaats, bericht.vandaag)


def _ingevuld(tekst: str, vondsten: list[Vondst]) -> str:
    for vondst in reversed(vondsten):
        tekst = f"{tekst[: vondst.begin]}[{vondst.soort}]{tekst[vondst.eind :]}"
    return tekst


def _verblind(tekst: str) -> str:
    return _PLAATSHOUDER.sub(lambda treffer: _BLIND * len(treffer.group()), tekst)


_BLIND = "\0"
_PLAATSHOUDER = re.compile(r"\[(?:bsn|telefoon|e-mail|iban|geboortedatum|adres|postcode|naam)\]")


def _patroon(*delen: str) -> re.Pattern[str]:
    return re.compile("".join(delen), re.IGNORECASE)


def _treffers(patroon: re.Pattern[str], tekst: str, soort: str) -> Iterator[Vondst]:
    for treffer in patroon.finditer(tekst):
        yield Vondst(treffer.start(), treffer.end(), soort)


def _cijfers(tekst: str) -> str:
    return "".join(teken for teken in tekst if teken.isdigit())


# --- E-mail ---------------------------------------------------------------------------------------

_PUNT = r"(?:\s*\.\s*|\s+(?:punt|dot|punten)\s+)"
_SCHRIJFTEKEN = (
    r"(?:\s*[._-]\s*|\s+(?:punt|dot|streepje|koppelteken|underscore|(?:laag|liggend)\s?streepje)\s+)"
)
_APENSTAART = (
    r"(?:\s*@\s*|\s*[\[({<]\s*(?:at|apenstaart\w*)\s*[\])}>]\s*|\s+(?:at|appenstaart\w*|ape(?:n|s)?taart\w*"
    r"|ape(?:n)?staart\w*)\s+)"
)
_TLD = r"(?:com|nl|org|net|eu|be|de|info|nu|edu|frl|amsterdam|online|me|co|io)"
_AANBIEDER = r"(?:gmail|hotmail|outlook|live|icloud|yahoo|ziggo|kpnmail|planet|home|xs4all|student)"
_EMAIL = _patroon(r"[\w.+-]*[\w+]@[\w-]+(?:\.[\w-]+)*")
_EMAIL_UITGESCHREVEN = _patroon(
    rf"\b[\w+]+(?:{_SCHRIJFTEKEN}[\w+]+)*{_APENSTAART}[\w-]+(?:{_PUNT}[\w-]+)*?{_PUNT}{_TLD}\b"
)
_EMAIL_BIJ_AANBIEDER = _patroon(rf"\b\w+(?:{_SCHRIJFTEKEN}\w+)*{_APENSTAART}{_AANBIEDER}\b")
_EMAIL_ZONDER_APENSTAART = _patroon(rf"\b(?=\w*[\d._])[\w.]+\s{_AANBIEDER}\.{_TLD}\b")


def _emails(bericht: Bericht) -> Iterator[Vondst]:
    for patroon in (_EMAIL_UITGESCHREVEN, _EMAIL, _EMAIL_BIJ_AANBIEDER, _EMAIL_ZONDER_APENSTAART):
        yield from _treffers(patroon, bericht.tekst, "e-mail")


# --- IBAN -----------------------------------------------------------------------------------------

_IBAN_LENGTES = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "GR": 27,
    "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "PL": 28, "PT": 25, "RO": 24, "TR": 26,
}  # fmt: skip
_IBAN_NL = _patroon(r"(?<!\w)NL[\s.-]?(?:\d[\s.-]?){2}(?:[A-Z][\s.-]?){4}\d(?:[\s.-]?\d){7,11}(?!\d)")
_IBAN_BUITENLAND = _patroon(
    r"(?<!\w)(?:",
    "|".join(rf"{land}\d\d(?:[\s.-]?[A-Z\d]){{{lengte - 4}}}" for land, lengte in _IBAN_LENGTES.items()),
    r")(?!\w)",
)
_REKENING = _patroon(
    r"(?:\biban|bank\s?rekening|rekening\s?(?:nummer|nr)|giro\s?(?:nummer|nr)|\brek\.?\s?nr)\w*[^\w\n]*"
    r"(?:(?:is|nu|nummer|van\s+m(?:ij|e))\s+)*(?P<nummer>\d(?:[ .-]?\d){6,9})(?![ .-]?\d)"
)


def _ibans(bericht: Bericht) -> Iterator[Vondst]:
    yield from _treffers(_IBAN_NL, bericht.tekst, "iban")
    for treffer in _IBAN_BUITENLAND.finditer(bericht.tekst):
        if _klopt_iban(treffer.group()):
            yield Vondst(treffer.start(), treffer.end(), "iban")
    for treffer in _REKENING.finditer(bericht.tekst):
        yield Vondst(*treffer.span("nummer"), "iban")


def _klopt_iban(tekst: str) -> bool:
    """The check of ISO 13616: letters become numbers, and the remainder by 97 is 1."""
    tekens = [teken for teken in tekst if teken.isalnum() and teken.isascii()]
    return int("".join(str(int(teken, 36)) for teken in tekens[4:] + tekens[:4])) % 97 == 1


# --- Phone ----------------------------------------------------------------------------------------

_DATUM_VORM = r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?!\d)"
_GEEN_LIJN = r"(?!0[89]00|090[69])"
_TUSSEN = r"[\s./()–-]{0,3}"
_GETAL_IN_LETTERS = (
    r"(?:(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:en|ën)?"
    r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))"
    r"|nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
    r"|(?:der|veer|vijf|zes|zeven|acht|negen)tien)"
)
_TELEFOON = (
    _patroon(rf"(?<![\w+])(?:\+|00)\s?31{_TUSSEN}(?:0{_TUSSEN})?[1-9](?:{_TUSSEN}\d){{8}}(?!\d)"),
    _patroon(r"(?<![\w+])(?:\+\d|00[1-9])\d{0,2}(?:[\s./()-]{0,2}\d){7,11}(?!\d)"),
    _patroon(rf"(?<![\w.,+-])(?!{_DATUM_VORM}){_GEEN_LIJN}\(?0[1-9](?:{_TUSSEN}\d){{8}}(?!\d|[.,]\d)"),
    _patroon(r"(?<![\w.,])06[\s-]{0,3}\d{7,9}(?!\d)"),
    _patroon(
        rf"\b(?:nul[\s,-]*zes|06)(?:[\s,-]+(?:{_GETAL_IN_LETTERS}|\d{{1,4}})\b){{3,10}}",
    ),
)
_TELEFOON_NA_WOORD = _patroon(
    r"\b(?:tel(?:\.|\s?nr\b|\s?nummer)?|telefoon(?:\s?nummer|nr)?|mobiel(?:e?\s?nummer|nr)?|06(?:nummer|nr))"
    r"[\s.:]*(?:(?:is|van\s+m(?:e|ij|n|'n)(?:\s\w+)?|nummer)[\s:]+)*",
    rf"(?P<nummer>(?!{_DATUM_VORM}|(?:19|20)\d\d\b){_GEEN_LIJN}\(?\d{_TUSSEN}(?:\d{_TUSSEN}){{5,10}}\d)(?!\d)",
)


def _telefoons(bericht: Bericht) -> Iterator[Vondst]:
    for patroon in _TELEFOON:
        yield from _treffers(patroon, bericht.tekst, "telefoon")
    for treffer in _TELEFOON_NA_WOORD.finditer(bericht.tekst):
        yield Vondst(*treffer.span("nummer"), "telefoon")


# --- BSN ------------------------------------------------------------------------------------------

_BSN_WOORD = _patroon(r"\bb\.?s\.?n(?:\b|[-\s']?(?:nummer|nr|s\b))|burger\s?(?:service)?\s?-?(?:nummer|nr)|\bsofi")
_BSN_KANDIDAAT = re.compile(r"(?<![\w.,-])(?<!\d )\d(?:[ .\t-]{0,2}\d){6,9}(?![\d%])(?!,\d)")
_ANDER_NUMMER = _patroon(
    r"(?:\bkvk|kamer van koophandel|vacature|crebo|brin|zaak|dossier|order|bestel|factuur|klant|kenmerk|btw|rsin"
    r"|isbn|lidnummer|volgnummer|referentie|ticket|€|\bart(?:ikel)?)[\w\s.:#-]{0,18}$"
)
_BEDRAG_ERNA = _patroon(r"\s?(?:euro|eur\b|€|mensen|banen|inwoners)")
_BSN_VOOR, _BSN_NA = 50, 40


def _bsns(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _BSN_KANDIDAAT.finditer(bericht.tekst):
        if _is_bsn(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "bsn")


def _is_bsn(treffer: re.Match[str], bericht: Bericht) -> bool:
    voor = bericht.tekst[max(0, treffer.start() - _BSN_VOOR) : treffer.start()]
    na = bericht.tekst[treffer.end() : treffer.end() + _BSN_NA]
    nummer = treffer.group()
    if _lijkt_datum(nummer) or _ANDER_NUMMER.search(voor) or _BEDRAG_ERNA.match(na):
        return False
    if _BSN_WOORD.search(voor) or _BSN_WOORD.search(na):
        return True
    return _elfproef(_cijfers(nummer)) and _als_bsn_geschreven(nummer)


def _elfproef(cijfers: str) -> bool:
    """Whether the number is a BSN: weights 9 to 2 and then -1 make a multiple of eleven."""
    if len(cijfers) not in (8, 9):
        return False
    negen = [int(cijfer) for cijfer in cijfers.zfill(9)]
    som = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), negen)) - negen[8]
    return som % 11 == 0 and any(negen)


def _als_bsn_geschreven(nummer: str) -> bool:
    """Eight digits or a year among the groups may be anything, so those must be written in one piece."""
    groepen = re.findall(r"\d+", nummer)
    return len(groepen) == 1 or (
        len(_cijfers(nummer)) == 9 and not any(re.fullmatch(r"(?:19|20)\d\d", groep) for groep in groepen)
    )


def _lijkt_datum(nummer: str) -> bool:
    if _DATUM_GEHEEL.fullmatch(nummer.strip()):
        return True
    cijfers = _cijfers(nummer)
    return len(cijfers) == 8 and _datum(cijfers[:2], cijfers[2:4], cijfers[4:]) is not None


# --- Date of birth --------------------------------------------------------------------------------

_MAANDEN = {
    maand: nummer
    for nummer, maanden in enumerate(
        "januari jan|februari feb febr|maart mrt|april apr|mei|juni jun|juli jul|augustus aug"
        "|september sep sept|oktober okt oct|november nov|december dec".split("|"),
        start=1,
    )
    for maand in maanden.split()
}
_JAAR = r"(?P<{0}>(?:19|20)\d\d|['’‘]?\d\d)(?!\d|[.,-]\d)"
_DATUM = _patroon(
    r"(?<![\w.-])(?:",
    r"(?P<d1>\d{1,2})\s?[-./]\s?(?P<m1>\d{1,2})\s?[-./]\s?" + _JAAR.format("j1"),
    r"|(?P<j2>(?:19|20)\d\d)[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)",
    r"|(?P<d3>\d{1,2})(?:e|ste|de)?[\s-]+(?:van\s)?(?P<m3>" + "|".join(sorted(_MAANDEN, key=len, reverse=True)),
    r")\.?[\s-]+(?:van\s)?" + _JAAR.format("j3"),
    r"|(?P<d4>\d{1,2})\s(?P<m4>\d{1,2})\s(?P<j4>(?:19|20)\d\d)(?!\d)",
    r")",
)
_DATUM_AANEEN = _patroon(r"(?<!\w)(?P<d>\d\d)(?P<m>\d\d)(?P<j>(?:19|20)?\d\d)(?!\w)")
_DATUM_GEHEEL = _DATUM
_GEBOORTE = r"(?:\bgeboren|geboorte\s?(?:dag|datum|dat)\w*|\bgeb(?:oren)?\b\.?|\bgeb\.?\s?-?dat\w*|\bg\.?d\.?:)"
_GEBOORTE_VOOR = _patroon(_GEBOORTE, r"[^\d\n]{0,40}$|\b(?:ver)?jaar(?:dag|ig)\w*[^\d\n]{0,30}$|\bjarig[^\d\n]{0,25}$")
_GEBOORTE_OOK = _patroon(_GEBOORTE, r".{0,45}$")
_GEBOORTE_NA = _patroon(
    r"[\s,)]{0,3}(?:ben ik |is (?:hij|zij|ze) |is )?(?:geboren\b|jarig\b|"
    r"is (?:me|mijn|mn|m'n|zijn|z'n|haar) (?:geboorte|verjaar))"
)
_LAND_VAN_KOMST = r"(?:\b(?:ik|hij|zij|ze|die)\s+(?:ben|is|kom|komt)|^\s*(?:ben|kom)|\bik\s*ben|\bben)"
_LEEFTIJD_VOOR = _patroon(_LAND_VAN_KOMST, r"\s+(?:er\s+een\s+|eentje\s+|dus\s+)?van\s+$|\bbouwjaar[\s:]+$")
_PERSOON_ERVOOR = _patroon(
    rf"(?:{_BLIND}|\b(?:zoon|dochter|leerling|leerlinge|lln|broer(?:tje)?|zus(?:je)?|moeder|vader|kind|cli[eë]nt"
    r"|jongere|kandidaat|deelnemer|stagiaire?|student|pupil))[\s,;:(/|*-]{1,4}(?:d\.?d\.?\s)?$"
)
_PERSOON_ERNA = _patroon(rf"[\s,;:)/|-]{{1,4}}{_BLIND}")
_ALLEEN = _patroon(r"\W*")
_JONGST, _OUDST = 8, 70


def _geboortedata(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _DATUM.finditer(bericht.tekst):
        if _is_geboortedatum(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")
    for treffer in _DATUM_AANEEN.finditer(bericht.tekst):
        dag = _datum(*treffer.group("d", "m", "j"))
        if dag and _GEBOORTE_VOOR.search(bericht.tekst[: treffer.start()]):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")


def _is_geboortedatum(treffer: re.Match[str], bericht: Bericht) -> bool:
    dag = _datum(*_dag_maand_jaar(treffer))
    if dag is None:
        return False
    voor, na = bericht.tekst[: treffer.start()], bericht.tekst[treffer.end() :]
    if _GEBOORTE_VOOR.search(voor) or _GEBOORTE_NA.match(na):
        return True
    return _past_bij_leeftijd(dag, bericht.vandaag) and _bij_persoon(voor, na)


def _bij_persoon(voor: str, na: str) -> bool:
    if _LEEFTIJD_VOOR.search(voor) or _PERSOON_ERVOOR.search(voor) or _PERSOON_ERNA.match(na):
        return True
    return bool(_GEBOORTE_OOK.search(voor) or (_ALLEEN.fullmatch(voor) and _ALLEEN.fullmatch(na)))


def _dag_maand_jaar(treffer: re.Match[str]) -> tuple[str, str, str]:
    vorm = next(nummer for nummer in "1234" if treffer[f"d{nummer}"])
    return treffer[f"d{vorm}"], treffer[f"m{vorm}"], treffer[f"j{vorm}"]


def _datum(dag: str, maand: str, jaar: str) -> date | None:
    """The date, or nothing when it does not exist; two digits for the year are read as a birth year."""
    jaartal = int(_cijfers(jaar))
    if jaartal < 100:
        jaartal += 2000 if jaartal < 30 else 1900
    try:
        return date(jaartal, _MAANDEN.get(maand.lower()) or int(maand), int(dag))
    except ValueError:
        return None


def _past_bij_leeftijd(dag: date, vandaag: date) -> bool:
    return _JONGST <= (vandaag - dag).days / 365.25 <= _OUDST


# --- Address --------------------------------------------------------------------------------------

_STRAAT_EIND = (
    r"(?:straat|str\.?|straatje|laan|laantje|steeg|steegje|singel|gracht|dreef|kade|plantsoen|dijk|weg|plein|pleintje"
    r"|boulevard|wegje|weggetje)"
)
"""Endings that make a street in any case; those below only when the word is otherwise unknown."""
_STRAAT_EIND_ONZEKER = re.compile(
    r"(?:pad|gang|hof|hofje|erf|akker|wal|park|haven|brug|kamp|poort|berg|bergje|veld|wijk|oord|hoek|brink|ring|heide"
    r"|bos|zoom|tuin|horst|meer|zijde|pol|wiek|burcht|rand|donk|land|werf|sloot|vaart|ven|beek|duin|markt|terrein"
    r"|velden|tuinen|hoeve|es|stee|meent|gaard|hage|rade|eind|einde|diep|wier|kamer|stede|schans|vest|veste|wold)$"
)
_GEEN_STRAAT = frozenset(
    "onderweg omweg uitweg snelweg spoorweg overweg halverwege terugweg werkplein leerplein jongerenplein"
    " onderwijsplein schoolplein voorplein leerweg deelweg leerwerkplein zijweg heenweg vluchtweg beroepsweg"
    " gemengdeweg basisweg kaderweg informatieplein wmoplein zorgplein participatieplein doeplein marktplein"
    " banenplein dorpsplein stadsplein werkweg loopweg rijweg doorweg".split()
)
_HUISNUMMER = (
    r"(?P<nummer>(?!(?:19|20)\d\d\b)[1-9]\d{0,3}(?!\d)(?![.,:]\d)(?:\s?[-/]\s?\d{1,3}\b(?!-)|\s?-?\s?(?:hs|bis|huis|zwart"
    r"|rood|I{1,3})\b|\s?-?[a-h]\b(?!\.\w)|[a-z]\b)?)"
    r"(?!\s*(?:%|procent|euro|eur\b|jaar|jaren|jr\b|maand|mnd|week|weken|wk\b|dag|uur|uren|km\b|meter|minuten|min\b"
    r"|keer|x\b|personen|mensen|leerlingen|lln|plekken|plaatsen|banen|kamers|vacatures|januari|februari|maart|april"
    r"|mei\b|juni|juli|augustus|september|oktober|november|december|bedrijven|jongeren|stage|klanten|huizen))(?!\w)"
)
_STRAAT = _patroon(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,3})",
    rf"(?P<straat>\b[^\W\d_][\w'’.-]*?{_STRAAT_EIND})(?P<gat>,?\s+(?:nr\.?\s?|nummer\s)?){_HUISNUMMER}",
)
_STRAAT_ONZEKER = _patroon(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,2})",
    rf"(?P<straat>\b[^\W\d_]{{5,}}),?\s+{_HUISNUMMER}",
)
_STRAAT_VAN = re.compile(
    r"\b(?:[A-Za-z]*(?:[Ll]aan|[Pp]lein|[Ww]eg|[Ss]traat|[Kk]ade|[Dd]ijk|[Pp]ad|[Hh]of|[Ss]ingel|[Aa]chter))\s+"
    r"(?:(?:van|naar|aan|der|de|den|het|'t)\s+){1,3}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s+" + _HUISNUMMER
)
_WOON = (
    r"\b(?:woon\w*|wonen|gewoond|verhuis\w*|verhuizen|ingeschreven|(?:woon|thuis|post|huis|bezoek)?adres\w*|ophalen"
    r"|thuis|langskomen|langs\s?gaan|huisbezoek|inschrijven|logeer\w*|slaap|kamer|huis|flat|appartement|straat)\b"
)
_STRAAT_BIJ_WONEN = _patroon(
    _WOON,
    r"(?:[\s,:]+(?:is|was|wordt|nu|nog|zelf|sinds|samen|alleen|van|m(?:e|ij|ijn|n)|lln|leerling|moeder|vader|oma|ik|we"
    r"|wij|te|tijdelijk|nieuwe?|oude?))*",
    r"[\s,:]+(?:(?:op|aan|in|naar|bij)\s+)?(?:(?:de|het|'t)\s+)?",
    r"(?P<straat>(?:(?-i:[A-Z])[\w.'’-]*\s+(?:(?:de|het|den|der|van)\s+)?){0,3}(?P<woord>[^\W\d_][\w'’-]{3,}))\s+",
    _HUISNUMMER,
)
_BEDRIJF_ERVOOR = _patroon(
    r"(?:restaurant|eetcaf[eé]|caf[eé]|bakkerij|lunchroom|hotel|winkel|brasserie|kapper|kapsalon|garage|bistro|snackbar"
    r"|stichting|project|bedrijf|slagerij|supermarkt|grand\s?caf[eé]|atelier|cafetaria|pizzeria)\s+(?:de\s|het\s)?['\"‘“]?$"
)


def _adressen(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _STRAAT.finditer(bericht.tekst):
        if _is_straat(treffer, bericht):
            yield Vondst(_begin_straat(treffer), treffer.end("nummer"), "adres")
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
    kaal = re.fullmatch(_STRAAT_EIND, straat)
    if straat in _GEEN_STRAAT or (kaal and not treffer["voorzet"].strip()):
        return False
    return not _BEDRIJF_ERVOOR.search(bericht.tekst[: treffer.end("voorzet")])


def _is_onzekere_straat(treffer: re.Match[str], bericht: Bericht) -> bool:
    straat = treffer["straat"]
    if not straat[0].isupper() or not _STRAAT_EIND_ONZEKER.search(straat.lower()):
        return False
    onbekend = _zeldzaam(straat, 2.5) and not bericht.is_plaats(straat)
    return onbekend and not _BEDRIJF_ERVOOR.search(bericht.tekst[: treffer.end("voorzet")])


def _is_straat_bij_wonen(treffer: re.Match[str], bericht: Bericht) -> bool:
    woord = treffer["woord"]
    if bericht.is_plaats(woord) or _is_vakwoord(woord):
        return False
    return _zeldzaam(woord, 3.3 if woord[0].isupper() else 2.5)


def _begin_straat(treffer: re.Match[str]) -> int:
    """Where the street starts: words before it that are plainly the sentence's own are left out."""
    begin = treffer.start("voorzet")
    for woord in re.finditer(r"\S+\s+", treffer["voorzet"]):
        kaal = woord.group().strip()
        if kaal.lower() not in _ZINSWOORDEN:
            return begin + woord.start()
    return treffer.start("straat")


_ZINSWOORDEN = frozenset(
    "ik wij we mijn me adres adreswijziging op aan in naar bij is het de een woon woont wonen we verhuisd".split()
)

# --- Postcode -------------------------------------------------------------------------------------

_POSTCODE = _patroon(r"(?<![\w.,€-])(?<!€\s)(?P<cijfers>[1-9]\d{3})(?P<gat>\s{0,2})(?P<letters>[a-z]{2})(?![\w'’])")
_POSTCODE_WOORD = _patroon(_WOON, r"|\b(?:post\s?code|pc|buurt|gebied)\b")
_GEEN_POSTCODE = frozenset(
    "in is op de en je ik me of te ze er om we zo ex nu na al ga ja mn kn st pm pj kg km gr mm cm ml kb bb gl tl eu ct"
    " px up as at to by nr dd br ne zn bv cq ev nc vs ok oh ha ff im am va tm nm he hé mb gb tb mw kw wh pk ov"
    " db pw ma di wo do vr za zo st nd rd th ad el la un au et zm wn hb hr hz wm uu u- 's an my go no so us do"
    " if it on be ie da wa ns dr sp wv ah tv pc dj".split()
)


def _postcodes(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _POSTCODE.finditer(bericht.tekst):
        if _is_postcode(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "postcode")


def _is_postcode(treffer: re.Match[str], bericht: Bericht) -> bool:
    letters = treffer["letters"]
    voor = bericht.tekst[max(0, treffer.start() - 45) : treffer.start()]
    aanleiding = bool(_POSTCODE_WOORD.search(voor)) or voor.rstrip(" ,").endswith(_BLIND)
    hoofdletters = letters.isupper() and not bericht.tekst.isupper()
    if letters.lower() in _GEEN_POSTCODE:
        return aanleiding and hoofdletters
    if re.fullmatch(r"(?:19|20)\d\d", treffer["cijfers"]) and treffer["gat"]:
        return aanleiding
    alleen = not voor.strip() and not bericht.tekst[treffer.end() :].strip(" .!?")
    return hoofdletters or aanleiding or alleen or not treffer["gat"]


# --- Names: the words -----------------------------------------------------------------------------


def _sleutel(woord: str) -> str:
    """A word without case and accents, to look it up."""
    ontleed = unicodedata.normalize("NFKD", woord.lower().replace("’", "'").replace("ı", "i"))
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def _lees_lijsten(pad: Path) -> dict[str, tuple[str, ...]]:
    lijsten: dict[str, list[str]] = {}
    for regel in pad.read_text(encoding="utf-8").splitlines():
        if regel.startswith("["):
            lijst = lijsten.setdefault(regel.strip("[]"), [])
        elif regel and not regel.startswith("#"):
            lijst.append(_sleutel(regel))
    return {kop: tuple(namen) for kop, namen in lijsten.items()}


_LIJSTEN = _lees_lijsten(Path(__file__).with_name("namen.txt"))
_VOORNAMEN = frozenset(_LIJSTEN["voornamen"])
_VOORNAMEN_OOK_WOORD = frozenset(_LIJSTEN["voornamen_ook_woord"])
_ACHTERNAMEN = frozenset(_LIJSTEN["achternamen"])
_NAMEN = _VOORNAMEN | _VOORNAMEN_OOK_WOORD | _ACHTERNAMEN

_VAKWOORDEN = frozenset(
    "wajong wajonger entree pro vso wmo wlz wsw route arbeid werk werkcentrum dagbesteding participatiewet jeugdwet"
    " ziektewet zorgwet praktijkroute praktijkonderwijs doorstroompunt jongerenpunt jongerenloket leerwerkloket inkomen"
    " loket juridisch dienst toeslagen belastingdienst digid duo uwv svb cak ciz ggd ggz gemeente school opp aba lks lkv"
    " bewindvoerder curator mentor jobcoach stage stagebedrijf casus dossier groep klas team teams vraag betreft let"
    " mbo vmbo havo vwo roc aoc bbl bol zml praktijk zvw wia ww bijstand wet dwars domeinen divosa ingrado stip"
    " check-in inlichtingenbureau berichtenbox justis whatsapp telegram google chatgpt facebook instagram tiktok"
    " marktplaats nederland nederlander nederlands vlaanderen belgie duitsland europa suriname marokko turkije polen"
    " syrie syrier syrisch turk turks marokkaan marokkaans pool pools surinamer surinaams antilliaan eritreeer somalier"
    " afghaan oekrainer oekraiens iraniër irakees roma fries groninger amsterdammer rotterdammer hagenees limburger"
    " moslim christen hindoe jood autist add adhd ass pdd down asperger spaans frans duits engels arabisch zaterdag"
    " zondag maandag dinsdag woensdag donderdag vrijdag januari februari maart april mei juni juli augustus september"
    " oktober november december ramadan kerst pasen sinterklaas dank dankjewel hallo hoi hey goedemorgen goedemiddag"
    " goedenavond beste geachte lieve klaar bedankt alvast mvg moeder vader ouders ouder broer zus zusje broertje zoon"
    " dochter oma opa tante oom iemand niemand iedereen mens jongere leerling lln client cliënt beschut banenafspraak"
    " vaarwel overgangsdocument toekomstplan passend onderwijs regio rijk kamer eerste tweede politie voogdij"
    " jeugdzorg jeugdbescherming leerplicht schuldhulp humanitas pluryn siza philips ikea jumbo lidl aldi hema action"
    " kruidvat etos gamma praxis blokker coop spar plus picnic kfc mcdonalds mcdonald's bol.com postnl dhl xenos wibra"
    " zeeman primark tempo-team randstad manpower adecco olympia timing pantar cibap futura deltion noorderpoort"
    " alfa-college firda zadkine albeda menso novacollege aventus graafschap rijnijssel menzis zilveren kruis vgz cz"
    " achmea rabobank ing bunq knab asn triodos abn nvt ps nb okt tozo ioaw awb avg pw wtos wsf vavo".split()
)
_VAKWOORDEN_GEVOUWEN = frozenset(_sleutel(woord) for woord in _VAKWOORDEN)
_GEEN_NAAMWOORD = frozenset(
    "aan af al alleen als alvast anders ben bent beter bij bijna bijv blij boos bv daar dan dat de deze die dit doe doet"
    " door dus een eens en er even ff fout gaat geen gek geweest gewoon goed graag had hallo ha heb hebben heeft heel het"
    " hier hij hoe hoi hun iemand iets ik in is ja je jij jou jouw jullie kan klaar klopt kom komt krijg krijgt kwijt laat"
    " lief maar mag me meer met mij mijn mis mn m'n moe moet na naam naar nee net niet niks niets nieuw nieuwe nog nou nu of ok oke"
    " om onbekend ons ook op over samen sorry staat te terug toch toen tot uit u uw van vanaf veel verkeerd voor vraag waar"
    " waarom want wat we weer weg wel welke wie wij wil word wordt ze zeer zeg zegt zei zelf zij zijn zit zo zonder zou ziek"
    " zoals zien hetzelfde bekend nodig veranderd gewijzigd gespeld anoniem geheim belangrijk toegevoegd dezelfde"
    " geworden vergeten verplicht doorgegeven ingevuld correct incorrect juist onjuist zwanger dakloos werkloos verdrietig"
    " eigenlijk trouwens helaas misschien vast zeker altijd nooit soms vaak wanneer omdat zodat totdat terwijl tegen tijdens"
    " sinds via per volgens toen heet heette wilt willen kunnen kunt zullen zal moeten mogen hebt was waren werd worden"
    " kun gaan ging doen deed weet weten vind vindt denk denkt snap snapt vraagt vroeg belt belde werkt werkte zoekt"
    " zoek heten help helpt krijgen kreeg wilde woont woonde verder oud jaar jong jonge druk bang eenzaam boven onder groot"
    " vrij nul niet-westers ermee hiermee daarmee alles elke elk ieder enkele andere ander iets- groep hulp xx xxx x gr".split()
)
_VAKWOORD_EIND = re.compile(
    r"(?:wet|route|school|scholen|college|lyceum|punt|loket|plein|coach|consulent|begeleider|dienst|centrum|bank|fonds"
    r"|regeling|traject|plan|opleiding|onderwijs|zorg|bedrijf|bouw|instelling|stichting|uitkering|indicatie|toeslag|recht"
    r"|aanvraag|formulier|document|gesprek|overleg|plek|werk|baan|loon|geld|hulp|kunde|leerling|leerlingen|student|klas"
    r"|verklaring|meting|verzekering|subsidie|dossier|gegevens|register|portaal|meldpunt|manager|medewerker|leider|docent"
    r"|adviseur|specialist|expert|regisseur|makelaar|ondersteuner|coordinator|coördinator|verzorgende|jarige)$"
)
_NAAMVORM = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-žı]+|[A-Z]['’][A-Z][a-zß-ÿ]+|M(?:a)?c[A-Z][a-z]+)(?:-[A-ZÀ-Þa-z][a-zß-öø-ÿā-ž]+)*")
_KAPITALEN = re.compile(r"[A-ZÀ-Þ]{4,}(?:-[A-ZÀ-Þ]+)*")
_ACHTERNAAM_EIND = re.compile(
    r"(?:sma|stra|inga|enga|ema|huis|huizen|huijs|man|mans|mann|sen|sens|ssen|veld|velt|veldt|kamp|oglu|ogullari|ov|ova|ev"
    r"|eva|ski|ska|sky|ko|wicz|czyk|ian|yan|dijk|dyk|berg|bergen|bergh|burg|broek|meijer|meyer|aars|aerts|hof|hoff|horst"
    r"|enaar|ink|kens|donk|boer|ers|huysen|hoven|rink|zaad|ingh|ings|oui|aoui|adi|ani|oud|ouch|lioglu|ez|es|os|ira|singh"
    r"|pal|lall|persad|charitar|khan|zadeh|pour|esco|escu|iu|baum|stein|haus|wijk|dorp|land|lands|laar|beek|beeks|voort|"
    r"drecht|poort|molen|bos|bosch|ga|aard|aards|ens|erts|nga|oğlu|demir|kaya|türk|turk|sson|vliet|kerk|brink|rood|mulder)$"
)
_TUSSENVOEGSEL = (
    r"(?:v/d|v\.d\.?|v\.|(?:van|von)(?:\s+(?:de[rn]?|het|['’]t|la))?|vd|de\s+la|de[rn]?|(?:op|uit|in|aan)\s+(?:den|['’]t)|['’]t"
    r"|ter|ten|te|el|al|ben|bin|bint|da|di|do|dos|du|la|le|ait|ould|abou|abu|abd)"
)
_STERK_TUSSENVOEGSEL = _patroon(
    r"(?:v/d|v\.d\.?|vd|van\s+(?:de[rn]?|['’]t|het|la)|de[rn]|de\s+la|ter|ten|el|al|da|dos|bin|bint|ait|ould|abou|abu|von|ben)\s+"
)
_WOORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOORLETTERS = r"(?-i:(?:[A-Z]\.\s?){1,5}|(?:Th|Ch|Ph|Fr|Joh|IJ)\.\s?)"
_DEEL = _patroon(
    rf"(?P<gat>[ \t]+|(?<=\.)|(?<=^))?(?P<tussen>(?:{_TUSSENVOEGSEL}\s+)?)(?P<woord>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)


@lru_cache(maxsize=8192)
def _zipf(woord: str) -> float:
    return zipf_frequency(woord.replace("’", "'"), "nl")


def _zeldzaam(woord: str, grens: float) -> bool:
    return _zipf(woord) < grens


def _zonder_bezit(woord: str) -> str:
    return re.sub(r"['’]s?$", "", woord)


def _is_vakwoord(woord: str) -> bool:
    sleutel = _sleutel(woord)
    if sleutel in _VAKWOORDEN_GEVOUWEN or "-" in sleutel and sleutel.split("-")[0] in _VAKWOORDEN_GEVOUWEN:
        return True
    return bool(_VAKWOORD_EIND.search(sleutel)) and sleutel not in _NAMEN


def _met_hoofdletter(woord: str) -> bool:
    return bool(_NAAMVORM.fullmatch(_zonder_bezit(woord)))


def _is_voornaam(woord: str) -> bool:
    sleutel = _sleutel(_zonder_bezit(woord))
    return sleutel in _VOORNAMEN or ("-" in sleutel and sleutel.split("-")[0] in _VOORNAMEN)


# --- Names: reading one ---------------------------------------------------------------------------


class Aanleiding(Enum):
    """How sure it is that a name follows; the less sure, the more the word itself must be a name."""

    GENOEMD = "heet, naam is, groetjes"
    TITEL = "mevrouw, dhr"
    ROL = "leerling, moeder, jobcoach"
    NAAM = "naam"
    ZELF = "ik ben, met"


_ZELDZAAM_KLEIN = {Aanleiding.GENOEMD: 4.0, Aanleiding.TITEL: 2.6, Aanleiding.ROL: 0.0, Aanleiding.NAAM: 0.0, Aanleiding.ZELF: 0.0}
_ZELDZAAM_GROOT = {Aanleiding.GENOEMD: 5.3, Aanleiding.TITEL: 5.0, Aanleiding.ROL: 3.9, Aanleiding.NAAM: 3.9, Aanleiding.ZELF: 3.6}
_MEESTE_DELEN = 4


def _naam_vanaf(bericht: Bericht, begin: int, aanleiding: Aanleiding) -> int | None:
    """Where the name ends that starts at `begin`; nothing when there is no name."""
    tekst = bericht.tekst
    voorletters = re.compile(_VOORLETTERS).match(tekst, begin)
    start = voorletters.end() if voorletters else begin
    deel = _DEEL.match(tekst, start)
    if deel is None or (deel["gat"] and not voorletters):
        return None
    if not _begint_naam(deel, bericht, aanleiding, bool(voorletters)):
        return None
    return _naam_verder(bericht, deel.end(), voluit=_met_hoofdletter(deel["woord"]))


def _begint_naam(deel: re.Match[str], bericht: Bericht, aanleiding: Aanleiding, voorletters: bool) -> bool:
    woord, tussen = _zonder_bezit(deel["woord"]), deel["tussen"]
    if _onmogelijk(woord, bericht) and not (tussen and tussen[0].isupper() and _met_hoofdletter(woord)):
        return False
    if voorletters:
        return _met_hoofdletter(woord)
    if tussen:
        return _begint_met_tussenvoegsel(woord, tussen, aanleiding)
    return _is_naamwoord(woord, aanleiding)


def _onmogelijk(woord: str, bericht: Bericht) -> bool:
    sleutel = _sleutel(woord)
    if sleutel in _VOORNAMEN:
        return False
    if sleutel in _GEEN_NAAMWOORD or _is_vakwoord(woord):
        return True
    return sleutel not in _NAMEN and bericht.is_plaats(woord)


def _begint_met_tussenvoegsel(woord: str, tussen: str, aanleiding: Aanleiding) -> bool:
    """A surname without first name: "mevrouw de Vries", "dhr. Van Zuilekom"."""
    if aanleiding is Aanleiding.ZELF:
        return False
    sterk = bool(_STERK_TUSSENVOEGSEL.fullmatch(tussen)) or tussen[0].isupper()
    if _met_hoofdletter(woord):
        return sterk or aanleiding is not Aanleiding.ROL or _sleutel(woord) in _ACHTERNAMEN
    if aanleiding is Aanleiding.ROL:
        return False
    if _sleutel(woord) in _ACHTERNAMEN:
        return tussen.strip().lower() != "van het"
    return _zeldzaam(woord, 3.5 if sterk and not tussen.lower().startswith("van de ") else 2.5)


def _is_naamwoord(woord: str, aanleiding: Aanleiding) -> bool:
    sleutel = _sleutel(woord)
    if _is_voornaam(woord):
        return True
    bekend = sleutel in _NAMEN
    if _met_hoofdletter(woord):
        return bekend or _zeldzaam(woord, _ZELDZAAM_GROOT[aanleiding])
    if aanleiding in (Aanleiding.GENOEMD, Aanleiding.NAAM) and _KAPITALEN.fullmatch(woord):
        return bekend or _zeldzaam(woord, 3.0)
    if not woord.islower():
        return False
    if aanleiding in (Aanleiding.GENOEMD, Aanleiding.TITEL) and bekend:
        return True
    return _zeldzaam(woord, _ZELDZAAM_KLEIN[aanleiding]) and not _VERVOEGD.search(sleutel)


_VERVOEGD = re.compile(r"^(?:ge|ver|be)\w+(?:t|d|en)$|(?:ig|lijk|loos|baar|isch|ing|heid)$")


def _naam_verder(bericht: Bericht, eind: int, voluit: bool) -> int:
    """Read on past the first name: more first names, prefixes and surnames."""
    for _ in range(_MEESTE_DELEN):
        deel = _DEEL.match(bericht.tekst, eind)
        if deel is None or not deel["gat"] or not _gaat_naam_verder(deel, bericht, voluit):
            break
        eind = deel.end()
    return eind


def _gaat_naam_verder(deel: re.Match[str], bericht: Bericht, voluit: bool) -> bool:
    woord, tussen = _zonder_bezit(deel["woord"]), deel["tussen"]
    sleutel = _sleutel(woord)
    if _met_hoofdletter(woord) or (_KAPITALEN.fullmatch(woord) and voluit is False):
        if tussen:
            return _achternaam_na_tussenvoegsel(woord, tussen, bericht)
        return not _onmogelijk(woord, bericht) and (sleutel in _NAMEN or _zeldzaam(woord, 4.6))
    if not woord.islower() or sleutel in _GEEN_NAAMWOORD or _is_vakwoord(woord):
        return False
    return _kleine_achternaam(woord, tussen, voluit)


def _achternaam_na_tussenvoegsel(woord: str, tussen: str, bericht: Bericht) -> bool:
    if _STERK_TUSSENVOEGSEL.fullmatch(tussen) or _sleutel(woord) in _ACHTERNAMEN:
        return not _is_vakwoord(woord)
    return not _onmogelijk(woord, bericht) and _zeldzaam(woord, 3.6)


def _kleine_achternaam(woord: str, tussen: str, voluit: bool) -> bool:
    """A surname without a capital: "kevin bakkerhof", "yusra el hamdi", "tim de boer"."""
    if _VERVOEGD.search(_sleutel(woord)):
        return False
    bekend = _sleutel(woord) in _ACHTERNAMEN
    if tussen:
        sterk = bool(_STERK_TUSSENVOEGSEL.fullmatch(tussen))
        ruim = sterk and not tussen.lower().startswith(("van de ", "van het"))
        return bekend or _zeldzaam(woord, 4.2 if ruim else 2.8)
    return not voluit and (bekend or _is_voornaam(woord) or _zeldzaam(woord, 2.6))


# --- Names: where they stand ----------------------------------------------------------------------

_BEZIT = r"(?:mijn|mij|me|mn|m'n|m’n|zijn|z'n|haar|hun|onze|uw|je|jouw|de|een|zn)"
_FAMILIE = (
    r"(?:(?:stief|pleeg|schoon|groot)?(?:moeder|vader|ouders?|broer(?:tje)?|zus(?:je|ter)?|zoon(?:tje)?|dochter(?:tje)?)"
    r"|mama|papa|pa|ma|oma|opa|oom|tante|nicht(?:je)?|neef(?:je)?|kind|vriend(?:in|je)?|maatje|buurvrouw|buurman"
    r"|partner|verzorgers?|huisgenoot)"
)
_FUNCTIE = (
    r"(?:lln|leerlinge?|llg|ll|student|stagiaire?|pupil|cli[eë]nte?|kandidaat|deelnemer|deelneemster|jongere|casus|dossier|collega"
    r"|inwoner|cursist|oud-leerling|oud-lln|jongen|meisje|mentrix|mentor|(?:\w*(?:begeleider|begeleidster|coach|consulent|manager|leider))"
    r"|docente?|lera(?:ar|res)|leraar|baas|chef|voogd|bewindvoerder|curator|contactpersoon|noodcontact|(?:huis|bedrijfs|school)?arts"
    r"|psycholo(?:og|ge)|directeur|klasgenoot|klasgenote|maat|orthopedagoog|coördinator|coordinator|wijkagent|agent|advocaat"
    r"|maatschappelijk\s+werkster?|logopedist|behandelaar|therapeut|stagebegeleider|werkmeester|voorman|teamleider)"
)
_NAAMWOORD = r"\b(?:(?:voor|achter|roep|meisjes|geboorte|volledige\s)?na(?:am|men)|gegevens)\b"
_AANLEIDINGEN: tuple[tuple[Aanleiding, re.Pattern[str]], ...] = (
    (
        Aanleiding.GENOEMD,
        _patroon(
            rf"{_NAAMWOORD}(?:\s+(?:van\s+)?(?:{_BEZIT}\s+)?(?:{_FAMILIE}|{_FUNCTIE}|kind))?\s*"
            r"(?:\s(?:is|was|luidt|zijn)(?:\s+(?:dus|trouwens|gewoon|nu))?\s+|[:=]\s*|\s+vergeten[^:\n]{0,20}:\s*)"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        _patroon(
            rf"\b(?:ik|hij|zij|ze|die|{_FAMILIE}|{_FUNCTIE})\s+(?:heet|heette|heten)\s+(?:(?:trouwens|dus|nu|gewoon|eigenlijk)\s+)?"
        ),
    ),
    (Aanleiding.GENOEMD, _patroon(r"\b(?:heet|heten)\s+ik\s+|\bnoem(?:en|t)?\s+(?:me|mij|hem|haar)\s+|\bgenaamd\s+")),
    (
        Aanleiding.GENOEMD,
        _patroon(
            r"\b(?:groet(?:en|jes)?|gr\.?|grt[jz]?e?s?|mvg|m\.v\.g\.|liefs|hoogachtend|ondertekend|t\.?n\.?v\.?|ten\s+name\s+van"
            r"|op\s+naam\s+van)[\s,.!:-]*(?:van\s+)?"
        ),
    ),
    (
        Aanleiding.TITEL,
        _patroon(
            r"\b(?:me[nv]eer|mijnheer|mevrouw|mevr|mvr|mw|mvrw|dhr|hr(?=\.)|de\s+heer|juf(?:frouw)?|meester|meneertje|dr|drs|ir|dokter"
            r"|prof|fam(?:ilie)?)\b\.?\s+(?:(?:mr|dr|drs|ir|ing)\.?\s+)*"
        ),
    ),
    (Aanleiding.NAAM, _patroon(rf"{_NAAMWOORD}\s+")),
    (Aanleiding.ROL, _patroon(rf"\b(?:{_FAMILIE}|{_FUNCTIE})\b\s*(?:[:,(]\s*|\s[–-]\s)?(?<=[\s:,(])(?:van\s+)?(?:(?:mw|dhr|mevr)\.?\s+)?")),
    (Aanleiding.ZELF, _patroon(r"\b(?:ik|k|ikke)\s*(?:ben|=)\s*(?:(?:ff|even|dus|trouwens|het|hier)\s+)*")),
    (Aanleiding.ZELF, _patroon(r"\((?:=|is|dat is|heet)?\s*")),
    (
        Aanleiding.ZELF,
        _patroon(
            r"(?:^|[.!?\n])\W*(?:(?:hoi|hallo|hey|hi|hee|yo|dag|beste|goede\w+)\b[\s,!.]*)?"
            r"(?:(?:u|je)\s+spreekt\s+)?(?:met|dit\s+is|hier(?:\s+is)?|ben)\s+"
        ),
    ),
    (Aanleiding.ZELF, _patroon(r"\b(?:namens|afzender|aangemeld|aanmelding|aanmelden|gebeld\s+met|geappt\s+met|gesproken\s+met)[\s:]+")),
)
_ROL_VAN_INSTANTIE = _patroon(rf"\b{_FUNCTIE}\s+van\s+$")
_VOORLETTER_NAAM = re.compile(
    rf"(?<![\w.])(?:(?:[A-Z]\.\s?){{1,5}}|(?:Th|Ch|Ph|Fr|Joh)\.\s?)(?:{_TUSSENVOEGSEL}\s+)?(?P<woord>[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*)"
)
_GEEN_PERSOON = _patroon(
    r"\b(?:", "|".join(re.escape(naam) for naam in sorted(_LIJSTEN["geen_persoon"], key=len, reverse=True)), r")\w*"
)
_INSTANTIE_ERVOOR = _patroon(
    r"(?:\b(?:stichting|bakkerij|garage|restaurant|hotel|firma|fa\.?|kwekerij|\w*bedrijf|winkel|supermarkt|(?:\w*)school|\w*college"
    r"|lyceum|zorginstelling|slagerij|kapsalon|kapper|salon|caf[eé]|zorgboerderij|boerderij|manege|atelier|merk|serie|film"
    r"|koning(?:in)?|prins(?:es)?|minister|staatssecretaris|president|premier|zanger(?:es)?|rapper|voetballer|wet|sint"
    r"|hoveniers|drukkerij|loodgieter|schildersbedrijf|bouwbedrijf|app|boek|dagboek\s+van|project|methode|training|\w*huis)"
    r"\s+(?:(?:de|het|van)\s+)?|\bhet\s+|\b(?:werk\w*|stage\w*|\w*baan\w*|\w*baantje|contract|sollicit\w+|gesolliciteerd|slag|"
    r"aangenomen|begonnen|vakkenvul\w*|kassa|magazijn|winkel|leerwerkplek|proefplaatsing|begin\w*)\s+(?:\w+\s+){0,3}bij\s+(?:de\s+)?"
    r"|\b(?:zit|zat|zitten|school|les|leerling)\s+(?:\w+\s+){0,2}op\s+(?:de\s+|het\s+)?)['\"‘“]?$"
)
_INSTANTIE_ERNA = _patroon(
    rf"(?:(?:\s+{_TUSSENVOEGSEL})?\s+(?:de\s+)?(?-i:[A-Z])\w*(?:school|college|lyceum|gymnasium|huis|stichting|academie|instituut|hoeve))\b|"
    r"['’\"]?\s?-?\s?(?:college|school|lyceum|mavo|academie|instituut|b\.?v\.?\b|n\.?v\.?\b|vof\b|v\.o\.f|ziekenhuis|stichting|groep\b|bouw"
    r"|supermarkt|kliniek|museum|stadion|catering|transport|logistiek|techniek|hoveniers|schilders|installatie|en\s+z[no]|&|en\s+zonen"
    r"|zorg\b|bakkerij|garage|mode\b|fonds\b|arena|straat|plein|weg\b|laan|tekening|training|methode|wetten|syndroom|makelaars"
    r"|uitzend|advies|schoonmaak|verhuizingen|autobedrijf|tweewielers|slagerij|keurslager|kappers|horeca|food|store|bank\b|beheer\b)"
)


def _namen(bericht: Bericht) -> Iterator[Vondst]:
    zicht = _zonder_instanties(bericht)
    yield from _namen_met_voorletters(zicht)
    for aanleiding, patroon in _AANLEIDINGEN:
        for treffer in patroon.finditer(zicht.tekst):
            yield from _naam_na(zicht, treffer, aanleiding)
    yield from _losse_namen(zicht)


def _zonder_instanties(bericht: Bericht) -> Bericht:
    tekst = _GEEN_PERSOON.sub(lambda treffer: _INSTANTIE * len(treffer.group()), bericht.tekst)
    return Bericht(tekst, bericht.is_plaats, bericht.vandaag)


_INSTANTIE = "\1"


def _namen_met_voorletters(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _VOORLETTER_NAAM.finditer(bericht.tekst):
        woord = treffer["woord"]
        gewoon = not _zeldzaam(woord, 4.6) and _sleutel(woord) not in _NAMEN
        if _met_hoofdletter(woord) and not gewoon and not _onmogelijk(woord, bericht):
            if not _INSTANTIE_ERNA.match(bericht.tekst, treffer.end()):
                yield Vondst(treffer.start(), treffer.end(), "naam")


def _naam_na(bericht: Bericht, treffer: re.Match[str], aanleiding: Aanleiding) -> Iterator[Vondst]:
    begin = treffer.end()
    if aanleiding is Aanleiding.ROL and _ROL_VAN_INSTANTIE.search(treffer.group()):
        return
    aaneen = begin > 0 and bericht.tekst[begin - 1].isalpha()
    eind = None if aaneen else _naam_vanaf(bericht, begin, aanleiding)
    if eind is None or _INSTANTIE_ERNA.match(bericht.tekst, eind):
        return
    yield Vondst(begin, eind, "naam")
    yield from _ook_genoemd(bericht, eind)


_EN = _patroon(r"\s*(?:,|/|&|\ben\b|\bof\b)\s*")


def _ook_genoemd(bericht: Bericht, eind: int) -> Iterator[Vondst]:
    """The next of a list of names: "Loes/Bert", "Merel en Thijs"."""
    voegwoord = _EN.match(bericht.tekst, eind)
    woord = _WOORD.match(bericht.tekst, voegwoord.end()) if voegwoord else None
    if woord and _met_hoofdletter(woord.group()) and _sleutel(_zonder_bezit(woord.group())) in _NAMEN:
        verder = _naam_verder(bericht, woord.end(), voluit=True)
        yield Vondst(woord.start(), verder, "naam")


def _losse_namen(bericht: Bericht) -> Iterator[Vondst]:
    """Names without a word that announces them."""
    for woord in _WOORD.finditer(bericht.tekst):
        eind = _eind_losse_naam(bericht, woord)
        if eind is not None and not _hoort_bij_instantie(bericht, woord.start(), eind):
            yield Vondst(woord.start(), eind, "naam")
            yield from _ook_genoemd(bericht, eind)


def _hoort_bij_instantie(bericht: Bericht, begin: int, eind: int) -> bool:
    voor = bericht.tekst[max(0, begin - 60) : begin]
    return bool(_INSTANTIE_ERVOOR.search(voor) or _INSTANTIE_ERNA.match(bericht.tekst, eind))


def _eind_losse_naam(bericht: Bericht, treffer: re.Match[str]) -> int | None:
    woord = _zonder_bezit(treffer.group())
    groot = _met_hoofdletter(woord)
    if _is_voornaam(woord) and not _is_plaats_zonder_twijfel(woord, bericht):
        return _naam_verder(bericht, treffer.end(), voluit=groot)
    if not groot or _is_vakwoord(woord):
        return None
    if _sleutel(woord) in _VOORNAMEN_OOK_WOORD:
        return _eind_met_achternaam(bericht, treffer, eist_zekerheid=False)
    if _zeldzaam(woord, 3.5) and not _onmogelijk(woord, bericht):
        return _eind_met_achternaam(bericht, treffer, eist_zekerheid=True)
    return None


def _is_plaats_zonder_twijfel(woord: str, bericht: Bericht) -> bool:
    return _sleutel(woord) not in _NAMEN and bericht.is_plaats(woord)


def _eind_met_achternaam(bericht: Bericht, treffer: re.Match[str], eist_zekerheid: bool) -> int | None:
    """The end of first name and surname when the second word is a surname, or a first name listed with it."""
    eind = _naam_verder(bericht, treffer.end(), voluit=True)
    if eind == treffer.end():
        return treffer.end() if not eist_zekerheid and _naast_voornaam(bericht, eind) else None
    laatste = bericht.tekst[treffer.end() : eind].split()[-1]
    if not _met_hoofdletter(_zonder_bezit(laatste)):
        return None
    sleutel = _sleutel(_zonder_bezit(laatste))
    if sleutel in _NAMEN or _ACHTERNAAM_EIND.search(sleutel) or not eist_zekerheid:
        return eind
    return None


def _naast_voornaam(bericht: Bericht, eind: int) -> bool:
    voegwoord = _EN.match(bericht.tekst, eind)
    woord = _WOORD.match(bericht.tekst, voegwoord.end()) if voegwoord else None
    return bool(woord and _met_hoofdletter(woord.group()) and _is_voornaam(woord.group()))


_ZOEKERS: tuple[Zoeker, ...] = (_emails, _ibans, _telefoons, _bsns, _adressen, _postcodes, _namen, _geboortedata)
