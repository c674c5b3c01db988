"""E-mail addresses, also spelled out."""

from __future__ import annotations

from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, pattern, vondsten

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
_EMAIL = pattern(r"(?<![\w.+-])[\w.+-]{0,80}[\w+-]@[\w-]+(?:[.,][\w-]+)+")
_EMAIL_UITGESCHREVEN = pattern(
    rf"\b[\w+]{{1,40}}(?:{_SCHRIJFTEKEN}(?:(?:van|de|der|den|ter|el)\s+){{0,2}}[\w+]{{1,40}}){{0,5}}{_APENSTAART}",
    rf"[\w-]{{1,40}}(?:{_PUNT}[\w-]{{1,40}}){{0,4}}?{_PUNT}{_TLD}\b",
)
_EMAIL_BIJ_AANBIEDER = pattern(
    rf"\b\w{{1,40}}(?:{_SCHRIJFTEKEN}\w{{1,40}}){{0,5}}{_APENSTAART}{_AANBIEDER}\w*(?:,\w+)?"
)
_HEEFT_APENSTAART = pattern(_APENSTAART)
_EMAIL_ZONDER_APENSTAART = pattern(rf"\b(?=\w{0, 40}[\d._])[\w.]{1, 60}\s(?:{_AANBIEDER}|live)\.{_TLD}\b")


def emails(bericht: Bericht) -> Iterator[Vondst]:
    """Addresses as written, spelled out, and those with a slip in them."""
    if _HEEFT_APENSTAART.search(bericht.tekst):
        for patroon in (_EMAIL_UITGESCHREVEN, _EMAIL, _EMAIL_BIJ_AANBIEDER):
            yield from vondsten(patroon, bericht.tekst, "e-mail")
    yield from vondsten(_EMAIL_ZONDER_APENSTAART, bericht.tekst, "e-mail")
