"""Mergers followed by their date, forward and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.geodata import read_plaatstabellen
from kennisbank.places import Plaatswijzer, Verwacht

TABELLEN = read_plaatstabellen()
PLAATSEN = Plaatswijzer(TABELLEN)
TIJDLIJN = PLAATSEN.tijdlijn
DAGEN = st.dates(min_value=date(2010, 1, 2), max_value=date(2027, 12, 31))


def namen(tekst: str, dag: str) -> set[str]:
    (vondst,) = PLAATSEN.zoek(tekst, date.fromisoformat(dag), Verwacht.GEVRAAGD)
    return {PLAATSEN.gemeenten[code].naam for code in vondst.codes}


@pytest.mark.parametrize(
    ("jaar", "aantal"),
    [(2010, 431), (2015, 393), (2018, 380), (2019, 355), (2021, 352), (2022, 345), (2023, 342), (2026, 342)],
)
def test_each_year_has_as_many_gemeenten_as_statistics_netherlands_counted(jaar: int, aantal: int) -> None:
    """The counts are those of kennisbank/gemeenten/BRONNEN.md."""
    dag = date(jaar, 1, 1)
    assert sum(gemeente.bestaat_op(dag) for gemeente in PLAATSEN.gemeenten.values()) == aantal


@pytest.mark.parametrize(
    ("tekst", "dag", "gemeenten"),
    [
        ("Appingedam", "2020-12-31", {"Appingedam"}),
        ("Appingedam", "2021-01-01", {"Eemsdelta"}),
        ("Eemsdelta", "2020-12-31", {"Appingedam", "Delfzijl", "Loppersum"}),
        ("Woldendorp", "2020-06-01", {"Appingedam", "Delfzijl", "Loppersum"}),
        ("Esch", "2020-06-01", {"Haaren"}),
        ("Esch", "2021-06-01", {"Boxtel"}),
        ("Haren bij Groningen", "2018-12-31", {"Haren"}),
        ("Haren bij Groningen", "2019-01-01", {"Groningen"}),
        ("Millingen aan de Rijn", "2014-12-31", {"Millingen aan de Rijn"}),
        ("Millingen aan de Rijn", "2015-01-01", {"Groesbeek"}),
        ("Millingen aan de Rijn", "2016-01-01", {"Berg en Dal"}),
        ("Terherne", "2014-06-01", {"De Friese Meren"}),
        ("Wijdemeren", "2026-12-31", {"Wijdemeren"}),
        ("Loosdrecht", "2027-01-01", {"Hilversum"}),
        ("Zwolle", "2010-06-01", {"Zwolle"}),
    ],
)
def test_a_place_is_in_the_gemeente_of_that_day(tekst: str, dag: str, gemeenten: set[str]) -> None:
    assert namen(tekst, dag) == gemeenten


@given(st.sampled_from(sorted(PLAATSEN.gemeenten)), DAGEN)
def test_every_chain_of_mergers_ends_in_gemeenten_of_that_day(code: str, dag: date) -> None:
    gevonden = TIJDLIJN.op(code, dag)
    assert gevonden
    assert all(PLAATSEN.gemeenten[ander].bestaat_op(dag) for ander in gevonden)


@given(st.sampled_from(TABELLEN.namen), DAGEN)
def test_every_place_has_a_gemeente_on_every_day(naam: object, dag: date) -> None:
    for vondst in PLAATSEN.zoek(naam.naam, dag, Verwacht.GEVRAAGD):  # type: ignore[attr-defined]
        assert all(PLAATSEN.gemeenten[code].bestaat_op(dag) for code in vondst.codes)


def test_only_a_merger_that_was_not_law_is_a_plan() -> None:
    plannen = {plan.oude_naam for code in PLAATSEN.gemeenten for plan in TIJDLIJN.plannen(code)}
    assert plannen == {"Wijdemeren"}
