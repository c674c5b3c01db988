"""Copies of a database while it is in use, and putting one back: SQLite's own backup, or pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from kennisbank.store import OpslagFout


def kopieer(url: str, doel: Path) -> None:
    """Writes a copy that is whole, also while servers write.

    Raises:
        OpslagFout: the copy could not be made; nothing is left at `doel`.
    """
    adres = make_url(url)
    doel.parent.mkdir(parents=True, exist_ok=True)
    half = doel.with_name(f"{doel.name}.half")
    try:
        if adres.get_backend_name() == "sqlite":
            _kopieer_sqlite(_bestand(adres), half)
        else:
            _draai(adres, "pg_dump", "--format=custom", "--no-owner", f"--file={half}")
        half.replace(doel)
    finally:
        half.unlink(missing_ok=True)


def herstel(url: str, bron: Path) -> None:
    """Makes the database what the copy holds. Stop all servers first.

    Raises:
        OpslagFout: there is no such copy, it is damaged, or the database does not take it.
    """
    if not bron.is_file():
        raise OpslagFout(f"Er is geen reservekopie {bron}.")
    adres = make_url(url)
    if adres.get_backend_name() == "sqlite":
        _herstel_sqlite(bron, _bestand(adres))
    else:
        opties = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _draai(adres, "pg_restore", *opties, str(bron))


def _kopieer_sqlite(bron: Path, doel: Path) -> None:
    if not bron.exists():
        raise OpslagFout(f"De database {bron} bestaat niet.")
    with closing(sqlite3.connect(bron)) as van, closing(sqlite3.connect(doel)) as naar:
        van.backup(naar)
        _controleer(naar, doel)


def _herstel_sqlite(bron: Path, doel: Path) -> None:
    with closing(sqlite3.connect(bron)) as kopie:
        _controleer(kopie, bron)
    doel.parent.mkdir(parents=True, exist_ok=True)
    half = doel.with_name(f"{doel.name}.half")
    shutil.copyfile(bron, half)
    for rest in ("-wal", "-shm"):  # they belong to what is replaced
        doel.with_name(doel.name + rest).unlink(missing_ok=True)
    half.replace(doel)


def _controleer(database: sqlite3.Connection, pad: Path) -> None:
    try:
        (uitslag,) = database.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise OpslagFout(f"{pad} is geen hele database ({error}).") from error
    if uitslag != "ok":
        raise OpslagFout(f"{pad} is beschadigd ({uitslag}).")


def _bestand(adres: URL) -> Path:
    if not adres.database or adres.database == ":memory:":
        raise OpslagFout("Een database in het geheugen heeft geen reservekopie.")
    return Path(adres.database)


def _draai(adres: URL, programma: str, *opties: str) -> None:
    if shutil.which(programma) is None:
        raise OpslagFout(f"{programma} is er niet; installeer de programma's van Postgres.")
    plek = str(adres.set(drivername="postgresql", password=None).render_as_string())
    # Not on the command line, which every process of the machine can read.
    omgeving = {**os.environ, **({"PGPASSWORD": str(adres.password)} if adres.password else {})}
    opdracht = [programma, f"--dbname={plek}", *opties]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False, env=omgeving)
    if uit.returncode:
        raise OpslagFout(f"{programma} is mislukt: {uit.stderr.strip() or uit.returncode}")
