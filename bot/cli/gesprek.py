"""Commands that talk with the assistant: train, chat, serve, vraag."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from bot.cli.basis import Opdracht, gespreksopties, print_json, slots, zeg


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    chat = opdracht("chat", "een gesprek in de terminal", _chat)
    gespreksopties(chat)
    serve = opdracht("serve", "server met webpagina en deuren", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (standaard 127.0.0.1)")
    serve.add_argument("--port", type=int, default=5005, help="poort (standaard 5005)")
    telegram = opdracht(
        "telegram", "de Telegram-bot: hoe staat hij ervoor, of bedien hem zonder server", _telegram
    )
    telegram.add_argument(
        "--polling", action="store_true", help="haal berichten op; zo is geen adres op internet nodig"
    )
    train = opdracht("train", "bouw kennisbank en model, alleen wat veranderd is", _train)
    train.add_argument("--opnieuw", action="store_true", help="train ook als er niets veranderd is")
    vraag = opdracht("vraag", "één antwoord", _vraag)
    vraag.add_argument("tekst", help="de vraag")
    gespreksopties(vraag)
    vraag.add_argument("--json", action="store_true", help="antwoord als JSON")


def _train(opdracht: argparse.Namespace) -> None:
    from bot.training import train

    if not train(zeg, opdracht.opnieuw):
        zeg("Niets veranderd: kennisbank en model zijn bij")


def _chat(opdracht: argparse.Namespace) -> None:
    from bot.training import train

    train(zeg)
    zeg("Even opstarten...")
    from bot.kanalen.terminal import gesprek

    asyncio.run(gesprek(slots(opdracht)))


def _serve(opdracht: argparse.Namespace) -> None:
    from bot.server import serve

    serve(opdracht.host, opdracht.port)


def _telegram(opdracht: argparse.Namespace) -> int:
    from bot.kanalen.telegram.instellingen import TOKEN, Instellingen
    from kennisbank.current import kennisbank

    instellingen = Instellingen.lees(met_webhook=False)
    if instellingen is None:
        print(kennisbank().teksten("telegram.uit", naam=TOKEN))
        return 1
    if opdracht.polling:
        from bot.kanalen.telegram.polling import poll
        from bot.server import laad

        asyncio.run(poll(laad(), instellingen))
        return 0
    from bot.kanalen.telegram.stand import stand

    bereikt, tekst = asyncio.run(stand(instellingen))
    print(tekst)
    return 0 if bereikt else 1


def _vraag(opdracht: argparse.Namespace) -> None:
    from bot.assistent import Assistent
    from bot.kanalen.terminal import plat

    async def stel() -> Any:
        assistent = Assistent.load()
        await assistent.begin("vraag", kennisgemaakt=True, **slots(opdracht))
        return await assistent.zeg("vraag", opdracht.tekst)

    beurt = asyncio.run(stel())
    if opdracht.json:
        print_json(
            {**beurt.uitslag, "antwoord": beurt.tekst, "knoppen": [keuze.titel for keuze in beurt.keuzes]}
        )
    else:
        print(plat(beurt.tekst))
        for nummer, keuze in enumerate(beurt.keuzes, 1):
            print(f"  [{nummer}] {keuze.titel}")
