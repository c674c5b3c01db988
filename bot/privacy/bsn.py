"""The citizen service number: by its check, or any number beside the word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, alleen_cijfers, pattern
from bot.privacy.geboortedatum import DATUM, lees_datum

_BSN_WOORD = pattern(
    r"\bb\.?s\.?n(?:\b|[-\s']?(?:nummer|nr|s\b))|burger\s?(?:service)?\s?-?(?:nummer|nr)|\bsofi"
)
_BSN_NA_WOORD = pattern(
    rf"(?:{_BSN_WOORD.pattern})(?:nummer|nr)?[^\w\n]{{0,4}}(?:(?:is|nummer|nr|van\s+m(?:ij|e)"
    rf"|dus)[^\w\n]{{1,3}}){{0,2}}",
    r"(?P<nummer>\d(?:[ .-]?\d){6,9})(?!\d)",
)
_BSN_KANDIDAAT = re.compile(r"(?<![\w.,-])(?<!\d )\d(?:[ .\t-]{0,2}\d){6,9}(?![\d%])(?!,\d)")
_ANDER_NUMMER = pattern(
    r"(?:\bkvk|kamer van koophandel|vacature|crebo|brin|zaak|dossier|order|bestel|factuur|klant|kenmerk|btw"
    r"|rsin|isbn|lidnummer|volgnummer|referentie|ticket|€|\bart(?:ikel)?)[\w\s.:#-]{0,18}$"
)
_BEDRAG_ERNA = pattern(r"\s?(?:euro|eur\b|€|mensen|banen|inwoners)")
_BSN_VOOR, _BSN_NA = 50, 40


def bsns_na_woord(bericht: Bericht) -> Iterator[Vondst]:
    """A number straight after the word, read before the phone numbers: also when it cannot be a BSN."""
    for treffer in _BSN_NA_WOORD.finditer(bericht.tekst):
        if not _bevat_datum(treffer["nummer"]):
            yield Vondst(*treffer.span("nummer"), "bsn")


def bsns(bericht: Bericht) -> Iterator[Vondst]:
    """Numbers that pass the check, or that stand near the word."""
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
    return _elfproef(alleen_cijfers(nummer)) and _als_bsn_geschreven(nummer)


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
    return len(groepen) == 1 or (len(alleen_cijfers(nummer)) == 9 and len(jaren) < 2)


def _bevat_datum(nummer: str) -> bool:
    if DATUM.search(nummer):
        return True
    cijfers = alleen_cijfers(nummer)
    return len(cijfers) == 8 and lees_datum(cijfers[:2], cijfers[2:4], cijfers[4:]) is not None
