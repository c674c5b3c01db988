"""The contacts file: what it may hold, what an import changes, and that nothing is half done."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.cli import main
from kennisbank.contacts import KOLOMMEN, Contact, als_csv, read_contacten, schrijf, vergelijk
from kennisbank.geodata import read_gebieden
from kennisbank.meldingen import InhoudFout
from kennisbank.store import Kennisbank

GEBIEDEN = read_gebieden()
VOORBEELD = Path("docs/handleiding/contacten-voorbeeld.csv")
RIJ = {
    "gemeente": "Emmen",
    "doelgroep": "leerlingen van PrO en vso",
    "functie": "doorstroomcoach",
    "organisatie": "Menso",
    "bron": "opgave van de organisatie",
    "gecontroleerd_op": "2026-11-01",
}


def schrijf_csv(pad: Path, *rijen: dict[str, str], scheiding: str = ",") -> Path:
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, KOLOMMEN, delimiter=scheiding, lineterminator="\n")
        schrijver.writeheader()
        schrijver.writerows(rijen)
    return pad


@pytest.fixture
def opslag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A contacts file and a store of its own."""
    monkeypatch.setenv("ROUTEWIJZER_CONTACTEN", str(tmp_path / "contacten.csv"))
    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", f"sqlite:///{tmp_path / 'kb.db'}")
    return tmp_path / "contacten.csv"


@pytest.mark.parametrize(
    ("kolom", "waarde", "uitleg"),
    [
        ("gemeente", "Blubbelstad", "is geen gemeente"),
        ("gemeente", "AM01", "is geen gemeente"),
        ("gemeente", "", "vul gemeente of regio in"),
        ("regio", "Drenthe", "vul gemeente of regio in"),
        ("telefoon", "bel maar", "is geen telefoonnummer"),
        ("e-mail", "iemand bij ons", "is geen e-mailadres"),
        ("url", "menso.nl", "begin met https://"),
        ("gecontroleerd_op", "1 november", "is geen datum"),
        ("gecontroleerd_op", "2999-01-01", "moet nog komen"),
        ("geldig_tot", "morgen", "is geen datum"),
        ("functie", "", "dit veld is leeg"),
        ("organisatie", "", "dit veld is leeg"),
        ("bron", "", "dit veld is leeg"),
        ("naam", "=1+1", "is een formule"),
    ],
)
def test_a_fault_is_told_with_row_and_column(tmp_path: Path, kolom: str, waarde: str, uitleg: str) -> None:
    pad = schrijf_csv(tmp_path / "c.csv", RIJ, {**RIJ, "functie": "werkcoach", kolom: waarde})
    with pytest.raises(InhoudFout) as fout:
        read_contacten(GEBIEDEN, pad)
    (melding,) = fout.value.meldingen
    assert melding.regel == 3
    assert f"kolom {kolom if kolom != 'regio' else 'gemeente'}" in melding.tekst
    assert uitleg in melding.tekst


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    pad = schrijf_csv(
        tmp_path / "c.csv", {**RIJ, "bron": "", "url": "x"}, {**RIJ, "gemeente": "Niets"}, RIJ, RIJ
    )
    with pytest.raises(InhoudFout) as fout:
        read_contacten(GEBIEDEN, pad)
    assert [melding.regel for melding in fout.value.meldingen] == [2, 2, 3, 5]


def test_a_column_that_does_not_exist_is_told(tmp_path: Path) -> None:
    pad = tmp_path / "c.csv"
    pad.write_text("gemeente,leeftijd\nEmmen,12\n", encoding="utf-8")
    with pytest.raises(InhoudFout) as fout:
        read_contacten(GEBIEDEN, pad)
    assert "de kolom 'leeftijd' bestaat niet" in str(fout.value)
    assert "de kolom 'functie' ontbreekt" in str(fout.value)


def test_a_region_by_name_must_be_one_region(tmp_path: Path) -> None:
    rij = {**RIJ, "gemeente": "", "regio": "Achterhoek"}
    with pytest.raises(InhoudFout, match="schrijf AM09 of RMC13"):
        read_contacten(GEBIEDEN, schrijf_csv(tmp_path / "c.csv", rij))
    (contact,) = read_contacten(GEBIEDEN, schrijf_csv(tmp_path / "c.csv", {**rij, "regio": "RMC13"}))
    assert contact.gebied_code == "RMC13"


