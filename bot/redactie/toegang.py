"""Who may see the editors' page: one password, a signed session, and few tries."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from urllib.parse import urlsplit

import jwt
from limits import RateLimitItemPerMinute
from starlette.requests import Request
from starlette.responses import Response

from bot.settings import InstellingFout, instelling
from bot.venster import Venster

_NAAM = "ROUTEWIJZER_REDACTIE_WACHTWOORD"
_KOEKJE = "routewijzer-redactie"
_ALGORITME = "HS256"
_MIN_TEKENS = 12
_HOUDBAAR = 8 * 3600
_PER_ADRES = RateLimitItemPerMinute(5)
_SAMEN = RateLimitItemPerMinute(30)
_VOORSTELLEN = RateLimitItemPerMinute(10)


def lees_wachtwoord() -> str:
    """The password that the settings hold.

    Raises:
        InstellingFout: there is none, or it is too short.
    """
    wachtwoord = instelling(_NAAM)
    if not wachtwoord:
        raise InstellingFout(
            f"De redactie start niet zonder wachtwoord: zet {_NAAM} of {_NAAM}_FILE (naam van een bestand)."
        )
    if len(wachtwoord) < _MIN_TEKENS:
        raise InstellingFout(f"{_NAAM} is te kort: neem {_MIN_TEKENS} tekens of meer.")
    return wachtwoord


class Toegang:
    """Lets editors in and remembers them for a working day; a restart forgets them all."""

    def __init__(self, wachtwoord: str) -> None:
        self._afdruk = _afdruk(wachtwoord)
        self._sleutel = secrets.token_bytes(32)
        self._teller = Venster()

    def mag_proberen(self, adres: str) -> bool:
        """Whether one more try is allowed from this address, and from all together; counts it."""
        return self._teller.hit(_PER_ADRES, adres) and self._teller.hit(_SAMEN, "samen")

    def mag_voorstellen(self, adres: str) -> bool:
        """Whether one more proposal is allowed, each of which copies and checks all content; counts it."""
        return self._teller.hit(_VOORSTELLEN, "voorstel", adres) and self._teller.hit(_SAMEN, "voorstellen")

    def klopt(self, wachtwoord: str) -> bool:
        """Whether this is the password; takes as long for every wrong one."""
        return hmac.compare_digest(_afdruk(wachtwoord), self._afdruk)

    def is_binnen(self, request: Request) -> bool:
        """Whether the call comes with a session of ours that is not over."""
        try:
            jwt.decode(
                request.cookies.get(_KOEKJE, ""),
                self._sleutel,
                algorithms=[_ALGORITME],
                options={"require": ["exp"]},
            )
        except jwt.InvalidTokenError:
            return False
        return True

    def laat_binnen(self, request: Request, response: Response) -> None:
        """Gives the session its cookie."""
        waarde = jwt.encode({"exp": int(time.time()) + _HOUDBAAR}, self._sleutel, algorithm=_ALGORITME)
        response.set_cookie(
            _KOEKJE,
            waarde,
            max_age=_HOUDBAAR,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def laat_uit(self, response: Response) -> None:
        """Takes the cookie back."""
        response.delete_cookie(_KOEKJE, httponly=True, samesite="strict")


def van_eigen_pagina(request: Request) -> bool:
    """Whether a form was sent from a page of ours: a browser says from where."""
    herkomst = request.headers.get("origin")
    return herkomst is None or urlsplit(herkomst).netloc == request.headers.get("host")


def _afdruk(wachtwoord: str) -> bytes:
    return hashlib.sha256(wachtwoord.encode("utf-8")).digest()
