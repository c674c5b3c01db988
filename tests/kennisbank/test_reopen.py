"""An answer can be read again as it was given, whatever an editor changed since."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kennisbank import store
from kennisbank.answer import Schrijver
from kennisbank.model import Doelgroep
from kennisbank.reader import Inhoud, read_inhoud
from kennisbank.receipt import Bewijs, BewijsFout
from kennisbank.reopen import heropen
from kennisbank.store import Kennisbank, build

ARTIKEL = "aba-wanneer-aanvragen"


@pytest.mark.parametrize(
    "code",
    [
        "aba-wanneer-aanvragen · 2026-11-22",
        "aba-wanneer-aanvragen · 2026-11-22 · GM0037",
        "wat-verandert-op-18 · 2027-01-02 · GM0363 · oud-leerling · 17 jaar · gegeven 2026-11-22",
        "contact · 2026-11-22 · GM0037",
    ],
)
def test_a_code_reads_back_to_itself(code: str) -> None:
    assert str(Bewijs.lees(code)) == code


def test_a_code_is_read_as_people_paste_it() -> None:
    assert Bewijs.lees("`Route-Entree · 2026-11-22 · gm0014`") == Bewijs.lees(
        "route-entree 2026-11-22 GM0014"
    )


@pytest.mark.parametrize(
    "onzin", ["", "hallo", "2026-11-22", "aba 2026-13-40", "aba · 2026-11-22 · 2026-11-23"]
)
def test_what_is_no_code_is_refused_with_an_example(onzin: str) -> None:
    with pytest.raises(BewijsFout, match="GM0037"):
        Bewijs.lees(onzin)


class _Klok(datetime):
    """A clock that stands at the day the test sets."""

    dag: datetime

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.dag


def _met_tekst(tekst: str) -> Inhoud:
    inhoud = read_inhoud()
    inhoud.artikelen = [
        artikel.copy(update={"teksten": {**artikel.teksten, Doelgroep.PROFESSIONAL: tekst}})
        if artikel.id == ARTIKEL
        else artikel
        for artikel in inhoud.artikelen
    ]
    return inhoud


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store whose article was changed on 25 November."""
    adres = f"sqlite:///{tmp_path / 'kennisbank.db'}"
    monkeypatch.setattr(store, "datetime", _Klok)
    for dag, tekst in ((20, "De eerste tekst."), (25, "De tweede tekst.")):
        _Klok.dag = datetime(2026, 11, dag, 12)
        build(adres, _met_tekst(tekst))
    return adres


def test_the_text_of_an_earlier_day_comes_back(url: str) -> None:
    kb = Kennisbank.open(url)
    toen = heropen(Bewijs.lees(f"{ARTIKEL} · 2026-11-22 · GM0037"), kb, url)
    nu = heropen(Bewijs.lees(f"{ARTIKEL} · 2026-11-26"), kb, url)
    assert "De eerste tekst." in toen.antwoord.tekst
    assert "Stadskanaal" in toen.antwoord.tekst
    assert "De tweede tekst." in nu.antwoord.tekst
    assert toen.opmerkingen == nu.opmerkingen == ()


def test_a_day_on_which_the_text_changed_is_said(url: str) -> None:
    gewijzigd = heropen(Bewijs.lees(f"{ARTIKEL} · 2026-11-25"), Kennisbank.open(url), url)
    assert "De tweede tekst." in gewijzigd.antwoord.tekst
    assert "gewijzigd" in " ".join(gewijzigd.opmerkingen)


def test_a_day_before_anything_was_kept_is_said(url: str) -> None:
    vroeg = heropen(Bewijs.lees(f"{ARTIKEL} · 2026-11-01"), Kennisbank.open(url), url)
    assert "geen stand bewaard" in " ".join(vroeg.opmerkingen)


def test_the_day_of_giving_decides_about_the_text_and_the_other_day_about_the_law(url: str) -> None:
    kb = Kennisbank.open(url)
    code = "minimumjeugdloon · 2027-01-02 · gegeven 2026-11-22"
    heropend = heropen(Bewijs.lees(code), kb, url)
    artikel = kb.artikel("minimumjeugdloon", date(2027, 1, 2))
    assert artikel is not None
    gegeven = Schrijver(kb, vandaag=lambda: date(2026, 11, 22)).artikel(
        artikel, Doelgroep.PROFESSIONAL, date(2027, 1, 2)
    )
    assert heropend.antwoord == gegeven
    assert gegeven.bewijs == code


@pytest.mark.parametrize("code", ["bestaat-niet · 2026-11-22", f"{ARTIKEL} · 2026-11-22 · GM9999"])
def test_what_never_was_is_refused(url: str, code: str) -> None:
    with pytest.raises(LookupError):
        heropen(Bewijs.lees(code), Kennisbank.open(url), url)
