"""Who may call the Teams door: real keys, real HTTP, a real server. What is not proved gets 401."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.kanalen.teams.instellingen import Instellingen
from bot.kanalen.teams.tokens import BEWAARTIJD, WACHTTIJD, Geweigerd, Sleutelbos, Tokencontrole
from bot.kanalen.teams.zender import Zender
from kennisbank.store import Kennisbank
from tests.kanalen.teams.microsoft import Activiteit, Microsoft, microsoft, nieuwe_sleutel

Vervalsing = Callable[[Microsoft, Activiteit], "str | None"]


def _klopt_niet(**claims: Any) -> Vervalsing:
    return lambda ms, activiteit: f"Bearer {ms.token(activiteit, **claims)}"


def _andere_sleutel(ms: Microsoft, activiteit: Activiteit) -> str:
    token = jwt.encode(ms.claims(activiteit), nieuwe_sleutel(), algorithm="RS256", headers={"kid": ms.kid})
    return f"Bearer {token}"


def _ander_algoritme(ms: Microsoft, activiteit: Activiteit) -> str:
    token = jwt.encode(ms.claims(activiteit), ms.sleutel, algorithm="RS512", headers={"kid": ms.kid})
    return f"Bearer {token}"


def _hs256_met_de_publieke_sleutel(ms: Microsoft, activiteit: Activiteit) -> str:
    # By hand: the library refuses to make such a token.
    geheim = ms.sleutel.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    delen = [{"alg": "HS256", "typ": "JWT", "kid": ms.kid}, ms.claims(activiteit)]
    ongetekend = ".".join(_b64(json.dumps(deel).encode()) for deel in delen)
    return f"Bearer {ongetekend}.{_b64(hmac.new(geheim, ongetekend.encode(), hashlib.sha256).digest())}"


def _alg_none(ms: Microsoft, activiteit: Activiteit) -> str:
    return f"Bearer {jwt.encode(ms.claims(activiteit), '', algorithm='none', headers={'kid': ms.kid})}"


def _zonder_kid(ms: Microsoft, activiteit: Activiteit) -> str:
    return f"Bearer {jwt.encode(ms.claims(activiteit), ms.sleutel, algorithm='RS256')}"


def _onbekende_kid(ms: Microsoft, activiteit: Activiteit) -> str:
    token = jwt.encode(ms.claims(activiteit), ms.sleutel, algorithm="RS256", headers={"kid": "onbekend"})
    return f"Bearer {token}"


def _veranderd_na_tekenen(ms: Microsoft, activiteit: Activiteit) -> str:
    kop, _, teken = ms.token(activiteit).split(".")
    return f"Bearer {kop}.{_b64(json.dumps(ms.claims(activiteit, exp=2**31)).encode())}.{teken}"


def _zonder_handtekening(ms: Microsoft, activiteit: Activiteit) -> str:
    return f"Bearer {ms.token(activiteit).rpartition('.')[0]}."


def _b64(inhoud: bytes) -> str:
    return base64.urlsafe_b64encode(inhoud).rstrip(b"=").decode()


VERVALSINGEN: dict[str, Vervalsing] = {
    "geen token": lambda ms, a: None,
    "leeg": lambda ms, a: "",
    "alleen het woord": lambda ms, a: "Bearer ",
    "onzin": lambda ms, a: "Bearer a.b.c",
    "geen punten": lambda ms, a: "Bearer abc",
    "andere soort": lambda ms, a: f"Basic {ms.token(a)}",
    "andere sleutel": _andere_sleutel,
    "ander algoritme": _ander_algoritme,
    "veranderd na tekenen": _veranderd_na_tekenen,
    "zonder handtekening": _zonder_handtekening,
    "verlopen": _klopt_niet(exp=int(time.time()) - 400),
    "nog niet geldig": _klopt_niet(nbf=int(time.time()) + 3600),
    "zonder einde": _klopt_niet(exp=None),
    "zonder begin": _klopt_niet(nbf=None),
    "andere uitgever": _klopt_niet(iss="https://sts.windows.net/iemand/"),
    "zonder uitgever": _klopt_niet(iss=None),
    "voor een andere bot": _klopt_niet(aud="11111111-2222-3333-4444-555555555555"),
    "voor niemand": _klopt_niet(aud=None),
    "andere serviceUrl": _klopt_niet(serviceurl="https://smba.trafficmanager.net/emea/"),
    "zonder serviceUrl": _klopt_niet(serviceurl=None),
    "HS256 met de publieke sleutel": _hs256_met_de_publieke_sleutel,
    "alg none": _alg_none,
    "zonder kid": _zonder_kid,
    "onbekende kid": _onbekende_kid,
}


def _post(ms: Microsoft, activiteit: Any, kop: str | None) -> int:
    koppen = {} if kop is None else {"Authorization": kop}
    return requests.post(ms.doel, json=activiteit, headers=koppen, timeout=20).status_code


@pytest.mark.parametrize("vervalsing", VERVALSINGEN.values(), ids=list(VERVALSINGEN))
def test_what_does_not_prove_to_be_microsoft_is_refused_and_not_answered(
    ms: Microsoft, vervalsing: Vervalsing
) -> None:
    activiteit = ms.activiteit("wanneer moeten we ABA aanvragen?")
    assert _post(ms, activiteit, vervalsing(ms, activiteit)) == 401
    # The same message with a good token is answered, once: so nothing of the forged one was kept.
    assert ms.stuur(activiteit) == 202
    assert len(ms.wacht_op(activiteit["conversation"]["id"])) == 1


def test_small_differences_between_clocks_are_allowed(ms: Microsoft) -> None:
    nu = int(time.time())
    assert ms.stuur(ms.activiteit(), exp=nu - 200) == 202
    assert ms.stuur(ms.activiteit(), nbf=nu + 200) == 202


@pytest.mark.parametrize(
    "dienst",
    [
        "https://example.com/teams/",
        "https://smba.trafficmanager.net.example.com/",
        "https://127.0.0.1.example.com/",
        "http://smba.trafficmanager.net/emea/",
        "https://iemand@127.0.0.1/",
        "file:///etc/passwd",
        "https://127.0.0.1:geen/",
        "",
        None,
        7,
    ],
)
def test_no_answer_and_no_token_go_to_a_host_that_is_not_on_the_list(ms: Microsoft, dienst: object) -> None:
    tokens = ms.tokens_gegeven
    assert ms.stuur(ms.activiteit(serviceUrl=dienst)) == 401
    assert ms.tokens_gegeven == tokens


@pytest.mark.parametrize("kanaal", ["telegram", "directline", "", None, ["msteams"]])
def test_a_key_speaks_only_for_the_channels_that_it_is_endorsed_for(ms: Microsoft, kanaal: object) -> None:
    assert ms.stuur(ms.activiteit(channelId=kanaal)) == 401


@pytest.mark.parametrize(
    "inhoud",
    [b"", b"{kapot", b"[]", b"7", b"null", b"\xff\xfe", b"[" * 50_000, b'{"type": "message"}'],
)
def test_a_body_that_is_no_activity_is_refused(ms: Microsoft, inhoud: bytes) -> None:
    koppen = {"Authorization": f"Bearer {ms.token(ms.activiteit())}"}
    assert requests.post(ms.doel, data=inhoud, headers=koppen, timeout=20).status_code == 401


def test_a_huge_body_is_not_read(ms: Microsoft) -> None:
    activiteit = ms.activiteit("x" * 200_000)
    assert ms.stuur(activiteit) == 413


class Controle:
    """The real check with a clock that can be set, over real HTTP."""

    def __init__(self, ms: Microsoft, monkeypatch: pytest.MonkeyPatch) -> None:
        for naam, waarde in ms.instellingen.items():
            monkeypatch.setenv(naam, waarde)
        instellingen = Instellingen.lees("0.0.0.0")
        assert instellingen
        self.ms = ms
        self.nu = 1000.0
        self.zender = Zender(instellingen)
        bos = Sleutelbos(instellingen.openid_url, self.zender.haal_json, lambda: self.nu)
        self.controle = Tokencontrole(instellingen, bos)

    async def mag(self, **anders: Any) -> bool:
        activiteit = self.ms.activiteit(**anders)
        try:
            await self.controle.controleer(f"Bearer {self.ms.token(activiteit)}", activiteit)
        except Geweigerd:
            return False
        return True


@pytest.fixture
async def controle(kb: Kennisbank, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Controle]:
    with microsoft() as ms:
        controle = Controle(ms, monkeypatch)
        yield controle
        await controle.zender.sluit()


async def test_keys_are_kept_for_a_day(controle: Controle) -> None:
    assert [await controle.mag() for _ in range(3)] == [True] * 3
    assert controle.ms.sleutels_gehaald == 1
    controle.nu += BEWAARTIJD - 1
    assert await controle.mag()
    assert controle.ms.sleutels_gehaald == 1
    controle.nu += 2
    assert await controle.mag()
    assert controle.ms.sleutels_gehaald == 2


async def test_a_new_key_is_accepted_at_once_and_the_old_one_no_longer(controle: Controle) -> None:
    assert await controle.mag()
    oud = controle.ms.sleutel, controle.ms.kid
    controle.ms.draai_sleutel()
    assert await controle.mag()
    controle.ms.sleutel, controle.ms.kid = oud
    assert not await controle.mag()


async def test_unknown_keys_do_not_make_us_fetch_more_than_once_a_minute(controle: Controle) -> None:
    assert await controle.mag()
    echte = controle.ms.kid
    controle.ms.kid = "verzonnen"
    gepubliceerd = controle.ms.kid_gepubliceerd = echte
    assert [await controle.mag() for _ in range(5)] == [False] * 5
    assert controle.ms.sleutels_gehaald == 2
    controle.nu += WACHTTIJD
    assert not await controle.mag()
    assert controle.ms.sleutels_gehaald == 3
    controle.ms.kid = gepubliceerd
    assert await controle.mag()


async def test_without_keys_nobody_is_let_in(controle: Controle) -> None:
    controle.ms.storing = True
    assert not await controle.mag()
    controle.ms.storing = False
    assert not await controle.mag()
    controle.nu += WACHTTIJD
    assert await controle.mag()


@pytest.mark.parametrize("endorsements", [(), ("webchat",), None])
async def test_a_key_without_endorsement_for_teams_is_refused(
    controle: Controle, endorsements: tuple[str, ...] | None
) -> None:
    controle.ms.kanalen = endorsements
    assert not await controle.mag()
