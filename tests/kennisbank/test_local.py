"""The local layer: every gemeente has its three answers, and each says how good it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kennisbank.answer import Antwoord, Deel, Schrijver
from kennisbank.contacts import Contact
from kennisbank.local import Trede, zoek_lokaal
from kennisbank.model import Doelgroep
from kennisbank.places import Gemeente
from kennisbank.reader import read_inhoud
from kennisbank.store import Kennisbank

DAG = date(2026, 11, 28)
CONTACT = Contact(
    gebied_code="GM0114",
    gemeente="Emmen",
    doelgroep="professional",
    functie="werkcoach",
    organisatie="Menso",
    telefoon="14 0591",
    bron="opgave van de organisatie",
    gecontroleerd_op=date(2026, 10, 1),
)


@pytest.fixture(scope="module")
def kb() -> Kennisbank:
    return Kennisbank.of_files(read_inhoud())


@pytest.fixture(scope="module")
def schrijver(kb: Kennisbank) -> Schrijver:
    return Schrijver(kb, vandaag=lambda: DAG)


@pytest.fixture(scope="module")
def nu(kb: Kennisbank) -> list[Gemeente]:
    return list(kb.gemeenten_op(DAG))


def met(kb: Kennisbank, *contacten: Contact) -> Schrijver:
    return Schrijver(replace(kb, contacten=list(contacten)), vandaag=lambda: DAG)


@pytest.mark.parametrize("soort", ["route", "contact", "regio"])
def test_every_gemeente_has_an_answer_without_gaps(
    kb: Kennisbank, schrijver: Schrijver, nu: list[Gemeente], soort: str
) -> None:
    schrijf: dict[str, Callable[[Gemeente, date], Antwoord]] = {
        "route": schrijver.route,
        "contact": schrijver.contact,
        "regio": schrijver.regio,
    }
    assert len(nu) == 342
    bekend = _bekende_tekens(kb)
    for gemeente in nu:
        antwoord = schrijf[soort](gemeente, DAG)
        tekst = antwoord.tekst
        assert gemeente.naam in antwoord.blokken[0].tekst
        assert gemeente.doorstroompuntregio in tekst
        assert antwoord.bewijs == f"{soort} · {DAG} · {gemeente.code}"
        for leeg in ("{", "}", "None", "()", " ,", ", ,", "****", " ;", "; )"):
            assert leeg not in tekst, (gemeente.naam, leeg)
        assert set(re.findall(r"https?://\S+|\S+@\S+|\b0\d{2,3}[ -]?\d{6,7}\b", tekst)) <= bekend


def _bekende_tekens(kb: Kennisbank) -> set[str]:
    """Addresses and numbers that stand in the content; an answer may hold no other."""
    inhoud = " ".join(route.json() for route in kb.routes) + " ".join(c.json() for c in kb.contacten)
    return set(re.findall(r"https?://\S+|\S+@\S+|\b0\d{2,3}[ -]?\d{6,7}\b", inhoud))


def test_no_answer_contradicts_its_own_step(kb: Kennisbank, schrijver: Schrijver, nu: list[Gemeente]) -> None:
    for gemeente in nu:
        gevonden = zoek_lokaal(gemeente, kb, DAG)
        tekst = schrijver.contact(gemeente, DAG).tekst
        assert ("ken ik nog geen contactpersoon" in tekst) is (gevonden.trede is not Trede.CONTACTPERSOON)
        assert ("Dit is het loket dat ik wel ken" in tekst) is (gevonden.trede is Trede.LOKET)
        assert ("Dit is bekend voor je regio" in tekst) is (gevonden.trede is Trede.REGIOROUTE)
        assert ("Dit is het loket van je regio" in tekst) is (gevonden.trede is Trede.DOORSTROOMPUNT)
        assert "UWV" in tekst
        assert "Juridisch Loket" in tekst


def test_no_name_of_a_person_is_in_an_answer(
    kb: Kennisbank, schrijver: Schrijver, nu: list[Gemeente], onderzoek: Path
) -> None:
    stukken = (onderzoek / "geo" / "routes_uit_bronnen.yaml").read_text(encoding="utf-8")
    personen = set(re.findall(r"naam: ([A-Z][^,}\]]+), functie: [^n]", stukken))
    personen |= {
        naam.strip() for rij in re.findall(r"namen: \[([^\]]+)\]", stukken) for naam in rij.split(",")
    }
    assert len(personen) > 40
    alles = "\n".join(schrijver.contact(g, DAG).tekst + schrijver.route(g, DAG).tekst for g in nu)
    assert [persoon for persoon in personen if persoon in alles] == []


@pytest.mark.parametrize(
    ("naam", "gezegd"),
    [
        ("Echt-Susteren", "wijst op regio 38"),
        ("Vijfheerenlanden", "niet in een bron bevestigd"),
        ("Hilversum", "indeling uit 2013"),
        ("Emmen", "Welke dat is, heb ik niet gevonden"),
        ("Wijdemeren", "Op 1 januari 2027 zou Wijdemeren bij Hilversum komen"),
    ],
)
def test_what_is_uncertain_about_a_region_is_said(
    kb: Kennisbank, schrijver: Schrijver, naam: str, gezegd: str
) -> None:
    assert gezegd in schrijver.regio(_gemeente(kb, naam), DAG).tekst


def test_a_contact_gemeente_from_general_knowledge_is_said_to_be_that(
    kb: Kennisbank, schrijver: Schrijver
) -> None:
    tekst = schrijver.contact(_gemeente(kb, "Amersfoort"), DAG).tekst
    assert re.search(r"contactgemeente \w+, niet in een bron bevestigd", tekst)


def test_a_gemeente_of_the_past_is_told_with_what_is_known_now(kb: Kennisbank, schrijver: Schrijver) -> None:
    (vondst,) = kb.plaatsen.zoek("Appingedam", date(2020, 1, 1))
    antwoord = schrijver.contact(kb.gemeenten[vondst.codes[0]], date(2020, 1, 1))
    assert antwoord.gemeente == "GM0003"
    assert "Op 1 januari 2020 was Appingedam een eigen gemeente; sinds 1 januari 2021" in antwoord.tekst
    assert "Lokaal: Eemsdelta" in antwoord.tekst
    gesplitst = schrijver.regio(_gemeente(kb, "Haaren"), date(2020, 1, 1))
    merken = {blok.tekst for blok in gesplitst.blokken if blok.deel is Deel.MERK}
    assert merken == {f"*Lokaal: {naam}*" for naam in ("Tilburg", "Boxtel", "Vught", "Oisterwijk")}


def test_a_planned_merger_is_said_after_its_date(kb: Kennisbank, schrijver: Schrijver) -> None:
    tekst = schrijver.contact(_gemeente(kb, "Hilversum"), date(2027, 2, 1)).tekst
    assert "Ik ga ervan uit dat Wijdemeren sinds 1 januari 2027 bij Hilversum hoort" in tekst


def test_a_contact_comes_first_and_only_for_whom_it_is_meant(kb: Kennisbank) -> None:
    schrijver, emmen = met(kb, CONTACT), _gemeente(kb, "Emmen")
    tekst = schrijver.contact(emmen, DAG).tekst
    assert "**werkcoach**, Menso, 14 0591" in tekst
    assert "gecontroleerd op 1 oktober 2026" in tekst
    assert "geen contactpersoon" not in tekst
    assert "14 0591" not in schrijver.contact(emmen, DAG, doelgroep=Doelgroep.OUD_LEERLING).tekst
    assert "14 0591" not in schrijver.contact(_gemeente(kb, "Coevorden"), DAG).tekst


def test_a_contact_of_a_region_holds_in_all_its_gemeenten(kb: Kennisbank) -> None:
    schrijver = met(kb, CONTACT.copy(update={"gebied_code": "RMC8", "gemeente": None, "regio": "RMC8"}))
    for naam in ("Emmen", "Coevorden", "Borger-Odoorn"):
        tekst = schrijver.contact(_gemeente(kb, naam), DAG).tekst
        assert "ken ik nog geen contactpersoon" in tekst
        assert "contact voor je hele regio" in tekst
        assert "14 0591" in tekst
    assert "14 0591" not in schrijver.contact(_gemeente(kb, "Assen"), DAG).tekst


def test_an_expired_contact_is_never_given_as_current(kb: Kennisbank) -> None:
    schrijver = met(kb, CONTACT.copy(update={"geldig_tot": date(2026, 11, 27)}))
    tekst = schrijver.contact(_gemeente(kb, "Emmen"), DAG).tekst
    assert "ken ik nog geen contactpersoon" in tekst
    assert "Vroeger was er: werkcoach, Menso" in tekst
    assert "14 0591" not in tekst


def test_a_contact_that_was_checked_long_ago_is_given_with_a_warning(kb: Kennisbank) -> None:
    schrijver = met(kb, CONTACT.copy(update={"gecontroleerd_op": date(2025, 1, 1)}))
    assert "controleer of dit nog klopt" in schrijver.contact(_gemeente(kb, "Emmen"), DAG).tekst


def test_each_local_article_marks_what_is_national_and_what_is_local(
    kb: Kennisbank, schrijver: Schrijver
) -> None:
    assen = _gemeente(kb, "Assen")
    lokale = [artikel for artikel in kb.alle(DAG) if artikel.lokaal == "ja"]
    assert lokale
    for artikel in lokale:
        for doelgroep in Doelgroep:
            blokken = schrijver.artikel(artikel, doelgroep, DAG, assen).blokken
            merken = [blok.tekst for blok in blokken if blok.deel is Deel.MERK]
            assert merken == ["*Landelijk*", "*Lokaal: Assen*"], artikel.id
        zonder = schrijver.artikel(artikel, Doelgroep.PROFESSIONAL, DAG).tekst
        assert "Noem je gemeente" in zonder


def test_the_page_on_coverage_tells_what_the_chain_reaches(kb: Kennisbank, nu: list[Gemeente]) -> None:
    """docs/lokaal.md: one row per step, with the gemeenten that reach it for a contact and a route."""
    tekst = Path("docs/lokaal.md").read_text(encoding="utf-8")
    rijen = dict(re.findall(r"^\| `(\w+)` \| (\d+ \| \d+) \|", tekst, re.MULTILINE))
    contact = Counter(zoek_lokaal(g, kb, DAG).trede for g in nu)
    route = Counter(zoek_lokaal(g, kb, DAG, met_contacten=False).trede for g in nu)
    assert rijen == {trede.value: f"{contact[trede]} | {route[trede]}" for trede in Trede}


def _gemeente(kb: Kennisbank, naam: str) -> Gemeente:
    return next(gemeente for gemeente in kb.gemeenten.values() if gemeente.naam == naam)
