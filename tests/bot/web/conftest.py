"""One server and one real browser for all tests of the web door."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers import andere_site, routewijzer

SLEUTEL = "een-sleutel-alleen-voor-deze-toetsen-0123456789"
VORIGE_SLEUTEL = "de-sleutel-van-voor-de-wisseling-0123456789-abc"
_ARGUMENTEN = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NieuwePagina = Callable[..., Page]


@pytest.fixture(scope="session")
def school_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages of the school's site are put."""
    return tmp_path_factory.mktemp("school")


@pytest.fixture(scope="session")
def school(school_map: Path) -> Iterator[str]:
    """A school's own site, which may embed the assistant."""
    with andere_site({}, school_map) as adres:
        yield adres


@pytest.fixture(scope="session")
def adres(kb: object, school: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with routewijzer(
        tmp_path_factory.mktemp("server"),
        ROUTEWIJZER_WEB_SECRET=f"{SLEUTEL} {VORIGE_SLEUTEL}",
        ROUTEWIJZER_WEB_INSLUITEN_DOOR=f"https://www.school.example {school}",
        ROUTEWIJZER_LIMIET_GESPREK="500/minute",
        ROUTEWIJZER_LIMIET_ADRES="5000/minute",
    ) as adres:
        yield adres


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed after this package: its event loop must be gone before asynchronous tests elsewhere begin."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is er niet; 'make counterparts' installeert hem")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTEN)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nl-NL", viewport={"width": 900, "height": 900})
    yield context
    context.close()


@pytest.fixture
def pagina(browser: Browser, adres: str) -> Iterator[NieuwePagina]:
    """Opens a page of the server, in a browser of its own, and watches it for what should not happen."""
    open_: list[tuple[BrowserContext, list[str]]] = []

    def opent(pad: str = "/", **opties: Any) -> Page:
        context = browser.new_context(
            **{"locale": "nl-NL", "viewport": {"width": 900, "height": 900}, **opties}
        )
        klachten: list[str] = []
        open_.append((context, klachten))
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: klachten.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda fout: klachten.append(str(fout)))
        page.on("request", lambda r: None if r.url.startswith(adres) else klachten.append(r.url))
        page.goto(f"{adres}{pad}")
        return page

    yield opent
    gevonden = [klacht for _, klachten in open_ for klacht in klachten]
    for context, _ in open_:
        context.close()
    verwacht = "net::ERR_"  # what a test of a dropped line brings about itself
    assert [klacht for klacht in gevonden if verwacht not in klacht] == []


def vraag(page: Any, tekst: str) -> str:
    """Types a question and gives the text of its answer."""
    page.fill("#tekst", tekst)
    page.keyboard.press("Enter")
    return wacht_op_antwoord(page)


def wacht_op_antwoord(page: Any) -> str:
    """The text of what the assistant said since the last question."""
    page.wait_for_selector("#gesprek > .oordeel:last-child")
    return str(
        page.evaluate(
            """() => { const alles = [...document.querySelectorAll("#gesprek > *")];
            const van = alles.findLastIndex((e) => e.matches(".bericht--mij"));
            return alles.slice(van + 1).map((e) => e.innerText).join("\\n"); }"""
        )
    )


def vraag_met_toetsen(page: Page, tekst: str) -> str:
    """A first question on a page just opened, with the keyboard alone; gives the text of its answer."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("nl-skip-link")
    page.keyboard.press("Enter")
    page.keyboard.type(tekst)
    page.keyboard.press("Enter")
    return wacht_op_antwoord(page)


def tab_naar(page: Page, naam: str, terug: bool = False) -> None:
    """Presses Tab until what is called so has the focus, and shows it."""
    for _ in range(20):
        page.keyboard.press("Shift+Tab" if terug else "Tab")
        if naam in page.evaluate("document.activeElement.innerText || ''"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"'{naam}' is met Tab niet te bereiken")


def namen_op(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything that a screen reader is told of, as the browser computes them."""
    client = page.context.new_cdp_session(page)
    knopen = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    return [
        (knoop["role"]["value"], " ".join(knoop.get("name", {}).get("value", "").split()))
        for knoop in knopen
        if not knoop["ignored"]
    ]


def naamloos(namen: list[tuple[str, str]]) -> list[str]:
    """What can be used or looked at, or leads somewhere, and has no name."""
    met_naam = {"button", "link", "textbox", "combobox", "checkbox", "image", "log", "navigation"}
    return [rol for rol, naam in namen if rol in met_naam and not naam]
