"""Draws the pictures into the data folder; only what changed."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from kennisbank.pictures.plates import Plaat, platen
from kennisbank.settings import DATA_MAP
from kennisbank.store import Kennisbank
from kennisbank.texts import Teksten

BEELDEN_MAP = DATA_MAP / "beelden"
_STEMPEL = "stempel.json"


def te_tekenen(kb: Kennisbank, dag: date, map_: Path = BEELDEN_MAP) -> list[Plaat]:
    """The pictures that are not in `map_`, or not as they have to look on `dag`."""
    getekend, code = _lees_stempel(map_), _code()
    return [
        plaat
        for plaat in platen(kb, dag)
        if getekend.get(plaat.naam) != _vingerafdruk(plaat, kb.teksten, code)
        or not all(bestand.exists() for bestand in _bestanden(map_, plaat.naam))
    ]


def teken_beelden(kb: Kennisbank, dag: date, map_: Path = BEELDEN_MAP) -> int:
    """Brings `map_` up to date: draws what changed, removes what is no more. Returns how many it drew."""
    map_.mkdir(parents=True, exist_ok=True)
    nieuw = te_tekenen(kb, dag, map_)
    if nieuw:
        with ProcessPoolExecutor() as tekenaars:
            list(tekenaars.map(partial(_teken, kb.teksten, map_), nieuw, chunksize=8))
    code = _code()
    vingers = {plaat.naam: _vingerafdruk(plaat, kb.teksten, code) for plaat in platen(kb, dag)}
    for naam in _lees_stempel(map_).keys() - vingers.keys():
        for bestand in _bestanden(map_, naam):
            bestand.unlink(missing_ok=True)
    (map_ / _STEMPEL).write_text(json.dumps(vingers))
    return len(nieuw)


def _teken(t: Teksten, map_: Path, plaat: Plaat) -> None:
    # Imported here: the plotting library takes a second, and mostly nothing has to be drawn.
    from kennisbank.pictures.drawing import leg_uit

    leg_uit(plaat, t).bewaar(map_ / plaat.naam, plaat.titel, plaat.alternatief)


def _lees_stempel(map_: Path) -> dict[str, str]:
    stempel = map_ / _STEMPEL
    gelezen: dict[str, str] = json.loads(stempel.read_text()) if stempel.exists() else {}
    return gelezen


def _bestanden(map_: Path, naam: str) -> tuple[Path, Path]:
    return map_ / f"{naam}.svg", map_ / f"{naam}.png"


def _vingerafdruk(plaat: Plaat, t: Teksten, code: bytes) -> str:
    """A hash over what is drawn, the words around it, and the code that draws it."""
    return hashlib.sha256(f"{plaat!r}{t.ruw('beeld')!r}".encode() + code).hexdigest()


def _code() -> bytes:
    """A hash over the code that draws."""
    digest = hashlib.sha256()
    for bestand in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(bestand.read_bytes())
    return digest.digest()
