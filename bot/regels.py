"""Rasa's rule policy, without the work that no rule of ours needs. It is trained as Rasa's own."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

_ONTHOUDEN = 10_000
"""How many conversations, as far as rules look at them, to know the fitting rules of."""


class Regels(RulePolicy):
    """Follows rules that are written in intents: each prediction looks through the conversation once."""

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        """The action by the rules; none for a pass over the words of a message, which no rule names."""
        if use_text_for_last_user_input:
            return None, None, False
        found: tuple[str | None, str | None, bool] = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> str:  # noqa: ARG004
        """Nothing: Rasa has the states written out and copied for each debug line, written or not."""
        return ""

    def _get_possible_keys(self, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
        """The rules that fit: for the same states the same, and most turns are alike."""
        sleutel = f"{id(lookup)} {json.dumps(states, sort_keys=True)}"
        if sleutel not in self._passend:
            if len(self._passend) >= _ONTHOUDEN:
                self._passend.clear()
            self._passend[sleutel] = super()._get_possible_keys(lookup, states)
        return self._passend[sleutel]

    @cached_property
    def _passend(self) -> dict[str, set[str]]:
        return {}
