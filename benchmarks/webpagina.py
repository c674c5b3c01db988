"""The web page in a real browser: weight of the first load, axe, time per question, and screenshots.

Run it beside a server: `python -m benchmarks.webpagina http://127.0.0.1:5005 [--beelden docs/beelden]`.
Prints one JSON object. Needs Chromium (`make counterparts`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

_ARGUMENTEN = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]
_TELEFOON = {"viewport": {"width": 360, "height": 740}}
_BREED = {"viewport": {"width": 680, "height": 760}}
GEZICHTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "web-licht": ("/", _BREED),
    "web-donker": ("/", {**_BREED, "color_scheme": "dark"}),
    "web-telefoon": ("/", _TELEFOON),
    "web-avondschool": ("/avondschool", _BREED),
    "web-ingesloten": ("/ingesloten", _BREED),
}
_IN_BEELD = ("web-licht", "web-donker", "web-telefoon", "web-avondschool")
VRAGEN = (
    "wanneer moeten we ABA aanvragen?",
    "kan dat simpeler",
    "en in Stadskanaal?",
    "wie kan ik bellen?",
    "wat verandert er op 18?",
)
_RONDEN = 10


def main() -> None:
    """Measures the server at the given address."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("adres")
    lezer.add_argument("--beelden", type=Path)
    opties = lezer.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTEN)
        uitslag = {
            "eerste_keer": _weeg(browser, opties.adres),
            "axe": {naam: _axe(browser, opties.adres, naam, opties.beelden) for naam in GEZICHTEN},
            "vraag": _tijden(browser, opties.adres),
        }
        browser.close()
    print(json.dumps(uitslag, indent=2))


def _weeg(browser: Browser, adres: str) -> dict[str, int]:
    """Bytes over the line, headers included, with nothing kept from before."""
    page = browser.new_context().new_page()
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    bytes_: list[float] = []
    client.on("Network.loadingFinished", lambda bericht: bytes_.append(bericht["encodedDataLength"]))
    page.goto(f"{adres}/", wait_until="networkidle")
    return {"verzoeken": len(bytes_), "bytes": int(sum(bytes_))}


def _axe(browser: Browser, adres: str, naam: str, beelden: Path | None) -> int:
    """Violations before and after an answer."""
    pad, opties = GEZICHTEN[naam]
    page = browser.new_context(locale="nl-NL", **opties).new_page()
    page.goto(f"{adres}{pad}")
    voor = Axe().run(page).violations_count
    _vraag(page, "wanneer moeten we ABA aanvragen in Stadskanaal?")
    na = Axe().run(page).violations_count
    if beelden and naam in _IN_BEELD:
        page.screenshot(path=beelden / f"{naam}.png")
    return int(voor + na)


def _tijden(browser: Browser, adres: str) -> dict[str, float]:
    """Milliseconds from the key press until the answer stands on the screen."""
    tijden = []
    for _ in range(_RONDEN):
        page = browser.new_context().new_page()
        page.goto(f"{adres}/")
        tijden += [_vraag(page, tekst) for tekst in VRAGEN]
        page.context.close()
    honderdsten = statistics.quantiles(tijden, n=100)
    return {
        "aantal": len(tijden),
        "p50_ms": round(statistics.median(tijden)),
        "p95_ms": round(honderdsten[94]),
    }


def _vraag(page: Page, tekst: str) -> float:
    page.fill("#tekst", tekst)
    begin = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_selector("#gesprek > .oordeel:last-child")
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
