"""The learning path on the page: found, walked with the keyboard, stopped, and gone on with later."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from benchmarks.schermen import overtredingen
from kennisbank.current import kennisbank
from tests.bot.web.conftest import NieuwePagina, tab_naar, wacht_op_antwoord


def _t(sleutel: str) -> str:
    return kennisbank().teksten(sleutel)


def _druk(page: Page, naam: str) -> str:
    """Reaches a button of the last answer with Tab and presses it."""
    tab_naar(page, naam)
    page.keyboard.press("Enter")
    antwoord = wacht_op_antwoord(page)
    assert page.evaluate("document.activeElement.matches('.bericht--assistent')"), naam
    return antwoord


def _open_het_leerpad(page: Page) -> str:
    page.get_by_role("button", name=_t("web.leerpad")).press("Enter")
    return wacht_op_antwoord(page)


def test_a_step_is_done_with_the_keyboard_and_says_where_it_is(pagina: NieuwePagina) -> None:
    page = pagina(viewport={"width": 360, "height": 740})
    assert "kleine stappen" in _open_het_leerpad(page)
    assert overtredingen(page) == []
    les = _druk(page, "begin")
    deel, *_ = kennisbank().leerpad
    stap = deel.stappen[0]
    waar = f"Deel 1 van {len(kennisbank().leerpad)}, {deel.titel} · stap 1 van {len(deel.stappen)}"
    assert waar in les and stap.vraag in les
    groep = page.get_by_role("group", name=_t("web.keuzes"))
    assert groep.get_by_role("button").all_inner_texts() == [keuze.tekst for keuze in stap.keuzes]
    assert overtredingen(page) == []
    goed = next(keuze for keuze in stap.keuzes if keuze.goed)
    uitleg = _druk(page, goed.tekst)
    assert "Klopt." in uitleg and goed.uitleg in uitleg
    assert "stap 2 van" in _druk(page, "volgende")


def test_it_is_gone_on_with_on_another_day_where_this_device_may_remember(pagina: NieuwePagina) -> None:
    page = pagina()
    page.check("#onthoud")
    _open_het_leerpad(page)
    _druk(page, "begin")
    _druk(page, kennisbank().leerpad[0].stappen[0].keuzes[0].tekst)
    assert _t("leerpad.knop.verder") not in page.inner_text("#gesprek")
    gestopt = _druk(page, "stop")
    assert "1 van de" in gestopt
    assert "ga je later op dit apparaat verder" in gestopt
    page.context.clear_cookies()  # another day: the server knows this visitor no more
    page.reload()
    terug = _open_het_leerpad(page)
    assert "Welkom terug" in terug and "1 van de" in terug
    assert "stap 2 van" in _druk(page, _t("leerpad.knop.verder"))


def test_nothing_is_remembered_unasked(pagina: NieuwePagina) -> None:
    page = pagina()
    _open_het_leerpad(page)
    _druk(page, "begin")
    _druk(page, kennisbank().leerpad[0].stappen[0].keuzes[0].tekst)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert "Welkom terug" not in _open_het_leerpad(page)


def test_what_a_device_makes_up_is_not_believed(pagina: NieuwePagina) -> None:
    page = pagina()
    verzonnen = json.dumps({"doelgroep": "coach", "leren": '{"gedaan": [["x"]], "kaarten": 3}'})
    page.evaluate("(stand) => localStorage.setItem('routewijzer', stand)", verzonnen)
    page.reload()
    antwoord = _open_het_leerpad(page)
    assert "kleine stappen" in antwoord and "Welkom terug" not in antwoord
