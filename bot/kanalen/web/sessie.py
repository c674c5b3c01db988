"""Who a visitor is: a random id in a signed cookie that only we hand out.

A visitor may have several pages open. Each page has a conversation of its own, named by the page; which
visitor it belongs to comes from the cookie alone, so that nobody can speak in the conversation of another.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import jwt
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.settings import InstellingFout, instelling

_ALGORITME = "HS256"
_MIN_SLEUTEL = 32
_UUR = 3600
_LANGST = 7 * 24 * _UUR


class Gezicht(str, Enum):
    """The faces of the page. Each has a cookie of its own: a token of one is worth nothing at another."""

    WEB = "web"
    AVONDSCHOOL = "avondschool"
    INGESLOTEN = "ingesloten"

    @property
    def houdbaar(self) -> int:
        """Seconds without a message after which a visitor is a stranger again."""
        return 600 if self is Gezicht.AVONDSCHOOL else 12 * _UUR


@dataclass(frozen=True)
class Bezoeker:
    """Somebody whose cookie was found right."""

    id: str
    gezicht: Gezicht
    sinds: int
    getekend: int


class Sessies:
    """Hands out visitors' cookies and reads them back."""

    def __init__(self, sleutels: Sequence[str], https: bool) -> None:
        self._sleutels = tuple(sleutels)
        self._https = https

    @classmethod
    def from_environment(cls, https: bool) -> Sessies:
        """With the keys of `ROUTEWIJZER_WEB_SECRET`, of which the first signs and all are still good.

        Raises:
            InstellingFout: a key is too short to be safe.
        """
        sleutels = instelling("ROUTEWIJZER_WEB_SECRET").split()
        if any(len(sleutel) < _MIN_SLEUTEL for sleutel in sleutels):
            raise InstellingFout(
                f"ROUTEWIJZER_WEB_SECRET is te kort: elke sleutel moet {_MIN_SLEUTEL} tekens of meer hebben."
            )
        return cls(sleutels or [secrets.token_urlsafe(48)], https)

    def lees(self, request: Request, gezicht: Gezicht) -> Bezoeker | None:
        """The visitor of this call; None when the cookie is missing, altered, expired or of another face."""
        koekje = request.cookies.get(self._naam(gezicht)) or ""
        for sleutel in self._sleutels:
            try:
                inhoud = jwt.decode(
                    koekje,
                    sleutel,
                    algorithms=[_ALGORITME],
                    audience=gezicht.value,
                    options={"require": ["sub", "aud", "iat", "exp", "begin"]},
                )
            except jwt.InvalidTokenError:
                continue
            return Bezoeker(inhoud["sub"], gezicht, inhoud["begin"], inhoud["iat"])
        return None

    def nieuw(self, gezicht: Gezicht) -> Bezoeker:
        """A visitor whom nobody has seen before."""
        nu = int(time.time())
        return Bezoeker(secrets.token_urlsafe(24), gezicht, nu, nu)

    def onthoud(self, response: HTTPResponse, bezoeker: Bezoeker) -> None:
        """Signs the visitor's cookie anew, so that it stays good as long as it is used, up to a week."""
        nu = int(time.time())
        inhoud = {
            "sub": bezoeker.id,
            "aud": bezoeker.gezicht.value,
            "iat": nu,
            "exp": min(nu + bezoeker.gezicht.houdbaar, bezoeker.sinds + _LANGST),
            "begin": bezoeker.sinds,
        }
        waarde = jwt.encode(inhoud, self._sleutels[0], algorithm=_ALGORITME)
        self._zet(response, bezoeker.gezicht, waarde)

    def _zet(self, response: HTTPResponse, gezicht: Gezicht, waarde: str) -> None:
        # In a page of another site only a cookie that says so comes along, and only over https (or loopback).
        # Partitioned: what is remembered inside one school's site is not known inside another's.
        waar = (
            "; SameSite=None; Secure; Partitioned"
            if gezicht is Gezicht.INGESLOTEN
            else f"; SameSite=Strict{'; Secure' if self._https else ''}"
        )
        response.headers.add("Set-Cookie", f"{self._naam(gezicht)}={waarde}; Path=/; HttpOnly{waar}")

    def _naam(self, gezicht: Gezicht) -> str:
        return f"{'__Host-' if self._https else ''}routewijzer-{gezicht.value}"
