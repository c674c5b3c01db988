"""What happens to messages when things break: real processes, killed and starved while they work.

Every scenario sends messages from many senders the way a platform does (again and again until they
are confirmed), breaks something meanwhile, mends it, waits until nothing more comes, and counts:
each message must have been answered once, or refused with a word; never twice, never neither.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import resource
import signal
import sqlite3
import sys
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarks.processen import GEEN_GRENS, Proces, family, free_port
from benchmarks.stuk_server import DOOD, GIF

_PLAATSEN = ("Assen", "Emmen", "Hoogeveen", "Almere", "Stadskanaal", "Leeuwarden", "Zwolle", "Utrecht")
_STORING = "Probeer het zo nog eens"
_ONZEKER = "Ik weet niet of mijn vorige antwoord"
_STIL = 120.0
"""Seconds without anything coming in after which nothing more is expected: longer than a server takes
to start and a dead server's locks take to come free."""


@dataclass
class Uitkomst:
    """What became of the messages of one scenario."""

    naam: str
    berichten: int
    beantwoord: int
    geweigerd: int
    dubbel: int
    verloren: int
    volgorde: int
    """Answers that came before the answer to an earlier message of the same sender."""
    onzeker: int
    """Words that an answer may have been missed, said beside an answer."""
    seconden: float

    @property
    def goed(self) -> bool:
        """Whether each message was answered once, in order, or refused with a word."""
        heel = self.beantwoord + self.geweigerd == self.berichten
        return heel and not self.dubbel and not self.verloren and not self.volgorde


@dataclass
class Proefbank:
    """The processes of a scenario: one server or more, and an action server where asked for."""

    map_: Path
    omgeving: dict[str, str]
    aantal_servers: int = 1
    poorten: list[int] = field(default_factory=list)
    servers: list[Proces] = field(default_factory=list)
    acties: Proces | None = None
    _actiepoort: int = 0

    def start(self, met_acties: bool = False) -> None:
        """Starts them and waits until they answer."""
        if met_acties:
            self._actiepoort = free_port()
            self.omgeving["ROUTEWIJZER_ACTIES_URL"] = f"http://127.0.0.1:{self._actiepoort}/webhook"
            self.start_acties()
        self.poorten = [free_port() for _ in range(self.aantal_servers)]
        self.servers = [self._server(poort) for poort in self.poorten]

    async def klaar(self) -> None:
        """Waits until every server answers."""
        for nummer in range(len(self.servers)):
            await self._wacht_op(nummer)
        if self.acties:
            await self._leeft(self.acties, f"http://127.0.0.1:{self._actiepoort}/health")

    async def herstart(self, nummer: int = 0) -> None:
        """Kills a server as a crash would, and starts it again."""
        self.servers[nummer].kill()
        self.servers[nummer] = self._server(self.poorten[nummer])
        await self._wacht_op(nummer)

    async def herleef(self, nummer: int = 0) -> None:
        """Starts a server again when it has died by itself."""
        while True:
            await asyncio.sleep(0.2)
            if not Path(f"/proc/{self.servers[nummer].pid}/exe").exists():
                with suppress(ProcessLookupError):
                    self.servers[nummer].kill()
                self.servers[nummer] = self._server(self.poorten[nummer])

    def start_acties(self) -> None:
        """Starts the action server."""
        opdracht = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self._actiepoort)]
        self.acties = Proces(opdracht, self.map_ / "acties.log", omgeving=self.omgeving)

    def stop(self) -> None:
        """Stops everything."""
        for proces in [*self.servers, *([self.acties] if self.acties else [])]:
            proces.stop(5)

    @property
    def database(self) -> Path:
        """The SQLite file of the conversations."""
        return self.map_ / "gesprekken.db"

    def _server(self, poort: int) -> Proces:
        opdracht = [sys.executable, "-m", "benchmarks.stuk_server", "--port", str(poort)]
        return Proces(opdracht, self.map_ / "server.log", omgeving=self.omgeving)

    async def _wacht_op(self, nummer: int) -> None:
        await self._leeft(self.servers[nummer], f"http://127.0.0.1:{self.poorten[nummer]}/gezond")

    async def _leeft(self, proces: Proces, adres: str) -> None:
        for _ in range(1200):
            proces.check()
            with suppress(aiohttp.ClientError):
                async with aiohttp.ClientSession() as sessie, sessie.get(adres):
                    return
            await asyncio.sleep(0.1)
        raise TimeoutError(f"{adres} kwam niet op")


