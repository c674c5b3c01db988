"""The web door: the page, its two other faces, and the few calls that they make.

A page works without scripts too: then every message is a form that brings a whole page back.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError
from sanic import Blueprint, Sanic
from sanic.exceptions import Forbidden, NotFound, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, raw

from bot.assistent import Assistent, Beurt
from bot.balie import STORING, TE_VAAK, Balie, Post
from bot.bericht import Bericht
from bot.kanalen.web.instellingen import Instellingen
from bot.kanalen.web.invoer import BerichtInvoer, FormulierInvoer, GesprekInvoer, Invoer, OordeelInvoer
from bot.kanalen.web.koppen import paginakoppen
from bot.kanalen.web.opmaak import Opmaak, lees_bestanden
from bot.kanalen.web.rust import Rust
from bot.kanalen.web.sessie import Bezoeker, Gezicht, Sessies
from bot.opslag.database import OpslagWeg
from kennisbank.current import kennisbank
from kennisbank.learning.lessons import STOP as LEERPAD_STOP
from kennisbank.learning.progress import Voortgang
from kennisbank.model import Doelgroep
from kennisbank.settings import DATA_MAP

KANAAL = "web"
_PADEN = {Gezicht.WEB: "/", Gezicht.AVONDSCHOOL: "/avondschool", Gezicht.INGESLOTEN: "/ingesloten"}
_BEELD = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:svg|png)")
_STATUS = {None: 200, TE_VAAK: 429, STORING: 503}


def web_blueprint() -> Blueprint:
    """All routes of the web door.

    Raises:
        InstellingFout: a setting of the web door cannot be used.
    """
    instellingen = Instellingen.from_environment()
    deur = Webdeur(instellingen, Sessies.from_environment(instellingen.https))
    return deur.blueprint()


class Webdeur:
    """The pages and calls, for one set of settings."""

    def __init__(self, instellingen: Instellingen, sessies: Sessies) -> None:
        self._instellingen = instellingen
        self._sessies = sessies
        self._bestanden = lees_bestanden()
        self._opmaak = Opmaak(self._bestanden)
        self._rust = Rust(Gezicht.AVONDSCHOOL.houdbaar)
        self._openapi = yaml.safe_load((Path(__file__).parent / "openapi.yml").read_text(encoding="utf-8"))

    def blueprint(self) -> Blueprint:
        """The routes; the watch over quiet conversations starts and stops with the server."""
        deur = Blueprint("web")
        for gezicht, pad in _PADEN.items():
            deur.add_route(self._pagina(gezicht), pad, name=f"{gezicht.value}_pagina")
            deur.add_route(self._formulier(gezicht), pad, ["POST"], name=f"{gezicht.value}_formulier")
        aanroepen: tuple[tuple[str, str, Callable[..., Any]], ...] = (
            ("bericht", "POST", self.bericht),
            ("oordeel", "POST", self.oordeel),
            ("vergeet", "POST", self.vergeet),
            ("bestand/<naam>", "GET", self.bestand),
            ("beelden/<naam>", "GET", self.beeld),
            ("insluiten.js", "GET", self.insluiten),
            ("openapi.json", "GET", self.openapi),
        )
        for naam, methode, aanroep in aanroepen:
            # Sanic puts an attribute on its handlers, which a bound method does not take.
            deur.add_route(partial(aanroep), f"/webhooks/web/{naam}", [methode], name=aanroep.__name__)
        deur.listener("after_server_start")(self._begin)
        deur.listener("before_server_stop")(self._stop)
        return deur

    # -- pages -----------------------------------------------------------------------------

    def _pagina(self, gezicht: Gezicht) -> Any:
        async def pagina(request: Request) -> HTTPResponse:
            bezoeker = self._sessies.lees(request, gezicht) or self._sessies.nieuw(gezicht)
            return self._schrijf_pagina(bezoeker)

        return pagina

    def _formulier(self, gezicht: Gezicht) -> Any:
        """The same page for who has no scripts: it comes back with the answer in it."""

        async def formulier(request: Request) -> HTTPResponse:
            self._weiger_vreemde(request)
            bezoeker = self._sessies.lees(request, gezicht) or self._sessies.nieuw(gezicht)
            # A form sends an end of line as two characters, and the bounds count one.
            velden = {naam: request.form.get(naam, "").replace("\r\n", "\n") or None for naam in request.form}
            invoer = _lees(BerichtInvoer, _lees(FormulierInvoer, velden).als_bericht(gezicht))
            beurt = await self._behandel(request, bezoeker, invoer)
            return self._schrijf_pagina(bezoeker, invoer, beurt)

        return formulier

    def _schrijf_pagina(
        self, bezoeker: Bezoeker, invoer: BerichtInvoer | None = None, beurt: Beurt | None = None
    ) -> HTTPResponse:
        gezicht = bezoeker.gezicht
        ingesloten = gezicht is Gezicht.INGESLOTEN
        inhoud = self._opmaak(
            f"{'avondschool' if gezicht is Gezicht.AVONDSCHOOL else 'gesprek'}.html",
            gezicht=gezicht.value,
            pad=_PADEN[gezicht],
            gesprek=invoer.gesprek if invoer else secrets.token_urlsafe(12),
            bericht_id=secrets.token_urlsafe(12),
            vraag=invoer.tekst if invoer and not invoer.keuze else None,
            berichten=beurt.berichten if beurt else (),
            doelgroepen=[d.value for d in Doelgroep],
            doelgroep=_vooraf(bezoeker, invoer).get("doelgroep") if invoer else None,
            oordeel=beurt is not None and beurt.geweigerd is None,
            eenvoudig=gezicht is Gezicht.AVONDSCHOOL,
        )
        koppen = paginakoppen(
            self._instellingen.insluiten_door if ingesloten else (),
            https=self._instellingen.https,
            microfoon=gezicht is Gezicht.AVONDSCHOOL,
        )
        response = html(inhoud, status=_STATUS[beurt.geweigerd] if beurt else 200, headers=koppen)
        self._sessies.onthoud(response, bezoeker)
        return response

    # -- calls -----------------------------------------------------------------------------

    async def bericht(self, request: Request) -> HTTPResponse:
        """One message and its answer; the same `bericht_id` again gives the same answer."""
        invoer = _lees(BerichtInvoer, _json(request))
        bezoeker = self._bezoeker(request, invoer)
        beurt = await self._behandel(request, bezoeker, invoer)
        gemeente = kennisbank().gemeente(beurt.gemeente)
        return self._antwoord(
            bezoeker,
            {
                "html": self._html(bezoeker, beurt.berichten, oordeel=beurt.geweigerd is None),
                "gemeente": {"code": gemeente.code, "naam": gemeente.naam} if gemeente else None,
                "leren": Voortgang.of(beurt.leren).als_tekst() if beurt.leren else None,
            },
            _STATUS[beurt.geweigerd],
        )

    async def oordeel(self, request: Request) -> HTTPResponse:
        """A thumb, and perhaps a remark, on the last answer."""
        invoer = _lees(OordeelInvoer, _json(request))
        bezoeker = self._bezoeker(request, invoer)
        assistent, gesprek = _assistent(request), _gesprek(bezoeker, invoer)
        if weigering := await _balie(request).te_vaak(gesprek, _netadres(request)):
            return self._weiger(bezoeker, weigering)
        berichten = [await assistent.oordeel(gesprek, invoer.goed, invoer.opmerking or None)]
        if invoer.opmerking and await assistent.is_gevaar(invoer.opmerking):
            berichten = (await assistent.zeg(gesprek, invoer.opmerking, KANAAL)).berichten
        return self._antwoord(bezoeker, {"html": self._html(bezoeker, berichten)})

    async def vergeet(self, request: Request) -> HTTPResponse:
        """Wipes the conversation of this page."""
        invoer = _lees(GesprekInvoer, _json(request))
        bezoeker = self._bezoeker(request, invoer)
        gesprek = _gesprek(bezoeker, invoer)
        if weigering := await _balie(request).te_vaak(gesprek, _netadres(request)):
            return self._weiger(bezoeker, weigering)
        self._rust.weg(gesprek)
        bericht = await _assistent(request).vergeet(gesprek)
        return self._antwoord(bezoeker, {"html": self._html(bezoeker, [bericht])})

    async def _behandel(self, request: Request, bezoeker: Bezoeker, invoer: BerichtInvoer) -> Beurt:
        gesprek = _gesprek(bezoeker, invoer)
        begint = bezoeker.gezicht is Gezicht.AVONDSCHOOL and self._rust.gezien(gesprek)
        vooraf = None if invoer.vooraf is None else {"kennisgemaakt": True, **_vooraf(bezoeker, invoer)}
        post = Post(
            KANAAL,
            invoer.bericht_id,
            gesprek,
            invoer.tekst,
            keuze=invoer.keuze,
            netadres=_netadres(request),
            vooraf=vooraf,
        )
        beurt = await _balie(request).behandel(post)
        if begint and beurt.geweigerd == TE_VAAK:
            self._rust.weg(gesprek)
        if beurt.uitslag.get("handeling") == LEERPAD_STOP and bezoeker.gezicht is not Gezicht.AVONDSCHOOL:
            beurt.berichten.append(Bericht.of(kennisbank().teksten("web.leerpad_later")))
        return beurt

    def _html(self, bezoeker: Bezoeker, berichten: Sequence[Bericht], oordeel: bool = False) -> str:
        return self._opmaak.berichten(berichten, oordeel, eenvoudig=bezoeker.gezicht is Gezicht.AVONDSCHOOL)

    def _weiger(self, bezoeker: Bezoeker, weigering: Bericht) -> HTTPResponse:
        return self._antwoord(bezoeker, {"html": self._html(bezoeker, [weigering])}, _STATUS[TE_VAAK])

    def _antwoord(self, bezoeker: Bezoeker, inhoud: Mapping[str, Any], status: int = 200) -> HTTPResponse:
        response = json(inhoud, status=status, headers={"Retry-After": "60"} if status in (429, 503) else {})
        self._sessies.onthoud(response, bezoeker)
        return response

    # -- who may call ----------------------------------------------------------------------

    def _bezoeker(self, request: Request, invoer: Invoer) -> Bezoeker:
        self._weiger_vreemde(request)
        bezoeker = self._sessies.lees(request, invoer.gezicht)
        if bezoeker is None:
            raise SanicException("web.geen_sessie", status_code=401)
        return bezoeker

    def _weiger_vreemde(self, request: Request) -> None:
        """A call that a browser makes for a page of another site is not ours, whatever its cookie says."""
        herkomst = request.headers.get("origin")
        eigen = self._instellingen.adres or f"{request.scheme}://{request.host}"
        vreemd = herkomst is not None and urlsplit(herkomst)[:2] != urlsplit(eigen)[:2]
        if vreemd or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Forbidden("web.vreemd")

    # -- files -----------------------------------------------------------------------------

    async def bestand(self, request: Request, naam: str) -> HTTPResponse:
        """A style or script of the page; its address changes with its content, so it may be kept."""
        if naam not in self._bestanden:
            raise NotFound("web.niet_gevonden")
        bestand = self._bestanden[naam]
        koppen = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        inhoud = bestand.inhoud
        if "gzip" in request.headers.get("accept-encoding", ""):
            koppen["Content-Encoding"] = "gzip"
            inhoud = bestand.klein
        return raw(inhoud, content_type=bestand.soort, headers=koppen)

    async def beeld(self, _: Request, naam: str) -> HTTPResponse:
        """A picture that was built with the kennisbank."""
        pad = DATA_MAP / "beelden" / naam
        if not _BEELD.fullmatch(naam) or not pad.is_file():
            raise NotFound("web.niet_gevonden")
        soort = "image/svg+xml" if naam.endswith(".svg") else "image/png"
        csp = "default-src 'none'; style-src 'unsafe-inline'"
        return raw(pad.read_bytes(), content_type=soort, headers={"Content-Security-Policy": csp})

    async def insluiten(self, request: Request) -> HTTPResponse:
        """The one line that a school puts in its own site runs this."""
        adres = self._instellingen.adres or f"{request.scheme}://{request.host}"
        script = self._opmaak("insluiten.js", adres=adres)
        koppen = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
        return raw(script.encode(), content_type="text/javascript; charset=utf-8", headers=koppen)

    async def openapi(self, _: Request) -> HTTPResponse:
        """The description of these calls."""
        return json(self._openapi)

    # -- with the server -------------------------------------------------------------------

    async def _begin(self, app: Sanic, *_: Any) -> None:
        self._rust.begin(app.ctx.assistent.vergeet)

    async def _stop(self, *_: Any) -> None:
        await self._rust.stop()


def fouttekst(error: Exception) -> tuple[int, str]:
    """The status and the words for what went wrong: those of the door, else a general one."""
    if isinstance(error, OpslagWeg):
        return 503, kennisbank().teksten("web.storing")
    status = error.status_code if isinstance(error, SanicException) else 500
    if status >= 500:
        return status, kennisbank().teksten("web.storing")
    sleutel = str(error) if str(error).startswith("web.") else "web.ongeldig"
    return status, kennisbank().teksten(sleutel)


def _json(request: Request) -> Any:
    # Only this type: a form of another site cannot send it.
    if request.content_type.partition(";")[0].strip() != "application/json":
        raise SanicException("web.ongeldig", status_code=415)
    return request.json


def _lees(soort: type[Any], velden: Any) -> Any:
    if not isinstance(velden, dict):
        raise SanicException("web.ongeldig", status_code=400)
    try:
        return soort(**velden)
    except ValidationError as fout:
        raise SanicException("web.ongeldig", status_code=400) from fout


def _gesprek(bezoeker: Bezoeker, invoer: Invoer) -> str:
    return f"{KANAAL}:{bezoeker.gezicht.value}:{bezoeker.id}:{invoer.gesprek}"


def _vooraf(bezoeker: Bezoeker, invoer: BerichtInvoer) -> dict[str, Any]:
    """What is known before the first message. The evening school writes plainly, whatever is asked for."""
    if bezoeker.gezicht is Gezicht.AVONDSCHOOL:
        return {"doelgroep": Doelgroep.OUD_LEERLING.value}
    vooraf = invoer.vooraf
    gemeente = kennisbank().gemeente(vooraf.gemeente) if vooraf else None
    voortgang = Voortgang.of_tekst(vooraf.leren) if vooraf and vooraf.leren else None
    slots = {
        "doelgroep": vooraf.doelgroep.value if vooraf and vooraf.doelgroep else None,
        "gemeente": gemeente.code if gemeente else None,
        "leren": voortgang.als_dict() if voortgang else None,
    }
    return {naam: waarde for naam, waarde in slots.items() if waarde}


def _assistent(request: Request) -> Assistent:
    assistent: Assistent = request.app.ctx.assistent
    return assistent


def _balie(request: Request) -> Balie:
    balie: Balie = request.app.ctx.balie
    return balie


def _netadres(request: Request) -> str:
    """Where the call came from: what our own proxies say, where there are any."""
    return str(request.remote_addr or request.ip)
