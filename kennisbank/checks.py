"""All that `kennisbank controleer` looks at, beyond the shape that the reader checks.

A `FOUT` stops the build; a `LET_OP` is work for an editor (an overdue review, a text that reads
too hard) and the answer itself says so where a user should know.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from kennisbank.bedragen import LOS_BEDRAG, verwezen_bedragen, waarde_op
from kennisbank.learning.checks import controleer_leerpad
from kennisbank.meldingen import Melding, fout, let_op
from kennisbank.model import ZEKERHEDEN, Artikel, Doelgroep
from kennisbank.overlap import Brontekst
from kennisbank.pictures.checks import controleer_beelden
from kennisbank.readability import MAX_WOORDEN_PER_ZIN, MIN_FLESCH_DOUMA, leesniveau, woorden
from kennisbank.reader import KENNISBANK_MAP, Inhoud, doelgroep_kop, regel_met

MIN_VRAGEN = 20
PROFESSIONAL_WOORDEN = (60, 150)
BIJNA_GELIJK = 93.0
"""From this likeness (0-100, rapidfuzz ratio) two questions of different articles are near-duplicates."""
_BLOK = 500
"""Questions compared with the others at a time."""

_ADRES = re.compile(r"https?://|www\.")
_AFKORTING = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")

_Check = Callable[[Inhoud, date], Iterator[Melding]]


def controleer(inhoud: Inhoud, vandaag: date, bronteksten: Sequence[Brontekst] = ()) -> list[Melding]:
    """All messages about `inhoud`, sorted by file and line.

    With `bronteksten` also what was copied from those documents.
    """
    meldingen = [melding for check in _CHECKS for melding in check(inhoud, vandaag)]
    return sorted([*meldingen, *_overgenomen(inhoud, bronteksten)])


def _plek(inhoud: Inhoud, artikel: Artikel, zoek: str = "id:") -> tuple[Path, int]:
    """The file of `artikel` and the first line that holds `zoek`."""
    pad = inhoud.bestand_van[artikel.id, artikel.geldig_vanaf]
    return pad, regel_met(pad, zoek)


def _alle_teksten(artikel: Artikel) -> Iterator[tuple[str, str]]:
    """(heading, text) of everything in `artikel` that a user may read."""
    for doelgroep, tekst in artikel.teksten.items():
        yield doelgroep_kop(doelgroep), tekst
    for deel in artikel.per_leeftijd:
        yield f"Leeftijd {deel.van}", deel.tekst
    for wijziging in artikel.wijzigingen:
        yield f"Vanaf {wijziging.vanaf}", wijziging.tekst


def _bronnen(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        for verwijzing in artikel.bronnen:
            if verwijzing.bron not in inhoud.bronnen:
                uitleg = f"onbekende bron '{verwijzing.bron}'; zet die eerst in bronnen.yml"
                yield fout(*_plek(inhoud, artikel, verwijzing.bron), uitleg)
    tabellen: list[tuple[str, Mapping[str, Any]]] = [
        ("bedragen.yml", inhoud.bedragen),
        ("begrippen.yml", inhoud.begrippen),
    ]
    for bestand, tabel in tabellen:
        for sleutel, waarde in tabel.items():
            for verwijzing in getattr(waarde, "waarden", None) or getattr(waarde, "bronnen", []):
                if verwijzing.bron not in inhoud.bronnen:
                    yield fout(KENNISBANK_MAP / bestand, 1, f"{sleutel}: onbekende bron '{verwijzing.bron}'")


def _verwant(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    bekend = set(inhoud.ids())
    for artikel in inhoud.artikelen:
        for ander in artikel.verwant:
            if ander not in bekend:
                yield fout(*_plek(inhoud, artikel, "verwant:"), f"verwant artikel '{ander}' bestaat niet")
            elif ander == artikel.id:
                yield fout(*_plek(inhoud, artikel, "verwant:"), "een artikel is niet verwant aan zichzelf")
    for sleutel, begrip in inhoud.begrippen.items():
        if begrip.artikel and begrip.artikel not in bekend:
            yield fout(
                KENNISBANK_MAP / "begrippen.yml", 1, f"{sleutel}: artikel '{begrip.artikel}' bestaat niet"
            )


def _bedragen(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        for kop, tekst in _alle_teksten(artikel):
            for sleutel in verwezen_bedragen(tekst):
                if sleutel not in inhoud.bedragen:
                    uitleg = f"onder {kop}: bedrag '{sleutel}' staat niet in bedragen.yml"
                    yield fout(*_plek(inhoud, artikel, sleutel), uitleg)
            if treffer := LOS_BEDRAG.search(tekst):
                uitleg = (
                    f"onder {kop} staat het bedrag '{treffer[0]}'; zet het in bedragen.yml en "
                    'schrijf {{ bedrag("...") }}'
                )
                yield fout(*_plek(inhoud, artikel, treffer[0]), uitleg)
    for sleutel, bedrag in inhoud.bedragen.items():
        reeks = sorted(bedrag.waarden, key=lambda waarde: waarde.vanaf)
        for eerste, tweede in pairwise(reeks):
            if eerste.tot is None or eerste.tot >= tweede.vanaf:
                yield fout(
                    KENNISBANK_MAP / "bedragen.yml", 1, f"{sleutel}: looptijden overlappen op {tweede.vanaf}"
                )


def _versies(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    per_id = defaultdict(list)
    for artikel in inhoud.artikelen:
        per_id[artikel.id].append(artikel)
    for versies in per_id.values():
        versies.sort(key=lambda artikel: artikel.geldig_vanaf)
        for eerste, tweede in pairwise(versies):
            if eerste.geldig_tot is None or eerste.geldig_tot >= tweede.geldig_vanaf:
                uitleg = f"overlapt met de versie vanaf {tweede.geldig_vanaf}; vul geldig_tot in"
                yield fout(*_plek(inhoud, eerste, "geldig_tot"), uitleg)
            elif eerste.geldig_tot + timedelta(days=1) < tweede.geldig_vanaf:
                uitleg = f"gat tussen {eerste.geldig_tot} en de versie vanaf {tweede.geldig_vanaf}"
                yield let_op(*_plek(inhoud, eerste, "geldig_tot"), uitleg)


def _vragen(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    eigenaar: dict[str, Artikel] = {}
    for artikel in inhoud.artikelen:
        vragen = artikel.alle_vragen()
        if len(vragen) < MIN_VRAGEN:
            uitleg = f"{len(vragen)} voorbeeldvragen; schrijf er minstens {MIN_VRAGEN}"
            yield let_op(*_plek(inhoud, artikel, "vragen:"), uitleg)
        for vraag in vragen:
            kaal = " ".join(woorden(vraag.lower()))
            if kaal in eigenaar and eigenaar[kaal].id != artikel.id:
                uitleg = f"de vraag '{vraag}' staat ook bij {eigenaar[kaal].id}"
                yield fout(*_plek(inhoud, artikel, vraag[:30]), uitleg)
            eigenaar.setdefault(kaal, artikel)
    for een, ander in _bijna_gelijk(eigenaar):
        if eigenaar[een].id != eigenaar[ander].id:
            uitleg = f"de vraag '{ander}' lijkt te veel op een vraag bij {eigenaar[een].id}: '{een}'"
            yield let_op(*_plek(inhoud, eigenaar[ander], "vragen:"), uitleg)


def _bijna_gelijk(teksten: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs that are nearly the same, shortest first; both are then of about the same length."""
    op_lengte = sorted(teksten, key=len)
    lengtes = [len(tekst) for tekst in op_lengte]
    for begin in range(0, len(op_lengte), _BLOK):
        blok = op_lengte[begin : begin + _BLOK]
        # Of two texts of lengths a <= b at most a share of 2a / (a + b) can be the same.
        langste = len(blok[-1]) * (200 / BIJNA_GELIJK - 1)
        buurt = op_lengte[begin : bisect_right(lengtes, langste)]
        gelijk = process.cdist(
            blok, buurt, scorer=fuzz.ratio, score_cutoff=BIJNA_GELIJK, dtype=np.uint8, workers=-1
        )
        for i, j in zip(*gelijk.nonzero(), strict=True):
            if i < j:
                yield blok[i], buurt[j]


