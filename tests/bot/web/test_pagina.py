"""The page in a real browser: a whole conversation, and everybody who must be able to have one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route

from benchmarks.schermen import SCHERMEN, WEB, overtredingen
from kennisbank.current import kennisbank
from tests.bot.web.conftest import (
    NieuwePagina,
    tab_naar,
    vraag,
    vraag_met_toetsen,
    wacht_op_antwoord,
)

MAX_EERSTE_KEER = 200_000
_400_PROCENT = {"width": 320, "height": 256}
"""A window of 1280 by 1024 in which everything is four times as large."""
_TELEFOON = {"width": 360, "height": 740}


def _kies(page: Page, titel: str) -> str:
    page.get_by_role("button", name=titel, exact=True).click()
    return wacht_op_antwoord(page)


def test_the_golden_conversation(pagina: NieuwePagina) -> None:
    page = pagina()
    assert "art. 1a:11 Wet Wajong" in vraag(page, "wanneer moeten we ABA aanvragen?")
    assert "Wat kun je nu doen?" in _kies(page, "eenvoudiger")
    assert "Lokaal: Stadskanaal" in vraag(page, "en in Stadskanaal?")
    assert page.inner_text("#gemeente") == "Stadskanaal"
    assert "Doorstroompunt" in vraag(page, "wie kan ik bellen?")
    page.get_by_role("button", name="Nee").click()
    page.get_by_label(re.compile("iets bij zeggen")).fill("het telefoonnummer ontbreekt")
    page.get_by_role("button", name="Verstuur opmerking").click()
    page.get_by_text(kennisbank().teksten("oordeel.fout")).wait_for()
    assert page.locator(".oordeel").count() == 0


def test_the_closing_question_and_one_remark(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "wanneer moeten we ABA aanvragen?")
    _vraag_slotvraag(page)
    assert page.locator(".oordeel").count() == 0
    assert overtredingen(page) == []
    page.get_by_role("button", name="nee", exact=True).press("Enter")
    page.get_by_text(kennisbank().teksten("slotvraag.na.nee")).wait_for()
    assert page.evaluate("document.activeElement.matches('.bericht--assistent')")
    assert overtredingen(page) == []
    page.get_by_role("button", name="Verstuur opmerking").click()  # nothing written: the page asks for it
    assert page.evaluate("document.activeElement.id") == "slotopmerking"
    page.keyboard.type("het telefoonnummer ontbreekt")
    tab_naar(page, "Verstuur opmerking")
    page.keyboard.press("Enter")
    page.get_by_text(kennisbank().teksten("slotvraag.opmerking")).wait_for()
    assert page.locator(".opmerking").count() == 0


def test_the_closing_question_can_be_skipped_and_so_can_the_remark(pagina: NieuwePagina) -> None:
    page = pagina("/avondschool")
    vraag(page, "wat verandert er op 18?")
    _vraag_slotvraag(page)
    assert page.locator(".keuzes button").all_inner_texts() == ["ja", "nee", "overslaan"]
    page.get_by_role("button", name="overslaan").click()
    page.get_by_text(kennisbank().teksten("slotvraag.na.over")).wait_for()
    page = pagina()
    vraag(page, "wat verandert er op 18?")
    _vraag_slotvraag(page)
    page.get_by_role("button", name="een beetje").click()
    page.get_by_role("button", name="Sla over").click()
    assert page.locator(".opmerking").count() == 0
    assert page.evaluate("document.activeElement.id") == "tekst"


def test_the_closing_question_and_the_remark_work_without_scripts(pagina: NieuwePagina) -> None:
    page = pagina("/", java_script_enabled=False)
    for tekst in ("wanneer moeten we ABA aanvragen?", "dankjewel"):
        page.fill("#tekst", tekst)
        page.get_by_role("button", name="Verstuur", exact=True).click()
    page.get_by_role("button", name="een beetje").click()
    page.fill("#slotopmerking", "het telefoonnummer ontbreekt")
    page.get_by_role("button", name="Verstuur opmerking").click()
    page.get_by_text(kennisbank().teksten("slotvraag.opmerking")).wait_for()


def _vraag_slotvraag(page: Page) -> None:
    page.fill("#tekst", "dankjewel")
    page.keyboard.press("Enter")
    page.get_by_text(kennisbank().teksten("slotvraag.vraag")).wait_for()


def test_an_answer_has_its_receipt_source_and_mark(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "wanneer moeten we ABA aanvragen in Stadskanaal?")
    laatste = page.locator(".bericht--assistent").last
    assert laatste.locator("h2").inner_text().startswith("Wanneer vraag je de beoordeling")
    assert laatste.locator(".nl-data-badge").all_inner_texts() == ["Landelijk", "Lokaal: Stadskanaal"]
    assert laatste.locator(".bron").inner_text().startswith("Bron: Wet Wajong")
    assert re.fullmatch(r"aba-wanneer-aanvragen · \S+ · GM0037", laatste.locator(".bewijs code").inner_text())


@pytest.mark.parametrize("pad", ["/", "/avondschool", "/ingesloten"])
def test_a_picture_is_shown_and_fits(pagina: NieuwePagina, pad: str) -> None:
    page = pagina(pad, **{"viewport": _TELEFOON})
    vraag(page, "wat verandert er op 18?")
    beeld = page.locator("img.beeld")
    assert beeld.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") > 0
    plek = beeld.bounding_box()
    assert plek and plek["x"] + plek["width"] <= _TELEFOON["width"]


def test_in_a_crisis_the_numbers_can_be_dialled(pagina: NieuwePagina) -> None:
    page = pagina("/", **{"viewport": _TELEFOON})
    vraag(page, "ik wil niet meer leven")
    nummers = page.locator(".bericht--crisis a[href^='tel:']")
    assert {nummer.get_attribute("href") for nummer in nummers.all()} >= {"tel:112", "tel:113"}


@pytest.mark.parametrize("scherm", SCHERMEN)
@pytest.mark.parametrize("waar", WEB, ids=[naam for naam, _ in WEB])
def test_axe_finds_nothing_on_any_screen(pagina: NieuwePagina, waar: tuple[str, str], scherm: str) -> None:
    page = pagina(waar[1], **SCHERMEN[scherm])
    gevonden = {plek: overtredingen(page) for plek in WEB[waar](page)}
    assert len(gevonden) >= 3
    assert {plek: fouten for plek, fouten in gevonden.items() if fouten} == {}


def test_everything_can_be_done_with_the_keyboard_alone(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag_met_toetsen(page, "wanneer moeten we ABA aanvragen?")
    assert page.evaluate("document.activeElement.id") == "tekst"
    tab_naar(page, "eenvoudiger", terug=True)
    page.keyboard.press("Space")
    assert "Wat kun je nu doen?" in wacht_op_antwoord(page)
    assert page.evaluate("document.activeElement.matches('.bericht--assistent')")
    tab_naar(page, "Ja")
    page.keyboard.press("Enter")
    page.keyboard.type("fijn")
    tab_naar(page, "Verstuur opmerking")
    page.keyboard.press("Enter")
    page.get_by_text(kennisbank().teksten("oordeel.goed")).wait_for()
    assert page.evaluate("document.activeElement.matches('.bericht--assistent')")


@pytest.mark.parametrize("pad", ["/", "/avondschool", "/ingesloten"])
def test_at_400_percent_nothing_is_cut_off_or_hidden(pagina: NieuwePagina, pad: str) -> None:
    page = pagina(pad, viewport=_400_PROCENT)
    vraag(page, "wanneer moeten we ABA aanvragen in Stadskanaal?")
    page.get_by_role("button", name="Ja", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= _400_PROCENT["width"]
    for vak in page.locator("main button:visible, main textarea:visible, main select:visible").all():
        vak.focus()
        zichtbaar = vak.evaluate(
            """(e) => { const r = e.getBoundingClientRect();
            const balk = document.querySelector(".balk")?.getBoundingClientRect().top ?? innerHeight;
            return r.top < balk && r.bottom > 0 && r.left >= 0 && r.right <= innerWidth; }"""
        )
        assert zichtbaar, vak.evaluate("(e) => e.outerHTML")


@pytest.mark.parametrize("pad", ["/", "/avondschool"])
def test_targets_are_at_least_24_pixels(pagina: NieuwePagina, pad: str) -> None:
    page = pagina(pad, viewport=_TELEFOON)
    vraag(page, "wanneer moeten we ABA aanvragen?")
    te_klein = page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input:not([type=hidden])")]
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([naam]) => naam)"""
    )
    assert te_klein == []


