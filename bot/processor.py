"""One message through Rasa's own parts, without what Rasa does beside it.

`ContextProcessor` keeps Rasa's order of events and its errors. It leaves out the work that no answer needs:
copying and replaying the conversation for every action, deep copies for debug lines that are not
written, compiling a schema for every reply, and sending domain and whole history to every action.
Measured by `routewijzer benchmark profiel`, explained in docs/profiel.md.
"""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, lru_cache
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import (
    Action,
    ActionBotResponse,
    ActionExecutionRejection,
    ActionListen,
    RemoteAction,
    action_for_name_or_text,
)
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.acties import InProcessActions
from bot.leesprocessen import Leesprocessen
from bot.regels import Regels

logger = logging.getLogger(__name__)

_CONTEXT_SLOTS = ("vraag", "artikel", "keuzes", "gemeente", "peildatum")
_RECENT = 20
"""Events that an action gets to see: this turn and the one before; nothing asks for older ones.
What slots hold it sees apart from them."""
_LEZERS = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="begrijpen")
"""Where messages are read without processes for it: the sentence encoder lets go of Python's lock."""

# Rasa looks through all its classes of events, and theirs, for every event that it reads.
Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


class Actie(RemoteAction):
    """An action of ours behind the action endpoint, in this process or over HTTP."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        del domain
        stand = tracker.current_state(EventVerbosity.NONE)
        gezegd_en_gedaan = [g for g in tracker.events if not isinstance(g, SlotSet)]
        stand["events"] = [gebeurtenis.as_dict() for gebeurtenis in gezegd_en_gedaan[-_RECENT:]]
        return {"next_action": self.name(), "sender_id": tracker.sender_id, "tracker": stand}

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        """Checks what comes over the network; what the SDK made in this process has the right form."""
        if isinstance(self.action_endpoint, InProcessActions):
            return True
        fout = best_match(_reply_validator().iter_errors(result))
        if fout is not None:
            raise fout
        return True


class Formuliertoets(Actie):
    """The action that checks a form's answers: the SDK reads in the domain which those are."""

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {**super()._action_call_format(tracker, domain), "domain": domain.as_dict()}


class Formulier(FormAction):
    """A form of the domain, whose answers an action of ours checks."""

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[SlotSet | Event]:
        """What the action `validate_<form>` makes of the answers; nothing where the domain has none."""
        naam = f"validate_{self.name()}"
        if naam not in domain.action_names_or_texts:
            return []
        gevuld: list[Event] = [SlotSet(slot, waarde) for slot, waarde in slot_candidates.items()]
        kopie = self._temporary_tracker(tracker, gevuld, domain)
        uitkomst: list[SlotSet | Event] = []
        uitkomst += await Formuliertoets(naam, self.action_endpoint).run(output_channel, nlg, kopie, domain)
        return uitkomst


@lru_cache(maxsize=1)
def _reply_validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


