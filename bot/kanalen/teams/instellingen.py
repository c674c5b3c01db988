"""The settings of the Teams door, checked before anything is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from bot.settings import InstellingFout, instelling
from kennisbank.current import kennisbank

APP_ID = "ROUTEWIJZER_TEAMS_APP_ID"
APP_PASSWORD = "ROUTEWIJZER_TEAMS_APP_PASSWORD"
TENANT = "ROUTEWIJZER_TEAMS_TENANT"
VERPLICHT = (APP_ID, APP_PASSWORD, TENANT)

_OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
_UITGEVER = "https://api.botframework.com"
_TOKEN_URL = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_DIENSTEN = "smba.trafficmanager.net *.botframework.com *.teams.microsoft.com"
_DOMEIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Instellingen:
    """One single-tenant bot, and the hosts of Microsoft's that it talks with."""

    app_id: str
    app_password: str
    tenant: str
    openid_url: str
    uitgevers: tuple[str, ...]
    token_url: str
    diensten: tuple[str, ...]
    """Hosts that may be sent an answer, and with it our token; `*.` stands for any host under it."""
    met_tokens: bool = True
    """False only for a try-out on this machine: nobody is asked for a token and none is sent."""
    webadres: str | None = None
    """Where the pictures can be fetched; without it Teams shows what is on them in words."""

    @classmethod
    def lees(cls, host: str) -> Instellingen | None:
        """The settings of a server that listens on `host`; None when Teams is not set up at all.

        Raises:
            InstellingFout: one is missing or cannot be used; the message says which.
        """
        met_tokens = _met_tokens(host)
        waarden = {naam: instelling(naam) for naam in VERPLICHT}
        if met_tokens and not any(waarden.values()):
            return None
        if met_tokens:
            _eis_volledig(waarden)
        return cls(
            app_id=waarden[APP_ID].lower(),
            app_password=waarden[APP_PASSWORD],
            tenant=waarden[TENANT],
            openid_url=_adres("ROUTEWIJZER_TEAMS_OPENID_URL", _OPENID_URL),
            uitgevers=tuple(instelling("ROUTEWIJZER_TEAMS_ISSUERS", _UITGEVER).split()),
            token_url=_adres("ROUTEWIJZER_TEAMS_TOKEN_URL", _TOKEN_URL).format(tenant=waarden[TENANT]),
            diensten=tuple(instelling("ROUTEWIJZER_TEAMS_SERVICE_HOSTS", _DIENSTEN).lower().split()),
            met_tokens=met_tokens,
            webadres=instelling("ROUTEWIJZER_WEB_ADRES").rstrip("/") or None,
        )

    def is_dienst(self, url: str) -> bool:
        """Whether an answer may be sent there: a host of the list, over https unless on this machine."""
        if not veilig(url):
            return False
        host = urlsplit(url).hostname or ""
        if not self.met_tokens:
            return is_deze_machine(host)
        return any(
            host.endswith(dienst[1:]) if dienst.startswith("*.") else host == dienst
            for dienst in self.diensten
        )


def veilig(url: str) -> bool:
    """Whether an address is https, or stays on this machine."""
    try:
        delen = urlsplit(url)
        host = delen.hostname or ""
        _ = delen.port
    except ValueError:
        return False
    if delen.username is not None or not host:
        return False
    return delen.scheme == "https" or (delen.scheme == "http" and is_deze_machine(host))


def is_deze_machine(host: str) -> bool:
    """Whether a host name is a loopback address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _met_tokens(host: str) -> bool:
    teksten = kennisbank().teksten
    controle = instelling("ROUTEWIJZER_TEAMS_AUTH", "jwt")
    if controle not in ("jwt", "none"):
        raise InstellingFout(teksten("teams.fout_auth", waarde=controle))
    if controle == "none" and not is_deze_machine(host):
        raise InstellingFout(teksten("teams.niet_lokaal", host=host))
    return controle == "jwt"


def _eis_volledig(waarden: dict[str, str]) -> None:
    teksten = kennisbank().teksten
    weg = [naam for naam, waarde in waarden.items() if not waarde]
    if weg:
        raise InstellingFout(teksten("teams.onvolledig", namen=", ".join(weg)))
    if not _is_guid(waarden[APP_ID]):
        raise InstellingFout(teksten("teams.fout_id", naam=APP_ID))
    if not (_is_guid(waarden[TENANT]) or _DOMEIN.fullmatch(waarden[TENANT])):
        raise InstellingFout(teksten("teams.fout_id", naam=TENANT))


def _is_guid(waarde: str) -> bool:
    try:
        return str(UUID(waarde)) == waarde.lower()
    except ValueError:
        return False


def _adres(naam: str, standaard: str) -> str:
    waarde = instelling(naam, standaard)
    if not veilig(waarde):
        raise InstellingFout(kennisbank().teksten("teams.fout_adres", naam=naam))
    return waarde