def _adressen(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        for kop, tekst in _alle_teksten(artikel):
            if treffer := _ADRES.search(tekst):
                uitleg = f"onder {kop} staat een webadres; zet het bij de bron in bronnen.yml"
                yield fout(*_plek(inhoud, artikel, treffer[0]), uitleg)


def _afkortingen(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    """An abbreviation that nobody can look up."""
    bekend = {
        woord
        for begrip in inhoud.begrippen.values()
        for naam in (begrip.term, begrip.voluit or "", *begrip.ook, *begrip.vroeger)
        for woord in re.findall(r"\w+", naam.lower())
    }
    for artikel in inhoud.artikelen:
        gemeld = set()
        for kop, tekst in _alle_teksten(artikel):
            for afkorting in _AFKORTING.findall(re.sub(r"\{\{.*?\}\}", "", tekst)):
                if afkorting.lower() in bekend or afkorting in gemeld:
                    continue
                gemeld.add(afkorting)
                uitleg = f"onder {kop}: '{afkorting}' staat niet in begrippen.yml; leg het daar uit"
                yield let_op(*_plek(inhoud, artikel, afkorting), uitleg)


def _overgenomen(inhoud: Inhoud, bronteksten: Sequence[Brontekst]) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        for kop, tekst in _alle_teksten(artikel):
            for bron in bronteksten:
                for reeks in bron.gedeeld(tekst):
                    uitleg = f"onder {kop} staat letterlijk uit {bron.naam}: '{reeks}'; zeg het zelf"
                    yield fout(*_plek(inhoud, artikel, f"## {kop}"), uitleg)
    for sleutel, begrip in inhoud.begrippen.items():
        for bron in bronteksten:
            for reeks in bron.gedeeld(f"{begrip.uitleg}\n{begrip.eenvoudig}"):
                uitleg = f"{sleutel}: letterlijk uit {bron.naam}: '{reeks}'; zeg het zelf"
                yield fout(KENNISBANK_MAP / "begrippen.yml", 1, uitleg)


def _leesbaarheid(inhoud: Inhoud, _: date) -> Iterator[Melding]:
    laagste, hoogste = PROFESSIONAL_WOORDEN
    for artikel in inhoud.artikelen:
        niveau = leesniveau(artikel.teksten[Doelgroep.OUD_LEERLING])
        if niveau.woorden_per_zin > MAX_WOORDEN_PER_ZIN and not artikel.moeilijk_omdat:
            gemiddeld = f"gemiddeld {niveau.woorden_per_zin} woorden per zin"
            uitleg = f"Eenvoudig: {gemiddeld}, hoogstens {MAX_WOORDEN_PER_ZIN:g}"
            yield let_op(*_plek(inhoud, artikel, "## Eenvoudig"), uitleg)
        if niveau.flesch_douma < MIN_FLESCH_DOUMA and not artikel.moeilijk_omdat:
            uitleg = (
                f"Eenvoudig: leesniveau {niveau.flesch_douma} (Flesch-Douma), minstens {MIN_FLESCH_DOUMA:g}; "
                "gebruik kortere woorden en zinnen"
            )
            yield let_op(*_plek(inhoud, artikel, "## Eenvoudig"), uitleg)
        lengte = len(artikel.teksten[Doelgroep.PROFESSIONAL].split())
        if not laagste <= lengte <= hoogste:
            uitleg = f"Professional: {lengte} woorden; houd het tussen {laagste} en {hoogste}"
            yield let_op(*_plek(inhoud, artikel, "## Professional"), uitleg)


def _zekerheid(inhoud: Inhoud, vandaag: date) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        for _, tekst in _alle_teksten(artikel):
            for sleutel in verwezen_bedragen(tekst):
                bedrag = inhoud.bedragen.get(sleutel)
                waarde = waarde_op(bedrag, vandaag) if bedrag else None
                if waarde and ZEKERHEDEN.index(waarde.zekerheid) < ZEKERHEDEN.index(artikel.zekerheid):
                    uitleg = (
                        f"zekerheid is {artikel.zekerheid.value}, maar bedrag '{sleutel}' is "
                        f"{waarde.zekerheid.value}; neem de laagste"
                    )
                    yield fout(*_plek(inhoud, artikel, "zekerheid:"), uitleg)


def _termijnen(inhoud: Inhoud, vandaag: date) -> Iterator[Melding]:
    for artikel in inhoud.artikelen:
        if artikel.controleer_voor < vandaag:
            uitleg = f"had voor {artikel.controleer_voor} gecontroleerd moeten worden"
            yield let_op(*_plek(inhoud, artikel, "controleer_voor"), uitleg)
        if artikel.gecontroleerd_op > vandaag:
            uitleg = f"gecontroleerd_op ({artikel.gecontroleerd_op}) ligt in de toekomst"
            yield fout(*_plek(inhoud, artikel, "gecontroleerd_op"), uitleg)


_CHECKS: tuple[_Check, ...] = (
    _bronnen,
    _verwant,
    _bedragen,
    _versies,
    _vragen,
    _adressen,
    _afkortingen,
    _leesbaarheid,
    _zekerheid,
    _termijnen,
    controleer_beelden,
    controleer_leerpad,
)
