"""What an activity of Teams asks of us."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from bot.kanalen.teams.kaart import KEUZE, OORDEEL, OPMERKING, SLOT
from bot.opdrachten import FOUT, GOED

KANAAL = "msteams"
_IEMAND = "[naam]"
_NIEUWE_REGEL = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "blockquote", "h1", "h2", "h3"})


@dataclass(frozen=True)
class Adres:
    """Where an answer goes. Kept with the message, so it holds only values that JSON has."""

    dienst: str
    gesprek: str
    bot: str
    aan: str = ""
    antwoord_op: str | None = None


@dataclass(frozen=True)
class Vraag:
    """A message or a pressed button: who asks what, and where the answer goes."""

    id: str
    afzender: str
    tekst: str
    adres: Adres
    keuze: bool = False
    titel: str = ""
    """The words on the button of a choice."""
    bewijs: str | None = None
    """The receipt of the answer that a thumb is about."""


@dataclass(frozen=True)
class Nieuwkomer:
    """Somebody, or we ourselves, came into a conversation."""

    afzender: str
    adres: Adres
    tenant: str | None
    in_groep: bool
    zijn_wij: bool


def lees(activiteit: Mapping[str, Any]) -> list[Vraag | Nieuwkomer]:
    """What has to be done for an activity; nothing for a kind that we have no use for.

    An edited or deleted message is such a kind: the answer to what was asked stands already.

    Raises:
        ValueError: it is not an activity at all.
    """
    if activiteit.get("channelId") != KANAAL:
        return []
    soort = activiteit.get("type")
    if soort == "message":
        if not _tekst(activiteit, "id"):
            raise ValueError("geen id")
        vraag = _vraag(activiteit)
        return [vraag] if vraag else []
    if soort == "conversationUpdate":
        return list(_nieuwkomers(activiteit))
    return []


def getypt(activiteit: Mapping[str, Any]) -> str:
    """The words of the sender: HTML as text, without our mention and without the names of others."""
    tekst = _tekst(activiteit, "text")
    if not tekst.strip():
        tekst = _html_bijlage(activiteit)
    ons = _id(activiteit, "recipient")
    for wie, letterlijk in _vermeldingen(activiteit):
        if letterlijk:
            tekst = tekst.replace(letterlijk, " " if wie == ons else f" {_IEMAND} ")
    lezer = _Platte()
    lezer.feed(tekst)
    lezer.close()
    return "\n".join(" ".join(regel.split()) for regel in "".join(lezer.delen).splitlines()).strip()


def _vraag(activiteit: Mapping[str, Any]) -> Vraag | None:
    adres = _adres(activiteit, _id(activiteit, "from"))
    vraag = Vraag(_tekst(activiteit, "id"), _afzender(adres.gesprek, _deel(activiteit, "from")), "", adres)
    if waarde := _waarde(activiteit):
        return _knop(vraag, waarde)
    if _in_groep(activiteit) and not _noemt_ons(activiteit):
        return None
    return replace(vraag, tekst=getypt(activiteit))


def _knop(vraag: Vraag, waarde: Mapping[str, Any]) -> Vraag | None:
    if keuze := _tekst(waarde, KEUZE):
        return replace(vraag, tekst=keuze, keuze=True, titel=_tekst(waarde, "titel"))
    if _tekst(waarde, SLOT) == OPMERKING:
        return replace(vraag, tekst=f"/{OPMERKING} {_tekst(waarde, OPMERKING)}".strip())
    oordeel, bewijs = _tekst(waarde, OORDEEL), _tekst(waarde, "bewijs")
    if oordeel not in (GOED, FOUT) or not bewijs:
        return None
    opmerking = _tekst(waarde, OPMERKING) if oordeel == FOUT else ""
    return replace(vraag, tekst=f"/{oordeel} {opmerking}".strip(), bewijs=bewijs)


def _nieuwkomers(activiteit: Mapping[str, Any]) -> Iterator[Nieuwkomer]:
    ons, in_groep = _id(activiteit, "recipient"), _in_groep(activiteit)
    leden = [lid for lid in _rij(activiteit, "membersAdded") if _tekst(lid, "id")]
    if leden and not in_groep:
        # Installing the app adds us, or the two of us; either way one person is new to us.
        leden = [lid for lid in leden if lid["id"] != ons] or [_deel(activiteit, "from")]
    for lid in leden:
        adres = _adres(activiteit, _tekst(lid, "id"))
        yield Nieuwkomer(
            afzender=_afzender(adres.gesprek, lid),
            adres=adres,
            tenant=_tekst(_deel(_deel(activiteit, "channelData"), "tenant"), "id") or None,
            in_groep=in_groep,
            zijn_wij=adres.aan == ons,
        )


def _adres(activiteit: Mapping[str, Any], aan: str) -> Adres:
    return Adres(
        dienst=_tekst(activiteit, "serviceUrl"),
        gesprek=_id(activiteit, "conversation"),
        bot=_id(activiteit, "recipient"),
        aan=aan,
        antwoord_op=_tekst(activiteit, "id") if activiteit.get("type") == "message" else None,
    )


def _afzender(gesprek: str, wie: Mapping[str, Any]) -> str:
    """One conversation of ours per person per conversation of Teams; in a group everybody has their own."""
    return f"teams:{gesprek}:{_tekst(wie, 'aadObjectId') or _tekst(wie, 'id')}"


def _waarde(activiteit: Mapping[str, Any]) -> Mapping[str, Any]:
    waarde = activiteit.get("value")
    if isinstance(waarde, str):
        try:
            waarde = json.loads(waarde)
        except ValueError:
            return {}
    return waarde if isinstance(waarde, Mapping) else {}


def _in_groep(activiteit: Mapping[str, Any]) -> bool:
    gesprek = _deel(activiteit, "conversation")
    return bool(gesprek.get("isGroup")) or gesprek.get("conversationType") in ("groupChat", "channel")


def _noemt_ons(activiteit: Mapping[str, Any]) -> bool:
    ons = _id(activiteit, "recipient")
    return any(wie == ons for wie, _ in _vermeldingen(activiteit))


def _vermeldingen(activiteit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Who is mentioned, and how that stands in the text."""
    for stuk in _rij(activiteit, "entities"):
        if stuk.get("type") == "mention":
            yield _tekst(_deel(stuk, "mentioned"), "id"), _tekst(stuk, "text")


