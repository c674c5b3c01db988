"""What a user may ask of what is kept: a copy, and to be forgotten with a receipt that proves it.

The receipt's code is known to the user alone. Kept are a hash of the code and, keyed by the code, a
fingerprint of the conversation: who has only the database cannot tell whose receipt it is, and who
has the code can see that no conversation with that fingerprint is left from before that moment.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from bot.bericht import Bericht
from bot.opslag.database import nu
from bot.opslag.postbus import AANGENOMEN
from bot.opslag.tabellen import BEURT, PER_GESPREK, POST, VERGETEN, VRAAG
from kennisbank.dates import schrijf_datum
from kennisbank.texts import Teksten

_CODE_BYTES = 10


@dataclass(frozen=True)
class Bon:
    """What was removed, when, and the code that proves it."""

    code: str
    moment: datetime
    aantallen: dict[str, int]

    def tekst(self, teksten: Teksten) -> str:
        """The receipt in words."""
        sleutel = "vergeten" if any(self.aantallen.values()) else "niets_te_vergeten"
        dag, tijd = schrijf_datum(self.moment.date()), f"{self.moment:%H:%M} UTC"
        beurten, vragen = self.aantallen[BEURT.name], self.aantallen[VRAAG.name]
        return teksten(
            f"rechten.{sleutel}", beurten=beurten, vragen=vragen, dag=dag, tijd=tijd, code=self.code
        )


@dataclass(frozen=True)
class Controle:
    """What a receipt proves today: what was removed then, and what is left from before it."""

    moment: datetime
    aantallen: dict[str, int]
    nog_over: int

    def tekst(self, teksten: Teksten) -> str:
        """The proof in words."""
        sleutel = "bewijs_niet_heel" if self.nog_over else "bewijs_klopt"
        wat = ", ".join(f"{aantal} in {tabel}" for tabel, aantal in self.aantallen.items())
        dag = f"{schrijf_datum(self.moment.date())} {self.moment:%H:%M} UTC"
        return teksten(f"rechten.{sleutel}", moment=dag, wat=wat, over=self.nog_over)


def vergeet(verbinding: Connection, gesprek: str) -> Bon:
    """Removes every row of the conversation, in one transaction with its receipt.

    A message that was accepted and not answered yet stays: it came with or after the request.
    """
    aantallen = {
        tabel.name: verbinding.execute(
            delete(tabel).where(
                tabel.c.gesprek == gesprek, *([tabel.c.stand != AANGENOMEN] if tabel is POST else [])
            )
        ).rowcount
        for tabel in PER_GESPREK
    }
    code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=")
    code = "-".join(code[i : i + 4] for i in range(0, len(code), 4))
    bon = Bon(code, nu(), aantallen)
    verbinding.execute(
        VERGETEN.insert(),
        [
            {
                "code_afdruk": _afdruk(code),
                "gesprek_afdruk": _vingerafdruk(code, gesprek),
                "moment": bon.moment,
                "aantallen": aantallen,
            }
        ],
    )
    return bon


def controleer(verbinding: Connection, code: str) -> Controle | None:
    """Whether the receipt is ours and nothing is left of its conversation from before; None if it is not."""
    code = code.strip().upper()
    bon = verbinding.execute(select(VERGETEN).where(VERGETEN.c.code_afdruk == _afdruk(code))).first()
    if bon is None:
        return None
    over = 0
    for tabel in PER_GESPREK:
        voor = [tabel.c.moment < bon.moment] if "moment" in tabel.c else [tabel.c.dag < bon.moment.date()]
        telling = select(tabel.c.gesprek, func.count()).where(tabel.c.gesprek.is_not(None), *voor)
        for gesprek, aantal in verbinding.execute(telling.group_by(tabel.c.gesprek)):
            if hmac.compare_digest(_vingerafdruk(code, gesprek), bon.gesprek_afdruk):
                over += aantal
    return Controle(bon.moment, bon.aantallen, over)


def kopie(verbinding: Connection, gesprek: str, teksten: Teksten) -> str:
    """Everything that is kept of the conversation, in words."""
    beurten = verbinding.execute(
        select(BEURT).where(BEURT.c.gesprek == gesprek).order_by(BEURT.c.nummer)
    ).all()
    vragen = verbinding.execute(select(VRAAG).where(VRAAG.c.gesprek == gesprek).order_by(VRAAG.c.id)).all()
    if not beurten and not vragen:
        return teksten("rechten.niets_bewaard")
    delen = [teksten("rechten.kopie", beurten=len(beurten), vragen=len(vragen))]
    bekend = beurten[-1].stand["slots"] if beurten else {}
    if bekend:
        delen.append("\n".join(f"- {naam}: {waarde}" for naam, waarde in bekend.items()))
    for beurt in beurten:
        gezegd = [g["text"] for g in beurt.gebeurtenissen if g["event"] == "user"]
        antwoord = [Bericht.of_json(bericht).tekst for bericht in beurt.antwoord]
        dag = f"{beurt.moment:%Y-%m-%d %H:%M} UTC"
        delen += [teksten("rechten.kopie_vraag", moment=dag, tekst=tekst) for tekst in gezegd]
        delen += [teksten("rechten.kopie_antwoord", tekst=tekst) for tekst in antwoord]
    delen += [
        teksten(
            "rechten.kopie_oordeel", dag=vraag.dag, oordeel=vraag.oordeel, opmerking=vraag.opmerking or "-"
        )
        for vraag in vragen
        if vraag.oordeel
    ]
    return "\n\n".join(delen)


def ruim_op(verbinding: Connection, dagen: int, moment: datetime) -> dict[str, int]:
    """Removes what is older than the term; of the question log only the tie to the conversation.

    A conversation keeps its newer turns; what an unanswered message is worth ends with its term too.
    """
    grens = moment - timedelta(days=dagen)
    weg = {
        tabel.name: verbinding.execute(delete(tabel).where(tabel.c.moment < grens)).rowcount
        for tabel in PER_GESPREK
        if tabel is not VRAAG
    }
    los = update(VRAAG).where(VRAAG.c.gesprek.is_not(None), VRAAG.c.dag < grens.date())
    weg[VRAAG.name] = verbinding.execute(los.values(gesprek=None, nummer=None)).rowcount
    return weg


def _afdruk(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _vingerafdruk(code: str, gesprek: str) -> str:
    return hmac.new(code.encode(), gesprek.encode(), hashlib.sha256).hexdigest()
