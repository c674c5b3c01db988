"""Masking of personal data in a Dutch chat message, before anything is stored or logged.

Each finder reads the message and yields finds. What is found is blinded at once, so that a later,
less certain finder cannot read it again. Names come last but for dates: a date next to a name is a
date of birth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path

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


def _ervoor(bericht: Bericht, begin: int) -> str:
    """The text before a position, no more than what can matter: long messages stay fast."""
    return bericht.tekst[max(0, begin - _TERUGBLIK) : begin]


_TERUGBLIK = 100


def _cijfers(tekst: str) -> str:
    return "".join(teken for teken in tekst if teken.isdigit())


# --- Words ----------------------------------------------------------------------------------------


def _sleutel(woord: str) -> str:
    """A word without case and accents, to look it up."""
    ontleed = unicodedata.normalize("NFKD", woord.lower().replace("’", "'").replace("ı", "i"))
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def _lees_lijsten(pad: Path) -> dict[str, list[str]]:
    """The lists of a file with a heading in brackets above each."""
    lijsten: dict[str, list[str]] = {}
    for regel in pad.read_text(encoding="utf-8").splitlines():
        if regel.startswith("["):
            lijst = lijsten.setdefault(regel.strip("[]"), [])
        elif regel and not regel.startswith("#"):
            lijst.append(regel)
    return lijsten


_LIJSTEN = _lees_lijsten(Path(__file__).with_name("namen.txt"))


def _woorden(lijst: str) -> frozenset[str]:
    return frozenset(map(_sleutel, _LIJSTEN[lijst]))


def _einden(lijst: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_LIJSTEN[lijst])})$")


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
_AANBIEDER = r"(?:gmail|hotmail|outlook|icloud|yahoo|ziggo|kpnmail|xs4all)"
_EMAIL = _patroon(r"(?<![\w.+-])[\w.+-]{0,80}[\w+-]@[\w-]+(?:[.,][\w-]+)+")
_EMAIL_UITGESCHREVEN = _patroon(
    rf"\b[\w+]{{1,40}}(?:{_SCHRIJFTEKEN}[\w+]{{1,40}}){{0,5}}{_APENSTAART}",
    rf"[\w-]{{1,40}}(?:{_PUNT}[\w-]{{1,40}}){{0,4}}?{_PUNT}{_TLD}\b",
)
_EMAIL_BIJ_AANBIEDER = _patroon(
    rf"\b\w{{1,40}}(?:{_SCHRIJFTEKEN}\w{{1,40}}){{0,5}}{_APENSTAART}{_AANBIEDER}\w*(?:,\w+)?"
)
_HEEFT_APENSTAART = _patroon(_APENSTAART)
_EMAIL_ZONDER_APENSTAART = _patroon(rf"\b(?=\w{0, 40}[\d._])[\w.]{1, 60}\s(?:{_AANBIEDER}|live)\.{_TLD}\b")


def _emails(bericht: Bericht) -> Iterator[Vondst]:
    if _HEEFT_APENSTAART.search(bericht.tekst):
        for patroon in (_EMAIL_UITGESCHREVEN, _EMAIL, _EMAIL_BIJ_AANBIEDER):
            yield from _treffers(patroon, bericht.tekst, "e-mail")
    yield from _treffers(_EMAIL_ZONDER_APENSTAART, bericht.tekst, "e-mail")


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
_TUSSEN = r"[\s./()_–-]{0,3}"
_GETAL_IN_LETTERS = (
    r"(?:(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:en|ën)?"
    r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))|nul|een|één|twee|drie|vier|vijf"
    r"|zes|zeven|acht|negen|tien|elf|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien)"
)
_TELEFOON = (
    _patroon(rf"(?<![\w+])(?:\+|00)\s?31{_TUSSEN}(?:0{_TUSSEN})?[1-9](?:{_TUSSEN}\d){{8}}(?!\d)"),
    _patroon(r"(?<![\w+])(?:\+\d|00[1-9])\d{0,2}(?:[\s./()-]{0,2}\d){7,11}(?!\d)"),
    _patroon(
        rf"(?<![\w.,+-])(?!{_DATUM_VORM}){_GEEN_LIJN}\(?0{_TUSSEN}[1-9](?:{_TUSSEN}\d){{8}}(?!\d|[.,]\d)"
    ),
    _patroon(r"(?<![\w.,])06[\s-]{0,3}\d{7,9}(?!\d)"),
    _patroon(r"(?<=nummer is )6[\s-]?\d{8}(?!\d)|(?<=nummer )6[\s-]\d{8}(?!\d)"),
    _patroon(
        rf"\b(?:nul[\s,-]*zes|06)(?:[\s,-]+(?:{_GETAL_IN_LETTERS}|\d{{1,4}})\b){{3,10}}",
    ),
)
_TELEFOON_NA_WOORD = _patroon(
    r"\b(?:tel(?:\.|\s?nr\b|\s?nummer)?|telefoon(?:\s?nummer|nr)?|mobiel(?:e?\s?nummer|nr)?|06(?:nummer|nr))"
    r"[\s.:]*(?:(?:is|van\s+m(?:e|ij|n|'n)(?:\s\w+)?|nummer)[\s:]+)*",
    rf"(?P<nummer>(?!{_DATUM_VORM}|(?:19"
    rf"|20)\d\d\b){_GEEN_LIJN}\(?\d{_TUSSEN}(?:\d{_TUSSEN}){{5,10}}\d)(?!\d)",
)


def _telefoons(bericht: Bericht) -> Iterator[Vondst]:
    for patroon in _TELEFOON:
        yield from _treffers(patroon, bericht.tekst, "telefoon")
    for treffer in _TELEFOON_NA_WOORD.finditer(bericht.tekst):
        yield Vondst(*treffer.span("nummer"), "telefoon")


# --- BSN ------------------------------------------------------------------------------------------

_BSN_WOORD = _patroon(
    r"\bb\.?s\.?n(?:\b|[-\s']?(?:nummer|nr|s\b))|burger\s?(?:service)?\s?-?(?:nummer|nr)|\bsofi"
)
_BSN_NA_WOORD = _patroon(
    rf"(?:{_BSN_WOORD.pattern})(?:nummer|nr)?[^\w\n]{{0,4}}(?:(?:is|nummer|nr|van\s+m(?:ij|e)"
    rf"|dus)[^\w\n]{{1,3}}){{0,2}}",
    r"(?P<nummer>\d(?:[ .-]?\d){6,9})(?!\d)",
)
_BSN_KANDIDAAT = re.compile(r"(?<![\w.,-])(?<!\d )\d(?:[ .\t-]{0,2}\d){6,9}(?![\d%])(?!,\d)")
_ANDER_NUMMER = _patroon(
    r"(?:\bkvk|kamer van koophandel|vacature|crebo|brin|zaak|dossier|order|bestel|factuur|klant|kenmerk|btw"
    r"|rsin|isbn|lidnummer|volgnummer|referentie|ticket|€|\bart(?:ikel)?)[\w\s.:#-]{0,18}$"
)
_BEDRAG_ERNA = _patroon(r"\s?(?:euro|eur\b|€|mensen|banen|inwoners)")
_BSN_VOOR, _BSN_NA = 50, 40


def _bsns_na_woord(bericht: Bericht) -> Iterator[Vondst]:
    """A number straight after the word, read before the phone numbers: also when it cannot be a BSN."""
    for treffer in _BSN_NA_WOORD.finditer(bericht.tekst):
        if not _bevat_datum(treffer["nummer"]):
            yield Vondst(*treffer.span("nummer"), "bsn")


def _bsns(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _BSN_KANDIDAAT.finditer(bericht.tekst):
        if _is_bsn(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "bsn")


def _is_bsn(treffer: re.Match[str], bericht: Bericht) -> bool:
    voor = bericht.tekst[max(0, treffer.start() - _BSN_VOOR) : treffer.start()]
    na = bericht.tekst[treffer.end() : treffer.end() + _BSN_NA]
    nummer = treffer.group()
    if _bevat_datum(nummer) or _ANDER_NUMMER.search(voor) or _BEDRAG_ERNA.match(na):
        return False
    if _BSN_WOORD.search(voor) or _BSN_WOORD.search(na):
        return True
    return _elfproef(_cijfers(nummer)) and _als_bsn_geschreven(nummer)


def _elfproef(cijfers: str) -> bool:
    """Whether the number is a BSN: weights 9 to 2 and then -1 make a multiple of eleven."""
    if len(cijfers) not in (8, 9):
        return False
    negen = [int(cijfer) for cijfer in cijfers.zfill(9)]
    som = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), negen[:8], strict=True)) - negen[8]
    return som % 11 == 0 and any(negen)


def _als_bsn_geschreven(nummer: str) -> bool:
    """Eight digits in groups or two years in a row ("2025-2026 3") may be anything else."""
    groepen = re.findall(r"\d+", nummer)
    jaren = [groep for groep in groepen if re.fullmatch(r"(?:19|20)\d\d", groep)]
    return len(groepen) == 1 or (len(_cijfers(nummer)) == 9 and len(jaren) < 2)


def _bevat_datum(nummer: str) -> bool:
    if _DATUM.search(nummer):
        return True
    cijfers = _cijfers(nummer)
    return len(cijfers) == 8 and _datum(cijfers[:2], cijfers[2:4], cijfers[4:]) is not None


# --- Date of birth --------------------------------------------------------------------------------

_MAANDEN = {
    "januari": 1, "jan": 1, "februari": 2, "febr": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_JAAR = r"(?P<{0}>(?:19|20)\d\d|['’‘]?\d\d)(?!\d|[.,-]\d)"
_DATUM = _patroon(
    r"(?<![\w.-])(?:",
    r"(?P<d1>\d{1,2})\s?[-./]\s?(?P<m1>\d{1,2})\s?[-./]\s?" + _JAAR.format("j1"),
    r"|(?P<j2>(?:19|20)\d\d)[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)",
    r"|(?P<d3>\d{1,2})(?:e|ste|de)?[\s-]+(?:van\s)?(?P<m3>"
    + "|".join(sorted(_MAANDEN, key=len, reverse=True)),
    r")\.?[\s-]+(?:van\s)?" + _JAAR.format("j3"),
    r"|(?P<d4>\d{1,2})\s(?P<m4>\d{1,2})\s(?P<j4>(?:19|20)\d\d)(?!\d)",
    r")",
)
_DATUM_AANEEN = _patroon(r"(?<!\w)(?P<d>\d\d)(?P<m>\d\d)(?P<j>(?:19|20)?\d\d)(?!\w)")
_GEBOORTE = (
    r"(?:\bgeboren|geboorte\s?(?:dag|datum|dat)\w*|\bgeb\b\.?(?:\s?-?dat\w*)?|\bgebdat\w*|\bd\.?o\.?b\b)"
)
_GEBOORTE_VOOR = _patroon(_GEBOORTE, r"[^\d\n]{0,40}$")
_GEBOORTE_NA = _patroon(
    r"[\s,)]{0,3}(?:ben ik |is (?:hij|zij|ze) |is )?(?:geboren\b|is (?:me|mijn|mn|m'n|zijn|z'n"
    r"|haar) geboorte)"
)
_JARIG_VOOR = _patroon(r"(?:(?:ver)?jaardag|\bjarig)\w*[^\d\n]{0,30}$|", _GEBOORTE, r".{0,45}$")
_JARIG_NA = _patroon(
    r"[\s,)]{0,3}(?:ben ik |is (?:hij|zij|ze) )?(?:jarig\b|is (?:me|mijn|mn|m'n|zijn|haar) verjaar)"
)
_PERSOON = (
    r"(?:zoon|dochter|leerling|leerlinge|lln|broer(?:tje)?|zus(?:je)?|moeder|vader|kind|cli[eë]nt|jongere"
    r"|kandidaat|deelnemer|stagiaire?|student|pupil)"
)
_IK_BEN_VAN = _patroon(
    rf"(?:\b(?:ik|hij|zij|ze|die|{_PERSOON})\s*(?:ben|is|kom|komt)|^\s*kom|\bben)\s+(?:er\s+een\s+|eentje\s+"
    r"|dus\s+)?van\s+$|\bbouwjaar[\s:]+$"
)
_PERSOON_ERVOOR = _patroon(rf"(?:{_BLIND}|\b{_PERSOON})[\s,;:(/|*-]{{1,4}}$")
_PERSOON_ERNA = _patroon(rf"[\s,;:)/|-]{{1,4}}{_BLIND}")
_GRENS = _patroon(r"\b(?:na|v[oó][oó]r|vanaf|tot|tussen(?:\s[^.?!]*\sen)?|sinds|op\s+of\s+na)\s+$")
"""Before a date in a rule: "geboren na 1 januari 2008" is nobody's date of birth."""
_DATERING = _patroon(r"\b(?:op|sinds|per|vanaf|d\.?d\.?|tot|na|voor)\s+$")
_ALLEEN = _patroon(r"\W*")
_JONGST, _OUDST = 8, 70


