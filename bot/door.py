"""What happens to a message before anything else sees it: tidied, disarmed, masked, cut."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.privacy import masker
from bot.settings import MAX_TEKENS

_TAGS = re.compile(r"<[^<>]{1,200}>")
_MARGE = 200
"""Characters beyond a cut that are read along, so that no number or name is cut in two unmasked."""
_HALVE_PLAATSHOUDER = re.compile(r"\[[a-z-]*$|^[a-z-]*\](?=\s|$)")
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
    intent), personal data is masked, a text that is too long keeps its beginning and its end.
    """
    tekst = html.unescape(_TAGS.sub(" ", ruw))
    tekst = " ".join(_STUURTEKENS.sub(" ", tekst).split()).lstrip("/ ")
    if len(tekst) <= MAX_TEKENS:
        masking = masker(tekst, is_plaats)
        return Inkomend(masking.tekst, masking.soorten, ingekort=False)
    helft = MAX_TEKENS // 2
    begin = masker(tekst[: helft + _MARGE], is_plaats)
    eind = masker(tekst[-helft - _MARGE :], is_plaats)
    over = (_HALVE_PLAATSHOUDER.sub("", deel) for deel in (begin.tekst[:helft], eind.tekst[-helft:]))
    # Together once more: what was cut may now look like something else.
    masking = masker(" … ".join(over), is_plaats)
    soorten = dict.fromkeys((*begin.soorten, *eind.soorten, *masking.soorten))
    return Inkomend(masking.tekst, tuple(soorten), ingekort=True)