class ContextProcessor(MessageProcessor):
    """Rasa's processor, told what the conversation is about and relieved of what is not needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._acties: dict[str, Action] = {}
        self._leesprocessen: Leesprocessen | None = None

    def lees_in_processen(self, aantal: int) -> None:
        """From now on messages are read in so many processes beside this one."""
        self._lees("?", None)  # what the first message makes is made before they part
        self._leesprocessen = Leesprocessen(self._lees, aantal)

    async def beantwoord(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """One turn on a tracker that was read before; storing it is left to the caller.

        Rasa's own `handle_message` reads the tracker again and saves it apart from everything else.
        """
        uit = message.output_channel
        await self._update_tracker_session(tracker, uit)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(uit, tracker)
        await self._run_prediction_loop(uit, tracker)

    async def begin(self, tracker: DialogueStateTracker) -> None:
        """Opens the session of a conversation in which nothing was said yet."""
        await self._update_tracker_session(tracker, CollectingOutputChannel())

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Reads a message off the event loop; topic and day in force go along for a follow-up."""
        metadata = message.metadata
        if tracker is not None:
            context = {slot: tracker.get_slot(slot) for slot in _CONTEXT_SLOTS}
            metadata = message.metadata = {**(metadata or {}), "context": context}
        tekst = message.text or ""
        if self._leesprocessen:
            return await self._leesprocessen.lees(tekst, metadata)
        return await asyncio.get_running_loop().run_in_executor(_LEZERS, self._lees, tekst, metadata)

    def _lees(self, tekst: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
        """The parse data of a message; no component of ours looks at the conversation itself."""
        bericht = UserMessage(tekst, metadata=metadata, message_id="gelezen")
        niemand = DialogueStateTracker.from_events(bericht.sender_id, [])
        return dict(self._parse_message_with_graph(bericht, niemand))

    def _get_action(self, action_name: str) -> Action:
        """The action of that name; an action has no state, so each is made once."""
        if action_name not in self._acties:
            actie = action_for_name_or_text(action_name, self.domain, self.action_endpoint)
            if type(actie) is RemoteAction:
                actie = Actie(action_name, self.action_endpoint)
            elif type(actie) is FormAction:
                actie = Formulier(action_name, self.action_endpoint)
            self._acties[action_name] = actie
        return self._acties[action_name]

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """What Rasa predicts, with the action taken from those that are already there."""
        _, voorspelling = super().predict_next_with_tracker_if_should(tracker)
        return self._get_action(
            self.domain.action_names_or_texts[voorspelling.max_confidence_index]
        ), voorspelling

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Runs an action on the conversation itself: these only read it, so it need not be copied."""
        if not isinstance(action, (Actie, ActionListen, ActionBotResponse)):
            return bool(await super()._run_action(action, tracker, output_channel, nlg, prediction))
        try:
            gebeurtenissen = await action.run(output_channel, nlg, tracker, self.domain)
        except ActionExecutionRejection:
            afgewezen = ActionExecutionRejected(
                action.name(), prediction.policy_name, prediction.max_confidence
            )
            tracker.update(afgewezen)
        except Exception:
            # As in Rasa: the conversation goes on without this action, and the log says why.
            logger.exception("Actie %s is mislukt", action.name())
            self._log_action_on_tracker(tracker, action, [], prediction)
        else:
            self._log_action_on_tracker(tracker, action, gebeurtenissen, prediction)
            await self.execute_side_effects(gebeurtenissen, tracker, output_channel)
        return bool(self.should_predict_another_action(action.name()))

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        """Notes the action and what came of it."""
        gebeurtenissen = events or []
        if not any(isinstance(g, ActionExecutionRejected) for g in gebeurtenissen):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(gebeurtenissen, self.domain)

    @staticmethod
    def _load_model(model_path: Path | str) -> tuple[str, ModelMetadata, GraphRunner]:
        with TemporaryDirectory() as map_:
            metadata, runner = load_predict_graph_runner(
                Path(map_), Path(model_path), LocalModelStorage, OpVolgorde
            )
        return Path(model_path).name, metadata, runner


class OpVolgorde(DaskGraphRunner):
    """Runs the nodes of the graph one after another: five nodes in a row need no scheduler."""

    @staticmethod
    def _instantiate_nodes(graph_schema: GraphSchema, *args: Any, **kwargs: Any) -> dict[str, GraphNode]:
        """The nodes, with our rule policy where the model was trained with Rasa's."""
        knopen = {
            naam: replace(knoop, uses=Regels) if knoop.uses is RulePolicy else knoop
            for naam, knoop in graph_schema.nodes.items()
        }
        return dict(DaskGraphRunner._instantiate_nodes(GraphSchema(knopen), *args, **kwargs))

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Runs what the targets need."""
        klaar: dict[str, Any] = {naam: (naam, waarde) for naam, waarde in (inputs or {}).items()}
        doelen = targets or self._graph_schema.target_names
        for naam in self._volgorde(tuple(doelen)):
            knoop = self._graph_schema.nodes[naam]
            klaar[naam] = self._instantiated_nodes[naam](*(klaar[nodig] for nodig in knoop.needs.values()))
        return dict(klaar[doel] for doel in doelen)

    def _volgorde(self, doelen: tuple[str, ...]) -> list[str]:
        if doelen not in self._volgordes:
            knopen = self._graph_schema.minimal_graph_schema(list(doelen)).nodes
            volgorde = TopologicalSorter({naam: knoop.needs.values() for naam, knoop in knopen.items()})
            self._volgordes[doelen] = [naam for naam in volgorde.static_order() if naam in knopen]
        return self._volgordes[doelen]

    @cached_property
    def _volgordes(self) -> dict[tuple[str, ...], list[str]]:
        return {}
