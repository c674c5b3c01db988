"""The list of threats keeps up with the tests, and the audit's exceptions with what is loaded."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from bot.settings import PROJECT_MAP

LIJST = (PROJECT_MAP / "docs" / "veiligheid.md").read_text(encoding="utf-8")
UITZONDERINGEN: list[dict[str, Any]] = yaml.safe_load(
    (PROJECT_MAP / "scripts" / "audit.yml").read_text(encoding="utf-8")
)
_TOETS = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_the_list_names_exists() -> None:
    genoemd = _TOETS.findall(LIJST)
    assert genoemd
    weg = [
        f"{bestand}::{naam}"
        for bestand, naam in genoemd
        if not (PROJECT_MAP / bestand).exists()
        or f"def {naam}(" not in (PROJECT_MAP / bestand).read_text(encoding="utf-8")
    ]
    assert weg == []


def test_every_threat_names_a_test() -> None:
    rijen = [r for r in LIJST.splitlines() if r.startswith("| ") and not r.startswith(("| threat", "|---"))]
    assert [rij for rij in rijen if not _TOETS.search(rij)] == []


def test_every_exception_has_a_reason() -> None:
    assert [u for u in UITZONDERINGEN if len(u["reden"]) < 40 or not ("id" in u or u["niet_geladen"])] == []


def test_packages_that_are_excepted_as_a_whole_are_not_loaded(kb: object) -> None:
    namen = [u["pakket"].replace("-", "_") for u in UITZONDERINGEN if u.get("niet_geladen")]
    proef = (
        "import sys, bot.server\n"
        "from bot.server import create_app\n"
        "from bot.assistent import Assistent\n"
        "create_app(Assistent.load())\n"
        f"print([n for n in {namen} if n in sys.modules and type(sys.modules[n]).__name__ != '_Hollow'])"
    )
    opdracht = [sys.executable, "-W", "ignore", "-c", proef]
    uit = subprocess.run(opdracht, capture_output=True, text=True, cwd=PROJECT_MAP, check=True)
    assert uit.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("pakket", "lek", "nieuw"),
    [
        ("tensorflow", {"id": "X-1"}, False),
        ("pydantic", {"id": "GHSA-mr82-8j83-vxmv", "aliases": ["CVE-2024-3772"]}, False),
        ("pydantic", {"id": "X-2", "aliases": []}, True),
    ],
)
def test_an_advisory_that_nobody_judged_fails_the_audit(
    pakket: str, lek: dict[str, Any], nieuw: bool
) -> None:
    assert bool(_audit().beoordeel([(pakket, lek)], UITZONDERINGEN)) is nieuw


def test_what_was_not_audited_is_said_last() -> None:
    lek = {"id": "X-1", "fix_versions": ["2"]}
    heel: dict[str, Any] = {"name": "pydantic", "version": "1", "vulns": []}
    lekt: dict[str, Any] = {**heel, "vulns": [lek]}
    overgeslagen = {"name": "yarl", "skip_reason": "niet gevonden"}
    verslag = _audit().verslag
    for niets in (None, [], [overgeslagen]):
        regels, code = verslag(niets, [])
        assert (code, regels[-1].startswith("WAARSCHUWING: niets nagegaan")) == (0, True)
    assert verslag([heel], []) == (["0 bekende kwetsbaarheden, waarvan 0 nog te beoordelen"], 0)
    regels, code = verslag([lekt, overgeslagen], [])
    assert (code, regels[-1]) == (1, "WAARSCHUWING: niet nagegaan: yarl")
    assert "X-1" in regels[0]


def _audit() -> Any:
    """The script, which stands outside the packages."""
    plek = importlib.util.spec_from_file_location("audit", PROJECT_MAP / "scripts" / "audit.py")
    assert plek is not None
    assert plek.loader is not None
    audit = importlib.util.module_from_spec(plek)
    plek.loader.exec_module(audit)
    return audit
