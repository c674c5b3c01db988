"""The command `routewijzer`. Help and messages are Dutch; the work is done elsewhere."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from dotenv import load_dotenv

# Before anything of Rasa loads: its telemetry is settled by then.
load_dotenv()
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot.cli import benchmark, contacten, gesprek, lokaal, meten, opslag, redactie  # noqa: E402
from bot.cli.basis import Parser, korte_paden, subopdrachten  # noqa: E402
from bot.errors import BestandFout, ModelOntbreekt  # noqa: E402
from bot.logs import quiet_engine  # noqa: E402
from bot.settings import InstellingFout  # noqa: E402
from kennisbank.meldingen import InhoudFout  # noqa: E402
from kennisbank.store import OpslagFout  # noqa: E402

_GROEPEN = (gesprek, meten, benchmark, lokaal, contacten, redactie, opslag)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    quiet_engine()
    opdracht = parser().parse_args(argv)
    try:
        return int(opdracht.doe(opdracht) or 0)
    except InhoudFout as error:
        print("De kennisbank heeft fouten; er is niets gebouwd.", file=sys.stderr)
        for melding in error.meldingen:
            print(f"  {korte_paden(str(melding))}", file=sys.stderr)
    except (OpslagFout, ModelOntbreekt, BestandFout, InstellingFout) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def parser() -> argparse.ArgumentParser:
    """All commands of all groups."""
    alles = Parser(
        prog="routewijzer", description="Routewijzer: van school naar werk, doorleren of dagbesteding."
    )
    opdracht = subopdrachten(alles)
    for groep in _GROEPEN:
        groep.voeg_toe(opdracht)
    return alles
