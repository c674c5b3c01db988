"""The server of `routewijzer serve` with a door for trials and faults that can be set off in it.

The door takes messages as a platform brings them (`/proef/webhook`, answered later to an address of
the sender) or as a page does (`/proef/vraag`, answered at once).
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from typing import Any

import aiohttp
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.assistent import Assistent, Beurt
from bot.balie import Aanname, Balie, Post
from bot.door import Inkomend
from bot.logs import quiet_engine
from bot.opslag.database import OpslagWeg
from bot.opslag.tracker import BewaardeTracker
from bot.server import create_app, laad

KANAAL = "proef"
GIF = "gifpil"
"""A message with this word makes every attempt to answer it fail."""
DOOD = "doodspil"
"""A message with this word ends the process at every attempt to answer it."""


def proefdeur() -> Blueprint:
    """The door for trials."""
    deur = Blueprint(KANAAL)

    @deur.post("/proef/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        post, balie = _post(request), _balie(request.app)
        try:
            aanname = await balie.neem_aan(post)
        except OpslagWeg:
            return empty(503)
        if aanname is Aanname.TE_VAAK and (weigering := balie.weigering(post.gesprek)):
            await bezorg(post.adres, Beurt("", [weigering], geweigerd="te_vaak"))
        return json({"aanname": aanname.value})

    @deur.post("/proef/vraag")
    async def vraag(request: Request) -> HTTPResponse:
        beurt = await _balie(request.app).behandel(_post(request))
        return json({"tekst": beurt.tekst, "geweigerd": beurt.geweigerd})

    @deur.post("/proef/klok")
    async def klok(request: Request) -> HTTPResponse:
        sprong, echt = float(request.json["sprong"]), time.time
        time.time = lambda: echt() + sprong
        return empty()

    return deur


async def bezorg(adres: dict[str, Any], beurt: Beurt) -> None:
    """Delivers one answer to the address that the sender listens on."""
    async with (
        aiohttp.ClientSession() as sessie,
        sessie.post(adres["terug"], json={"id": adres["id"], "tekst": beurt.tekst}) as antwoord,
    ):
        antwoord.raise_for_status()


class Breekbaar(Assistent):
    """The assistant, with messages that break it."""

    async def antwoord(
        self, tracker: BewaardeTracker, inkomend: Inkomend, *rest: Any, **velden: Any
    ) -> Beurt:
        """Answers, unless the message is one that breaks."""
        if DOOD in inkomend.tekst:
            os.kill(os.getpid(), signal.SIGKILL)
        if GIF in inkomend.tekst:
            raise RuntimeError(GIF)
        return await super().antwoord(tracker, inkomend, *rest, **velden)


def main() -> None:
    """Serves on loopback until it is stopped, or dies of it."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--port", type=int, required=True)
    quiet_engine()
    assistent = laad()
    assistent.__class__ = Breekbaar
    app = create_app(assistent)
    app.blueprint(proefdeur())
    _balie(app).registreer(KANAAL, bezorg)
    vast: dict[str, Any] = {"access_log": False, "motd": False, "debug": False}
    app.run(host="127.0.0.1", port=opties.parse_args().port, **vast)


def _balie(app: Sanic) -> Balie:
    balie: Balie = app.ctx.balie
    return balie


def _post(request: Request) -> Post:
    velden = request.json
    adres = {"id": velden["id"], "terug": velden.get("terug")}
    return Post(KANAAL, velden["id"], velden["gesprek"], velden["tekst"], adres=adres)


if __name__ == "__main__":
    main()
