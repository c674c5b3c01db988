"""The evening school: calm, spoken, on one sheet, and gone when somebody leaves."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from playwright.sync_api import Page

from bot.bericht import Bericht
from bot.kanalen.web.opmaak import Opmaak, lees_bestanden
from kennisbank.current import kennisbank, schrijver
from kennisbank.model import Doelgroep
from tests.bot.web.conftest import (
    NieuwePagina,
    naamloos,
    namen_op,
    tab_naar,
    vraag,
    vraag_met_toetsen,
    wacht_op_antwoord,
)

TIEN_MINUTEN = 600
_SPION = """() => { window.gezegd = []; const zeg = speechSynthesis.speak.bind(speechSynthesis);
speechSynthesis.speak = (stem) => { gezegd.push([stem.text, stem.lang]); zeg(stem); }; }"""
_LUISTERAAR = """window.SpeechRecognition = window.webkitSpeechRecognition = class {
  constructor() { window.oor = this; this.luistert = false; }
  start() { if (this.luistert) throw new DOMException("", "InvalidStateError"); this.luistert = true; }
  stop() { this.zwijgt(); }
  hoort(tekst) { this.onresult({ results: [[{ transcript: tekst, confidence: 0.9 }]] }); this.zwijgt(); }
  faalt(waarom) { this.onerror({ error: waarom }); this.zwijgt(); }
  zwijgt() { this.luistert = false; this.onend(); }
};"""
"""What a browser has that can listen, with the calls and events of the Web Speech API."""


def _t(sleutel: str) -> str:
    return kennisbank().teksten(sleutel)


def test_it_writes_plainly_and_has_large_letters(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    assert "oud-leerling" in vraag(page, "wanneer vraag ik een ABA aan?")
    groot = page.locator(".bericht--assistent .nl-paragraph").last
    assert groot.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") >= 20
    assert page.get_by_role("button", name="meer uitleg").count() == 0


@pytest.mark.parametrize(
    "tekst", ["wat verandert er op 18?", "uitkering", "wie kan mij helpen in Bergen", "/leerpad"]
)
def test_there_are_never_more_than_three_choices(pagina: NieuwePagina, tekst: str) -> None:
    page = pagina("/avondschool")
    vraag(page, tekst)
    assert 1 <= page.locator(".keuzes button").count() <= 3


@pytest.mark.parametrize("naam", ["Alteveer", "Oost-Groningen"])
def test_a_question_with_more_choices_is_answered_by_typing(pagina: NieuwePagina, naam: str) -> None:
    page = pagina("/avondschool")
    assert "welke gemeente woon je" in vraag(page, f"wie kan mij helpen in {naam}")
    assert page.locator(".keuzes").count() == 0
    assert "Doorstroompunt" in vraag(page, "Stadskanaal")


@pytest.mark.parametrize(("breed", "hoog"), [(900, 900), (360, 640), (320, 256)])
def test_who_can_help_is_always_in_sight(pagina: NieuwePagina, breed: int, hoog: int) -> None:
    page = pagina("/avondschool", viewport={"width": breed, "height": hoog})
    vraag(page, "wat verandert er op 18?")
    knop = page.get_by_role("button", name="Wie kan mij helpen?")
    for waar in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {waar})")
        assert knop.evaluate(
            """(e) => { const r = e.getBoundingClientRect();
            const bovenop = document.elementFromPoint(r.left + 20, r.top + 5);
            return r.left >= 0 && r.bottom <= innerHeight && e.contains(bovenop); }"""
        )
    balk = page.locator(".balk").bounding_box()
    assert balk and balk["height"] <= hoog / 3
    knop.click()
    assert "Om welke gemeente" in wacht_op_antwoord(page)
    assert "Doorstroompunt" in vraag(page, "Stadskanaal")


def test_it_reads_the_answer_aloud_without_sources_or_codes(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    page.evaluate(_SPION)
    vraag(page, "wanneer vraag ik een ABA aan?")
    page.get_by_role("button", name="Lees voor").click()
    [(tekst, taal)] = page.evaluate("gezegd")
    assert taal == "nl-NL"
    assert "Wat kun je nu doen?" in tekst
    assert "Dit komt uit" not in tekst and "aba-wanneer-aanvragen" not in tekst


def test_on_paper_is_the_last_answer_with_the_local_desk(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    vraag(page, "ik woon in Stadskanaal")
    vraag(page, "wat verandert er op 18?")
    page.emulate_media(media="print")
    op_papier = page.inner_text("#gesprek")
    assert "Lokaal: Stadskanaal" in op_papier and "Doorstroompunt" in op_papier
    assert "ik woon in Stadskanaal" not in op_papier


def test_every_answer_with_a_local_desk_fits_on_one_sheet(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    opmaak = Opmaak(lees_bestanden())
    stadskanaal = kennisbank().gemeente("GM0037")
    te_lang = []
    for id_ in kennisbank().artikelen:
        artikel = kennisbank().artikel(id_, date.today())
        assert artikel is not None
        antwoord = schrijver().artikel(artikel, Doelgroep.OUD_LEERLING, date.today(), stadskanaal)
        html = opmaak.berichten([Bericht(antwoord.blokken)], oordeel=True, eenvoudig=True)
        page.evaluate("(html) => { document.getElementById('gesprek').innerHTML = html; }", html)
        if len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))) != 1:
            te_lang.append(id_)
    assert te_lang == []


def _bewaard(page: Page, gesprek: str) -> str:
    """What the server keeps of a conversation, asked by the same visitor."""
    vraag_ = {"gezicht": "avondschool", "gesprek": gesprek, "tekst": "/mijngegevens"}
    return str(
        page.evaluate(
            """async (vraag) => (await (await fetch("/webhooks/web/bericht", { method: "POST",
            headers: { "Content-Type": "application/json" }, body: JSON.stringify(vraag) })).json()).html""",
            {**vraag_, "bericht_id": f"toets-{time.monotonic_ns()}"},
        )
    )


def _wacht_tot_niets_bewaard_is(page: Page, gesprek: str) -> None:
    einde = time.monotonic() + 10
    while kennisbank().teksten("rechten.niets_bewaard") not in _bewaard(page, gesprek):
        assert time.monotonic() < einde, "het gesprek is er nog"
        page.wait_for_timeout(200)


def test_leaving_the_page_wipes_the_conversation(pagina: NieuwePagina, adres: str) -> None:
    page = pagina("/avondschool")
    vraag(page, "wat verandert er op 18?")
    gesprek = page.evaluate("document.body.dataset.gesprek")
    assert "Dit is alles wat van dit gesprek bewaard is" in _bewaard(page, gesprek)
    page.goto(f"{adres}/gezond")
    page.goto(f"{adres}/avondschool")
    assert "wat verandert er op 18?" not in page.inner_text("#gesprek")
    _wacht_tot_niets_bewaard_is(page, gesprek)


def test_stop_wipes_and_begins_anew(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    vraag(page, "wat verandert er op 18?")
    gesprek = page.evaluate("document.body.dataset.gesprek")
    with page.expect_navigation():
        page.get_by_role("button", name="Stop en wis alles").click()
    assert page.evaluate("document.body.dataset.gesprek") != gesprek
    assert page.locator(".bericht--mij").count() == 0
    _wacht_tot_niets_bewaard_is(page, gesprek)


def test_ten_quiet_minutes_wipe_the_screen(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    page.clock.install()
    page.reload()
    vraag(page, "wat verandert er op 18?")
    gesprek = page.evaluate("document.body.dataset.gesprek")
    page.clock.fast_forward((TIEN_MINUTEN - 5) * 1000)
    assert page.locator(".bericht--mij").count() == 1
    with page.expect_navigation():
        page.clock.fast_forward(10_000)
    assert page.evaluate("document.body.dataset.gesprek") != gesprek
    assert page.locator(".bericht--mij").count() == 0


def _met_luisteraar(pagina: NieuwePagina) -> Page:
    """The page in a browser that can listen: what is heard is told to it by the test."""
    page = pagina("/gezond")
    page.add_init_script(_LUISTERAAR)
    page.goto(page.url.replace("/gezond", "/avondschool"))
    return page


def test_what_is_said_stands_in_the_question_and_is_not_sent_unseen(pagina: NieuwePagina) -> None:
    page = _met_luisteraar(pagina)
    knop = page.get_by_role("button", name=_t("avondschool.spreek_in"))
    assert page.get_by_text(_t("avondschool.spreek_hulp")).is_visible()
    assert knop.get_attribute("aria-pressed") == "false"
    knop.press("Enter")
    assert knop.get_attribute("aria-pressed") == "true"
    assert page.evaluate("[oor.lang, oor.luistert]") == ["nl-NL", True]
    page.evaluate("oor.hoort('wat verandert er op achttien')")
    assert page.input_value("#tekst") == "wat verandert er op achttien"
    assert page.evaluate("document.activeElement.id") == "tekst"
    assert knop.get_attribute("aria-pressed") == "false"
    assert page.locator(".bericht--mij").count() == 0
    page.keyboard.press("Enter")
    assert "18" in wacht_op_antwoord(page)


@pytest.mark.parametrize("einde", ["oor.faalt('not-allowed')", "oor.zwijgt()"])
def test_when_nothing_is_heard_the_button_can_be_pressed_again(pagina: NieuwePagina, einde: str) -> None:
    page = _met_luisteraar(pagina)
    knop = page.get_by_role("button", name=_t("avondschool.spreek_in"))
    knop.click()
    page.evaluate(einde)
    assert knop.get_attribute("aria-pressed") == "false" and page.input_value("#tekst") == ""
    knop.click()
    assert page.evaluate("oor.luistert")
    knop.click()  # a second press stops listening
    assert not page.evaluate("oor.luistert")
    assert knop.get_attribute("aria-pressed") == "false"


def test_a_browser_that_cannot_listen_has_no_button_for_it(pagina: NieuwePagina) -> None:
    page = pagina("/gezond")
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page.goto(page.url.replace("/gezond", "/avondschool"))
    assert not page.get_by_role("button", name=_t("avondschool.spreek_in")).is_visible()
    assert not page.get_by_text(_t("avondschool.spreek_hulp")).is_visible()


def test_everything_can_be_done_with_the_keyboard_alone(pagina: NieuwePagina) -> None:
    page = _met_luisteraar(pagina)
    vraag_met_toetsen(page, "wat verandert er op 18?")
    for naam in ("print", "lees_voor"):
        tab_naar(page, _t(f"avondschool.{naam}"), terug=True)
    for naam in ("spreek_in", "wie_helpt", "stop"):
        tab_naar(page, _t(f"avondschool.{naam}"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".bericht--mij").count() == 0


def test_a_screen_reader_hears_what_each_thing_is(pagina: NieuwePagina) -> None:
    page = _met_luisteraar(pagina)
    assert vraag(page, "wat verandert er op 18?").startswith(_t("web.assistent"))
    assert page.locator("html").get_attribute("lang") == "nl"
    namen = namen_op(page)
    assert naamloos(namen) == []
    assert {
        ("heading", _t("avondschool.titel")),
        ("log", _t("web.gesprek")),
        ("textbox", _t("avondschool.je_vraag")),
        ("group", _t("web.keuzes")),
        *(("button", _t(f"avondschool.{naam}")) for naam in ("lees_voor", "print", "spreek_in", "stop")),
        ("button", _t("avondschool.wie_helpt")),
    } <= set(namen)
    (plaatje,) = [naam for rol, naam in namen if rol == "image"]
    assert "18 jaar: begint" in plaatje
    beschreven = page.get_by_role("button", name=_t("avondschool.spreek_in"))
    hulp = page.locator(f"#{beschreven.get_attribute('aria-describedby')}")
    assert hulp.inner_text() == _t("avondschool.spreek_hulp")
