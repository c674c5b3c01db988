"""Rasa's agent with our actions in the same process and the conversation known to understanding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from bot.acties import STORING, action_endpoint
from bot.processor import ContextProcessor


class Motor(Agent):
    """Rasa's agent around our processor."""

    def load_model(self, model_path: Path | str, fingerprint: str | None = None) -> None:
        """Loads the model into a processor of ours."""
        self.processor = ContextProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses


def load_agent(model: Path) -> Agent:
    """The agent with the actions above. It stores and locks nothing itself: its caller does."""
    motor = Motor(
        tracker_store=InMemoryTrackerStore(Domain.empty()),
        lock_store=InMemoryLockStore(),
        action_endpoint=action_endpoint(),
    )
    motor.load_model(model)
    return motor


class Verzamelkanaal(OutputChannel):
    """Keeps what the assistant says, with everything that Rasa's own collector drops."""

    def __init__(self, naam: str) -> None:
        self._naam = naam
        self.berichten: list[dict[str, Any]] = []

    def name(self) -> str:
        """The channel's name, for responses that differ per channel."""
        return self._naam

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002
        """Keeps one message."""
        self.berichten.append(message)

    @property
    def mislukt(self) -> bool:
        """Whether an action failed: then the question was not answered."""
        storing = any(bericht.get("utter_action") == STORING for bericht in self.berichten)
        return storing or not self.berichten
