"""From a place as people type it to the gemeente of that day.

Finds names of gemeenten, former gemeenten, villages, nicknames and abbreviations anywhere in a
sentence, in any case and with small typing errors. A name that may be several gemeenten is never
chosen silently: it comes back with its candidates and the question to ask.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise

from rapidfuzz import process
from wordfreq import zipf_frequency

from kennisbank.mergers import Tijdlijn
from kennisbank.place_tables import (
    Dubbelzinnig,
    Gemeente,
    Herindeling,
    Naam,
    Plaatstabellen,
    normaal,
)
from kennisbank.spelling import MIN_LENGTE, Spelling

__all__ = [
    "Dubbelzinnig",
    "Gemeente",
    "Herindeling",
    "Naam",
    "Plaatstabellen",
    "Plaatsvondst",
    "Plaatswijzer",
    "Verwacht",
    "normaal",
]

_TOKEN = re.compile(r"[^\W_]+")
_MAX_TOKENS = 6
_GANGBAAR = 4.0
"""Zipf frequency (0-8, wordfreq) from which a village's name is an everyday word: "loon", "winkel"."""
_HEEL_GANGBAAR = 4.85
"""From here an everyday word is a place only behind "in" or "gemeente", or with a capital."""
_OVERAL = 5.8
"""From here a word is so common ("een", "echt") that only a capital makes it a place."""
_ONBEKEND = 2.7
"""Below this a word is rare enough to be a typing error of a place name."""
_STERK = frozenset(
    ["in", "uit", "te", "naar", "gemeente", "gem", "vanuit", "woonplaats", "dorp", "stad", "plaats",
     "omgeving", "rond", "regio", "woon", "woont"]
)  # fmt: skip
"""Words after which even an everyday word ("best", "made") is read as a place."""
_ZWAK = frozenset(["van", "voor", "bij", "richting", "via", "over", "en", "of", "de", "het", "t", "maar"])
_AANSPREEKVORM = frozenset(
    ["mevrouw", "meneer", "mijnheer", "dhr", "mevr", "mw", "mr", "juf", "meester", "familie", "fam"]
)
_TUSSENVOEGSEL = frozenset(["De", "Van", "Der", "Den", "Ter", "Ten"])
"""With a capital and before a name these belong to a person: "De Vries", "Van Dalen"."""
_GEBIEDSWOORD = frozenset(["provincie", "prov", "streek"])
_RISKANT = frozenset({"afkorting_riskant", "netnummer", "exoniem"})
_GEBIEDEN = frozenset({"streek", "provincie", "provincie_en_dorp"})
_ALTIJD_VRAGEN = frozenset(
    {
        "zelfde_plaatsnaam",
        "half_genoemd",
        "twee_gemeenten_zelfde_naam",
        "voormalige_gemeente_gesplitst",
        "streek",
        "provincie",
        "provincie_en_dorp",
    }
)


class Verwacht(Enum):
    """How much a sentence is expected to name a place; it decides over everyday words ("Best")."""

    NIET = "niet"
    """Any sentence: an everyday word is a place only behind "in" or "gemeente"."""
    ZIN = "zin"
    """The sentence asks for a desk, contact or region: it may begin or end with the place."""
    GEVRAAGD = "gevraagd"
    """The user was asked for a place."""


@dataclass(frozen=True)
class Plaatsvondst:
    """A place found in a text: one code is sure, more codes must be asked about.

    `naam` is the name in the tables (normalised) that `tekst` was read as; `anders` are the gemeenten
    with a lesser place of that name, where the likeliest was taken.
    """

    tekst: str
    begin: int
    eind: int
    codes: tuple[str, ...]
    soort: str
    vraag: str | None = None
    naam: str = ""
    anders: tuple[str, ...] = ()

    @property
    def zeker(self) -> bool:
        """Whether this is exactly one gemeente."""
        return len(self.codes) == 1


_Token = tuple[str, int, int]


