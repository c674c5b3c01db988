"""One conversation through Microsoft's own Agents Playground in a real browser, against the running server.

The playground sends no tokens; a gateway on loopback signs what it sends with a real key. It is for
evaluation only, so it is installed for the tests (`make counterparts`) and never part of the product.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright

from bot.settings import PROJECT_MAP
from kennisbank.current import kennisbank
from tests.kanalen.teams.microsoft import Microsoft, wacht_tot
from tests.servers import vrije_poort

PLAYGROUND = PROJECT_MAP / "tests/counterparts/node_modules/@microsoft/m365agentsplayground/cli.js"
INVOER = "[role=textbox][data-lexical-editor]"
WACHT = 20_000


@pytest.fixture(scope="module")
def playground(ms: Microsoft, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not PLAYGROUND.exists():
        pytest.skip("de Agents Playground is er niet; installeer hem met: make counterparts")
    poort = vrije_poort()
    adres = f"http://127.0.0.1:{poort}"
    opdracht = [node, str(PLAYGROUND), "start", "-e", f"{ms.adres}/poort", "-c", "msteams", "-p", str(poort)]
    proces = subprocess.Popen(
        [*opdracht, "--service-url", f"{adres}/_connector", "--disable-telemetry"],
        cwd=tmp_path_factory.mktemp("playground"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wacht_tot(lambda: _luistert(adres))
        yield adres
    finally:
        proces.terminate()
        proces.wait(timeout=20)


@pytest.fixture(scope="module")
def pagina(playground: str) -> Iterator[Page]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is er niet; installeer het met: make counterparts")
    with sync_playwright() as spel:
        browser = spel.chromium.launch(
            executable_path=chromium,
            args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        )
        pagina = browser.new_page(viewport={"width": 1400, "height": 1300})
        pagina.goto(playground)
        pagina.get_by_role("button", name="Toggle Log Panel").click()
        pagina.get_by_role("treeitem", name="Personal Chat").wait_for(state="attached", timeout=WACHT)
        yield pagina
        browser.close()


def test_a_golden_conversation_in_a_private_chat(pagina: Page, tmp_path: Path) -> None:
    teksten = kennisbank().teksten
    _zie(pagina, "een automatische assistent")

    _zeg(pagina, "wanneer moeten we ABA aanvragen?")
    _zie(pagina, "gemiste maanden komen niet terug")
    _zie(pagina, "aba-wanneer-aanvragen · ")
    pagina.screenshot(path=tmp_path / "teams-antwoord.png")

    pagina.get_by_role("button", name="eenvoudiger").last.click()
    _zie(pagina, "Wat kun je nu doen?")

    _zeg(pagina, "wie is de contactpersoon in Stadskanaal?")
    _zie(pagina, "Contact voor Stadskanaal")
    _zie(pagina, " · GM0037")

    pagina.get_by_role("button", name="👎").last.click()
    pagina.get_by_role("textbox", name=teksten("teams.wat_klopte_niet")).last.fill("te weinig")
    pagina.get_by_role("button", name=teksten("teams.versturen")).last.click()
    _zie(pagina, teksten("oordeel.fout"))
    pagina.get_by_role("button", name="👍").last.click()
    _zie(pagina, teksten("oordeel.goed"))
    pagina.screenshot(path=tmp_path / "teams-gesprek.png")


def test_a_group_and_a_channel_get_an_answer_when_they_mention_us(pagina: Page) -> None:
    for naam, vraag, antwoord in (
        ("Group Chat", "wat betekent LKS?", "Loonkostensubsidie"),
        ("My Team - General", "wanneer moeten we ABA aanvragen?", "gemiste maanden komen niet terug"),
    ):
        pagina.get_by_role("treeitem", name=naam).first.click()
        _zeg(pagina, vraag, vermeld=True)
        _zie(pagina, antwoord)


def _zeg(pagina: Page, tekst: str, vermeld: bool = False) -> None:
    pagina.locator(INVOER).last.click()
    if vermeld:
        pagina.keyboard.type("@Test")
        pagina.get_by_role("menuitem", name="Test Bot").last.click()
    pagina.keyboard.type(tekst)
    pagina.keyboard.press("Enter")


def _zie(pagina: Page, tekst: str) -> None:
    expect(pagina.get_by_text(tekst, exact=False).last).to_be_visible(timeout=WACHT)


def _luistert(adres: str) -> bool:
    try:
        return requests.get(adres, timeout=2).ok
    except requests.ConnectionError:
        return False
