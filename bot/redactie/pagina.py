"""The editors' page itself: a small Starlette application without scripts."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from yaml.reader import Reader

from bot.opslag.database import Database
from bot.opslag.migratie import open_database
from bot.redactie import overzicht, voorstel
from bot.redactie.toegang import Toegang, lees_wachtwoord, van_eigen_pagina
from bot.redactie.voorstel import Afgewezen, Concept, Voorstel
from bot.settings import gesprekken_url
from kennisbank.current import kennisbank
from kennisbank.model import ZEKERHEDEN, Doelgroep
from kennisbank.reader import artikel_ids, read_inhoud
from kennisbank.store import Kennisbank

_MAP = Path(__file__).parent
_MAX_FORMULIER = 100_000
_OPEN = ("/in", "/stijl.css")
"""What may be seen without a session."""
_KOPPEN = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def serve(host: str, poort: int) -> None:
    """Serves the page until it is stopped.

    Raises:
        InstellingFout: there is no password.
        OpslagFout: the kennisbank or the store of conversations cannot be opened.
    """
    toegang = Toegang(lees_wachtwoord())
    kb = kennisbank()
    app = maak_app(toegang, open_database(gesprekken_url()), kb)
    print(kb.teksten("redactie.gestart", host=host, poort=poort), flush=True)
    uvicorn.Server(instelling_van(app, host, poort)).run()


def instelling_van(app: Starlette, host: str, poort: int) -> uvicorn.Config:
    """How the page is served."""
    # No log of calls: it would hold who looked at what. No websockets: the page has none, and the
    # library for them that Sanic pins is too old for uvicorn.
    return uvicorn.Config(
        app, host, poort, ws="none", access_log=False, log_level="warning", server_header=False
    )


def maak_app(toegang: Toegang, database: Database, kb: Kennisbank) -> Starlette:
    """The application over one question log."""
    redactie = Redactie(toegang, database, kb)
    return Starlette(
        routes=[
            Route("/in", redactie.inloggen, methods=["GET"]),
            Route("/in", redactie.laat_binnen, methods=["POST"]),
            Route("/uit", redactie.laat_uit, methods=["POST"]),
            Route("/stijl.css", _stijl),
            Route("/", redactie.vragen),
            Route("/duimen", redactie.duimen),
            Route("/slotvraag", redactie.slotvraag),
            Route("/gemist", redactie.gemist),
            Route("/agenda", redactie.agenda),
            Route("/dekking", redactie.dekking),
            Route("/weekbericht", redactie.weekbericht),
            Route("/artikel", redactie.artikel, methods=["POST"]),
            Route("/voorstel/vraag", redactie.stel_vraag_voor, methods=["POST"]),
            Route("/voorstel/artikel", redactie.stel_artikel_voor, methods=["POST"]),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=redactie.bewaak)],
    )


class Redactie:
    """All pages, for one password and one question log."""

    def __init__(self, toegang: Toegang, database: Database, kb: Kennisbank) -> None:
        self._toegang, self._database, self._kb = toegang, database, kb
        self._sjablonen = Jinja2Templates(_MAP / "sjablonen")
        self._sjablonen.env.globals |= {"t": lambda naam, **v: kb.teksten(f"redactie.{naam}", **v)}
        self._sjablonen.env.globals |= {"doelgroepnaam": self._doelgroepnaam}

    async def bewaak(self, request: Request, verder: RequestResponseEndpoint) -> Response:
        """Lets nobody in without a session or from another site, and sets the headers of every answer."""
        response = await self._toelaten(request, verder)
        response.headers.update(_KOPPEN)
        if response.status_code == 429:
            response.headers["Retry-After"] = "60"
        return response

    async def _toelaten(self, request: Request, verder: RequestResponseEndpoint) -> Response:
        if request.method == "POST":
            if not van_eigen_pagina(request):
                return self._fout(request, 403, self._tekst("fout.vreemd"))
            lengte = request.headers.get("content-length", "")
            if not lengte.isdecimal() or int(lengte) > _MAX_FORMULIER:
                return self._fout(request, 413, self._tekst("fout.te_groot"))
        if request.url.path not in _OPEN and not self._toegang.is_binnen(request):
            return RedirectResponse("/in", 303)
        return await verder(request)

    async def inloggen(self, request: Request) -> Response:
        """The form for the password."""
        return self._toon(request, "in.html", fout="")

    async def laat_binnen(self, request: Request) -> Response:
        """Checks the password."""
        if not self._toegang.mag_proberen(_adres(request)):
            return self._toon(request, "in.html", status=429, fout=self._tekst("in.te_vaak"))
        if not self._toegang.klopt(_veld(await request.form(), "wachtwoord")):
            return self._toon(request, "in.html", status=403, fout=self._tekst("in.fout"))
        response = RedirectResponse("/", 303)
        self._toegang.laat_binnen(request, response)
        return response

    async def laat_uit(self, _: Request) -> Response:
        """Ends the session."""
        response = RedirectResponse("/in", 303)
        self._toegang.laat_uit(response)
        return response

    async def vragen(self, request: Request) -> Response:
        """Questions without an answer, by likeness, each with what can be done about it."""
        beeld = await self._beeld()
        return self._toon(
            request,
            "vragen.html",
            groepen=beeld.onbeantwoord,
            beeld=beeld,
            artikelen=artikel_ids(),
        )

    async def duimen(self, request: Request) -> Response:
        """Answers that somebody called wrong."""
        regels = (await self._beeld()).duim_omlaag
        return self._toon(request, "duimen.html", regels=regels, artikelen=artikel_ids())

    async def slotvraag(self, request: Request) -> Response:
        """What people said at the end of a conversation, and what those missed who were not helped."""
        beeld = await self._beeld()
        return self._toon(request, "slotvraag.html", telling=beeld.slotvragen, slots=beeld.niet_geholpen)

    async def gemist(self, request: Request) -> Response:
        """Clarifications after which nothing was chosen."""
        groepen = (await self._beeld()).gemist
        return self._toon(request, "gemist.html", groepen=groepen, artikelen=artikel_ids())

    async def agenda(self, request: Request) -> Response:
        """What is due: reviews, amounts that end, contacts that expire; and all articles by age."""
        vandaag = date.today()
        inhoud = await run_in_threadpool(read_inhoud)  # the files as they are now
        taken = await run_in_threadpool(overzicht.agenda, inhoud, vandaag)
        soorten: dict[str, list[Any]] = {}
        for taak in taken:
            soorten.setdefault(taak.soort, []).append(taak)
        artikelen = overzicht.artikelen_op_leeftijd(inhoud, vandaag)
        return self._toon(request, "agenda.html", soorten=soorten, vandaag=vandaag, artikelen=artikelen)

    async def dekking(self, request: Request) -> Response:
        """How many gemeenten reach each step of the local chain, and which do not."""
        rijen = await run_in_threadpool(overzicht.dekking, self._kb, date.today())
        return self._toon(request, "dekking.html", rijen=rijen)

    async def weekbericht(self, request: Request) -> Response:
        """The weekly summary."""
        tekst = await run_in_threadpool(overzicht.weekbericht, self._database, self._kb, date.today())
        return self._toon(request, "weekbericht.html", tekst=tekst)

    async def artikel(self, request: Request) -> Response:
        """The form for a new article, with the question filled in."""
        velden = await request.form()
        vraag = _veld(velden, "vraag")
        ingevuld = {"titel": vraag, "vraag": vraag, "doelgroep": _veld(velden, "doelgroep")}
        return await self._artikelformulier(request, ingevuld)

    async def stel_vraag_voor(self, request: Request) -> Response:
        """Makes the patch for an example question."""
        if not self._toegang.mag_voorstellen(_adres(request)):
            return self._fout(request, 429, self._tekst("fout.te_vaak"))
        velden = await request.form()
        try:
            maak = partial(
                voorstel.voorbeeldvraag,
                _veld(velden, "artikel"),
                _doelgroep(velden),
                _veld(velden, "vraag"),
            )
            gemaakt = await run_in_threadpool(maak)
        except Afgewezen as error:
            return self._afgewezen(request, error)
        return self._gemaakt(request, gemaakt)

    async def stel_artikel_voor(self, request: Request) -> Response:
        """Makes the patch for a new article; what was filled in stays where it is refused."""
        velden = await request.form()
        ingevuld = {naam: str(waarde) for naam, waarde in velden.items()}
        if not self._toegang.mag_voorstellen(_adres(request)):
            return await self._artikelformulier(request, ingevuld, 429, (self._tekst("fout.te_vaak"),))
        try:
            gemaakt = await run_in_threadpool(voorstel.nieuw_artikel, _concept(velden))
        except Afgewezen as error:
            return await self._artikelformulier(request, ingevuld, 422, error.redenen)
        return self._gemaakt(request, gemaakt)

    async def _artikelformulier(
        self, request: Request, ingevuld: dict[str, str], status: int = 200, redenen: tuple[str, ...] = ()
    ) -> Response:
        bronnen = (await run_in_threadpool(read_inhoud)).bronnen
        return self._toon(
            request,
            "artikel.html",
            status=status,
            ingevuld=ingevuld,
            redenen=redenen,
            themas=voorstel.themas(),
            bronnen={naam: bron.titel for naam, bron in sorted(bronnen.items())},
            zekerheden=[zekerheid.value for zekerheid in ZEKERHEDEN],
            doelgroepen=list(Doelgroep),
        )

    async def _beeld(self) -> overzicht.Vragenbeeld:
        sinds = date.today() - overzicht.TERUG
        return await run_in_threadpool(overzicht.vragenbeeld, self._database, sinds)

    def _gemaakt(self, request: Request, gemaakt: Voorstel) -> Response:
        return self._toon(request, "voorstel.html", status=201, voorstel=gemaakt)

    def _afgewezen(self, request: Request, error: Afgewezen) -> Response:
        return self._toon(request, "afgewezen.html", status=422, redenen=error.redenen)

    def _fout(self, request: Request, status: int, tekst: str) -> Response:
        return self._toon(request, "afgewezen.html", status=status, redenen=(tekst,))

    def _toon(self, request: Request, sjabloon: str, status: int = 200, **inhoud: Any) -> Response:
        binnen = self._toegang.is_binnen(request)
        inhoud |= {"binnen": binnen, "doelgroepen": list(Doelgroep), "dagen": overzicht.TERUG.days}
        return self._sjablonen.TemplateResponse(request, sjabloon, inhoud, status_code=status)

    def _doelgroepnaam(self, doelgroep: str) -> str:
        return self._kb.teksten(f"doelgroep.{doelgroep}") if doelgroep else self._tekst("doelgroep_onbekend")

    def _tekst(self, naam: str) -> str:
        return self._kb.teksten(f"redactie.{naam}")


async def _stijl(_: Request) -> Response:
    return FileResponse(_MAP / "sjablonen" / "stijl.css")


def _adres(request: Request) -> str:
    """The network address of who calls."""
    return request.client.host if request.client else ""


def _veld(velden: FormData, naam: str) -> str:
    """A field of a form as text, without what no content file can hold; empty where it is missing."""
    waarde = velden.get(naam, "")
    return Reader.NON_PRINTABLE.sub("", waarde).strip() if isinstance(waarde, str) else ""


def _doelgroep(velden: FormData) -> Doelgroep:
    gekozen = _veld(velden, "doelgroep")
    return next((d for d in Doelgroep if d.value == gekozen), Doelgroep.PROFESSIONAL)


def _concept(velden: FormData) -> Concept:
    return Concept(
        titel=_veld(velden, "titel"),
        knop=_veld(velden, "knop"),
        thema=_veld(velden, "thema"),
        vraag=_veld(velden, "vraag"),
        doelgroep=_doelgroep(velden),
        bron=_veld(velden, "bron"),
        plek=_veld(velden, "plek"),
        zekerheid=_veld(velden, "zekerheid"),
        lokaal=_veld(velden, "lokaal") or "nee",
        teksten={doelgroep: _veld(velden, f"tekst-{doelgroep.value}") for doelgroep in Doelgroep},
    )
