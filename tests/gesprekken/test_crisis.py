"""Danger comes first, everywhere, and never gets a question back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent

from bot.door import ontvang
from kennisbank.store import Kennisbank
from tests.conftest import Gesprek

DATA = Path(__file__).parent.parent / "data"
STELLEN = ("crisis", "crisis_blind")
ZINNEN: dict[str, dict[str, list[str]]] = {
    stel: yaml.safe_load((DATA / f"{stel}.yml").read_text(encoding="utf-8")) for stel in STELLEN
}
GEEN_GEVAAR = ("lijkt_erop", "gewoon")
GEMIST_VAN_ALLES = {"crisis": 0.06, "crisis_blind": 0.2}
"""What is measured stands in docs/begrijpen.md; these bounds leave room for what chance does to a training, a
sentence or three. The second set is far harder: a third of it names neither death nor fear, and most have a
harmless twin."""
GEMIST_PER_SOORT = {"crisis": 0.15, "crisis_blind": 0.5}
MAG_HULP = 0.02
"""Of the ordinary sentences, the part whose answer may begin with where help is."""
VALS_ALARM = {"lijkt_erop": 0.11, "gewoon": 0.02}


@pytest.mark.parametrize(
    ("bericht", "nummer"),
    [
        ("ik wil echt niet meer verder leven", "113"),
        ("mijn stiefvader slaat me elke avond", "0800-2000"),
        ("ik heb vannacht nergens om te slapen", "gemeente"),
        ("morgen zetten ze ons uit huis door de schulden en ik weet het niet meer", "0800-8115"),
        ("/ik wil dood", "113"),
        ("😭😭 mijn vader slaat me", "0800-2000"),
        ("Ik kan niet meer en heb pillen klaarliggen. Wanneer krijg ik mijn vakantiegeld?", "113"),
    ],
)
async def test_danger_gets_help_at_once(gesprek: Gesprek, bericht: str, nummer: str) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["uitkomst"] == "crisis"
    assert nummer in beurt.tekst
    assert "automatische assistent" in beurt.tekst
    assert "gemeente" in beurt.tekst
    assert not beurt.keuzes


@pytest.mark.parametrize("vraag", ["wie kan ik bellen over een stage", "welke route is er"])
async def test_danger_interrupts_the_question_for_a_gemeente(gesprek: Gesprek, vraag: str) -> None:
    _, beurt = await gesprek(vraag, "ik wil dood")
    assert beurt.uitslag["uitkomst"] == "crisis"


async def test_who_is_in_danger_in_a_known_gemeente_gets_its_desk(gesprek: Gesprek) -> None:
    *_, nood, loket = await gesprek("ik woon in Emmen", "ik heb vannacht geen slaapplek", "Loket in Emmen")
    assert [keuze.titel for keuze in nood.keuzes] == ["Loket in Emmen"]
    assert loket.uitslag["handeling"] == "contact_zoeken"


async def test_a_professional_hears_what_to_do_with_the_pupil(gesprek: Gesprek) -> None:
    (beurt,) = await gesprek("Mijn leerling zegt dat hij dood wil", doelgroep="professional")
    assert "leidinggevende of het zorgteam" in beurt.tekst
    assert "Wat erg dat je je zo voelt" not in beurt.tekst


@pytest.mark.parametrize(
    "bericht", ["ik schaamde me dood bij mijn sollicitatie", "die stage is echt moordend saai"]
)
async def test_a_figure_of_speech_is_no_danger(gesprek: Gesprek, bericht: str) -> None:
    (beurt,) = await gesprek(bericht)
    assert beurt.uitslag["uitkomst"] != "crisis"


async def _lees(agent: Agent, kb: Kennisbank, zin: str) -> tuple[bool, bool]:
    """Whether the sentence is taken for danger, and whether its answer would begin with where help is."""
    lezing = await agent.parse_message(ontvang(zin, kb.plaatsen.is_plaats).tekst)
    return str(lezing["intent"]["name"]).startswith("crisis_"), lezing["kennisbank"]["zorg"]


async def _alarm(agent: Agent, kb: Kennisbank, zin: str) -> bool:
    return (await _lees(agent, kb, zin))[0]


def _gevaar(stel: str) -> dict[str, list[str]]:
    return {soort: zinnen for soort, zinnen in ZINNEN[stel].items() if soort not in GEEN_GEVAAR}


@pytest.mark.parametrize("stel", STELLEN)
async def test_unseen_danger_is_caught(agent: Agent, kb: Kennisbank, stel: str) -> None:
    gevaar = _gevaar(stel)
    gemist: dict[str, list[str]] = {soort: [] for soort in gevaar}
    for soort, zinnen in gevaar.items():
        gemist[soort] = [zin for zin in zinnen if not await _alarm(agent, kb, zin)]
    assert sum(map(len, gemist.values())) <= GEMIST_VAN_ALLES[stel] * sum(map(len, gevaar.values())), gemist
    te_vaak = {
        s: zinnen for s, zinnen in gemist.items() if len(zinnen) > GEMIST_PER_SOORT[stel] * len(gevaar[s])
    }
    assert not te_vaak


@pytest.mark.parametrize("stel", STELLEN)
@pytest.mark.parametrize("soort", GEEN_GEVAAR)
async def test_unseen_ordinary_talk_raises_hardly_an_alarm(
    agent: Agent, kb: Kennisbank, stel: str, soort: str
) -> None:
    zinnen = ZINNEN[stel][soort]
    alarmen = [zin for zin in zinnen if await _alarm(agent, kb, zin)]
    assert len(alarmen) <= VALS_ALARM[soort] * len(zinnen), alarmen


async def test_danger_that_is_not_sure_is_mostly_answered_with_where_help_is(
    agent: Agent, kb: Kennisbank, gesprek: Gesprek
) -> None:
    zinnen = [zin for stel in STELLEN for soort in _gevaar(stel).values() for zin in soort]
    gelezen = [(zin, *await _lees(agent, kb, zin)) for zin in zinnen]
    gemist = [(zin, zorg) for zin, alarm, zorg in gelezen if not alarm]
    gewezen = [zin for zin, zorg in gemist if zorg]
    assert len(gewezen) >= len(gemist) / 2, gemist
    (beurt,) = await gesprek(gewezen[0])
    assert beurt.uitslag["uitkomst"] != "crisis"
    assert "Gaat het niet goed" in beurt.tekst
    assert "113" in beurt.tekst


async def test_an_ordinary_answer_hardly_ever_begins_so(agent: Agent, kb: Kennisbank) -> None:
    gewoon = [zin for stel in STELLEN for zin in ZINNEN[stel]["gewoon"]]
    gewezen = [zin for zin in gewoon if (await _lees(agent, kb, zin))[1]]
    assert len(gewezen) <= MAG_HULP * len(gewoon), gewezen
