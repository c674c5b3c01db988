"""Reads the content files. Every error names file, line and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError, parse_obj_as

from kennisbank.learning.model import Leerdeel
from kennisbank.meldingen import InhoudFout, Melding, fout
from kennisbank.model import Artikel, Bedrag, Begrip, Bron, Doelgroep, Grens, Leeftijdsdeel
from kennisbank.pictures.model import Blad, Soort

KENNISBANK_MAP = Path(__file__).parent
_SECTIES = {"Professional": "professional", "Eenvoudig": "oud-leerling", "Coach": "coach"}
_KOP = re.compile(r"^## +(.+?)\s*$")
_LEEFTIJD = re.compile(r"^Leeftijd (\d{1,2})(?:-(\d{1,2}))?$")
_VANAF = re.compile(r"^Vanaf (\d{4}-\d{2}-\d{2})$")

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass
class Inhoud:
    """All content of the kennisbank as read from its files.

    `artikelen` holds every version; `plaats` tells the file of each version, and `regels` the
    line of a header field in that file, for messages.
    """

    artikelen: list[Artikel] = field(default_factory=list)
    bronnen: dict[str, Bron] = field(default_factory=dict)
    bedragen: dict[str, Bedrag] = field(default_factory=dict)
    begrippen: dict[str, Begrip] = field(default_factory=dict)
    grenzen: dict[str, Grens] = field(default_factory=dict)
    beelden: dict[str, Soort] = field(default_factory=dict)
    leerdelen: dict[str, Leerdeel] = field(default_factory=dict)
    bestand_van: dict[tuple[str, date], Path] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """The article ids, sorted, each once."""
        return sorted({artikel.id for artikel in self.artikelen})


def artikel_ids(map_: Path = KENNISBANK_MAP) -> list[str]:
    """The ids of all article files, sorted, each once; without reading them."""
    return sorted({_id(pad) for pad in (map_ / "artikelen").glob("*/*.md")})


def read_inhoud(map_: Path = KENNISBANK_MAP) -> Inhoud:
    """Reads everything under `map_`.

    Raises:
        InhoudFout: with all that is malformed, not only the first.
    """
    meldingen: list[Melding] = []
    inhoud = Inhoud()
    inhoud.bronnen = read_table(map_ / "bronnen.yml", Bron, meldingen)
    inhoud.bedragen = read_table(map_ / "bedragen.yml", Bedrag, meldingen)
    inhoud.begrippen = read_table(map_ / "begrippen.yml", Begrip, meldingen)
    inhoud.grenzen = read_table(map_ / "grenzen.yml", Grens, meldingen)
    bladen = _read_records(map_ / "beelden", Blad, meldingen)
    inhoud.beelden = {naam: blad.__root__ for naam, blad in bladen.items()}
    inhoud.leerdelen = _read_records(map_ / "leerpaden", Leerdeel, meldingen)
    for pad in sorted((map_ / "artikelen").glob("*/*.md")):
        try:
            artikel = read_artikel(pad)
        except InhoudFout as error:
            meldingen.extend(error.meldingen)
            continue
        sleutel = (artikel.id, artikel.geldig_vanaf)
        if sleutel in inhoud.bestand_van:
            ander = inhoud.bestand_van[sleutel].name
            meldingen.append(
                fout(pad, 1, f"zelfde id en geldig_vanaf als in {ander}; geef deze versie een andere datum")
            )
            continue
        inhoud.artikelen.append(artikel)
        inhoud.bestand_van[sleutel] = pad
    if meldingen:
        raise InhoudFout(sorted(meldingen))
    return inhoud


def read_artikel(pad: Path) -> Artikel:
    """Reads one article file: a YAML header between `---` lines and Markdown sections.

    Raises:
        InhoudFout: when the file does not have the article format.
    """
    try:
        regels = pad.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise InhoudFout([fout(pad, 1, "dit bestand is geen UTF-8; sla het op als UTF-8")]) from error
    if not regels or regels[0].strip() != "---":
        raise InhoudFout([fout(pad, 1, "de eerste regel moet --- zijn; daarna komt de kop")])
    try:
        einde = next(i for i, regel in enumerate(regels[1:], 1) if regel.strip() == "---")
    except StopIteration:
        raise InhoudFout([fout(pad, len(regels), "de kop wordt niet afgesloten met ---")]) from None
    kop = parse_yaml("\n".join(regels[1:einde]), pad, eerste_regel=2)
    if not isinstance(kop, dict):
        raise InhoudFout([fout(pad, 2, "de kop is leeg; vul minstens id, titel en bronnen in")])
    kop = {**kop, **_secties(regels[einde + 1 :], pad, eerste_regel=einde + 2), "thema": pad.parent.name}
    if kop.get("id") != _id(pad):
        raise InhoudFout([fout(pad, 2, f"het id ({kop.get('id')}) is niet gelijk aan de bestandsnaam")])
    return _validate(Artikel, kop, pad, lambda veld: _field_line(regels, veld))


def validate_record(model: type[_Model], pad: Path) -> _Model:
    """Reads a YAML file that holds one record of `model`.

    Raises:
        InhoudFout: with file and line.
    """
    tekst = pad.read_text(encoding="utf-8")
    ruw = parse_yaml(tekst, pad, eerste_regel=1)
    return _validate(model, ruw, pad, lambda veld: _field_line(tekst.splitlines(), veld))


def _id(pad: Path) -> str:
    """An article's id is the name of its file; behind an @ stands from when a version holds."""
    return pad.stem.split("@")[0]


