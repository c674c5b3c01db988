"""The kennisbank in a database: any SQLAlchemy URL, an SQLite file by default.

`build` fills it from the content files in one transaction; `Kennisbank.open` reads it once and
answers every question from memory. Nothing is served that does not hold on the day asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, create_engine, inspect, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from kennisbank import archive
from kennisbank.archive import Records, Stuk
from kennisbank.contacts import Contact, Gebieden, read_contacten
from kennisbank.geodata import read_plaatstabellen
from kennisbank.learning.model import Leerdeel
from kennisbank.local import Route, Vermelding, read_routes, read_vermeldingen
from kennisbank.model import Artikel, Bedrag, Begrip, Bron, Grens
from kennisbank.pictures.model import Blad, Soort
from kennisbank.place_tables import (
    Dubbelzinnig,
    Gemeente,
    GewoonWoord,
    Herindeling,
    Naam,
    Plaatstabellen,
)
from kennisbank.places import Plaatswijzer
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.tables import (
    ARCHIEF,
    ARTIKEL,
    BOUW,
    DUBBELZINNIG,
    GEMEENTE,
    HERINDELING,
    METADATA,
    NAAM,
    RECORD,
)
from kennisbank.texts import Teksten, read_teksten

_INDELING = 3
"""Number of the table layout: a store of another number is built anew."""
_IN_ANTWOORD = frozenset({"bron", "bedrag", "route", "contact", "vermelding", "lijst"})
"""Sorts of record, besides articles and gemeenten, that can appear in an answer."""


class OpslagFout(Exception):
    """The database cannot be used; the message says in Dutch what to do."""


@dataclass
class Kennisbank:
    """Everything the assistant knows, read from the store; read-only."""

    artikelen: dict[str, list[Artikel]]
    bronnen: Mapping[str, Bron]
    bedragen: Mapping[str, Bedrag]
    begrippen: Mapping[str, Begrip]
    grenzen: Mapping[str, Grens]
    beelden: Mapping[str, Soort]
    leerpad: tuple[Leerdeel, ...]
    routes: list[Route]
    contacten: list[Contact]
    vermeldingen: list[Vermelding]
    teksten: Teksten
    gemeenten: Mapping[str, Gemeente]
    plaatsen: Plaatswijzer
    vingerafdruk: str

    @classmethod
    def open(cls, url: str) -> Kennisbank:
        """Reads the whole store.

        Raises:
            OpslagFout: the database is missing, empty, locked or not ours.
        """
        engine = _engine(url, must_exist=True)
        try:
            with engine.connect() as verbinding:
                return cls._read(verbinding)
        except SQLAlchemyError as error:
            raise OpslagFout(
                f"De database {_leesbaar(url)} is niet te lezen ({_oorzaak(error)}). "
                "Er is niets verloren. Sluit andere programma's die haar gebruiken, "
                "of bouw haar opnieuw met: routewijzer train"
            ) from error
        finally:
            engine.dispose()

    @classmethod
    def of_files(cls, inhoud: Inhoud) -> Kennisbank:
        """The kennisbank as the content files are now, through a store that is thrown away."""
        with TemporaryDirectory() as map_:
            url = f"sqlite:///{Path(map_) / 'voorbeeld.db'}"
            build(url, inhoud)
            return cls.open(url)

    @classmethod
    def _read(cls, verbinding: Connection) -> Kennisbank:
        records: dict[str, dict[str, Any]] = {"artikel": {}}
        for rij in verbinding.execute(select(ARTIKEL).order_by(ARTIKEL.c.id)):
            records["artikel"][_versie_id(rij.id, rij.geldig_vanaf)] = rij.inhoud
        for rij in verbinding.execute(select(RECORD)):
            records.setdefault(rij.soort, {})[rij.id] = rij.inhoud
        tabellen = Plaatstabellen(
            gemeenten=[Gemeente(**rij) for rij in verbinding.execute(select(GEMEENTE)).mappings()],
            namen=[
                Naam(r.naam, r.code, r.soort)
                for r in verbinding.execute(select(NAAM).order_by(NAAM.c.nummer))
            ],
            herindelingen=[
                Herindeling(r.oude_naam, r.oude_code, r.nieuwe_code, r.datum, tuple(r.dorpen), r.voorgenomen)
                for r in verbinding.execute(select(HERINDELING).order_by(HERINDELING.c.nummer))
            ],
            dubbelzinnig=[
                Dubbelzinnig(r.naam, tuple(r.codes), r.soort, r.vraag, r.voorkeur)
                for r in verbinding.execute(select(DUBBELZINNIG).order_by(DUBBELZINNIG.c.nummer))
            ],
            gewone_woorden=[GewoonWoord(**woord) for woord in records["lijst"]["gewone_woorden"]],
        )
        plaatsen = Plaatswijzer(tabellen)
        plaatsen.ken_woorden(records["lijst"]["woordenschat"])
        return cls(
            **_content(records),
            begrippen={k: Begrip.parse_obj(v) for k, v in records["begrip"].items()},
            grenzen={k: Grens.parse_obj(v) for k, v in records["grens"].items()},
            beelden={k: Blad.parse_obj(v).__root__ for k, v in records.get("beeld", {}).items()},
            leerpad=tuple(Leerdeel.parse_obj(v) for _, v in sorted(records.get("leerdeel", {}).items())),
            gemeenten=plaatsen.gemeenten,
            plaatsen=plaatsen,
            vingerafdruk=verbinding.execute(select(BOUW.c.vingerafdruk)).scalar_one(),
        )

    def zoals(self, records: Records) -> Kennisbank:
        """This kennisbank with what answers are made of as it stood at another moment.

        Without pictures: those are drawn of today.
        """
        gemeenten = {
            code: replace(Gemeente(**velden), vanaf=self.gemeenten[code].vanaf, tot=self.gemeenten[code].tot)
            for code, velden in records["gemeente"].items()
        }
        alle = {**self.gemeenten, **gemeenten}
        return replace(self, **_content(records), gemeenten=alle, beelden={})

    def artikel(self, id_: str, dag: date) -> Artikel | None:
        """The version of article `id_` that may be told for `dag`; None where no version covers it."""
        return next((versie for versie in self.artikelen.get(id_, ()) if versie.geldt_op(dag)), None)

    def alle(self, dag: date) -> Iterator[Artikel]:
        """Every article that holds on `dag`."""
        gevonden = (self.artikel(id_, dag) for id_ in self.artikelen)
        return (artikel for artikel in gevonden if artikel is not None)

    def gemeenten_op(self, dag: date) -> Iterator[Gemeente]:
        """Every gemeente that there is on `dag`."""
        return (gemeente for gemeente in self.gemeenten.values() if gemeente.bestaat_op(dag))

    def gemeente(self, code: str | None) -> Gemeente | None:
        """The gemeente with this CBS code."""
        return self.gemeenten.get(code) if code else None


def _content(records: Records) -> dict[str, Any]:
    """What answers are made of, as fields of `Kennisbank`."""
    artikelen: dict[str, list[Artikel]] = {}
    for inhoud in records["artikel"].values():
        artikel = Artikel.parse_obj(inhoud)
        artikelen.setdefault(artikel.id, []).append(artikel)
    return {
        "artikelen": artikelen,
        "bronnen": {k: Bron.parse_obj(v) for k, v in records["bron"].items()},
        "bedragen": {k: Bedrag.parse_obj(v) for k, v in records["bedrag"].items()},
        "routes": [Route.parse_obj(v) for v in records.get("route", {}).values()],
        "contacten": [Contact.parse_obj(v) for v in records.get("contact", {}).values()],
        "vermeldingen": [Vermelding.parse_obj(v) for v in records.get("vermelding", {}).values()],
        "teksten": Teksten(records["lijst"]["teksten"]),
    }


def build(url: str, inhoud: Inhoud | None = None) -> bool:
    """Fills the database from the content files, all or nothing. Returns whether anything changed.

    Raises:
        InhoudFout: the content files are malformed; the database is left as it was.
        OpslagFout: the database cannot be written.
    """
    inhoud = inhoud or read_inhoud()
    rijen = _rows(inhoud)
    vingerafdruk = _fingerprint(rijen)
    engine = _engine(url, must_exist=False)
    try:
        with engine.begin() as verbinding:
            _maak_tabellen(verbinding)
            if verbinding.execute(select(BOUW.c.vingerafdruk)).scalar() == vingerafdruk:
                return False
            for tabel in (BOUW, *(tabel for tabel, _ in rijen)):
                verbinding.execute(tabel.delete())
            for tabel, gegevens in rijen:
                if gegevens:
                    verbinding.execute(tabel.insert(), gegevens)
            archive.bewaar(verbinding, _archiefstukken(rijen), datetime.now())
            verbinding.execute(BOUW.insert(), [{"vingerafdruk": vingerafdruk}])
    except SQLAlchemyError as error:
        raise OpslagFout(
            f"De database {_leesbaar(url)} is niet te schrijven ({_oorzaak(error)}). "
            "De oude inhoud staat er nog. Sluit andere programma's die haar gebruiken en probeer het opnieuw."
        ) from error
    finally:
        engine.dispose()
    return True


def _maak_tabellen(verbinding: Connection) -> None:
    """Makes the tables; those of an older layout are made anew, except the archive."""
    bestaand = inspect(verbinding)
    for tabel in METADATA.sorted_tables:
        if tabel is not ARCHIEF and bestaand.has_table(tabel.name):
            kolommen = {kolom["name"] for kolom in bestaand.get_columns(tabel.name)}
            if kolommen != set(tabel.columns.keys()):
                tabel.drop(verbinding)
    METADATA.create_all(verbinding)


def read_archief(url: str, moment: datetime) -> Records:
    """What answers were made of at `moment` (local time); empty where nothing was kept of that time.

    Raises:
        OpslagFout: the database is missing or cannot be read.
    """
    engine = _engine(url, must_exist=True)
    try:
        with engine.connect() as verbinding:
            return archive.lees(verbinding, moment)
    except SQLAlchemyError as error:
        raise OpslagFout(f"Het archief in {_leesbaar(url)} is niet te lezen ({_oorzaak(error)}).") from error
    finally:
        engine.dispose()


def _fingerprint(rijen: list[tuple[Table, list[dict[str, Any]]]]) -> str:
    alles = [_INDELING, [[tabel.name, rij] for tabel, rij in rijen]]
    return hashlib.sha256(
        json.dumps(alles, default=str, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def _archiefstukken(rijen: list[tuple[Table, list[dict[str, Any]]]]) -> Iterator[Stuk]:
    """The rows that can appear in an answer."""
    per_tabel = {tabel.name: gegevens for tabel, gegevens in rijen}
    for rij in per_tabel[ARTIKEL.name]:
        yield Stuk("artikel", _versie_id(rij["id"], rij["geldig_vanaf"]), rij["inhoud"])
    for rij in per_tabel[GEMEENTE.name]:
        yield Stuk("gemeente", rij["code"], rij)
    for rij in per_tabel[RECORD.name]:
        if rij["soort"] in _IN_ANTWOORD and rij["id"] not in ("gewone_woorden", "woordenschat"):
            yield Stuk(rij["soort"], rij["id"], rij["inhoud"])


def _versie_id(id_: str, geldig_vanaf: date) -> str:
    return f"{id_}@{geldig_vanaf}"


def _rows(inhoud: Inhoud) -> list[tuple[Table, list[dict[str, Any]]]]:
    tabellen = read_plaatstabellen()
    contacten = read_contacten(Gebieden.van(tabellen.gemeenten))
    records = [
        *_records("bron", ((k, json.loads(v.json())) for k, v in inhoud.bronnen.items())),
        *_records("bedrag", ((k, json.loads(v.json())) for k, v in inhoud.bedragen.items())),
        *_records("begrip", ((k, json.loads(v.json())) for k, v in inhoud.begrippen.items())),
        *_records("grens", ((k, json.loads(v.json())) for k, v in inhoud.grenzen.items())),
        *_records("beeld", ((k, json.loads(v.json())) for k, v in inhoud.beelden.items())),
        *_records("leerdeel", ((k, json.loads(v.json())) for k, v in inhoud.leerdelen.items())),
        *_records("route", ((r.id, json.loads(r.json())) for r in read_routes())),
        *_records("contact", ((c.id(), json.loads(c.json())) for c in contacten)),
        *_records("vermelding", ((k, json.loads(v.json())) for k, v in read_vermeldingen().items())),
        *_records(
            "lijst",
            [
                ("gewone_woorden", [asdict(woord) for woord in tabellen.gewone_woorden]),
                ("woordenschat", _woordenschat(inhoud, tabellen)),
                ("teksten", read_teksten()),
            ],
        ),
    ]
    artikelen = [
        {
            "id": artikel.id,
            "geldig_vanaf": artikel.geldig_vanaf,
            "geldig_tot": artikel.geldig_tot,
            "thema": artikel.thema,
            "titel": artikel.titel,
            "inhoud": json.loads(artikel.json()),
        }
        for artikel in inhoud.artikelen
    ]
    return [
        (ARTIKEL, artikelen),
        (RECORD, records),
        (GEMEENTE, [_zonder_dagen(g) for g in tabellen.gemeenten]),
        (NAAM, _numbered(tabellen.namen)),
        (HERINDELING, _numbered(tabellen.herindelingen)),
        (DUBBELZINNIG, _numbered(tabellen.dubbelzinnig)),
    ]


def _woordenschat(inhoud: Inhoud, tabellen: Plaatstabellen) -> list[str]:
    """The words of the articles' own questions and terms: never a typing error of a place."""
    from kennisbank.readability import woorden

    teksten = [vraag for artikel in inhoud.artikelen for vraag in artikel.alle_vragen()]
    teksten += [term for begrip in inhoud.begrippen.values() for term in (begrip.term, *begrip.ook)]
    gemeenten = {g.naam.lower() for g in tabellen.gemeenten}
    return sorted({woord.lower() for tekst in teksten for woord in woorden(tekst)} - gemeenten)


def _zonder_dagen(gemeente: Gemeente) -> dict[str, Any]:
    """A row of the table; the days a gemeente exists follow from the mergers."""
    return {naam: waarde for naam, waarde in asdict(gemeente).items() if naam not in ("vanaf", "tot")}


def _records(soort: str, paren: Iterable[tuple[str, Any]]) -> Iterator[dict[str, Any]]:
    return ({"soort": soort, "id": id_, "inhoud": inhoud} for id_, inhoud in paren)


def _numbered(rijen: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"nummer": nummer, **asdict(rij)} for nummer, rij in enumerate(rijen)]


def _engine(url: str, must_exist: bool) -> Engine:
    adres = make_url(url)
    if adres.get_backend_name() == "sqlite" and adres.database and adres.database != ":memory:":
        bestand = Path(adres.database)
        if must_exist and not bestand.exists():
            raise OpslagFout(f"De database {bestand} bestaat niet. Maak haar met: routewijzer train")
        bestand.parent.mkdir(parents=True, exist_ok=True)
    return create_engine(url, future=True)


def _leesbaar(url: str) -> str:
    return str(make_url(url).render_as_string(hide_password=True))


def _oorzaak(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
