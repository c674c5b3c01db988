"""What `kennisbank controleer` looks at in the pictures: nothing on them without an article that says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kennisbank.bedragen import LOS_BEDRAG
from kennisbank.meldingen import Melding, fout
from kennisbank.quotes import zegt
from kennisbank.reader import KENNISBANK_MAP, Inhoud, regel_met


def controleer_beelden(inhoud: Inhoud, vandaag: date) -> Iterator[Melding]:
    """Statements that rest on nothing, typed amounts, and articles with two pictures."""
    artikelen = {artikel.id: artikel for artikel in inhoud.artikelen if artikel.dekt(vandaag)}
    eigenaar: dict[str, str] = {}
    for id_, blad in inhoud.beelden.items():
        pad = KENNISBANK_MAP / "beelden" / f"{id_}.yml"
        for bij in blad.bij:
            if bij not in artikelen:
                yield _fout(pad, bij, f"artikel '{bij}' bestaat niet of geldt nu niet")
            elif eigenaar.setdefault(bij, id_) != id_:
                yield _fout(pad, bij, f"artikel '{bij}' heeft al een beeld: {eigenaar[bij]}")
        for punt in blad.punten():
            artikel = artikelen.get(punt.artikel)
            if artikel is None:
                yield _fout(pad, punt.artikel, f"artikel '{punt.artikel}' bestaat niet of geldt nu niet")
            elif not zegt(artikel, punt.zin):
                uitleg = f"'{punt.tekst}' rust op woorden die niet (meer) in {artikel.id} staan: '{punt.zin}'"
                yield _fout(pad, punt.zin, uitleg)
            if treffer := LOS_BEDRAG.search(punt.tekst):
                yield _fout(pad, punt.tekst, f"op het beeld staat het bedrag '{treffer[0]}'; laat het weg")


def _fout(pad: Path, woorden: str, uitleg: str) -> Melding:
    return fout(pad, regel_met(pad, woorden), uitleg)
