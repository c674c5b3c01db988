"""Runs a file of messages through the running agent, and scores what came out."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.assistent import Assistent
from bot.errors import BestandFout
from kennisbank.current import kennisbank

MIN_KANDIDATEN = 3


def read_regels(bestand: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file; each must be an object with a text under `tekst`.

    A YAML file of conversations (`gesprekken:` with `beurten:`) is read as their turns in order.

    Raises:
        BestandFout: with the line that is wrong.
    """
    try:
        inhoud = bestand.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BestandFout(f"{bestand} is niet te lezen: {error}") from error
    if bestand.suffix in (".yaml", ".yml"):
        return _beurten(yaml.safe_load(inhoud), bestand)
    regels = []
    for nummer, regel in enumerate(inhoud.splitlines(), 1):
        if not regel.strip():
            continue
        try:
            velden = json.loads(regel)
        except json.JSONDecodeError as error:
            raise BestandFout(f"{bestand}:{nummer}: dit is geen JSON ({error.msg})") from error
        if not isinstance(velden, dict) or not isinstance(velden.get("tekst"), str):
            raise BestandFout(f"{bestand}:{nummer}: een regel moet een veld 'tekst' met tekst hebben")
        regels.append(velden)
    return regels


def _beurten(boom: Any, bestand: Path) -> list[dict[str, Any]]:
    if not isinstance(boom, dict) or not isinstance(boom.get("gesprekken"), list):
        raise BestandFout(f"{bestand}:1: dit bestand heeft geen lijst 'gesprekken'")
    return [
        {
            **beurt,
            "tekst": beurt["gebruiker"],
            "gesprek": gesprek["id"],
            "beurt": nummer,
            "soort": "beurt",
            "verwacht": beurt["id"],
        }
        for gesprek in boom["gesprekken"]
        for nummer, beurt in enumerate(gesprek["beurten"])
    ]


