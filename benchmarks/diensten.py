"""Postgres and Redis for trials: those that run on loopback, else ones of our own where installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processen import free_port

_POSTGRES = 5432
_REDIS = 6379


@contextmanager
def postgres() -> Iterator[str | None]:
    """The URL of a Postgres where databases may be made; None where there is none to be had."""
    url = f"postgresql://postgres@127.0.0.1:{_POSTGRES}/postgres"
    if _mag_erin(url):
        yield url
        return
    initdb = _program("initdb")
    if initdb is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as map_:
        als = _als_gewone_gebruiker(Path(map_))
        poort, data = free_port(), f"{map_}/data"
        maak = [*als, initdb, "-D", data, "-U", "postgres", "-A", "trust"]
        subprocess.run(maak, capture_output=True, check=True)
        server = [
            str(Path(initdb).with_name("postgres")),
            "-D",
            data,
            "-h",
            "127.0.0.1",
            "-p",
            str(poort),
            "-k",
            map_,
        ]
        with _proces([*als, *server], poort):
            yield f"postgresql://postgres@127.0.0.1:{poort}/postgres"


@contextmanager
def redis() -> Iterator[str | None]:
    """The URL of a Redis; None where there is none to be had."""
    if _open(_REDIS):
        yield f"redis://127.0.0.1:{_REDIS}/0"
        return
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    poort = free_port()
    with _proces([program, "--port", str(poort), "--bind", "127.0.0.1", "--save", ""], poort):
        yield f"redis://127.0.0.1:{poort}/0"


def _mag_erin(url: str) -> bool:
    import psycopg2

    try:
        psycopg2.connect(url, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def _program(naam: str) -> str | None:
    """A program of Postgres, which Debian keeps out of the search path."""
    op_de_plank = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{naam}")))
    return shutil.which(naam) or next(iter(op_de_plank), None)


def _als_gewone_gebruiker(map_: Path) -> Sequence[str]:
    """Postgres refuses to run as root."""
    if os.geteuid() != 0:
        return ()
    shutil.chown(map_, "postgres", "postgres")
    return ("runuser", "-u", "postgres", "--")


@contextmanager
def _proces(opdracht: Sequence[str], poort: int) -> Iterator[None]:
    proces = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if _open(poort):
                break
            time.sleep(0.1)
        yield
    finally:
        proces.terminate()
        proces.wait(timeout=20)


def _open(poort: int) -> bool:
    with socket.socket() as proef:
        proef.settimeout(1)
        return proef.connect_ex(("127.0.0.1", poort)) == 0
