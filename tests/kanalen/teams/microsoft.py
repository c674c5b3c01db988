"""A loopback stand-in for Microsoft: its identity service with a real RSA key, and its Bot Connector.

Nothing of Routewijzer is replaced: it fetches the keys, the token and delivers answers over real HTTP.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP_ID = "5b1a3c7e-0d4f-4a86-9f3e-2c7d8e9f0a1b"
GEHEIM = "geheim-van-de-proef"
TENANT = "9c2d1e0f-7b6a-4c5d-8e9f-0a1b2c3d4e5f"
UITGEVER = "https://api.botframework.com"
BOT = f"28:{APP_ID}"
Activiteit = dict[str, Any]


def nieuwe_sleutel() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Bezorgd:
    """What was sent to the Bot Connector."""

    pad: str
    koppen: Mapping[str, str]
    inhoud: Any


@dataclass
class Microsoft:
    """Keys, tokens and the mailbox of answers."""

    adres: str = ""
    doel: str = ""
    """The address of the bot, for the gateway that signs what an unsigned client sends."""
    kid: str = "sleutel-1"
    sleutel: rsa.RSAPrivateKey = field(default_factory=nieuwe_sleutel)
    kid_gepubliceerd: str | None = None
    """The name under which the key is published, where that is another."""
    kanalen: tuple[str, ...] | None = ("msteams", "webchat")
    storing: bool = False
    bezorgd: list[Bezorgd] = field(default_factory=list)
    tokens_gegeven: int = 0
    sleutels_gehaald: int = 0
    antwoordt: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)
    """What the next deliveries are answered with, instead of 201."""

    @property
    def instellingen(self) -> dict[str, str]:
        """The settings that make Routewijzer talk with this one."""
        return {
            "ROUTEWIJZER_TEAMS_APP_ID": APP_ID,
            "ROUTEWIJZER_TEAMS_APP_PASSWORD": GEHEIM,
            "ROUTEWIJZER_TEAMS_TENANT": TENANT,
            "ROUTEWIJZER_TEAMS_OPENID_URL": f"{self.adres}/openid",
            "ROUTEWIJZER_TEAMS_TOKEN_URL": f"{self.adres}/{{tenant}}/token",
            "ROUTEWIJZER_TEAMS_SERVICE_HOSTS": "127.0.0.1",
        }

    def draai_sleutel(self) -> None:
        """Signs with a new key from now on, published under a new name."""
        self.sleutel, self.kid = nieuwe_sleutel(), f"sleutel-{uuid.uuid4()}"

    def claims(self, activiteit: Mapping[str, Any], **anders: Any) -> dict[str, Any]:
        """What a good token says; a claim that is set to None is left out."""
        nu = int(time.time())
        goed = {
            "iss": UITGEVER,
            "aud": APP_ID,
            "nbf": nu - 10,
            "exp": nu + 3600,
            "serviceurl": activiteit.get("serviceUrl"),
        }
        return {naam: waarde for naam, waarde in {**goed, **anders}.items() if waarde is not None}

    def token(self, activiteit: Mapping[str, Any], **anders: Any) -> str:
        """A token for this activity, with other claims where they are given."""
        return jwt.encode(
            self.claims(activiteit, **anders), self.sleutel, algorithm="RS256", headers={"kid": self.kid}
        )

    def activiteit(self, tekst: str = "hoi", **anders: Any) -> Activiteit:
        """A message in a private chat with a person of its own."""
        wie = uuid.uuid4()
        return {
            "type": "message",
            "id": str(uuid.uuid4()),
            "channelId": "msteams",
            "serviceUrl": f"{self.adres}/dienst/",
            "from": {"id": f"29:{wie}", "aadObjectId": str(wie)},
            "recipient": {"id": BOT, "name": "Routewijzer"},
            "conversation": {"id": f"a:{wie}", "conversationType": "personal"},
            "text": tekst,
            **anders,
        }

    def stuur(self, activiteit: Mapping[str, Any], **claims: Any) -> int:
        """Delivers an activity with a good token; the status that the bot gives."""
        koppen = {"Authorization": f"Bearer {self.token(activiteit, **claims)}"}
        return requests.post(self.doel, json=activiteit, headers=koppen, timeout=20).status_code

    def antwoorden(self, gesprek: str) -> list[Activiteit]:
        """The messages that were delivered in a conversation, without the signs that we are typing."""
        pad = f"/v3/conversations/{gesprek}/activities"
        return [b.inhoud for b in self.bezorgd if pad in b.pad and b.inhoud.get("type") == "message"]

    def wacht_op(self, gesprek: str, aantal: int = 1) -> list[Activiteit]:
        """The delivered messages of a conversation, once there are that many."""
        wacht_tot(lambda: len(self.antwoorden(gesprek)) >= aantal)
        return self.antwoorden(gesprek)


def prive_met(lid: str) -> str:
    """The private conversation that this stand-in gives for somebody."""
    return f"a:prive-{lid}"


def wacht_tot(waar: Callable[[], bool], seconden: float = 20) -> None:
    """Waits until something is so."""
    einde = time.monotonic() + seconden
    while not waar():
        assert time.monotonic() < einde, "het duurde te lang"
        time.sleep(0.02)


@contextlib.contextmanager
def microsoft() -> Iterator[Microsoft]:
    """A stand-in that listens on loopback."""
    zelf = Microsoft()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Afhandeling, zelf)) as server:
        zelf.adres = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield zelf
        finally:
            server.shutdown()


class _Afhandeling(BaseHTTPRequestHandler):
    def __init__(self, zelf: Microsoft, *rest: Any) -> None:
        self.zelf = zelf
        super().__init__(*rest)

    def do_GET(self) -> None:
        if self.zelf.storing:
            self._zeg(503, {})
        elif self.path == "/openid":
            self._zeg(200, {"issuer": UITGEVER, "jwks_uri": f"{self.zelf.adres}/sleutels"})
        elif self.path == "/sleutels":
            self.zelf.sleutels_gehaald += 1
            kid = self.zelf.kid_gepubliceerd or self.zelf.kid
            jwk = RSAAlgorithm.to_jwk(self.zelf.sleutel.public_key(), as_dict=True)
            self._zeg(200, {"keys": [{**jwk, "kid": kid, "endorsements": self.zelf.kanalen}]})
        else:
            self._zeg(404, {})

    def do_POST(self) -> None:
        inhoud = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == f"/{TENANT}/token":
            self._token(parse_qs(inhoud.decode()))
        elif self.path == "/poort":
            activiteit = json.loads(inhoud)
            activiteit["recipient"]["id"] = activiteit["recipient"].get("id") or BOT
            self._zeg(self.zelf.stuur(activiteit), {})
        else:
            self._bezorgd(json.loads(inhoud))

    def _token(self, velden: Mapping[str, list[str]]) -> None:
        if velden.get("client_secret") != [GEHEIM]:
            self._zeg(401, {"error_description": "AADSTS7000215: Invalid client secret provided."})
            return
        assert velden["client_id"] == [APP_ID]
        assert velden["scope"] == ["https://api.botframework.com/.default"]
        self.zelf.tokens_gegeven += 1
        self._zeg(200, {"access_token": f"token-{self.zelf.tokens_gegeven}", "expires_in": 3600})

    def _bezorgd(self, inhoud: Any) -> None:
        self.zelf.bezorgd.append(Bezorgd(unquote(self.path), dict(self.headers), inhoud))
        if self.zelf.antwoordt:
            status, koppen = self.zelf.antwoordt.popleft()
            self._zeg(status, {}, koppen)
        elif self.path.endswith("/v3/conversations"):
            self._zeg(201, {"id": prive_met(inhoud["members"][0]["id"])})
        else:
            self._zeg(201, {"id": str(uuid.uuid4())})

    def _zeg(self, status: int, inhoud: Any, koppen: Mapping[str, str] | None = None) -> None:
        tekst = json.dumps(inhoud).encode()
        self.send_response(status)
        for naam, waarde in (koppen or {}).items():
            self.send_header(naam, waarde)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(tekst)))
        self.end_headers()
        self.wfile.write(tekst)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
