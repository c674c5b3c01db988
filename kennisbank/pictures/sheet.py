"""A sheet of paper as wide as a phone, in pixels from the top left, drawn by matplotlib.

What is put on it is kept until `bewaar`, because the height is known only then. Every line of text
is kept with its place, so that a test can look at exactly that place on the finished picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.textpath import TextToPath
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kennisbank.pictures.model import ZACHT_STREEPJE, zonder_streepje

BREEDTE = 360
"""The width of a small phone. A point of matplotlib is one pixel here."""
SCHERPTE = 3
"""Pixels of the PNG for each pixel of the sheet."""
RAND = 14
REGELHOOGTE = 1.32
_LETTER = "DejaVu Sans"
_KLEUREN = 64
"""Colours in the PNG: enough for smooth letters, and a quarter of the bytes."""
_SNEL = Image.Quantize.FASTOCTREE
_PUNTEN_PER_DUIM = 72


@dataclass(frozen=True)
class Stijl:
    """How a text looks."""

    grootte: float
    vet: bool = False
    kleur: str = "#1c2833"


INKT, ZACHT, PAPIER, GRIJS, LIJN, ACCENT, WIT = (
    "#1c2833",
    "#4a5863",
    "#ffffff",
    "#eef2f5",
    "#b9c4cc",
    "#1d4e79",
    "#ffffff",
)
TITEL = Stijl(18, vet=True)
KOP = Stijl(14, vet=True)
GEWOON = Stijl(12.5)
KLEIN = Stijl(11, kleur=ZACHT)


@dataclass(frozen=True)
class Tekstvak:
    """Where one line of text stands on the sheet, and what it says."""

    tekst: str
    links: float
    boven: float
    rechts: float
    onder: float


class Vel:
    """Takes drawing instructions in reading order."""

    def __init__(self) -> None:
        self.tekstvakken: list[Tekstvak] = []
        self.hoogte = 0.0
        self._opdrachten: list[Callable[[Axes], None]] = []

    def tekst(
        self,
        x: float,
        y: float,
        tekst: str,
        stijl: Stijl = GEWOON,
        breedte: float = BREEDTE - 2 * RAND,
        midden: bool = False,
    ) -> float:
        """Puts `tekst`, broken to `breedte`, below `y`; returns the y below it.

        With `midden` the lines are centred on `x`.
        """
        for regel in breek(tekst, stijl, breedte):
            lengte = meet(regel, stijl)
            links = x - lengte / 2 if midden else x
            voet = y + stijl.grootte * 1.02
            self.tekstvakken.append(
                Tekstvak(
                    regel, links, voet - stijl.grootte * 0.8, links + lengte, voet + stijl.grootte * 0.24
                )
            )
            self._opdrachten.append(_schrijf(links, voet, regel, stijl))
            y += stijl.grootte * REGELHOOGTE
        self._groei(y)
        return y

    def vlak(
        self,
        x: float,
        y: float,
        breedte: float,
        hoogte: float,
        vulling: str,
        rand: str = "none",
        rond: float = 6,
        dikte: float = 1.2,
    ) -> None:
        """A box with round corners."""
        self._groei(y + hoogte)
        self._opdrachten.append(
            lambda ax: ax.add_patch(
                FancyBboxPatch(
                    (x + rond, y + rond),
                    breedte - 2 * rond,
                    hoogte - 2 * rond,
                    boxstyle=f"round,pad={rond}",
                    facecolor=vulling,
                    edgecolor=rand,
                    linewidth=dikte,
                )
            )
        )

    def rondje(self, x: float, y: float, straal: float, vulling: str, rand: str = ACCENT) -> None:
        """A circle around (x, y)."""
        self._groei(y + straal)
        self._opdrachten.append(
            lambda ax: ax.add_patch(
                Circle((x, y), straal, facecolor=vulling, edgecolor=rand, linewidth=1.8, zorder=2)
            )
        )

    def lijn(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        kleur: str = LIJN,
        dikte: float = 2,
        streep: str = "-",
    ) -> None:
        """A straight line."""
        self._groei(max(y1, y2))
        self._opdrachten.append(
            lambda ax: ax.plot(
                (x1, x2),
                (y1, y2),
                color=kleur,
                linewidth=dikte,
                linestyle=streep,
                solid_capstyle="round",
                zorder=1,
            )
        )

    def bewaar(self, zonder_soort: Path, titel: str, alternatief: str) -> None:
        """Writes `<zonder_soort>.svg` and `.png`, with the text alternative inside."""
        hoogte = self.hoogte + RAND
        instellingen = {"svg.fonttype": "path", "svg.hashsalt": zonder_soort.name, "font.family": _LETTER}
        with mpl.rc_context(instellingen):
            figuur = Figure(figsize=(BREEDTE / _PUNTEN_PER_DUIM, hoogte / _PUNTEN_PER_DUIM), facecolor=PAPIER)
            canvas = FigureCanvasAgg(figuur)
            ax = figuur.add_axes((0, 0, 1, 1))
            ax.set_axis_off()
            ax.set_xlim(0, BREEDTE)
            ax.set_ylim(hoogte, 0)
            for opdracht in self._opdrachten:
                opdracht(ax)
            herkomst = {"Title": titel, "Description": alternatief}
            figuur.savefig(zonder_soort.with_suffix(".svg"), metadata={**herkomst, "Date": None})
            figuur.set_dpi(_PUNTEN_PER_DUIM * SCHERPTE)
            canvas.draw()
        kaartje = PngInfo()
        for sleutel, waarde in herkomst.items():
            kaartje.add_itxt(sleutel, waarde)
        puntjes = Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3])
        beeld = puntjes.quantize(_KLEUREN, _SNEL, dither=Image.Dither.NONE)
        beeld.save(zonder_soort.with_suffix(".png"), pnginfo=kaartje)

    def _groei(self, onderkant: float) -> None:
        self.hoogte = max(self.hoogte, onderkant)


def breek(tekst: str, stijl: Stijl, breedte: float) -> list[str]:
    """`tekst` in lines that fit within `breedte`; a word that is too long breaks at its soft hyphen."""
    regels: list[str] = []
    for woord in tekst.split():
        delen = _afgebroken(woord) if meet(zonder_streepje(woord), stijl) > breedte else [woord]
        for deel in map(zonder_streepje, delen):
            langer = f"{regels[-1]} {deel}" if regels else deel
            if regels and meet(langer, stijl) <= breedte:
                regels[-1] = langer
            else:
                regels.append(deel)
    return regels


def _afgebroken(woord: str) -> list[str]:
    *begin, eind = woord.split(ZACHT_STREEPJE)
    return [*(f"{deel}-" for deel in begin), eind]


def hoogte_van(tekst: str, stijl: Stijl, breedte: float) -> float:
    """How high `tekst` becomes within `breedte`."""
    return len(breek(tekst, stijl, breedte)) * stijl.grootte * REGELHOOGTE


@lru_cache(maxsize=4096)
def meet(tekst: str, stijl: Stijl) -> float:
    """The width of one line."""
    letter = FontProperties(family=_LETTER, size=stijl.grootte, weight="bold" if stijl.vet else "normal")
    breedte, _, _ = TextToPath().get_text_width_height_descent(tekst, letter, ismath=False)
    return float(breedte)


def _schrijf(x: float, voet: float, regel: str, stijl: Stijl) -> Callable[[Axes], None]:
    gewicht = "bold" if stijl.vet else "normal"

    def teken(ax: Axes) -> None:
        ax.text(
            x, voet, regel, fontsize=stijl.grootte, fontweight=gewicht, color=stijl.kleur, parse_math=False,
            zorder=3,
        )  # fmt: skip

    return teken
