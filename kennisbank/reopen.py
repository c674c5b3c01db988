"""Opens an answer again by its receipt, with the content of the day it was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kennisbank.answer import Antwoord, Schrijver
from kennisbank.places import Gemeente
from kennisbank.receipt import Bewijs
from kennisbank.store import Kennisbank, read_archief


@dataclass(frozen=True)
class Heropend:
    """An answer as it was, with what there is to say about that."""

    antwoord: Antwoord
    opmerkingen: tuple[str, ...] = ()


def heropen(bewijs: Bewijs, nu: Kennisbank, url: str) -> Heropend:
    """The answer of `bewijs`, written from the archive in the database `url`.

    Where the archive does not reach back to that day it is written from what is known `nu`, and
    that is said.

    Raises:
        LookupError: there was no such article or gemeente then; the message says so in Dutch.
        OpslagFout: the database cannot be read.
    """
    toen = read_archief(url, bewijs.einde_van_de_dag)
    opmerkingen = []
    if toen:
        ochtend = read_archief(url, bewijs.begin_van_de_dag)
        if ochtend and ochtend != toen:
            opmerkingen.append(nu.teksten("bewijs.die_dag_gewijzigd"))
    else:
        opmerkingen.append(nu.teksten("bewijs.niet_bewaard"))
    kb = nu.zoals(toen) if toen else nu
    gemeente = kb.gemeente(bewijs.gemeente)
    if bewijs.gemeente and gemeente is None:
        raise LookupError(nu.teksten("bewijs.geen_gemeente", code=bewijs.gemeente))
    schrijf = Schrijver(kb, vandaag=lambda: bewijs.gegeven_op)
    lokaal: dict[str, Callable[[Gemeente, date], Antwoord]] = {
        "route": schrijf.route,
        "contact": lambda plaats, dag: schrijf.contact(plaats, dag, doelgroep=bewijs.doelgroep),
        "regio": schrijf.regio,
    }
    if bewijs.onderwerp in lokaal and gemeente is not None:
        return Heropend(lokaal[bewijs.onderwerp](gemeente, bewijs.dag), tuple(opmerkingen))
    artikel = kb.artikel(bewijs.onderwerp, bewijs.dag)
    if artikel is None:
        raise LookupError(nu.teksten("bewijs.geen_artikel", onderwerp=bewijs.onderwerp, dag=bewijs.dag))
    antwoord = schrijf.artikel(artikel, bewijs.doelgroep, bewijs.dag, gemeente, bewijs.leeftijd)
    return Heropend(antwoord, tuple(opmerkingen))
