"""The package that is uploaded in Teams: complete, and with nothing made up."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from scripts.teams_app import BLAUW, Onvolledig, pakket, waarden

INSTELLINGEN = {
    "ROUTEWIJZER_TEAMS_APP_ID": "5b1a3c7e-0d4f-4a86-9f3e-2c7d8e9f0a1b",
    "ROUTEWIJZER_ORGANISATIE": 'School "De Brug"',
    "ROUTEWIJZER_WEB_ADRES": "https://routewijzer.example",
    "ROUTEWIJZER_PRIVACY_URL": "https://routewijzer.example/privacy",
    "ROUTEWIJZER_VOORWAARDEN_URL": "https://routewijzer.example/voorwaarden",
}


@pytest.fixture
def ingesteld(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for naam, waarde in INSTELLINGEN.items():
        monkeypatch.setenv(naam, waarde)
    return monkeypatch


def test_the_package_holds_a_filled_in_manifest_and_two_icons(ingesteld: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(BytesIO(pakket(waarden()))) as zip_:
        assert sorted(zip_.namelist()) == ["color.png", "manifest.json", "outline.png"]
        ruw = zip_.read("manifest.json").decode()
        kleur, omtrek = (Image.open(zip_.open(naam)) for naam in ("color.png", "outline.png"))
        assert (kleur.size, omtrek.size) == ((192, 192), (32, 32))
        assert kleur.getpixel((0, 0)) == BLAUW
        # Teams wants the outline in white on nothing.
        punten = np.asarray(omtrek).reshape(-1, 4)
        assert (punten[punten[:, 3] > 0][:, :3] == 255).all()
        assert 0 < (punten[:, 3] > 0).mean() < 0.5
    manifest = json.loads(ruw)
    assert "${" not in ruw
    assert manifest["id"] == manifest["bots"][0]["botId"] == INSTELLINGEN["ROUTEWIJZER_TEAMS_APP_ID"]
    assert manifest["developer"]["name"] == 'School "De Brug"'
    assert manifest["$schema"].split("/")[-2] == f"v{manifest['manifestVersion']}"
    assert set(manifest["bots"][0]["scopes"]) == {"personal", "groupChat", "team"}


def test_texts_keep_within_the_limits_of_teams(ingesteld: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(BytesIO(pakket(waarden()))) as zip_:
        manifest = json.loads(zip_.read("manifest.json"))
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    for opdracht in manifest["bots"][0]["commandLists"][0]["commands"]:
        assert len(opdracht["title"]) <= 32
        assert len(opdracht["description"]) <= 128


@pytest.mark.parametrize("naam", INSTELLINGEN)
def test_what_is_missing_is_named(ingesteld: pytest.MonkeyPatch, naam: str) -> None:
    ingesteld.delenv(naam)
    with pytest.raises(Onvolledig, match=naam):
        waarden()


@pytest.mark.parametrize("naam", [naam for naam in INSTELLINGEN if naam.endswith(("_ID", "_URL", "_ADRES"))])
def test_what_cannot_be_used_is_named(ingesteld: pytest.MonkeyPatch, naam: str) -> None:
    ingesteld.setenv(naam, "http://routewijzer.example")
    with pytest.raises(Onvolledig, match=naam):
        waarden()
