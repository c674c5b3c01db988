"""`routewijzer benchmark schaal`: several servers behind nginx, over Postgres, Redis and RabbitMQ.

Conversations of a few turns run side by side; nginx gives each message to any server, so that most
conversations change server. Then a server is killed in the middle, and all servers are replaced one
by one by servers with another kennisbank. Every answer is looked at, and so are the editors' figures.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import requests

from benchmarks.diensten import postgres, redis
from benchmarks.processen import GEEN_GRENS, Proces, free_port, wait_until
from benchmarks.stuk import proefdatabase
from bot.errors import BestandFout
from bot.opslag.database import Database
from bot.settings import PROJECT_MAP
from bot.statistiek.ontvanger import per
from kennisbank.reader import read_inhoud
from kennisbank.store import build

KOP = (
    "servers",
    "proef",
    "berichten",
    "beantwoord",
    "goed",
    "dubbel",
    "wisselt van server",
    "cijfers",
    "berichten/s",
)
AANTALLEN = (2, 4)
_GESPREKKEN = 60
_TEGELIJK = 12
_WACHT = 90
_STIL = 10
"""Seconds without a new figure after which none is expected."""
_VRAGEN = (
    ("wat gebeurt er op 18?", "18"),
    ("kan dat simpeler", "Wat kun je nu doen?"),
    ("wie is de contactpersoon in Stadskanaal?", "Stadskanaal"),
    ("en in Assen?", "Assen"),
)
"""Turns of a conversation and what each answer must hold; all but the first lean on the turn before."""
_BROKER = "amqp://guest:guest@127.0.0.1:5672/"
_NGINX = PROJECT_MAP / "deploy" / "nginx"


@dataclass
class Proef:
    """What came of one trial."""

    servers: int
    proef: str
    berichten: int = 0
    beantwoord: int = 0
    juist: int = 0
    dubbel: int = 0
    gewisseld: int = 0
    gesprekken: int = 0
    cijfers: int = 0
    seconden: float = 0.0

    @property
    def goed(self) -> bool:
        """Whether every message was answered once, and right, and counted once."""
        alles = self.beantwoord == self.juist == self.cijfers == self.berichten
        return alles and not self.dubbel

    def regel(self) -> tuple[str, ...]:
        """As a row of the table."""
        return (
            str(self.servers),
            self.proef,
            *map(str, (self.berichten, self.beantwoord, self.juist, self.dubbel)),
            f"{self.gewisseld} van {self.gesprekken}",
            str(self.cijfers),
            f"{self.berichten / self.seconden:.1f}",
        )


@dataclass
class Park:
    """So many servers behind nginx, and the taker of the editors' figures."""

    map_: Path
    omgeving: dict[str, str]
    aantal: int
    servers: list[Proces] = field(default_factory=list)
    poorten: list[int] = field(default_factory=list)
    overig: list[Proces] = field(default_factory=list)
    poort: int = 0

    @property
    def adres(self) -> str:
        """Where messages go."""
        return f"http://127.0.0.1:{self.poort}/proef/vraag"

    def start(self) -> None:
        """Starts everything and waits until every server is ready."""
        self.poort, self.poorten = free_port(), [free_port() for _ in range(self.aantal)]
        self.servers = [self._server(poort) for poort in self.poorten]
        self.overig = [
            Proces(
                [sys.executable, "-m", "bot.cli", "statistiek", "ontvang"],
                self.map_ / "statistiek.log",
                omgeving=self.omgeving,
            ),
            Proces(
                [_nginx(), "-p", str(self.map_), "-c", str(self._nginx_conf()), "-g", "daemon off;"],
                self.map_ / "nginx.log",
            ),
        ]
        for nummer in range(self.aantal):
            self.wait_for(nummer)

    def wait_for(self, nummer: int) -> None:
        """Waits until a server takes messages."""
        adres = f"http://127.0.0.1:{self.poorten[nummer]}/gereed"
        wait_until(lambda: _answers(adres), [self.servers[nummer]], 300)

    def replace(self, nummer: int) -> None:
        """Lets a server finish, and starts a new one in its place."""
        self.servers[nummer].stop(wacht=60)
        self.servers[nummer] = self._server(self.poorten[nummer])
        self.wait_for(nummer)

    def stop(self) -> None:
        """Stops everything."""
        for proces in [*self.servers, *self.overig]:
            proces.stop(5)

    def _server(self, poort: int) -> Proces:
        opdracht = [sys.executable, "-m", "benchmarks.stuk_server", "--port", str(poort)]
        return Proces(opdracht, self.map_ / f"server-{poort}.log", omgeving=self.omgeving)

    def _nginx_conf(self) -> Path:
        """The file of deploy/, with these servers in the place of the containers."""
        servers = "\n".join(f"    server 127.0.0.1:{poort} max_fails=0;" for poort in self.poorten)
        conf = (_NGINX / "nginx.conf").read_text(encoding="utf-8")
        for van, naar in (
            ("    server server:5005 max_fails=0;", servers),
            ("listen 8080;", f"listen 127.0.0.1:{self.poort};\n    add_header X-Server $upstream_addr;"),
            ("/tmp/nginx", str(self.map_ / "nginx")),
            ("/etc/nginx/routewijzer/", f"{_NGINX}/"),
        ):
            if van not in conf:
                raise BestandFout(f"deploy/nginx/nginx.conf: '{van}' staat er niet meer in")
            conf = conf.replace(van, naar)
        doel = self.map_ / "nginx.conf"
        doel.write_text(conf, encoding="utf-8")
        return doel


