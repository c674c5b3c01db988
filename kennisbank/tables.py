"""The tables of the kennisbank's store. One row of `ARCHIEF` outlives every rebuild."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, MetaData, String, Table, Text

METADATA = MetaData()

ARTIKEL = Table(
    "artikel_versie",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("geldig_vanaf", Date, primary_key=True),
    Column("geldig_tot", Date),
    Column("thema", String(40), nullable=False),
    Column("titel", Text, nullable=False),
    Column("inhoud", JSON, nullable=False),
)
RECORD = Table(
    "record",
    METADATA,
    Column("soort", String(20), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("inhoud", JSON, nullable=False),
    comment="sources, amounts, terms, routes, contacts and texts by id",
)
GEMEENTE = Table(
    "gemeente",
    METADATA,
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
NAAM = Table(
    "plaatsnaam",
    METADATA,
    Column("nummer", Integer, primary_key=True),
    Column("naam", String(80), nullable=False, index=True),
    Column("code", String(6), nullable=False),
    Column("soort", String(30), nullable=False),
)
HERINDELING = Table(
    "herindeling",
    METADATA,
    Column("nummer", Integer, primary_key=True),
    Column("oude_naam", String(60), nullable=False),
    Column("oude_code", String(6), nullable=False),
    Column("nieuwe_code", String(6), nullable=False),
    Column("datum", Date, nullable=False),
    Column("dorpen", JSON, nullable=False),
    Column("voorgenomen", Boolean, nullable=False),
)
DUBBELZINNIG = Table(
    "dubbelzinnig",
    METADATA,
    Column("nummer", Integer, primary_key=True),
    Column("naam", String(60), nullable=False),
    Column("codes", JSON, nullable=False),
    Column("soort", String(40), nullable=False),
    Column("vraag", Text, nullable=False),
    Column("voorkeur", String(6)),
)
BOUW = Table(
    "bouw",
    METADATA,
    Column("vingerafdruk", String(64), primary_key=True),
    comment="one row: what the content files were when this database was built",
)
ARCHIEF = Table(
    "archief",
    METADATA,
    Column("nummer", Integer, primary_key=True),
    Column("soort", String(20), nullable=False),
    Column("id", String(120), nullable=False),
    Column("inhoud", JSON, nullable=False),
    Column("vanaf", DateTime, nullable=False),
    Column("tot", DateTime),
    comment="append-only: each record with the time it came into the store and the time it left",
)
