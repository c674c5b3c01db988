"""Packs the app that is uploaded in Teams: the manifest with this organisation's values, and two icons.

Run with `make teams-app`. What is missing is said; nothing is filled in by guess.
"""

from __future__ import annotations

import json
import sys
import zipfile
from io import BytesIO
from string import Template
from urllib.parse import urlsplit
from uuid import UUID

from PIL import Image, ImageDraw

from bot.settings import PROJECT_MAP, instelling

BRON = PROJECT_MAP / "app" / "manifest.json"
DOEL = PROJECT_MAP / "build" / "routewijzer-teams.zip"
APP_ID = "ROUTEWIJZER_TEAMS_APP_ID"
VERSIE = "1.0.0"
BLAUW, WIT = (21, 66, 115, 255), (255, 255, 255, 255)
_VERGROOT = 8
"""The icons are drawn this much larger and then made smaller, which makes the edges smooth."""


class Onvolledig(Exception):
    """A value for the manifest is missing or cannot be used."""


def main() -> None:
    """Writes the package and says where it is."""
    try:
        inhoud = pakket(waarden())
    except Onvolledig as error:
        sys.exit(str(error))
    DOEL.parent.mkdir(exist_ok=True)
    DOEL.write_bytes(inhoud)
    print(f"Klaar: {DOEL.relative_to(PROJECT_MAP)}. Upload dit bestand in Teams (zie docs/beheer/teams.md).")


def waarden() -> dict[str, str]:
    """What the placeholders of the manifest stand for, from the settings.

    Raises:
        Onvolledig: one is missing or cannot be used.
    """
    gevonden = {
        "APP_ID": _lees(APP_ID),
        "ORGANISATIE": _lees("ROUTEWIJZER_ORGANISATIE"),
        "WEBADRES": _lees("ROUTEWIJZER_WEB_ADRES"),
        "PRIVACY_URL": _lees("ROUTEWIJZER_PRIVACY_URL"),
        "VOORWAARDEN_URL": _lees("ROUTEWIJZER_VOORWAARDEN_URL"),
        "VERSIE": VERSIE,
    }
    try:
        UUID(gevonden["APP_ID"])
    except ValueError as error:
        raise Onvolledig(f"{APP_ID} is geen id van Microsoft.") from error
    for naam, waarde in gevonden.items():
        if naam.endswith(("_URL", "ADRES")) and urlsplit(waarde).scheme != "https":
            raise Onvolledig(f"ROUTEWIJZER_{naam.replace('WEBADRES', 'WEB_ADRES')} moet met https beginnen.")
    return gevonden


def pakket(ingevuld: dict[str, str]) -> bytes:
    """The zip: manifest and icons, the same bytes for the same values."""
    # Filled in value by value, so that no value can break the JSON.
    manifest = _vul_in(json.loads(BRON.read_text(encoding="utf-8")), ingevuld)
    bestanden = {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2).encode(),
        "color.png": _png(icoon(192, BLAUW)),
        "outline.png": _png(icoon(32, None)),
    }
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in bestanden.items():
            zip_.writestr(zipfile.ZipInfo(naam), inhoud)
    return uit.getvalue()


def icoon(maat: int, achtergrond: tuple[int, int, int, int] | None) -> Image.Image:
    """A signpost: a pole and two boards that point apart. White, on a colour or on nothing."""
    groot = maat * _VERGROOT
    beeld = Image.new("RGBA", (groot, groot), achtergrond or (255, 255, 255, 0))
    teken = ImageDraw.Draw(beeld)

    def vlak(*punten: tuple[float, float]) -> None:
        teken.polygon([(x * groot, y * groot) for x, y in punten], fill=WIT)

    vlak((0.47, 0.14), (0.53, 0.14), (0.53, 0.88), (0.47, 0.88))
    vlak((0.24, 0.22), (0.70, 0.22), (0.82, 0.31), (0.70, 0.40), (0.24, 0.40))
    vlak((0.76, 0.46), (0.30, 0.46), (0.18, 0.55), (0.30, 0.64), (0.76, 0.64))
    return beeld.resize((maat, maat), Image.Resampling.LANCZOS)


def _lees(naam: str) -> str:
    waarde = instelling(naam)
    if not waarde:
        raise Onvolledig(f"{naam} is niet ingesteld; het komt in het manifest van de app te staan.")
    return waarde


def _vul_in(deel: object, ingevuld: dict[str, str]) -> object:
    if isinstance(deel, dict):
        return {
            naam: waarde if naam == "$schema" else _vul_in(waarde, ingevuld) for naam, waarde in deel.items()
        }
    if isinstance(deel, list):
        return [_vul_in(stuk, ingevuld) for stuk in deel]
    return Template(deel).substitute(ingevuld) if isinstance(deel, str) else deel


def _png(beeld: Image.Image) -> bytes:
    uit = BytesIO()
    beeld.save(uit, "PNG", optimize=True)
    return uit.getvalue()


if __name__ == "__main__":
    main()
