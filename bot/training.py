"""Builds what the assistant needs: the kennisbank's database and the model; only what changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

from bot.fingerprint import fingerprint
from bot.nlu import BEPAALT_BEGRIJPEN
from bot.settings import MODEL_MAP, PROJECT_MAP
from kennisbank.current import kennisbank
from kennisbank.meldingen import Ernst, InhoudFout
from kennisbank.pictures.build import te_tekenen
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.settings import DATA_MAP, database_url
from kennisbank.store import OpslagFout, build

Zeg = Callable[[str], None]
_ARTIKELEN = "kennisbank/artikelen"
_BEPAALT_MODEL = ("config.yml", "domain.yml", "data", *(n for n in BEPAALT_BEGRIJPEN if n != _ARTIKELEN))
"""Beside what the articles teach: of those only questions, titles and bonds, see `_leerstof`."""
_BEPAALT_INHOUD = ("kennisbank",)


def train(zeg: Zeg, opnieuw: bool = False) -> bool:
    """Checks the content, builds the database and trains; returns whether a model was trained.

    Raises:
        InhoudFout: the content has errors; nothing is built.
        OpslagFout: the database cannot be written.
    """
    begin = time.monotonic()
    leerstof = _build_kennisbank(zeg)
    _draw_pictures(zeg)
    doel = MODEL_MAP / f"routewijzer-{_digest(fingerprint(_BEPAALT_MODEL), leerstof)[:16]}.tar.gz"
    if doel.exists() and not opnieuw:
        return False
    zeg("Model trainen: ongeveer tien minuten")
    _train_model(doel, opnieuw)
    for oud in set(MODEL_MAP.glob("*.tar.gz")) - {doel}:
        oud.unlink()
    zeg(f"Model klaar ({time.monotonic() - begin:.0f} s)")
    return True


def _build_kennisbank(zeg: Zeg) -> str:
    """Checks the content and builds the database where something changed; returns what articles teach."""
    begin = time.monotonic()
    inhoud_nu = fingerprint(_BEPAALT_INHOUD)
    stempel = DATA_MAP / "inhoud.stempel"
    inhoud_toen, _, leerstof = stempel.read_text().partition("\n") if stempel.exists() else ("", "", "")
    if inhoud_toen == inhoud_nu and leerstof and _database_is_there():
        return leerstof
    # Imported here: only a changed kennisbank needs the checks and what they load.
    from kennisbank.checks import controleer

    inhoud = read_inhoud()
    fouten = [m for m in controleer(inhoud, date.today()) if m.ernst is Ernst.FOUT]
    if fouten:
        raise InhoudFout(fouten)
    build(database_url(), inhoud)
    leerstof = _leerstof(inhoud)
    stempel.write_text(f"{inhoud_nu}\n{leerstof}")
    zeg(f"Kennisbank gebouwd: {len(inhoud.ids())} artikelen ({time.monotonic() - begin:.0f} s)")
    return leerstof


def _leerstof(inhoud: Inhoud) -> str:
    """One hash over what understanding learns of articles.

    Their texts are left out: they teach a little too, but a corrected sentence must not cost a
    training. It counts from the next training on.
    """
    artikelen = sorted(inhoud.artikelen, key=lambda artikel: (artikel.id, artikel.geldig_vanaf))
    return _digest(*(f"{a.id}|{a.thema}|{a.titel}|{a.verwant}|{a.alle_vragen()}" for a in artikelen))


def _digest(*delen: str) -> str:
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()


def _database_is_there() -> bool:
    try:
        kennisbank()  # kept for the conversation that follows
    except OpslagFout:
        return False
    return True


def _draw_pictures(zeg: Zeg) -> None:
    begin = time.monotonic()
    nieuw = te_tekenen(kennisbank(), date.today())
    if nieuw:
        # In a process of its own: the one that talks keeps the plotting library out (bot/light_start.py).
        subprocess.run([sys.executable, "-m", "kennisbank.pictures"], check=True)
        zeg(f"Beelden getekend: {len(nieuw)} ({time.monotonic() - begin:.0f} s)")


def _train_model(doel: Path, opnieuw: bool) -> None:
    """Trains what changed; what the engine says meanwhile goes to a log file beside the model."""
    from bot.light_start import without_tensorflow

    MODEL_MAP.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(DATA_MAP / "cache" / "rasa"))
    with (
        (DATA_MAP / "train.log").open("w", encoding="utf-8") as log,
        redirect_stdout(log),
        redirect_stderr(log),
    ):
        without_tensorflow()
        from rasa.model_training import train as rasa_train

        uitslag = rasa_train(
            domain=str(PROJECT_MAP / "domain.yml"),
            config=str(PROJECT_MAP / "config.yml"),
            training_files=[str(PROJECT_MAP / "data")],
            output=str(MODEL_MAP),
            fixed_model_name=doel.name.removesuffix(".tar.gz"),
            force_training=opnieuw,
        )
    if uitslag.model is None:
        raise RuntimeError(f"Rasa leverde geen model op (code {uitslag.code})")
