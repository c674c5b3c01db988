"""A change to the content files as a patch that `git apply` takes: made and checked on a copy.

The files themselves are never touched. An editor reads the patch, applies it and publishes as always.
"""

from __future__ import annotations

import difflib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import yaml

from bot.privacy import masker
from kennisbank.checks import controleer
from kennisbank.current import kennisbank
from kennisbank.meldingen import Ernst, InhoudFout, Melding
from kennisbank.model import Doelgroep
from kennisbank.reader import KENNISBANK_MAP, Inhoud, doelgroep_kop, read_inhoud
from kennisbank.settings import DATA_MAP

VOORSTELLEN_MAP = DATA_MAP / "voorstellen"
_NAKIJKEN_BINNEN = timedelta(days=30)
_MAX_ID = 60
_PLAATSHOUDER = re.compile(r"\[[a-z-]+\]")
Bestanden = Mapping[str, str]
"""New text of files, by their path under the kennisbank."""


class Afgewezen(Exception):
    """A proposal that cannot be saved; `redenen` say in Dutch why."""

    def __init__(self, *redenen: str) -> None:
        self.redenen = redenen
        super().__init__("\n".join(redenen))


@dataclass(frozen=True)
class Voorstel:
    """A saved patch, and what the check has to say that is new but no fault."""

    pad: Path
    patch: str
    aandachtspunten: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """What an editor fills in for a new article."""

    titel: str
    knop: str
    thema: str
    vraag: str
    doelgroep: Doelgroep
    bron: str
    plek: str
    zekerheid: str
    lokaal: str
    teksten: Mapping[Doelgroep, str]

    @property
    def id(self) -> str:
        """The name of the article, from its title."""
        ascii_ = unicodedata.normalize("NFKD", self.titel).encode("ascii", "ignore").decode().lower()
        return "-".join(re.findall(r"[a-z0-9]+", ascii_))[:_MAX_ID].strip("-")


def themas() -> list[str]:
    """The folders that an article can stand in."""
    return sorted(map_.name for map_ in (KENNISBANK_MAP / "artikelen").iterdir() if map_.is_dir())


def voorbeeldvraag(artikel_id: str, doelgroep: Doelgroep, vraag: str) -> Voorstel:
    """Adds an example question to every version of an article that is not over.

    Raises:
        Afgewezen: there is no such article, or the check finds a fault.
    """
    vraag = _schoon(vraag)
    inhoud, vandaag = read_inhoud(), date.today()
    versies = [
        artikel
        for artikel in inhoud.artikelen
        if artikel.id == artikel_id and (artikel.geldig_tot is None or artikel.geldig_tot >= vandaag)
    ]
    if not versies:
        raise Afgewezen(_tekst("geen_artikel", artikel=artikel_id))
    if any(vraag.lower() == bestaand.lower() for versie in versies for bestaand in versie.alle_vragen()):
        raise Afgewezen(_tekst("vraag_staat_er", artikel=artikel_id))
    bestanden = {}
    for versie in versies:
        pad = inhoud.bestand_van[versie.id, versie.geldig_vanaf]
        bestanden[str(pad.relative_to(KENNISBANK_MAP))] = _met_vraag(_lees(pad), doelgroep, vraag)
    return _bewaar(inhoud, bestanden, f"vraag-{artikel_id}")


def nieuw_artikel(concept: Concept) -> Voorstel:
    """A new article from what an editor filled in.

    Raises:
        Afgewezen: something is missing, the article exists, or the check finds a fault.
    """
    if not concept.id:
        raise Afgewezen(_tekst("geen_titel"))
    _schoon(concept.titel)
    if concept.thema not in themas():
        raise Afgewezen(_tekst("geen_thema", thema=concept.thema))
    inhoud = read_inhoud()
    if concept.id in inhoud.ids():
        raise Afgewezen(_tekst("artikel_bestaat", artikel=concept.id))
    pad = f"artikelen/{concept.thema}/{concept.id}.md"
    return _bewaar(inhoud, {pad: _artikeltekst(concept)}, f"artikel-{concept.id}")


def _schoon(vraag: str) -> str:
    """A question or title on one line.

    Raises:
        Afgewezen: it is empty or still holds personal data or the gap that masking left.
    """
    vraag = " ".join(vraag.split())
    if not vraag:
        raise Afgewezen(_tekst("geen_vraag"))
    if _PLAATSHOUDER.search(vraag) or masker(vraag, kennisbank().plaatsen.is_plaats).soorten:
        raise Afgewezen(_tekst("persoonsgegevens"))
    return vraag


