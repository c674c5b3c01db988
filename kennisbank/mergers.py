"""Which gemeente there was on a day: follows mergers forward and back.

The names in the tables lead to the gemeenten of the tables' own year. From there this goes to the
gemeente of any other day since 2010: Eemsdelta in 2020 is Appingedam, Delfzijl or Loppersum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kennisbank.place_tables import Gemeente, Herindeling, normaal

_EERSTE_NIEUWE_CODE = "GM1892"
"""Codes from here on that are a successor in the table were given out for a new gemeente; an older
code is a gemeente that was there already and grew."""


class Tijdlijn:
    """The gemeenten of every day, from those of now and the mergers between."""

    def __init__(self, gemeenten: Sequence[Gemeente], herindelingen: Sequence[Herindeling]) -> None:
        self._naar: dict[str, list[Herindeling]] = defaultdict(list)
        self._uit: dict[str, list[Herindeling]] = defaultdict(list)
        for herindeling in herindelingen:
            self._naar[herindeling.nieuwe_code].append(herindeling)
            self._uit[herindeling.oude_code].append(herindeling)
        nu = {gemeente.code: gemeente for gemeente in gemeenten}
        self.gemeenten: Mapping[str, Gemeente] = {
            **{code: self._vroegere(code, nu) for code in self._uit if code not in nu},
            **{code: self._met_dagen(gemeente) for code, gemeente in nu.items()},
        }

    def opvolgers(self, code: str) -> tuple[Gemeente, ...]:
        """What a gemeente went, or is to go, into."""
        return tuple(self.gemeenten[h.nieuwe_code] for h in self._uit[code])

    def plannen(self, code: str) -> tuple[Herindeling, ...]:
        """Mergers with this gemeente that were a plan, not law, when the tables were made."""
        return tuple(h for h in (*self._uit[code], *self._naar[code]) if h.voorgenomen)

    def op(self, code: str, dag: date, naam: str = "", dorp: bool = False) -> tuple[str, ...]:
        """The gemeenten that `code` was on `dag`; a `naam` narrows it down where it can.

        A `dorp` may have been in any of the gemeenten that went into this one, unless the tables
        say which.
        """
        gemeente = self.gemeenten[code]
        if gemeente.tot and gemeente.tot <= dag.isoformat():
            return _uniek(self.op(opvolger.code, dag, naam, dorp) for opvolger in self.opvolgers(code))
        later = [h for h in self._naar[code] if h.datum > dag]
        genoemd = [h for h in later if naam and naam in (normaal(h.oude_naam), *map(normaal, h.dorpen))]
        if genoemd:
            return _uniek(self.op(h.oude_code, dag, naam, dorp) for h in genoemd)
        bestond = gemeente.bestaat_op(dag)
        if bestond and (not dorp or naam == normaal(gemeente.naam)):
            return (code,)
        delen = [self.op(h.oude_code, dag, naam, dorp) for h in later if not h.dorpen]
        return _uniek([(code,), *delen] if bestond or not delen else delen)

    def _vroegere(self, code: str, nu: Mapping[str, Gemeente]) -> Gemeente:
        """A gemeente that is gone, with the regions that its successor has now."""
        uit, opvolger = self._uit[code][0], self._uit[code][0].nieuwe_code
        while opvolger not in nu:
            opvolger = self._uit[opvolger][0].nieuwe_code
        return self._met_dagen(replace(nu[opvolger], code=code, naam=uit.oude_naam, opmerking=""))

    def _met_dagen(self, gemeente: Gemeente) -> Gemeente:
        gevormd = [h.datum for h in self._naar[gemeente.code] if gemeente.code >= _EERSTE_NIEUWE_CODE]
        opgeheven = [h.datum for h in self._uit[gemeente.code]]
        return replace(
            gemeente,
            vanaf=min(gevormd).isoformat() if gevormd else "",
            tot=max(opgeheven).isoformat() if opgeheven else "",
        )


def _uniek(groepen: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for groep in groepen for code in groep))
