"""Commands about places and earlier answers: gemeente, toon."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from bot.cli.basis import Opdracht, lees_datum, print_json


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    gemeente = opdracht("gemeente", "zoek de gemeente bij een plaatsnaam", _gemeente)
    gemeente.add_argument("tekst", help="plaatsnaam of zin")
    gemeente.add_argument(
        "--peildatum", type=lees_datum, default=date.today(), help="dag waarop het moet gelden"
    )
    gemeente.add_argument("--json", action="store_true", help="antwoord als JSON")
    heropen = opdracht("toon", "open een antwoord opnieuw met de code die eronder stond", _heropen)
    heropen.add_argument(
        "code", nargs="+", help='de code, zoals "aba-wanneer-aanvragen · 2026-11-22 · GM0037"'
    )


def _gemeente(opdracht: argparse.Namespace) -> int:
    from kennisbank.current import kennisbank
    from kennisbank.places import Verwacht

    kb = kennisbank()
    vondsten = kb.plaatsen.zoek(opdracht.tekst, opdracht.peildatum, Verwacht.GEVRAAGD)
    gevonden = [kb.plaatsen.gemeenten[code] for vondst in vondsten[:1] for code in vondst.codes]
    if opdracht.json:
        print_json(
            {
                "tekst": opdracht.tekst,
                "gemeente": _gemeente_json(gevonden[0]) if len(gevonden) == 1 else None,
                "gemeente_kandidaten": [_gemeente_json(g) for g in gevonden] if len(gevonden) > 1 else [],
            }
        )
    elif not gevonden:
        print(kb.teksten("lokaal.onbekende_plaats"))
    for gemeente in [] if opdracht.json else gevonden:
        regio = (
            f"arbeidsmarktregio {gemeente.arbeidsmarktregio}, Doorstroompunt {gemeente.doorstroompuntregio}"
        )
        print(f"{gemeente.code}  {gemeente.naam} ({gemeente.provincie}): {regio}")
    return 0 if gevonden else 1


def _gemeente_json(gemeente: Any) -> dict[str, Any]:
    return {
        "code": gemeente.code,
        "naam": gemeente.naam,
        "provincie": gemeente.provincie,
        "arbeidsmarktregio": gemeente.arbeidsmarktregio,
        "doorstroompuntregio": gemeente.doorstroompuntregio,
    }


def _heropen(opdracht: argparse.Namespace) -> int:
    from bot.kanalen.terminal import plat
    from kennisbank.current import kennisbank
    from kennisbank.receipt import Bewijs, BewijsFout
    from kennisbank.reopen import heropen
    from kennisbank.settings import database_url

    try:
        gevonden = heropen(Bewijs.lees(" ".join(opdracht.code)), kennisbank(), database_url())
    except (BewijsFout, LookupError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    for opmerking in gevonden.opmerkingen:
        print(f"{opmerking}\n")
    print(plat(gevonden.antwoord.tekst))
    return 0
