"""From a place as people type it to the gemeente of that day.

Finds names of gemeenten, former gemeenten, villages, nicknames and abbreviations anywhere in a
sentence, in any case and with small typing errors. A name that may be several gemeenten is never
chosen silently: it comes back with its candidates and the question to ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wordfreq import zipf_frequency

_TOKEN = re.compile(r"[^\W_]+")
_MAX_TOKENS = 6
_GANGBAAR = 4.0
"""Zipf frequency (0-8, wordfreq) from which a village's name is an everyday word: "loon", "winkel"."""
_OVERAL = 6.5
"""From here a word is so common ("een", "nu") that only a capital makes it a place."""
_ONBEKEND = 2.7
"""Below this a word is rare enough to be a typing error of a place name."""
_STERK = frozenset(
    [
        "in",
        "uit",
        "te",
        "naar",
        "gemeente",
        "gem",
        "vanuit",
        "woonplaats",
        "dorp",
        "stad",
        "plaats",
        "omgeving",
        "rond",
        "regio",
        "woon",
        "woont",
    ]
)
"""Words after which even an everyday word ("best", "made") is read as a place."""
_ZWAK = frozenset(["van", "voor", "bij", "richting", "via", "over", "en", "of", "de", "het", "t", "maar"])
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


def normaal(naam: str) -> str:
    """A name without case, accents and punctuation: "'s-Gravenhage" is "sgravenhage"."""
    ontleed = unicodedata.normalize("NFKD", naam.lower())
    return "".join(teken for teken in ontleed if teken.isalnum())


@dataclass(frozen=True)
class Gemeente:
    """A gemeente with the regions it belongs to; `herkomst_*` and `jaar_*` say how sure that is."""

    code: str
    naam: str
    provincie: str
    am_code: str
    arbeidsmarktregio: str
    jaar_am: int
    rmc_nummer: int
    doorstroompuntregio: str
    jaar_rmc: int
    herkomst_rmc: str
    centrumgemeente: str
    contactgemeente: str
    opmerking: str


@dataclass(frozen=True)
class Naam:
    """One name that leads to a gemeente, and what sort of name it is."""

    naam: str
    code: str
    soort: str


@dataclass(frozen=True)
class Herindeling:
    """A former gemeente, its successor and since when."""

    oude_naam: str
    nieuwe_code: str
    datum: date
    geheel: bool


@dataclass(frozen=True)
class Dubbelzinnig:
    """A name with more than one meaning; `vraag` is what to ask, `voorkeur` the likeliest."""

    naam: str
    codes: tuple[str, ...]
    soort: str
    vraag: str
    voorkeur: str | None


@dataclass(frozen=True)
class Plaatsvondst:
    """A place found in a text: one code is sure, more codes must be asked about."""

    tekst: str
    begin: int
    eind: int
    codes: tuple[str, ...]
    soort: str
    vraag: str | None = None

    @property
    def zeker(self) -> bool:
        """Whether this is exactly one gemeente."""
        return len(self.codes) == 1


@dataclass
class Plaatstabellen:
    """The reference tables as read from files or store."""

    gemeenten: list[Gemeente] = field(default_factory=list)
    namen: list[Naam] = field(default_factory=list)
    herindelingen: list[Herindeling] = field(default_factory=list)
    dubbelzinnig: list[Dubbelzinnig] = field(default_factory=list)
    gewone_woorden: list[str] = field(default_factory=list)
    """Names that are a place only when a place was asked for: "Nederland", "Oranje"."""


