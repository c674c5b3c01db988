"""The learning path: written from the articles, checked against them, and what was wrong comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import bewaardagen
from kennisbank.answer import Antwoord, Deel, Schrijver
from kennisbank.checks import controleer
from kennisbank.due import taken
from kennisbank.learning.lessons import Leermeester
from kennisbank.learning.model import Leerdeel
from kennisbank.learning.progress import LANGSTE_TUSSENPOOS, Voortgang
from kennisbank.meldingen import Ernst, InhoudFout
from kennisbank.places import Gemeente
from kennisbank.quotes import alinea
from kennisbank.reader import KENNISBANK_MAP, Inhoud, read_inhoud, validate_record
from kennisbank.store import Kennisbank

LEERPADEN = KENNISBANK_MAP / "leerpaden"
UITLEG = 'uitleg: "27 is de grens van het Doorstroompunt. Dat is hulp, geen plicht."'
MAANDAG = datetime(2026, 11, 30, 9, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def meester(kb: Kennisbank) -> Leermeester:
    return Leermeester(kb, Schrijver(kb))


def test_nine_parts_of_small_steps(kb: Kennisbank) -> None:
    assert len(kb.leerpad) == 9
    assert all(3 <= len(deel.stappen) <= 4 for deel in kb.leerpad)
    assert len({stap.artikel for deel in kb.leerpad for stap in deel.stappen}) >= 28


def test_a_step_says_what_its_article_says(kb: Kennisbank, meester: Leermeester) -> None:
    dag = date.today()
    for deel in kb.leerpad:
        for stap in deel.stappen:
            artikel = kb.artikel(stap.artikel, dag)
            assert artikel is not None
            gezegd = meester.les(stap, Voortgang(), dag, None).tekst
            for begin in stap.alineas:
                tekst = alinea(artikel, begin)
                assert tekst is not None
                assert Schrijver(kb).ingevuld(tekst, dag) in gezegd
            assert "{{" not in gezegd


def test_amounts_in_a_step_are_those_of_the_day(kb: Kennisbank, meester: Leermeester) -> None:
    stap = meester.stap("leeftijd-21")
    assert stap is not None
    assert "€" in meester.les(stap, Voortgang(), date(2026, 12, 1), None).tekst
    onbekend = kb.teksten("antwoord.onbekend_bedrag", naam="x", datum="y").split("x")[0]
    assert onbekend in meester.les(stap, Voortgang(), date(2027, 8, 1), None).tekst


def test_every_choice_is_explained_right_or_wrong(kb: Kennisbank, meester: Leermeester) -> None:
    for deel in kb.leerpad:
        for stap in deel.stappen:
            for plek, keuze in enumerate(stap.keuzes):
                voortgang = Voortgang().na(stap.id, keuze.goed, MAANDAG)
                gezegd = meester.uitleg(stap, plek, voortgang, MAANDAG)
                assert [ander.tekst for ander in stap.keuzes if ander.uitleg not in gezegd.tekst] == []
                assert {"artikel": stap.artikel} in [knop.velden for knop in gezegd.knoppen]


def test_the_own_gemeente_is_woven_in(kb: Kennisbank, meester: Leermeester) -> None:
    stap = meester.stap("gemeente-regio")
    assert stap is not None
    stadskanaal = kb.gemeente("GM0037")
    assert stadskanaal is not None
    met = meester.les(stap, Voortgang(), date.today(), stadskanaal)
    assert stadskanaal.centrumgemeente in met.tekst
    assert stadskanaal.doorstroompuntregio in met.tekst
    assert Deel.BEWIJS not in [blok.deel for blok in met.blokken]
    assert kb.teksten("leerpad.noem_gemeente") in meester.les(stap, Voortgang(), date.today(), None).tekst


def test_route_contact_and_region_of_the_own_gemeente_come_in_several_parts(
    kb: Kennisbank, meester: Leermeester
) -> None:
    stadskanaal, dag = kb.gemeente("GM0037"), date.today()
    assert stadskanaal is not None
    schrijf = Schrijver(kb)
    lokaal: dict[str, Callable[[Gemeente, date], Antwoord]] = {
        "route": schrijf.route,
        "contact": schrijf.contact,
        "regio": schrijf.regio,
    }
    per_deel = [[stap for stap in deel.stappen if stap.lokaal] for deel in kb.leerpad]
    assert sum(map(bool, per_deel)) >= 4
    assert {stap.lokaal for stappen in per_deel[:-1] for stap in stappen} == set(lokaal)
    for stap in (stap for stappen in per_deel for stap in stappen):
        eigen = [b for b in lokaal[str(stap.lokaal)](stadskanaal, dag).blokken if b.deel is not Deel.BEWIJS]
        les = meester.les(stap, Voortgang(), dag, stadskanaal)
        assert len(eigen) >= 2 and set(eigen) <= set(les.blokken)
        assert stap.geval in les.tekst and len(les.knoppen) == len(stap.keuzes)


# -- what comes back ------------------------------------------------------------------------------


def test_a_right_answer_does_not_come_back() -> None:
    voortgang = Voortgang().na("a", True, MAANDAG)
    assert voortgang.te_herhalen(MAANDAG + timedelta(days=365)) == []
    assert voortgang.volgende(["a", "b"], MAANDAG) == "b"


def test_a_wrong_answer_comes_back_on_another_day_and_then_ever_later() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG)
    assert voortgang.volgende(["a", "b"], MAANDAG + timedelta(hours=1)) == "b"
    moment, tussenpozen = MAANDAG, []
    for _ in range(4):
        terug = voortgang.eerstvolgende_herhaling()
        assert terug is not None
        tussenpozen.append(terug - moment)
        moment = terug
        assert voortgang.volgende(["a", "b"], moment) == "a"
        voortgang = voortgang.na("a", True, moment)
    assert tussenpozen[0] >= timedelta(hours=12)
    assert tussenpozen == sorted(set(tussenpozen))


def test_nothing_comes_back_after_the_progress_itself_is_gone() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG)
    moment = MAANDAG
    for _ in range(12):
        terug = voortgang.eerstvolgende_herhaling()
        assert terug is not None and terug - moment <= timedelta(days=LANGSTE_TUSSENPOOS)
        moment = terug
        voortgang = voortgang.na("a", True, moment)
    assert moment - MAANDAG > timedelta(days=100)
    assert bewaardagen() > LANGSTE_TUSSENPOOS


def test_wrong_again_comes_back_sooner_than_right() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG)
    later = MAANDAG + timedelta(days=3)
    goed, fout = voortgang.na("a", True, later), voortgang.na("a", False, later)
    assert (fout.eerstvolgende_herhaling() or later) < (goed.eerstvolgende_herhaling() or later)


def test_a_right_answer_before_its_day_leaves_the_day_as_it_is() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG)
    meteen = voortgang.na("a", True, MAANDAG + timedelta(minutes=1))
    assert meteen.eerstvolgende_herhaling() == voortgang.eerstvolgende_herhaling()


def test_progress_survives_storage() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG).na("b", True, MAANDAG)
    assert Voortgang.of(voortgang.als_dict()).als_dict() == voortgang.als_dict()
    assert Voortgang.of(None) == Voortgang()


def test_progress_on_a_device_is_read_back_and_nothing_else_is() -> None:
    voortgang = Voortgang().na("a", False, MAANDAG).na("b", True, MAANDAG)
    assert Voortgang.of_tekst(voortgang.als_tekst()) == voortgang
    kaart = json.loads(voortgang.als_tekst())["kaarten"]["a"]
    zonder_tijdzone = {**kaart, "due": "2026-11-30T09:00:00"}
    for onzin in (
        *("", "null", "[]", "3", "{", '"gedaan"', "[" * 5000, '{"gedaan": ["a"]}'),
        '{"gedaan": [["a"]], "kaarten": {}}',
        '{"gedaan": 3, "kaarten": {}}',
        '{"gedaan": [], "kaarten": {"a": {"due": "morgen"}}}',
        json.dumps({"gedaan": [], "kaarten": {"a": zonder_tijdzone}}),
    ):
        gelezen = Voortgang.of_tekst(onzin)
        assert gelezen is None or gelezen == Voortgang(), onzin


_GETALLEN = st.one_of(st.integers(), st.floats(), st.none(), st.text(max_size=5))
_DAGEN = st.one_of(st.datetimes(timezones=st.just(timezone.utc)).map(datetime.isoformat), st.text(max_size=5))
_KAART = st.fixed_dictionaries(
    {
        "card_id": st.integers(),
        "state": st.sampled_from([2, 2, 1, 3]),
        "step": st.one_of(st.none(), st.none(), st.integers()),
        "stability": st.one_of(st.none(), st.floats(), st.floats(0, 40_000)),
        "difficulty": st.one_of(st.none(), st.floats(), st.floats(1, 10)),
        "due": _DAGEN,
        "last_review": st.one_of(st.none(), _DAGEN),
    }
)
_KAPOTTE_KAART = st.dictionaries(st.sampled_from(["card_id", "state", "due"]), _GETALLEN)
_VERZONNEN = st.fixed_dictionaries(
    {
        "gedaan": st.lists(st.one_of(st.sampled_from(["veld-waarvoor", "a"]), _GETALLEN), max_size=3),
        "kaarten": st.dictionaries(
            st.sampled_from(["veld-waarvoor", "a"]), st.one_of(_KAART, _KAPOTTE_KAART), max_size=2
        ),
    }
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=40), _VERZONNEN.map(json.dumps)), st.booleans())
def test_progress_that_somebody_made_up_breaks_nothing(tekst: str, goed: bool) -> None:
    voortgang = Voortgang.of_tekst(tekst)
    if voortgang is None:
        return
    nu = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
    voortgang.volgende(["veld-waarvoor", "a"], nu)
    verder = voortgang.na("veld-waarvoor", goed, nu)
    assert Voortgang.of_tekst(verder.als_tekst()) is not None
    verder.eerstvolgende_herhaling()


def test_what_was_repeated_for_years_is_still_our_progress() -> None:
    voortgang = Voortgang().na("veld-waarvoor", False, MAANDAG)
    for _ in range(40):
        dag = voortgang.eerstvolgende_herhaling()
        assert dag is not None
        voortgang = voortgang.na("veld-waarvoor", True, dag)
        assert Voortgang.of_tekst(voortgang.als_tekst()) == voortgang


def test_a_step_that_the_editors_removed_does_not_block_the_path(meester: Leermeester) -> None:
    voortgang = Voortgang().na("bestaat-niet-meer", False, MAANDAG)
    stap = meester.volgende(voortgang, MAANDAG + timedelta(days=30))
    assert stap is not None
    assert stap.id == "veld-waarvoor"


# -- the check ------------------------------------------------------------------------------------


def _met(tmp_path: Path, oud: str, nieuw: str, bestand: str = "4-leeftijden.yml") -> Inhoud:
    """The content with one learning file changed."""
    tekst = (LEERPADEN / bestand).read_text(encoding="utf-8")
    assert oud in tekst
    veranderd = tmp_path / bestand
    veranderd.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    inhoud = read_inhoud()
    inhoud.leerdelen[veranderd.stem] = validate_record(Leerdeel, veranderd)
    return inhoud


def test_the_path_as_it_is_has_no_message() -> None:
    over_leren = [m for m in controleer(read_inhoud(), date.today()) if "leerpaden" in m.bestand]
    assert over_leren == []


@pytest.mark.parametrize(
    ("oud", "nieuw", "klacht"),
    [
        ("artikel: wat-verandert-op-16", "artikel: bestaat-niet", "artikel 'bestaat-niet' bestaat niet"),
        ('"Waarom 16 telt:"', '"Waarom 15 telt:"', "begint geen alinea met"),
        ('zin: "de leerplicht eindigt niet', 'zin: "de leerplicht eindigt wel', "het goede antwoord rust op"),
        ("Dat is hulp, geen plicht.", "Dat kost € 12.", "is een bedrag"),
        ("beeld: leeftijdslijn", "beeld: tijdlijn", "het beeld 'tijdlijn' bestaat niet"),
        ("id: leeftijd-18", "id: leeftijd-16", "staat er twee keer"),
    ],
)
def test_what_no_article_says_stops_the_build(tmp_path: Path, oud: str, nieuw: str, klacht: str) -> None:
    fouten = [m for m in controleer(_met(tmp_path, oud, nieuw), date.today()) if m.ernst is Ernst.FOUT]
    assert [m for m in fouten if klacht in m.tekst] != []


@pytest.mark.parametrize(
    ("oud", "nieuw", "klacht"),
    [
        (", goed: true", "", "precies één keuze"),
        (
            'uitleg: "27 is de grens van het Doorstroompunt. Dat is hulp, geen plicht."',
            'uitleg: ""',
            "geen uitleg",
        ),
        (
            ', uitleg: "27 is de grens van het Doorstroompunt. Dat is hulp, geen plicht."',
            "",
            "dit veld ontbreekt",
        ),
    ],
)
def test_a_question_that_teaches_nothing_is_refused(
    tmp_path: Path, oud: str, nieuw: str, klacht: str
) -> None:
    with pytest.raises(InhoudFout) as fout:
        _met(tmp_path, oud, nieuw)
    assert klacht in str(fout.value)


def test_a_step_older_than_its_article_is_on_the_editors_list(tmp_path: Path) -> None:
    inhoud = _met(tmp_path, "nagekeken_op: 2026-11-28", "nagekeken_op: 2026-01-01")
    meldingen = [m for m in controleer(inhoud, date.today()) if "leeftijd-16: " in m.tekst]
    assert [m.ernst for m in meldingen] == [Ernst.LET_OP]
    assert ("leerstap", "leeftijd-16") in [(t.soort, t.id) for t in taken(inhoud, [], date(2026, 12, 31))]
