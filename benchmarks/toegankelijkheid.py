"""What axe says of every screen, as a table in docs/toegankelijkheid.md; and pictures of the screens.

Run it beside a server: `python -m benchmarks.toegankelijkheid ADDRESS [--beelden docs/beelden]`. The editors'
page it serves itself, over an example log. Needs Chromium (`make counterparts`).
"""

from __future__ import annotations

import argparse
import io
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.redactie import draait, log_in, noteer_voorbeeld
from benchmarks.schermen import SCHERMEN, WEB, Keuring, keur, redactie, start_browser
from bot.opslag.migratie import open_database
from bot.redactie import voorstel
from bot.redactie.pagina import instelling_van, maak_app
from bot.redactie.toegang import Toegang
from bot.settings import PROJECT_MAP
from kennisbank.current import kennisbank

VERSLAG = PROJECT_MAP / "docs" / "toegankelijkheid.md"
_TABEL = re.compile(r"(?<=<!-- tabel -->\n).*?(?=<!-- einde tabel -->)", re.DOTALL)
_KLEUREN = 128
_IN_BEELD = {
    ("Gesprek", "antwoord"): "web",
    ("Gesprek", "beeld"): "web-beeld",
    ("Gesprek", "duimen"): "web-duimen",
    ("Gesprek", "opmerking"): "web-opmerking",
    ("Gesprek", "slotvraag"): "web-slotvraag",
    ("Leerpad", "leerstap"): "web-leerpad",
    ("Avondschool", "antwoord"): "web-avondschool",
    ("Redactie", "Vragen zonder antwoord"): "redactie",
    ("Redactie", "Duim omlaag"): "redactie-duimen",
    ("Redactie", "Dekking"): "redactie-dekking",
    ("Redactie", "Niet geholpen"): "redactie-slotvraag",
}
"""The screens of which pictures are kept, as `<name>-<licht|donker|telefoon>.png`."""
_ALLEEN_LICHT = ("redactie-duimen", "redactie-dekking", "redactie-slotvraag")
"""Of these only one, as `<name>.png`."""
Plek = tuple[str, str]
"""A page and a place on its walk."""
Uitslag = dict[Plek, dict[str, Keuring]]


def main() -> None:
    """Walks every screen, writes the table, and keeps pictures where asked."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("adres")
    lezer.add_argument("--beelden", type=Path)
    opties = lezer.parse_args()
    uitslag: Uitslag = {}
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        for scherm in SCHERMEN:
            for pagina, page, plek in _alles(browser, opties.adres, scherm):
                uitslag.setdefault((pagina, plek), {})[scherm] = keur(page)
                naam = _IN_BEELD.get((pagina, plek))
                if opties.beelden and naam and naam not in _ALLEEN_LICHT:
                    _bewaar(page, opties.beelden / f"{naam}-{scherm}.png")
                elif opties.beelden and naam and scherm == "licht":
                    _bewaar(page, opties.beelden / f"{naam}.png")
        versie = browser.version
        browser.close()
    oud = VERSLAG.read_text(encoding="utf-8")
    VERSLAG.write_text(_TABEL.sub(lambda _: _tabel(uitslag, versie), oud), encoding="utf-8")
    fouten = {
        fout for per_scherm in uitslag.values() for k in per_scherm.values() for fout in k.overtredingen
    }
    print("\n".join(sorted(fouten)) or f"{len(uitslag)} schermen, geen overtreding")


def _alles(browser: Browser, adres: str, scherm: str) -> Iterator[tuple[str, Page, str]]:
    """Every place on every walk, with the page that shows it."""
    for (pagina, pad), wandeling in WEB.items():
        with _pagina(browser, f"{adres}{pad}", scherm) as page:
            for plek in wandeling(page):
                yield pagina, page, plek
    with _redactiepagina() as (binnen, wachtwoord), _pagina(browser, f"{binnen}/in", scherm) as page:
        yield "Redactie", page, "Inloggen"
        log_in(page, binnen, wachtwoord)
        for plek in redactie(page):
            yield "Redactie", page, plek


@contextmanager
def _pagina(browser: Browser, adres: str, scherm: str) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL", **SCHERMEN[scherm])
    page = context.new_page()
    page.goto(adres)
    yield page
    context.close()


@contextmanager
def _redactiepagina() -> Iterator[tuple[str, str]]:
    """The editors' page over an example log, whose proposals go nowhere."""
    wachtwoord = secrets.token_urlsafe()
    with TemporaryDirectory() as map_:
        voorstel.VOORSTELLEN_MAP = Path(map_)
        database = open_database(f"sqlite:///{Path(map_) / 'gesprekken.db'}")
        noteer_voorbeeld(database)
        app = maak_app(Toegang(wachtwoord), database, kennisbank())
        with draait(instelling_van(app, "127.0.0.1", 0)) as adres:
            yield adres, wachtwoord
        database.sluit()


def _bewaar(page: Page, pad: Path) -> None:
    """The screen as a small PNG: these have few colours."""
    beeld = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    beeld.quantize(_KLEUREN, dither=Image.Dither.NONE).save(pad, optimize=True)


def _tabel(uitslag: Mapping[Plek, Mapping[str, Keuring]], versie: str) -> str:
    """The table, with what axe could not decide under it."""
    axe = next(keuring.versie for per_scherm in uitslag.values() for keuring in per_scherm.values())
    regels = [
        f"Gemaakt op {date.today()} met axe-core {axe} in Chromium {versie}, in drie schermen: "
        f"{', '.join(SCHERMEN)}. Staat er één getal, dan is het in alle drie gelijk.",
        "",
        "| pagina | scherm | regels gedraaid | geslaagd | overtredingen | niet te beslissen |",
        "|---|---|---|---|---|---|",
    ]
    onbeslist: dict[str, list[str]] = {}
    for (pagina, plek), per_scherm in uitslag.items():
        getallen = (
            [keuring.regels for keuring in per_scherm.values()],
            [len(keuring.geslaagd) for keuring in per_scherm.values()],
            [len(keuring.overtredingen) for keuring in per_scherm.values()],
            [len(keuring.onbeslist) for keuring in per_scherm.values()],
        )
        regels.append(f"| {pagina} | {plek} | {' | '.join(map(_kort, getallen))} |")
        for keuring in per_scherm.values():
            for regel in keuring.onbeslist:
                onbeslist.setdefault(regel, []).append(f"{pagina}, {plek}")
    regels += ["", "Niet te beslissen voor axe:", ""]
    regels += [
        f"* `{regel}`: {'; '.join(dict.fromkeys(plekken))}" for regel, plekken in sorted(onbeslist.items())
    ] or ["* niets"]
    return "\n".join(regels) + "\n"


def _kort(getallen: list[int]) -> str:
    return " / ".join(map(str, getallen)) if len(set(getallen)) > 1 else str(getallen[0])


if __name__ == "__main__":
    main()
