"""Dates of birth: a date beside a person, not the date of a rule or a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.privacy.bericht import BLIND, Bericht, Vondst, alleen_cijfers, ervoor, pattern
from bot.privacy.woorden import GETAL_IN_LETTERS

_MAANDEN = {
    "januari": 1, "jan": 1, "februari": 2, "febr": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MAAND = "|".join(sorted(_MAANDEN, key=len, reverse=True))
_JAAR = r"(?P<{0}>(?:19|20)\d\d|['’‘]?\d\d)(?!\d|[.,-]\d)"
DATUM = pattern(
    r"(?<![\w.-])(?:",
    r"(?P<d1>\d{1,2})\s?[-./]\s?(?P<m1>\d{1,2})\s?[-./]\s?" + _JAAR.format("j1"),
    r"|(?P<j2>(?:19|20)\d\d)[-./](?P<m2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)",
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?[\s-]+(?:van\s)?(?P<m3>{_MAAND}",
    r")\.?[\s-]+(?:van\s)?" + _JAAR.format("j3"),
    r"|(?P<d4>\d{1,2})\s(?P<m4>\d{1,2})\s(?P<j4>(?:19|20)\d\d)(?!\d)",
    r")",
)
_DATUM_AANEEN = pattern(r"(?<!\w)(?P<d>\d\d)(?P<m>\d\d)(?P<j>(?:19|20)?\d\d)(?!\w)")
_DATUM_IN_LETTERS = pattern(
    rf"\b(?:{GETAL_IN_LETTERS}|eerste|derde|\d{{1,2}})(?:e|de|ste)?\s+(?:{_MAAND})\s+",
    rf"(?:tweeduizend|twintighonderd|negentienhonderd|negentien)(?:\s?en)?(?:\s?{GETAL_IN_LETTERS})?\b",
)
_GEBOORTE = (
    r"(?:\bgeboren|geboorte\s?(?:dag|datum|dat)\w*|\bgeb\b\.?(?:\s?-?dat\w*)?|\bgebdat\w*|\bd\.?o\.?b\b)"
)
_GEBOORTE_VOOR = pattern(_GEBOORTE, r"[^\d\n]{0,40}$")
_GEBOORTE_NA = pattern(
    r"[\s,)]{0,3}(?:ben ik |is (?:hij|zij|ze) |is )?(?:geboren\b|is (?:me|mijn|mn|m'n|zijn|z'n"
    r"|haar) geboorte)"
)
_JARIG_VOOR = pattern(r"(?:(?:ver)?jaardag|\bjarig)\w*[^\d\n]{0,30}$|", _GEBOORTE, r".{0,45}$")
_JARIG_NA = pattern(
    r"[\s,)]{0,3}(?:ben ik |is (?:hij|zij|ze) )?(?:jarig\b|is (?:me|mijn|mn|m'n|zijn|haar) verjaar)"
)
_PERSOON = (
    r"(?:zoon|dochter|leerling|leerlinge|lln|broer(?:tje)?|zus(?:je)?|moeder|vader|kind|cli[eë]nt|jongere"
    r"|kandidaat|deelnemer|stagiaire?|student|pupil)"
)
_IK_BEN_VAN = pattern(
    rf"(?:\b(?:ik|hij|zij|ze|die|{_PERSOON})\s*(?:ben|is|kom|komt)|^\s*kom|\bben)\s+(?:er\s+een\s+|eentje\s+"
    r"|dus\s+)?van\s+$|\bbouwjaar[\s:]+$"
)
_PERSOON_ERVOOR = pattern(rf"(?:{BLIND}|\b{_PERSOON})[\s,;:(/|*-]{{1,4}}$")
_PERSOON_ERNA = pattern(rf"[\s,;:)/|-]{{1,4}}{BLIND}")
_GRENS = pattern(r"\b(?:na|v[oó][oó]r|vanaf|tot|tussen(?:\s[^.?!]*\sen)?|sinds|op\s+of\s+na)\s+$")
"""Before a date in a rule: "geboren na 1 januari 2008" is nobody's date of birth."""
_DATERING = pattern(r"\b(?:op|sinds|per|vanaf|d\.?d\.?|tot|na|voor)\s+$")
_ALLEEN = pattern(r"\W*")
_JONGST, _OUDST = 8, 70


def geboortedata(bericht: Bericht) -> Iterator[Vondst]:
    """Dates beside a person or a word for birth; a date in a rule is nobody's birthday."""
    for treffer in DATUM.finditer(bericht.tekst):
        if _is_geboortedatum(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")
    for treffer in _DATUM_IN_LETTERS.finditer(bericht.tekst):
        voor = ervoor(bericht, treffer.start())
        if _GEBOORTE_VOOR.search(voor) or _bij_persoon(voor, bericht.tekst[treffer.end() :]):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")
    for treffer in _DATUM_AANEEN.finditer(bericht.tekst):
        dag = lees_datum(*treffer.group("d", "m", "j"))
        if dag and _GEBOORTE_VOOR.search(ervoor(bericht, treffer.start())):
            yield Vondst(treffer.start(), treffer.end(), "geboortedatum")


def _is_geboortedatum(treffer: re.Match[str], bericht: Bericht) -> bool:
    dag = lees_datum(*_dag_maand_jaar(treffer))
    voor, na = ervoor(bericht, treffer.start()), bericht.tekst[treffer.end() :]
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


def lees_datum(dag: str, maand: str, jaar: str) -> date | None:
    """The date, or nothing when it does not exist; two digits for the year are read as a birth year."""
    jaartal = int(alleen_cijfers(jaar))
    if jaartal < 100:
        jaartal += 2000 if jaartal < 30 else 1900
    try:
        return date(jaartal, _MAANDEN.get(maand.lower()) or int(maand), int(dag))
    except ValueError:
        return None


def _past_bij_leeftijd(dag: date, vandaag: date) -> bool:
    return _JONGST <= (vandaag - dag).days / 365.25 <= _OUDST