@pytest.mark.parametrize("scheiding", [",", ";"])
def test_comma_and_semicolon_are_read(tmp_path: Path, scheiding: str) -> None:
    (contact,) = read_contacten(GEBIEDEN, schrijf_csv(tmp_path / "c.csv", RIJ, scheiding=scheiding))
    assert (contact.gebied_code, contact.gecontroleerd_op) == ("GM0114", date(2026, 11, 1))


def test_a_number_that_excel_made_of_a_phone_number_is_told(tmp_path: Path) -> None:
    boek = Workbook(write_only=True)
    blad = boek.create_sheet()
    blad.append(list(KOLOMMEN))
    blad.append([{**RIJ, "telefoon": 591123456}.get(kolom) for kolom in KOLOMMEN])
    boek.save(tmp_path / "c.xlsx")
    with pytest.raises(InhoudFout, match="kolom telefoon: Excel heeft van '591123456' een getal"):
        read_contacten(GEBIEDEN, tmp_path / "c.xlsx")


def test_a_file_that_is_no_excel_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.xlsx").write_bytes(b"geen excel")
    with pytest.raises(InhoudFout, match="geen Excel-bestand"):
        read_contacten(GEBIEDEN, tmp_path / "c.xlsx")


_WOORD = st.text("abcdefghijklmnopqrstuvwxyzéïABC -'\",;0123456789", min_size=1, max_size=30).map(str.strip)
_TEKST = _WOORD.filter(bool)
_RIJEN = st.lists(
    st.builds(
        lambda plaats, doelgroep, naam, functie, organisatie, telefoon, email, bron, tot: Contact(
            gebied_code=plaats[2],
            gemeente=plaats[0],
            regio=plaats[1],
            doelgroep=doelgroep,
            naam=naam,
            functie=functie,
            organisatie=organisatie,
            telefoon=telefoon,
            email=email,
            url=None,
            bron=bron,
            gecontroleerd_op=date(2026, 11, 1),
            geldig_tot=tot,
        ),
        st.sampled_from([("Emmen", None, "GM0114"), ("GM0037", None, "GM0037"), (None, "RMC1", "RMC1")]),
        _TEKST,
        st.none() | _TEKST,
        _TEKST,
        _TEKST,
        st.none() | st.sampled_from(["(050) 367 00 00", "+31 50 3670000", "14050"]),
        st.none() | st.just("loket@voorbeeld.nl"),
        _TEKST,
        st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
    max_size=8,
    unique_by=Contact.sleutel,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(_RIJEN, st.sampled_from(["csv", "xlsx"]))
def test_what_is_written_is_read_back_the_same(tmp_path: Path, contacten: list[Contact], soort: str) -> None:
    pad = tmp_path / f"rond.{soort}"
    schrijf(contacten, pad)
    assert read_contacten(GEBIEDEN, pad) == contacten


@settings(deadline=None)
@given(_RIJEN, _RIJEN)
def test_an_import_leaves_what_belongs_to_others(bestaand: list[Contact], bestand: list[Contact]) -> None:
    verschil = vergelijk(bestaand, bestand)
    genoemd = {contact.organisatie for contact in bestand}
    assert [c for c in verschil.contacten if c.organisatie not in genoemd] == [
        c for c in bestaand if c.organisatie not in genoemd
    ]
    assert [c for c in verschil.contacten if c.organisatie in genoemd] == bestand
    assert set(verschil.raakt) <= genoemd
    assert len(bestaand) + len(verschil.nieuw) - len(verschil.verdwenen) == len(verschil.contacten)


def test_an_import_can_be_tried_done_and_got_back(
    opslag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = schrijf_csv(
        tmp_path / "menso.csv", RIJ, {**RIJ, "gemeente": "", "regio": "AM15", "functie": "werkcoach"}
    )
    assert main(["contacten", "importeer", str(bestand), "--proef"]) == 0
    assert not opslag.exists()
    assert "2 nieuw, 0 gewijzigd, 0 verdwenen" in capsys.readouterr().out

    assert main(["contacten", "importeer", str(bestand)]) == 0
    capsys.readouterr()
    assert main(["contacten", "exporteer"]) == 0
    assert capsys.readouterr().out == bestand.read_text(encoding="utf-8")
    assert main(["contacten", "exporteer", str(tmp_path / "uit.xlsx")]) == 0
    assert read_contacten(GEBIEDEN, tmp_path / "uit.xlsx") == read_contacten(GEBIEDEN, bestand)
    assert len(Kennisbank.open(f"sqlite:///{tmp_path / 'kb.db'}").contacten) == 2

    gewijzigd = schrijf_csv(tmp_path / "nieuw.csv", {**RIJ, "telefoon": "14 0591"})
    capsys.readouterr()
    assert main(["contacten", "importeer", str(gewijzigd), "--proef"]) == 0
    uit = capsys.readouterr().out
    assert "telefoon was '', wordt '14 0591'" in uit
    assert "0 nieuw, 1 gewijzigd, 1 verdwenen" in uit


def test_one_organisation_does_not_silently_change_what_is_of_another(
    opslag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["contacten", "importeer", str(schrijf_csv(tmp_path / "a.csv", RIJ))]) == 0
    ander = {**RIJ, "organisatie": "gemeente Emmen"}
    assert main(["contacten", "importeer", str(schrijf_csv(tmp_path / "b.csv", ander))]) == 0
    assert "Menso heeft daar ook een contact; beide blijven" in capsys.readouterr().out
    assert len(read_contacten(GEBIEDEN)) == 2

    voor = opslag.read_bytes()
    samen = schrijf_csv(tmp_path / "c.csv", ander, {**RIJ, "telefoon": "14 0591"})
    assert main(["contacten", "importeer", str(samen)]) == 1
    assert "verandert contacten van Menso" in capsys.readouterr().err
    assert opslag.read_bytes() == voor
    assert main(["contacten", "importeer", str(samen), "--namens", "Menso"]) == 0
    assert [c.telefoon for c in read_contacten(GEBIEDEN) if c.organisatie == "Menso"] == ["14 0591"]


def test_one_fault_stops_the_whole_file(
    opslag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = schrijf_csv(tmp_path / "c.csv", RIJ, {**RIJ, "functie": "werkcoach", "url": "x"})
    assert main(["contacten", "importeer", str(bestand)]) == 1
    assert "c.csv:3: fout: kolom url" in capsys.readouterr().err
    assert not opslag.exists()


def test_a_store_that_cannot_be_written_leaves_the_file_as_it_was(
    opslag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opslag.write_text(als_csv([]), encoding="utf-8")
    (tmp_path / "geen-db").write_text("dit is geen database", encoding="utf-8")
    monkeypatch.setenv("ROUTEWIJZER_DATABASE_URL", f"sqlite:///{tmp_path / 'geen-db'}")
    assert main(["contacten", "importeer", str(schrijf_csv(tmp_path / "a.csv", RIJ))]) == 1
    assert opslag.read_text(encoding="utf-8") == als_csv([])


def test_the_example_file_holds_functions_only() -> None:
    contacten = read_contacten(GEBIEDEN, VOORBEELD)
    assert contacten
    assert [c.naam or c.telefoon or c.email for c in contacten] == [None] * len(contacten)
    assert als_csv(contacten) == VOORBEELD.read_text(encoding="utf-8")
    assert next(csv.reader(io.StringIO(VOORBEELD.read_text(encoding="utf-8")))) == list(KOLOMMEN)


def test_a_contact_is_current_until_its_last_day() -> None:
    dag = date(2026, 11, 1)
    contact = Contact(
        gebied_code="GM0114",
        doelgroep="-",
        functie="-",
        organisatie="-",
        bron="-",
        gecontroleerd_op=dag,
        geldig_tot=dag,
    )
    assert contact.actueel(dag)
    assert not contact.actueel(dag + timedelta(days=1))
    assert contact.pas_gecontroleerd(dag + timedelta(days=365))
    assert not contact.pas_gecontroleerd(dag + timedelta(days=366))