def measure(zeg: Callable[[str], None], aantallen: Sequence[int] = AANTALLEN) -> list[Proef]:
    """All trials with each number of servers.

    Raises:
        BestandFout: nginx, Postgres, Redis or RabbitMQ is not here; the message says which.
    """
    _nginx()
    uit = []
    for aantal in aantallen:
        with _park(aantal) as (park, cijfers):
            zeg(f"{aantal} servers starten")
            park.start()
            for naam, storing in _PROEVEN.items():
                zeg(f"{aantal} servers: {naam}")
                uit.append(asyncio.run(_trial(park, cijfers, naam, storing)))
    return uit


@contextmanager
def _park(aantal: int) -> Iterator[tuple[Park, Database]]:
    with ExitStack() as stapel:
        map_ = Path(stapel.enter_context(TemporaryDirectory()))
        pg, rd = stapel.enter_context(postgres()), stapel.enter_context(redis())
        if pg is None or rd is None:
            raise BestandFout("Postgres of Redis is hier niet; zie docs/beheer/installeren.md")
        url = stapel.enter_context(proefdatabase(pg))
        build(url, read_inhoud())
        omgeving = {
            "ROUTEWIJZER_DATABASE_URL": url,
            "ROUTEWIJZER_REDIS_URL": rd,
            "ROUTEWIJZER_BROKER_URL": _BROKER,
            "ROUTEWIJZER_LIMIET_ADRES": GEEN_GRENS,
        }
        park = Park(map_, omgeving, aantal)
        cijfers = Database(url)
        stapel.callback(cijfers.sluit)
        stapel.callback(park.stop)
        yield park, cijfers


# -- trials ------------------------------------------------------------------------------------


async def _nothing(park: Park) -> None:
    del park


async def _kill_one(park: Park) -> None:
    """kill -9 in the middle; it comes back later."""
    await asyncio.sleep(2)
    await asyncio.to_thread(park.servers[0].kill)
    await asyncio.sleep(2)
    park.servers[0] = park._server(park.poorten[0])
    await asyncio.to_thread(park.wait_for, 0)


