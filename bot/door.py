"""What happens to a message before anything else sees it: tidied, cut, disarmed, masked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.privacy import masker
from bot.settings import MAX_TEKENS

_TAGS = re.compile(r"<[^<>]{1,200}>")
_STUURTEKENS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")


@dataclass(frozen=True)
class Inkomend:
    """A typed message as the assistant may see and store it."""

    tekst: str
    gemaskeerd: tuple[str, ...]
    ingekort: bool


def ontvang(ruw: str, is_plaats: Callable[[str], bool]) -> Inkomend:
    """Makes a typed message safe to read and to store.

    HTML is read as text, a leading `/` loses its meaning (only our own buttons may send an
    intent), a text that is too long keeps its beginning and its end, personal data is masked.
    """
    tekst = html.unescape(_TAGS.sub(" ", ruw))
    tekst = " ".join(_STUURTEKENS.sub(" ", tekst).split()).lstrip("/ ")
    ingekort = len(tekst) > MAX_TEKENS
    if ingekort:
        helft = MAX_TEKENS // 2
        tekst = f"{tekst[:helft]} … {tekst[-helft:]}"
    masking = masker(tekst, is_plaats)
    return Inkomend(masking.tekst, masking.soorten, ingekort)
