"""The front desk and its store under anything: duplicates, crashes, refusing doors, mixed senders.

Hypothesis makes up what happens; at the end everything is recovered and counted.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.assistent import Assistent
from bot.balie import MAX_POGINGEN, Aanname
from bot.opslag.migratie import open_database
from bot.opslag.tabellen import BEURT, POST
from tests.opslag.conftest import Deur, nieuwe_balie

GESPREKKEN = st.sampled_from(["a", "b"])
_ONZEKER = "Ik weet niet of mijn vorige antwoord"


class Toestanden(RuleBasedStateMachine):
    """What platforms, users and bad luck can do to a front desk."""

    assistent: Assistent

    @initialize()
    def open_de_balie(self) -> None:
        self.lus = asyncio.new_event_loop()
        self.map = tempfile.TemporaryDirectory()
        self.database = open_database(f"sqlite:///{Path(self.map.name) / 'gesprekken.db'}")
        self.deur = Deur()
        self.balie = nieuwe_balie(self.assistent, self.database, self.deur)
        self.gebracht: dict[str, tuple[str, str]] = {}
        self.meteen: dict[str, tuple[str, str]] = {}

    @rule(gesprek=GESPREKKEN, stappen=st.integers(0, 20))
    def een_bericht(self, gesprek: str, stappen: int) -> None:
        id_ = str(len(self.gebracht) + len(self.meteen))
        self.gebracht[id_] = (gesprek, "dank je")
        assert self._doe(self.balie.neem_aan(self.deur.post(gesprek, id_, "dank je"))) is Aanname.AANGENOMEN
        self._loop(stappen)

    @precondition(lambda self: self.gebracht)
    @rule(data=st.data())
    def hetzelfde_bericht_nog_eens(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.gebracht)))
        gesprek, tekst = self.gebracht[id_]
        assert self._doe(self.balie.neem_aan(self.deur.post(gesprek, id_, tekst))) is Aanname.DUBBEL

    @rule(gesprek=GESPREKKEN)
    def een_bericht_dat_meteen_antwoord_krijgt(self, gesprek: str) -> None:
        id_ = str(len(self.gebracht) + len(self.meteen))
        beurt = self._doe(self.balie.behandel(self.deur.post(gesprek, id_, "hallo")))
        assert beurt.geweigerd is None
        self.meteen[id_] = (gesprek, beurt.tekst)

    @precondition(lambda self: self.meteen)
    @rule(data=st.data())
    def hetzelfde_nog_eens_gevraagd(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.meteen)))
        gesprek, tekst = self.meteen[id_]
        assert self._doe(self.balie.behandel(self.deur.post(gesprek, id_, "hallo"))).tekst == tekst

    @rule()
    def de_deur_hapert(self) -> None:
        # No precondition: refusals are used up in real time, and Hypothesis must be able to choose again.
        if len(self.deur.weigert) < 3:
            self.deur.weigert.append(ConnectionError())

    @rule(gesprek=GESPREKKEN)
    def het_proces_valt_om_tijdens_het_bezorgen(self, gesprek: str) -> None:
        self.deur.weigert.clear()
        self.deur.hangt = hangt = asyncio.Event()
        self.een_bericht(gesprek, 0)
        self._doe(asyncio.wait_for(hangt.wait(), 30))
        self.het_proces_valt_om(0)

    @rule(stappen=st.integers(0, 20))
    def het_proces_valt_om(self, stappen: int) -> None:
        self._loop(stappen)
        for werker in self.balie._werkers.values():
            werker.cancel()
        self._loop(3)
        self.balie = nieuwe_balie(self.assistent, self.database, self.deur)
        self._doe(self.balie.hervat())

    def teardown(self) -> None:
        if not hasattr(self, "lus"):
            return
        try:
            self._doe(self._rond_alles_af())
            self._tel()
        finally:
            self.database.sluit()
            self.lus.close()
            self.map.cleanup()

    async def _rond_alles_af(self) -> None:
        await self.balie.hervat()
        await self.balie.klaar()

    def _tel(self) -> None:
        antwoorden: Counter[str] = Counter()
        woorden: Counter[str] = Counter()
        volgorde: dict[str, list[int]] = defaultdict(list)
        for id_, tekst in self.deur.bezorgd:
            woorden[id_] += 1
            if _ONZEKER not in tekst:
                antwoorden[id_] += 1
                volgorde[self.gebracht[id_][0]].append(int(id_))
        assert set(woorden) == set(self.gebracht)
        assert all(aantal == 1 for aantal in antwoorden.values())
        assert all(rij == sorted(rij) for rij in volgorde.values())
        beurten = self.database.lees_nu(lambda v: len(v.execute(select(BEURT.c.nummer)).all()))
        berichten = self.database.lees_nu(lambda v: v.execute(select(POST.c.nummer, POST.c.pogingen)).all())
        assert len(berichten) == len(self.gebracht) + len(self.meteen)
        assert beurten == sum(bericht.nummer is not None for bericht in berichten)
        # Only a message that was tried as often as may be has no turn: it got the word that it failed.
        assert all(b.nummer is not None or b.pogingen == MAX_POGINGEN for b in berichten)
        open_ = self.database.lees_nu(lambda v: v.execute(select(POST.c.stand).distinct()).scalars().all())
        assert set(open_) <= {"bezorgd"}

    def _doe(self, werk: Coroutine[Any, Any, Any]) -> Any:
        return self.lus.run_until_complete(werk)

    def _loop(self, stappen: int) -> None:
        async def even() -> None:
            for _ in range(stappen):
                await asyncio.sleep(0.0005)

        self._doe(even())


def test_every_message_gets_one_answer_or_a_word_whatever_happens(
    assistent: Assistent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.balie._WACHTTIJDEN", (0.001,))
    Toestanden.assistent = assistent
    zuinig = settings(
        max_examples=10,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Toestanden, settings=zuinig)  # type: ignore[no-untyped-call]