async def _new_kennisbank(park: Park) -> None:
    """Another kennisbank in the database, then every server in turn replaced by one that reads it."""
    await asyncio.sleep(1)
    inhoud = read_inhoud()
    inhoud.artikelen.sort(key=lambda artikel: artikel.id)
    weg = inhoud.artikelen.pop()
    await asyncio.to_thread(build, park.omgeving["ROUTEWIJZER_DATABASE_URL"], inhoud)
    for nummer in range(park.aantal):
        await asyncio.to_thread(park.replace, nummer)
    for poort in park.poorten:
        antwoord = await asyncio.to_thread(requests.get, f"http://127.0.0.1:{poort}/gezond", timeout=10)
        if antwoord.json()["artikelen"] != len(inhoud.ids()):
            raise BestandFout(f"Een server heeft nog de oude kennisbank (met {weg.id})")


_PROEVEN: dict[str, Callable[[Park], Coroutine[Any, Any, None]]] = {
    "gewoon": _nothing,
    "kill -9 van een server": _kill_one,
    "nieuwe kennisbank, server voor server": _new_kennisbank,
}


async def _trial(
    park: Park, cijfers: Database, naam: str, storing: Callable[[Park], Coroutine[Any, Any, None]]
) -> Proef:
    """Conversations one after another, so many side by side, for as long as the trouble lasts."""
    proef = Proef(park.aantal, naam)
    telling_voor = await _counted(cijfers)
    beantwoord_door: dict[str, set[str]] = defaultdict(set)
    klaar = asyncio.create_task(storing(park))
    rij = itertools.count()
    begin = time.perf_counter()

    async def klant(sessie: aiohttp.ClientSession) -> None:
        while (nummer := next(rij)) < _GESPREKKEN or not klaar.done():
            await _conversation(sessie, park.adres, f"{naam}-{nummer}", proef, beantwoord_door)

    tijd = aiohttp.ClientTimeout(total=_WACHT)
    async with aiohttp.ClientSession(timeout=tijd) as sessie:
        await asyncio.gather(*(klant(sessie) for _ in range(_TEGELIJK)))
    await klaar
    proef.seconden = time.perf_counter() - begin
    proef.gesprekken = len(beantwoord_door)
    proef.gewisseld = sum(len(servers) > 1 for servers in beantwoord_door.values())
    proef.cijfers = await _until_still(cijfers) - telling_voor
    proef.dubbel = max(0, proef.cijfers - proef.berichten)
    return proef


async def _conversation(
    sessie: aiohttp.ClientSession,
    adres: str,
    gesprek: str,
    proef: Proef,
    beantwoord_door: dict[str, set[str]],
) -> None:
    gesprek = f"{gesprek}-{uuid.uuid4().hex[:8]}"
    for tekst, moet_hebben in _VRAGEN:
        inhoud = {"id": uuid.uuid4().hex, "gesprek": gesprek, "tekst": tekst}
        proef.berichten += 1
        async with sessie.post(adres, json=inhoud) as antwoord:
            beantwoord_door[gesprek].add(antwoord.headers.get("X-Server", "").rpartition(" ")[2])
            if antwoord.status != 200:
                continue
            uit = await antwoord.json()
        proef.beantwoord += uit["geweigerd"] is None
        proef.juist += moet_hebben in uit["tekst"]


async def _until_still(cijfers: Database) -> int:
    """The count once no figure came for a while: they may lag behind the messages, not fall out."""
    stil, geteld = 0, -1
    while stil < _STIL:
        nu = await _counted(cijfers)
        stil, geteld = (stil + 1 if nu == geteld else 0), nu
        await asyncio.sleep(1)
    return geteld


async def _counted(cijfers: Database) -> int:
    return sum((await cijfers.lees(lambda v: per(v, "uitkomst", date.min))).values())


def _answers(adres: str) -> bool:
    try:
        return requests.get(adres, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def _nginx() -> str:
    gevonden = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if gevonden is None:
        raise BestandFout("nginx is hier niet; `make counterparts` installeert het waar dat kan")
    return gevonden