class Plaatswijzer:
    """Looks up places; built once from the tables and then read-only."""

    def __init__(self, tabellen: Plaatstabellen) -> None:
        self.tijdlijn = Tijdlijn(tabellen.gemeenten, tabellen.herindelingen)
        self.gemeenten = self.tijdlijn.gemeenten
        self._officieel = {normaal(g.naam): g.code for g in tabellen.gemeenten}
        self._provincies = {normaal(g.provincie): g.provincie for g in tabellen.gemeenten} | {
            "friesland": "Fryslân"
        }
        self._namen: dict[str, list[Naam]] = defaultdict(list)
        for naam in tabellen.namen:
            self._namen[normaal(naam.naam)].append(naam)
        self._vroegere: dict[str, list[str]] = defaultdict(list)
        for herindeling in tabellen.herindelingen:
            sleutel = normaal(herindeling.oude_naam)
            if sleutel not in self._officieel:
                self._vroegere[sleutel].append(herindeling.oude_code)
        for kort, codes in _verkorte_namen(tabellen.namen).items():
            if not {kort} & {*self._namen, *self._officieel, *self._vroegere}:
                self._namen[kort] = [Naam(kort, code, "kort") for code in sorted(codes)]
        self._dubbelzinnig = _regionamen(tabellen.gemeenten) | {
            normaal(d.naam): d
            for d in tabellen.dubbelzinnig
            if d.soort in _ALTIJD_VRAGEN | {"gemeente_en_dorp", "stad_of_provincie", "gemeente_en_regio"}
        }
        self._gewoon = {normaal(d.naam) for d in tabellen.dubbelzinnig if d.soort == "gewoon_woord"}
        self._gewoon |= {normaal(w.woord) for w in tabellen.gewone_woorden if not w.alleen_gevraagd}
        self._alleen_gevraagd = {normaal(w.woord) for w in tabellen.gewone_woorden if w.alleen_gevraagd}
        self._bekende_woorden: frozenset[str] = frozenset()
        self._samengesteld = {
            normaal(naam) for naam in _alle_namen(tabellen) if len(_TOKEN.findall(naam)) > 1
        }
        bekend = {*self._officieel, *self._namen, *self._vroegere, *self._dubbelzinnig}
        self._spelling = Spelling(
            n for n in bekend if not self._alleen_riskant(n) and n not in self._samengesteld
        )
        self._spelling_lang = Spelling(n for n in self._samengesteld if n in bekend)

    def ken_woorden(self, woorden: Iterable[str]) -> None:
        """Tells which words are ordinary vocabulary, so that they are no typing errors of places."""
        self._bekende_woorden = frozenset(normaal(woord) for woord in woorden)

    def zoek(self, tekst: str, dag: date, verwacht: Verwacht = Verwacht.NIET) -> list[Plaatsvondst]:
        """The places in `tekst`, in order, as they were on `dag`."""
        tokens = [(t[0], t.start(), t.end()) for t in _TOKEN.finditer(tekst)]
        vondsten: list[Plaatsvondst] = []
        i = 0
        while i < len(tokens):
            vondst, lengte = self._langste_naam(tekst, tokens, i, verwacht)
            if vondst is None:
                vondst, lengte = self._typefout(tekst, tokens, i, verwacht), 1
            if vondst is not None:
                vondsten.append(vondst)
            i += lengte
        return [self._op_dag(vondst, dag) for vondst in self._verduidelijkt(tekst, vondsten)]

    def kies(self, tekst: str, codes: Sequence[str], dag: date) -> str | None:
        """Which of the candidate `codes` an answer like "die bij Alkmaar" or "in Limburg" means."""
        genoemd = self._in_genoemde_provincie(tekst, codes)
        if genoemd is not None:
            return genoemd
        vondsten = self.zoek(tekst, dag, Verwacht.GEVRAAGD)
        for vondst in vondsten:
            passend = [code for code in codes if code in vondst.codes]
            if len(passend) == 1:
                return passend[0]
        for vondst in vondsten:
            passend = [code for code in codes if self._buren(code, vondst.codes)]
            if len(passend) == 1 and not self._ontkend(tekst, vondst):
                return passend[0]
        beste = process.extract(
            normaal(tekst), {c: normaal(self.gemeenten[c].naam) for c in codes}, score_cutoff=75, limit=2
        )
        return str(beste[0][2]) if len(beste) == 1 else None

    def is_plaats(self, naam: str) -> bool:
        """Whether `naam` is the name of a gemeente, village, district or nickname."""
        sleutel = normaal(naam)
        bekend: tuple[Container[str], ...] = (
            self._officieel,
            self._namen,
            self._vroegere,
            self._dubbelzinnig,
            self._provincies,
        )
        return any(sleutel in namen for namen in bekend)

    # -- finding ---------------------------------------------------------------------------

    def _langste_naam(
        self, tekst: str, tokens: list[_Token], i: int, verwacht: Verwacht
    ) -> tuple[Plaatsvondst | None, int]:
        for n in range(min(_MAX_TOKENS, len(tokens) - i), 0, -1):
            stuk = tokens[i : i + n]
            if any(b[1] - a[2] > 3 for a, b in pairwise(stuk)):
                continue
            gelezen = tekst[stuk[0][1] : stuk[-1][2]]
            sleutel = normaal(gelezen)
            if n > 1 and sleutel not in self._samengesteld:
                sleutel = self._samengestelde_typefout(sleutel, tokens[i], n)
            if not sleutel or not self._toegestaan(sleutel, tekst, tokens, i, n, verwacht):
                continue
            vondst = self._opzoeken(sleutel, gelezen, stuk[0][1])
            if vondst is not None:
                if i and tokens[i - 1][0].lower() in _GEBIEDSWOORD and sleutel in self._provincies:
                    vondst = replace(vondst, codes=(), soort="provincie")
                return vondst, n
        return None, 1

    def _samengestelde_typefout(self, sleutel: str, eerste: _Token, n: int) -> str:
        """The name of more words ("capelle aan den ijsel") that this is one or two letters off."""
        begin = normaal(eerste[0])
        if n < 3 or len(begin) < MIN_LENGTE or begin in self._bekende_woorden:
            return ""
        goed = [naam for naam in self._spelling_lang.dichtbij(sleutel) if naam[:3] == begin[:3]]
        return goed[0] if len(goed) == 1 else ""

    def _opzoeken(self, sleutel: str, tekst: str, begin: int) -> Plaatsvondst | None:
        """What a name means in the tables' own year; None where it means nothing."""

        def vondst(codes: Iterable[str], soort: str, vraag: str | None = None) -> Plaatsvondst:
            return Plaatsvondst(
                tekst, begin, begin + len(tekst), tuple(dict.fromkeys(codes)), soort, vraag, sleutel
            )

        dubbel = self._dubbelzinnig.get(sleutel)
        if dubbel is None and sleutel in self._provincies and sleutel not in self._officieel:
            return vondst((), "provincie")
        if dubbel is not None:
            if dubbel.voorkeur and dubbel.soort not in _ALTIJD_VRAGEN:
                anders = tuple(code for code in dubbel.codes if code != dubbel.voorkeur)
                return replace(vondst([dubbel.voorkeur], dubbel.soort), anders=anders)
            return vondst(dubbel.codes, dubbel.soort, dubbel.vraag)
        if sleutel in self._officieel:
            return vondst([self._officieel[sleutel]], "gemeente")
        if sleutel in self._vroegere:
            return vondst(self._vroegere[sleutel], "herindeling")
        namen = self._namen.get(sleutel, ())
        return vondst((naam.code for naam in namen), namen[0].soort) if namen else None

    def _toegestaan(
        self, sleutel: str, tekst: str, tokens: list[_Token], i: int, n: int, verwacht: Verwacht
    ) -> bool:
        """Whether this spot may be read as a place at all: everyday words need a reason."""
        gevraagd = verwacht is Verwacht.GEVRAAGD
        if sleutel.isdigit() and not gevraagd:
            return False
        if not self._twijfelachtig(sleutel, n):
            return True
        if gevraagd and len(tokens) <= 4:
            return True
        if sleutel in self._alleen_gevraagd or _is_persoon(tokens, i):
            return False
        gangbaar = zipf_frequency(sleutel, "nl")
        if n == len(tokens):
            return bool(gangbaar < _GANGBAAR + 1)
        vorige = tokens[i - 1][0].lower() if i else ""
        woord, begin = tokens[i][0], tokens[i][1]
        hoofdletter = woord[0].isupper() and not woord.isupper() and not _begint_zin(tekst, begin)
        if vorige in _STERK and hoofdletter:
            return True
        if vorige == "te" or gangbaar >= _OVERAL or self._alleen_riskant(sleutel):
            return False
        if vorige in _STERK and tekst[tokens[i - 1][1] - 1 : tokens[i - 1][1]] != "-":
            return verwacht is Verwacht.ZIN or bool(gangbaar < _HEEL_GANGBAAR)
        if hoofdletter:
            return True
        grens = _OVERAL if sleutel in self._officieel else _HEEL_GANGBAAR
        op_de_rand = _begint_zin(tekst, begin) or i + n == len(tokens)
        return verwacht is Verwacht.ZIN and op_de_rand and bool(gangbaar < grens)

    def _twijfelachtig(self, sleutel: str, n: int) -> bool:
        """Whether this name is more often something else than a place."""
        if sleutel in self._gewoon or sleutel in self._alleen_gevraagd or len(sleutel) <= 2:
            return True
        if self._alleen_riskant(sleutel):
            return True
        return n == 1 and sleutel not in self._officieel and zipf_frequency(sleutel, "nl") >= _GANGBAAR

    def _typefout(self, tekst: str, tokens: list[_Token], i: int, verwacht: Verwacht) -> Plaatsvondst | None:
        woord, begin, eind = tokens[i]
        sleutel = normaal(woord)
        if len(sleutel) < MIN_LENGTE or not sleutel.isalpha() or self.is_plaats(sleutel):
            return None
        gangbaar = zipf_frequency(sleutel, "nl")
        if sleutel in self._bekende_woorden or gangbaar >= _ONBEKEND:
            return None
        vorige = tokens[i - 1][0].lower() if i else ""
        op_de_rand = verwacht is Verwacht.ZIN and (_begint_zin(tekst, begin) or i + 1 == len(tokens))
        context = (
            verwacht is Verwacht.GEVRAAGD
            or op_de_rand
            or vorige in _STERK
            or vorige in _ZWAK
            or woord[0].isupper()
            or len(tokens) <= 3
        )
        zeldzaam = len(sleutel) >= 7 and gangbaar < _ONBEKEND - 1
        if not context and not zeldzaam:
            return None
        beste = self._spelling.zelfde_klank(sleutel) or self._spelling.dichtbij(sleutel, ruim=context)
        vondsten = [v for naam in beste if (v := self._opzoeken(naam, woord, begin)) is not None]
        codes = tuple(dict.fromkeys(code for vondst in vondsten for code in vondst.codes))
        if len(vondsten) == 1:
            return replace(vondsten[0], soort="typefout")
        return Plaatsvondst(tekst[begin:eind], begin, eind, codes, "typefout") if codes else None

    def _alleen_riskant(self, sleutel: str) -> bool:
        namen = self._namen.get(sleutel)
        return (
            namen is not None
            and all(naam.soort in _RISKANT for naam in namen)
            and (sleutel not in self._officieel and sleutel not in self._vroegere)
        )

    # -- choosing --------------------------------------------------------------------------

    def _op_dag(self, vondst: Plaatsvondst, dag: date) -> Plaatsvondst:
        dorp = vondst.soort not in ("gemeente", "gemeente_en_regio", "stad_of_provincie", "wijk/stadsdeel")
        delen = (self.tijdlijn.op(code, dag, vondst.naam, dorp) for code in vondst.codes)
        codes = tuple(dict.fromkeys(code for deel in delen for code in deel))
        return vondst if codes == vondst.codes else replace(vondst, codes=codes, vraag=None)

    def _verduidelijkt(self, tekst: str, vondsten: list[Plaatsvondst]) -> list[Plaatsvondst]:
        """Uses the rest of the sentence: "Rijswijk in Gelderland" names one Rijswijk."""
        uit = [self._met_rest_van_de_zin(tekst, vondst, vondsten) for vondst in vondsten]
        plaatsen = [v for v in uit if v.soort not in _GEBIEDEN]
        # Beside a place, a province or region only tells which place was meant.
        return [v for v in plaatsen if v.soort != "stad_of_provincie"] or plaatsen or uit

    def _met_rest_van_de_zin(
        self, tekst: str, vondst: Plaatsvondst, vondsten: list[Plaatsvondst]
    ) -> Plaatsvondst:
        dubbel = self._dubbelzinnig.get(vondst.naam)
        codes = dubbel.codes if dubbel else vondst.codes
        if vondst.soort in _GEBIEDEN or len(codes) < 2:
            return vondst
        rest = tekst[: vondst.begin] + " " + tekst[vondst.eind :]
        gekozen = self._in_genoemde_provincie(rest, codes)
        gebieden = [set(v.codes) for v in vondsten if v.soort == "streek" and v is not vondst]
        for gebied in gebieden:
            passend = [code for code in codes if code in gebied]
            gekozen = gekozen or (passend[0] if len(passend) == 1 else None)
        if gekozen is None and not vondst.zeker:
            anderen = [v.codes for v in vondsten if v is not vondst and v.zeker]
            passend = [code for code in codes if (code,) in anderen]
            passend = passend or [
                code for code in codes if any(self._buren(code, ander) for ander in anderen)
            ]
            gekozen = passend[0] if len(passend) == 1 else None
        return replace(vondst, codes=(gekozen,), vraag=None, anders=()) if gekozen else vondst

    def _in_genoemde_provincie(self, tekst: str, codes: Sequence[str]) -> str | None:
        for woorden in self._woordgroepen(tekst):
            provincie = self._provincies.get(normaal(woorden)) or _PROVINCIE_AFKORTING.get(normaal(woorden))
            passend = [code for code in codes if self.gemeenten[code].provincie == provincie]
            if provincie and len(passend) == 1:
                return passend[0]
        return None

    @staticmethod
    def _woordgroepen(tekst: str) -> Iterator[str]:
        tokens = _TOKEN.findall(tekst)
        for n in (2, 1):
            yield from (" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

    def _buren(self, code: str, anderen: Iterable[str]) -> bool:
        eigen = self.gemeenten[code]
        return any(
            self.gemeenten[a].am_code == eigen.am_code or self.gemeenten[a].rmc_nummer == eigen.rmc_nummer
            for a in anderen
        )

    @staticmethod
    def _ontkend(tekst: str, vondst: Plaatsvondst) -> bool:
        return bool(re.search(r"\b(niet|geen)\b[^,.;]*$", tekst[: vondst.begin].lower()))


def _is_persoon(tokens: list[_Token], i: int) -> bool:
    """Whether an everyday word is somebody's name: "mevrouw Dalen", "De Vries"."""
    vorige = tokens[i - 1][0] if i else ""
    return vorige.lower() in _AANSPREEKVORM or (vorige in _TUSSENVOEGSEL and tokens[i][0][0].isupper())


def _begint_zin(tekst: str, begin: int) -> bool:
    """Whether the text before `begin` is nothing, or ends a sentence or an announcement ("lln:")."""
    voor = tekst[:begin].rstrip()
    return not voor or voor[-1] in ".?!:;/" or voor.endswith("\n")


def _alle_namen(tabellen: Plaatstabellen) -> Iterator[str]:
    for gemeente in tabellen.gemeenten:
        yield from (
            gemeente.naam,
            gemeente.provincie,
            gemeente.arbeidsmarktregio,
            gemeente.doorstroompuntregio,
        )
    yield from (naam.naam for naam in tabellen.namen)
    yield from (herindeling.oude_naam for herindeling in tabellen.herindelingen)
    yield from (dubbel.naam for dubbel in tabellen.dubbelzinnig)


def _regionamen(gemeenten: Sequence[Gemeente]) -> dict[str, Dubbelzinnig]:
    """Names of regions, which are no gemeente: asked about like a district."""
    leden: dict[str, list[str]] = defaultdict(list)
    for gemeente in gemeenten:
        for regio in {gemeente.arbeidsmarktregio, gemeente.doorstroompuntregio}:
            leden[regio].append(gemeente.code)
    officieel = {normaal(gemeente.naam) for gemeente in gemeenten}
    return {
        normaal(regio): Dubbelzinnig(regio, tuple(codes), "streek", "", None)
        for regio, codes in leden.items()
        if normaal(regio) not in officieel
    }


def _verkorte_namen(namen: Sequence[Naam]) -> dict[str, set[str]]:
    """Names as people shorten them: "Driebergen" of Driebergen-Rijsenburg, "Berkel" of two."""
    helften: dict[str, set[str]] = defaultdict(set)
    for naam in namen:
        delen = _DUBBELE_NAAM.split(naam.naam.removesuffix(" ca"))
        eerste, laatste = delen[0], delen[-1]
        kort = laatste if eerste in _WINDSTREKEN else eerste
        if (
            kort != naam.naam
            and len(delen) <= 2
            and len(kort) >= MIN_LENGTE
            and zipf_frequency(kort, "nl") < _GANGBAAR
        ):
            helften[normaal(kort)].add(naam.code)
    return helften


_DUBBELE_NAAM = re.compile(r"-| en ")
_WINDSTREKEN = frozenset(["Oost", "West", "Noord", "Zuid", "Midden", "Oud", "Nieuw"])
_PROVINCIE_AFKORTING = {
    "nh": "Noord-Holland",
    "zh": "Zuid-Holland",
    "nb": "Noord-Brabant",
    "brabant": "Noord-Brabant",
    "gld": "Gelderland",
    "li": "Limburg",
    "fr": "Fryslân",
    "dr": "Drenthe",
    "ov": "Overijssel",
    "fl": "Flevoland",
    "zld": "Zeeland",
}
