"""What Adaptive Cards 1.4 asks of the elements that we use: their properties, and which must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

GROOTTES = {"Small", "Default", "Medium", "Large", "ExtraLarge"}
ELEMENTEN: dict[str, tuple[set[str], set[str]]] = {
    "AdaptiveCard": ({"version", "body"}, {"$schema", "lang", "actions"}),
    "TextBlock": ({"text"}, {"wrap", "size", "weight", "color", "isSubtle", "fontType", "separator"}),
    "Container": ({"items"}, {"style"}),
    "Image": ({"url", "altText"}, {"size"}),
    "ActionSet": ({"actions"}, set()),
    "Input.Text": ({"id", "label"}, {"isMultiline", "maxLength"}),
    "Action.Submit": ({"title", "data"}, set()),
    "Action.ShowCard": ({"title", "card"}, set()),
}
WAARDEN: dict[str, set[Any]] = {
    "version": {"1.4"},
    "size": GROOTTES | {"Stretch"},
    "weight": {"Lighter", "Default", "Bolder"},
    "color": {"Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"},
    "fontType": {"Default", "Monospace"},
    "style": {"default", "emphasis", "good", "attention", "warning", "accent"},
    "wrap": {True},
    "isSubtle": {True},
    "separator": {True},
    "isMultiline": {True},
    "lang": {"nl"},
}
KINDEREN = {
    "body": {"TextBlock", "Container", "Image", "ActionSet", "Input.Text"},
    "items": {"TextBlock"},
    "actions": {"Action.Submit", "Action.ShowCard"},
}
MAX_ACTIES = 6


def gebreken(element: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a card; nothing for a good one."""
    soort = element.get("type", "")
    if soort not in ELEMENTEN:
        yield f"onbekend element {soort!r}"
        return
    verplicht, mag = ELEMENTEN[soort]
    for naam in verplicht - element.keys():
        yield f"{soort} zonder {naam}"
    for naam, waarde in element.items():
        if naam not in verplicht | mag | {"type"}:
            yield f"{soort} met {naam}"
        elif naam in WAARDEN and waarde not in WAARDEN[naam]:
            yield f"{soort}.{naam} is {waarde!r}"
        elif naam in KINDEREN:
            if not waarde or (naam == "actions" and len(waarde) > MAX_ACTIES):
                yield f"{soort}.{naam} heeft er {len(waarde)}"
            for kind in waarde:
                if kind.get("type") not in KINDEREN[naam]:
                    yield f"{kind.get('type')} in {soort}.{naam}"
                yield from gebreken(kind)
        elif naam == "card":
            yield from gebreken(waarde)
        elif naam in ("text", "title", "url", "altText", "label", "id") and not str(waarde).strip():
            yield f"{soort}.{naam} is leeg"


def kaarten(activiteit: dict[str, Any]) -> list[dict[str, Any]]:
    """The cards of an activity."""
    assert all(
        b["contentType"] == "application/vnd.microsoft.card.adaptive" for b in activiteit["attachments"]
    )
    return [bijlage["content"] for bijlage in activiteit["attachments"]]


def onderdelen(activiteit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every element in the cards of an activity, outer ones first."""

    def langs(element: Any) -> Iterator[dict[str, Any]]:
        if isinstance(element, dict):
            if "type" in element:
                yield element
            for kind in element.values():
                yield from langs(kind)
        elif isinstance(element, list):
            for kind in element:
                yield from langs(kind)

    for kaart in kaarten(activiteit):
        yield from langs(kaart)


def tekst(activiteit: dict[str, Any]) -> str:
    """All that is written on the cards."""
    return "\n".join(deel["text"] for deel in onderdelen(activiteit) if deel["type"] == "TextBlock")


def knop(activiteit: dict[str, Any], titel: str) -> dict[str, Any]:
    """What a button sends back."""
    gevonden = [
        deel
        for deel in onderdelen(activiteit)
        if deel["type"] == "Action.Submit" and deel["title"].startswith(titel)
    ]
    assert gevonden, f"geen knop {titel!r}"
    data: dict[str, Any] = gevonden[0]["data"]
    return data
