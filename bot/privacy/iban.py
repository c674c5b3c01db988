"""Bank accounts: IBAN by its form or check number, and the number after the word."""

from __future__ import annotations

from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, pattern, vondsten

_IBAN_LENGTES = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "GR": 27,
    "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "PL": 28, "PT": 25, "RO": 24, "TR": 26,
}  # fmt: skip
_IBAN_NL = pattern(r"(?<!\w)NL[\s.-]?(?:\d[\s.-]?){2}(?:[A-Z][\s.-]?){4}\d(?:[\s.-]?\d){7,11}(?!\d)")
_IBAN_BUITENLAND = pattern(
    r"(?<!\w)(?:",
    "|".join(rf"{land}\d\d(?:[\s.-]?[A-Z\d]){{{lengte - 4}}}" for land, lengte in _IBAN_LENGTES.items()),
    r")(?!\w)",
)
_REKENING = pattern(
    r"(?:\biban|bank\s?rekening|rekening\s?(?:nummer|nr)|giro\s?(?:nummer|nr)|\brek\.?\s?nr)\w*[^\w\n]*"
    r"(?:(?:is|nu|nummer|van\s+m(?:ij|e))\s+)*(?P<nummer>\d(?:[ .-]?\d){6,9})(?![ .-]?\d)"
)


def ibans(bericht: Bericht) -> Iterator[Vondst]:
    """Dutch accounts by form, foreign ones by check number, others after the word."""
    yield from vondsten(_IBAN_NL, bericht.tekst, "iban")
    for treffer in _IBAN_BUITENLAND.finditer(bericht.tekst):
        if _klopt_iban(treffer.group()):
            yield Vondst(treffer.start(), treffer.end(), "iban")
    for treffer in _REKENING.finditer(bericht.tekst):
        yield Vondst(*treffer.span("nummer"), "iban")


def _klopt_iban(tekst: str) -> bool:
    """The check of ISO 13616: letters become numbers, and the remainder by 97 is 1."""
    tekens = [teken for teken in tekst if teken.isalnum() and teken.isascii()]
    return int("".join(str(int(teken, 36)) for teken in tekens[4:] + tekens[:4])) % 97 == 1
