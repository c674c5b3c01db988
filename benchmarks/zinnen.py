"""The sentences that both sides of a measurement learn from, and those they are measured with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

TOETS_DEEL = 5
"""One in so many sentences is kept apart for measuring."""
BUITEN = "buiten_bereik"


class Zin(NamedTuple):
    """A sentence with its intent and, for a knowledge question, the articles that answer it."""

    tekst: str
    intent: str
    artikelen: list[str]


def all_sentences() -> list[Zin]:
    """Every example question and every sentence of data/; no passages, no follow-ups."""
    from rasa.shared.nlu.constants import INTENT, TEXT

    from bot.nlu.importer import ARTIKEL, NAAR, PASSAGE, KennisbankImporter, herkomst
    from bot.settings import PROJECT_MAP

    data = KennisbankImporter(training_data_paths=[str(PROJECT_MAP / "data")]).get_nlu_data()
    alle = []
    for bericht in data.training_examples:
        over = herkomst(bericht)
        if not over.get(PASSAGE) and NAAR not in over:
            artikel = over.get(ARTIKEL)
            alle.append(Zin(bericht.get(TEXT), bericht.get(INTENT), [artikel] if artikel else []))
    return alle


def split(vragen: Path | None) -> tuple[list[Zin], list[Zin]]:
    """What to learn and what to measure with."""
    alle = all_sentences()
    toets = [zin for zin in alle[::TOETS_DEEL] if zin.artikelen or zin.intent.startswith(BUITEN)]
    if vragen is not None:
        regels = [json.loads(regel) for regel in vragen.read_text(encoding="utf-8").splitlines() if regel]
        eigen = [Zin(r["tekst"], "kennisvraag", [r["verwacht"], *r.get("ook_goed", [])]) for r in regels]
        toets = [*eigen, *(zin for zin in toets if not zin.artikelen)]
    gezien = {zin.tekst for zin in toets}
    return [zin for zin in alle if zin.tekst not in gezien], toets
