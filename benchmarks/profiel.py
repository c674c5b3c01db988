"""`routewijzer benchmark profiel`: where the milliseconds of one message go.

Messages go one at a time through the assistant with a store on disk, as in the server. Around the
parts named in `DELEN` a clock runs; what a part calls that is also named is not counted to it, so
the parts add up to the whole. Two clocks: processor time, which other programs on the machine do not
change much, and time that passes, which also holds waiting for the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import inspect
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.zinnen import all_sentences

BERICHTEN = 300
_OPWARMEN = 40
_BEURTEN = 5

DELEN: dict[str, tuple[str, ...]] = {
    "deur: opschonen en persoonsgegevens maskeren": ("bot.assistent:neem_in",),
    "gesprek lezen": ("bot.opslag.tracker:GespreksOpslag.lees",),
    "beurt en vragenlogboek bewaren": ("bot.assistent:Assistent._bewaar",),
    "begrijpen: plaatsen, leeftijd, begrippen": ("bot.nlu.entities:Herkenner.herken",),
    "begrijpen: in de woorden van het vak": ("bot.nlu.language:Taalkennis.herschrijf",),
    "begrijpen: zinsvector": ("kennisbank.search.encoder:E5Encoder.encode",),
    "begrijpen: woorden en tekens": ("kennisbank.search.space:TextSpace.transform",),
    "begrijpen: gelijkenis met alle zinnen": (
        "kennisbank.search.index:SentenceIndex.views",
        "kennisbank.search.index:Views.likeness",
    ),
    "begrijpen: kiezen": ("bot.nlu.component:KennisbankBegrijper._process",),
    "Rasa: overige stappen van het lezen": ("bot.processor:ContextProcessor.parse_message",),
    "Rasa: welke actie volgt": ("bot.processor:ContextProcessor.predict_next_with_tracker_if_should",),
    "Rasa: slots uit het bericht": ("bot.processor:ContextProcessor.run_action_extract_slots",),
    "Rasa: gesprek voor de actie opschrijven": ("bot.processor:Actie._action_call_format",),
    "actie: antwoord schrijven": ("bot.acties:InProcessActions.request",),
    "Rasa: gebeurtenissen bijhouden": ("bot.processor:ContextProcessor.beantwoord",),
    "rest": ("bot.assistent:Assistent.antwoord",),
}


class Tijd(NamedTuple):
    """Milliseconds per message: of the processor, and that passed."""

    processor: float
    klok: float


class Klok:
    """Times nested calls; each gets only what is not spent in a timed call inside it."""

    def __init__(self) -> None:
        self.tijden: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._binnen: list[list[float]] = [[0.0, 0.0]]

    @contextlib.contextmanager
    def loopt(self, deel: str) -> Iterator[None]:
        """Counts what passes inside to `deel`."""
        self._binnen.append([0.0, 0.0])
        begin = (time.process_time(), time.perf_counter())
        try:
            yield
        finally:
            duur = (time.process_time() - begin[0], time.perf_counter() - begin[1])
            binnenin = self._binnen.pop()
            for soort in (0, 1):
                self.tijden[deel][soort] += duur[soort] - binnenin[soort]
                self._binnen[-1][soort] += duur[soort]

    @contextlib.contextmanager
    def op(self, delen: dict[str, tuple[str, ...]]) -> Iterator[None]:
        """Puts a clock around every named function, and takes them off again."""
        with contextlib.ExitStack() as stapel:
            for deel, plekken in delen.items():
                for plek in plekken:
                    stapel.enter_context(self._om(plek, deel))
            yield

    @contextlib.contextmanager
    def _om(self, plek: str, deel: str) -> Iterator[None]:
        module, _, pad = plek.partition(":")
        *eigenaars, naam = pad.split(".")
        eigenaar: Any = functools.reduce(getattr, eigenaars, importlib.import_module(module))
        echt = getattr(eigenaar, naam)

        @functools.wraps(echt)
        async def met_wachten(*args: Any, **kwargs: Any) -> Any:
            with self.loopt(deel):
                return await echt(*args, **kwargs)

        @functools.wraps(echt)
        def gewoon(*args: Any, **kwargs: Any) -> Any:
            with self.loopt(deel):
                return echt(*args, **kwargs)

        setattr(eigenaar, naam, met_wachten if inspect.iscoroutinefunction(echt) else gewoon)
        try:
            yield
        finally:
            setattr(eigenaar, naam, echt)


def profile(berichten: int = BERICHTEN) -> dict[str, Tijd]:
    """The mean of each part per message, over so many different questions."""
    return asyncio.run(_profile(berichten))


async def _profile(berichten: int) -> dict[str, Tijd]:
    from bot.assistent import Assistent
    from bot.opslag.migratie import open_database

    vragen = [zin.tekst for zin in all_sentences() if zin.artikelen]
    random.Random(2).shuffle(vragen)
    klok = Klok()
    with tempfile.TemporaryDirectory() as map_:
        database = open_database(f"sqlite:///{Path(map_) / 'gesprekken.db'}")
        assistent = Assistent.load(database)
        for nummer, vraag in enumerate(vragen[:_OPWARMEN]):
            await assistent.zeg(f"warm-{nummer // _BEURTEN}", vraag)
        with klok.op(DELEN):
            for nummer, vraag in enumerate(vragen[_OPWARMEN : _OPWARMEN + berichten]):
                await assistent.zeg(f"meting-{nummer // _BEURTEN}", vraag)
        database.sluit()
    return {
        deel: Tijd(*(round(1000 * waarde / berichten, 2) for waarde in klok.tijden[deel])) for deel in DELEN
    }
