"""The editors' page in a real browser: axe on every screen, the keyboard, and a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.redactie import PADEN, SCHERMEN, log_in, noteer_voorbeeld, overtredingen
from kennisbank.current import kennisbank
from kennisbank.store import Kennisbank
from tests.redactie.conftest import WACHTWOORD, Proef, een_proef


@pytest.fixture(scope="module")
def redactie(kb: Kennisbank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    with een_proef(kb, tmp_path_factory.mktemp("redactie")) as proef:
        noteer_voorbeeld(proef.database)
        yield proef


def _t(sleutel: str) -> str:
    return kennisbank().teksten(f"redactie.{sleutel}")


def _open(browser: Browser, **opties: Any) -> Page:
    return browser.new_context(locale="nl-NL", **opties).new_page()


@pytest.mark.parametrize("scherm", SCHERMEN)
def test_axe_finds_nothing_on_any_screen(browser: Browser, redactie: Proef, scherm: str) -> None:
    page = _open(browser, **SCHERMEN[scherm])
    page.goto(f"{redactie.adres}/in")
    gevonden = {"/in": overtredingen(page)}
    log_in(page, redactie.adres, WACHTWOORD)
    for pad in PADEN:
        page.goto(f"{redactie.adres}{pad}")
        assert page.locator("a[aria-current=page]").count() == 1
        gevonden[pad] = overtredingen(page)
    page.goto(redactie.adres)
    page.get_by_role("button", name=_t("knop.nieuw_artikel")).first.click()
    gevonden["/artikel"] = overtredingen(page)
    page.context.close()
    assert {pad: fouten for pad, fouten in gevonden.items() if fouten} == {}


def test_no_screen_is_wider_than_a_phone(browser: Browser, redactie: Proef) -> None:
    page = _open(browser, viewport={"width": 320, "height": 640})
    log_in(page, redactie.adres, WACHTWOORD)
    for pad in PADEN:
        page.goto(f"{redactie.adres}{pad}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pad
    page.context.close()


def test_every_link_and_button_is_reached_with_the_keyboard(browser: Browser, redactie: Proef) -> None:
    page = _open(browser)
    log_in(page, redactie.adres, WACHTWOORD)
    page.goto(f"{redactie.adres}/")
    te_bereiken = page.locator("a, button, input, select, textarea").count()
    gezien = set()
    for _ in range(te_bereiken + 2):
        page.keyboard.press("Tab")
        gezien.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.context.close()
    assert len(gezien) >= te_bereiken


def test_who_was_not_helped_is_shown_with_what_they_were_told(browser: Browser, redactie: Proef) -> None:
    page = _open(browser)
    log_in(page, redactie.adres, WACHTWOORD)
    page.get_by_role("link", name=_t("menu.slotvraag")).click()
    tekst = page.inner_text("main")
    page.context.close()
    telling = kennisbank().teksten("redactie.slotvraag.telling", gesteld=3, ja=1, half=1, nee=1)
    assert telling in tekst
    assert tekst.count("wat is een no-riskpolis?") == 2
    assert "ik zoek een telefoonnummer" in tekst