@dataclass
class Verkeer:
    """The senders: they bring each message until it is confirmed, and listen for answers."""

    bank: Proefbank
    aantal: int
    afzenders: int
    pad: str = "webhook"
    bijzonder: dict[int, str] = field(default_factory=dict)
    """Texts of messages that are not a plain question, by number."""
    traag: frozenset[str] = frozenset()
    """Senders that take seconds to take in an answer."""
    ontvangen: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    volgorde: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    bevestigd: int = 0
    laatste: float = 0.0

    def tekst(self, nummer: int) -> str:
        """What message `nummer` asks; its answer must name the place."""
        return self.bijzonder.get(nummer, f"in welke regio ligt {self.plaats(nummer)}?")

    def plaats(self, nummer: int) -> str:
        """The place that message `nummer` asks about."""
        return _PLAATSEN[nummer % len(_PLAATSEN)]

    async def stuur(self) -> None:
        """Sends everything, and waits until nothing more comes back."""
        async with self._luister() as terug, aiohttp.ClientSession() as sessie:
            per_afzender = [range(eerste, self.aantal, self.afzenders) for eerste in range(self.afzenders)]
            await asyncio.gather(*(self._afzender(sessie, terug, nummers) for nummers in per_afzender))
            while time.monotonic() - self.laatste < _STIL:
                await asyncio.sleep(0.2)
                if len(self.ontvangen) == self.aantal and time.monotonic() - self.laatste > 2:
                    break

    def uitkomst(self, naam: str, seconden: float) -> Uitkomst:
        """Counts what became of each message."""
        tel: Counter[str] = Counter()
        for nummer in range(self.aantal):
            woorden = self.ontvangen.get(f"b{nummer}", [])
            antwoorden = [w for w in woorden if _STORING not in w and _ONZEKER not in w]
            tel["onzeker"] += bool(antwoorden) and any(_ONZEKER in w for w in woorden)
            if len(antwoorden) > 1:
                tel["dubbel"] += 1
            elif antwoorden:
                fout = nummer not in self.bijzonder and self.plaats(nummer) not in antwoorden[0]
                tel["verloren" if fout else "beantwoord"] += 1
            else:
                tel["geweigerd" if woorden else "verloren"] += 1
        tel["volgorde"] = sum(
            later < eerder for rij in self.volgorde.values() for eerder, later in itertools.pairwise(rij)
        )
        return Uitkomst(
            naam=naam,
            berichten=self.aantal,
            beantwoord=tel["beantwoord"],
            geweigerd=tel["geweigerd"],
            dubbel=tel["dubbel"],
            verloren=tel["verloren"],
            volgorde=tel["volgorde"],
            onzeker=tel["onzeker"],
            seconden=seconden,
        )

    async def _afzender(self, sessie: aiohttp.ClientSession, terug: str, nummers: range) -> None:
        for nummer in nummers:
            velden = {
                "id": f"b{nummer}",
                "gesprek": f"proef:{nummers.start}",
                "tekst": self.tekst(nummer),
                "terug": terug,
            }
            while not await self._bevestigd(sessie, velden):
                await asyncio.sleep(0.2)
            self.bevestigd += 1
            self.laatste = time.monotonic()

    async def _bevestigd(self, sessie: aiohttp.ClientSession, velden: dict[str, str]) -> bool:
        poort = random.choice(self.bank.poorten)
        try:
            async with sessie.post(f"http://127.0.0.1:{poort}/proef/{self.pad}", json=velden) as antwoord:
                if antwoord.status != 200:
                    return False
                inhoud = await antwoord.json()
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False
        if self.pad == "vraag":
            self._neem_op(velden["id"], inhoud["tekst"])
        return True

    def _neem_op(self, id_: str, tekst: str) -> None:
        self.ontvangen[id_].append(tekst)
        if _ONZEKER not in tekst:
            nummer = int(id_[1:])
            self.volgorde[str(nummer % self.afzenders)].append(nummer)
        self.laatste = time.monotonic()

    @asynccontextmanager
    async def _luister(self) -> AsyncIterator[str]:
        async def neem(verzoek: web.Request) -> web.Response:
            inhoud = await verzoek.json()
            if str(int(inhoud["id"][1:]) % self.afzenders) in self.traag:
                await asyncio.sleep(2)
            self._neem_op(inhoud["id"], inhoud["tekst"])
            return web.Response()

        app = web.Application()
        app.router.add_post("/", neem)
        loper = web.AppRunner(app)
        await loper.setup()
        poort = free_port()
        await web.TCPSite(loper, "127.0.0.1", poort).start()
        self.laatste = time.monotonic()
        try:
            yield f"http://127.0.0.1:{poort}/"
        finally:
            await loper.cleanup()