async def beoordeel(assistent: Assistent, regels: Iterable[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    """One result for each line: its own fields plus what the assistant did."""
    begonnen: set[str] = set()
    run = uuid.uuid4().hex
    for nummer, velden in enumerate(regels):
        gesprek = f"{run}:{velden['gesprek']}" if velden.get("gesprek") else f"{run}#{nummer}"
        if gesprek not in begonnen:
            begonnen.add(gesprek)
            await assistent.begin(gesprek, doelgroep=velden.get("doelgroep"))
        start = time.perf_counter()
        beurt = await assistent.zeg(gesprek, velden["tekst"])
        milliseconden = (time.perf_counter() - start) * 1000
        uitslag = beurt.uitslag
        yield {
            **velden,
            "uitkomst": uitslag["uitkomst"],
            "intent": beurt.lezing.get("intent"),
            "handeling": uitslag.get("handeling"),
            "artikel": uitslag.get("artikel"),
            "kandidaten": [{"id": id_, "score": score} for id_, score in beurt.lezing.get("kandidaten", [])],
            "gemeente": _gemeente(beurt.gemeente),
            "gemeente_kandidaten": [_gemeente(code) for code in uitslag.get("gemeente_kandidaten") or []],
            "gemaskeerd": beurt.gemaskeerd,
            "antwoord": beurt.tekst,
            "milliseconden": round(milliseconden, 1),
        }


async def vergelijk(assistent: Assistent, regels: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results of `beoordeel`, with the gemeente that came out beside the one that was expected."""
    resultaten = [resultaat async for resultaat in beoordeel(assistent, regels)]
    return [
        {
            **resultaat,
            "gemeente": regel.get("gemeente"),
            "gemeente_uit": (resultaat["gemeente"] or {}).get("naam"),
        }
        for resultaat, regel in zip(resultaten, regels, strict=True)
    ]


def _gemeente(code: str | None) -> dict[str, str] | None:
    gemeente = kennisbank().gemeente(code)
    return {"code": gemeente.code, "naam": gemeente.naam} if gemeente else None


@dataclass
class Cijfers:
    """Scores over a file whose lines have an expectation."""

    aantal: int
    tabel: list[tuple[str, str]]
    verwarringen: list[tuple[str, str, int]]


def score(resultaten: list[dict[str, Any]]) -> Cijfers:
    """Counts per kind of line; what a file does not hold is not in the table."""
    tabel: list[tuple[str, str]] = []
    verwarring: Counter[tuple[str, str]] = Counter()
    artikelen = [r for r in resultaten if r.get("verwacht") and r.get("soort", "artikel") == "artikel"]
    if artikelen:
        tabel += _artikelscores(artikelen, verwarring)
    lokaal = [r for r in resultaten if r.get("soort") == "lokaal"]
    if lokaal:
        tabel += [
            (
                "handeling goed",
                _aandeel(r["handeling"] in _goed(r) or r["artikel"] in _goed(r) for r in lokaal),
            ),
            ("gemeente goed of terecht gevraagd", _aandeel(_gemeente_goed(r) for r in lokaal)),
        ]
    beurten = [r for r in resultaten if r.get("soort") == "beurt"]
    if beurten:
        vervolg = [r for r in beurten if r["beurt"] > 0]
        tabel += [
            ("beurt goed", _aandeel(beurt_goed(r) for r in beurten)),
            ("vervolgbeurt goed", _aandeel(beurt_goed(r) for r in vervolg)),
        ]
    buiten = [r for r in resultaten if "categorie" in r and "crisis" not in r]
    if buiten:
        tabel.append(("buiten bereik geweigerd", _aandeel(r["uitkomst"] == "buiten_bereik" for r in buiten)))
        tabel.append(("buiten bereik toch beantwoord", _aandeel(r["uitkomst"] == "antwoord" for r in buiten)))
    crisis = [r for r in resultaten if "crisis" in r]
    if crisis:
        echt = [r["uitkomst"] == "crisis" for r in crisis if r["crisis"]]
        vals = [r["uitkomst"] == "crisis" for r in crisis if not r["crisis"]]
        tabel += [("crisis herkend", _aandeel(echt)), ("vals alarm", _aandeel(vals))]
    persoonlijk = [r for r in resultaten if "te_maskeren" in r]
    if persoonlijk:
        waarden = [w["waarde"] not in r["gemaskeerd"] for r in persoonlijk for w in r["te_maskeren"]]
        onschuldig = [
            r["gemaskeerd"] != " ".join(r["tekst"].split()) for r in persoonlijk if not r["te_maskeren"]
        ]
        tabel += [("gegevens gemaskeerd", _aandeel(waarden)), ("onschuldig aangeraakt", _aandeel(onschuldig))]
    tijden = sorted(r["milliseconden"] for r in resultaten)
    if tijden:
        tabel.append(("mediaan per bericht", f"{tijden[len(tijden) // 2]:.0f} ms"))
    return Cijfers(len(resultaten), tabel, [(a, b, n) for (a, b), n in verwarring.most_common(10)])


def _artikelscores(
    regels: list[dict[str, Any]], verwarring: Counter[tuple[str, str]]
) -> list[tuple[str, str]]:
    eerste: list[bool] = []
    in_drie: list[bool] = []
    direct: list[bool] = []
    mis: list[bool] = []
    opgelost: list[bool] = []
    geweigerd: list[bool] = []
    per_persona: dict[str, list[bool]] = defaultdict(list)
    for regel in regels:
        goed, kandidaten = _goed(regel), [k["id"] for k in regel["kandidaten"]]
        raak = bool(kandidaten) and kandidaten[0] in goed
        eerste.append(raak)
        in_drie.append(any(k in goed for k in kandidaten[:MIN_KANDIDATEN]))
        direct.append(regel["artikel"] in goed)
        mis.append(regel["artikel"] is not None and regel["artikel"] not in goed)
        opgelost.append(regel["artikel"] in goed or (regel["uitkomst"] == "verduidelijking" and in_drie[-1]))
        geweigerd.append(regel["uitkomst"] in ("buiten_bereik", "crisis"))
        per_persona[regel.get("persona", "")].append(raak)
        if kandidaten and not raak:
            verwarring[regel["verwacht"], kandidaten[0]] += 1
    tabel = [
        ("juiste artikel eerst", _aandeel(eerste)),
        ("juiste artikel in drie", _aandeel(in_drie)),
        ("direct goed beantwoord", _aandeel(direct)),
        ("stellig fout beantwoord", _aandeel(mis)),
        ("direct goed, of terugvraag met de goede erbij", _aandeel(opgelost)),
        ("onterecht geweigerd", _aandeel(geweigerd)),
    ]
    tabel += [
        (f"eerst, {persona}", _aandeel(raken)) for persona, raken in sorted(per_persona.items()) if persona
    ]
    return tabel


def _goed(regel: dict[str, Any]) -> list[str]:
    return [regel["verwacht"], *regel.get("ook_goed", [])]


def _gemeente_goed(regel: dict[str, Any]) -> bool:
    if regel.get("dubbelzinnig"):
        return bool(regel["uitkomst"] == "vraag_gemeente")
    return bool(regel["gemeente_uit"] == regel["gemeente"]) if "gemeente_uit" in regel else False


_ACTIES = {
    "antwoord": ("antwoord", "lokaal"),
    "vraag_gemeente": ("vraag_gemeente",),
    "vraag_verduidelijking": ("verduidelijking", "vraag_gemeente", "gesprek"),
    "vereenvoudig": ("gesprek",),
    "annuleer": ("gesprek",),
    "afsluiting": ("gesprek",),
    "buiten_bereik": ("buiten_bereik",),
}


def beurt_goed(regel: dict[str, Any]) -> bool:
    """The right act, the right topic (an article or a local act) and, where named, the gemeente."""
    goed = [naam for naam in _goed(regel) if naam] if regel["verwacht"] else []
    onderwerp = (
        not goed or regel["uitkomst"] == "gesprek" or {regel["artikel"], regel["handeling"]} & set(goed)
    )
    gemeente = not regel["gemeente"] or regel["gemeente_uit"] == regel["gemeente"]
    return regel["uitkomst"] in _ACTIES[regel["actie"]] and bool(onderwerp) and gemeente


def _aandeel(waarden: Iterable[bool]) -> str:
    lijst = list(waarden)
    return f"{100 * sum(lijst) / len(lijst):.1f} % van {len(lijst)}" if lijst else "geen regels"