def _geboortedata(bericht: Bericht) -> Iterator[Vondst]:
    for treffer in _DATUM.finditer(bericht.tekst):
        if _is_geboortedatum(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")
    for treffer in _DATUM_AANEEN.finditer(bericht.tekst):
        dag = _datum(*treffer.group("d", "m", "j"))
        if dag and _GEBOORTE_VOOR.search(_ervoor(bericht, treffer.start())):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")


def _is_geboortedatum(treffer: re.Match[str], bericht: Bericht) -> bool:
    dag = _datum(*_dag_maand_jaar(treffer))
    voor, na = _ervoor(bericht, treffer.start()), bericht.tekst[treffer.end() :]
    if dag is None or dag > bericht.vandaag or _GRENS.search(voor):
        return False
    if _GEBOORTE_VOOR.search(voor) or _GEBOORTE_NA.match(na):
        return True
    return _past_bij_leeftijd(dag, bericht.vandaag) and _bij_persoon(voor, na)


def _bij_persoon(voor: str, na: str) -> bool:
    if (
        _JARIG_VOOR.search(voor)
        or _JARIG_NA.match(na)
        or _IK_BEN_VAN.search(voor)
        or _PERSOON_ERVOOR.search(voor)
    ):
        return True
    if _PERSOON_ERNA.match(na) and not _DATERING.search(voor):
        return True
    return bool(_ALLEEN.fullmatch(voor) and _ALLEEN.fullmatch(na))


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
    r"(?:straat|str\.?|straatje|laan|laantje|steeg|steegje|singel|gracht|dreef|kade|plantsoen|dijk|weg"
    r"|plein|pleintje|boulevard|wegje|weggetje)"
)
"""Endings that make a street in any case; those below only when the word is otherwise unknown."""
_STRAAT_EIND_ONZEKER = _einden("straat_einden_onzeker")
_STRAAT_EIND_ERIN = _patroon(rf"\w{_STRAAT_EIND}\b")
_GEEN_WOONADRES = _woorden("geen_woonadres")
_GEEN_STRAAT = _woorden("geen_straat")
_KALE_STRAAT = _patroon(_STRAAT_EIND)
_HUISNUMMER = (
    r"(?P<nummer>(?!(?:19|20)\d\d\b)[1-9]\d{0,3}(?!\d)(?![.,:]\d)"
    r"(?:\s?[-/]\s?\d{1,3}\b(?!-)|\s?-?\s?(?:hs|bis|huis|zwart|rood|I{1,3})\b|\s?-?[a-h]\b(?!\.\w)|[a-z]\b)?)"
    r"(?!\s*(?:%|procent|euro|eur\b|jaar|jaren|jr\b|maand|mnd|week|weken|wk\b|dag|uur|uren|km\b|meter"
    r"|minuten|min\b|keer|x\b|personen|mensen|leerlingen|lln|plekken|plaatsen|banen|kamers|vacatures"
    r"|bedrijven|jongeren|stage|klanten|huizen|januari|februari|maart|april|mei\b|juni|juli|augustus"
    r"|september|oktober|november|december))(?!\w)"
)
_STRAAT = _patroon(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,3})",
    rf"(?P<straat>\b[^\W\d_][\w'’.-]*?{_STRAAT_EIND})\s+(?:nr\.?\s?|nummer\s)?{_HUISNUMMER}",
)
_STRAAT_ONZEKER = _patroon(
    r"(?P<voorzet>(?:\b(?-i:[A-Z])[\w.'’-]*\.?\s+(?:(?:van|de|der|den|het|'t|ter|ten)\s+){0,3}){0,2})",
    rf"(?P<straat>\b[^\W\d_]{{5,}}),?\s+{_HUISNUMMER}",
)
_STRAAT_VAN = re.compile(
    r"\b(?:[A-Za-z]*(?:[Ll]aan|[Pp]lein|[Ww]eg|[Ss]traat|[Kk]ade|[Dd]ijk|[Pp]ad|[Hh]of|[Ss]ingel"
    r"|[Aa]chter))\s+"
    r"(?:(?:van|naar|aan|der|de|den|het|'t)\s+){1,3}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s+" + _HUISNUMMER
)
_WOON = (
    r"\b(?:woon\w*|wonen|gewoond|verhuis\w*|verhuizen|ingeschreven|(?:woon|thuis|post|huis|bezoek)?adres\w*"
    r"|ophalen|thuis|langskomen|langs\s?gaan|huisbezoek|inschrijven|logeer\w*|slaap|kamer|huis|flat"
    r"|appartement|straat)\b"
)
_STRAAT_BIJ_WONEN = _patroon(
    _WOON,
    r"(?:[\s,:]+(?:is|was|wordt|nu|nog|zelf|sinds|samen|alleen|van|m(?:e|ij|ijn|n)|lln|leerling|moeder"
    r"|vader|oma|ik|we|wij|te|tijdelijk|nieuwe?|oude?))*",
    r"[\s,:]+(?:(?P<plek>op|aan|in|naar|bij)\s+)?(?:(?:de|het|'t)\s+)?",
    r"(?P<straat>(?:(?-i:[A-Z])[\w.'’-]*\s+(?:(?:de|het|den|der"
    r"|van)\s+)?){0,3}(?P<woord>[^\W\d_][\w'’-]{3,}))\s+",
    _HUISNUMMER,
)
_BEDRIJF_ERVOOR = _patroon(
    r"(?:restaurant|eetcaf[eé]|caf[eé]|bakkerij|lunchroom|hotel|winkel|brasserie|kapper|kapsalon|garage"
    r"|bistro|snackbar|stichting|project|bedrijf|slagerij|supermarkt|grand\s?caf[eé]|atelier|cafetaria"
    r"|pizzeria)\s+(?:de\s|het\s)?['\"‘“]?$"
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
    if straat in _GEEN_STRAAT or (_KALE_STRAAT.fullmatch(straat) and not _heet_zo(treffer)):
        return False
    return not _BEDRIJF_ERVOOR.search(_ervoor(bericht, treffer.end("voorzet")))


def _heet_zo(treffer: re.Match[str]) -> bool:
    """Whether a bare "plein" is a name: "Lange Weg", "Het Plein", but not "mijn weg" nor "Kevin van Dijk"."""
    eigen = _begin_straat(treffer) < treffer.start("straat")
    return eigen and treffer["straat"][0].isupper() and treffer["straat"] != "Dijk"


def _is_onzekere_straat(treffer: re.Match[str], bericht: Bericht) -> bool:
    straat = treffer["straat"]
    if not straat[0].isupper() or not _STRAAT_EIND_ONZEKER.search(straat.lower()):
        return False
    onbekend = _zeldzaam(straat, 2.5) and not bericht.is_plaats(straat)
    return onbekend and not _BEDRIJF_ERVOOR.search(_ervoor(bericht, treffer.end("voorzet")))


def _is_straat_bij_wonen(treffer: re.Match[str], bericht: Bericht) -> bool:
    woord = treffer["woord"]
    straat_bedoeld = treffer["plek"] in ("op", "aan") or "adres" in treffer.group().lower()
    if _is_vakwoord(woord) or woord.lower() in _GEEN_WOONADRES:
        return False
    if bericht.is_plaats(woord) and not straat_bedoeld:
        return False
    if not woord[0].isupper():
        return _zeldzaam(woord, 2.5)
    return _zeldzaam(woord, 5.0 if straat_bedoeld else 3.3) or bool(
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


_ZINSWOORDEN = _woorden("zinswoorden")

# --- Postcode -------------------------------------------------------------------------------------

_POSTCODE = _patroon(
    r"(?<![\w.,€-])(?<!€\s)(?P<cijfers>[1-9]\d{3})(?P<gat>\s{0,2}|-)(?P<letters>[a-z]{2})(?![\w'’])"
)
_POSTCODE_WOORD = _patroon(_WOON, r"|\b(?:post\s?code|pc|buurt|gebied)\b|\bin\s$")
_GEEN_POSTCODE = _woorden("geen_postcodeletters")


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


_VOORNAMEN = _woorden("voornamen")
_VOORNAMEN_OOK_WOORD = _woorden("voornamen_ook_woord")
_ACHTERNAMEN = _woorden("achternamen")
_NAMEN = _VOORNAMEN | _VOORNAMEN_OOK_WOORD | _ACHTERNAMEN


_VAKWOORDEN = _woorden("vakwoorden")
_GEEN_NAAMWOORD = _woorden("geen_naam")
_VAKWOORD_EIND = _einden("vakwoord_einden")
_NAAMVORM = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-žı]+|[A-Z]['’][A-Z][a-zß-ÿ]+"
    r"|M(?:a)?c[A-Z][a-z]+)(?:-[A-ZÀ-Þa-z][a-zß-öø-ÿā-ž]+)*"
)
_KAPITALEN = re.compile(r"[A-ZÀ-Þ]{4,}(?:-[A-ZÀ-Þ]+)*")
_ACHTERNAAM_EIND = _einden("achternaam_einden")
_TUSSENVOEGSEL = (
    r"(?:v/d|v\.d\.?|v\.|(?:van|von)(?:\s+(?:de[rn]?|het|['’]t|la))?|vd|de\s+la|de[rn]?|(?:op|uit|in"
    r"|aan)\s+(?:den|['’]t)|['’]t|ter|ten|te|el|al|ben|bin|bint|da|di|do|dos|du|la|le|ait|ould|abou|abu|abd)"
)
_STERK_TUSSENVOEGSEL = _patroon(
    r"(?:v/d|v\.d\.?|vd|van\s+(?:de[rn]?|['’]t|het|la)|de[rn]|de\s+la|ter|ten|el|al|da|dos|bin|bint|ait"
    r"|ould|abou|abu|von|ben)\s+"
)
_WOORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOORLETTERS = r"(?-i:(?:[A-Z]\.\s?){1,5}|(?:Th|Ch|Ph|Fr|Joh|IJ)\.\s?)"
_DEEL = _patroon(
    rf"(?P<gat>[ \t]+|(?<=\.)"
    rf"|(?<=^))?(?P<tussen>(?:{_TUSSENVOEGSEL}\s+)?)(?P<woord>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)


@lru_cache(maxsize=8192)
def _zipf(woord: str) -> float:
    return float(zipf_frequency(woord.replace("’", "'"), "nl"))


def _zeldzaam(woord: str, grens: float) -> bool:
    return _zipf(woord) < grens


def _zonder_bezit(woord: str) -> str:
    return re.sub(r"['’]s?$", "", woord)


def _is_vakwoord(woord: str) -> bool:
    sleutel = _sleutel(woord)
    if sleutel in _VAKWOORDEN or sleutel.partition("-")[0] in _VAKWOORDEN:
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
_MEESTE_DELEN = 4


def _naam_vanaf(bericht: Bericht, begin: int, aanleiding: Aanleiding) -> int | None:
    """Where the name ends that starts at `begin`; nothing when there is no name."""
    tekst = bericht.tekst
    voorletters = re.compile(_VOORLETTERS).match(tekst, begin)
    start = voorletters.end() if voorletters else begin
    deel = _DEEL.match(tekst, start)
    if deel is None or (deel["gat"] and not voorletters):
        return None
    if not _begint_naam(deel, bericht, aanleiding, bool(voorletters)) and not _klein_voluit(deel, bericht):
        return None
    return _naam_verder(bericht, deel.end(), voluit=_met_hoofdletter(deel["woord"]))


def _begint_naam(deel: re.Match[str], bericht: Bericht, aanleiding: Aanleiding, voorletters: bool) -> bool:
    woord, tussen = _zonder_bezit(deel["woord"]), deel["tussen"]
    if _onmogelijk(woord, bericht) and not _plaats_als_achternaam(woord, tussen, aanleiding, voorletters):
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


def _klein_voluit(deel: re.Match[str], bericht: Bericht) -> bool:
    """Two rare words without capitals of which the second is a surname: "ik ben zhivaro pinas"."""
    woord, volgende = deel["woord"], _DEEL.match(bericht.tekst, deel.end())
    if not volgende or not volgende["gat"] or deel["tussen"] or not (woord + volgende["woord"]).islower():
        return False
    ook_woord = _sleutel(woord) in _VOORNAMEN_OOK_WOORD
    if not (ook_woord or _zeldzaam(woord, 2.8)) or _VERVOEGD.search(woord) or _onmogelijk(woord, bericht):
        return False
    achternaam = _sleutel(volgende["woord"])
    return achternaam in _ACHTERNAMEN or bool(
        _ACHTERNAAM_EIND.search(achternaam) and _zeldzaam(achternaam, 2.5)
    )


def _plaats_als_achternaam(woord: str, tussen: str, aanleiding: Aanleiding, voorletters: bool) -> bool:
    """ "Mevrouw van Dongen" and "J. van Rossum" are persons, "mentor van Dongen" may be a place."""
    aangesproken = voorletters or aanleiding is Aanleiding.TITEL or tussen[:1].isupper()
    return aangesproken and _met_hoofdletter(woord) and not _is_vakwoord(woord)


def _begint_met_tussenvoegsel(woord: str, tussen: str, aanleiding: Aanleiding) -> bool:
    """A surname without first name: "mevrouw de Vries", "dhr. Van Zuilekom"."""
    if aanleiding is Aanleiding.ZELF:
        return False
    sterk = bool(_STERK_TUSSENVOEGSEL.fullmatch(tussen)) or tussen[0].isupper()
    if _met_hoofdletter(woord):
        return sterk or aanleiding not in (Aanleiding.ROL, Aanleiding.NAAM) or _sleutel(woord) in _ACHTERNAMEN
    if aanleiding in (Aanleiding.ROL, Aanleiding.NAAM):
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
        return bekend or (
            _zeldzaam(woord, _ZELDZAAM_GROOT[aanleiding]) and not _is_afkomst(sleutel, aanleiding)
        )
    if aanleiding in (Aanleiding.GENOEMD, Aanleiding.NAAM) and _KAPITALEN.fullmatch(woord):
        return bekend or _zeldzaam(woord, 3.0)
    if not woord.islower():
        return False
    lijkt_achternaam = bekend or (_ACHTERNAAM_EIND.search(sleutel) and _zeldzaam(woord, 3.6))
    if lijkt_achternaam and aanleiding in (Aanleiding.GENOEMD, Aanleiding.TITEL):
        return True
    return _zeldzaam(woord, _ZELDZAAM_KLEIN[aanleiding]) and not _VERVOEGD.search(sleutel)


def _is_afkomst(sleutel: str, aanleiding: Aanleiding) -> bool:
    """ "Ik ben Koerdisch", "ik ben Rotterdammer"."""
    return aanleiding is Aanleiding.ZELF and bool(_AFKOMST.search(sleutel))


_AFKOMST = re.compile(
    r"(?:isch|aan|ees|ier|ammer|enaar|inger|lander|een)$|^(?:drent|koerd|belg|brit|griek|rus|kroaat|serv"
    r"|tamil)$"
)
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
            return _achternaam_na_tussenvoegsel(woord, tussen)
        return not _onmogelijk(woord, bericht) and (sleutel in _NAMEN or _zeldzaam(woord, 4.6))
    if not woord.islower() or sleutel in _GEEN_NAAMWOORD or _is_vakwoord(woord):
        return False
    return _kleine_achternaam(woord, tussen, voluit)


def _achternaam_na_tussenvoegsel(woord: str, tussen: str) -> bool:
    if _STERK_TUSSENVOEGSEL.fullmatch(tussen) or _sleutel(woord) in _ACHTERNAMEN:
        return not _is_vakwoord(woord)
    return not _is_vakwoord(woord) and _zeldzaam(woord, 3.6)


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
    r"(?:(?:stief|pleeg|schoon|groot)?(?:moeder|vader|ouders?|broer(?:tje)?|zus(?:je|ter)?|zoon(?:tje)?"
    r"|dochter(?:tje)?)|mama|papa|pa|ma|oma|opa|oom|tante|nicht(?:je)?|neef(?:je)?|kind|vriend(?:in|je)?"
    r"|maatje|buurvrouw|buurman|partner|verzorgers?|huisgenoot)"
)
_FUNCTIE = (
    r"(?:lln|leerlinge?|llg|ll|student|stagiaire?|pupil|cli[eë]nte?|kandidaat|deelnemer|deelneemster"
    r"|jongere|casus|dossier|collega|inwoner|cursist|oud-leerling|oud-lln|jongen|meisje|mentrix|mentor"
    r"|(?:\w*(?:begeleider|begeleidster|coach|consulent|manager|leider))|docente?|lera(?:ar|res)|leraar"
    r"|baas|chef|voogd|bewindvoerder|curator|contactpersoon|noodcontact|(?:huis|bedrijfs|school)?arts"
    r"|psycholo(?:og|ge)|directeur|klasgenoot|klasgenote|maat|orthopedagoog|coördinator|coordinator"
    r"|wijkagent|agent|advocaat|maatschappelijk\s+werkster?|logopedist|behandelaar|therapeut"
    r"|stagebegeleider|werkmeester|voorman|teamleider)"
)
_NAAMWOORD = r"\b(?:(?:voor|achter|roep|meisjes|geboorte|volledige\s)?na(?:am|men)|gegevens)\b"
_AANLEIDINGEN: tuple[tuple[Aanleiding, re.Pattern[str]], ...] = (
    (
        Aanleiding.GENOEMD,
        _patroon(
            rf"{_NAAMWOORD}(?:\s+(?:van\s+)?(?:{_BEZIT}\s+)?(?:{_FAMILIE}|{_FUNCTIE}|kind))?\s*"
            r"(?:\s(?:is|was|luidt|zijn)(?:\s+(?:dus|trouwens|gewoon|nu))?\s+|[:=]\s*"
            r"|\s+vergeten[^:\n]{0,20}:\s*)"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        _patroon(
            rf"\b(?:ik|hij|zij|ze|die|{_FAMILIE}|{_FUNCTIE})\s+(?:heet|heette|heten)\s+(?:(?:trouwens|dus"
            r"|nu|gewoon|eigenlijk)\s+)?"
        ),
    ),
    (
        Aanleiding.GENOEMD,
        _patroon(r"\b(?:heet|heten)\s+ik\s+|\bnoem(?:en|t)?\s+(?:me|mij|hem|haar)\s+|\bgenaamd\s+"),
    ),
    (
        Aanleiding.GENOEMD,
        _patroon(
            r"\b(?:groet(?:en|jes)?|gr\.?|grt[jz]?e?s?|mvg|m\.v\.g\.|liefs|hoogachtend|ondertekend"
            r"|t\.?n\.?v\.?|ten\s+name\s+van|op\s+naam\s+van)[\s,.!:-]*(?:van\s+)?"
        ),
    ),
    (
        Aanleiding.TITEL,
        _patroon(
            r"\b(?:me[nv]eer|mijnheer|mevrouw|mevr|mvr|mw|mvrw|dhr|hr(?=\.)|de\s+heer|juf(?:frouw)?|meester"
            r"|meneertje|dr|drs|ir|dokter|prof|mr|fam(?:ilie)?)\b\.?\s+(?:(?:mr|dr|drs|ir|ing)\.?\s+)*"
        ),
    ),
    (Aanleiding.NAAM, _patroon(rf"{_NAAMWOORD}\s+")),
    (
        Aanleiding.ROL,
        _patroon(
            rf"\b(?:{_FAMILIE}|{_FUNCTIE})\b\s*(?:[:,(]\s*|\s[–-]\s)?(?<=[\s:,(])(?:(?-i:van)\s+)?(?:(?:mw|dhr"
            r"|mevr)\.?\s+)?"
        ),
    ),
    (Aanleiding.ZELF, _patroon(r"\b(?:ik|k|ikke)\s*(?:ben|=)\s*(?:(?:ff|even|dus|trouwens|het|hier)\s+)*")),
    (Aanleiding.ZELF, _patroon(r"\(=\s*")),
    (Aanleiding.GENOEMD, _patroon(r"^\W*(?:hoi|hallo|hey|hi|hee|yo|dag)[\s,!]+(?=\w+\s+hier\b)")),
    (
        Aanleiding.ZELF,
        _patroon(
            r"(?:^|[.!?\n])\W*(?:(?:hoi|hallo|hey|hi|hee|yo|dag|beste|goede\w+)\b[\s,!.]*)?"
            r"(?:(?:u|je)\s+spreekt\s+)?(?:met|dit\s+is|hier(?:\s+is)?|ben)\s+"
        ),
    ),
    (
        Aanleiding.ROL,
        _patroon(
            r"\b(?:opp|dossier|casus|ontwikkeling|voortgang|verzuim|toekomstplan|overgangsdocument)\s+van\s+"
        ),
    ),
)
_ROL_VAN_INSTANTIE = _patroon(rf"\b{_FUNCTIE}\s+van\s+$")
_VOORLETTER_NAAM = re.compile(
    rf"(?<![\w.])(?:(?:[A-Z]\.\s?){{1,5}}|(?:Th|Ch|Ph|Fr"
    rf"|Joh)\.\s?)(?P<tussen>(?:{_TUSSENVOEGSEL}\s+)?)(?P<woord>[A-ZÀ-Þ][^\W\d_]+(?:-[^\W\d_]+)*)"
)
_GEEN_PERSOON = _patroon(
    r"\b(?:",
    "|".join(re.escape(naam) for naam in sorted(_LIJSTEN["geen_persoon"], key=len, reverse=True)),
    r")\w*",
)
_INSTANTIE_WOORD = (
    r"(?:stichting|bakkerij|garage|restaurant|hotel|firma|fa\.?|kwekerij|\w*bedrijf|\w*winkel|supermarkt"
    r"|\w*school|\w*college|lyceum|zorginstelling|slagerij|kapsalon|kapper|salon|caf[eé]|\w*boerderij"
    r"|manege|atelier|merk|serie|film|hoveniers|drukkerij|loodgieter|schilder|app|boek|dagboek\s+van"
    r"|project|methode|training|\w*huis|\w*huizen|tuincentrum|\w*centrum|boer|bakker|slager|aannemer"
    r"|zorggroep|huize|villa|kinderopvang|museum|theater|kliniek|makelaar|cafetaria|camping|uitzendbureau"
    r"|vereniging|vso|pro|obs|cbs|mbo|roc|sbo|lunchroom|brasserie|bistro|snackbar|pizzeria|bloemist"
    r"|fietsenmaker|hoeve|csg|rsg|\w*fabriek)"
)
_INSTANTIE = _patroon(_INSTANTIE_WOORD)
_INSTANTIE_ERVOOR = _patroon(
    rf"(?:\b(?:{_INSTANTIE_WOORD}|koning(?:in)?|prins(?:es)?|minister|staatssecretaris|president|premier"
    r"|zanger(?:es)?|rapper|voetballer|wet|sint)\s+(?:(?:de|het|van)\s+)?|\bhet\s+|\b(?:werk\w*|stage\w*"
    r"|\w*baan\w*|\w*baantje|contract|sollicit\w+|gesolliciteerd|slag|aangenomen|begonnen|vakken"
    r"|vakkenvul\w*|kassa|magazijn|leerwerkplek|proefplaatsing|begin\w*|neem\w*|plek"
    r"|loon)\s+(?:\w+\s+){0,3}bij\s+(?:de\s+)?|\b(?:zit|zat|zitten|school|les"
    r"|leerling)\s+(?:\w+\s+){0,2}op\s+(?:de\s+|het\s+)?)['\"‘“]?$"
)
_INSTANTIE_ERNA = _patroon(
    rf"(?:(?:\s+{_TUSSENVOEGSEL})?\s+(?:de\s+)?(?-i:[A-Z])\w*(?:school|college|lyceum|gymnasium|huis"
    r"|stichting|academie|instituut|hoeve))\b|"
    r"['’\"]?\s?-?\s?(?:college|school|lyceum|mavo|academie|instituut|b\.?v\.?\b|n\.?v\.?\b|vof\b|v\.o\.f"
    r"|ziekenhuis|stichting|groep\b|bouw|supermarkt|kliniek|museum|stadion|catering|transport|logistiek"
    r"|techniek|hoveniers|schilders|installatie|en\s+z[no]|&|en\s+zonen|zorg\b|bakkerij|garage|mode\b"
    r"|fonds\b|arena|straat|plein|weg\b|laan|tekening|training|methode|wetten|syndroom|makelaars|uitzend"
    r"|advies|tool\b|app\b|platform|systeem|certificaat|programma|schoonmaak|verhuizingen|autobedrijf"
    r"|tweewielers|slagerij|keurslager|kappers|horeca|food|store|bank\b|beheer\b)"
)


def _namen(bericht: Bericht) -> Iterator[Vondst]:
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
        gewoon = not _zeldzaam(woord, 4.6) and _sleutel(woord) not in _NAMEN
        afkorting = treffer.group().count(".") > _MEESTE_DELEN - 1 and bericht.is_plaats(woord)
        onmogelijk = _is_vakwoord(woord) or _sleutel(woord) in _GEEN_NAAMWOORD or afkorting
        instantie = _INSTANTIE_ERNA.match(bericht.tekst, treffer.end())
        if _met_hoofdletter(woord) and not (gewoon or onmogelijk or instantie):
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
    return bool(
        _INSTANTIE_ERVOOR.search(_ervoor(bericht, begin)) or _INSTANTIE_ERNA.match(bericht.tekst, eind)
    )


def _eind_losse_naam(bericht: Bericht, treffer: re.Match[str]) -> int | None:
    woord = _zonder_bezit(treffer.group())
    groot = _met_hoofdletter(woord)
    if _is_voornaam(woord) and (groot or woord.islower() or bericht.tekst.isupper()):
        return _naam_verder(bericht, treffer.end(), voluit=groot)
    if not groot or _is_vakwoord(woord) or _INSTANTIE.fullmatch(woord):
        return None
    if _sleutel(woord) in _VOORNAMEN_OOK_WOORD:
        eind = _eind_met_achternaam(bericht, treffer, eist_zekerheid=False)
        return eind or _eind_midden_in_zin(bericht, treffer)
    if _zeldzaam(woord, 3.5) and not _onmogelijk(woord, bericht):
        if _LEEFTIJD_ERNA.match(bericht.tekst, treffer.end()):
            return treffer.end()
        return _eind_met_achternaam(bericht, treffer, eist_zekerheid=True)
    return None


_VOOR_EEN_PERSOON = _patroon(
    r"(?:^|\s)(?:is|met|voor|over|kan|mag|moet|heeft|krijgt|begeleid|als|of|zegt|want|wil|zou|gaat|komt|was"
    r"|door|dat|omdat|en)\s$"
)
_MERKNAMEN = _woorden("merknamen")


def _eind_midden_in_zin(bericht: Bericht, treffer: re.Match[str]) -> int | None:
    """ "Is Job al 18": a capital that the sentence does not ask for makes the word a name."""
    sleutel = _sleutel(_zonder_bezit(treffer.group()))
    if sleutel in _MERKNAMEN or not _VOOR_EEN_PERSOON.search(_ervoor(bericht, treffer.start())):
        return None
    volgende = bericht.tekst[treffer.end() : treffer.end() + 2].strip()
    return treffer.end() if not volgende or volgende.islower() or volgende in ".,?!)" else None


_LEEFTIJD_ERNA = _patroon(r"\s?[,(]\s?(?:1[2-9]|2\d)(?:[;,.]\d{1,2})?(?:\s?(?:jaar|jr)\b|\s?\))")


def _eind_met_achternaam(bericht: Bericht, treffer: re.Match[str], eist_zekerheid: bool) -> int | None:
    """The end of first name and surname, or of a first name that is listed with another."""
    eind = _naam_verder(bericht, treffer.end(), voluit=True)
    if eind == treffer.end():
        return eind if not eist_zekerheid and _naast_voornaam(bericht, eind) else None
    laatste = _zonder_bezit(bericht.tekst[treffer.end() : eind].split()[-1])
    if not _met_hoofdletter(laatste):
        return None
    sleutel = _sleutel(laatste)
    lijkt_achternaam = sleutel in _NAMEN or bool(_ACHTERNAAM_EIND.search(sleutel))
    return eind if lijkt_achternaam or not eist_zekerheid else None


def _naast_voornaam(bericht: Bericht, eind: int) -> bool:
    voegwoord = _EN.match(bericht.tekst, eind)
    woord = _WOORD.match(bericht.tekst, voegwoord.end()) if voegwoord else None
    return bool(woord and _met_hoofdletter(woord.group()) and _is_voornaam(woord.group()))


_ZOEKERS: tuple[Zoeker, ...] = (
    _emails,
    _ibans,
    _bsns_na_woord,
    _telefoons,
    _bsns,
    _adressen,
    _postcodes,
    _namen,
    _geboortedata,
)
