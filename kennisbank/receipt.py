"""The short code under an answer, by which that answer can be read again as it was given.

`aba-wanneer-aanvragen · 2026-11-22 · GM0037`: what it was about, the day it had to hold on, the
gemeente. Only what differs from the usual follows: another doelgroep than professional, an age,
and the day it was given where that is not the day it had to hold on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from kennisbank.model import Doelgroep

_SCHEIDING = " · "
_DEEL = re.compile(
    r"\s*(?:(?P<gemeente>GM\d{4})|(?P<leeftijd>\d{1,2}) jaar|gegeven (?P<gegeven>\d{4}-\d{2}-\d{2})|"
    r"(?P<dag>\d{4}-\d{2}-\d{2})|(?P<doelgroep>professional|oud-leerling|coach)|"
    r"(?P<onderwerp>[a-z0-9]+(?:-[a-z0-9]+)*))\s*(?:[·|,;]|\s-\s|$|(?=\s))",
    re.IGNORECASE,
)


VOORBEELD = "aba-wanneer-aanvragen · 2026-11-22 · GM0037"
_UITLEG = f"'{{code}}' is geen code van een antwoord. Een code ziet eruit als: {VOORBEELD}"


class BewijsFout(ValueError):
    """A code that cannot be read; the message says in Dutch what one looks like."""


@dataclass(frozen=True)
class Bewijs:
    """What an answer was about and on which day it was given."""

    onderwerp: str
    dag: date
    gegeven_op: date
    gemeente: str | None = None
    doelgroep: Doelgroep = Doelgroep.PROFESSIONAL
    leeftijd: int | None = None

    def __str__(self) -> str:
        delen = [self.onderwerp, self.dag.isoformat()]
        delen += [self.gemeente] if self.gemeente else []
        delen += [self.doelgroep.value] if self.doelgroep is not Doelgroep.PROFESSIONAL else []
        delen += [f"{self.leeftijd} jaar"] if self.leeftijd is not None else []
        delen += [f"gegeven {self.gegeven_op}"] if self.gegeven_op != self.dag else []
        return _SCHEIDING.join(delen)

    @property
    def einde_van_de_dag(self) -> datetime:
        """The last moment of the day the answer was given."""
        return datetime.combine(self.gegeven_op, time.max)

    @property
    def begin_van_de_dag(self) -> datetime:
        """The first moment of that day."""
        return datetime.combine(self.gegeven_op, time.min)

    @classmethod
    def lees(cls, code: str) -> Bewijs:
        """Reads a code as people paste it.

        Raises:
            BewijsFout: it does not name a subject and a day, or holds something else.
        """
        velden: dict[str, str] = {}
        plek, schoon = 0, code.strip().strip("`")
        while plek < len(schoon):
            treffer = _DEEL.match(schoon, plek)
            if treffer is None or treffer.lastgroup is None or treffer.lastgroup in velden:
                raise BewijsFout(_UITLEG.format(code=code))
            velden[treffer.lastgroup] = treffer[treffer.lastgroup]
            plek = treffer.end()
        try:
            dag = date.fromisoformat(velden["dag"])
            return cls(
                onderwerp=velden["onderwerp"].lower(),
                dag=dag,
                gegeven_op=date.fromisoformat(velden.get("gegeven", velden["dag"])),
                gemeente=velden["gemeente"].upper() if "gemeente" in velden else None,
                doelgroep=Doelgroep(velden.get("doelgroep", Doelgroep.PROFESSIONAL.value).lower()),
                leeftijd=int(velden["leeftijd"]) if "leeftijd" in velden else None,
            )
        except (KeyError, ValueError) as error:
            raise BewijsFout(_UITLEG.format(code=code)) from error
