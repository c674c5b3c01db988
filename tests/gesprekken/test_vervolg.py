"""Short follow-ups in whole conversations that nothing was learned from: right topic, act and gemeente."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.assistent import Assistent
from bot.scoring import beurt_goed, read_regels, vergelijk
from bot.settings import PROJECT_MAP
from kennisbank.store import Kennisbank

REGELS = read_regels(Path(__file__).parent.parent / "data" / "vervolggesprekken.yml")
GOED = 0.7


def _verwacht(regel: dict[str, Any]) -> set[str]:
    return {naam for naam in (regel["verwacht"], *regel.get("ook_goed", [])) if naam}


def _goed(regel: dict[str, Any]) -> bool:
    """As `routewijzer evalueer` counts; small talk must be the right small talk too."""
    return beurt_goed(regel) and (regel["uitkomst"] != "gesprek" or regel["intent"] in _verwacht(regel))


def test_every_turn_expects_what_exists(kb: Kennisbank) -> None:
    domein = yaml.safe_load((PROJECT_MAP / "domain.yml").read_text(encoding="utf-8"))
    bekend = {*kb.artikelen, *domein["intents"]}
    assert {naam for regel in REGELS for naam in _verwacht(regel)} <= bekend


async def test_most_follow_ups_get_what_was_meant(assistent: Assistent) -> None:
    vervolg = [regel for regel in await vergelijk(assistent, REGELS) if regel["beurt"] > 0]
    fout = [
        (regel["gesprek"], regel["tekst"], regel["uitkomst"], regel["artikel"] or regel["intent"])
        for regel in vervolg
        if not _goed(regel)
    ]
    assert len(fout) <= (1 - GOED) * len(vervolg), fout
