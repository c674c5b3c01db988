"""Behaviour of the masking: personal data never survives, ordinary questions stay as they are."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import Maskering, masker

VANDAAG = date(2026, 9, 1)
PLAATSEN = {"emmen", "assen", "veendam", "winschoten", "dongen", "sappemeer"}


def is_plaats(naam: str) -> bool:
    return naam.lower() in PLAATSEN


def gemaskeerd(tekst: str) -> str:
    return masker(tekst, is_plaats, VANDAAG).tekst


MASKEREN = [
    ("mn bsn is 111222333 en nu", "mn bsn is [bsn] en nu"),
    ("BSN: 1112.22.333 graag nakijken", "BSN: [bsn] graag nakijken"),
    ("dit is hem 111 222 333", "dit is hem [bsn]"),
    ("mijn burgerservicenummer is 123456780", "mijn burgerservicenummer is [bsn]"),
    ("sofinummer 4455667 klopt dat", "sofinummer [bsn] klopt dat"),
    ("bel maar op 06-24681357", "bel maar op [telefoon]"),
    ("app naar +31 (0)6 2468 1357 graag", "app naar [telefoon] graag"),
    ("ons nummer is (0591) 61 23 45", "ons nummer is [telefoon]"),
    ("nul zes twaalf vierendertig zesenvijftig achtenzeventig", "[telefoon]"),
    ("mail naar jan.bakker@example.nl.", "mail naar [e-mail]."),
    ("het is jan punt bakker at gmail punt com", "het is [e-mail]"),
    ("bel nul6 12 34 56 78 even", "bel [telefoon] even"),
    ("nul 6 12345678", "[telefoon]"),
    ("0zes-24681357 is van mij", "[telefoon] is van mij"),
    ("tim apenstaartje example.nl", "[e-mail]"),
    ("stort op NL91 ABNA 0417 1643 00 aub", "stort op [iban] aub"),
    ("nl91abna0417164300", "[iban]"),
    ("rekening BE71 0961 2345 6769 van oma", "rekening [iban] van oma"),
    ("geboren op 3 april 2008", "geboren op [geboortedatum]"),
    ("geb. 03-04-08, vso", "geb. [geboortedatum], vso"),
    ("ik ben van 3/4/2008", "ik ben van [geboortedatum]"),
    ("mijn zoon (03.04.2008) wil werken", "mijn zoon ([geboortedatum]) wil werken"),
    ("03-04-2008", "[geboortedatum]"),
    ("geboren op twaalf mei tweeduizend acht", "geboren op [geboortedatum]"),
    ("geb. derde april tweeduizendnegen in Assen", "geb. [geboortedatum] in Assen"),
    ("ik woon op de appelbloesemlaan 12b", "ik woon op de [adres]"),
    ("Nieuwe Prinsengracht 8-1 is mijn kamer", "[adres] is mijn kamer"),
    ("mijn adres is Vlinderroosje 31", "mijn adres is [adres]"),
    ("ik woon aan het plein 4", "ik woon aan het [adres]"),
    ("mijn oma zit op de dijk 12a, kan dat", "mijn oma zit op de [adres], kan dat"),
    ("postcode 9501 kl", "postcode [postcode]"),
    ("7811AP", "[postcode]"),
    ("ik ben Shanaya Oosterkamp", "ik ben [naam]"),
    ("me naam is dwight pengelhof en ik zoek werk", "me naam is [naam] en ik zoek werk"),
    ("mijn jobcoach heet Corné Uitdenberg", "mijn jobcoach heet [naam]"),
    ("Lln Jesper ter Heidema stopt", "Lln [naam] stopt"),
    ("mevrouw de bruin belt nooit", "mevrouw [naam] belt nooit"),
    ("mevrouw Van Dongen belt nooit", "mevrouw [naam] belt nooit"),
    ("dhr. J.P. Kloosterboer tekent", "dhr. [naam] tekent"),
    ("hij heet mei ling", "hij heet [naam]"),
    ("mijn dochter heet april en wil werken", "mijn dochter heet [naam] en wil werken"),
    ("groetjes Nienke", "groetjes [naam]"),
    ("Anouk en Merel doen samen stage", "[naam] en [naam] doen samen stage"),
    ("is Job al achttien", "is [naam] al achttien"),
    ("IK BEN KEVIN BAKKER", "IK BEN [naam]"),
    ("Fabrizia (17) wil naar Entree", "[naam] (17) wil naar Entree"),
]

BLIJFT_STAAN = [
    "hoeveel verdien ik als ik 17 ben",
    "leerling van 17;8 zonder ABA",
    "ik ben jobcoach",
    "ik ben bijna 18",
    "ik ben moe",
    "Ik ben Rotterdammer",
    "ik ben van 2008",
    "hoe heet die wet ook alweer",
    "mijn naam is verkeerd gespeld",
    "mijn school heet De Wissel",
    "meneer van de gemeente was boos",
    "juf zegt dat het niet mag",
    "bel ik 112 of 113",
    "is 0800-0432 gratis en 0900 0101 niet",
    "14 0591 is de gemeente",
    "artikel 10d lid 4 van de Participatiewet",
    "per 1-1-2026 of vanaf 1 januari 2027",
    "de brief van 12-03-2026 kwam te laat",
    "jongeren geboren na 1 januari 2008",
    "sinds 1 januari 2015 is de Wsw dicht",
    "vacature 12345678 bij de gemeente",
    "KvK 87654321 van het bedrijf",
    "€ 1.234,56 per maand",
    "2300 ex btw en 1500 in de maand",
    "klas 4B en groep 8",
    "Cohort 2025 BB stroomt uit",
    "ik werk bij Albert Heijn",
    "stage bij jan linders of dirk van den broek",
    "ik zit op het Ubbo Emmius",
    "het Futura College heeft geen plek",
    "Slagerij Van der Meer heeft een plek",
    "Schilders De Jong BV zoekt iemand",
    "Restaurant Kade 14 zoekt een leerling",
    "werkplein aan de Stationsweg",
    "ik woon in Emmen en werk in Assen",
    "lln Sappemeer, thuiswonend",
    "van Veendam naar Winschoten",
    "lln Winschotten, thuiswonend",
    "met Winshcoten",
    "leerling Sapemeer zoekt stage",
    "op de kade 3 stageplekken en aan het plein 12 leerlingen",
    "de regeling heet mei 2026",
    "aan de weg 4 jaar gewerkt",
    "syndroom van Asperger",
    "ik spreek Frans en Engels",
]


ZINNEN_OM_TE_METEN = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "persoonsgegevens.yml").read_text(encoding="utf-8")
)
_HAKEN = re.compile(r"\{\{(.+?)\}\}")


def test_sentences_that_nothing_was_learned_from_lose_their_personal_data() -> None:
    over = [
        waarde
        for zin in ZINNEN_OM_TE_METEN["te_maskeren"]
        for waarde in _HAKEN.findall(zin)
        if waarde in gemaskeerd(_HAKEN.sub(r"\1", zin))
    ]
    assert len(over) <= 0.02 * len(ZINNEN_OM_TE_METEN["te_maskeren"]), over


def test_harmless_sentences_that_nothing_was_learned_from_stay() -> None:
    geraakt = [zin for zin in ZINNEN_OM_TE_METEN["blijft"] if gemaskeerd(zin) != zin]
    assert len(geraakt) <= 0.03 * len(ZINNEN_OM_TE_METEN["blijft"]), geraakt


@pytest.mark.parametrize("zin", ZINNEN_OM_TE_METEN["te_maskeren"])
def test_a_masked_sentence_stays_as_it_is(zin: str) -> None:
    eenmaal = gemaskeerd(_HAKEN.sub(r"\1", zin))
    assert gemaskeerd(eenmaal) == eenmaal


@pytest.mark.parametrize(("bericht", "verwacht"), MASKEREN)
def test_personal_data_is_replaced_by_its_placeholder(bericht: str, verwacht: str) -> None:
    assert gemaskeerd(bericht) == verwacht


@pytest.mark.parametrize("bericht", BLIJFT_STAAN)
def test_an_ordinary_question_stays_as_it_is(bericht: str) -> None:
    assert masker(bericht, is_plaats, VANDAAG) == Maskering(bericht, ())


def test_the_kinds_are_named_once_in_order_of_appearance() -> None:
    tekst = "Lisa Bosma, bsn 111222333, ouders Jan Bosma, 06-24681357"
    assert masker(tekst).soorten == ("naam", "bsn", "telefoon")


def test_a_full_date_next_to_a_name_is_a_date_of_birth_only_at_a_fitting_age() -> None:
    assert gemaskeerd("Lisa Bosma, 03-04-2008") == "[naam], [geboortedatum]"
    assert gemaskeerd("Lisa Bosma, 03-04-2026") == "[naam], 03-04-2026"


def test_a_place_is_no_name_when_places_are_known() -> None:
    assert masker("lln Sappemeer", is_plaats).soorten == ()


def test_a_long_message_is_masked_quickly() -> None:
    bericht = "ik ben 17 en woon in Emmen. a.b-c@ 12 van de " * 80
    begin = time.perf_counter()
    masker(bericht)
    assert time.perf_counter() - begin < 2


def _is_bsn(cijfers: str) -> bool:
    gewichten = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return sum(g * int(c) for g, c in zip(gewichten, cijfers, strict=True)) % 11 == 0


def _bsn(acht: int) -> str | None:
    """A BSN with these first eight digits; one in eleven has no last digit."""
    return next((f"{acht}{laatste}" for laatste in range(10) if _is_bsn(f"{acht}{laatste}")), None)


@st.composite
def bsns(draw: st.DrawFn) -> str:
    cijfers = draw(st.integers(11_000_000, 99_999_999).map(_bsn).filter(bool))
    assert cijfers
    scheiding = draw(st.sampled_from(["", ".", " ", "-"]))
    knippen = draw(st.sampled_from([(3, 6), (4, 6), (2, 4, 6), (5,)]))
    grenzen = [0, *knippen, 9]
    return scheiding.join(cijfers[a:b] for a, b in pairwise(grenzen))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    bank = draw(st.sampled_from(["ABNA", "INGB", "RABO", "TRIO", "BUNQ"]))
    rekening = f"{draw(st.integers(0, 10**10 - 1)):010d}"
    getal = int("".join(str(int(teken, 36)) for teken in f"{bank}{rekening}NL00"))
    iban = f"NL{98 - getal % 97:02d}{bank}{rekening}"
    groepen = " ".join(iban[i : i + 4] for i in range(0, 18, 4))
    return draw(st.sampled_from([iban, groepen, iban.lower(), groepen.lower(), groepen.replace(" ", "-")]))


@st.composite
def telefoonnummers(draw: st.DrawFn) -> str:
    begin = draw(st.sampled_from(["06", "+316", "00316", "+31 6", "0031 6", "+31(0)6"]))
    cijfers = f"{draw(st.integers(10_000_000, 99_999_999))}"
    scheiding = draw(st.sampled_from(["", " ", "-", "."]))
    stap = draw(st.sampled_from([2, 4, 8]))
    return begin + scheiding + scheiding.join(cijfers[i : i + stap] for i in range(0, 8, stap))


ZINNEN = st.sampled_from(["{}", "mijn gegevens: {}", "kan je {} voor me nakijken?", "{} is van mij", "({})"])


def _losse_cijfers(tekst: str) -> str:
    return "".join(teken for teken in tekst if teken.isdigit())


@settings(deadline=None, max_examples=150)
@given(st.one_of(bsns(), ibans(), telefoonnummers()), ZINNEN)
def test_a_random_number_never_survives_in_any_notation(nummer: str, zin: str) -> None:
    assert _losse_cijfers(masker(zin.format(nummer)).tekst) == ""


STUKJES = """
ik ben mijn naam is bsn Lisa kevin de Vries van 111222333 06 24681357 geboren 3 april 2008 1-1-2007 straat op
Dorpsstraat 12 9501 KL at gmail punt com mevrouw [naam] [bsn] en , . ( NL91 ABNA 0417164300 leerling woon
"""
BROKKEN = st.lists(st.sampled_from(STUKJES.split()), max_size=12).map(" ".join)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=60), BROKKEN))
def test_masking_twice_changes_nothing_more(tekst: str) -> None:
    eenmaal = masker(tekst, is_plaats, VANDAAG).tekst
    assert masker(eenmaal, is_plaats, VANDAAG) == Maskering(eenmaal, ())
