"""Masking of personal data in a Dutch chat message, before anything is stored or logged.

Each finder reads the message and yields finds. What is found is blinded at once, so that a later,
less certain finder cannot read it again. Names come last but for dates: a date next to a name is a
date of birth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.privacy.adres import adressen
from bot.privacy.bericht import BLIND, Bericht, Plaatstoets, Vondst, Zoeker
from bot.privacy.bsn import bsns, bsns_na_woord
from bot.privacy.email import emails
from bot.privacy.geboortedatum import geboortedata
from bot.privacy.iban import ibans
from bot.privacy.namen import namen
from bot.privacy.postcode import postcodes
from bot.privacy.telefoon import telefoons


@dataclass(frozen=True)
class Maskering:
    """A message without personal data, and which kinds were taken out, in order of appearance."""

    tekst: str
    soorten: tuple[str, ...]


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
            if BLIND not in bericht.tekst[vondst.begin : vondst.eind]:
                vondsten.append(vondst)
                bericht = _bedekt(bericht, vondst)
    return sorted(vondsten, key=lambda vondst: vondst.begin)


def _bedekt(bericht: Bericht, vondst: Vondst) -> Bericht:
    blind = BLIND * (vondst.eind - vondst.begin)
    tekst = bericht.tekst[: vondst.begin] + blind + bericht.tekst[vondst.eind :]
    return Bericht(tekst, bericht.is_plaats, bericht.vandaag)


def _ingevuld(tekst: str, vondsten: list[Vondst]) -> str:
    for vondst in reversed(vondsten):
        tekst = f"{tekst[: vondst.begin]}[{vondst.soort}]{tekst[vondst.eind :]}"
    return tekst


def _verblind(tekst: str) -> str:
    return _PLAATSHOUDER.sub(lambda treffer: BLIND * len(treffer.group()), tekst)


_PLAATSHOUDER = re.compile(r"\[(?:bsn|telefoon|e-mail|iban|geboortedatum|adres|postcode|naam)\]")

_ZOEKERS: tuple[Zoeker, ...] = (
    emails,
    ibans,
    bsns_na_woord,
    telefoons,
    bsns,
    adressen,
    postcodes,
    namen,
    geboortedata,
)
