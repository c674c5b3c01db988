"""The content as a whole: complete, sourced, readable, and independent of the chat engine."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kennisbank.answer import Schrijver
from kennisbank.checks import controleer
from kennisbank.glossary import Begrippenlijst
from kennisbank.meldingen import Ernst
from kennisbank.model import Doelgroep
from kennisbank.overlap import Brontekst, read_bronteksten
from kennisbank.readability import MAX_WOORDEN_PER_ZIN, leesniveau
from kennisbank.reader import KENNISBANK_MAP, read_inhoud
from kennisbank.store import Kennisbank

INHOUD = read_inhoud()
VANDAAG = date(2026, 11, 22)


def test_the_content_has_no_errors() -> None:
    fouten = [str(m) for m in controleer(INHOUD, VANDAAG) if m.ernst is Ernst.FOUT]
    assert fouten == []


def test_every_theme_has_articles_and_every_article_enough_questions() -> None:
    assert len(INHOUD.ids()) >= 111
    assert all(len(artikel.alle_vragen()) >= 20 for artikel in INHOUD.artikelen)
    assert all(artikel.vragen[doelgroep] for artikel in INHOUD.artikelen for doelgroep in Doelgroep)


def test_plain_texts_keep_sentences_short() -> None:
    te_lang = {
        artikel.id: niveau.woorden_per_zin
        for artikel in INHOUD.artikelen
        if (niveau := leesniveau(artikel.teksten[Doelgroep.OUD_LEERLING])).woorden_per_zin
        > MAX_WOORDEN_PER_ZIN
    }
    assert te_lang == {}


def test_plain_texts_end_with_what_to_do_now() -> None:
    zonder = [
        a.id for a in INHOUD.artikelen if "Wat kun je nu doen?" not in a.teksten[Doelgroep.OUD_LEERLING]
    ]
    assert zonder == []


def test_nothing_is_copied_from_the_source_documents(onderzoek: Path) -> None:
    bronteksten = read_bronteksten(onderzoek / "bronnen")
    assert len(bronteksten) == 5
    gekopieerd = [str(m) for m in controleer(INHOUD, VANDAAG, bronteksten) if "letterlijk uit" in m.tekst]
    assert gekopieerd == []


def test_a_copied_sentence_is_found() -> None:
    bron = Brontekst(
        "bron.txt", "De leerling vraagt samen met school de beoordeling aan, in het laatste schooljaar."
    )
    assert bron.gedeeld("Let op: de leerling vraagt, samen met school, de beoordeling aan in mei.") == [
        "de leerling vraagt samen met school de beoordeling aan in"
    ]
    assert bron.gedeeld("De leerling vraagt samen met school iets anders aan.") == []


def test_every_address_was_found_by_research(onderzoek: Path) -> None:
    gevonden = "".join(
        pad.read_text(encoding="utf-8")
        for pad in onderzoek.rglob("*")
        if pad.suffix in (".yaml", ".txt", ".yml", ".md")
    )
    gevonden = re.sub(r"\s+", "", gevonden)
    adressen = [bron.url.split("//", 1)[1] for bron in INHOUD.bronnen.values() if bron.url]
    assert len(adressen) > 100
    assert [adres for adres in adressen if adres not in gevonden] == []


def test_every_term_is_found_by_its_own_name() -> None:
    lijst = Begrippenlijst(INHOUD.begrippen)
    assert len(INHOUD.begrippen) >= 80
    mis = [k for k, begrip in INHOUD.begrippen.items() if lijst.zoek(f"Wat betekent {begrip.term}?") != k]
    assert mis == []


@pytest.mark.parametrize("jaar", [2020, 2031])
def test_a_year_without_data_gets_a_refusal_and_no_amount(kb: Kennisbank, jaar: int) -> None:
    dag, schrijf = date(jaar, 6, 1), Schrijver(kb)
    for id_ in kb.artikelen:
        artikel = kb.artikel(id_, dag)
        if artikel is not None:
            tekst = "".join(schrijf.artikel(artikel, doelgroep, dag).tekst for doelgroep in Doelgroep)
            assert "€" not in tekst, id_


def test_the_kennisbank_imports_no_engine_and_no_other_room() -> None:
    code = (
        "import sys, kennisbank.current, kennisbank.checks, kennisbank.search.space, kennisbank.glossary;"
        "print([m for m in sys.modules if m.split('.')[0] in ('rasa', 'rasa_sdk', 'bot', 'actions')])"
    )
    uit = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=KENNISBANK_MAP.parent,
    )
    assert uit.stdout.strip() == "[]"
