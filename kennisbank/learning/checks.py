"""What `kennisbank controleer` looks at in the learning path: nothing taught that no article says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kennisbank.bedragen import LOS_BEDRAG
from kennisbank.learning.model import Leerstap
from kennisbank.meldingen import Melding, fout, let_op
from kennisbank.model import Artikel
from kennisbank.quotes import alinea, zegt
from kennisbank.reader import KENNISBANK_MAP, Inhoud, regel_met


def controleer_leerpad(inhoud: Inhoud, vandaag: date) -> Iterator[Melding]:
    """Steps without an article, quotes that are gone, and steps that are older than their article."""
    artikelen = {artikel.id: artikel for artikel in inhoud.artikelen if artikel.dekt(vandaag)}
    gezien: set[str] = set()
    for naam, deel in inhoud.leerdelen.items():
        pad = KENNISBANK_MAP / "leerpaden" / f"{naam}.yml"
        for stap in deel.stappen:
            regel = regel_met(pad, f"id: {stap.id}")
            if stap.id in gezien:
                yield fout(pad, regel, f"de stap '{stap.id}' staat er twee keer")
            gezien.add(stap.id)
            if stap.beeld and stap.beeld not in inhoud.beelden:
                yield fout(pad, regel, f"{stap.id}: het beeld '{stap.beeld}' bestaat niet")
            artikel = artikelen.get(stap.artikel)
            if artikel is None:
                uitleg = f"{stap.id}: artikel '{stap.artikel}' bestaat niet of geldt nu niet"
                yield fout(pad, regel, uitleg)
            else:
                yield from _tegen_artikel(pad, regel, stap, artikel)


def _tegen_artikel(pad: Path, regel: int, stap: Leerstap, artikel: Artikel) -> Iterator[Melding]:
    for begin in stap.alineas:
        if alinea(artikel, begin) is None:
            yield fout(pad, regel, f"{stap.id}: in {artikel.id} begint geen alinea met '{begin}'")
    if not zegt(artikel, stap.zin):
        uitleg = f"{stap.id}: het goede antwoord rust op woorden die niet in {artikel.id} staan: '{stap.zin}'"
        yield fout(pad, regel, uitleg)
    eigen = [stap.geval, stap.vraag, *(deel for keuze in stap.keuzes for deel in (keuze.tekst, keuze.uitleg))]
    for tekst in eigen:
        if treffer := LOS_BEDRAG.search(tekst):
            uitleg = f"{stap.id}: '{treffer[0]}' is een bedrag; laat een alinea van het artikel het zeggen"
            yield fout(pad, regel, uitleg)
    if stap.nagekeken_op < artikel.gecontroleerd_op:
        uitleg = (
            f"{stap.id}: {artikel.id} is op {artikel.gecontroleerd_op} nagekeken, na deze stap; "
            "kijk of geval en uitleg nog kloppen en zet nagekeken_op op vandaag"
        )
        yield let_op(pad, regel, uitleg)
