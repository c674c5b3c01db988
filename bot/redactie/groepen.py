"""Questions that are alike, put together, so that an editor reads each only once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.logboek import Regel

_VERSCHIL = 0.65
"""Questions whose pieces of words differ more than this (cosine, on average) are not alike."""


@dataclass(frozen=True)
class Groep:
    """Lines of the log that ask about the same."""

    regels: tuple[Regel, ...]

    @property
    def vragen(self) -> list[tuple[str, int]]:
        """Each way it was asked with how often, most often first."""
        return Counter(regel.vraag.strip() for regel in self.regels).most_common()

    @property
    def doelgroepen(self) -> list[tuple[str, int]]:
        """Who asked, with how often; an empty name where it was not said."""
        return Counter(regel.doelgroep or "" for regel in self.regels).most_common()

    @property
    def kandidaten(self) -> list[str]:
        """The articles that came closest, best first."""
        beste: dict[str, float] = {}
        for regel in self.regels:
            for artikel, score in regel.kandidaten:
                beste[artikel] = max(score, beste.get(artikel, 0.0))
        return sorted(beste, key=lambda artikel: -beste[artikel])


def groepeer(regels: Sequence[Regel]) -> list[Groep]:
    """The lines by likeness of their question, largest group first."""
    per_vraag: dict[str, list[Regel]] = defaultdict(list)
    for regel in regels:
        if kaal := " ".join(regel.vraag.lower().split()):
            per_vraag[kaal].append(regel)
    vragen = list(per_vraag)
    groepen: dict[int, list[Regel]] = defaultdict(list)
    for vraag, nummer in zip(vragen, _nummers(vragen), strict=True):
        groepen[nummer].extend(per_vraag[vraag])
    return sorted((Groep(tuple(leden)) for leden in groepen.values()), key=lambda groep: -len(groep.regels))


def _nummers(vragen: Sequence[str]) -> list[int]:
    """The number of the group of each question."""
    if len(vragen) < 2:
        return [1] * len(vragen)
    stukken = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    boom = linkage(stukken.fit_transform(vragen).toarray(), "average", metric="cosine")
    return [int(nummer) for nummer in fcluster(boom, _VERSCHIL, "distance")]
