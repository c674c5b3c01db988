"""Commands for content editors: redactie; kennisbank controleer, verouderd, leesniveau, zoek, toon."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date
from pathlib import Path

from bot.cli.basis import (
    Opdracht,
    gemeentecode,
    gespreksopties,
    korte_paden,
    subopdrachten,
)
from bot.errors import BestandFout
from kennisbank.meldingen import Ernst
from kennisbank.store import Kennisbank


def voeg_toe(opdracht: Opdracht) -> None:
    """Adds these commands."""
    pagina = opdracht("redactie", "de webpagina van redacteuren, achter een wachtwoord", _redactie)
    pagina.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (standaard 127.0.0.1)")
    pagina.add_argument("--port", type=int, default=5006, help="poort (standaard 5006)")
    pagina.add_argument("--weekbericht", action="store_true", help="toon alleen het overzicht van deze week")
    onder = subopdrachten(opdracht("kennisbank", "gereedschap voor redacteuren", None))
    controle = onder("controleer", "controleer alle inhoud", _controleer)
    controle.add_argument(
        "--bronteksten", type=Path, metavar="MAP", help="zoek ook wat letterlijk uit deze .txt-bestanden komt"
    )
    onder("leesniveau", "hoe moeilijk elke tekst leest, moeilijkste eerst", _leesniveau)
    oud = onder("verouderd", "wat gecontroleerd moet worden, op datum", _verouderd)
    oud.add_argument("--binnen", type=int, default=60, help="binnen zoveel dagen (standaard 60)")
    zoek = onder("zoek", "zoek artikelen bij een vraag", _zoek)
    zoek.add_argument("tekst", help="de vraag")
    toon = onder("toon", "toon een artikel zoals een gebruiker het ziet", _toon)
    toon.add_argument("id", help="id van het artikel")
    gespreksopties(toon)


def _redactie(opdracht: argparse.Namespace) -> None:
    if opdracht.weekbericht:
        from bot.opslag.migratie import open_database
        from bot.redactie.overzicht import weekbericht
        from bot.settings import gesprekken_url
        from kennisbank.current import kennisbank

        print(weekbericht(open_database(gesprekken_url()), kennisbank(), date.today()))
        return
    from bot.redactie.pagina import serve

    serve(opdracht.host, opdracht.port)


def _controleer(opdracht: argparse.Namespace) -> int:
    from kennisbank.checks import controleer
    from kennisbank.overlap import read_bronteksten
    from kennisbank.reader import read_inhoud

    inhoud = read_inhoud()
    bronteksten = read_bronteksten(opdracht.bronteksten) if opdracht.bronteksten else []
    if opdracht.bronteksten and not bronteksten:
        raise BestandFout(f"In {opdracht.bronteksten} staan geen .txt-bestanden om mee te vergelijken")
    meldingen = controleer(inhoud, date.today(), bronteksten)
    for melding in meldingen:
        print(korte_paden(str(melding)))
    fouten = sum(melding.ernst is Ernst.FOUT for melding in meldingen)
    print(f"{len(inhoud.ids())} artikelen, {fouten} fouten, {len(meldingen) - fouten} aandachtspunten")
    return 1 if fouten else 0


def _verouderd(opdracht: argparse.Namespace) -> None:
    from datetime import timedelta

    from kennisbank.contacts import read_contacten
    from kennisbank.due import taken
    from kennisbank.geodata import read_gebieden
    from kennisbank.reader import read_inhoud

    tot = date.today() + timedelta(days=opdracht.binnen)
    for taak in taken(read_inhoud(), read_contacten(read_gebieden()), tot):
        print(f"{taak.voor}  {taak.soort:9}  {taak.id}: {taak.titel}")


def _leesniveau(_: argparse.Namespace) -> None:
    from kennisbank.readability import MIN_FLESCH_DOUMA, leesniveau
    from kennisbank.reader import read_inhoud

    regels = [
        (niveau.flesch_douma, niveau.woorden_per_zin, doelgroep.value, artikel)
        for artikel in read_inhoud().artikelen
        for doelgroep, tekst in artikel.teksten.items()
        for niveau in [leesniveau(tekst)]
    ]
    for score, lengte, doelgroep, artikel in sorted(regels, key=lambda regel: regel[:3]):
        print(f"{score:5.1f}  {lengte:4.1f} woorden per zin  {doelgroep:12}  {artikel.id}")
    for naam in dict.fromkeys(regel[2] for regel in regels):
        scores = sorted(regel[0] for regel in regels if regel[2] == naam)
        onder = f"onder {MIN_FLESCH_DOUMA:g}: {sum(score < MIN_FLESCH_DOUMA for score in scores)}"
        print(f"{naam}: mediaan {scores[len(scores) // 2]}, laagste {scores[0]}, {onder}")


def _zoek(opdracht: argparse.Namespace) -> None:
    from bot.assistent import Assistent
    from kennisbank.current import kennisbank

    beurt = asyncio.run(Assistent.load().zeg("zoek", opdracht.tekst))
    for id_, score in beurt.lezing.get("kandidaten", []):
        print(f"{score:.2f}  {id_}: {kennisbank().artikelen[id_][0].titel}")


def _toon(opdracht: argparse.Namespace) -> int:
    """Shows the files as they are now, so that an editor sees a change before it is built."""
    from bot.kanalen.terminal import plat
    from kennisbank.answer import Schrijver
    from kennisbank.model import Doelgroep
    from kennisbank.reader import read_inhoud

    kb = Kennisbank.of_files(read_inhoud())
    dag = opdracht.peildatum or date.today()
    artikel = kb.artikel(opdracht.id, dag)
    if artikel is None:
        print(f"Geen artikel '{opdracht.id}' dat geldt op {dag}.", file=sys.stderr)
        return 1
    gemeente = kb.gemeente(gemeentecode(kb, opdracht.gemeente, dag)) if opdracht.gemeente else None
    doelgroep = Doelgroep(opdracht.doelgroep or Doelgroep.PROFESSIONAL.value)
    print(plat(Schrijver(kb).artikel(artikel, doelgroep, dag, gemeente).tekst))
    return 0
