"""The editors' page over an example log, for tests, the report on accessibility and the pictures."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import uvicorn
from playwright.sync_api import Page
from sqlalchemy.engine import Connection

from actions.basis import SLOTVRAAG
from actions.slotvraag import HALF, JA, NEE, SLOTANTWOORD
from bot import logboek
from bot.logboek import FOUT, Regel
from bot.opslag.database import Database

PADEN = ("/", "/duimen", "/slotvraag", "/gemist", "/agenda", "/dekking", "/weekbericht")


def voorbeeldregels(dag: date) -> Iterator[Regel]:
    """A log with something of every sort in it."""

    def nee(vraag: str, doelgroep: str, *kandidaten: str) -> Regel:
        gelijkend = [[naam, 0.3] for naam in kandidaten]
        return Regel(dag, "web", vraag, "buiten_bereik", doelgroep=doelgroep, kandidaten=gelijkend)

    yield nee("mag mijn hond mee naar de stageplek", "oud-leerling", "stages")
    yield nee("mag de hond mee naar mijn stageplek?", "oud-leerling", "stages")
    yield nee("wie betaalt een vertaler bij het gesprek met ouders", "professional", "transitiegesprek")
    yield Regel(
        dag,
        "teams",
        "hoe lang duurt de beoordeling",
        "antwoord",
        doelgroep="professional",
        artikel="aba-wanneer-aanvragen",
        kandidaten=[["aba-wanneer-aanvragen", 0.6], ["aba-hoe-lang-duurt", 0.3]],
        bewijs=f"aba-wanneer-aanvragen · {dag}",
        oordeel=FOUT,
        opmerking="dit gaat over aanvragen, ik wilde weten hoe lang het duurt",
    )
    yield Regel(
        dag, "web", "iets met loon", "verduidelijking", "d", 1, kandidaten=[["minimumjeugdloon", 0.4]]
    )
    for gesprek, oordeel, opmerking in (
        ("a", JA, None),
        ("b", HALF, "ik zoek een telefoonnummer, niet alleen de naam van het loket"),
        ("c", NEE, None),
    ):
        yield Regel(
            dag, "telegram", "wat is een no-riskpolis?", "antwoord", gesprek, 1, artikel="no-riskpolis"
        )
        yield Regel(dag, "telegram", "dankjewel", "gesprek", gesprek, 2, handeling=SLOTVRAAG)
        yield Regel(
            *(dag, "telegram", oordeel, "gesprek", gesprek, 3),
            handeling=SLOTANTWOORD,
            oordeel=oordeel,
            opmerking=opmerking,
        )


def noteer_voorbeeld(database: Database) -> None:
    """Fills an empty log with the example."""

    def werk(verbinding: Connection) -> None:
        for regel in voorbeeldregels(date.today()):
            logboek.noteer(verbinding, regel)

    database.schrijf_nu(werk)


def log_in(page: Page, adres: str, wachtwoord: str) -> None:
    """Opens the first page behind the password."""
    page.goto(f"{adres}/in")
    page.locator("input[type=password]").fill(wachtwoord)
    page.keyboard.press("Enter")
    page.locator("nav").wait_for()


@contextmanager
def draait(config: uvicorn.Config) -> Iterator[str]:
    """The address of a page that runs in a thread of its own."""
    server = uvicorn.Server(config)
    draad = threading.Thread(target=server.run)
    draad.start()
    einde = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > einde:
            raise RuntimeError("de pagina kwam niet op")
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        draad.join(timeout=20)
