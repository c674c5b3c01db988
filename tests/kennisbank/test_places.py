"""Places as people type them, ambiguous names, and everyday words that are also places."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.geodata import read_plaatstabellen
from kennisbank.places import Plaatswijzer, Verwacht, normaal

DAG = date(2026, 11, 22)
TABELLEN = read_plaatstabellen()
PLAATSEN = Plaatswijzer(TABELLEN)
ZINNEN = Path(__file__).with_name("lokale_zinnen.csv")


def namen(tekst: str, verwacht: Verwacht = Verwacht.NIET, dag: date = DAG) -> list[list[str]]:
    return [[PLAATSEN.gemeenten[code].naam for code in v.codes] for v in PLAATSEN.zoek(tekst, dag, verwacht)]


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
        ("Hengelo in de Achterhoek", "Bronckhorst"),
        ("ik woon in it hearrenfean", "Heerenveen"),
        ("mokum", "Amsterdam"),
        ("woont in krimpen aan de ijsel", "Krimpen aan den IJssel"),
        ("Groningens aanpak", "Groningen"),
        ("hij woont in Souburg", "Vlissingen"),
        ("een jongen uit Driebergen", "Utrechtse Heuvelrug"),
        ("ze komt uit Stienwiek", "Steenwijkerland"),
    ],
)
def test_a_name_leads_to_its_gemeente(tekst: str, gemeente: str) -> None:
    assert namen(tekst) == [[gemeente]]


@pytest.mark.parametrize(
    "tekst",
    [
        "dat is het best te regelen",
        "hij is nu echt een jaar thuis",
        "ik heb loon gehad van de winkel",
        "op school gaat het beter",
        "kan dat morgen weer",
        "ik heb dat huis gezien",
        "mevrouw De Vries en meneer Van Dalen doen de stages",
        "hij denkt dat de gemeente hem nu betaalt",
        "kan ik van all-in loon naar een uitkering",
        "Groet, haar vader",
    ],
)
def test_ordinary_words_are_no_places(tekst: str) -> None:
    assert namen(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "gemeente"),
    [
        ("Goor: wie is daar contact", "Hof van Twente"),
        ("houten wie is aanspreekpunt", "Houten"),
        ("zwaag wie is contact", "Hoorn"),
        ("lln woont in best", "Best"),
        ("papendregt, wie bel ik", "Papendrecht"),
    ],
)
def test_a_sentence_that_asks_for_a_place_may_begin_or_end_with_an_everyday_word(
    tekst: str, gemeente: str
) -> None:
    assert namen(tekst, Verwacht.ZIN) == [[gemeente]]
    assert namen(tekst.split()[0].strip(":,") + " is niet wat ik zoek vandaag") in ([], [[gemeente]])


@pytest.mark.parametrize(
    ("naam", "antwoord", "gemeente"),
    [
        ("Bergen", "in Limburg", "Bergen (L.)"),
        ("Bergen", "die bij Alkmaar", "Bergen (NH.)"),
        ("Bergen", "bergen op zoom", "Bergen op Zoom"),
        ("Hengelo", "in de Achterhoek dus, gemeente Bronckhorst", "Bronckhorst"),
    ],
)
def test_an_ambiguous_name_is_settled_by_the_answer(naam: str, antwoord: str, gemeente: str) -> None:
    codes = next(d.codes for d in TABELLEN.dubbelzinnig if d.naam == naam)
    gekozen = PLAATSEN.kies(antwoord, codes, DAG)
    assert gekozen is not None
    assert PLAATSEN.gemeenten[gekozen].naam == gemeente


def test_the_likeliest_of_two_is_taken_with_the_other_beside_it() -> None:
    (vondst,) = PLAATSEN.zoek("Hoorn", DAG)
    assert vondst.codes == ("GM0405",)
    assert vondst.anders == ("GM0093",)


def test_a_province_is_asked_about_and_its_city_is_not() -> None:
    assert [v.soort for v in PLAATSEN.zoek("provincie groningen", DAG)] == ["provincie"]
    assert namen("groningen") == [["Groningen"]]
    assert namen("provincie utrecht, woont in Rhenen") == [["Rhenen"]]


def test_every_gemeente_is_found_by_its_own_name() -> None:
    gemist = [
        gemeente.naam
        for gemeente in TABELLEN.gemeenten
        if not any(gemeente.code in v.codes for v in PLAATSEN.zoek(gemeente.naam, DAG, Verwacht.GEVRAAGD))
    ]
    assert gemist == []


@given(st.sampled_from(TABELLEN.namen), st.sampled_from([str, str.upper, str.lower]))
def test_every_place_resolves_in_any_case(naam: object, schrijf: object) -> None:
    """Every village, alias and district leads to its gemeente, or to a question that offers it."""
    tekst = schrijf(naam.naam)  # type: ignore[operator,attr-defined]
    gevonden = PLAATSEN.zoek(tekst, DAG, Verwacht.GEVRAAGD)
    anders = [code for vondst in gevonden for code in (*vondst.codes, *vondst.anders)]
    vraagt = any(v.soort in ("provincie", "half_genoemd", "streek") for v in gevonden)
    assert vraagt or naam.code in anders  # type: ignore[attr-defined]


def test_every_code_in_the_tables_is_a_gemeente() -> None:
    codes = {n.code for n in TABELLEN.namen} | {h.nieuwe_code for h in TABELLEN.herindelingen}
    codes |= {code for d in TABELLEN.dubbelzinnig for code in d.codes}
    assert codes <= set(PLAATSEN.gemeenten)


def test_every_region_has_members() -> None:
    map_ = Path("kennisbank/gemeenten")
    for bestand, code, veld in (
        ("regio_am.csv", "am_code", "am_code"),
        ("regio_rmc.csv", "rmc_regio_nr", "rmc_nummer"),
    ):
        with (map_ / bestand).open(encoding="utf-8", newline="") as open_bestand:
            for rij in csv.DictReader(open_bestand):
                leden = [g for g in TABELLEN.gemeenten if str(getattr(g, veld)) == rij[code]]
                assert len(leden) == int(rij["aantal_gemeenten"])
                assert leden


def test_sentences_of_many_voices() -> None:
    """Sentences that are in no training data: the right gemeente, a question, or rightly nothing."""
    with ZINNEN.open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand))
    met = [rij for rij in rijen if rij["gemeente"]]
    zonder = [rij["zin"] for rij in rijen if not rij["gemeente"]]
    mis = []
    for rij in met:
        eerste = next(iter(namen(rij["zin"], Verwacht.ZIN)), None)
        goed = eerste is not None and (
            len(eerste) != 1 if rij["gemeente"] == "vraag" else eerste == [rij["gemeente"]]
        )
        if not goed:
            mis.append((rij["zin"], eerste))
    assert len(mis) <= 0.02 * len(met), mis
    assert [zin for zin in zonder if PLAATSEN.zoek(zin, DAG)] == []


@given(st.text(max_size=60), st.sampled_from(list(Verwacht)))
def test_any_text_gives_only_existing_gemeenten_at_their_place_in_it(tekst: str, verwacht: Verwacht) -> None:
    for vondst in PLAATSEN.zoek(tekst, DAG, verwacht):
        assert tekst[vondst.begin : vondst.eind] == vondst.tekst
        assert all(PLAATSEN.gemeenten[code].bestaat_op(DAG) for code in vondst.codes)


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert normaal("'s-Gravenhage") == normaal("S GRAVENHAGE")
    assert normaal("Súdwest-Fryslân") == "sudwestfryslan"
