"""The command `routewijzer`. Help and messages are Dutch; the work is done elsewhere."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from dotenv import load_dotenv

# Before any numeric library loads: its threads and Rasa's telemetry are settled by then.
load_dotenv()
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot.errors import BestandFout, ModelOntbreekt  # noqa: E402
from bot.logs import quiet_engine  # noqa: E402
from bot.settings import PROJECT_MAP  # noqa: E402
from kennisbank.meldingen import Ernst, InhoudFout  # noqa: E402
from kennisbank.store import Kennisbank, OpslagFout  # noqa: E402

_DOELGROEPEN = ("professional", "oud-leerling", "coach")


class _Parser(argparse.ArgumentParser):
    """argparse with Dutch words of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _Formatter)
        super().__init__(*args, **{**kwargs, "add_help": False})
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: dit begrijp ik niet: {message}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "gebruik: ")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    quiet_engine()
    opdracht = _parser().parse_args(argv)
    try:
        return int(opdracht.doe(opdracht) or 0)
    except InhoudFout as error:
        print("De kennisbank heeft fouten; er is niets gebouwd.", file=sys.stderr)
        for melding in error.meldingen:
            print(f"  {_kort(str(melding))}", file=sys.stderr)
    except (OpslagFout, ModelOntbreekt, BestandFout) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="routewijzer", description="Routewijzer: van school naar werk, doorleren of dagbesteding."
    )
    opdrachten = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)

    def opdracht(naam: str, hulp: str, doe: Any) -> argparse.ArgumentParser:
        nieuw: argparse.ArgumentParser = opdrachten.add_parser(naam, help=hulp, description=hulp)
        nieuw.set_defaults(doe=doe)
        return nieuw

    chat = opdracht("chat", "een gesprek in de terminal", _chat)
    _gespreksopties(chat)
    serve = opdracht("serve", "server met webpagina en deuren", _serve)
    serve.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (standaard 127.0.0.1)")
    serve.add_argument("--port", type=int, default=5005, help="poort (standaard 5005)")
    train = opdracht("train", "bouw kennisbank en model, alleen wat veranderd is", _train)
    train.add_argument("--opnieuw", action="store_true", help="train ook als er niets veranderd is")
    vraag = opdracht("vraag", "één antwoord", _vraag)
    vraag.add_argument("tekst", help="de vraag")
    _gespreksopties(vraag)
    vraag.add_argument("--json", action="store_true", help="antwoord als JSON")
    for naam, hulp, doe in (
        (
            "beoordeel",
            "laat een JSONL-bestand door de assistent gaan; één JSON-regel per bericht",
            _beoordeel,
        ),
        ("evalueer", "hetzelfde, met een tabel van wat goed ging", _evalueer),
    ):
        bestand = opdracht(naam, hulp, doe)
        bestand.add_argument(
            "bestand", type=Path, help="JSONL-bestand met regels die een veld 'tekst' hebben"
        )
    meting = opdracht("benchmark", "vergelijk met een standaard Rasa-opstelling, op deze machine", _benchmark)
    meting.add_argument("onderdeel", choices=("begrijpen",), help="wat te meten")
    meting.add_argument(
        "--epochs", type=int, default=100, help="epochs van Rasa (standaard 100, zoals Rasa zelf)"
    )
    meting.add_argument(
        "--vragen", type=Path, help="JSONL met ongeziene vragen (anders een vijfde van de eigen)"
    )
    meting.add_argument("--json", action="store_true", help="uitkomst als JSON")
    gemeente = opdracht("gemeente", "zoek de gemeente bij een plaatsnaam", _gemeente)
    gemeente.add_argument("tekst", help="plaatsnaam of zin")
    gemeente.add_argument("--peildatum", type=_datum, default=date.today(), help="dag waarop het moet gelden")
    gemeente.add_argument("--json", action="store_true", help="antwoord als JSON")
    heropen = opdracht("toon", "open een antwoord opnieuw met de code die eronder stond", _heropen)
    heropen.add_argument(
        "code", nargs="+", help='de code, zoals "aba-wanneer-aanvragen · 2026-11-22 · GM0037"'
    )
    _kennisbankopdrachten(opdracht("kennisbank", "gereedschap voor redacteuren", None))
    return parser


