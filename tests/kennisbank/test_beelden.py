"""The pictures: each is built, says the same in words, and can be read on a phone and in greyscale."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from bot.settings import PROJECT_MAP
from kennisbank.checks import controleer
from kennisbank.meldingen import Ernst
from kennisbank.pictures.build import BEELDEN_MAP, te_tekenen
from kennisbank.pictures.model import Blad, zonder_streepje
from kennisbank.pictures.plates import Plaat, platen
from kennisbank.pictures.region import Regio
from kennisbank.pictures.sheet import BREEDTE, SCHERPTE, Tekstvak
from kennisbank.reader import KENNISBANK_MAP, read_inhoud, validate_record
from kennisbank.store import Kennisbank

Drukproef = dict[str, list[Tekstvak]]

KLEINSTE_CONTRAST = 4.5
"""WCAG 2.2 AA, for text of ordinary size."""
KLEINSTE_LETTER = 10.0
"""Pixels on a screen of 360 wide."""
_VRAAG_VAKKEN = """
import json, sys
from dataclasses import astuple
from datetime import date
from kennisbank.current import kennisbank
from kennisbank.pictures.drawing import leg_uit
from kennisbank.pictures.plates import platen
kb = kennisbank()
gekozen = json.loads(sys.argv[1])
velden = {
    plaat.naam: leg_uit(plaat, kb.teksten).tekstvakken
    for plaat in platen(kb, date.today())
    if plaat.naam in gekozen
}
print(json.dumps({naam: [astuple(vak) for vak in vakken] for naam, vakken in velden.items()}))
"""
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drukproef(kb: Kennisbank) -> Drukproef:
    """Where each line of text stands; asked of another process, since this one has no plotting library."""
    gekozen = json.dumps([plaat.naam for plaat in _een_per_regio(kb)])
    uit = subprocess.run(
        [sys.executable, "-c", _VRAAG_VAKKEN, gekozen],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT_MAP,
    )
    return {naam: [Tekstvak(*vak) for vak in vakken] for naam, vakken in json.loads(uit.stdout).items()}


def _alle(kb: Kennisbank) -> list[Plaat]:
    return list(platen(kb, date.today()))


def _een_per_regio(kb: Kennisbank) -> list[Plaat]:
    """Every picture, but of each region only the one with its longest name marked: that takes most room."""
    langste: dict[str, Plaat] = {}
    for plaat in sorted(_alle(kb), key=lambda plaat: len(plaat.gemeente or "")):
        langste[plaat.onderwerp.code if isinstance(plaat.onderwerp, Regio) else plaat.naam] = plaat
    return list(langste.values())


def test_every_picture_is_built_as_svg_and_png(kb: Kennisbank) -> None:
    for plaat in _alle(kb):
        with Image.open(BEELDEN_MAP / f"{plaat.naam}.png") as beeld:
            assert beeld.width == BREEDTE * SCHERPTE
        wortel = ET.parse(BEELDEN_MAP / f"{plaat.naam}.svg").getroot()
        assert wortel.tag == f"{_SVG}svg"
        assert wortel.findall(f".//{_SVG}text") == [], "letters zijn paden, dus overal hetzelfde"


def test_there_is_an_age_line_for_every_age_and_a_scheme_for_every_gemeente(kb: Kennisbank) -> None:
    namen = {plaat.naam for plaat in _alle(kb)}
    assert {f"leeftijdslijn-{leeftijd}" for leeftijd in range(16, 28)} <= namen
    assert {"leeftijdslijn", "roadmap-pro-vso", "roadmap-entree", "wie-doet-wat"} <= namen
    schemas = {f"regio-{gemeente.code.lower()}" for gemeente in kb.gemeenten_op(date.today())}
    assert len(namen) == 13 + 3 + len(schemas)
    assert schemas <= namen


def test_what_is_drawn_is_also_said_in_words(kb: Kennisbank) -> None:
    for plaat in _alle(kb):
        woorden = plaat.alternatief
        onderwerp = plaat.onderwerp
        if isinstance(onderwerp, Regio):
            verwacht = [naam for groep in onderwerp.groepen for naam in groep.gemeenten]
            verwacht.append(kb.teksten("beeld.regio_eigen_woorden", gemeente=plaat.gemeente))
        else:
            verwacht = [zonder_streepje(punt.tekst) for punt in onderwerp.punten()]
        assert [tekst for tekst in verwacht if tekst not in woorden] == [], plaat.naam
        if plaat.leeftijd is not None:
            assert f"{plaat.leeftijd} jaar" in woorden
        assert plaat.alternatief in (BEELDEN_MAP / f"{plaat.naam}.svg").read_text(encoding="utf-8").replace(
            "&quot;", '"'
        )
        with Image.open(BEELDEN_MAP / f"{plaat.naam}.png") as beeld:
            assert beeld.info["Description"] == plaat.alternatief


def test_no_text_runs_off_the_sheet_or_over_another(drukproef: Drukproef) -> None:
    for naam, vel in drukproef.items():
        for vak in vel:
            assert 0 <= vak.links < vak.rechts <= BREEDTE, (naam, vak)
            assert 0 <= vak.boven < vak.onder <= _hoogte(naam), (naam, vak)
        over_elkaar = [(een.tekst, ander.tekst) for een, ander in combinations(vel, 2) if _raakt(een, ander)]
        assert over_elkaar == [], naam


def test_every_text_stands_out_in_greyscale_on_the_real_picture(drukproef: Drukproef) -> None:
    for naam, vel in drukproef.items():
        with Image.open(BEELDEN_MAP / f"{naam}.png") as beeld:
            grijs = beeld.convert("L")
        for vak in vel:
            links, boven, rechts, onder = (
                round(maat * SCHERPTE) for maat in (vak.links, vak.boven, vak.rechts, vak.onder)
            )
            tinten = sorted(grijs.crop((links, boven, rechts, onder)).tobytes())
            achtergrond = max(set(tinten), key=tinten.count)
            donker, licht = tinten[len(tinten) // 50], tinten[-len(tinten) // 50]
            inkt = donker if achtergrond - donker > licht - achtergrond else licht
            assert _contrast(inkt, achtergrond) >= KLEINSTE_CONTRAST, (naam, vak.tekst)
            assert vak.onder - vak.boven >= KLEINSTE_LETTER, (naam, vak.tekst)


def test_the_own_age_is_marked_by_more_than_colour(kb: Kennisbank, drukproef: Drukproef) -> None:
    merk = kb.teksten("beeld.nu")
    for leeftijd in range(16, 28):
        assert merk in [vak.tekst for vak in drukproef[f"leeftijdslijn-{leeftijd}"]]
    assert merk not in [vak.tekst for vak in drukproef["leeftijdslijn"]]


def test_the_gemeente_asked_about_is_marked_by_more_than_colour(kb: Kennisbank, drukproef: Drukproef) -> None:
    for plaat in _een_per_regio(kb):
        if plaat.gemeente:
            # The sign stands in the key above and at the gemeente, which has a thick edge too.
            gemerkt = [vak.tekst for vak in drukproef[plaat.naam] if vak.tekst.startswith("▸ ")]
            assert len(gemerkt) == 2, plaat.naam
            assert all(plaat.gemeente in tekst for tekst in gemerkt)


def test_only_what_changed_is_drawn_again(kb: Kennisbank, tmp_path: Path) -> None:
    map_ = tmp_path / "beelden"
    shutil.copytree(BEELDEN_MAP, map_)
    assert te_tekenen(kb, date.today(), map_) == []
    (map_ / "roadmap-entree.png").unlink()
    assert [plaat.naam for plaat in te_tekenen(kb, date.today(), map_)] == ["roadmap-entree"]
    blad = kb.beelden["roadmap-pro-vso"].copy(update={"titel": "Anders"})
    veranderd = replace(kb, beelden={**kb.beelden, "roadmap-pro-vso": blad})
    namen = [plaat.naam for plaat in te_tekenen(veranderd, date.today(), map_)]
    assert namen == ["roadmap-entree", "roadmap-pro-vso"]


@pytest.mark.parametrize(
    ("oud", "nieuw", "klacht"),
    [
        ("Rond april: werkgerelateerde activiteiten", "Rond mei: niets", "rust op woorden die niet (meer)"),
        ("artikel: roadmap-entree", "artikel: bestaat-niet", "bestaat niet of geldt nu niet"),
        ("Oefenen voor werk", "Je krijgt € 100", "staat het bedrag"),
        ("bij: [roadmap-entree", "bij: [roadmap-pro-vso", "heeft al een beeld"),
    ],
)
def test_a_picture_that_says_more_than_its_articles_stops_the_build(
    tmp_path: Path, oud: str, nieuw: str, klacht: str
) -> None:
    bestand = KENNISBANK_MAP / "beelden" / "roadmap-entree.yml"
    veranderd = tmp_path / "roadmap-entree.yml"
    tekst = bestand.read_text(encoding="utf-8")
    assert oud in tekst
    veranderd.write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    inhoud = read_inhoud()
    del inhoud.beelden["roadmap-entree"]
    inhoud.beelden["roadmap-entree"] = validate_record(Blad, veranderd).__root__
    fouten = [melding for melding in controleer(inhoud, date.today()) if melding.ernst is Ernst.FOUT]
    assert [melding for melding in fouten if klacht in melding.tekst] != []


def _hoogte(naam: str) -> float:
    with Image.open(BEELDEN_MAP / f"{naam}.png") as beeld:
        return beeld.height / SCHERPTE


def _raakt(een: Tekstvak, ander: Tekstvak) -> bool:
    naast = een.links < ander.rechts and ander.links < een.rechts
    return naast and een.boven < ander.onder and ander.boven < een.onder


def _contrast(een: int, ander: int) -> float:
    """The contrast of WCAG between two greys."""

    def licht(tint: int) -> float:
        deel = tint / 255
        return float(deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4)

    hoog, laag = sorted((licht(een), licht(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)