def test_a_screen_reader_hears_who_speaks_and_that_work_goes_on(pagina: NieuwePagina) -> None:
    page = pagina()
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.get_by_role("log").get_attribute("aria-label") == "Gesprek"
    page.evaluate(
        """() => { window.gemeld = []; const bezig = document.getElementById("bezig");
        new MutationObserver(() => gemeld.push(bezig.textContent)).observe(bezig, { childList: true }); }"""
    )

    def traag(route: Route) -> None:
        antwoord = route.fetch()
        page.wait_for_timeout(600)
        route.fulfill(response=antwoord)

    page.route("**/webhooks/web/bericht", traag)
    assert vraag(page, "wat is een ABA?").startswith("Routewijzer:")
    assert page.evaluate("gemeld") == [kennisbank().teksten("web.bezig"), ""]


def test_a_quick_answer_has_no_show_of_work(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "hoi")  # the first answer of a server may take longer
    page.evaluate(
        """() => { window.gemeld = 0; new MutationObserver(() => { gemeld += 1; })
        .observe(document.getElementById("bezig"), { childList: true }); }"""
    )
    page.route(
        "**/webhooks/web/bericht", lambda route: route.fulfill(json={"html": "<p class=bericht>a</p>"})
    )
    page.fill("#tekst", "hoi")
    page.keyboard.press("Enter")
    page.locator("p.bericht").wait_for()
    assert page.evaluate("gemeld") == 0