def _kennisbankopdrachten(parser: argparse.ArgumentParser) -> None:
    onder = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, parser_class=_Parser)
    controle = onder.add_parser("controleer", help="controleer alle inhoud")
    controle.add_argument(
        "--bronteksten", type=Path, metavar="MAP", help="zoek ook wat letterlijk uit deze .txt-bestanden komt"
    )
    controle.set_defaults(doe=_controleer)
    leesniveau = onder.add_parser("leesniveau", help="hoe moeilijk elke tekst leest, moeilijkste eerst")
    leesniveau.set_defaults(doe=_leesniveau)
    oud = onder.add_parser("verouderd", help="wat gecontroleerd moet worden, op datum")
    oud.add_argument("--binnen", type=int, default=60, help="binnen zoveel dagen (standaard 60)")
    oud.set_defaults(doe=_verouderd)
    zoek = onder.add_parser("zoek", help="zoek artikelen bij een vraag")
    zoek.add_argument("tekst", help="de vraag")
    zoek.set_defaults(doe=_zoek)
    toon = onder.add_parser("toon", help="toon een artikel zoals een gebruiker het ziet")
    toon.add_argument("id", help="id van het artikel")
    _gespreksopties(toon)
    toon.set_defaults(doe=_toon)


def _gespreksopties(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--doelgroep", choices=_DOELGROEPEN, metavar="DOELGROEP", help=", ".join(_DOELGROEPEN)
    )
    parser.add_argument("--gemeente", help="gemeente of plaats waar het om gaat")
    parser.add_argument("--peildatum", type=_datum, help="dag waarop het antwoord moet gelden (jjjj-mm-dd)")


