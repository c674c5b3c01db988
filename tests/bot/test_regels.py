"""Every turn follows a rule: the stories hold nothing that the rules do not, and no rule looks far back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

from bot.assistent import Assistent
from bot.opslag.tracker import BewaardeTracker
from bot.regels import Regels
from bot.settings import PROJECT_MAP

DATA = PROJECT_MAP / "data"


def _stappen(map_: Path, soort: str) -> Iterator[list[dict[str, Any]]]:
    for bestand in sorted(map_.glob("*.yml")):
        for deel in yaml.safe_load(bestand.read_text(encoding="utf-8"))[soort]:
            yield deel["steps"]


def _eerste_acties(stappen: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Each intent with the action that comes next."""
    paren = pairwise(stappen)
    return {(een["intent"], twee["action"]) for een, twee in paren if "intent" in een and "action" in twee}


def test_every_step_of_a_story_is_in_a_rule() -> None:
    in_regels = set().union(*(_eerste_acties(stappen) for stappen in _stappen(DATA / "rules", "rules")))
    in_verhalen = set().union(*(_eerste_acties(stappen) for stappen in _stappen(DATA / "stories", "stories")))
    assert len(in_verhalen) > 5
    assert in_verhalen <= in_regels


@pytest.fixture
def regels(assistent: Assistent) -> Regels:
    """The rule policy of the model, as the running agent has it."""
    knopen = assistent._agent.processor.graph_runner._instantiated_nodes.values()
    (beleid,) = (k._component for k in knopen if isinstance(k._component, Regels))
    return beleid


def test_no_rule_reaches_further_back_than_the_turn_before(regels: Regels) -> None:
    """A turn is at least three states: before the action, before listening, and listened."""
    lengtes = [len(json.loads(sleutel)) for sleutel in regels.lookup[RULES]]
    assert len(lengtes) > 20
    assert max(lengtes) <= 2 * 3


def _beurt(intent: str, actie: str) -> list[Any]:
    return [
        UserUttered(intent, {"name": intent}),
        ActionExecuted(actie),
        SlotSet("artikel", "pgb"),
        ActionExecuted("action_listen"),
    ]


def test_what_is_looked_back_on_does_not_grow_with_the_conversation(assistent: Assistent) -> None:
    domein: Domain = assistent._agent.domain
    aantallen = []
    for beurten in (3, 30):
        tracker = BewaardeTracker("lang", domein.slots)
        gebeurd = [ActionExecuted("action_listen")]
        for _ in range(beurten):
            gebeurd += _beurt("kennisvraag", "action_beantwoord")
        tracker.update_with_events([*gebeurd, UserUttered("dank", {"name": "dank"})], domein)
        aantallen.append(len(tracker.past_states(domein)))
        verwacht, _ = assistent._agent.processor.predict_next_with_tracker_if_should(tracker)
        assert verwacht.name() == "action_zeg"
    assert aantallen[0] == aantallen[1]


def test_the_rules_that_fit_are_those_of_rasa_also_when_asked_again(
    assistent: Assistent, regels: Regels
) -> None:
    domein: Domain = assistent._agent.domain
    passend = []
    for intent, actie in (("kennisvraag", "action_beantwoord"), ("dank", "action_zeg")) * 2:
        tracker = BewaardeTracker("kort", domein.slots)
        gebeurd = [ActionExecuted("action_listen"), *_beurt("route_zoeken", "action_route_zoeken")]
        tracker.update_with_events([*gebeurd, UserUttered(intent, {"name": intent})], domein)
        standen = regels._prediction_states(tracker, domein)
        gevonden = regels._get_possible_keys(regels.lookup[RULES], standen)
        assert gevonden == RulePolicy._get_possible_keys(regels, regels.lookup[RULES], standen)
        assert any(actie == regels.lookup[RULES][sleutel] for sleutel in gevonden)
        passend.append(gevonden)
    assert passend[0] == passend[2] != passend[1] == passend[3]
