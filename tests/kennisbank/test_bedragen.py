"""Amounts: written in Dutch, bound to their days, refused outside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.bedragen import schrijf, vul_in, waarde_op
from kennisbank.reader import read_inhoud

BEDRAGEN = read_inhoud().bedragen


@pytest.mark.parametrize(
    ("waarde", "eenheid", "tekst"),
    [
        (14.99, "euro", "€ 14,99"),
        (1419.46, "euro", "€ 1.419,46"),
        (8000, "euro", "€ 8.000"),
        (141896, "euro", "€ 141.896"),
        (87.5, "procent", "87,5%"),
        (80, "procent", "80%"),
    ],
)
def test_values_are_written_the_dutch_way(waarde: float, eenheid: str, tekst: str) -> None:
    assert schrijf(waarde, eenheid) == tekst


@given(st.sampled_from(sorted(BEDRAGEN)), st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_a_value_is_only_given_on_days_it_covers(sleutel: str, dag: date) -> None:
    waarde = waarde_op(BEDRAGEN[sleutel], dag)
    gedekt = [w for w in BEDRAGEN[sleutel].waarden if w.vanaf <= dag <= (w.tot or date.max)]
    assert gedekt == ([waarde] if waarde else [])


def test_an_uncovered_day_never_gets_the_last_known_value() -> None:
    laatste = max(w.tot for w in BEDRAGEN["wml-uur-21"].waarden if w.tot)
    tekst = '{{ bedrag("wml-uur-21") }}'
    assert vul_in(tekst, BEDRAGEN, laatste, lambda _: "?") == "€ 14,99"
    assert vul_in(tekst, BEDRAGEN, laatste + timedelta(days=1), lambda _: "?") == "?"


def test_a_plan_is_said_to_be_a_plan() -> None:
    tekst = vul_in('{{ bedrag("jeugdloon-18") }}', BEDRAGEN, date(2027, 1, 2), lambda _: "?")
    assert tekst == "62,5% (volgens het plan van december 2025)"
