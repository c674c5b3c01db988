"""The web page in a real browser: weight of the first load and time per question.

Run it beside a server: `python -m benchmarks.webpagina http://127.0.0.1:5005`.
Prints one JSON object. Needs Chromium (`make counterparts`). What axe says and pictures: toegankelijkheid.py.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.schermen import start_browser, vraag

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
    opties = lezer.parse_args()
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        uitslag = {"eerste_keer": _weeg(browser, opties.adres), "vraag": _tijden(browser, opties.adres)}
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
    begin = time.perf_counter()
    vraag(page, tekst)
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
