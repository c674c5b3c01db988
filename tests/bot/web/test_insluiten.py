"""Embedded in the site of a school: where it is allowed, where it is not, and with which settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import BrowserContext, Page

from bot.kanalen.web.instellingen import Instellingen
from bot.settings import InstellingFout
from tests.servers import andere_site


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page


def _regel(adres: str) -> str:
    return (
        '<!doctype html><html lang="nl"><title>School</title><h1>School</h1>'
        f'<script src="{adres}/webhooks/web/insluiten.js" async></script></html>'
    )


def test_one_line_embeds_a_working_assistant_in_a_site_on_the_list(
    page: Page, adres: str, school: str, school_map: Path
) -> None:
    (school_map / "index.html").write_text(_regel(adres), encoding="utf-8")
    klachten: list[str] = []
    page.on("console", lambda m: klachten.append(m.text) if "Content Security" in m.text else None)
    page.goto(school)
    kader = page.wait_for_selector("iframe")
    assert kader is not None and kader.get_attribute("title") == "Routewijzer"
    binnen = kader.content_frame()
    assert binnen is not None
    binnen.fill("#tekst", "wanneer moeten we ABA aanvragen?")
    binnen.press("#tekst", "Enter")
    binnen.wait_for_selector(".oordeel")
    assert "Wajong" in binnen.inner_text("#gesprek")
    binnen.get_by_role("button", name="eenvoudiger").click()
    binnen.get_by_text("Wat kun je nu doen?").wait_for()
    assert klachten == []


@pytest.mark.parametrize("pad", ["/ingesloten", "/", "/avondschool"])
def test_a_site_that_is_not_on_the_list_gets_nothing(
    page: Page, adres: str, tmp_path: Path, pad: str
) -> None:
    html = f'<!doctype html><html lang="nl"><title>Kwaad</title><iframe src="{adres}{pad}"></iframe></html>'
    klachten: list[str] = []
    page.on("console", lambda m: klachten.append(m.text))
    with andere_site({"index.html": html}, tmp_path / "kwaad") as kwaad:
        page.goto(kwaad, wait_until="networkidle")
        assert all(kader.query_selector("#tekst") is None for kader in page.frames)
    assert any("frame-ancestors" in klacht for klacht in klachten)


@pytest.mark.parametrize("pad", ["/", "/avondschool"])
def test_only_the_page_made_for_it_can_be_embedded(
    page: Page, adres: str, school: str, school_map: Path, pad: str
) -> None:
    html = f'<!doctype html><html lang="nl"><title>School</title><iframe src="{adres}{pad}"></iframe></html>'
    (school_map / "anders.html").write_text(html, encoding="utf-8")
    page.goto(f"{school}/anders.html", wait_until="networkidle")
    assert all(kader.query_selector("#tekst") is None for kader in page.frames)


def test_every_response_forbids_what_it_does_not_need(adres: str, school: str) -> None:
    ouders = {"/": "'none'", "/avondschool": "'none'", "/gezond": "'none'", "/bestaat-niet": "'none'"}
    ouders["/ingesloten"] = f"https://www.school.example {school}"
    for pad, wie in ouders.items():
        koppen = requests.get(f"{adres}{pad}", timeout=10).headers
        csp = dict(
            regel.strip().partition(" ")[::2] for regel in koppen["Content-Security-Policy"].split(";")
        )
        assert csp["default-src"] == "'none'"
        assert csp["frame-ancestors"] == wie
        assert "unsafe" not in koppen["Content-Security-Policy"]
        assert koppen["X-Content-Type-Options"] == "nosniff"
        assert koppen["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "waarde",
    [
        "https://*.school.nl",
        "*",
        "school.nl",
        "http://www.school.nl",
        "https://school.nl/pagina",
        "https://school.nl;script-src",
        "https://gebruiker@school.nl",
        "javascript:alert(1)",
    ],
)
def test_a_site_that_is_no_plain_address_stops_the_start(
    waarde: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUTEWIJZER_WEB_INSLUITEN_DOOR", waarde)
    with pytest.raises(InstellingFout, match="ROUTEWIJZER_WEB_INSLUITEN_DOOR"):
        Instellingen.from_environment()


def test_embedding_is_off_until_somebody_sets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROUTEWIJZER_WEB_INSLUITEN_DOOR", raising=False)
    assert Instellingen.from_environment().insluiten_door == ()
