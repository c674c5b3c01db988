"""Security headers: everything is forbidden except what a page of ours needs."""

from __future__ import annotations

from collections.abc import Sequence

from sanic.request import Request
from sanic.response import BaseHTTPResponse

KOPPEN = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Our own forms must carry their origin; other sites hear nothing.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_PAGINA = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {ouders}"
)


async def zet_koppen(_: Request, response: BaseHTTPResponse) -> None:
    """Adds to any response of the server what it did not set itself."""
    for naam, waarde in KOPPEN.items():
        response.headers.setdefault(naam, waarde)


def paginakoppen(ouders: Sequence[str] = (), https: bool = False, microfoon: bool = False) -> dict[str, str]:
    """The headers of a page: its own files only, and within the sites `ouders` only."""
    koppen = {"Content-Security-Policy": _PAGINA.format(ouders=" ".join(ouders) or "'none'")}
    if microfoon:
        koppen["Permissions-Policy"] = KOPPEN["Permissions-Policy"].replace(
            "microphone=()", "microphone=(self)"
        )
    if not ouders:
        koppen["X-Frame-Options"] = "DENY"
        koppen["Cross-Origin-Opener-Policy"] = "same-origin"
    if https:
        koppen["Strict-Transport-Security"] = "max-age=31536000"
    return koppen
