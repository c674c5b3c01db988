"""Reading level of the *Eenvoudig* texts, by an established measure for Dutch.

Flesch-Douma, as `textstat` computes it. Chosen over LiNT because it runs beside Rasa in one
environment; LiNT needs a newer Python. On Douma's scale 60-70 is "standaard" and 80 and up
"gemakkelijk". The bound lies at 80, not at 60: `textstat` counts syllables by hyphenation, which
misses some at the edges of words, so its scores come out about ten points too kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import textstat

MAX_WOORDEN_PER_ZIN = 12.0
MIN_FLESCH_DOUMA = 80.0

textstat.set_lang("nl_NL")


@dataclass(frozen=True)
class Leesniveau:
    """How hard a text reads: its score (higher is easier) and its average sentence length."""

    flesch_douma: float
    woorden_per_zin: float


def zinnen(tekst: str) -> list[str]:
    """The sentences of a Markdown text; a list item counts as a sentence."""
    gevonden = []
    for regel in tekst.splitlines():
        kaal = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", regel).replace("**", "")
        gevonden += [zin.strip() for zin in re.split(r"(?<=[.!?:])\s+(?=[A-Z'\"(0-9{])", kaal)]
    return [zin for zin in gevonden if re.search(r"[^\W\d_]", zin)]


def woorden(tekst: str) -> list[str]:
    """The words of a text, without numbers and punctuation."""
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", tekst)


def leesniveau(tekst: str) -> Leesniveau:
    """Measures `tekst`, which must hold at least one word."""
    alle_zinnen = [" ".join(woorden(zin)) for zin in zinnen(tekst)]
    aantal_woorden = sum(len(zin.split()) for zin in alle_zinnen)
    score = textstat.flesch_reading_ease(". ".join(alle_zinnen) + ".")
    return Leesniveau(round(score, 1), round(aantal_woorden / len(alle_zinnen), 1))