def _met_vraag(tekst: str, doelgroep: Doelgroep, vraag: str) -> str:
    """The article file with one more question, all else as it was."""
    lijst = _vragenlijst(tekst, doelgroep)
    nieuw = json.dumps(vraag, ensure_ascii=False)
    if lijst.flow_style:
        plek = lijst.end_mark.index - 1
        return f"{tekst[:plek]}{', ' if lijst.value else ''}{nieuw}{tekst[plek:]}"
    laatste = lijst.value[-1]
    plek = tekst.index("\n", laatste.end_mark.index - 1) + 1
    return f"{tekst[:plek]}{' ' * lijst.start_mark.column}- {nieuw}\n{tekst[plek:]}"


def _vragenlijst(tekst: str, doelgroep: Doelgroep) -> yaml.SequenceNode:
    """Where the questions of `doelgroep` stand in the header of an article file."""
    kop = tekst[: tekst.index("\n---", 3) + 1]
    knoop: Any = yaml.compose(kop)
    for veld in ("vragen", doelgroep.value):
        knoop = next(waarde for sleutel, waarde in knoop.value if sleutel.value == veld)
    return cast(yaml.SequenceNode, knoop)


def _artikeltekst(concept: Concept) -> str:
    vandaag = date.today()
    kop = {
        "id": concept.id,
        "titel": concept.titel,
        "knop": concept.knop,
        "vragen": {
            doelgroep.value: [_schoon(concept.vraag)] if doelgroep is concept.doelgroep else []
            for doelgroep in Doelgroep
        },
        "leeftijden": [],
        "geldig_vanaf": vandaag,
        "geldig_tot": None,
        "gecontroleerd_op": vandaag,
        "controleer_voor": vandaag + _NAKIJKEN_BINNEN,
        "zekerheid": concept.zekerheid,
        "lokaal": concept.lokaal,
        "bronnen": [
            {
                "bron": concept.bron,
                **({"plek": concept.plek} if concept.plek else {}),
                "peildatum": "onbekend",
            }
        ],
        "verwant": [],
    }
    delen = [
        f"## {doelgroep_kop(doelgroep)}\n{_regels(concept.teksten.get(doelgroep, ''))}\n"
        for doelgroep in Doelgroep
    ]
    yaml_ = yaml.safe_dump(kop, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{yaml_}---\n" + "\n".join(delen)


def _regels(tekst: str) -> str:
    """Text from a form, whose line ends are those of the web."""
    return tekst.replace("\r\n", "\n").strip()


def _bewaar(inhoud: Inhoud, bestanden: Bestanden, naam: str) -> Voorstel:
    """Checks the change on a copy and writes its patch."""
    vandaag = date.today()
    nieuw = _gecontroleerd(bestanden, vandaag)
    eerder = {melding.tekst for melding in controleer(inhoud, vandaag)}
    patch = "".join(_verschil(pad, tekst) for pad, tekst in sorted(bestanden.items()))
    VOORSTELLEN_MAP.mkdir(parents=True, exist_ok=True)
    pad = VOORSTELLEN_MAP / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{naam}.patch"
    pad.write_text(patch, encoding="utf-8")
    return Voorstel(pad, patch, tuple(m.tekst for m in nieuw if m.tekst not in eerder))


def _gecontroleerd(bestanden: Bestanden, vandaag: date) -> list[Melding]:
    """What the check says about the files after this change.

    Raises:
        Afgewezen: it finds faults.
    """
    with tempfile.TemporaryDirectory() as map_:
        kopie = Path(map_) / "kennisbank"
        shutil.copytree(KENNISBANK_MAP, kopie, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        for pad, tekst in bestanden.items():
            (kopie / pad).write_text(tekst, encoding="utf-8")
        try:
            meldingen = controleer(read_inhoud(kopie), vandaag)
        except InhoudFout as error:
            meldingen = error.meldingen
        fouten = [
            str(melding).replace(f"{map_}/", "") for melding in meldingen if melding.ernst is Ernst.FOUT
        ]
    if fouten:
        raise Afgewezen(*fouten)
    return meldingen


def _verschil(pad: str, nieuw: str) -> str:
    """The change of one file as a unified diff from the folder of the project."""
    bestand, naam = KENNISBANK_MAP / pad, f"kennisbank/{pad}"
    oud = _lees(bestand) if bestand.exists() else ""
    van = f"a/{naam}" if bestand.exists() else "/dev/null"
    regels = difflib.unified_diff(
        oud.splitlines(keepends=True), nieuw.splitlines(keepends=True), van, f"b/{naam}"
    )
    return "".join(
        regel if regel.endswith("\n") else f"{regel}\n\\ No newline at end of file\n" for regel in regels
    )


def _lees(pad: Path) -> str:
    return pad.read_bytes().decode("utf-8")


def _tekst(naam: str, **velden: object) -> str:
    return kennisbank().teksten(f"redactie.afgewezen.{naam}", **velden)