def test_a_dropped_answer_is_fetched_again_and_not_made_again(pagina: NieuwePagina) -> None:
    page = pagina()
    keren: list[str] = []

    def valt_weg(route: Route) -> None:
        keren.append(str(route.request.post_data))
        if len(keren) == 1:
            route.fetch()  # the server answers, and the line breaks on the way back
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/webhooks/web/bericht", valt_weg)
    assert "Wajong" in vraag(page, "wanneer moeten we ABA aanvragen?")
    page.unroute("**/webhooks/web/bericht")
    assert len(keren) == 2 and keren[0] == keren[1]
    assert "1 regels in het vragenlogboek" in vraag(page, "/mijngegevens")


def test_without_a_connection_it_says_so_and_the_question_is_kept(pagina: NieuwePagina) -> None:
    page = pagina()
    page.context.set_offline(True)
    page.fill("#tekst", "wanneer moeten we ABA aanvragen?")
    page.keyboard.press("Enter")
    opnieuw = page.get_by_role("button", name="Verstuur opnieuw")
    opnieuw.wait_for()
    page.context.set_offline(False)
    opnieuw.click()
    assert "Wajong" in wacht_op_antwoord(page)
    assert opnieuw.count() == 0


def test_without_scripts_a_question_and_a_button_still_work(pagina: NieuwePagina) -> None:
    page = pagina("/", java_script_enabled=False)
    assert page.locator("noscript").is_visible()
    page.select_option("#doelgroep", "coach")
    page.fill("#tekst", "wat is een ABA?")
    page.click("text=Verstuur")
    assert page.input_value("#doelgroep") == "coach"
    assert page.locator(".bericht--assistent .bewijs code").inner_text().endswith("coach")
    page.get_by_role("button", name="eenvoudiger").click()
    assert page.locator(".bericht--assistent .bewijs code").inner_text().endswith("oud-leerling")


def test_nothing_is_remembered_unless_the_visitor_says_so(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "wie kan mij helpen in Stadskanaal?")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_label("Onthoud mijn gemeente").check()
    page.reload()
    assert page.inner_text("#gemeente") == "Stadskanaal"
    assert "Lokaal: Stadskanaal" in vraag(page, "wat verandert er op 18?")
    page.get_by_label("Onthoud mijn gemeente").uncheck()
    page.reload()
    assert page.inner_text("#gemeente") == kennisbank().teksten("web.gemeente_geen")
    assert page.evaluate("localStorage.length") == 0


def test_the_doelgroep_can_be_chosen_before_the_first_question_and_changed_later(
    pagina: NieuwePagina,
) -> None:
    page = pagina()
    page.select_option("#doelgroep", "oud-leerling")
    assert "oud-leerling" in vraag(page, "wat verandert er op 18?")
    page.select_option("#doelgroep", "coach")
    wacht_op_antwoord(page)
    assert "· coach" in vraag(page, "wanneer moeten we ABA aanvragen?")


def test_two_tabs_are_two_conversations(pagina: NieuwePagina) -> None:
    een = pagina()
    vraag(een, "wanneer moeten we ABA aanvragen?")
    ander = een.context.new_page()
    ander.goto(een.url)
    assert "Stel eerst een vraag" in vraag(ander, "kan dat simpeler")
    assert "Wat kun je nu doen?" in vraag(een, "kan dat simpeler")


def test_wiping_a_conversation_gives_a_receipt_and_leaves_nothing(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "wanneer moeten we ABA aanvragen?")
    page.get_by_role("button", name="Wis het gesprek").click()
    page.get_by_text("Alles van dit gesprek is gewist").wait_for()
    assert page.locator(".bericht--mij").count() == 0
    assert "Stel eerst een vraag" in vraag(page, "kan dat simpeler")


def test_the_first_load_is_small_and_all_our_own(pagina: NieuwePagina, adres: str) -> None:
    page = pagina("/gezond")
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    gewicht: list[float] = []
    client.on("Network.loadingFinished", lambda bericht: gewicht.append(bericht["encodedDataLength"]))
    page.goto(f"{adres}/", wait_until="networkidle")
    assert len(gewicht) >= 5
    assert sum(gewicht) < MAX_EERSTE_KEER


def test_on_paper_only_the_conversation_is_left(pagina: NieuwePagina) -> None:
    page = pagina()
    vraag(page, "wanneer moeten we ABA aanvragen?")
    page.emulate_media(media="print")
    for weg in ("#formulier", ".voorkeuren", ".oordeel", ".keuzes"):
        assert not page.locator(weg).first.is_visible(), weg
    assert page.locator(".bericht--assistent .bewijs").is_visible()
