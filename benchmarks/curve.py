"""Draws how certainty and being right go together: `python -m benchmarks.curve docs/zekerheid.svg`.

Of our own questions, each read by classifiers that had not seen it: which part is answered at
once, and which part of those answers is right, for every bound that could be set.
"""

from __future__ import annotations

import pickle
import sys
import tarfile
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from bot.assistent import newest_model
from bot.nlu.component import BESTAND
from bot.nlu.understanding import Understanding


def read_understanding(model: Path) -> Understanding:
    """The understanding inside a trained model."""
    with tarfile.open(model) as archief:
        naam = next(lid for lid in archief.getnames() if lid.endswith(BESTAND))
        inhoud = archief.extractfile(naam)
        assert inhoud is not None
        begrijper: Understanding = pickle.load(inhoud)
    return begrijper


def draw(begrijper: Understanding, doel: Path) -> None:
    """Writes the picture."""
    mpl.rcParams["svg.hashsalt"] = "routewijzer"
    volgorde = np.argsort(-begrijper.ongezien.zekerheid)
    juist = begrijper.ongezien.juist[volgorde]
    aantal = np.arange(1, len(juist) + 1)
    bij_grens = int((begrijper.ongezien.zekerheid >= begrijper.drempels.antwoord).sum())
    figuur = Figure(figsize=(7, 4))
    vlak = figuur.add_subplot()
    vlak.plot(100 * aantal / len(juist), 100 * np.cumsum(juist) / aantal, color="black")
    vlak.axvline(100 * bij_grens / len(juist), color="gray", linestyle="--")
    vlak.annotate(
        f"gekozen grens: zekerheid {begrijper.drempels.antwoord:.2f}",
        (100 * bij_grens / len(juist) + 1, 72),
    )
    vlak.set(
        xlabel="direct beantwoord, % van de vragen", ylabel="daarvan goed, %", ylim=(60, 100), xlim=(0, 100)
    )
    vlak.set_title("Eigen vragen die het model niet gezien had")
    vlak.grid(alpha=0.3)
    figuur.tight_layout()
    FigureCanvasSVG(figuur).print_svg(doel, metadata={"Date": None})


if __name__ == "__main__":
    draw(read_understanding(newest_model()), Path(sys.argv[1]))