def _datum(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{tekst}' is geen datum; schrijf jjjj-mm-dd") from None


# -- conversation --------------------------------------------------------------------------


def _train(opdracht: argparse.Namespace) -> None:
    from bot.training import train

    if not train(_zeg, opdracht.opnieuw):
        _zeg("Niets veranderd: kennisbank en model zijn bij")


def _chat(opdracht: argparse.Namespace) -> None:
    from bot.training import train

    train(_zeg)
    _een_draad()
    _zeg("Even opstarten...")
    from bot.kanalen.terminal import gesprek

    asyncio.run(gesprek(_slots(opdracht)))


def _serve(opdracht: argparse.Namespace) -> None:
    _een_draad()
    from bot.server import serve

    serve(opdracht.host, opdracht.port)


def _vraag(opdracht: argparse.Namespace) -> None:
    _een_draad()
    from bot.assistent import Assistent
    from bot.kanalen.terminal import plat

    async def stel() -> Any:
        assistent = Assistent.load()
        await assistent.begin("vraag", kennisgemaakt=True, **_slots(opdracht))
        return await assistent.zeg("vraag", opdracht.tekst)

    beurt = asyncio.run(stel())
    if opdracht.json:
        _print_json(
            {**beurt.uitslag, "antwoord": beurt.tekst, "knoppen": [keuze.titel for keuze in beurt.keuzes]}
        )
    else:
        print(plat(beurt.tekst))
        for nummer, keuze in enumerate(beurt.keuzes, 1):
            print(f"  [{nummer}] {keuze.titel}")


def _beoordeel(opdracht: argparse.Namespace) -> None:
    from bot.scoring import read_regels

    regels = read_regels(opdracht.bestand)

    async def alles() -> None:
        async for resultaat in _beoordeling(regels):
            _print_json(resultaat)

    asyncio.run(alles())


def _evalueer(opdracht: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.scoring import read_regels, score

    regels = read_regels(opdracht.bestand)

    async def alles() -> list[dict[str, Any]]:
        uit = []
        async for resultaat, regel in _met_regel(regels):
            naam = (resultaat["gemeente"] or {}).get("naam")
            uit.append({**resultaat, "gemeente": regel.get("gemeente"), "gemeente_uit": naam})
        return uit

    cijfers = score(asyncio.run(alles()))
    tabel = Table(title=f"{opdracht.bestand.name}: {cijfers.aantal} regels")
    tabel.add_column("maat")
    tabel.add_column("uitkomst", justify="right")
    for maat, uitkomst in cijfers.tabel:
        tabel.add_row(maat, uitkomst)
    scherm = Console()
    scherm.print(tabel)
    for verwacht, gekozen, aantal in cijfers.verwarringen:
        scherm.print(f"  {aantal}x {verwacht} gelezen als {gekozen}")


def _benchmark(opdracht: argparse.Namespace) -> None:
    from rich.console import Console
    from rich.table import Table

    from benchmarks.understanding import vergelijk

    uit = vergelijk(opdracht.epochs, opdracht.vragen)
    if opdracht.json:
        _print_json(uit)
        return
    tabel = Table(title=f"Begrijpen, Rasa met {opdracht.epochs} epochs")
    tabel.add_column("maat")
    for naam in uit:
        tabel.add_column(naam, justify="right")
    for maat in uit["routewijzer"]:
        tabel.add_row(maat, *(f"{uit[naam][maat]:g}" for naam in uit))
    Console().print(tabel)


async def _met_regel(regels: list[dict[str, Any]]) -> Any:
    nummer = 0
    async for resultaat in _beoordeling(regels):
        yield resultaat, regels[nummer]
        nummer += 1


async def _beoordeling(regels: list[dict[str, Any]]) -> Any:
    _een_draad()
    from bot.assistent import Assistent
    from bot.scoring import beoordeel

    async for resultaat in beoordeel(Assistent.load(), regels):
        yield resultaat


def _slots(opdracht: argparse.Namespace) -> dict[str, Any]:
    from kennisbank.current import kennisbank

    slots: dict[str, Any] = {}
    if opdracht.doelgroep:
        slots["doelgroep"] = opdracht.doelgroep
    if opdracht.peildatum:
        slots["peildatum"] = opdracht.peildatum.isoformat()
    if opdracht.gemeente:
        dag = opdracht.peildatum or date.today()
        slots["gemeente"] = _gemeentecode(kennisbank(), opdracht.gemeente, dag)
    return slots


def _gemeentecode(kb: Kennisbank, naam: str, dag: date) -> str:
    gevonden = kb.plaatsen.zoek(naam, dag, plaats_gevraagd=True)
    if not gevonden or not gevonden[0].zeker:
        raise SystemExit(f"'{naam}' is niet één gemeente; noem haar preciezer")
    return gevonden[0].codes[0]


# -- for editors ---------------------------------------------------------------------------


def _gemeente(opdracht: argparse.Namespace) -> int:
    from kennisbank.current import kennisbank

    kb = kennisbank()
    vondsten = kb.plaatsen.zoek(opdracht.tekst, opdracht.peildatum, plaats_gevraagd=True)
    gevonden = [kb.plaatsen.gemeenten[code] for vondst in vondsten[:1] for code in vondst.codes]
    if opdracht.json:
        _print_json(
            {
                "tekst": opdracht.tekst,
                "gemeente": _gemeente_json(gevonden[0]) if len(gevonden) == 1 else None,
                "gemeente_kandidaten": [_gemeente_json(g) for g in gevonden] if len(gevonden) > 1 else [],
            }
        )
    elif not gevonden:
        print(kb.teksten("lokaal.onbekende_plaats"))
    for gemeente in [] if opdracht.json else gevonden:
        regio = (
            f"arbeidsmarktregio {gemeente.arbeidsmarktregio}, Doorstroompunt {gemeente.doorstroompuntregio}"
        )
        print(f"{gemeente.code}  {gemeente.naam} ({gemeente.provincie}): {regio}")
    return 0 if gevonden else 1


def _gemeente_json(gemeente: Any) -> dict[str, Any]:
    return {
        "code": gemeente.code,
        "naam": gemeente.naam,
        "provincie": gemeente.provincie,
        "arbeidsmarktregio": gemeente.arbeidsmarktregio,
        "doorstroompuntregio": gemeente.doorstroompuntregio,
    }


def _heropen(opdracht: argparse.Namespace) -> int:
    from bot.kanalen.terminal import plat
    from kennisbank.current import kennisbank
    from kennisbank.receipt import Bewijs, BewijsFout
    from kennisbank.reopen import heropen
    from kennisbank.settings import database_url

    try:
        gevonden = heropen(Bewijs.lees(" ".join(opdracht.code)), kennisbank(), database_url())
    except (BewijsFout, LookupError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    for opmerking in gevonden.opmerkingen:
        print(f"{opmerking}\n")
    print(plat(gevonden.antwoord.tekst))
    return 0


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
        print(_kort(str(melding)))
    fouten = sum(melding.ernst is Ernst.FOUT for melding in meldingen)
    print(f"{len(inhoud.ids())} artikelen, {fouten} fouten, {len(meldingen) - fouten} aandachtspunten")
    return 1 if fouten else 0


def _verouderd(opdracht: argparse.Namespace) -> None:
    from datetime import timedelta

    from kennisbank.due import taken
    from kennisbank.local import read_contacten
    from kennisbank.reader import read_inhoud

    tot = date.today() + timedelta(days=opdracht.binnen)
    for taak in taken(read_inhoud(), read_contacten(), tot):
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
    _een_draad()
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
    gemeente = kb.gemeente(_gemeentecode(kb, opdracht.gemeente, dag)) if opdracht.gemeente else None
    doelgroep = Doelgroep(opdracht.doelgroep or Doelgroep.PROFESSIONAL.value)
    print(plat(Schrijver(kb).artikel(artikel, doelgroep, dag, gemeente).tekst))
    return 0


# -- small things --------------------------------------------------------------------------


def _een_draad() -> None:
    """One thread for encoder and scikit-learn: their shared pools spin and cost four times the work."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _zeg(tekst: str) -> None:
    print(f"[routewijzer] {tekst}", flush=True)


def _kort(tekst: str) -> str:
    return tekst.replace(f"{PROJECT_MAP}/", "")


def _print_json(waarde: Any) -> None:
    print(json.dumps(waarde, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