class Plaatswijzer:
    """Looks up places; built once from the tables and then read-only."""

    def __init__(self, tabellen: Plaatstabellen) -> None:
        self.gemeenten = {gemeente.code: gemeente for gemeente in tabellen.gemeenten}
        self._officieel = {normaal(g.naam): g.code for g in tabellen.gemeenten}
        self._provincies = {normaal(g.provincie): g.provincie for g in tabellen.gemeenten} | {
            "friesland": "Fryslân"
        }
        self._namen: dict[str, list[Naam]] = defaultdict(list)
        for naam in tabellen.namen:
            self._namen[normaal(naam.naam)].append(naam)
        self._herindelingen: dict[str, list[Herindeling]] = defaultdict(list)
        for kort, codes in _eerste_helften(tabellen.namen).items():
            if kort not in self._namen and kort not in self._officieel and len(codes) == 1:
                self._namen[kort] = [Naam(kort, codes.pop(), "kort")]
        for herindeling in tabellen.herindelingen:
            self._herindelingen[normaal(herindeling.oude_naam)].append(herindeling)
        self._dubbelzinnig = {
            normaal(d.naam): d
            for d in tabellen.dubbelzinnig
            if d.soort in _ALTIJD_VRAGEN | {"gemeente_en_dorp", "stad_of_provincie", "gemeente_en_regio"}
        }
        self._gewoon = {normaal(d.naam) for d in tabellen.dubbelzinnig if d.soort == "gewoon_woord"}
        self._dubbelzinnig = _regionamen(tabellen.gemeenten) | self._dubbelzinnig
        self._nooit = {normaal(woord) for woord in tabellen.gewone_woorden}
        self._bekende_woorden: frozenset[str] = frozenset()
        alle = [n.naam for n in tabellen.namen] + [g.naam for g in tabellen.gemeenten]
        alle += [h.oude_naam for h in tabellen.herindelingen] + [d.naam for d in tabellen.dubbelzinnig]
        alle += [g.provincie for g in tabellen.gemeenten]
        alle += [g.arbeidsmarktregio for g in tabellen.gemeenten]
        alle += [g.doorstroompuntregio for g in tabellen.gemeenten]
        self._samengesteld = {normaal(naam) for naam in alle if len(_TOKEN.findall(naam)) > 1}
        self._fuzzy = [
            naam
            for naam in {*self._officieel, *self._namen, *self._herindelingen, *self._dubbelzinnig}
            if len(naam) >= 5 and naam.isalpha() and not self._alleen_riskant(naam)
        ]

    def ken_woorden(self, woorden: Iterable[str]) -> None:
        """Tells which words are ordinary vocabulary, so that they are no typing errors of places."""
        self._bekende_woorden = frozenset(normaal(woord) for woord in woorden)

    def zoek(self, tekst: str, dag: date, plaats_gevraagd: bool = False) -> list[Plaatsvondst]:
        """The places in `tekst`, in order, as they were on `dag`.

        With `plaats_gevraagd` (the user was asked for a place) everyday words and risky
        abbreviations count too.
        """
        tokens = [(t[0], t.start(), t.end()) for t in _TOKEN.finditer(tekst)]
        vondsten: list[Plaatsvondst] = []
        i = 0
        while i < len(tokens):
            vondst, lengte = self._langste_naam(tekst, tokens, i, dag, plaats_gevraagd)
            if vondst is None:
                vondst, lengte = self._typefout(tekst, tokens, i, dag, plaats_gevraagd), 1
            if vondst is not None:
                vondsten.append(vondst)
            i += lengte
        return self._verduidelijkt(tekst, vondsten)

    def kies(self, tekst: str, codes: Sequence[str], dag: date) -> str | None:
        """Which of the candidate `codes` an answer like "die bij Alkmaar" or "in Limburg" means."""
        genoemd = self._in_genoemde_provincie(tekst, codes)
        if genoemd is not None:
            return genoemd
        vondsten = self.zoek(tekst, dag, plaats_gevraagd=True)
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
            self._herindelingen,
            self._dubbelzinnig,
            self._provincies,
        )
        return any(sleutel in namen for namen in bekend)

    # -- finding ---------------------------------------------------------------------------

    def _langste_naam(
        self, tekst: str, tokens: list[tuple[str, int, int]], i: int, dag: date, gevraagd: bool
    ) -> tuple[Plaatsvondst | None, int]:
        for n in range(min(_MAX_TOKENS, len(tokens) - i), 0, -1):
            stuk = tokens[i : i + n]
            if any(b[1] - a[2] > 3 for a, b in pairwise(stuk)):
                continue
            if n > 1 and normaal(tekst[stuk[0][1] : stuk[-1][2]]) not in self._samengesteld:
                continue
            sleutel = normaal(tekst[stuk[0][1] : stuk[-1][2]])
            if not self._toegestaan(sleutel, tekst, tokens, i, n, gevraagd):
                continue
            vondst = self._opzoeken(sleutel, tekst[stuk[0][1] : stuk[-1][2]], stuk[0][1], dag)
            if vondst is not None:
                return vondst, n
        return None, 1

    def _opzoeken(self, sleutel: str, tekst: str, begin: int, dag: date) -> Plaatsvondst | None:
        def vondst(codes: Iterable[str], soort: str, vraag: str | None = None) -> Plaatsvondst:
            return Plaatsvondst(tekst, begin, begin + len(tekst), tuple(codes), soort, vraag)

        dubbel = self._dubbelzinnig.get(sleutel)
        if dubbel is None and sleutel in self._provincies and sleutel not in self._officieel:
            return vondst((), "provincie")
        if dubbel is not None:
            if dubbel.voorkeur and dubbel.soort not in _ALTIJD_VRAGEN:
                return vondst([dubbel.voorkeur], dubbel.soort)
            return vondst(dubbel.codes, dubbel.soort, dubbel.vraag)
        if sleutel in self._officieel:
            return vondst([self._officieel[sleutel]], "gemeente")
        codes = dict.fromkeys(h.nieuwe_code for h in self._herindelingen.get(sleutel, ()) if h.datum <= dag)
        soort = "herindeling"
        if not codes:
            codes = dict.fromkeys(naam.code for naam in self._namen.get(sleutel, ()))
            soort = next((naam.soort for naam in self._namen.get(sleutel, ())), "")
        return vondst(codes, soort) if codes else None

    def _toegestaan(
        self, sleutel: str, tekst: str, tokens: list[tuple[str, int, int]], i: int, n: int, gevraagd: bool
    ) -> bool:
        """Whether this spot may be read as a place at all: everyday words need a reason."""
        if sleutel.isdigit() and not gevraagd:
            return False
        if not self._twijfelachtig(sleutel, tokens[i : i + n]):
            return True
        woord, begin, _ = tokens[i]
        vorige = tokens[i - 1][0].lower() if i else ""
        hoofdletter = woord[0].isupper() and not woord.isupper() and i > 0 and tekst[begin - 2] not in ".?!:"
        if gevraagd and len(tokens) <= 4:
            return True
        if sleutel in self._nooit:
            return False
        if n == len(tokens):
            return bool(zipf_frequency(sleutel, "nl") < _GANGBAAR + 1)
        if vorige == "te" or zipf_frequency(sleutel, "nl") >= _OVERAL:
            return hoofdletter and vorige in _STERK
        return vorige in _STERK or bool(hoofdletter)

    def _twijfelachtig(self, sleutel: str, tokens: list[tuple[str, int, int]]) -> bool:
        """Whether this name is more often something else than a place."""
        if sleutel in self._gewoon or sleutel in self._nooit or len(sleutel) <= 2:
            return True
        if self._alleen_riskant(sleutel):
            return True
        return (
            len(tokens) == 1 and sleutel not in self._officieel and zipf_frequency(sleutel, "nl") >= _GANGBAAR
        )

    def _typefout(
        self, tekst: str, tokens: list[tuple[str, int, int]], i: int, dag: date, gevraagd: bool
    ) -> Plaatsvondst | None:
        woord, begin, eind = tokens[i]
        sleutel = normaal(woord)
        vorige = tokens[i - 1][0].lower() if i else ""
        context = gevraagd or vorige in _STERK or vorige in _ZWAK or woord[0].isupper() or len(tokens) <= 3
        zeldzaam = len(sleutel) >= 7 and zipf_frequency(sleutel, "nl") < _ONBEKEND - 1
        if len(sleutel) < 5 or not sleutel.isalpha() or not (context or zeldzaam):
            return None
        if sleutel in self._bekende_woorden or zipf_frequency(sleutel, "nl") >= _ONBEKEND:
            return None
        grens = 2 if len(sleutel) >= 8 and context else 1
        treffers = process.extract(
            sleutel, self._fuzzy, scorer=DamerauLevenshtein.distance, score_cutoff=grens, limit=4
        )
        # A first letter is seldom mistyped; requiring it keeps ordinary words out.
        treffers = [t for t in treffers if t[0][0] == sleutel[0]]
        if not treffers:
            return None
        beste = [naam for naam, afstand, _ in treffers if afstand == treffers[0][1]]
        vondsten = [self._opzoeken(naam, woord, begin, dag) for naam in beste]
        codes = dict.fromkeys(code for vondst in vondsten if vondst for code in vondst.codes)
        vraag = vondsten[0].vraag if len(vondsten) == 1 and vondsten[0] else None
        return Plaatsvondst(tekst[begin:eind], begin, eind, tuple(codes), "typefout", vraag)

    def _alleen_riskant(self, sleutel: str) -> bool:
        namen = self._namen.get(sleutel)
        return (
            namen is not None
            and all(naam.soort in _RISKANT for naam in namen)
            and (sleutel not in self._officieel and sleutel not in self._herindelingen)
        )

    # -- choosing --------------------------------------------------------------------------

    def _verduidelijkt(self, tekst: str, vondsten: list[Plaatsvondst]) -> list[Plaatsvondst]:
        """Uses the rest of the sentence: "Rijswijk in Gelderland" names one Rijswijk."""
        uit = [self._met_rest_van_de_zin(tekst, vondst, vondsten) for vondst in vondsten]
        plaatsen = [v for v in uit if v.soort not in _GEBIEDEN]
        # Beside a place, a province or region only tells which place was meant.
        return [v for v in plaatsen if v.soort != "stad_of_provincie"] or plaatsen or uit

    def _met_rest_van_de_zin(
        self, tekst: str, vondst: Plaatsvondst, vondsten: list[Plaatsvondst]
    ) -> Plaatsvondst:
        dubbel = self._dubbelzinnig.get(normaal(vondst.tekst))
        codes = dubbel.codes if dubbel else vondst.codes
        if vondst.soort in _GEBIEDEN or len(codes) < 2:
            return vondst
        rest = tekst[: vondst.begin] + " " + tekst[vondst.eind :]
        gekozen = self._in_genoemde_provincie(rest, codes)
        if gekozen is None and not vondst.zeker:
            anderen = [v.codes for v in vondsten if v is not vondst and v.zeker]
            passend = [code for code in codes if (code,) in anderen]
            passend = passend or [
                code for code in codes if any(self._buren(code, ander) for ander in anderen)
            ]
            gekozen = passend[0] if len(passend) == 1 else None
        return replace(vondst, codes=(gekozen,), vraag=None) if gekozen else vondst

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


def _eerste_helften(namen: Sequence[Naam]) -> dict[str, set[str]]:
    """The first half of double names, as people shorten them: "Driebergen" of Driebergen-Rijsenburg."""
    helften: dict[str, set[str]] = defaultdict(set)
    for naam in namen:
        eerste, streep, _ = naam.naam.partition("-")
        if streep and len(eerste) >= 5 and zipf_frequency(eerste, "nl") < _GANGBAAR:
            helften[normaal(eerste)].add(naam.code)
    return helften


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
