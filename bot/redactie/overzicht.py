"""What the editors look at, gathered from the question log and the kennisbank; and its weekly summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from bot import logboek
from bot.logboek import Regel, Slotantwoord
from bot.opslag.database import Database
from bot.redactie.groepen import Groep, groepeer
from kennisbank.contacts import read_contacten
from kennisbank.due import Taak, taken
from kennisbank.geodata import read_gebieden
from kennisbank.local import Trede, zoek_lokaal
from kennisbank.model import Artikel
from kennisbank.places import Gemeente
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.store import Kennisbank
from kennisbank.texts import Teksten

TERUG = timedelta(days=28)
VOORUIT = timedelta(days=60)
_WEEK = timedelta(days=7)
_HOOGSTENS = 5


@dataclass(frozen=True)
class Dekking:
    """How many gemeenten have a step of the local chain as their best, and which have nothing as good."""

    trede: Trede
    contact: int
    route: int
    mist_contact: tuple[Gemeente, ...]
    mist_route: tuple[Gemeente, ...]


@dataclass(frozen=True)
class Vragenbeeld:
    """What the question log says since a day."""

    sinds: date
    uitkomsten: dict[str, int]
    onbeantwoord: list[Groep]
    duim_omlaag: list[Regel]
    slotvragen: dict[str, int]
    niet_geholpen: list[Slotantwoord]
    gemist: list[Groep]


def vragenbeeld(database: Database, sinds: date) -> Vragenbeeld:
    """Reads the log once."""

    def werk(verbinding: Connection) -> Vragenbeeld:
        return Vragenbeeld(
            sinds,
            logboek.aantallen(verbinding, sinds, "uitkomst"),
            groepeer(logboek.onbeantwoord(verbinding, sinds)),
            logboek.duim_omlaag(verbinding, sinds),
            logboek.slotvragen(verbinding, sinds),
            logboek.niet_geholpen(verbinding, sinds),
            groepeer(logboek.gemiste_verduidelijkingen(verbinding, sinds)),
        )

    return database.lees_nu(werk)


def agenda(inhoud: Inhoud, vandaag: date) -> list[Taak]:
    """All that has to be looked at soon."""
    return taken(inhoud, read_contacten(read_gebieden()), vandaag + VOORUIT)


def artikelen_op_leeftijd(inhoud: Inhoud, vandaag: date) -> list[Artikel]:
    """Every article that holds now or later, by the day it was last checked, longest ago first."""
    lopend = (a for a in inhoud.artikelen if a.geldig_tot is None or a.geldig_tot >= vandaag)
    return sorted(lopend, key=lambda artikel: (artikel.gecontroleerd_op, artikel.controleer_voor, artikel.id))


def dekking(kb: Kennisbank, dag: date) -> list[Dekking]:
    """How far the local chain reaches over the gemeenten of that day, best step first."""
    nu = list(kb.gemeenten_op(dag))
    treden = list(Trede)
    contact = [treden.index(zoek_lokaal(gemeente, kb, dag).trede) for gemeente in nu]
    route = [treden.index(zoek_lokaal(gemeente, kb, dag, met_contacten=False).trede) for gemeente in nu]

    def mist(bereikt: Sequence[int], plek: int) -> tuple[Gemeente, ...]:
        return tuple(gemeente for gemeente, beste in zip(nu, bereikt, strict=True) if beste > plek)

    return [
        Dekking(trede, contact.count(plek), route.count(plek), mist(contact, plek), mist(route, plek))
        for plek, trede in enumerate(treden)
    ]


def weekbericht(database: Database, kb: Kennisbank, vandaag: date) -> str:
    """The past week in plain text, to print or to mail."""
    teksten, beeld = kb.teksten, vragenbeeld(database, vandaag - _WEEK)
    delen = [
        teksten("redactie.week.kop", van=beeld.sinds, tot=vandaag, aantal=sum(beeld.uitkomsten.values())),
        _deel(teksten, "uitkomsten", [f"{n} × {_uitkomst(teksten, u)}" for u, n in beeld.uitkomsten.items()]),
        _deel(teksten, "onbeantwoord", [_groepsregel(groep) for groep in beeld.onbeantwoord]),
        _deel(teksten, "duim_omlaag", [_oordeelregel(regel) for regel in beeld.duim_omlaag]),
        _deel(teksten, "slotvraag", [_slotregel(teksten, slot) for slot in beeld.niet_geholpen]),
        teksten("redactie.slotvraag.telling", **beeld.slotvragen),
        _deel(teksten, "gemist", [_groepsregel(groep) for groep in beeld.gemist]),
        _deel(
            teksten,
            "agenda",
            [f"{t.voor} {t.soort} {t.id}: {t.titel}" for t in agenda(read_inhoud(), vandaag)],
        ),
        _deel(
            teksten,
            "dekking",
            [
                f"{regel.contact} {teksten(f'redactie.trede.{regel.trede.value}')}"
                for regel in dekking(kb, vandaag)
            ],
        ),
    ]
    return "\n\n".join(delen)


def _deel(teksten: Teksten, naam: str, regels: Sequence[str]) -> str:
    kop = teksten(f"redactie.week.{naam}", aantal=len(regels))
    getoond = [f"- {regel}" for regel in regels[:_HOOGSTENS]] or [teksten("redactie.niets")]
    if len(regels) > _HOOGSTENS:
        getoond.append(teksten("redactie.week.meer", aantal=len(regels) - _HOOGSTENS))
    return "\n".join([kop, *getoond])


def _uitkomst(teksten: Teksten, uitkomst: str) -> str:
    return teksten(f"redactie.uitkomst.{uitkomst}")


def _groepsregel(groep: Groep) -> str:
    return f"{len(groep.regels)} × {groep.vragen[0][0]}"


def _oordeelregel(regel: Regel) -> str:
    return f"{regel.artikel or regel.handeling or ''}: {regel.vraag} ({regel.opmerking or ''})"


def _slotregel(teksten: Teksten, slot: Slotantwoord) -> str:
    hoe = teksten(f"redactie.slotvraag.{slot.regel.oordeel}")
    waarover = slot.laatste.vraag if slot.laatste else teksten("redactie.slotvraag.geen_antwoord")
    return f"{hoe}: {waarover} ({slot.regel.opmerking or ''})"
