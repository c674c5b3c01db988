"""`routewijzer serve`: one process with the web page, its own calls and a health check.

Rasa's HTTP API is not mounted: it allows whoever reaches it to replace the model.
"""

from __future__ import annotations

import logging
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.assistent import Assistent
from bot.balie import Balie
from bot.bewaking import bewaking_blueprint
from bot.kanalen.teams import teams_blueprint
from bot.kanalen.telegram import telegram_blueprint
from bot.kanalen.web import fouttekst, web_blueprint
from bot.kanalen.web.koppen import zet_koppen
from bot.opslag.dagelijks import ruim_dagelijks_op
from bot.opslag.migratie import open_database
from bot.opslag.slot import GedeeldeSloten, Sloten
from bot.settings import bewaardagen, broker_url, gesprekken_url, leesprocessen, proxies, redis_url
from bot.statistiek.uitzender import zend_uit
from kennisbank.current import kennisbank

logger = logging.getLogger(__name__)

MAX_BYTES = 100_000


def create_app(assistent: Assistent, host: str = "127.0.0.1") -> Sanic:
    """The web application around a loaded assistant, to listen on `host`.

    Raises:
        InstellingFout: a setting cannot be used.
    """
    bewaardagen()  # the daily clearing would stumble over it only when nobody looks any more
    app = Sanic("routewijzer", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BYTES
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = proxies()
    app.ctx.assistent = assistent
    app.ctx.balie = Balie(assistent)
    app.blueprint(bewaking_blueprint())
    app.blueprint(web_blueprint())
    if telegram := telegram_blueprint(assistent, app.ctx.balie):
        app.blueprint(telegram)
    if teams := teams_blueprint(assistent, app.ctx.balie, host):
        app.blueprint(teams)

    @app.after_server_start
    async def begin(app: Sanic, _: Any) -> None:
        await app.ctx.balie.begin()
        app.add_task(ruim_dagelijks_op(assistent.database), name="opruimen")  # with a name it is ended too
        if broker_url():
            app.add_task(zend_uit(assistent.database, broker_url()), name="uitzenden")

    @app.before_server_stop
    async def einde(app: Sanic, _: Any) -> None:
        await app.ctx.balie.sluit()

    @app.after_server_stop
    async def weg(_: Sanic, __: Any) -> None:
        assistent.database.sluit()

    async def fout(request: Request, error: Exception) -> HTTPResponse:
        status, tekst = fouttekst(error)
        if status >= 500:
            logger.exception("Fout bij %s %s", request.method, request.path, exc_info=error)
        return json({"fout": tekst}, status=status, headers=getattr(error, "headers", None))

    app.register_middleware(zet_koppen, "response")
    app.error_handler.add(Exception, fout)
    return app


def laad() -> Assistent:
    """The assistant with the store, the locks and the processes to read in that the settings name."""
    sloten = GedeeldeSloten(redis_url()) if redis_url() else Sloten()
    assistent = Assistent.load(open_database(gesprekken_url()), sloten)
    if aantal := leesprocessen():
        assistent.lees_in_processen(aantal)
    return assistent


def serve(host: str, port: int) -> None:
    """Loads the assistant and serves until it is stopped."""
    app = create_app(laad(), host)
    print(kennisbank().teksten("web.gestart", adres=f"http://{host}:{port}/"), flush=True)
    opties: dict[str, Any] = {"access_log": False, "motd": False, "debug": False}
    app.run(host=host, port=port, **opties)
