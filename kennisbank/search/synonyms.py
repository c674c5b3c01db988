"""Which subjects a sentence names, whatever words it uses for them (kennisbank/synoniemen.yml).

Sentences that share no word may still share a subject: "doekoe", "salaris" and "wat krijg ik op mijn
rekening" are all pay. Each subject is a column; a sentence has a 1 where it names that subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from kennisbank.meldingen import InhoudFout, fout
from kennisbank.place_tables import zonder_accenten
from kennisbank.reader import KENNISBANK_MAP, parse_yaml
from kennisbank.search.patterns import Patronen

SYNONIEMEN_BESTAND = KENNISBANK_MAP / "synoniemen.yml"


class Synoniemen:
    """Finds subjects by their words; `woorden` gives for each subject what people call it."""

    def __init__(self, woorden: Mapping[str, Sequence[str]]) -> None:
        self.namen = list(woorden)
        self._patronen = Patronen([_pattern(namen) for namen in woorden.values()])

    def matrix(self, teksten: Sequence[str]) -> sp.csr_matrix:
        """One row per text and one column per subject, 1 where the text names it, (m, subjects)."""
        genoemd = [self._patronen.found_in(zonder_accenten(tekst)) for tekst in teksten]
        grenzen = np.cumsum([0, *map(len, genoemd)])
        kolommen = np.array([kolom for rij in genoemd for kolom in rij], np.int32)
        enen = np.ones(len(kolommen), np.float32)
        return sp.csr_matrix((enen, kolommen, grenzen), shape=(len(teksten), len(self.namen)))


def read_synoniemen(pad: Path = SYNONIEMEN_BESTAND) -> Synoniemen:
    """Reads the file: on each line a subject and, separated by commas, what people call it.

    Raises:
        InhoudFout: with the line that is malformed.
    """
    regels = pad.read_text(encoding="utf-8").splitlines()
    ruw = parse_yaml("\n".join(regels), pad)
    woorden, meldingen = {}, []
    for nummer, regel in enumerate(regels, 1):
        naam, dubbelepunt, _ = regel.partition(":")
        if not dubbelepunt or regel.startswith("#"):
            continue
        lijst = [woord.strip() for woord in str(ruw.get(naam) or "").split(",")]
        if not all(woord.strip("* ") for woord in lijst):
            meldingen.append(fout(pad, nummer, f"bij '{naam}' staat een leeg woord; haal de komma weg"))
        woorden[naam] = lijst
    if meldingen:
        raise InhoudFout(meldingen)
    return Synoniemen(woorden)


def _pattern(namen: Sequence[str]) -> str:
    return "|".join(_as_pattern(naam) for naam in namen)


def _as_pattern(naam: str) -> str:
    return r"\s+".join(re.escape(deel).replace(r"\*", r"\w*") for deel in zonder_accenten(naam).split())