def _html_bijlage(activiteit: Mapping[str, Any]) -> str:
    bijlagen = (b for b in _rij(activiteit, "attachments") if b.get("contentType") == "text/html")
    return next((_tekst(bijlage, "content") for bijlage in bijlagen), "")


def _deel(ouder: Mapping[str, Any], naam: str) -> Mapping[str, Any]:
    waarde = ouder.get(naam)
    return waarde if isinstance(waarde, Mapping) else {}


def _rij(ouder: Mapping[str, Any], naam: str) -> list[Mapping[str, Any]]:
    waarde = ouder.get(naam)
    return [stuk for stuk in waarde if isinstance(stuk, Mapping)] if isinstance(waarde, list) else []


def _tekst(ouder: Mapping[str, Any], naam: str) -> str:
    waarde = ouder.get(naam)
    return waarde if isinstance(waarde, str) else ""


def _id(ouder: Mapping[str, Any], naam: str) -> str:
    waarde = _tekst(_deel(ouder, naam), "id")
    if not waarde:
        raise ValueError(f"{naam} heeft geen id")
    return waarde


class _Platte(HTMLParser):
    """The text of a message that Teams may have wrapped in HTML; a mention that is left in it is dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.delen: list[str] = []
        self._in_vermelding = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._tag(tag, begin=True)

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag, begin=False)

    def handle_data(self, data: str) -> None:
        if not self._in_vermelding:
            self.delen.append(data)

    def _tag(self, tag: str, begin: bool) -> None:
        if tag == "at":
            self._in_vermelding = begin
        if tag in _NIEUWE_REGEL:
            self.delen.append("\n")
