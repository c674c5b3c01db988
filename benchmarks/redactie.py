"""The editors' page in a real browser: axe on every screen, and screenshots.

Run it by itself: `python -m benchmarks.redactie [--beelden docs/beelden]`. It serves the page over an
example log, prints the number of violations for each screen, and needs Chromium (`make counterparts`).
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from sqlalchemy.engine import Connection

from actions.basis import SLOTVRAAG
from actions.slotvraag import HALF, JA, NEE, SLOTANTWOORD
from bot import logboek
from bot.logboek import FOUT, Regel
from bot.opslag.database import Database
from bot.opslag.migratie import open_database
from bot.redactie.pagina import instelling_van, maak_app
from bot.redactie.toegang import Toegang
from kennisbank.current import kennisbank

PADEN = ("/", "/duimen", "/slotvraag", "/gemist", "/agenda", "/dekking", "/weekbericht")
SCHERMEN: dict[str, dict[str, Any]] = {
    "redactie-licht": {"viewport": {"width": 900, "height": 900}},
    "redactie-donker": {"viewport": {"width": 900, "height": 900}, "color_scheme": "dark"},
    "redactie-telefoon": {"viewport": {"width": 360, "height": 740}},
}
_ARGUMENTEN = ["--headless", "--no-sandbox", "--disable-gpu"]


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


def overtredingen(page: Page) -> list[str]:
    """What axe finds on the page that is open."""
    gevonden = Axe().run(page).response["violations"]
    return [f"{o['id']}: {knoop['html'][:100]}" for o in gevonden for knoop in o["nodes"]]


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


def main() -> None:
    """Looks at every screen, and keeps a picture of the first page of each."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--beelden", type=Path)
    opties = lezer.parse_args()
    wachtwoord, uitslag = secrets.token_urlsafe(), {}
    with TemporaryDirectory() as map_, sync_playwright() as playwright:
        database = open_database(f"sqlite:///{Path(map_) / 'gesprekken.db'}")
        noteer_voorbeeld(database)
        app = maak_app(Toegang(wachtwoord), database, kennisbank())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTEN)
        with draait(instelling_van(app, "127.0.0.1", 0)) as adres:
            for naam, scherm in SCHERMEN.items():
                page = browser.new_context(locale="nl-NL", **scherm).new_page()
                log_in(page, adres, wachtwoord)
                if opties.beelden:
                    page.screenshot(path=opties.beelden / f"{naam}.png")
                uitslag[naam] = 0
                for pad in PADEN:
                    page.goto(f"{adres}{pad}")
                    uitslag[naam] += len(overtredingen(page))
                    if opties.beelden and pad == "/slotvraag" and naam == "redactie-licht":
                        page.screenshot(path=opties.beelden / "redactie-slotvraag.png")
        browser.close()
        database.sluit()
    print(json.dumps(uitslag, indent=2))


if __name__ == "__main__":
    main()
