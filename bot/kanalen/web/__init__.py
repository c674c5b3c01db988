"""The web page and the calls it makes. A conversation belongs to a signed id that we hand out."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, file, json

from kennisbank.current import kennisbank
from kennisbank.model import Doelgroep

_MAP = Path(__file__).parent
_COOKIE = "routewijzer"
_SLEUTEL = os.environ.get("ROUTEWIJZER_WEB_SECRET", "").encode() or secrets.token_bytes(32)
MAX_INVOER = 20_000


def web_blueprint() -> Blueprint:
    """Page, script, style and the one call that sends a message."""
    deur = Blueprint("web")

    @deur.get("/")
    async def pagina(request: Request) -> HTTPResponse:
        antwoord = await file(_MAP / "index.html")
        if _gesprek(request) is None:
            antwoord.cookies[_COOKIE] = _onderteken(secrets.token_urlsafe(24))
            antwoord.cookies[_COOKIE].update({"httponly": True, "samesite": "Strict", "path": "/"})
        return antwoord

    for naam in ("pagina.js", "pagina.css"):
        deur.add_route(_bestand(naam), f"/webhooks/web/{naam}", name=naam.replace(".", "_"))

    @deur.post("/webhooks/web/bericht")
    async def bericht(request: Request) -> HTTPResponse:
        gesprek = _gesprek(request)
        if gesprek is None:
            return json({"fout": kennisbank().teksten("web.geen_sessie")}, status=401)
        tekst, keuze = _velden(request.json)
        assistent = request.app.ctx.assistent
        beurt = await (assistent.kies if keuze else assistent.zeg)(f"web:{gesprek}", tekst, "web")
        return json(
            {
                "antwoord": beurt.tekst,
                "keuzes": [{"titel": k.titel, "payload": k.payload} for k in beurt.keuzes],
            }
        )

    @deur.post("/webhooks/web/doelgroep")
    async def doelgroep(request: Request) -> HTTPResponse:
        gesprek = _gesprek(request)
        if gesprek is None:
            return json({"fout": kennisbank().teksten("web.geen_sessie")}, status=401)
        gekozen = (request.json or {}).get("doelgroep")
        if gekozen not in [d.value for d in Doelgroep]:
            raise InvalidUsage("doelgroep")
        await request.app.ctx.assistent.begin(f"web:{gesprek}", doelgroep=gekozen)
        return json({"doelgroep": gekozen})

    return deur


def _bestand(naam: str) -> Any:
    async def geef(_: Request) -> HTTPResponse:
        return await file(_MAP / naam)

    return geef


def _velden(invoer: Any) -> tuple[str, bool]:
    if not isinstance(invoer, dict) or not isinstance(invoer.get("tekst"), str):
        raise InvalidUsage("tekst")
    if len(invoer["tekst"]) > MAX_INVOER:
        raise InvalidUsage("te lang")
    return invoer["tekst"], bool(invoer.get("keuze"))


def _onderteken(waarde: str) -> str:
    return f"{waarde}.{hmac.new(_SLEUTEL, waarde.encode(), hashlib.sha256).hexdigest()}"


def _gesprek(request: Request) -> str | None:
    """The conversation id of this visitor; None when the cookie is missing or not ours."""
    waarde, _, _ = (request.cookies.get(_COOKIE) or "").rpartition(".")
    if waarde and hmac.compare_digest(_onderteken(waarde), request.cookies[_COOKIE]):
        return waarde
    return None
