"""Installs what the tests of the doors talk to: a real browser, npm packages, servers in a venv of their own.

Run with `make counterparts`. What cannot be had here is said in one line and is no failure: the tests
that need it then skip, and say so too. Runs on any Python 3.8 or newer, and does nothing twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTERPARTS = ROOT / "tests" / "counterparts"
TOOLS = ROOT / ".tools"


class Ontbreekt(Exception):
    """A counterpart cannot be had on this machine; the message says why."""


def main() -> None:
    """Brings every counterpart up to date and tells which ones are there."""
    for naam, zorg_voor in STAPPEN:
        try:
            say(f"{naam}: {zorg_voor()}")
        except Ontbreekt as reden:
            say(f"{naam}: niet aanwezig, de tests ervan worden overgeslagen ({reden})")


def chromium() -> str:
    """Debian's Chromium, for the web page and for emulators that live in a page."""
    if not shutil.which("chromium"):
        if not shutil.which("apt-get") or os.geteuid() != 0:
            raise Ontbreekt("installeer het pakket chromium, of draai dit als root op Debian of Ubuntu")
        apt = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
        run([*apt, "update"])
        run([*apt, "install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"])
    versie = subprocess.run(["chromium", "--version"], check=False, capture_output=True, text=True)
    return versie.stdout.strip() or "aanwezig"


def debian_programmas() -> str:
    """nginx and wrk, for the trial with several servers and for load."""
    zoek = "/usr/sbin:/usr/bin:/usr/local/bin"
    missen = [naam for naam in ("nginx", "wrk") if not shutil.which(naam, path=zoek)]
    if missen:
        if not shutil.which("apt-get") or os.geteuid() != 0:
            raise Ontbreekt(f"installeer {' en '.join(missen)}, of draai dit als root op Debian of Ubuntu")
        apt = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
        run([*apt, "update"])
        run([*apt, "install", "--yes", "--no-install-recommends", *missen])
    return "aanwezig"


def npm_pakketten() -> str:
    """The packages of tests/counterparts/package-lock.json, at exactly those hashes."""
    if not shutil.which("npm"):
        raise Ontbreekt("installeer Node.js 20 of nieuwer")
    stempel = COUNTERPARTS / "node_modules" / ".stempel"
    gewenst = fingerprint(COUNTERPARTS / "package-lock.json")
    if not stempel.exists() or stempel.read_text() != gewenst:
        run(["npm", "ci", "--prefix", str(COUNTERPARTS), "--no-progress", "--loglevel=error"])
        stempel.write_text(gewenst)
    return "klaar"


def eigen_omgeving(naam: str, python: str | None = None) -> Path:
    """The interpreter of a venv `.tools/NAAM`, holding what tests/counterparts/NAAM.txt pins with hashes.

    For a counterpart that cannot share the environment of Rasa. `python` is the interpreter to start
    from, where the one that runs this will not do.
    """
    eisen = COUNTERPARTS / f"{naam}.txt"
    omgeving = TOOLS / naam
    stempel = omgeving / ".stempel"
    gewenst = fingerprint(eisen)
    if not stempel.exists() or stempel.read_text() != gewenst:
        run([python or sys.executable, "-m", "venv", "--clear", str(omgeving)])
        pip = [str(omgeving / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", str(eisen)])
        stempel.write_text(gewenst)
    return omgeving / "bin" / "python"


def telemelya() -> str:
    """A Bot API server by somebody else, for the Telegram door; it needs a Redis on this machine too."""
    eigen_omgeving("telemelya", nieuwe_python())
    return "klaar"


def nieuwe_python() -> str:
    """A Python of 3.11 or newer that runs: this one, on the path, or from a version manager."""
    paden = [sys.executable] + [shutil.which(f"python3.{kleine}") or "" for kleine in range(15, 10, -1)]
    paden += sorted(map(str, Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python3")))
    toets = "import sys; sys.exit(sys.version_info < (3, 11))"
    for pad in filter(None, paden):
        if subprocess.run([pad, "-c", toets], check=False, capture_output=True).returncode == 0:
            return pad
    raise Ontbreekt("installeer Python 3.11 of nieuwer")


STAPPEN: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Chromium", chromium),
    ("nginx en wrk", debian_programmas),
    ("Pakketten van npm", npm_pakketten),
    ("Telegram (telemelya)", telemelya),
)
"""Every part of the tests adds what it needs here."""


def fingerprint(bestand: Path) -> str:
    """What a counterpart was made from, as one hash."""
    return hashlib.sha256(bestand.read_bytes()).hexdigest()


def run(opdracht: list[str]) -> None:
    """Runs a command; when it fails, this counterpart is not there."""
    uit = subprocess.run(opdracht, cwd=ROOT, check=False, capture_output=True, text=True)
    if uit.returncode:
        laatste = (uit.stderr.strip() or uit.stdout.strip()).splitlines()[-1:]
        raise Ontbreekt(f"{' '.join(opdracht[:2])} lukte niet: {''.join(laatste)}")


def say(tekst: str) -> None:
    """Tells the user what happens now."""
    print(f"[tegenhangers] {tekst}", flush=True)


if __name__ == "__main__":
    main()
