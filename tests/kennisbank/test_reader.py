"""A broken article file is told with file, line and what to do; the build stops and loses nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kennisbank.checks import controleer
from kennisbank.meldingen import Ernst, InhoudFout
from kennisbank.reader import KENNISBANK_MAP, read_artikel, read_inhoud

VOORBEELD = KENNISBANK_MAP / "artikelen" / "arbeidsvermogen" / "aba-wanneer-aanvragen.md"


@pytest.fixture
def artikel(tmp_path: Path) -> Path:
    pad = tmp_path / "arbeidsvermogen" / VOORBEELD.name
    pad.parent.mkdir()
    shutil.copy(VOORBEELD, pad)
    return pad


def _fouten(pad: Path) -> str:
    with pytest.raises(InhoudFout) as fout:
        read_artikel(pad)
    return str(fout.value)


def _vervang(pad: Path, oud: str, nieuw: str) -> None:
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw), encoding="utf-8")


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ("zekerheid: laag", "zekerheid: zeker", "zekerheid: kies uit hoog, middel, laag"),
        ("geldig_vanaf: 2026-01-01", "geldig_vanaf: gisteren", "geldig_vanaf: dit is geen datum"),
        ("zekerheid: laag", "zekerhied: laag", "zekerhied: dit veld bestaat niet"),
        ("## Coach", "## Kootsch", "onbekende tussenkop '## Kootsch'"),
        ("## Eenvoudig", "Eenvoudig", "de tekst '## Eenvoudig' ontbreekt"),
        ("id: aba-wanneer-aanvragen", "id: iets-anders", "niet gelijk aan de bestandsnaam"),
        ("lokaal: nee", "lokaal: [nee", "dit is geen goede YAML"),
        ("lokaal: nee", "lokaal: nee\nlokaal: ja", "staat er twee keer"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(artikel: Path, oud: str, nieuw: str, verwacht: str) -> None:
    _vervang(artikel, oud, nieuw)
    assert verwacht in _fouten(artikel)


def test_the_line_of_the_mistake_is_named(artikel: Path) -> None:
    _vervang(artikel, "zekerheid: laag", "zekerheid: zeker")
    regel = artikel.read_text(encoding="utf-8").splitlines().index("zekerheid: zeker") + 1
    assert f"{artikel}:{regel}: fout:" in _fouten(artikel)


def test_an_article_round_trips_through_the_reader(artikel: Path) -> None:
    gelezen = read_artikel(artikel)
    assert gelezen.dekt(date(2026, 1, 1))
    assert not gelezen.dekt(date(2025, 12, 31))
    assert gelezen.leeftijdsdeel(21)
    assert gelezen.leeftijdsdeel(16) is None


def _kopie(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KENNISBANK_MAP, tmp_path / "kennisbank"))


def test_all_malformed_files_are_told_at_once(tmp_path: Path) -> None:
    map_ = _kopie(tmp_path)
    for naam in ("arbeidsvermogen/aba-wat-is-het.md", "wajong/wajong-wie.md"):
        _vervang(map_ / "artikelen" / naam, "lokaal: ", "lokaal: misschien # ")
    with pytest.raises(InhoudFout) as fout:
        read_inhoud(map_)
    assert {Path(melding.bestand).name for melding in fout.value.meldingen} == {
        "aba-wat-is-het.md",
        "wajong-wie.md",
    }


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ("bron: wet-wajong,", "bron: wet-wajnog,", "onbekende bron 'wet-wajnog'"),
        ("verwant: [", "verwant: [bestaat-niet, ", "verwant artikel 'bestaat-niet' bestaat niet"),
        ("## Coach\n", "## Coach\nDat kost 250 euro.\n", "staat het bedrag '250 euro'"),
        ("## Coach\n", '## Coach\n{{ bedrag("gokje") }}\n', "bedrag 'gokje' staat niet in bedragen.yml"),
        ("gecontroleerd_op: 2026-11-22", "gecontroleerd_op: 2030-01-01", "ligt in de toekomst"),
    ],
)
def test_the_checker_finds_what_the_shape_does_not_show(
    tmp_path: Path, oud: str, nieuw: str, verwacht: str
) -> None:
    map_ = _kopie(tmp_path)
    _vervang(map_ / "artikelen" / "arbeidsvermogen" / VOORBEELD.name, oud, nieuw)
    meldingen = controleer(read_inhoud(map_), date(2026, 11, 22))
    assert any(verwacht in m.tekst and m.ernst is Ernst.FOUT for m in meldingen)


def test_an_overdue_review_is_work_for_an_editor_and_no_error() -> None:
    meldingen = controleer(read_inhoud(), date(2031, 1, 1))
    verlopen = [m for m in meldingen if "gecontroleerd moeten worden" in m.tekst]
    assert len(verlopen) == len(read_inhoud().artikelen)
    assert all(m.ernst is Ernst.LET_OP for m in verlopen)
