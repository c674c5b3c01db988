"""Every call of ours under schemathesis: whatever is sent, the answer is one that the description knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import requests
from sanic import Sanic

from bot.kanalen.web import web_blueprint

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"


def test_no_call_breaks_or_answers_what_is_not_described(adres: str, tmp_path: Path) -> None:
    with requests.Session() as sessie:
        for pad in ("/", "/avondschool", "/ingesloten"):
            sessie.get(f"{adres}{pad}", timeout=10)
        koekjes = "; ".join(f"{koekje.name}={koekje.value}" for koekje in sessie.cookies)
    uit = subprocess.run(
        [
            *(str(SCHEMATHESIS), "--config-file", str(Path(__file__).parent / "schemathesis.toml"), "run"),
            *(f"{adres}/webhooks/web/openapi.json", "--url", adres, "--header", f"Cookie: {koekjes}"),
            *("--max-examples", "20", "--seed", "1", "--no-color"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        timeout=300,
    )
    assert uit.returncode == 0, uit.stdout[-6000:]


def test_every_route_of_the_door_is_described(adres: str) -> None:
    beschreven = requests.get(f"{adres}/webhooks/web/openapi.json", timeout=10).json()["paths"]
    app = Sanic("alleen_de_routes", configure_logging=False)
    app.blueprint(web_blueprint())
    app.router.finalize()  # type: ignore[no-untyped-call]
    assert len(app.router.routes) >= 13
    for route in app.router.routes:
        pad = f"/{route.path}".replace("<", "{").replace(":str>", "}")
        assert {methode.lower() for methode in route.methods} <= set(beschreven[pad])
