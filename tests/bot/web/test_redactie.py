"""The editors' page in a real browser: axe on every screen, the keyboard, and a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState

from benchmarks import schermen
from benchmarks.redactie import PADEN, log_in, noteer_voorbeeld
from benchmarks.schermen import SCHERMEN, overtredingen
from bot.redactie import voorstel
from kennisbank.current import kennisbank
from kennisbank.store import Kennisbank
from tests.bot.web.conftest import naamloos, namen_op, tab_naar
from tests.redactie.conftest import WACHTWOORD, Proef, een_proef


@pytest.fixture(scope="module")
def redactie(kb: Kennisbank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    map_ = tmp_path_factory.mktemp("redactie")
    with een_proef(kb, map_) as proef, pytest.MonkeyPatch.context() as elders:
        elders.setattr(voorstel, "VOORSTELLEN_MAP", map_ / "voorstellen")
        noteer_voorbeeld(proef.database)
        yield proef


@pytest.fixture(scope="module")
def sessie(browser: Browser, redactie: Proef) -> StorageState:
    """Logged in once: more often than five times a minute is refused."""
    page = _open(browser)
    log_in(page, redactie.adres, WACHTWOORD)
    sessie = page.context.storage_state()
    page.context.close()
    return sessie


def _t(sleutel: str) -> str:
    return kennisbank().teksten(f"redactie.{sleutel}")


def _open(browser: Browser, **opties: Any) -> Page:
    return browser.new_context(locale="nl-NL", **opties).new_page()


@pytest.mark.parametrize("scherm", SCHERMEN)
def test_axe_finds_nothing_on_any_screen(
    browser: Browser, redactie: Proef, sessie: StorageState, scherm: str
) -> None:
    buiten = _open(browser, **SCHERMEN[scherm])
    buiten.goto(f"{redactie.adres}/in")
    gevonden = {"/in": overtredingen(buiten)}
    buiten.context.close()
    page = _open(browser, **SCHERMEN[scherm], storage_state=sessie)
    page.goto(f"{redactie.adres}/")
    gevonden |= {plek: overtredingen(page) for plek in schermen.redactie(page)}
    page.context.close()
    assert len(gevonden) == len(PADEN) + 5
    assert {pad: fouten for pad, fouten in gevonden.items() if fouten} == {}


def test_no_screen_is_wider_than_a_phone(browser: Browser, redactie: Proef, sessie: StorageState) -> None:
    page = _open(browser, viewport={"width": 320, "height": 640}, storage_state=sessie)
    for pad in PADEN:
        page.goto(f"{redactie.adres}{pad}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pad
    page.context.close()


@pytest.mark.parametrize("pad", PADEN)
def test_every_link_and_button_is_reached_with_the_keyboard(
    browser: Browser, redactie: Proef, sessie: StorageState, pad: str
) -> None:
    page = _open(browser, storage_state=sessie)
    page.goto(f"{redactie.adres}{pad}")
    te_bereiken = page.locator("a, button, input, select, textarea, summary").count()
    gezien = set()
    for _ in range(te_bereiken + 2):
        page.keyboard.press("Tab")
        gezien.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.context.close()
    assert len(gezien) >= te_bereiken


def test_a_proposal_is_made_with_the_keyboard_alone(
    browser: Browser, redactie: Proef, sessie: StorageState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voorstel, "VOORSTELLEN_MAP", tmp_path)
    page = _open(browser, storage_state=sessie)
    page.goto(f"{redactie.adres}/gemist")
    page.locator("input[name=vraag]").focus()
    tab_naar(page, _t("knop.voorbeeldvraag"))
    with page.expect_navigation(timeout=60_000):
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == _t("voorstel.titel")
    page.context.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_the_steps_that_are_missed_open_with_the_keyboard(
    browser: Browser, redactie: Proef, sessie: StorageState
) -> None:
    page = _open(browser, storage_state=sessie)
    page.goto(f"{redactie.adres}/dekking")
    limburg = page.get_by_text("Limburg", exact=True).first
    assert not limburg.is_visible()
    page.locator("summary").first.focus()
    page.keyboard.press("Space")
    assert limburg.is_visible()
    page.context.close()


@pytest.mark.parametrize("pad", PADEN)
def test_a_screen_reader_hears_what_each_thing_is(
    browser: Browser, redactie: Proef, sessie: StorageState, pad: str
) -> None:
    page = _open(browser, storage_state=sessie)
    page.goto(f"{redactie.adres}{pad}")
    namen = namen_op(page)
    huidig = page.locator("a[aria-current=page]").inner_text()
    koppen = page.locator("h1").all_inner_texts()
    # A form is told apart from the next by the question that stands over it.
    formulieren = [form.get_attribute("aria-labelledby") for form in page.locator("main form").all()]
    kolommen = page.locator("main table thead th:not([scope=col])").count()
    taal = page.locator("html").get_attribute("lang")
    page.context.close()
    assert naamloos(namen) == []
    assert {("navigation", _t("naam")), ("link", huidig), ("heading", huidig)} <= set(namen)
    assert (koppen, taal, kolommen) == ([huidig], "nl", 0)
    assert len(set(formulieren)) == len(formulieren) and None not in formulieren


def test_who_was_not_helped_is_shown_with_what_they_were_told(
    browser: Browser, redactie: Proef, sessie: StorageState
) -> None:
    page = _open(browser, storage_state=sessie)
    page.goto(redactie.adres)
    page.get_by_role("link", name=_t("menu.slotvraag")).click()
    tekst = page.inner_text("main")
    page.context.close()
    telling = kennisbank().teksten("redactie.slotvraag.telling", gesteld=3, ja=1, half=1, nee=1)
    assert telling in tekst
    assert tekst.count("wat is een no-riskpolis?") == 2
    assert "ik zoek een telefoonnummer" in tekst
