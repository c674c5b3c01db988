"""What a watcher sees: figures of real turns through the front desk, readiness with and without a store."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.assistent import Assistent
from bot.balie import Balie, Post
from bot.bewaking import figures, is_ready
from bot.leesprocessen import Leesprocessen
from bot.opslag.migratie import open_database
from kennisbank.current import kennisbank

KANAAL = "bewaking"


@pytest.fixture
async def wakend(assistent: Assistent, tmp_path: Path) -> AsyncIterator[Assistent]:
    database = open_database(f"sqlite:///{tmp_path / 'gesprekken.db'}")
    yield assistent.op(database)
    database.sluit()


async def _samples(assistent: Assistent) -> dict[tuple[str, ...], float]:
    tekst = (await figures(assistent)).decode()
    return {
        (meting.name, *(waarde for _, waarde in sorted(meting.labels.items()))): meting.value
        for familie in text_string_to_metric_families(tekst)
        for meting in familie.samples
    }


async def test_a_turn_counts_with_its_outcome_time_and_certainty(wakend: Assistent) -> None:
    balie = Balie(wakend)
    voor = await _samples(wakend)
    await balie.behandel(Post(KANAAL, "1", "bewaking:1", "wanneer moeten we ABA aanvragen?"))
    await balie.behandel(Post(KANAAL, "2", "bewaking:3", "hoe laat gaat de trein"))
    na = await _samples(wakend)
    assert na["routewijzer_uitkomsten_total", KANAAL, "antwoord"] == 1
    assert na["routewijzer_uitkomsten_total", KANAAL, "buiten_bereik"] == 1
    assert na["routewijzer_beurt_seconden_count", KANAAL] == 2
    assert na[("routewijzer_zekerheid_count",)] == voor[("routewijzer_zekerheid_count",)] + 1


async def test_what_waits_is_counted_until_it_is_delivered(wakend: Assistent) -> None:
    balie = Balie(wakend)
    await balie.neem_aan(Post("zonder deur", "1", "bewaking:2", "hallo"))
    assert (await _samples(wakend))["routewijzer_wachtrij", "aangenomen"] == 1
    await balie.klaar()
    assert (await _samples(wakend))["routewijzer_wachtrij", "aangenomen"] == 0


async def test_the_age_of_the_kennisbank_is_known(wakend: Assistent) -> None:
    gemeten = await _samples(wakend)
    assert gemeten[("routewijzer_kennisbank_artikelen",)] == len(kennisbank().artikelen)
    assert gemeten[("routewijzer_kennisbank_dagen_sinds_controle",)] >= 0


async def test_figures_hold_no_text_and_name_no_conversation(wakend: Assistent) -> None:
    balie = Balie(wakend)
    vraag = "wat is een kabouterpolis in Stadskanaal voor Shanaya Oosterkamp"
    await balie.behandel(Post(KANAAL, "bericht-9", "bewaking:geheim", vraag))
    await balie.neem_aan(Post("zonder deur", "bericht-10", "bewaking:geheim", vraag))
    tekst = (await figures(wakend)).decode().lower()
    verboden = ("kabouter", "stadskanaal", "shanaya", "geheim", "bericht-")
    assert [woord for woord in verboden if woord in tekst] == []


async def test_without_its_store_it_is_alive_but_not_ready(wakend: Assistent, tmp_path: Path) -> None:
    assert await is_ready(wakend)
    (tmp_path / "gesprekken.db").unlink()
    assert not await is_ready(wakend)
    assert not [naam for naam in await _samples(wakend) if naam[0] == "routewijzer_wachtrij"]


def _reken(tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
    begin = time.process_time()
    while time.process_time() - begin < 0.3:
        pass
    return {"tekst": tekst, "metadata": metadata}


async def test_the_processor_time_of_a_server_counts_the_processes_that_read_for_it(
    wakend: Assistent,
) -> None:
    lezers = Leesprocessen(_reken, 1)
    voor, eigen = await _samples(wakend), time.process_time()
    await lezers.lees("hallo", None)
    na, zelf = await _samples(wakend), time.process_time() - eigen
    sleutel = ("routewijzer_processor_seconden_total",)
    assert na[sleutel] - voor[sleutel] - zelf > 0.25
