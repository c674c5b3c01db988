"""The learning path in a conversation: walked to its end in the terminal, stopped, and gone on with later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

import actions.leerpad
from bot.assistent import Assistent, Beurt
from bot.kanalen import terminal
from kennisbank.learning.model import Leerstap
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek

MAANDAG = datetime(2026, 11, 30, 9, tzinfo=timezone.utc)
MAX_BEURTEN = 200
STOPT_NA = 7
FOUT_BIJ = {"veld-startkwalificatie", "leeftijd-23-27", "register-melding"}


class Klok:
    """The time that the learning path sees."""

    def __init__(self) -> None:
        self.nu = MAANDAG

    def __call__(self) -> datetime:
        return self.nu


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Iterator[Klok]:
    klok = Klok()
    monkeypatch.setattr(actions.leerpad, "nu", klok)
    yield klok


class Leerling:
    """Types what a learner types, and reads what the terminal shows in between."""

    def __init__(self, kb: Kennisbank, capsys: pytest.CaptureFixture[str], klok: Klok) -> None:
        self._stappen = [stap for deel in kb.leerpad for stap in deel.stappen]
        self._capsys = capsys
        self._klok = klok
        self._typt = self._gesprek()
        self.gezien: list[str] = []
        self.gedaan: list[str] = []
        self.herhaald: list[str] = []

    def __call__(self, _: str) -> str:
        self.gezien.append(" ".join(self._capsys.readouterr().out.split()))
        assert len(self.gezien) < MAX_BEURTEN
        return next(self._typt)

    def _gesprek(self) -> Iterator[str]:
        yield "/doelgroep coach"
        yield "1"  # the button to the learning path
        assert "32 kleine stappen" in self.gezien[-1]
        yield "begin"
        for stap in self._stappen[:STOPT_NA]:
            yield from self._doe(stap, self.gedaan)
        yield "stop"
        assert f"Je hebt {STOPT_NA} van de {len(self._stappen)} stappen gedaan" in self.gezien[-1]
        yield "wanneer moeten we ABA aanvragen?"
        assert "achttiende verjaardag" in self.gezien[-1]
        yield "ga verder met leren"
        assert "Welkom terug" in self.gezien[-1]
        yield "1"
        for stap in self._stappen[STOPT_NA:]:
            yield from self._doe(stap, self.gedaan)
        assert "Je hebt alle 32 stappen gedaan" in self.gezien[-1]
        yield "leerpad"
        assert "komt er weer een vraag terug" in self.gezien[-1]
        self._klok.nu += timedelta(days=10)
        yield "leerpad"
        assert "3 keer een vraag" in self.gezien[-1]
        yield "1"
        for _ in FOUT_BIJ:
            stap = self._getoond()
            assert "Herhaling" in self.gezien[-1]
            yield from self._doe(stap, self.herhaald, nu_goed=True)
        assert "Je hebt alle 32 stappen gedaan" in self.gezien[-1]
        yield "/stop"

    def _doe(self, stap: Leerstap, lijst: list[str], nu_goed: bool = False) -> Iterator[str]:
        """Answers the step that is on the screen, right or wrong, and goes on."""
        assert self._getoond() is stap
        fout = stap.id in FOUT_BIJ and not nu_goed
        plek, keuze = next((plek, k) for plek, k in enumerate(stap.keuzes, 1) if k.goed is not fout)
        yield str(plek)
        uitleg = self.gezien[-1]
        assert uitleg.count("Klopt.") + uitleg.count("Niet helemaal.") == 1
        assert ("Niet helemaal." in uitleg) is fout
        assert " ".join(keuze.uitleg.split()) in uitleg
        assert ("Deze vraag komt terug op" in uitleg) is fout
        lijst.append(stap.id)
        if "volgende" in uitleg:
            yield "volgende"

    def _getoond(self) -> Leerstap:
        gevonden = [stap for stap in self._stappen if stap.geval in self.gezien[-1]]
        assert len(gevonden) == 1, self.gezien[-1]
        return gevonden[0]


async def test_the_whole_path_is_walked_in_the_terminal(
    kb: Kennisbank, klok: Klok, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leerling = Leerling(kb, capsys, klok)
    monkeypatch.setattr("builtins.input", leerling)
    await terminal.gesprek({})
    alle = [stap.id for deel in kb.leerpad for stap in deel.stappen]
    assert leerling.gedaan == alle
    assert set(leerling.herhaald) == FOUT_BIJ


async def test_the_own_gemeente_comes_into_the_path(assistent: Assistent, kb: Kennisbank, klok: Klok) -> None:
    naam = "leren-gemeente"
    laatste = kb.leerpad[-1].stappen[0]
    gedaan = [stap.id for deel in kb.leerpad[:-1] for stap in deel.stappen]
    await assistent.begin(naam, kennisgemaakt=True, leren={"gedaan": gedaan, "kaarten": {}})
    await assistent.zeg(naam, "leerpad")
    zonder = await assistent.zeg(naam, "ga verder")
    assert laatste.vraag in zonder.tekst
    assert kb.teksten("leerpad.noem_gemeente") in zonder.tekst
    await assistent.zeg(naam, "Stadskanaal")
    await assistent.zeg(naam, "/leerpad")
    met = await assistent.zeg(naam, "ga verder")
    assert "Oost-Groningen" in met.tekst


@pytest.mark.parametrize(
    ("stap_id", "eigen"),
    [
        ("wie-doorstroompunt", "werkgeversadviseur, gemeente Stadskanaal"),
        ("jaar-roadmap", "Duurzame stages binnen Route Arbeid"),
    ],
    ids=["contact", "route"],
)
async def test_contact_and_route_of_the_own_gemeente_come_early(
    assistent: Assistent, kb: Kennisbank, klok: Klok, stap_id: str, eigen: str
) -> None:
    naam = f"leren-{stap_id}"
    alle = [stap.id for deel in kb.leerpad for stap in deel.stappen]
    gedaan = alle[: alle.index(stap_id)]
    await assistent.begin(naam, gemeente="GM0037", leren={"gedaan": gedaan, "kaarten": {}})
    await assistent.zeg(naam, "leerpad")
    les = await assistent.zeg(naam, "ga verder")
    assert eigen in les.tekst
    assert kb.teksten("leerpad.noem_gemeente") not in les.tekst


@pytest.mark.parametrize(
    "tekst",
    ["ik ben nieuw, waar begin ik?", "leerpad", "/leerpad", "kun je mij inwerken?", "ga verder met leren"],
)
async def test_ways_in(gesprek: Gesprek, kb: Kennisbank, tekst: str) -> None:
    [beurt] = await gesprek(tekst)
    assert kb.teksten("leerpad.knop.begin") in [keuze.titel for keuze in beurt.keuzes]


@pytest.mark.parametrize(
    "tekst",
    [
        "waar begin ik met een ABA-aanvraag?",
        "wat doet een jobcoach?",
        "hoe lang mag iemand op het vso blijven leren?",
        "mijn leerling wil verder leren na Entree",
        "ik wil stoppen met school",
        "hij wil stoppen met leren",
        "ik ben net begonnen als mentor",
    ],
)
async def test_an_ordinary_question_is_not_taken_for_the_path(gesprek: Gesprek, tekst: str) -> None:
    [beurt] = await gesprek(tekst)
    assert not _is_leerpad(beurt)


async def test_forgetting_takes_the_progress_along(assistent: Assistent, klok: Klok) -> None:
    naam = "leren-vergeten"
    await assistent.begin(naam, leren={"gedaan": ["veld-waarvoor"], "kaarten": {}})
    assert "1 van de" in (await assistent.zeg(naam, "leerpad")).tekst
    await assistent.zeg(naam, "vergeet alles over mij")
    assert "1 van de" not in (await assistent.zeg(naam, "leerpad")).tekst


async def test_a_payload_that_was_not_offered_teaches_nothing(assistent: Assistent, klok: Klok) -> None:
    beurt = await assistent.kies(
        "leren-vals", '/leerpad_antwoord{"leerstap": "veld-waarvoor", "leerkeuze": "1"}'
    )
    assert not _is_leerpad(beurt) or "Klopt." not in beurt.tekst


def _is_leerpad(beurt: Beurt) -> bool:
    over_leren = any(keuze.payload.startswith("/leerpad{") for keuze in beurt.keuzes)
    return over_leren or "ga verder met leren" in beurt.tekst
