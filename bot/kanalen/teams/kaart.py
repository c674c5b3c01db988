"""An answer as Teams shows it: Adaptive Cards 1.4, in activities within Teams' limit of size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from linkify_it import LinkifyIt

from bot.bericht import Bericht, Keuze
from bot.opdrachten import FOUT, GOED
from kennisbank.answer import Beeld, Blok, Deel
from kennisbank.current import kennisbank

KEUZE, OORDEEL, OPMERKING, SLOT = "keuze", "oordeel", "opmerking", "slot"
"""What our buttons send back."""
MAX_BYTES = 28_000
"""Of one activity, in UTF-16. Teams took no more for years; today it takes more in most places."""
_MAX_BLOK = 4_000
"""Characters of one text, far under `MAX_BYTES`."""
_MAX_KNOPPEN = 6
"""Buttons in one row; Teams hides what is more."""
_MAX_OPMERKING = 500
_MAX_SAMENVATTING = 120
_REGELEINDE = re.compile(r"(?<!\n)\n(?![\n \t]|[-*] |\d+\. )")
"""An end of line that a card would run over, because no list goes on after it."""
_LINKS = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})

Element = dict[str, Any]

_GEZICHT: dict[Deel, Element] = {
    Deel.KOP: {"size": "Large", "weight": "Bolder"},
    Deel.MERK: {"size": "Small", "weight": "Bolder", "color": "Accent"},
    Deel.TEKST: {},
    Deel.LET_OP: {},
    Deel.BRON: {"size": "Small", "isSubtle": True, "separator": True},
    Deel.BEWIJS: {"size": "Small", "isSubtle": True, "fontType": "Monospace"},
}


def activiteiten(berichten: Iterable[Bericht], webadres: str | None) -> Iterator[Element]:
    """The messages of one turn in as few activities as fit: what is sent at once arrives as a whole."""
    kaarten: list[Element] = []
    for bericht in berichten:
        for kaart in _kaarten(bericht, webadres):
            if kaarten and _bytes([*kaarten, kaart]) > MAX_BYTES:
                yield _activiteit(kaarten)
                kaarten = []
            kaarten.append(kaart)
    if kaarten:
        yield _activiteit(kaarten)


def _activiteit(kaarten: Sequence[Element]) -> Element:
    return {
        "type": "message",
        "locale": "nl-NL",
        "summary": _samenvatting(kaarten[0]),
        "attachmentLayout": "list",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": kaart} for kaart in kaarten
        ],
    }


def _kaarten(bericht: Bericht, webadres: str | None) -> Iterator[Element]:
    """One card, or more where it would be too big; buttons stand under the last."""
    blokken = [
        replace(blok, tekst=stuk) for blok in bericht.blokken if blok.tekst for stuk in _stukken(blok.tekst)
    ]
    romp: list[Element] = []
    for blok in blokken:
        element = _element(blok)
        if romp and _bytes([*romp, element]) > MAX_BYTES // 2:
            yield _kaart(romp)
            romp = []
        romp.append(element)
    if bericht.beeld:
        romp.insert(_plaats_van_beeld(romp), _beeld(bericht.beeld, webadres))
    romp += _knoppen(bericht.keuzes)
    if bericht.vraagt_opmerking:
        teksten = kennisbank().teksten
        versturen = _knop(teksten("teams.versturen"), {SLOT: OPMERKING})
        romp += [_opmerking("teams.wat_miste_je"), {"type": "ActionSet", "actions": [versturen]}]
    if romp:
        yield _kaart(romp, _duimen(bericht.uitslag.get("bewijs")))


def _kaart(romp: Sequence[Element], acties: Sequence[Element] = ()) -> Element:
    kaart: Element = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "lang": "nl",
        "body": list(romp),
    }
    return {**kaart, "actions": list(acties)} if acties else kaart


def _element(blok: Blok) -> Element:
    tekst = {"type": "TextBlock", "wrap": True, "text": opgemaakt(blok.tekst), **_GEZICHT[blok.deel]}
    if blok.deel is Deel.LET_OP:
        return {"type": "Container", "style": "warning", "items": [tekst]}
    return tekst


def opgemaakt(markdown: str) -> str:
    """Our Markdown in what a card knows of it: no code marks, lines apart, addresses to follow."""
    tekst = _REGELEINDE.sub("\n\n", markdown.strip().replace("`", ""))
    for link in reversed(_LINKS.match(tekst) or ()):
        if tekst[: link.index].endswith("]("):
            continue
        tekst = f"{tekst[: link.index]}[{link.text}]({link.url}){tekst[link.last_index :]}"
    return tekst


def _beeld(beeld: Beeld, webadres: str | None) -> Element:
    """The picture; in words where Teams cannot fetch it."""
    if webadres is None:
        return {"type": "TextBlock", "wrap": True, "isSubtle": True, "text": opgemaakt(beeld.alternatief)}
    url = f"{webadres}/webhooks/web/beelden/{beeld.naam}.png"
    return {"type": "Image", "url": url, "altText": beeld.alternatief, "size": "Stretch"}


def _plaats_van_beeld(romp: Sequence[Element]) -> int:
    """Before the source and the receipt."""
    return next((i for i, element in enumerate(romp) if element.get("size") == "Small" and i), len(romp))


def _knoppen(keuzes: Sequence[Keuze]) -> Iterator[Element]:
    for begin in range(0, len(keuzes), _MAX_KNOPPEN):
        rij = keuzes[begin : begin + _MAX_KNOPPEN]
        yield {
            "type": "ActionSet",
            "actions": [_knop(keuze.titel, {KEUZE: keuze.payload, "titel": keuze.titel}) for keuze in rij],
        }


def _duimen(bewijs: str | None) -> list[Element]:
    """Thumbs under an answer with a receipt; the one down has room for a remark."""
    if bewijs is None:
        return []
    teksten = kennisbank().teksten
    goed, fout = teksten("knop.goed"), teksten("knop.fout")
    opmerking = _opmerking("teams.wat_klopte_niet")
    versturen = _knop(teksten("teams.versturen"), {OORDEEL: FOUT, "bewijs": bewijs})
    vraag = {"type": "AdaptiveCard", "version": "1.4", "body": [opmerking], "actions": [versturen]}
    return [
        _knop(goed, {OORDEEL: GOED, "bewijs": bewijs}),
        {"type": "Action.ShowCard", "title": fout, "card": vraag},
    ]


def _opmerking(label: str) -> Element:
    return {
        "type": "Input.Text",
        "id": OPMERKING,
        "label": kennisbank().teksten(label),
        "isMultiline": True,
        "maxLength": _MAX_OPMERKING,
    }


def _knop(titel: str, data: dict[str, str]) -> Element:
    return {"type": "Action.Submit", "title": titel, "data": data}


def _samenvatting(kaart: Element) -> str:
    """What a notification says."""
    eerste = kaart["body"][0]
    tekst = str(eerste.get("text") or eerste.get("altText") or "").replace("**", "")
    tekst = " ".join(tekst.split())
    return tekst if len(tekst) <= _MAX_SAMENVATTING else f"{tekst[: _MAX_SAMENVATTING - 1].rstrip()}…"


def _stukken(tekst: str) -> Iterator[str]:
    """A text in pieces of at most `_MAX_BLOK` characters, cut where a reader would pause."""
    rest = tekst.strip()
    while len(rest) > _MAX_BLOK:
        gevonden = (rest.rfind(rust, 1, _MAX_BLOK) + len(rust) for rust in ("\n\n", "\n", ". ", " "))
        einde = next((einde for einde in gevonden if einde > _MAX_BLOK // 2), _MAX_BLOK)
        yield rest[:einde].strip()
        rest = rest[einde:].strip()
    yield rest


def _bytes(inhoud: Any) -> int:
    return len(json.dumps(inhoud, ensure_ascii=False).encode("utf-16-le"))