Breuk = Callable[[Proefbank, Verkeer], Coroutine[Any, Any, None]]


async def niets(bank: Proefbank, verkeer: Verkeer) -> None:
    """Nothing breaks."""
    del bank, verkeer


async def dood_de_server(bank: Proefbank, verkeer: Verkeer) -> None:
    """kill -9 of the server, three times."""
    for deel in (0.2, 0.5, 0.8):
        await _tot(verkeer, deel)
        await bank.herstart()


async def dood_de_lezers(bank: Proefbank, verkeer: Verkeer) -> None:
    """kill -9 of every process that reads messages, three times."""
    for deel in (0.2, 0.5, 0.8):
        await _tot(verkeer, deel)
        for pid in family(bank.servers[0].pid)[1:]:
            os.kill(pid, signal.SIGKILL)


async def dood_een_van_de_servers(bank: Proefbank, verkeer: Verkeer) -> None:
    """kill -9 of one server and then of the other; a conversation may go to either."""
    for nummer, deel in enumerate((0.3, 0.6)):
        await _tot(verkeer, deel)
        await bank.herstart(nummer)


async def dood_de_acties(bank: Proefbank, verkeer: Verkeer) -> None:
    """kill -9 of the action server when three in ten are answered; two seconds later it is back."""
    await _tot(verkeer, 0.3, lambda verkeer: len(verkeer.ontvangen))
    assert bank.acties is not None
    bank.acties.kill()
    await asyncio.sleep(2)
    bank.start_acties()


async def vergrendel_database(bank: Proefbank, verkeer: Verkeer) -> None:
    """Another process holds the SQLite file locked for longer than the server waits."""
    await _tot(verkeer, 0.3)
    ander = sqlite3.connect(bank.database, isolation_level=None, timeout=30)
    ander.execute("BEGIN EXCLUSIVE")
    await asyncio.sleep(8)
    ander.execute("ROLLBACK")
    ander.close()


async def verwijder_database(bank: Proefbank, verkeer: Verkeer) -> None:
    """The SQLite files are taken away, and put back three seconds later."""
    await _tot(verkeer, 0.3)
    weg = bank.map_ / "weg"
    weg.mkdir()
    bank.database.rename(weg / bank.database.name)
    await asyncio.sleep(3)
    (weg / bank.database.name).rename(bank.database)


async def schijf_vol(bank: Proefbank, verkeer: Verkeer) -> None:
    """Nothing can be written any more beyond what is there, for three seconds."""
    await _tot(verkeer, 0.3)
    pid = bank.servers[0].pid
    oud = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, oud[1]))
    await asyncio.sleep(3)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, oud)


async def klok_verspringt(bank: Proefbank, verkeer: Verkeer) -> None:
    """The clock jumps a day ahead, and two days back."""
    for deel, sprong in ((0.3, 86_400), (0.6, -172_800)):
        await _tot(verkeer, deel)
        async with (
            aiohttp.ClientSession() as sessie,
            sessie.post(
                f"http://127.0.0.1:{bank.poorten[0]}/proef/klok", json={"sprong": sprong}
            ) as antwoord,
        ):
            antwoord.raise_for_status()


async def herleef(bank: Proefbank, verkeer: Verkeer) -> None:
    """Whoever watches over the server starts it again when it has died."""
    del verkeer
    await bank.herleef()


