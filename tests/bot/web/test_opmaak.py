"""An answer as HTML: nothing that somebody typed or wrote becomes markup of its own."""

from __future__ import annotations

import importlib.util
import re

import pytest

from bot.bericht import Bericht, Keuze
from bot.kanalen.web.opmaak import Opmaak, als_html, lees_bestanden
from bot.settings import PROJECT_MAP
from kennisbank.answer import Beeld, Blok, Deel
from kennisbank.store import Kennisbank

GEMEEN = "<script>alert(1)</script> <img src=x onerror=y> \" ' [a](javascript:alert(1))"


def _geef(bericht: Bericht, eenvoudig: bool = False) -> str:
    return Opmaak(lees_bestanden()).berichten([bericht], oordeel=True, eenvoudig=eenvoudig)


def test_markup_in_a_text_is_shown_and_not_obeyed(kb: Kennisbank) -> None:
    blokken = tuple(Blok(GEMEEN, deel) for deel in Deel)
    html = _geef(Bericht(blokken, (Keuze(GEMEEN, GEMEEN),), Beeld("x", GEMEEN)))
    assert "<script" not in html and "<img src=x" not in html
    assert 'href="javascript' not in html
    assert re.findall(r"<img [^>]*>", html) == [
        '<img class="beeld" src="/webhooks/web/beelden/x.svg" alt="&lt;script&gt;alert(1)&lt;/script&gt; '
        '&lt;img src=x onerror=y&gt; &#34; &#39; [a](javascript:alert(1))">'
    ]


@pytest.mark.parametrize(
    ("tekst", "adres"),
    [
        ("zie digid.nl.", "https://digid.nl"),
        ("https://wetten.overheid.nl/X/", "https://wetten.overheid.nl/X/"),
    ],
)
def test_addresses_can_be_followed_beside_the_conversation(tekst: str, adres: str) -> None:
    html = als_html(Blok(tekst))
    assert f'href="{adres}"' in html and 'target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    ("tekst", "nummers"),
    [
        ("**Bel 113** (of 0800-0113), of chat op 113.nl", ["113", "08000113"]),
        ("Veilig Thuis 0800-2000", ["08002000"]),
        ("art. 112a en 2112 en 113-1", []),
    ],
)
def test_in_a_crisis_only_telephone_numbers_are_dialled(tekst: str, nummers: list[str]) -> None:
    assert re.findall(r'href="tel:(\d+)"', als_html(Blok(tekst), crisis=True)) == nummers
    assert "tel:" not in als_html(Blok(tekst))


def test_the_evening_school_has_no_way_to_a_harder_text(kb: Kennisbank) -> None:
    bericht = Bericht((Blok("x"),), (Keuze("meer uitleg", "/meer_uitleg"), Keuze("anders", "/kennisvraag")))
    assert "meer uitleg" in _geef(bericht)
    assert "meer uitleg" not in _geef(bericht, eenvoudig=True)
    assert "anders" in _geef(bericht, eenvoudig=True)


def test_the_components_are_those_of_nl_design_system() -> None:
    spec = importlib.util.spec_from_file_location("build_web", PROJECT_MAP / "scripts" / "build_web.py")
    assert spec and spec.loader
    bouw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bouw)
    if not bouw.PAKKETTEN.is_dir():
        pytest.skip("de pakketten van npm zijn er niet; 'make counterparts' installeert ze")
    assert bouw.BUNDEL.read_text(encoding="utf-8") == bouw.bundel()


def test_every_component_class_and_token_that_the_page_uses_exists() -> None:
    map_ = PROJECT_MAP / "bot" / "kanalen" / "web"
    bundel = (map_ / "bestanden" / "nlds.css").read_text(encoding="utf-8")
    thema = (map_ / "bestanden" / "thema.css").read_text(encoding="utf-8")
    pagina = "".join(pad.read_text(encoding="utf-8") for pad in (map_ / "sjablonen").glob("*.html"))
    klassen = set(
        re.findall(r"\b(?:nl|utrecht)-[a-z0-9_-]+", " ".join(re.findall(r'class="([^"]+)"', pagina)))
    )
    assert {klasse for klasse in klassen if f".{klasse}" not in bundel} == set()
    tokens = set(re.findall(r"(--(?:nl|utrecht)-[a-z0-9-]+):", thema))
    assert {token for token in tokens if f"var({token}" not in bundel} == set()
