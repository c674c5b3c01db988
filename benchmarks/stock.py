"""A stock Rasa project with the same content: Rasa's own default pipeline and policies, as it ships them.

A knowledge question is an intent with a ResponseSelector over the articles; a standard action on an
action server over HTTP writes the article that was selected.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.zinnen import Zin

KENNISVRAAG = "kennisvraag"
ACTIE = "action_artikel"
_VASTE_TEKST = "Dit is een vast antwoord van de standaardopstelling."


def default_config(epochs: int) -> dict[str, Any]:
    """Rasa's default configuration, in Dutch and with so many epochs wherever it trains."""
    from rasa.engine.recipes import config_files

    standaard = Path(config_files.__path__[0]) / "default_config.yml"
    instellingen: dict[str, Any] = yaml.safe_load(standaard.read_text(encoding="utf-8"))
    instellingen.update(language="nl", assistant_id="stock")
    for onderdeel in [*instellingen["pipeline"], *instellingen["policies"]]:
        if "epochs" in onderdeel:
            onderdeel["epochs"] = epochs
    return instellingen


def write_project(map_: Path, zinnen: Sequence[Zin], epochs: int) -> None:
    """Config, domain, sentences, rules and stories."""
    per_intent: dict[str, list[str]] = {}
    for zin in zinnen:
        sleutel = f"{zin.intent}/{zin.artikelen[0]}" if zin.artikelen else zin.intent
        per_intent.setdefault(sleutel, []).append(" ".join(zin.tekst.split()))
    intents = sorted({intent.split("/")[0] for intent in per_intent})
    gesprek = [intent for intent in intents if intent != KENNISVRAAG]
    responses = {f"utter_{intent}": [{"text": intent}] for intent in per_intent if "/" in intent}
    responses |= {f"utter_{intent}": [{"text": _VASTE_TEKST}] for intent in gesprek}
    _write(map_ / "config.yml", default_config(epochs))
    _write(
        map_ / "nlu.yml",
        {
            "nlu": [
                {"intent": intent, "examples": "".join(f"- {tekst}\n" for tekst in teksten)}
                for intent, teksten in per_intent.items()
            ]
        },
    )
    _write(map_ / "domain.yml", {"intents": intents, "responses": responses, "actions": [ACTIE]})
    antwoord = {intent: f"utter_{intent}" for intent in gesprek}
    # A model of few epochs doubts more: it then asks the action server too, so that it does the work of a
    # trained one and not less.
    antwoord |= {KENNISVRAAG: ACTIE, "nlu_fallback": ACTIE}
    _write(
        map_ / "regels.yml",
        {
            "rules": [
                {"rule": intent, "steps": [{"intent": intent}, {"action": actie}]}
                for intent, actie in antwoord.items()
            ],
            # TED and Memoization learn from stories; these are the turns in the order people take them.
            "stories": [
                {
                    "story": f"vraag na {intent}",
                    "steps": [
                        step
                        for stap in (intent, KENNISVRAAG, intent)
                        for step in ({"intent": stap}, {"action": antwoord[stap]})
                    ],
                }
                for intent in gesprek
            ],
        },
    )


def write_service(map_: Path, acties_poort: int) -> None:
    """What `rasa run` needs beside the model: action server, SQLite tracker store, REST channel."""
    _write(
        map_ / "endpoints.yml",
        {
            "action_endpoint": {"url": f"http://127.0.0.1:{acties_poort}/webhook"},
            "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(map_ / "gesprekken.db")},
        },
    )
    _write(map_ / "credentials.yml", {"rest": None})


def _write(pad: Path, inhoud: dict[str, Any]) -> None:
    pad.write_text(yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False), encoding="utf-8")
