"""Contacts that organisations give: reading and writing their file, and what an import changes.

A contact is a function at an organisation, for one gemeente or one region. The file is CSV or
Excel with a fixed row of headings. Nothing is taken over while any row has a fault.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Optional
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kennisbank.meldingen import InhoudFout, Melding, fout
from kennisbank.model import Bestandsdeel, Doelgroep
from kennisbank.place_tables import Gemeente, normaal
from kennisbank.settings import contacten_bestand

KOLOMMEN = (
    "gemeente", "regio", "doelgroep", "naam", "functie", "organisatie", "telefoon", "e-mail", "url",
    "bron", "gecontroleerd_op", "geldig_tot",
)  # fmt: skip
"""The headings of a contacts file, in this order."""
_VERPLICHT = ("doelgroep", "functie", "organisatie", "bron", "gecontroleerd_op")
_DATUMS = ("gecontroleerd_op", "geldig_tot")
_VORM = {
    "telefoon": (re.compile(r"\+?[\d ()-]{3,20}"), "is geen telefoonnummer; gebruik cijfers en streepjes"),
    "e-mail": (re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE), "is geen e-mailadres"),
    "url": (re.compile(r"https?://\S+"), "is geen adres; begin met https://"),
}  # fmt: skip
_BEWAAR_DAGEN = 365
"""Days after its check from which a contact is only given with the advice to check it."""
_DOELGROEPEN = frozenset(doelgroep.value for doelgroep in Doelgroep)


class Contact(Bestandsdeel):
    """A contact that an organisation gave: a row of the contacts file.

    `gemeente` or `regio` is as it was typed; `gebied_code` is what it means (GM, AM or RMC).
    """

    gebied_code: str
    gemeente: Optional[str] = None
    regio: Optional[str] = None
    doelgroep: str
    naam: Optional[str] = None
    functie: str
    organisatie: str
    telefoon: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    bron: str
    gecontroleerd_op: date
    geldig_tot: Optional[date] = None

    def sleutel(self) -> tuple[str, ...]:
        """What makes this row the same contact in a later file."""
        return (self.gebied_code, self.organisatie, self.functie, self.doelgroep, self.naam or "")

    def id(self) -> str:
        """The same, short enough for a key of the store."""
        return hashlib.blake2s("|".join(self.sleutel()).encode(), digest_size=16).hexdigest()

    def voor(self, doelgroep: Doelgroep) -> bool:
        """Whether this contact is meant for `doelgroep`: one that names another is not."""
        return self.doelgroep not in _DOELGROEPEN or self.doelgroep == doelgroep.value

    def actueel(self, dag: date) -> bool:
        """Whether this contact may be given as current on `dag`."""
        return self.geldig_tot is None or dag <= self.geldig_tot

    def pas_gecontroleerd(self, dag: date) -> bool:
        """Whether somebody looked at it within the year before `dag`."""
        return (dag - self.gecontroleerd_op).days <= _BEWAAR_DAGEN

    def verschil(self, ander: Contact) -> list[tuple[str, str, str]]:
        """The columns in which `ander` differs, with both values."""
        paren = zip(KOLOMMEN, self.rij(), ander.rij(), strict=True)
        return [(kolom, was, wordt) for kolom, was, wordt in paren if was != wordt]

    def rij(self) -> list[str]:
        """The row of the file that this contact came from."""
        velden = {**self.dict(), "e-mail": self.email}
        return [str(velden[kolom]) if velden[kolom] is not None else "" for kolom in KOLOMMEN]


@dataclass(frozen=True)
class Gebieden:
    """The gemeenten and regions that a row may name, by code and by name."""

    codes: frozenset[str]
    gemeenten: Mapping[str, str]
    regios: Mapping[str, tuple[str, ...]]

    @classmethod
    def van(cls, gemeenten: Iterable[Gemeente]) -> Gebieden:
        """All areas of these gemeenten."""
        regios: dict[str, dict[str, None]] = {}
        namen: dict[str, str] = {}
        for gemeente in gemeenten:
            namen[normaal(gemeente.naam)] = gemeente.code
            regios.setdefault(normaal(gemeente.arbeidsmarktregio), {})[gemeente.am_code] = None
            regios.setdefault(normaal(gemeente.doorstroompuntregio), {})[f"RMC{gemeente.rmc_nummer}"] = None
        codes = {*namen.values(), *(code for van_naam in regios.values() for code in van_naam)}
        return cls(frozenset(codes), namen, {naam: tuple(van_naam) for naam, van_naam in regios.items()})

    def zoek(self, kolom: str, waarde: str) -> str:
        """The code of what a cell names.

        Raises:
            ValueError: it names nothing, or two regions; says so in Dutch.
        """
        if waarde.upper() in self.codes and waarde.upper().startswith("GM") == (kolom == "gemeente"):
            return waarde.upper()
        if kolom == "gemeente":
            gevonden: Sequence[str] = [c for n, c in self.gemeenten.items() if n == normaal(waarde)]
        else:
            gevonden = self.regios.get(normaal(waarde), ())
        if len(gevonden) > 1:
            raise ValueError(f"'{waarde}' is meer dan één regio; schrijf {' of '.join(gevonden)}")
        if not gevonden:
            raise ValueError(f"'{waarde}' is geen {kolom}; schrijf de officiële naam of de code")
        return gevonden[0]


@dataclass(frozen=True)
class Verschil:
    """What an import changes; `contacten` is everything as it will be."""

    contacten: Sequence[Contact]
    nieuw: Sequence[Contact]
    gewijzigd: Sequence[tuple[Contact, Contact]]
    verdwenen: Sequence[Contact]
    naast: Sequence[tuple[Contact, Contact]]
    """New contacts beside one of another organisation with the same function: both stay."""

    @property
    def raakt(self) -> Collection[str]:
        """The organisations whose contacts change or go."""
        return {oud.organisatie for oud in (*(oud for oud, _ in self.gewijzigd), *self.verdwenen)}


def vergelijk(bestaand: Sequence[Contact], bestand: Sequence[Contact]) -> Verschil:
    """What it means to take over `bestand`: it replaces all contacts of the organisations in it."""
    organisaties = {contact.organisatie for contact in bestand}
    oud = {contact.sleutel(): contact for contact in bestaand}
    nieuw_op_sleutel = {contact.sleutel(): contact for contact in bestand}
    blijft = [contact for contact in bestaand if contact.organisatie not in organisaties]
    nieuw = [contact for contact in bestand if contact.sleutel() not in oud]
    return Verschil(
        contacten=[*blijft, *bestand],
        nieuw=nieuw,
        gewijzigd=[
            (oud[sleutel], contact)
            for sleutel, contact in nieuw_op_sleutel.items()
            if sleutel in oud and oud[sleutel] != contact
        ],
        verdwenen=[
            contact
            for sleutel, contact in oud.items()
            if contact.organisatie in organisaties and sleutel not in nieuw_op_sleutel
        ],
        naast=[
            (contact, ander)
            for contact in nieuw
            for ander in blijft
            if (ander.gebied_code, ander.functie) == (contact.gebied_code, contact.functie)
        ],
    )


def read_contacten(gebieden: Gebieden, pad: Path | None = None) -> list[Contact]:
    """Reads a contacts file, CSV or Excel by its name; no file means no contacts.

    Raises:
        InhoudFout: with every row and column that is wrong.
    """
    pad = pad or contacten_bestand()
    if not pad.exists():
        return []
    rijen = _excel(pad) if pad.suffix.lower() == ".xlsx" else _csv(pad)
    if not rijen:
        raise InhoudFout([fout(pad, 1, f"dit bestand is leeg; de eerste rij is: {', '.join(KOLOMMEN)}")])
    kop = [_kolomnaam(cel) for cel in rijen[0]]
    meldingen = [
        fout(pad, 1, f"de kolom '{kolom}' bestaat niet; kies uit {', '.join(KOLOMMEN)}")
        for kolom in kop
        if kolom and kolom not in KOLOMMEN
    ]
    meldingen += [fout(pad, 1, f"de kolom '{kolom}' ontbreekt") for kolom in _VERPLICHT if kolom not in kop]
    if meldingen:
        raise InhoudFout(meldingen)
    contacten: list[Contact] = []
    regel_van: dict[tuple[str, ...], int] = {}
    for nummer, rij in enumerate(rijen[1:], 2):
        cellen = {kolom: cel for kolom, cel in zip(kop, rij, strict=False) if kolom and cel not in ("", None)}
        if not cellen:
            continue
        try:
            contact = _contact(cellen, gebieden, pad, nummer)
        except InhoudFout as error:
            meldingen.extend(error.meldingen)
            continue
        if contact.sleutel() in regel_van:
            eerder = regel_van[contact.sleutel()]
            meldingen.append(fout(pad, nummer, f"dit contact staat ook al op rij {eerder}"))
        regel_van.setdefault(contact.sleutel(), nummer)
        contacten.append(contact)
    if meldingen:
        raise InhoudFout(meldingen)
    return contacten


def als_csv(contacten: Iterable[Contact]) -> str:
    """The contacts as the text of a CSV file."""
    uit = io.StringIO()
    csv.writer(uit, lineterminator="\n").writerows([KOLOMMEN, *(contact.rij() for contact in contacten)])
    return uit.getvalue()


def schrijf(contacten: Iterable[Contact], pad: Path) -> None:
    """Writes the contacts to a file, CSV or Excel by its name."""
    if pad.suffix.lower() != ".xlsx":
        pad.write_text(als_csv(contacten), encoding="utf-8")
        return
    boek = Workbook(write_only=True)
    blad = boek.create_sheet("contacten")
    for rij in [KOLOMMEN, *(contact.rij() for contact in contacten)]:
        blad.append(list(rij))
    boek.save(pad)


def _contact(cellen: Mapping[str, Any], gebieden: Gebieden, pad: Path, nummer: int) -> Contact:
    meldingen: list[Melding] = []
    velden: dict[str, Any] = {}
    for kolom in KOLOMMEN:
        try:
            velden[kolom] = _waarde(kolom, cellen.get(kolom))
        except ValueError as error:
            meldingen.append(fout(pad, nummer, f"kolom {kolom}: {error}"))
    plaats = [kolom for kolom in ("gemeente", "regio") if velden.get(kolom)]
    if len(plaats) != 1:
        meldingen.append(fout(pad, nummer, "kolom gemeente: vul gemeente of regio in, en niet allebei"))
    else:
        try:
            velden["gebied_code"] = gebieden.zoek(plaats[0], velden[plaats[0]])
        except ValueError as error:
            meldingen.append(fout(pad, nummer, f"kolom {plaats[0]}: {error}"))
    if meldingen:
        raise InhoudFout(meldingen)
    velden["email"] = velden.pop("e-mail")
    return Contact.parse_obj(velden)


def _waarde(kolom: str, cel: Any) -> str | date | None:
    if cel is None:
        if kolom in _VERPLICHT:
            raise ValueError("dit veld is leeg")
        return None
    if kolom in _DATUMS:
        return _datum(kolom, cel)
    tekst = str(cel)
    if tekst != cel:
        raise ValueError(f"Excel heeft van '{cel}' een getal of datum gemaakt; maak van de cel tekst")
    if tekst.startswith(("=", "@")):
        raise ValueError(f"'{tekst}' is een formule; zet er tekst neer")
    if kolom in _VORM and not _VORM[kolom][0].fullmatch(tekst):
        raise ValueError(f"'{tekst}' {_VORM[kolom][1]}")
    return tekst


def _datum(kolom: str, cel: Any) -> date:
    try:
        dag = cel.date() if isinstance(cel, datetime) else date.fromisoformat(str(cel))
    except ValueError:
        raise ValueError(f"'{cel}' is geen datum; schrijf jjjj-mm-dd") from None
    if kolom == "gecontroleerd_op" and dag > date.today():
        raise ValueError(f"{dag} moet nog komen; vul de dag in waarop het gecontroleerd is")
    return dag


def _kolomnaam(cel: Any) -> str:
    naam = str(cel or "").strip().lower()
    return "e-mail" if naam == "email" else naam


def _csv(pad: Path) -> list[list[Any]]:
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InhoudFout([fout(pad, 1, "dit bestand is geen UTF-8; bewaar het als CSV UTF-8")]) from error
    scheiding = ";" if ";" in tekst.partition("\n")[0] else ","
    rijen = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding)
    return [[cel.strip() for cel in rij] for rij in rijen]


def _excel(pad: Path) -> list[list[Any]]:
    try:
        boek = load_workbook(pad, read_only=True, data_only=False)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        raise InhoudFout([fout(pad, 1, "dit bestand is geen Excel-bestand (.xlsx)")]) from error
    rijen = boek.worksheets[0].iter_rows(values_only=True)
    return [[cel.strip() if isinstance(cel, str) else cel for cel in rij] for rij in rijen]
