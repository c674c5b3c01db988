"""One place through which every door, the terminal and the measurements talk to the assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.light_start import without_tensorflow

without_tensorflow()

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection

from bot import logboek, opdrachten
from bot.acties import STORING, ActionsOverHttp
from bot.agent import Verzamelkanaal, load_agent
from bot.bericht import Bericht, Keuze
from bot.door import Inkomend, ontvang
from bot.errors import BeurtMislukt, ModelOntbreekt
from bot.opdrachten import Opdracht
from bot.opslag import rechten
from bot.opslag.beurten import voeg_toe
from bot.opslag.database import GEHEUGEN, Database, T, Werk
from bot.opslag.slot import Sloten
from bot.opslag.tracker import BewaardeTracker, GespreksOpslag, als_bewaard, nieuwe_beurt
from bot.privacy import masker
from bot.settings import MODEL_MAP, bewaardagen
from kennisbank.current import kennisbank

Erbij = Callable[[Connection, int | None, "Beurt"], None]
"""What else to write in the transaction of a turn: given its number (None where no turn is kept)."""


@dataclass
class Beurt:
    """What the assistant said to one message, and what it made of it."""

    gemaskeerd: str
    berichten: list[Bericht] = field(default_factory=list)
    lezing: dict[str, Any] = field(default_factory=dict)
    gemeente: str | None = None
    leren: dict[str, Any] | None = None
    geweigerd: str | None = None
    """Why this is no answer: `te_vaak` or `storing`."""

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
    """Holds the agent and the store of conversations; gives one answer per message.

    Every method raises `OpslagWeg` when the store cannot be used; nothing is stored then.
    """

    def __init__(self, agent: Agent, database: Database, sloten: Sloten) -> None:
        self._agent = agent
        self._opslag = GespreksOpslag(agent.domain, database)
        self.database = database
        self.slot = sloten
        """`async with assistent.slot(gesprek)` holds a conversation over more than one call."""

    @classmethod
    def load(cls, database: Database | None = None, sloten: Sloten | None = None) -> Assistent:
        """Loads the newest model; without a database conversations are kept in memory only.

        Raises:
            ModelOntbreekt: nothing was trained yet.
            OpslagFout: the kennisbank's database cannot be read.
        """
        kennisbank()
        database = database or Database(GEHEUGEN)
        return cls(load_agent(newest_model()), database, sloten or Sloten())

    def op(self, database: Database) -> Assistent:
        """The same agent over another store: it knows nothing of what this one holds in memory."""
        return Assistent(self._agent, database, Sloten())

    def lees_in_processen(self, aantal: int) -> None:
        """Has messages read in so many processes of their own: for a server, not for one conversation."""
        self._agent.processor.lees_in_processen(aantal)

    async def close(self) -> None:
        """Lets go of the connection to an action server, where there is one."""
        if isinstance(self._agent.action_endpoint, ActionsOverHttp):
            await self._agent.action_endpoint.close()

    async def zeg(self, gesprek: str, tekst: str, kanaal: str = "terminal") -> Beurt:
        """Answers a typed message in the conversation `gesprek`."""
        return await self._neem(gesprek, tekst, kanaal, keuze=False)

    async def kies(self, gesprek: str, payload: str, kanaal: str = "terminal") -> Beurt:
        """Answers a button of ours; a payload that was not offered is treated as typed text."""
        return await self._neem(gesprek, payload, kanaal, keuze=True)

    async def begin(self, gesprek: str, **slots: Any) -> None:
        """Sets what is known before the first message: doelgroep, gemeente, peildatum."""
        async with self.slot(gesprek):
            await self.zet_vooraf(await self.open(gesprek), slots)

    async def open(self, gesprek: str) -> BewaardeTracker:
        """A conversation as it stands. The caller holds the slot."""
        return await self._opslag.lees(gesprek)

    async def open_met(self, gesprek: str, ook: Werk[T]) -> tuple[BewaardeTracker, T]:
        """The same, and what else is read in that transaction."""
        return await self._opslag.lees_met(gesprek, ook)

    async def zet_vooraf(self, tracker: BewaardeTracker, slots: Mapping[str, Any]) -> None:
        """What `begin` does, in an open conversation; what is known already is not stored again."""
        await self._agent.processor.begin(tracker)
        nieuw = [SlotSet(naam, waarde) for naam, waarde in slots.items() if tracker.get_slot(naam) != waarde]
        tracker.update_with_events(nieuw, self._agent.domain)
        await self._opslag.save(tracker)

    async def vergeet(self, gesprek: str) -> Bericht:
        """Removes everything of the conversation; the receipt that proves it stands in the text."""
        async with self.slot(gesprek):
            return (await self._vergeet(gesprek, None)).berichten[0]

    async def mijngegevens(self, gesprek: str) -> Bericht:
        """A copy of everything that is kept of the conversation."""
        return Bericht.of(await self.database.lees(lambda v: rechten.kopie(v, gesprek, kennisbank().teksten)))

    async def oordeel(self, gesprek: str, goed: bool, opmerking: str | None = None) -> Bericht:
        """A thumb, and a remark, on the last answer; tied to its receipt in the question log."""
        schoon = masker(opmerking, kennisbank().plaatsen.is_plaats).tekst if opmerking else None
        oordeel = logboek.GOED if goed else logboek.FOUT
        gevonden = await self.database.schrijf(lambda v: logboek.beoordeel(v, gesprek, oordeel, schoon))
        sleutel = "geen_antwoord" if gevonden is None else oordeel
        return Bericht.of(kennisbank().teksten(f"oordeel.{sleutel}"))

    async def slotopmerking(self, gesprek: str, opmerking: str) -> Bericht:
        """One remark with the answer to the closing question."""
        schoon = masker(opmerking, kennisbank().plaatsen.is_plaats).tekst
        kan = bool(schoon) and await self.database.schrijf(
            lambda v: logboek.noteer_slotopmerking(v, gesprek, schoon)
        )
        return Bericht.of(kennisbank().teksten(f"slotvraag.{'opmerking' if kan else 'geen_opmerking'}"))

    async def is_gevaar(self, tekst: str) -> bool:
        """Whether a remark says that somebody is in danger: then it must be answered, not only stored."""
        gelezen = await self._agent.processor.parse_message(UserMessage(tekst))
        return str(gelezen["intent"]["name"]).startswith("crisis_")

    async def laatste_bewijzen(self, gesprek: str) -> set[str]:
        """The receipts of the answer that `oordeel` judges: as it was given, and as it was said again."""
        return await self.database.lees(lambda v: logboek.laatste_bewijzen(v, gesprek))

    async def aangeboden(self, gesprek: str) -> list[Keuze]:
        """The buttons that count in this conversation, newest first."""
        return _aangeboden(await self._opslag.lees(gesprek))

    async def antwoord(
        self,
        tracker: BewaardeTracker,
        inkomend: Inkomend,
        kanaal: str,
        keuze: bool,
        erbij: Erbij | None = None,
    ) -> Beurt:
        """One turn in an open conversation, stored in one transaction with `erbij`.

        Raises:
            BeurtMislukt: an action failed; nothing was stored.
            Ingehaald: another server answered in this conversation meanwhile; nothing was stored.
        """
        gesprek, opdracht = tracker.sender_id, None if keuze else opdrachten.herken(inkomend.tekst)
        if opdracht and opdracht.is_vergeet:
            return await self._vergeet(gesprek, erbij)
        if opdracht and opdracht.is_opmerking and await self.is_gevaar(opdracht.waarde):
            inkomend, opdracht = replace(inkomend, tekst=opdracht.waarde), None
        if opdracht and (bericht := await self._zonder_beurt(gesprek, opdracht)):
            beurt = Beurt(inkomend.tekst, [bericht])
            if erbij:
                await self.database.schrijf(lambda v: erbij(v, None, beurt))
            return beurt
        bedoeld, vraag = _bedoeld(tracker, inkomend.tekst, keuze, opdracht)
        beurt = await self._beantwoord(tracker, inkomend, kanaal, bedoeld)
        await self._bewaar(tracker, beurt, kanaal, vraag, erbij)
        return beurt

    def storing(self) -> Bericht:
        """What the user hears when something broke: the question was not answered."""
        return Bericht.of(self._agent.domain.responses[STORING][0]["text"])

    async def _neem(self, gesprek: str, tekst: str, kanaal: str, keuze: bool) -> Beurt:
        inkomend, keuze = neem_in(tekst, keuze)
        async with self.slot(gesprek):
            try:
                return await self.antwoord(await self.open(gesprek), inkomend, kanaal, keuze)
            except BeurtMislukt:
                return Beurt(inkomend.tekst, [self.storing()])

    async def _beantwoord(
        self, tracker: BewaardeTracker, inkomend: Inkomend, kanaal: str, bedoeld: str
    ) -> Beurt:
        uit = Verzamelkanaal(kanaal)
        # Its number in the conversation: Rasa would ask the system for a random name for each message.
        nummer = str(tracker.laatste + 1)
        bericht = UserMessage(bedoeld, uit, tracker.sender_id, input_channel=kanaal, message_id=nummer)
        await self._agent.processor.beantwoord(bericht, tracker)
        if uit.mislukt:
            raise BeurtMislukt
        lezing = _lezing(tracker)
        beurt = Beurt(
            gemaskeerd=inkomend.tekst,
            berichten=[Bericht.of_rasa(bericht) for bericht in uit.berichten],
            lezing={**(lezing.get("kennisbank") or {}), "intent": (lezing.get("intent") or {}).get("name")},
            gemeente=tracker.get_slot("gemeente"),
            leren=tracker.get_slot("leren"),
        )
        teksten = kennisbank().teksten
        if inkomend.ingekort:
            beurt.berichten.insert(0, Bericht.of(teksten("nee.te_lang")))
        if inkomend.gemaskeerd:
            self._zeg_wat_er_weggehaald_is(tracker, beurt)
        self._zeg_wat_er_bewaard_wordt(tracker, beurt)
        return beurt

    def _zeg_wat_er_weggehaald_is(self, tracker: DialogueStateTracker, beurt: Beurt) -> None:
        """Once per conversation that personal data is taken out; not to somebody in danger."""
        if tracker.get_slot("weghalen_gezegd") or beurt.uitslag.get("uitkomst") == "crisis":
            return
        beurt.berichten.append(Bericht.of(kennisbank().teksten("persoonsgegevens.weggehaald")))
        tracker.update(SlotSet("weghalen_gezegd", True), self._agent.domain)

    def _zeg_wat_er_bewaard_wordt(self, tracker: DialogueStateTracker, beurt: Beurt) -> None:
        """Once per conversation, where it is kept; not to somebody in danger."""
        gezegd = tracker.get_slot("bewaren_gezegd") or not self.database.blijvend
        if gezegd or not beurt.berichten or beurt.uitslag.get("uitkomst") == "crisis":
            return
        uitleg = Bericht.of(kennisbank().teksten("rechten.bewaren", dagen=bewaardagen()))
        eerste = beurt.berichten[0]
        beurt.berichten[0] = replace(eerste, blokken=(*eerste.blokken, *uitleg.blokken))
        tracker.update(SlotSet("bewaren_gezegd", True), self._agent.domain)

    async def _bewaar(
        self, tracker: DialogueStateTracker, beurt: Beurt, kanaal: str, vraag: str, erbij: Erbij | None
    ) -> None:
        nieuw = nieuwe_beurt(tracker, [bericht.als_json() for bericht in beurt.berichten])
        regel = _logregel(tracker, beurt, kanaal, vraag, nieuw.nummer)

        def werk(verbinding: Connection) -> None:
            voeg_toe(verbinding, nieuw)
            logboek.noteer(verbinding, regel)
            if erbij:
                erbij(verbinding, nieuw.nummer, beurt)

        await self.database.schrijf(werk)
        als_bewaard(tracker, nieuw)

    async def _vergeet(self, gesprek: str, erbij: Erbij | None) -> Beurt:
        def werk(verbinding: Connection) -> Beurt:
            bon = rechten.vergeet(verbinding, gesprek)
            beurt = Beurt(f"/{opdrachten.VERGEET}", [Bericht.of(bon.tekst(kennisbank().teksten))])
            if erbij:
                erbij(verbinding, None, beurt)
            return beurt

        return await self.database.wis(werk)

    async def _zonder_beurt(self, gesprek: str, opdracht: Opdracht) -> Bericht | None:
        """The answer to a command that is no part of the dialogue."""
        if opdracht.naam == opdrachten.MIJNGEGEVENS:
            return await self.mijngegevens(gesprek)
        if opdracht.naam in (opdrachten.GOED, opdrachten.FOUT):
            return await self.oordeel(gesprek, opdracht.naam == opdrachten.GOED, opdracht.waarde or None)
        if opdracht.naam == opdrachten.OPMERKING:
            return await self.slotopmerking(gesprek, opdracht.waarde)
        bedoeld = opdrachten.als_bericht(opdracht, kennisbank())
        return None if isinstance(bedoeld, str) else Bericht.of_antwoord(bedoeld)


def neem_in(ruw: str, keuze: bool) -> tuple[Inkomend, bool]:
    """What came in as it may be stored, and whether it may count as a button."""
    is_plaats = kennisbank().plaatsen.is_plaats
    if keuze and masker(ruw, is_plaats).tekst == ruw:
        return Inkomend(ruw, (), False), True
    opdracht = opdrachten.herken(ruw)
    if opdracht is None:
        return ontvang(ruw, is_plaats), False
    waarde = ontvang(opdracht.waarde, is_plaats)
    return replace(waarde, tekst=str(replace(opdracht, waarde=waarde.tekst))), False


def newest_model(map_: Path = MODEL_MAP) -> Path:
    """The model that was trained last.

    Raises:
        ModelOntbreekt: there is none.
    """
    modellen = sorted(map_.glob("*.tar.gz"), key=lambda pad: pad.stat().st_mtime)
    if not modellen:
        raise ModelOntbreekt(f"Er is nog geen model in {map_}. Maak het met: routewijzer train")
    return modellen[-1]


def _bedoeld(
    tracker: DialogueStateTracker, tekst: str, keuze: bool, opdracht: Opdracht | None
) -> tuple[str, str]:
    """The text or payload that the message stands for, and the question in words for the editors."""
    if opdracht:
        bedoeld = opdrachten.als_bericht(opdracht, kennisbank())
        assert isinstance(bedoeld, str)
        return bedoeld, tekst
    if keuze and (gekozen := next((k for k in _aangeboden(tracker) if k.payload == tekst), None)):
        return gekozen.payload, gekozen.titel
    keuzes = _open_keuzes(tracker)
    getypt = ontvang(tekst, kennisbank().plaatsen.is_plaats).tekst if keuze else tekst
    if getypte := _getypte_keuze(keuzes, getypt):
        return getypte.payload, getypte.titel
    return getypt or "?", getypt


def _open_keuzes(tracker: DialogueStateTracker) -> Sequence[Keuze]:
    return next(_keuzes(tracker), [])


def _aangeboden(tracker: DialogueStateTracker) -> list[Keuze]:
    """What an old button asks may still be asked; what was never offered here may not."""
    vast = opdrachten.vaste_knoppen(kennisbank())
    return [keuze for keuzes in _keuzes(tracker) for keuze in keuzes] + [Keuze.of(knop) for knop in vast]


def _keuzes(tracker: DialogueStateTracker) -> Iterator[list[Keuze]]:
    for gebeurtenis in reversed(tracker.events):
        if gebeurtenis.type_name == "bot" and gebeurtenis.data.get("buttons"):
            yield [Keuze(k["title"], k["payload"]) for k in gebeurtenis.data["buttons"]]


def _getypte_keuze(keuzes: Sequence[Keuze], tekst: str) -> Keuze | None:
    """The button whose words or number the user typed."""
    for nummer, keuze in enumerate(keuzes, 1):
        if tekst.casefold() in (keuze.titel.casefold(), str(nummer)):
            return keuze
    return None


def _lezing(tracker: DialogueStateTracker) -> dict[str, Any]:
    # Not `latest_message`: while a form is open Rasa's replay leaves the newest one out.
    gelezen = (e.parse_data for e in reversed(tracker.events) if isinstance(e, UserUttered))
    return next(gelezen, {})


def _logregel(
    tracker: DialogueStateTracker, beurt: Beurt, kanaal: str, vraag: str, nummer: int
) -> logboek.Regel:
    uitslag, kandidaten = beurt.uitslag, list(beurt.lezing.get("kandidaten") or [])[:3]
    artikel = kennisbank().artikel(uitslag["artikel"], date.today()) if uitslag.get("artikel") else None
    return logboek.Regel(
        dag=date.today(),
        kanaal=kanaal,
        vraag=vraag,
        uitkomst=uitslag.get("uitkomst", "gesprek"),
        gesprek=tracker.sender_id,
        nummer=nummer,
        doelgroep=tracker.get_slot("doelgroep"),
        gemeente=beurt.gemeente,
        handeling=uitslag.get("handeling"),
        artikel=uitslag.get("artikel"),
        artikel_versie=artikel.gecontroleerd_op if artikel else None,
        score=beurt.lezing.get("zekerheid"),
        kandidaten=kandidaten,
        bewijs=uitslag.get("bewijs"),
        oordeel=uitslag.get("oordeel"),
    )