def _read_records(map_: Path, model: type[_Model], meldingen: list[Melding]) -> dict[str, _Model]:
    """Reads a folder of YAML files with one record each, by file name; adds what is wrong to `meldingen`."""
    gelezen: dict[str, _Model] = {}
    for pad in sorted(map_.glob("*.yml")):
        try:
            gelezen[pad.stem] = validate_record(model, pad)
        except InhoudFout as error:
            meldingen.extend(error.meldingen)
    return gelezen


def _secties(regels: list[str], pad: Path, eerste_regel: int) -> dict[str, Any]:
    teksten: dict[str, str] = {}
    per_leeftijd: list[Leeftijdsdeel] = []
    wijzigingen: list[dict[str, str]] = []
    for nummer, titel, tekst in _split_sections(regels, pad, eerste_regel):
        if not tekst:
            raise InhoudFout([fout(pad, nummer, f"onder '## {titel}' staat geen tekst")])
        if titel in _SECTIES:
            teksten[_SECTIES[titel]] = tekst
        elif treffer := _LEEFTIJD.match(titel):
            van, tot = int(treffer[1]), int(treffer[2] or treffer[1])
            per_leeftijd.append(Leeftijdsdeel(van=van, tot=tot, tekst=tekst))
        elif treffer := _VANAF.match(titel):
            wijzigingen.append({"vanaf": treffer[1], "tekst": tekst})
        else:
            raise InhoudFout(
                [
                    fout(
                        pad,
                        nummer,
                        f"onbekende tussenkop '## {titel}'; gebruik Professional, Eenvoudig, Coach, "
                        "'Leeftijd 18-20' of 'Vanaf 2027-01-01'",
                    )
                ]
            )
    ontbreekt = [naam for naam, doelgroep in _SECTIES.items() if doelgroep not in teksten]
    if ontbreekt:
        laatste = eerste_regel + len(regels)
        raise InhoudFout([fout(pad, laatste, f"de tekst '## {naam}' ontbreekt") for naam in ontbreekt])
    return {
        "teksten": teksten,
        "per_leeftijd": [deel.dict() for deel in per_leeftijd],
        "wijzigingen": wijzigingen,
    }


def _split_sections(regels: list[str], pad: Path, eerste_regel: int) -> Iterator[tuple[int, str, str]]:
    """Yields (line number, heading, text) for each `## ` section."""
    titel: str | None = None
    begin, verzameld = eerste_regel, list[str]()
    for nummer, regel in enumerate(regels, eerste_regel):
        if kop := _KOP.match(regel):
            if titel is not None:
                yield begin, titel, "\n".join(verzameld).strip()
            titel, begin, verzameld = kop[1], nummer, []
        elif titel is None and regel.strip():
            raise InhoudFout(
                [fout(pad, nummer, "tekst voor de eerste tussenkop; begin met '## Professional'")]
            )
        else:
            verzameld.append(regel)
    if titel is not None:
        yield begin, titel, "\n".join(verzameld).strip()


