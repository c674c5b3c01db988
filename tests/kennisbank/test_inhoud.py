"""The content as a whole: complete, sourced, readable, and independent of the chat engine."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

from kennisbank.checks import controleer
from kennisbank.meldingen import Ernst
from kennisbank.model import Doelgroep
from kennisbank.readability import MAX_WOORDEN_PER_ZIN, leesniveau
from kennisbank.reader import KENNISBANK_MAP, read_inhoud

INHOUD = read_inhoud()


def test_the_content_has_no_errors() -> None:
    fouten = [str(m) for m in controleer(INHOUD, date(2026, 11, 22)) if m.ernst is Ernst.FOUT]
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


def test_no_text_holds_a_link_of_its_own() -> None:
    met_link = [a.id for a in INHOUD.artikelen if re.search(r"https?://|www\.", " ".join(a.teksten.values()))]
    assert met_link == []


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
