"""Every screen that people see, walked in a real browser; and what axe says of one.

A walk is a generator: it brings the page somewhere, and yields the name of where that is. The tests, the
report on accessibility and the pictures in the documents all look at the same places.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

from benchmarks.redactie import PADEN
from kennisbank.current import kennisbank

SCHERMEN: dict[str, dict[str, Any]] = {
    "licht": {"viewport": {"width": 900, "height": 900}},
    "donker": {"viewport": {"width": 900, "height": 900}, "color_scheme": "dark"},
    "telefoon": {"viewport": {"width": 360, "height": 740}},
}
_ARGUMENTEN = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]
# WCAG 2.2 asks for targets of a certain size; axe leaves that rule out unless asked.
_OPTIES = {"rules": {"target-size": {"enabled": True}}}
_BESTAAND_ARTIKEL = "Ziek melden"
Wandeling = Callable[[Page], Iterator[str]]


@dataclass(frozen=True)
class Keuring:
    """What axe says of one screen: ids of rules."""

    geslaagd: tuple[str, ...]
    onbeslist: tuple[str, ...]
    niet_van_toepassing: int
    overtredingen: tuple[str, ...]
    """Each with the element."""
    versie: str

    @property
    def regels(self) -> int:
        """How many rules were run."""
        overtreden = {fout.partition(":")[0] for fout in self.overtredingen}
        return len(self.geslaagd) + len(self.onbeslist) + self.niet_van_toepassing + len(overtreden)


def keur(page: Page) -> Keuring:
    """Runs axe on what the page shows now."""
    uit = Axe().run(page, options=_OPTIES).response
    return Keuring(
        geslaagd=tuple(regel["id"] for regel in uit["passes"]),
        onbeslist=tuple(regel["id"] for regel in uit["incomplete"]),
        niet_van_toepassing=len(uit["inapplicable"]),
        overtredingen=tuple(
            f"{regel['id']}: {knoop['html'][:100]}" for regel in uit["violations"] for knoop in regel["nodes"]
        ),
        versie=uit["testEngine"]["version"],
    )


def overtredingen(page: Page) -> list[str]:
    """What axe finds wrong on what the page shows now."""
    return list(keur(page).overtredingen)


def start_browser(playwright: Playwright) -> Browser:
    """Chromium without a screen."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTEN)


def vraag(page: Page, tekst: str) -> None:
    """Types a question and waits for the answer."""
    page.fill("#tekst", tekst)
    page.keyboard.press("Enter")
    page.wait_for_selector("#gesprek > .oordeel:last-child")


def gesprek(page: Page) -> Iterator[str]:
    """A conversation from its opening to the closing question."""
    yield "opening"
    vraag(page, "mijn leerling is 17, wat verandert er op 18?")
    page.locator("img.beeld").evaluate("async (img) => { await img.decode(); img.scrollIntoView(); }")
    yield "beeld"
    vraag(page, "wanneer moeten we ABA aanvragen in Stadskanaal?")
    yield "antwoord"
    page.locator(".oordeel").scroll_into_view_if_needed()
    yield "duimen"
    page.locator("[data-oordeel=fout]").click()
    page.locator("#opmerking").fill("het telefoonnummer ontbreekt")
    yield "opmerking"
    page.locator(".oordeel button[type=submit]").click()
    page.get_by_text(_t("oordeel.fout")).wait_for()
    page.fill("#tekst", "dankjewel")
    page.keyboard.press("Enter")
    page.get_by_text(_t("slotvraag.vraag")).wait_for()
    yield "slotvraag"
    page.get_by_role("button", name=_t("slotvraag.knop.nee"), exact=True).click()
    page.get_by_text(_t("slotvraag.na.nee")).wait_for()
    yield "na de slotvraag"


def leerpad(page: Page) -> Iterator[str]:
    """The learning path: the overview, a step, what the answer was worth, and the own gemeente in a step."""
    stap = kennisbank().leerpad[0].stappen[0]
    page.get_by_role("button", name=_t("web.leerpad")).click()
    page.wait_for_selector("#gesprek > .oordeel:last-child")
    yield "leerpad"
    _kies(page, _t("leerpad.knop.begin"))
    page.locator(".keuzes").last.scroll_into_view_if_needed()
    yield "leerstap"
    _kies(page, next(keuze.tekst for keuze in stap.keuzes if not keuze.goed))
    yield "uitleg bij de leerstap"


def redactie(page: Page) -> Iterator[str]:
    """Every page behind the password, and every way in which a proposal ends."""
    adres = page.url.rpartition("/")[0]
    for pad in PADEN:
        page.goto(f"{adres}{pad}")
        for knop in page.locator("summary").all():
            knop.click()
        page.evaluate("scrollTo(0, 0)")
        yield page.locator("h1").inner_text()
    page.goto(adres)
    page.locator("input[name=artikel]").first.fill("bestaat-niet")
    page.get_by_role("button", name=_t("redactie.knop.voorbeeldvraag")).first.click()
    page.locator("[role=alert]").wait_for()
    yield page.locator("h1").inner_text()
    page.goto(adres)
    page.get_by_role("button", name=_t("redactie.knop.nieuw_artikel")).first.click()
    page.locator("input[name=titel]").wait_for()
    yield page.locator("h1").inner_text()
    page.fill("input[name=titel]", _BESTAAND_ARTIKEL)
    for veld in page.locator("main [required]").all():
        if not veld.input_value():
            veld.fill("proef")
    page.get_by_role("button", name=_t("redactie.knop.maak_voorstel")).click()
    page.locator("[role=alert]").wait_for()
    yield f"{page.locator('h1').inner_text()} (geweigerd, 422)"
    page.goto(adres)
    page.get_by_role("button", name=_t("redactie.knop.voorbeeldvraag")).first.click()
    page.get_by_role("heading", name=_t("redactie.voorstel.titel")).wait_for(timeout=120_000)
    yield page.locator("h1").inner_text()


WEB: dict[tuple[str, str], Wandeling] = {
    ("Gesprek", "/"): gesprek,
    ("Leerpad", "/"): leerpad,
    ("Avondschool", "/avondschool"): gesprek,
    ("Ingesloten", "/ingesloten"): gesprek,
}
"""Where each walk on the page begins."""


def _kies(page: Page, titel: str) -> None:
    page.get_by_role("button", name=titel, exact=True).click()
    page.wait_for_selector("#gesprek > .oordeel:last-child")


def _t(sleutel: str) -> str:
    return kennisbank().teksten(sleutel)