def read_table(pad: Path, model: type[_Model], meldingen: list[Melding]) -> dict[str, _Model]:
    """Reads a YAML file that maps ids to records of `model`; adds what is wrong to `meldingen`."""
    tabel: dict[str, _Model] = {}
    if not pad.exists():
        meldingen.append(fout(pad, 1, "dit bestand ontbreekt"))
        return tabel
    tekst = pad.read_text(encoding="utf-8")
    regels = tekst.splitlines()
    try:
        ruw = parse_yaml(tekst, pad, eerste_regel=1) or {}
    except InhoudFout as error:
        meldingen.extend(error.meldingen)
        return tabel
    if not isinstance(ruw, dict):
        meldingen.append(fout(pad, 1, "dit bestand moet regels 'id:' met daaronder velden hebben"))
        return tabel
    for sleutel, waarde in ruw.items():
        try:
            tabel[str(sleutel)] = _validate(model, waarde, pad, lambda _, s=sleutel: _field_line(regels, s))
        except InhoudFout as error:
            meldingen.extend(error.meldingen)
    return tabel


class _StrictLoader(yaml.CSafeLoader):
    """Refuses a key that stands twice: the second would silently overwrite the first.

    Parsed in C: twenty times as fast, over 20,000 questions.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        gezien = set()
        for key_node, _ in node.value:
            if key_node.value in gezien:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key_node.value}' staat er twee keer", key_node.start_mark
                )
            gezien.add(key_node.value)
        return super().construct_mapping(node, deep)


def parse_yaml(tekst: str, pad: Path, eerste_regel: int = 1) -> Any:
    """YAML without duplicate keys.

    Raises:
        InhoudFout: with the line in `pad`, whose text begins at `eerste_regel`.
    """
    try:
        return yaml.load(tekst, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        regel = eerste_regel + (error.problem_mark.line if error.problem_mark else 0)
        probleem = error.problem or "onleesbaar"
        uitleg = f"dit is geen goede YAML ({probleem}); let op inspringen, dubbele punten en aanhalingstekens"
        raise InhoudFout([fout(pad, regel, uitleg)]) from error


def _validate(model: type[_Model], ruw: Any, pad: Path, regel_van: Any) -> _Model:
    try:
        return parse_obj_as(model, ruw)
    except ValidationError as error:
        meldingen = []
        for probleem in error.errors():
            veld = [str(deel) for deel in probleem["loc"] if deel != "__root__"]
            meldingen.append(
                fout(pad, regel_van(veld[0]) if veld else 1, f"{'.'.join(veld)}: {_dutch(probleem)}")
            )
        raise InhoudFout(meldingen) from error


def _dutch(probleem: Any) -> str:
    """The validation library's message, in words an editor can act on."""
    soort, context = probleem["type"], probleem.get("ctx", {})
    vertaald = {
        "value_error.missing": "dit veld ontbreekt",
        "value_error.extra": "dit veld bestaat niet; kijk of het goed gespeld is",
        "type_error.none.not_allowed": "dit veld is leeg",
        "value_error.date": "dit is geen datum; schrijf jjjj-mm-dd",
        "type_error.integer": "dit is geen heel getal",
        "type_error.float": "dit is geen getal; gebruik een punt voor de decimalen",
        "type_error.list": "dit moet een lijst zijn",
        "type_error.dict": "dit moet velden hebben",
        "value_error.list.min_items": "vul er minstens een in",
        "value_error.any_str.max_length": f"te lang; hoogstens {context.get('limit_value')} tekens",
        "value_error.str.regex": "gebruik alleen kleine letters, cijfers en streepjes",
    }
    if "permitted" in context or "enum_values" in context:
        keuzes = context.get("permitted") or [keuze.value for keuze in context["enum_values"]]
        return "kies uit " + ", ".join(str(keuze) for keuze in keuzes)
    return vertaald.get(soort, str(probleem["msg"]))


def _field_line(regels: list[str], veld: str) -> int:
    patroon = re.compile(rf"^\s*['\"]?{re.escape(str(veld))}['\"]?\s*:")
    return next((nummer for nummer, regel in enumerate(regels, 1) if patroon.match(regel)), 1)


def regel_met(pad: Path, zoek: str) -> int:
    """The first line of a file that holds `zoek`; 1 where none does."""
    regels = pad.read_text(encoding="utf-8").splitlines()
    return next((nummer for nummer, regel in enumerate(regels, 1) if zoek in regel), 1)


def doelgroep_kop(doelgroep: Doelgroep) -> str:
    """The heading under which the text for `doelgroep` stands in an article file."""
    return next(kop for kop, naam in _SECTIES.items() if naam == doelgroep.value)
