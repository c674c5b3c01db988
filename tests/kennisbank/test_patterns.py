"""Regular expressions in one pass: whole words, all that are there, the same after they were kept."""

from __future__ import annotations

import pickle

import pytest
import re2

from kennisbank.search.patterns import Patronen

PATRONEN = Patronen(["loon", r"loon\w*", "geld|euro", r"arbeid\+", "me loon"])


@pytest.mark.parametrize(
    ("tekst", "nummers"),
    [
        ("krijg ik me loon nog", [0, 1, 4]),
        ("loonstrook", [1]),
        ("zakgeld", []),
        ("geldzorgen", []),
        ("weinig geld.", [2]),
        ("route (arbeid+)", [3]),
        ("arbeid+plus", []),
        ("geld… of niet", [2]),
        ("", []),
    ],
)
def test_whole_words_are_found_whatever_overlaps(tekst: str, nummers: list[int]) -> None:
    assert PATRONEN.found_in(tekst) == nummers


def test_patterns_find_the_same_after_they_were_kept() -> None:
    bewaard = pickle.loads(pickle.dumps(PATRONEN))
    assert bewaard.found_in("me loon in euro") == PATRONEN.found_in("me loon in euro") == [0, 1, 2, 4]


def test_many_long_patterns_are_taken() -> None:
    veel = Patronen([rf"woord{nummer}\w*|en nog\s+iets{nummer}" for nummer in range(500)])
    assert veel.found_in("woord77en en nog iets499") == [7, 77, 499]


@pytest.mark.parametrize("patroon", ["(open", "van(?! de hak)"])
def test_what_is_no_regular_expression_is_refused(patroon: str) -> None:
    with pytest.raises(re2.error):
        Patronen([patroon])