async def postgres_weg(bank: Proefbank, verkeer: Verkeer) -> None:
    """Postgres ends every connection and lets nobody in for three seconds."""
    await _tot(verkeer, 0.3)
    url = make_url(bank.omgeving["ROUTEWIJZER_GESPREKKEN_URL"])
    with _beheer(url.set(database="postgres").render_as_string(hide_password=False)) as doe:
        doe(f'ALTER DATABASE "{url.database}" WITH ALLOW_CONNECTIONS false')
        doe(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'")
        await asyncio.sleep(3)
        doe(f'ALTER DATABASE "{url.database}" WITH ALLOW_CONNECTIONS true')


@dataclass(frozen=True)
class Scenario:
    """What breaks, and what it takes to break it."""

    naam: str
    breuk: Breuk
    afzenders: int = 50
    postgres: bool = False
    redis: bool = False
    servers: int = 1
    acties: bool = False
    pad: str = "webhook"
    bijzonder: tuple[str, ...] = ()
    traag: frozenset[str] = frozenset()


SCENARIOS = (
    Scenario("niets stuk", niets),
    Scenario("kill -9 server, drie keer", dood_de_server),
    Scenario("kill -9 server, deur die meteen antwoordt", dood_de_server, pad="vraag"),
    Scenario("kill -9 leesprocessen, drie keer", dood_de_lezers),
    Scenario("kill -9 actieproces", dood_de_acties, acties=True),
    Scenario("SQLite vergrendeld", vergrendel_database),
    Scenario("SQLite-bestand weg en terug", verwijder_database),
    Scenario("schijf vol", schijf_vol),
    Scenario("klok verspringt", klok_verspringt),
    Scenario("bericht dat mislukt", niets, bijzonder=(f"dit is een {GIF}", f"en nog een {GIF}")),
    Scenario("bericht dat de server doodt", herleef, bijzonder=(f"dit is een {DOOD}",)),
    Scenario("trage lezers", niets, traag=frozenset({"3", "7"})),
    Scenario("200 afzenders tegelijk", niets, afzenders=200),
    Scenario("Postgres weg en terug", postgres_weg, postgres=True),
    Scenario(
        "twee servers, om beurten kill -9", dood_een_van_de_servers, postgres=True, redis=True, servers=2
    ),
)


async def draai(
    scenario: Scenario, map_: Path, aantal: int, postgres: str | None = None, redis: str | None = None
) -> Uitkomst:
    """One scenario from start to count; `postgres` is the database of this scenario alone."""
    omgeving = {
        "ROUTEWIJZER_LIMIET_GESPREK": GEEN_GRENS,
        "ROUTEWIJZER_LIMIET_ADRES": GEEN_GRENS,
        "ROUTEWIJZER_GESPREKKEN_URL": postgres or f"sqlite:///{map_ / 'gesprekken.db'}",
        "ROUTEWIJZER_REDIS_URL": redis or "",
    }
    bank = Proefbank(map_, omgeving, scenario.servers)
    begin = time.monotonic()
    bank.start(scenario.acties)
    try:
        await bank.klaar()
        bijzonder = {(i + 1) * aantal // 3: tekst for i, tekst in enumerate(scenario.bijzonder)}
        verkeer = Verkeer(
            bank, aantal, min(scenario.afzenders, aantal), scenario.pad, bijzonder, scenario.traag
        )
        breuk = asyncio.create_task(scenario.breuk(bank, verkeer))
        await verkeer.stuur()
        if scenario.breuk is herleef:
            breuk.cancel()  # it watches for ever
        else:
            await breuk
        return verkeer.uitkomst(scenario.naam, time.monotonic() - begin)
    finally:
        bank.stop()


def meet(scenario: Scenario, map_: Path, aantal: int, postgres: str | None, redis: str | None) -> Uitkomst:
    """One scenario; `postgres` is a server where a database of its own may be made.

    Raises:
        LookupError: it needs Postgres or Redis, and there is none.
    """
    if (scenario.postgres and not postgres) or (scenario.redis and not redis):
        raise LookupError(scenario.naam)
    map_.mkdir(parents=True, exist_ok=True)
    met = redis if scenario.redis else None
    if not scenario.postgres or not postgres:
        return asyncio.run(draai(scenario, map_, aantal))
    with proefdatabase(postgres) as url:
        return asyncio.run(draai(scenario, map_, aantal, url, met))


@contextmanager
def proefdatabase(beheer_url: str) -> Iterator[str]:
    """A database of its own on that Postgres server, with our tables, thrown away after."""
    from bot.opslag.database import Database
    from bot.opslag.migratie import migreer

    naam = f"routewijzer_proef_{uuid.uuid4().hex[:12]}"
    url = make_url(beheer_url).set(database=naam).render_as_string(hide_password=False)
    with _beheer(beheer_url) as doe:
        doe(f'CREATE DATABASE "{naam}"')
    try:
        database = Database(url)
        migreer(database)
        database.sluit()
        yield url
    finally:
        with _beheer(beheer_url) as doe:
            doe(f'DROP DATABASE "{naam}" WITH (FORCE)')


@contextmanager
def _beheer(url: str) -> Iterator[Callable[[str], object]]:
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as verbinding:
            yield lambda opdracht: verbinding.execute(text(opdracht))
    finally:
        engine.dispose()


async def _tot(
    verkeer: Verkeer, deel: float, aantal: Callable[[Verkeer], int] = lambda verkeer: verkeer.bevestigd
) -> None:
    """Waits until this part of the messages is confirmed, or what else `aantal` counts."""
    while aantal(verkeer) < deel * verkeer.aantal:
        await asyncio.sleep(0.02)
