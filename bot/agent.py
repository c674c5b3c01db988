"""Rasa's agent with our actions in the same process and the conversation known to understanding."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

import actions

logger = logging.getLogger(__name__)

_CONTEXT_SLOTS = ("vraag", "artikel", "keuzes", "gemeente", "peildatum")


class InProcessActions(EndpointConfig):
    """An action endpoint that runs the standard SDK actions without a hop over HTTP."""

    def __init__(self) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        for naam in actions.__all__:
            self._executor.register_action(getattr(actions, naam))

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Runs one action call, in the format and with the errors of the action server."""
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            tekst = _dumps({"error": rejection.message, "action_name": rejection.action_name})
            raise ClientResponseError(400, "rejected", tekst) from rejection
        except Exception:
            # The user must hear that the question was not answered, and the log why.
            logger.exception("Actie %s is mislukt", json.get("next_action"))
            return {"events": [], "responses": [{"response": "utter_storing"}]}


class ContextProcessor(MessageProcessor):
    """Tells understanding what the conversation is about, so that it can read a follow-up."""

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Adds the topic and the day in force to the message's metadata."""
        if tracker is not None:
            context = {slot: tracker.get_slot(slot) for slot in _CONTEXT_SLOTS}
            message.metadata = {**(message.metadata or {}), "context": context}
        gelezen: dict[str, Any] = await super().parse_message(message, tracker, only_output_properties)
        return gelezen


def load_agent(model: Path, tracker_store: TrackerStore, lock_store: LockStore) -> Agent:
    """Rasa's agent with the actions and the processor above."""
    agent = Agent.load(
        model_path=str(model),
        tracker_store=tracker_store,
        lock_store=lock_store,
        action_endpoint=InProcessActions(),
    )
    # The agent makes its own processor. Ours only adds a method, so the class can be changed after.
    agent.processor.__class__ = ContextProcessor
    return agent


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


def _dumps(waarde: Any) -> str:
    return json.dumps(waarde, ensure_ascii=False)
