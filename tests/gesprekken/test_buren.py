"""What lies beside the kennisbank gets no sure answer; what only looks like that is not declined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent

from bot.door import ontvang
from bot.nlu.component import UITVOER
from bot.nlu.understanding import BUITEN_BEREIK, CRISIS, KENNISVRAAG
from kennisbank.store import Kennisbank

ZINNEN: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "buren.yml").read_text(encoding="utf-8")
)
STELLIG_BEANTWOORD = 0.2
GEWEIGERD = 0.1


async def _lees(agent: Agent, kb: Kennisbank, zin: str) -> dict[str, Any]:
    lezing: dict[str, Any] = await agent.parse_message(ontvang(zin, kb.plaatsen.is_plaats).tekst)
    return lezing


def _antwoord(lezing: dict[str, Any]) -> str | None:
    """The article that would be the answer without asking back; none otherwise."""
    rang = lezing[UITVOER]
    stellig = lezing["intent"]["name"] == KENNISVRAAG and rang["zekerheid"] >= rang["drempel"]
    return str(rang["kandidaten"][0][0]) if stellig else None


def test_every_look_alike_names_an_article_that_exists(kb: Kennisbank) -> None:
    assert {binnen["artikel"] for binnen in ZINNEN["binnen"]} <= set(kb.artikelen)


async def test_a_neighbouring_subject_seldom_gets_a_sure_answer(agent: Agent, kb: Kennisbank) -> None:
    beantwoord = [
        (zin, artikel) for zin in ZINNEN["buiten"] if (artikel := _antwoord(await _lees(agent, kb, zin)))
    ]
    assert len(beantwoord) <= STELLIG_BEANTWOORD * len(ZINNEN["buiten"]), beantwoord


async def test_a_question_inside_that_looks_like_a_neighbour_is_seldom_declined(
    agent: Agent, kb: Kennisbank
) -> None:
    geweigerd = []
    for binnen in ZINNEN["binnen"]:
        intent = (await _lees(agent, kb, binnen["vraag"]))["intent"]["name"]
        if intent.startswith((BUITEN_BEREIK, CRISIS)):
            geweigerd.append((binnen["vraag"], intent))
    assert len(geweigerd) <= GEWEIGERD * len(ZINNEN["binnen"]), geweigerd
