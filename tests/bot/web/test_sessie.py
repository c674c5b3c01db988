"""Whose conversation it is: tried with every cookie and every origin that is not right."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
from sanic.response import text

from bot.kanalen.web.sessie import Gezicht, Sessies
from bot.settings import InstellingFout
from kennisbank.current import kennisbank
from tests.bot.web.conftest import SLEUTEL, VORIGE_SLEUTEL

KOEKJE = "routewijzer-web"
GESPREK = "gesprek-van-deze-pagina"
_nummer = iter(range(10_000))


def _inhoud(**anders: Any) -> dict[str, Any]:
    nu = int(time.time())
    return {"sub": "bezoeker", "aud": "web", "iat": nu, "exp": nu + 60, "begin": nu, **anders}


def _token(sleutel: str = SLEUTEL, algoritme: str = "HS256", **anders: Any) -> str:
    inhoud = {naam: waarde for naam, waarde in _inhoud(**anders).items() if waarde is not None}
    return jwt.encode(inhoud, sleutel, algorithm=algoritme)


def _lees(antwoord: requests.Response) -> dict[str, Any]:
    return jwt.decode(antwoord.cookies[KOEKJE] or "", SLEUTEL, algorithms=["HS256"], audience="web")


def _gesleuteld() -> str:
    kop, inhoud, teken = _token().split(".")
    andere = _token(sub="iemand-anders").split(".")[1]
    assert inhoud != andere
    return f"{kop}.{andere}.{teken}"


def _stuur(
    adres: str, tekst: str = "hoi", koekje: str | None = None, pad: str = "bericht", **koppen: str
) -> requests.Response:
    return requests.post(
        f"{adres}/webhooks/web/{pad}",
        json={"gezicht": "web", "gesprek": GESPREK, "bericht_id": f"bericht-{next(_nummer)}", "tekst": tekst},
        cookies={KOEKJE: koekje} if koekje else {},
        headers=koppen,
        timeout=30,
    )


@pytest.mark.parametrize(
    "koekje",
    [
        pytest.param(lambda: None, id="geen"),
        pytest.param(lambda: "zelfbedacht", id="zelfbedacht"),
        pytest.param(_gesleuteld, id="veranderd"),
        pytest.param(lambda: _token("een-sleutel-die-niet-van-ons-is-0123456789"), id="andere sleutel"),
        pytest.param(lambda: _token("", "none"), id="zonder handtekening"),
        pytest.param(lambda: _token(algoritme="HS512"), id="ander algoritme"),
        pytest.param(lambda: _token(exp=int(time.time()) - 1), id="verlopen"),
        pytest.param(lambda: _token(exp=None), id="verloopt nooit"),
        pytest.param(lambda: _token(aud="avondschool"), id="van een ander gezicht"),
        pytest.param(lambda: _token(aud=None), id="van geen gezicht"),
        pytest.param(lambda: _token(sub=None), id="van niemand"),
        pytest.param(lambda: _token()[:-2], id="afgekapt"),
    ],
)
@pytest.mark.parametrize("pad", ["bericht", "oordeel", "vergeet"])
def test_a_cookie_that_is_not_ours_is_refused(adres: str, koekje: Callable[[], str | None], pad: str) -> None:
    erbij: dict[str, dict[str, Any]] = {
        "bericht": {"bericht_id": "bericht-x", "tekst": "hoi"},
        "oordeel": {"goed": True},
        "vergeet": {},
    }
    inhoud = {"gezicht": "web", "gesprek": GESPREK, **erbij[pad]}
    cookies = {KOEKJE: waarde} if (waarde := koekje()) else {}
    antwoord = requests.post(f"{adres}/webhooks/web/{pad}", json=inhoud, cookies=cookies, timeout=10)
    assert antwoord.status_code == 401
    assert antwoord.json() == {"fout": kennisbank().teksten("web.geen_sessie")}


@pytest.mark.parametrize(
    "koppen",
    [
        {"Origin": "https://kwaad.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_call_for_a_page_of_another_site_is_refused(adres: str, koppen: dict[str, str]) -> None:
    antwoord = _stuur(adres, koekje=_token(), **koppen)
    assert antwoord.status_code == 403
    assert antwoord.json() == {"fout": kennisbank().teksten("web.vreemd")}
    formulier = {"gesprek": GESPREK, "bericht_id": "bericht-van-ver", "tekst": "hoi"}
    assert requests.post(f"{adres}/", data=formulier, headers=koppen, timeout=10).status_code == 403


def test_a_form_of_another_site_cannot_pass_for_a_call(adres: str) -> None:
    antwoord = requests.post(
        f"{adres}/webhooks/web/bericht",
        data='{"gezicht": "web", "gesprek": "gesprek-a", "bericht_id": "bericht-a", "tekst": "hoi"}',
        headers={"Content-Type": "text/plain"},
        cookies={KOEKJE: _token()},
        timeout=10,
    )
    assert antwoord.status_code == 415


def test_who_knows_the_name_of_a_conversation_still_cannot_read_it(adres: str) -> None:
    assert "Wajong" in _stuur(adres, "wanneer moeten we ABA aanvragen?", _token(sub="eigenaar")).text
    assert "Stel eerst een vraag" in _stuur(adres, "kan dat simpeler", _token(sub="indringer")).text
    assert "Wat kun je nu doen?" in _stuur(adres, "kan dat simpeler", _token(sub="eigenaar")).text


def test_a_visitor_keeps_the_conversation_when_the_key_is_changed(adres: str) -> None:
    antwoord = _stuur(adres, koekje=_token(VORIGE_SLEUTEL, sub="trouwe-bezoeker"))
    assert antwoord.status_code == 200
    vernieuwd = _lees(antwoord)
    assert vernieuwd["sub"] == "trouwe-bezoeker"


def test_a_cookie_is_renewed_with_use_but_not_for_ever(adres: str) -> None:
    nu = int(time.time())
    week = 7 * 24 * 3600
    antwoord = _stuur(adres, koekje=_token(begin=nu - week + 100))
    vernieuwd = _lees(antwoord)
    assert nu + 90 <= vernieuwd["exp"] <= nu + 100
    assert vernieuwd["begin"] == nu - week + 100


def test_ids_are_long_random_and_never_the_same(adres: str) -> None:
    ids = set()
    for _ in range(50):
        ids.add(_lees(requests.get(f"{adres}/", timeout=10))["sub"])
    assert len(ids) == 50
    assert all(len(naam) >= 32 for naam in ids)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(adres: str) -> None:
    koekje = requests.get(f"{adres}/", timeout=10).headers["Set-Cookie"]
    assert "HttpOnly" in koekje and "SameSite=Strict" in koekje and "Path=/" in koekje
    ingesloten = requests.get(f"{adres}/ingesloten", timeout=10).headers["Set-Cookie"]
    assert all(deel in ingesloten for deel in ("HttpOnly", "SameSite=None", "Secure", "Partitioned"))


def test_over_https_the_cookie_is_bound_to_this_host() -> None:
    sessies = Sessies([SLEUTEL], https=True)
    response = text("")
    sessies.onthoud(response, sessies.nieuw(Gezicht.WEB))
    koekje = response.headers["Set-Cookie"]
    assert koekje.startswith("__Host-routewijzer-web=") and "; Secure" in koekje


def test_a_key_that_is_too_short_is_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTEWIJZER_WEB_SECRET", f"{SLEUTEL} kort")
    with pytest.raises(InstellingFout, match="ROUTEWIJZER_WEB_SECRET"):
        Sessies.from_environment(https=False)
