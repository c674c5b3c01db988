"""One place through which every door, the terminal and the measurements talk to the assistant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.light_start import without_tensorflow

without_tensorflow()

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered

from bot.acties import ActionsOverHttp
from bot.agent import Verzamelkanaal, load_agent
from bot.bericht import Bericht, Keuze
from bot.door import ontvang
from bot.errors import ModelOntbreekt
from bot.settings import MODEL_MAP
from kennisbank.current import kennisbank


@dataclass
class Beurt:
    """What the assistant said to one message, and what it made of it."""

    gemaskeerd: str
    berichten: list[Bericht] = field(default_factory=list)
    lezing: dict[str, Any] = field(default_factory=dict)
    gemeente: str | None = None

    @property
    def tekst(self) -> str:
        """All that was said, as one Markdown text."""
        return "\n\n".join(bericht.tekst for bericht in self.berichten if bericht.tekst)

    @property
    def keuzes(self) -> tuple[Keuze, ...]:
        """The buttons of the last message that has any."""
        return next((bericht.keuzes for bericht in reversed(self.berichten) if bericht.keuzes), ())

    @property
    def uitslag(self) -> Mapping[str, Any]:
        """The outcome that the action noted; a plain response counts as small talk."""
        gevonden = [bericht.uitslag for bericht in self.berichten if bericht.uitslag]
        return gevonden[-1] if gevonden else {"uitkomst": "gesprek"}


class Assistent:
    """Holds the agent; gives one answer per message."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    @classmethod
    def load(cls, tracker_store: TrackerStore | None = None) -> Assistent:
        """Loads the newest model.

        Raises:
            ModelOntbreekt: nothing was trained yet.
            OpslagFout: the kennisbank's database cannot be read.
        """
        kennisbank()
        store = tracker_store or InMemoryTrackerStore(Domain.empty())
        return cls(load_agent(newest_model(), store, InMemoryLockStore()))

    async def close(self) -> None:
        """Lets go of the connection to an action server, where there is one."""
        if isinstance(self._agent.action_endpoint, ActionsOverHttp):
            await self._agent.action_endpoint.close()

    async def zeg(self, gesprek: str, tekst: str, kanaal: str = "terminal") -> Beurt:
        """Answers a typed message in the conversation `gesprek`."""
        inkomend = ontvang(tekst, kennisbank().plaatsen.is_plaats)
        keuze = await self._getypte_keuze(gesprek, inkomend.tekst)
        beurt = await self._stuur(gesprek, keuze or inkomend.tekst or "?", kanaal)
        beurt.gemaskeerd = inkomend.tekst
        teksten = kennisbank().teksten
        if inkomend.ingekort:
            beurt.berichten.insert(0, Bericht.of(teksten("nee.te_lang")))
        if inkomend.gemaskeerd:
            beurt.berichten.append(Bericht.of(teksten("persoonsgegevens.weggehaald")))
        return beurt

    async def kies(self, gesprek: str, payload: str, kanaal: str = "terminal") -> Beurt:
        """Answers a button of ours; a payload that no open button has is treated as typed text."""
        if payload not in [keuze.payload for keuze in await self._open_keuzes(gesprek)]:
            return await self.zeg(gesprek, payload, kanaal)
        return await self._stuur(gesprek, payload, kanaal)

    async def begin(self, gesprek: str, **slots: Any) -> None:
        """Sets what is known before the first message: doelgroep, gemeente, peildatum."""
        tracker = await self._agent.processor.fetch_tracker_and_update_session(gesprek, Verzamelkanaal(""))
        tracker.update_with_events(
            [SlotSet(naam, waarde) for naam, waarde in slots.items()], self._agent.domain
        )
        await self._agent.tracker_store.save(tracker)

    async def _stuur(self, gesprek: str, tekst: str, kanaal: str) -> Beurt:
        uit = Verzamelkanaal(kanaal)
        await self._agent.handle_message(UserMessage(tekst, uit, gesprek, input_channel=kanaal))
        tracker = await self._agent.processor.get_tracker(gesprek)
        # Not `latest_message`: while a form is open Rasa's replay leaves the newest one out.
        gelezen = (e.parse_data for e in reversed(tracker.events) if isinstance(e, UserUttered))
        lezing: dict[str, Any] = next(gelezen, {})
        return Beurt(
            gemaskeerd=tekst,
            berichten=[Bericht.of_rasa(bericht) for bericht in uit.berichten],
            lezing={**(lezing.get("kennisbank") or {}), "intent": (lezing.get("intent") or {}).get("name")},
            gemeente=tracker.get_slot("gemeente"),
        )

    async def _open_keuzes(self, gesprek: str) -> Sequence[Keuze]:
        tracker = await self._agent.processor.get_tracker(gesprek)
        for gebeurtenis in reversed(tracker.events):
            if gebeurtenis.type_name == "bot" and gebeurtenis.data.get("buttons"):
                return [Keuze(k["title"], k["payload"]) for k in gebeurtenis.data["buttons"]]
        return []

    async def _getypte_keuze(self, gesprek: str, tekst: str) -> str | None:
        """The payload of the button whose words or number the user typed."""
        keuzes = await self._open_keuzes(gesprek)
        for nummer, keuze in enumerate(keuzes, 1):
            if tekst.casefold() in (keuze.titel.casefold(), str(nummer)):
                return keuze.payload
        return None


def newest_model(map_: Path = MODEL_MAP) -> Path:
    """The model that was trained last.

    Raises:
        ModelOntbreekt: there is none.
    """
    modellen = sorted(map_.glob("*.tar.gz"), key=lambda pad: pad.stat().st_mtime)
    if not modellen:
        raise ModelOntbreekt(f"Er is nog geen model in {map_}. Maak het met: routewijzer train")
    return modellen[-1]
