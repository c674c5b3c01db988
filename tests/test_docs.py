"""The documents keep up with the product: every command, setting and article field is in them."""

from __future__ import annotations

import re
import subprocess

from bot.cli import parser
from bot.settings import PROJECT_MAP
from kennisbank.model import Artikel

DOCS = PROJECT_MAP / "docs"


def test_every_command_is_in_the_readme() -> None:
    readme = (PROJECT_MAP / "README.md").read_text(encoding="utf-8")
    acties = next(actie for actie in parser()._actions if actie.choices)
    assert [
        naam for naam in acties.choices or () if f"`{naam}" not in readme and f" {naam} " not in readme
    ] == []


def test_every_setting_is_documented_and_exists() -> None:
    gebruikt = set()
    for map_ in ("bot", "actions", "kennisbank", "scripts"):
        for bestand in (PROJECT_MAP / map_).rglob("*.py"):
            gebruikt |= set(re.findall(r"ROUTEWIJZER_[A-Z_]+", bestand.read_text(encoding="utf-8")))
    beschreven = set(
        re.findall(r"ROUTEWIJZER_[A-Z_]+", (DOCS / "instellingen.md").read_text(encoding="utf-8"))
    )
    assert gebruikt == beschreven


def test_every_field_of_an_article_is_in_the_guide_for_editors() -> None:
    gids = (DOCS / "handleiding" / "redacteuren.md").read_text(encoding="utf-8")
    intern = {"thema", "teksten", "per_leeftijd", "wijzigingen"}
    assert [veld for veld in Artikel.__fields__ if veld not in intern and f"`{veld}`" not in gids] == []


def test_every_picture_in_a_document_is_there_and_every_picture_is_in_a_document() -> None:
    getoond = {
        (bestand.parent / plaatje).resolve()
        for bestand in DOCS.rglob("*.md")
        for plaatje in re.findall(r"(?:\]\(|src=\")([^)\"]+\.png)", bestand.read_text(encoding="utf-8"))
    }
    assert getoond == set(DOCS.rglob("*.png"))


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    patroon = "|".join(
        ("py" + r"pi\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "/ho" + "me/", "/ro" + "ot/")
    )
    uit = subprocess.run(
        ["git", "grep", "-nIE", patroon], capture_output=True, text=True, cwd=PROJECT_MAP, check=False
    )
    assert uit.stdout == ""
