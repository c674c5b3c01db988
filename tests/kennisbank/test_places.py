"""Places as people type them, ambiguous names, and the tables behind them."""

from __future__ import annotations

from datetime import date

import pytest

from kennisbank.geodata import read_plaatstabellen
from kennisbank.places import Plaatswijzer

DAG = date(2026, 11, 22)


@pytest.fixture(scope="module")
def plaatsen() -> Plaatswijzer:
    return Plaatswijzer(read_plaatstabellen())


@pytest.mark.parametrize(
    ("tekst", "gemeente"),
    [
        ("Groningen", "Groningen"),
        ("wie helpt er in winschoten?", "Oldambt"),
        ("HOOGEZAND", "Midden-Groningen"),
        ("leewarden", "Leeuwarden"),
        ("s gravenhage", "'s-Gravenhage"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("den bosch", "'s-Hertogenbosch"),
        ("hij komt uit Hogeveen", "Hoogeveen"),
        ("gemeente Best", "Best"),
        ("Rijswijk in Gelderland", "Buren"),
        ("ik woon in it hearrenfean", "Heerenveen"),
        ("mokum", "Amsterdam"),
    ],
)
def test_a_name_leads_to_its_gemeente(plaatsen: Plaatswijzer, tekst: str, gemeente: str) -> None:
    (vondst,) = plaatsen.zoek(tekst, DAG)
    assert [plaatsen.gemeenten[code].naam for code in vondst.codes] == [gemeente]


@pytest.mark.parametrize(
    "tekst",
    [
        "dat is het best te regelen",
        "hij is nu echt een jaar thuis",
        "ik heb loon gehad van de winkel",
        "op school gaat het beter",
        "kan dat morgen weer",
        "ik heb dat huis gezien",
    ],
)
def test_ordinary_words_are_no_places(plaatsen: Plaatswijzer, tekst: str) -> None:
    assert plaatsen.zoek(tekst, DAG) == []


@pytest.mark.parametrize(
    ("naam", "antwoord", "gemeente"),
    [
        ("Bergen", "in Limburg", "Bergen (L.)"),
        ("Bergen", "die bij Alkmaar", "Bergen (NH.)"),
        ("Bergen", "bergen op zoom", "Bergen op Zoom"),
        ("Hengelo", "in de Achterhoek dus, gemeente Bronckhorst", "Bronckhorst"),
    ],
)
def test_an_ambiguous_name_is_settled_by_the_answer(
    plaatsen: Plaatswijzer, naam: str, antwoord: str, gemeente: str
) -> None:
    codes = next(d.codes for d in read_plaatstabellen().dubbelzinnig if d.naam == naam)
    gekozen = plaatsen.kies(antwoord, codes, DAG)
    assert gekozen is not None
    assert plaatsen.gemeenten[gekozen].naam == gemeente


def test_every_gemeente_is_found_by_its_own_name(plaatsen: Plaatswijzer) -> None:
    gemist = []
    for code, gemeente in plaatsen.gemeenten.items():
        vondsten = plaatsen.zoek(gemeente.naam, DAG, plaats_gevraagd=True)
        if not any(code in vondst.codes for vondst in vondsten):
            gemist.append(gemeente.naam)
    assert gemist == []


def test_every_village_leads_somewhere(plaatsen: Plaatswijzer) -> None:
    tabellen = read_plaatstabellen()
    gemist = [
        naam.naam
        for naam in tabellen.namen
        if naam.soort == "woonplaats"
        and not any(v.codes for v in plaatsen.zoek(naam.naam, DAG, plaats_gevraagd=True))
    ]
    assert gemist == []


def test_every_code_in_the_tables_is_a_living_gemeente(plaatsen: Plaatswijzer) -> None:
    tabellen = read_plaatstabellen()
    codes = {n.code for n in tabellen.namen} | {h.nieuwe_code for h in tabellen.herindelingen}
    codes |= {code for d in tabellen.dubbelzinnig for code in d.codes}
    assert codes <= set(plaatsen.gemeenten)
