"""Postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.adres import WOON
from bot.privacy.bericht import BLIND, Bericht, Vondst, pattern
from bot.privacy.woorden import woordenlijst

_POSTCODE = pattern(
    r"(?<![\w.,€-])(?<!€\s)(?P<cijfers>[1-9]\d{3})(?P<gat>\s{0,2}|-)(?P<letters>[a-z]{2})(?![\w'’])"
)
_POSTCODE_WOORD = pattern(WOON, r"|\b(?:post\s?code|pc|buurt|gebied)\b|\bin\s$")
_GEEN_POSTCODE = woordenlijst("geen_postcodeletters")


def postcodes(bericht: Bericht) -> Iterator[Vondst]:
    """Four digits and two letters that are no year, amount or unit."""
    for treffer in _POSTCODE.finditer(bericht.tekst):
        if _is_postcode(treffer, bericht):
            yield Vondst(treffer.start(), treffer.end(), "postcode")


def _is_postcode(treffer: re.Match[str], bericht: Bericht) -> bool:
    letters = treffer["letters"]
    voor = bericht.tekst[max(0, treffer.start() - 45) : treffer.start()]
    aanleiding = bool(_POSTCODE_WOORD.search(voor)) or voor.rstrip(" ,").endswith(BLIND)
    hoofdletters = letters.isupper() and not bericht.tekst.isupper()
    if letters.lower() in _GEEN_POSTCODE:
        return aanleiding and hoofdletters
    if re.fullmatch(r"(?:19|20)\d\d", treffer["cijfers"]) and treffer["gat"]:
        return aanleiding
    alleen = not voor.strip() and not bericht.tekst[treffer.end() :].strip(" .!?")
    return hoofdletters or aanleiding or alleen or not treffer["gat"]
