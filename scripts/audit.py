"""Known vulnerabilities in what is pinned, with pip-audit in an environment of its own. Run by `make audit`.

Fails on an advisory that scripts/audit.yml does not name. Without a network to the advisories it says
so plainly and fails nothing: nothing was found out then.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
OMGEVING = ROOT / ".tools" / "pip-audit"
UITZONDERINGEN = ROOT / "scripts" / "audit.yml"


def main() -> int:
    """Audits requirements.txt; 1 where an advisory must be judged."""
    regels, code = verslag(_rapport(), yaml.safe_load(UITZONDERINGEN.read_text(encoding="utf-8")))
    for regel in regels:
        print(f"[audit] {regel}")
    return code


def verslag(
    pakketten: list[dict[str, Any]] | None, uitzonderingen: list[dict[str, Any]]
) -> tuple[list[str], int]:
    """What to say of a report of pip-audit, what was not looked at last, and the exit code."""
    pakketten = pakketten or []
    gezien = [pakket for pakket in pakketten if "skip_reason" not in pakket]
    if not gezien:
        return [
            "WAARSCHUWING: niets nagegaan. De bekende kwetsbaarheden zijn van hier niet te bereiken; "
            "dat deze stap slaagt, zegt nu niets."
        ], 0
    gevonden = [(pakket["name"], lek) for pakket in gezien for lek in pakket["vulns"]]
    nieuw = beoordeel(gevonden, uitzonderingen)
    regels = [
        f"{naam}: {lek['id']} ({', '.join(lek.get('aliases', []))}), "
        f"verholpen in {', '.join(lek['fix_versions']) or 'niets'}"
        for naam, lek in nieuw
    ]
    regels.append(f"{len(gevonden)} bekende kwetsbaarheden, waarvan {len(nieuw)} nog te beoordelen")
    if overgeslagen := [pakket["name"] for pakket in pakketten if pakket not in gezien]:
        regels.append(f"WAARSCHUWING: niet nagegaan: {', '.join(overgeslagen)}")
    return regels, 1 if nieuw else 0


def beoordeel(
    gevonden: list[tuple[str, dict[str, Any]]], uitzonderingen: list[dict[str, Any]]
) -> list[tuple[str, dict[str, Any]]]:
    """The advisories that no exception names."""
    niet_geladen = {u["pakket"] for u in uitzonderingen if u.get("niet_geladen")}
    genoemd = {u["id"] for u in uitzonderingen if "id" in u}
    return [
        (naam, lek)
        for naam, lek in gevonden
        if naam not in niet_geladen and not genoemd & {lek["id"], *lek.get("aliases", [])}
    ]


def _rapport() -> list[dict[str, Any]] | None:
    if not _zorg_voor_pip_audit():
        return None
    uit = subprocess.run(
        [
            *(str(OMGEVING / "bin" / "pip-audit"), "-r", str(ROOT / "requirements.txt"), "--disable-pip"),
            *("--require-hashes", "--format", "json", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        inhoud: dict[str, list[dict[str, Any]]] = json.loads(uit.stdout)
    except json.JSONDecodeError:
        return None
    return inhoud["dependencies"]


def _zorg_voor_pip_audit() -> bool:
    eisen = ROOT / "scripts" / "pip-audit.txt"
    stempel = OMGEVING / ".stempel"
    if stempel.exists() and stempel.read_text() == eisen.read_text():
        return True
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(OMGEVING)], check=True)
    pip = [str(OMGEVING / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    klaar = subprocess.run([*pip, "--require-hashes", "-r", str(eisen)], check=False).returncode == 0
    if klaar:
        stempel.write_text(eisen.read_text())
    return klaar


if __name__ == "__main__":
    sys.exit(main())
