"""The kennisbank in a database: any SQLAlchemy URL, an SQLite file by default.

`build` fills it from the content files in one transaction; `Kennisbank.open` reads it once and
answers every question from memory. Nothing is served that does not hold on the day asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    select,
)
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from kennisbank.geodata import read_plaatstabellen
from kennisbank.local import Contact, Route, read_contacten, read_routes
from kennisbank.model import Artikel, Bedrag, Begrip, Bron
from kennisbank.places import Dubbelzinnig, Gemeente, Herindeling, Naam, Plaatstabellen, Plaatswijzer
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.texts import Teksten, read_teksten

metadata = MetaData()

_artikel = Table(
    "artikel_versie",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("geldig_vanaf", Date, primary_key=True),
    Column("geldig_tot", Date),
    Column("thema", String(40), nullable=False),
    Column("titel", Text, nullable=False),
    Column("inhoud", JSON, nullable=False),
)
_record = Table(
    "record",
    metadata,
    Column("soort", String(20), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("inhoud", JSON, nullable=False),
    comment="sources, amounts, terms, routes, contacts and texts by id",
)
_gemeente = Table(
    "gemeente",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("naam", String(60), nullable=False),
    Column("provincie", String(20), nullable=False),
    Column("am_code", String(4), nullable=False),
    Column("arbeidsmarktregio", String(60), nullable=False),
    Column("jaar_am", Integer, nullable=False),
    Column("rmc_nummer", Integer, nullable=False),
    Column("doorstroompuntregio", String(60), nullable=False),
    Column("jaar_rmc", Integer, nullable=False),
    Column("herkomst_rmc", String(30), nullable=False),
    Column("centrumgemeente", String(60), nullable=False),
    Column("contactgemeente", String(60), nullable=False),
    Column("opmerking", Text, nullable=False),
)
_naam = Table(
    "plaatsnaam",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("naam", String(80), nullable=False, index=True),
    Column("code", String(6), nullable=False),
    Column("soort", String(30), nullable=False),
)
_herindeling = Table(
    "herindeling",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("oude_naam", String(60), nullable=False),
    Column("nieuwe_code", String(6), nullable=False),
    Column("datum", Date, nullable=False),
    Column("geheel", Boolean, nullable=False),
)
_dubbelzinnig = Table(
    "dubbelzinnig",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("naam", String(60), nullable=False),
    Column("codes", JSON, nullable=False),
    Column("soort", String(40), nullable=False),
    Column("vraag", Text, nullable=False),
    Column("voorkeur", String(6)),
)
_bouw = Table(
    "bouw",
    metadata,
    Column("vingerafdruk", String(64), primary_key=True),
    comment="one row: what the content files were when this database was built",
)


class OpslagFout(Exception):
    """The database cannot be used; the message says in Dutch what to do."""


@dataclass
class Kennisbank:
    """Everything the assistant knows, read from the store; read-only."""

    artikelen: dict[str, list[Artikel]]
    bronnen: Mapping[str, Bron]
    bedragen: Mapping[str, Bedrag]
    begrippen: Mapping[str, Begrip]
    routes: list[Route]
    contacten: list[Contact]
    teksten: Teksten
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
    def _read(cls, verbinding: Connection) -> Kennisbank:
        artikelen: dict[str, list[Artikel]] = {}
        for rij in verbinding.execute(select(_artikel.c.inhoud).order_by(_artikel.c.id)):
            artikel = Artikel.parse_obj(rij.inhoud)
            artikelen.setdefault(artikel.id, []).append(artikel)
        records: dict[str, dict[str, Any]] = {}
        for rij in verbinding.execute(select(_record)):
            records.setdefault(rij.soort, {})[rij.id] = rij.inhoud
        tabellen = Plaatstabellen(
            gemeenten=[Gemeente(**rij) for rij in verbinding.execute(select(_gemeente)).mappings()],
            namen=[
                Naam(r.naam, r.code, r.soort)
                for r in verbinding.execute(select(_naam).order_by(_naam.c.nummer))
            ],
            herindelingen=[
                Herindeling(r.oude_naam, r.nieuwe_code, r.datum, r.geheel)
                for r in verbinding.execute(select(_herindeling).order_by(_herindeling.c.nummer))
            ],
            dubbelzinnig=[
                Dubbelzinnig(r.naam, tuple(r.codes), r.soort, r.vraag, r.voorkeur)
                for r in verbinding.execute(select(_dubbelzinnig).order_by(_dubbelzinnig.c.nummer))
            ],
            gewone_woorden=records["lijst"]["gewone_woorden"],
        )
        plaatsen = Plaatswijzer(tabellen)
        plaatsen.ken_woorden(records["lijst"]["woordenschat"])
        return cls(
            artikelen=artikelen,
            bronnen={k: Bron.parse_obj(v) for k, v in records["bron"].items()},
            bedragen={k: Bedrag.parse_obj(v) for k, v in records["bedrag"].items()},
            begrippen={k: Begrip.parse_obj(v) for k, v in records["begrip"].items()},
            routes=[Route.parse_obj(v) for v in records.get("route", {}).values()],
            contacten=[Contact.parse_obj(v) for v in records.get("contact", {}).values()],
            teksten=Teksten(records["lijst"]["teksten"]),
            plaatsen=plaatsen,
            vingerafdruk=verbinding.execute(select(_bouw.c.vingerafdruk)).scalar_one(),
        )

    def artikel(self, id_: str, dag: date) -> Artikel | None:
        """The version of article `id_` that holds on `dag`; None where no version covers that day."""
        return next((versie for versie in self.artikelen.get(id_, ()) if versie.dekt(dag)), None)

    def alle(self, dag: date) -> Iterator[Artikel]:
        """Every article that holds on `dag`."""
        gevonden = (self.artikel(id_, dag) for id_ in self.artikelen)
        return (artikel for artikel in gevonden if artikel is not None)

    def gemeente(self, code: str | None) -> Gemeente | None:
        """The gemeente with this CBS code."""
        return self.plaatsen.gemeenten.get(code) if code else None


def build(url: str, inhoud: Inhoud | None = None) -> bool:
    """Fills the database from the content files, all or nothing. Returns whether anything changed.

    Raises:
        InhoudFout: the content files are malformed; the database is left as it was.
        OpslagFout: the database cannot be written.
    """
    inhoud = inhoud or read_inhoud()
    rijen = _rows(inhoud)
    vingerafdruk = hashlib.sha256(
        json.dumps([[t.name, r] for t, r in rijen], default=str, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    engine = _engine(url, must_exist=False)
    try:
        metadata.create_all(engine)
        with engine.begin() as verbinding:
            if verbinding.execute(select(_bouw.c.vingerafdruk)).scalar() == vingerafdruk:
                return False
            for tabel in reversed(metadata.sorted_tables):
                verbinding.execute(tabel.delete())
            for tabel, gegevens in rijen:
                if gegevens:
                    verbinding.execute(tabel.insert(), gegevens)
            verbinding.execute(_bouw.insert(), [{"vingerafdruk": vingerafdruk}])
    except SQLAlchemyError as error:
        raise OpslagFout(
            f"De database {_leesbaar(url)} is niet te schrijven ({_oorzaak(error)}). "
            "De oude inhoud staat er nog. Sluit andere programma's die haar gebruiken en probeer het opnieuw."
        ) from error
    finally:
        engine.dispose()
    return True


def _rows(inhoud: Inhoud) -> list[tuple[Table, list[dict[str, Any]]]]:
    tabellen = read_plaatstabellen()
    records = [
        *_records("bron", ((k, json.loads(v.json())) for k, v in inhoud.bronnen.items())),
        *_records("bedrag", ((k, json.loads(v.json())) for k, v in inhoud.bedragen.items())),
        *_records("begrip", ((k, json.loads(v.json())) for k, v in inhoud.begrippen.items())),
        *_records("route", ((r.id, json.loads(r.json())) for r in read_routes())),
        *_records("contact", ((c.sleutel(), json.loads(c.json())) for c in read_contacten())),
        *_records(
            "lijst",
            [
                ("gewone_woorden", tabellen.gewone_woorden),
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
        (_artikel, artikelen),
        (_record, records),
        (_gemeente, [asdict(g) for g in tabellen.gemeenten]),
        (_naam, _numbered(tabellen.namen)),
        (_herindeling, _numbered(tabellen.herindelingen)),
        (_dubbelzinnig, _numbered(tabellen.dubbelzinnig)),
    ]


def _woordenschat(inhoud: Inhoud, tabellen: Plaatstabellen) -> list[str]:
    """The words of the articles' own questions and terms: never a typing error of a place."""
    from kennisbank.readability import woorden

    teksten = [vraag for artikel in inhoud.artikelen for vraag in artikel.alle_vragen()]
    teksten += [term for begrip in inhoud.begrippen.values() for term in (begrip.term, *begrip.ook)]
    gemeenten = {g.naam.lower() for g in tabellen.gemeenten}
    return sorted({woord.lower() for tekst in teksten for woord in woorden(tekst)} - gemeenten)


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
