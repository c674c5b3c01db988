"""What who watches the service sees: is it alive, can it take messages, and figures for Prometheus.

`/gezond` says that the process runs: an orchestrator restarts it when that stops. `/gereed` says that
a message can be taken now: a load balancer sends none while it cannot. Figures hold no text and name
no conversation.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Awaitable, Iterator
from datetime import date

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily
from prometheus_client.process_collector import ProcessCollector
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw
from sqlalchemy import text

from bot.assistent import Assistent, Beurt
from bot.opslag import postbus
from bot.opslag.database import OpslagWeg
from bot.processortijd import processor_seconds
from kennisbank.current import kennisbank
from kennisbank.store import Kennisbank


class Processortijd:
    """Processor time of the server and of the processes that read for it: the usual figure is without."""

    def collect(self) -> Iterator[CounterMetricFamily]:
        """As the client library asks for it."""
        lezers = sum(processor_seconds(lezer.pid or 0) for lezer in multiprocessing.active_children())
        yield CounterMetricFamily(
            "routewijzer_processor_seconden",
            "Processortijd van de server en zijn leesprocessen",
            value=time.process_time() + lezers,
        )


REGISTER = CollectorRegistry()
ProcessCollector(registry=REGISTER)
REGISTER.register(Processortijd())

_TIJDEN = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_ZEKERHEDEN = tuple(tien / 10 for tien in range(1, 11))
_BEURT = Histogram(
    "routewijzer_beurt_seconden",
    "Tijd van aangenomen bericht tot bewaard antwoord",
    ["kanaal"],
    registry=REGISTER,
    buckets=_TIJDEN,
)
_UITKOMST = Counter(
    "routewijzer_uitkomsten", "Antwoorden naar uitkomst", ["kanaal", "uitkomst"], registry=REGISTER
)
_ZEKERHEID = Histogram(
    "routewijzer_zekerheid",
    "Zekerheid van de rangschikking van kennisvragen",
    registry=REGISTER,
    buckets=_ZEKERHEDEN,
)
_MISLUKT = Counter("routewijzer_mislukt", "Berichten zonder antwoord", ["reden"], registry=REGISTER)
_WACHTRIJ = Gauge(
    "routewijzer_wachtrij", "Aangenomen berichten die nog niet af zijn", ["stand"], registry=REGISTER
)
_ARTIKELEN = Gauge("routewijzer_kennisbank_artikelen", "Artikelen in de kennisbank", registry=REGISTER)
_VERLOPEN = Gauge(
    "routewijzer_kennisbank_verlopen", "Artikelen waarvan de controledatum voorbij is", registry=REGISTER
)
_LEEFTIJD = Gauge(
    "routewijzer_kennisbank_dagen_sinds_controle",
    "Dagen sinds het langst niet gecontroleerde artikel is nagekeken",
    registry=REGISTER,
)


async def geteld(kanaal: str, antwoord: Awaitable[Beurt]) -> Beurt:
    """Awaits one turn, and counts it with how long it took and what came of it."""
    begin = time.perf_counter()
    try:
        beurt = await antwoord
    except Exception as error:
        _MISLUKT.labels(type(error).__name__).inc()
        raise
    _BEURT.labels(kanaal).observe(time.perf_counter() - begin)
    _UITKOMST.labels(kanaal, beurt.uitslag.get("uitkomst", "gesprek")).inc()
    if beurt.lezing.get("intent") == "kennisvraag" and "zekerheid" in beurt.lezing:
        _ZEKERHEID.observe(beurt.lezing["zekerheid"])
    return beurt


def bewaking_blueprint() -> Blueprint:
    """The three addresses."""
    blauwdruk = Blueprint("bewaking")

    @blauwdruk.get("/gezond")
    async def gezond(_: Request) -> HTTPResponse:
        return json({"status": "ok", "artikelen": len(kennisbank().artikelen)})

    @blauwdruk.get("/gereed")
    async def gereed(request: Request) -> HTTPResponse:
        klaar = await is_ready(request.app.ctx.assistent)
        return json({"gereed": klaar}, status=200 if klaar else 503)

    @blauwdruk.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        return raw(await figures(request.app.ctx.assistent), content_type=CONTENT_TYPE_LATEST)

    return blauwdruk


async def is_ready(assistent: Assistent) -> bool:
    """Whether a message can be taken now: the store of conversations answers."""
    try:
        await assistent.database.lees(lambda verbinding: verbinding.execute(text("select 1")))
    except OpslagWeg:
        return False
    return True


async def figures(assistent: Assistent) -> bytes:
    """All figures as Prometheus reads them."""
    await _meet_wachtrij(assistent)
    _meet_kennisbank(kennisbank(), date.today())
    return bytes(generate_latest(REGISTER))


async def _meet_wachtrij(assistent: Assistent) -> None:
    """What waits, over all servers: it is read from the store they share."""
    try:
        aantallen = await assistent.database.lees(postbus.open_per_stand)
    except OpslagWeg:
        _WACHTRIJ.clear()  # no figure rather than an old one
        return
    for stand in postbus.OPEN:
        _WACHTRIJ.labels(stand).set(aantallen.get(stand, 0))


def _meet_kennisbank(kb: Kennisbank, dag: date) -> None:
    versies = list(kb.alle(dag))
    _ARTIKELEN.set(len(kb.artikelen))
    _VERLOPEN.set(sum(artikel.controleer_voor < dag for artikel in versies))
    if versies:
        _LEEFTIJD.set((dag - min(artikel.gecontroleerd_op for artikel in versies)).days)
