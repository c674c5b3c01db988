"""The door: tidied, cut, disarmed and masked before anything else sees a message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.door import ontvang
from bot.settings import MAX_TEKENS


def _nergens(_: str) -> bool:
    return False


@given(st.text(max_size=3000))
def test_any_text_comes_out_short_and_without_a_command(tekst: str) -> None:
    inkomend = ontvang(tekst, _nergens)
    assert len(inkomend.tekst) <= MAX_TEKENS + 200
    assert not inkomend.tekst.startswith("/")
    assert "\x00" not in inkomend.tekst


def test_the_beginning_and_the_end_of_a_long_text_stay() -> None:
    inkomend = ontvang("begin " + "x " * 5000 + "einde", _nergens)
    assert inkomend.ingekort
    assert inkomend.tekst.startswith("begin")
    assert inkomend.tekst.endswith("einde")


def test_places_are_no_names() -> None:
    assert ontvang("lln Sappemeer zoekt een stage", lambda naam: naam == "Sappemeer").gemaskeerd == ()


@given(st.integers(0, 40))
def test_a_number_on_the_cut_does_not_survive_in_part(plek: int) -> None:
    voor = MAX_TEKENS // 2 - plek
    tekst = "a" * voor + " bsn 111222333 of 06 24681357 " + "b " * MAX_TEKENS
    assert not any(teken.isdigit() for teken in ontvang(tekst, _nergens).tekst)
