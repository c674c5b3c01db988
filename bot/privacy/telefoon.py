"""Phone numbers, Dutch and foreign, in digits and in words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.privacy.bericht import Bericht, Vondst, pattern, vondsten
from bot.privacy.woorden import GETAL_IN_LETTERS

_DATUM_VORM = r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?!\d)"
_GEEN_LIJN = r"(?!0[89]00|090[69])"
_TUSSEN = r"[\s./()_–-]{0,3}"
_TELEFOON = (
    pattern(r"(?<![\w+])(?:\+\d|00[1-9])\d{0,2}(?:[\s./()-]{0,2}\d){7,11}(?!\d)"),
    pattern(
        rf"(?<![\w.,+-])(?!{_DATUM_VORM}){_GEEN_LIJN}\(?0{_TUSSEN}[1-9](?:{_TUSSEN}\d){{8}}(?!\d|[.,]\d)"
    ),
    pattern(r"(?<![\w.,])06[\s-]{0,3}\d{7,9}(?!\d)"),
    pattern(r"(?<=nummer is )6[\s-]?\d{8}(?!\d)|(?<=nummer )6[\s-]\d{8}(?!\d)"),
    pattern(
        rf"\b(?:(?:nul|0)[\s,-]*(?:zes|6))(?:[\s,-]+(?:{GETAL_IN_LETTERS}|\d{{1,4}})\b){{3,10}}",
    ),
    pattern(rf"\b(?:nul[\s,-]*(?:zes|6)|0[\s,-]*zes)(?:{_TUSSEN}\d){{8}}(?!\d)"),
)
_TELEFOON_NA_WOORD = pattern(
    r"\b(?:tel(?:\.|\s?nr\b|\s?nummer)?|telefoon(?:\s?nummer|nr)?|mobiel(?:e?\s?nummer|nr)?|06(?:nummer|nr))"
    r"[\s.:]*(?:(?:is|van\s+m(?:e|ij|n|'n)(?:\s\w+)?|nummer)[\s:]+)*",
    rf"(?P<nummer>(?!{_DATUM_VORM}|(?:19"
    rf"|20)\d\d\b){_GEEN_LIJN}\(?\d{_TUSSEN}(?:\d{_TUSSEN}){{5,10}}\d)(?!\d)",
)


def telefoons(bericht: Bericht) -> Iterator[Vondst]:
    """Numbers by their form, and any number after a word for phone."""
    for patroon in _TELEFOON:
        yield from vondsten(patroon, bericht.tekst, "telefoon")
    for treffer in _TELEFOON_NA_WOORD.finditer(bericht.tekst):
        yield Vondst(*treffer.span("nummer"), "telefoon")
