"""Amounts in prose: `{{ bedrag("wml-uur-21") }}` becomes the value that holds on the day asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from kennisbank.model import Bedrag, Bedragwaarde

LOS_BEDRAG = re.compile(r"€\s*\d|\b\d[\d.,]*\s*(?:euro|procent)\b|\b\d+(?:,\d+)?\s*%")
"""An amount that is typed in prose instead of referred to."""
VERWIJZING = re.compile(r"\{\{\s*bedrag\(\s*[\"']([^\"']+)[\"']\s*\)\s*\}\}")


def waarde_op(bedrag: Bedrag, dag: date) -> Bedragwaarde | None:
    """The value that holds on `dag`, or None: never the last known one for an uncovered day."""
    return next((waarde for waarde in bedrag.waarden if waarde.dekt(dag)), None)


def verwezen_bedragen(tekst: str) -> Iterator[str]:
    """The ids of the amounts that `tekst` refers to, in order."""
    return (treffer[1] for treffer in VERWIJZING.finditer(tekst))


def vul_in(tekst: str, bedragen: Mapping[str, Bedrag], dag: date, onbekend: Callable[[str], str]) -> str:
    """Replaces every reference in `tekst` by the value on `dag`.

    `onbekend` gives the words for an amount (by its name) that no value covers on that day.
    """

    def replace(treffer: re.Match[str]) -> str:
        bedrag = bedragen[treffer[1]]
        waarde = waarde_op(bedrag, dag)
        if waarde is None:
            return onbekend(bedrag.naam)
        geschreven = schrijf(waarde.waarde, bedrag.eenheid)
        return f"{geschreven} ({waarde.voorbehoud})" if waarde.voorbehoud else geschreven

    return VERWIJZING.sub(replace, tekst)


def schrijf(waarde: float, eenheid: str) -> str:
    """A value as Dutch text: 1419.46 euro is '€ 1.419,46', 87.5 procent is '87,5%'."""
    if eenheid == "procent":
        return f"{waarde:g}".replace(".", ",") + "%"
    decimalen = 0 if waarde == int(waarde) else 2
    return "€ " + f"{waarde:,.{decimalen}f}".translate(str.maketrans(",.", ".,"))
