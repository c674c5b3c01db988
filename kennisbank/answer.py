"""Renders what the kennisbank knows into one answer, free of any channel.

Blocks are Markdown text; a channel only fits them to its limits. All words come from the content
files, none from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from kennisbank.bedragen import verwezen_bedragen, vul_in, waarde_op
from kennisbank.dates import schrijf_datum
from kennisbank.local_text import LokaleTeksten
from kennisbank.model import Artikel, Begrip, Bronverwijzing, Doelgroep, Zekerheid
from kennisbank.pictures.plates import Plaat, plaat_bij_artikel, plaat_bij_gemeente
from kennisbank.places import Gemeente
from kennisbank.receipt import Bewijs
from kennisbank.store import Kennisbank

MAX_KNOPPEN = 3
MAX_PLAATSKEUZES = 5
"""Up to here the gemeenten that a name may mean are all buttons."""


@dataclass(frozen=True)
class Knop:
    """A choice under an answer: what it says and what it asks for."""

    titel: str
    handeling: str
    velden: dict[str, Any] = field(default_factory=dict)


class Deel(str, Enum):
    """What a block of an answer is, so that a channel can give it a face of its own."""

    KOP = "kop"
    MERK = "merk"
    """Whether what follows holds everywhere or in one gemeente."""
    TEKST = "tekst"
    LET_OP = "let_op"
    BRON = "bron"
    BEWIJS = "bewijs"


@dataclass(frozen=True)
class Blok:
    """A piece of an answer: Markdown text and what part of the answer it is."""

    tekst: str
    deel: Deel = Deel.TEKST


@dataclass(frozen=True)
class Beeld:
    """A picture with an answer: the name of its built files (`.svg`, `.png`), and its text alternative."""

    naam: str
    alternatief: str


@dataclass(frozen=True)
class Antwoord:
    """One answer: its blocks in reading order, its buttons and what it rests on.

    `blokken` without text are left out.
    """

    blokken: tuple[Blok, ...]
    knoppen: tuple[Knop, ...] = ()
    artikel: str | None = None
    gemeente: str | None = None
    bewijs: str | None = None
    beeld: Beeld | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "blokken", tuple(blok for blok in self.blokken if blok.tekst))

    @classmethod
    def of(cls, *teksten: str, knoppen: tuple[Knop, ...] = ()) -> Antwoord:
        """An answer of plain texts, one block each."""
        return cls(tuple(map(Blok, teksten)), knoppen)

    @property
    def tekst(self) -> str:
        """All blocks as one Markdown text."""
        return "\n\n".join(blok.tekst for blok in self.blokken)


class Schrijver:
    """Writes answers from one kennisbank."""

    def __init__(self, kennisbank: Kennisbank, vandaag: Callable[[], date] = date.today) -> None:
        self._kb = kennisbank
        self._t = kennisbank.teksten
        self._vandaag = vandaag
        self._lokale_teksten = LokaleTeksten(kennisbank)

    # -- articles --------------------------------------------------------------------------

    def artikel(
        self,
        artikel: Artikel,
        doelgroep: Doelgroep,
        dag: date,
        gemeente: Gemeente | None = None,
        leeftijd: int | None = None,
        andere: Sequence[Artikel] = (),
        eigen_leeftijd: int | None = None,
    ) -> Antwoord:
        """The answer of one article for a doelgroep on a day, with the local layer where it has one.

        `leeftijd` is the age that is asked about, `eigen_leeftijd` what a picture marks as now.
        """
        lokaal = artikel.lokaal == "ja" or gemeente is not None
        bijzonder = artikel.leeftijdsdeel(leeftijd)
        blokken = [_kop(artikel.titel)]
        if lokaal:
            blokken.append(_merk(self._t("antwoord.landelijk")))
        if bijzonder:
            blokken.append(
                Blok(self._t("antwoord.leeftijd", leeftijd=leeftijd, tekst=self.ingevuld(bijzonder, dag)))
            )
        blokken.append(Blok(self.ingevuld(artikel.teksten[doelgroep], dag)))
        blokken += _let_op(self._veranderingen(artikel, dag))
        if lokaal:
            blokken += self._lokale_laag(gemeente, dag, doelgroep)
        blokken += _let_op(self._voorbehouden(artikel, doelgroep, dag))
        blokken.append(Blok(self._bronregel(artikel, doelgroep), Deel.BRON))
        bewijs = self._bewijs(artikel.id, dag, gemeente, doelgroep, leeftijd if bijzonder else None)
        return Antwoord(
            blokken=(*blokken, _bewijsblok(bewijs)),
            knoppen=self._artikelknoppen(artikel, doelgroep, gemeente, andere),
            artikel=artikel.id,
            gemeente=gemeente.code if gemeente else None,
            bewijs=bewijs,
            beeld=self._beeld_bij(artikel, eigen_leeftijd),
        )

    def geen_versie(self, titel: str, dag: date) -> Antwoord:
        """An honest refusal for a day that no version of an article covers."""
        return Antwoord.of(self._t("antwoord.geen_versie", titel=titel, datum=schrijf_datum(dag)))

    def bronnen(self, artikel: Artikel, dag: date) -> Antwoord:
        """All sources of an article and of the amounts in it, with title, publisher, date and address."""
        regels = [self._bronnenlijst_regel(v) for v in self._alle_verwijzingen(artikel, dag)]
        return Antwoord(
            (
                Blok(self._t("bron.kop", titel=artikel.titel)),
                Blok("\n".join(dict.fromkeys(regels))),
                Blok(
                    self._t(
                        "bron.zekerheid",
                        zekerheid=artikel.zekerheid.value,
                        datum=schrijf_datum(artikel.gecontroleerd_op),
                    )
                ),
            ),
            artikel=artikel.id,
        )

    def _beeld_bij(self, artikel: Artikel, leeftijd: int | None) -> Beeld | None:
        """The picture of an article, unless that is a version of another day: pictures are of today."""
        vandaag = self._vandaag()
        van_vandaag = self._kb.artikel(artikel.id, vandaag)
        if van_vandaag is not artikel and van_vandaag != artikel:  # comparing all fields takes time
            return None
        return _beeld(plaat_bij_artikel(self._kb, artikel.id, leeftijd, vandaag))

    def ingevuld(self, tekst: str, dag: date) -> str:
        """`tekst` with the amounts of `dag` in it."""

        def onbekend(naam: str) -> str:
            return self._t("antwoord.onbekend_bedrag", naam=naam, datum=schrijf_datum(dag))

        return vul_in(tekst, self._kb.bedragen, dag, onbekend)

    def _veranderingen(self, artikel: Artikel, dag: date) -> Iterable[str]:
        for wijziging in sorted(artikel.wijzigingen, key=lambda wijziging: wijziging.vanaf):
            ingevuld = self.ingevuld(wijziging.tekst, max(wijziging.vanaf, dag))
            if dag < wijziging.vanaf:
                yield self._t("antwoord.verandert", tekst=ingevuld)
            else:
                yield self._t("antwoord.veranderd", datum=schrijf_datum(wijziging.vanaf), tekst=ingevuld)

    def _voorbehouden(self, artikel: Artikel, doelgroep: Doelgroep, dag: date) -> Iterable[str]:
        if artikel.zekerheid is Zekerheid.LAAG:
            eenvoudig = doelgroep is Doelgroep.OUD_LEERLING
            yield self._t("antwoord.laag_eenvoudig" if eenvoudig else "antwoord.laag")
        if artikel.controleer_voor < dag:
            yield self._t("antwoord.verlopen", datum=schrijf_datum(artikel.controleer_voor))

    def _alle_verwijzingen(self, artikel: Artikel, dag: date) -> Iterable[Bronverwijzing]:
        yield from artikel.bronnen
        wijzigingen = (wijziging.tekst for wijziging in artikel.wijzigingen)
        for tekst in (*artikel.teksten.values(), *wijzigingen):
            for sleutel in verwezen_bedragen(tekst):
                waarde = waarde_op(self._kb.bedragen[sleutel], dag)
                if waarde:
                    yield Bronverwijzing(bron=waarde.bron, plek=waarde.plek, peildatum=waarde.peildatum)

    def _bronregel(self, artikel: Artikel, doelgroep: Doelgroep) -> str:
        genoemd = [self._bron_kort(verwijzing) for verwijzing in artikel.bronnen]
        datum = schrijf_datum(artikel.gecontroleerd_op)
        if doelgroep is not Doelgroep.OUD_LEERLING:
            return self._t("antwoord.bron", bronnen="; ".join(genoemd), datum=datum)
        eerste = self._kb.bronnen[artikel.bronnen[0].bron].titel
        rest = len({v.bron for v in artikel.bronnen}) - 1
        if rest == 1:
            eerste = self._t("antwoord.bron_en_een", eerste=eerste)
        elif rest > 1:
            eerste = self._t("antwoord.bron_en_meer", eerste=eerste, aantal=rest)
        return self._t("antwoord.bron_kort", bronnen=eerste, datum=datum)

    def _bron_kort(self, verwijzing: Bronverwijzing) -> str:
        bron = self._kb.bronnen[verwijzing.bron]
        zonder_uitgever = bron.soort == "wet" or bron.uitgever in bron.titel
        naam = bron.titel if zonder_uitgever else f"{bron.titel} ({bron.uitgever})"
        plek = f" {verwijzing.plek}" if verwijzing.plek else ""
        return f"{naam}{plek}, {self._stand(verwijzing)}"

    def _bronnenlijst_regel(self, verwijzing: Bronverwijzing) -> str:
        bron = self._kb.bronnen[verwijzing.bron]
        return self._t(
            "bron.regel",
            titel=bron.titel,
            uitgever=bron.uitgever,
            plek=f", {verwijzing.plek}" if verwijzing.plek else "",
            stand=self._stand(verwijzing),
            url=f": {bron.url}" if bron.url else "",
        )

    def _stand(self, verwijzing: Bronverwijzing) -> str:
        bron = self._kb.bronnen[verwijzing.bron]
        if isinstance(verwijzing.peildatum, date):
            dag: date | str = verwijzing.peildatum
            if (
                bron.datum
                and len(bron.datum) < 10
                and bron.datum == verwijzing.peildatum.isoformat()[: len(bron.datum)]
            ):
                dag = bron.datum
            return self._t("antwoord.stand", datum=schrijf_datum(dag))
        return (
            self._t("antwoord.stand", datum=schrijf_datum(bron.datum))
            if bron.datum
            else self._t("antwoord.ongedateerd")
        )

    def _bewijs(
        self,
        onderwerp: str,
        dag: date,
        gemeente: Gemeente | None,
        doelgroep: Doelgroep = Doelgroep.PROFESSIONAL,
        leeftijd: int | None = None,
    ) -> str:
        code = gemeente.code if gemeente else None
        return str(Bewijs(onderwerp, dag, self._vandaag(), code, doelgroep, leeftijd))

    def _artikelknoppen(
        self, artikel: Artikel, doelgroep: Doelgroep, gemeente: Gemeente | None, andere: Sequence[Artikel]
    ) -> tuple[Knop, ...]:
        niveau = "meer_uitleg" if doelgroep is Doelgroep.OUD_LEERLING else "eenvoudiger"
        knoppen = [Knop(self._t(f"knop.{niveau}"), niveau)]
        if gemeente is None and artikel.lokaal == "ja":
            knoppen.append(Knop(self._t("knop.mijn_gemeente"), "route_zoeken"))
        knoppen += [Knop(ander.knop, "kennisvraag", {"artikel": ander.id}) for ander in andere]
        return tuple(knoppen[:MAX_KNOPPEN])

    # -- clarification ---------------------------------------------------------------------

    def verduidelijking(
        self, kandidaten: Sequence[Artikel], sleutel: str = "vraag", **velden: object
    ) -> Antwoord:
        """Asks back with at most three choices in the users' words."""
        knoppen = [Knop(a.knop, "kennisvraag", {"artikel": a.id}) for a in kandidaten[:MAX_KNOPPEN]]
        return Antwoord.of(self._t(f"verduidelijking.{sleutel}", **velden), knoppen=tuple(knoppen))

    # -- local -----------------------------------------------------------------------------

    def route(self, gemeente: Gemeente, dag: date, andere: Sequence[Gemeente] = ()) -> Antwoord:
        """The route of a gemeente: its own, its region's, or where to ask."""
        return self._lokaal("route", gemeente, dag, lambda nu: self._lokale_teksten.route(nu, dag), andere)

    def contact(
        self,
        gemeente: Gemeente,
        dag: date,
        andere: Sequence[Gemeente] = (),
        doelgroep: Doelgroep = Doelgroep.PROFESSIONAL,
    ) -> Antwoord:
        """Whom to call in a gemeente, or honestly the best step that is known."""
        return self._lokaal(
            "contact",
            gemeente,
            dag,
            lambda nu: self._lokale_teksten.contact(nu, dag, doelgroep),
            andere,
            doelgroep=doelgroep,
        )

    def regio(
        self,
        gemeente: Gemeente,
        dag: date,
        andere: Sequence[Gemeente] = (),
        naast: Gemeente | None = None,
    ) -> Antwoord:
        """The regions of a gemeente with their year, compared with `naast` where that is asked."""
        antwoord = self._lokaal(
            "regio",
            gemeente,
            dag,
            lambda nu: self._lokale_teksten.regio(nu, naast),
            andere,
            bron=self._lokale_teksten.bron_regio(gemeente),
        )
        vandaag = self._vandaag()
        plaat = plaat_bij_gemeente(self._kb, gemeente, vandaag) if gemeente.bestaat_op(vandaag) else None
        return replace(antwoord, beeld=_beeld(plaat))

    def welke_gemeente(
        self, naam: str, kandidaten: Sequence[Gemeente], soort: str, vraag: str = ""
    ) -> Antwoord:
        """Asks which gemeente is meant; with few candidates they are the choices."""
        knoppen: tuple[Knop, ...] = ()
        if len(kandidaten) <= MAX_PLAATSKEUZES:
            knoppen = tuple(map(_kies_gemeente, kandidaten))
        sleutel = "streek" if soort in ("streek", "provincie") else "welke_van"
        return Antwoord.of(vraag or self._t(f"lokaal.{sleutel}", naam=naam), knoppen=knoppen)

    def lokale_keuze(self, gemeente: Gemeente) -> Antwoord:
        """Remembers a gemeente and asks what is wanted there."""
        return Antwoord(
            (
                Blok(
                    self._t("lokaal.onthouden", gemeente=gemeente.naam)
                    + " "
                    + self._t("lokaal.wat_zoek_je", gemeente=gemeente.naam)
                ),
            ),
            (
                Knop(self._t("knop.route", gemeente=gemeente.naam), "route_zoeken"),
                Knop(self._t("knop.contact"), "contact_zoeken"),
                Knop(self._t("knop.regio"), "regio_zoeken"),
            ),
            gemeente=gemeente.code,
        )

    def _lokaal(
        self,
        soort: str,
        gemeente: Gemeente,
        dag: date,
        schrijf: Callable[[Gemeente], Iterable[str]],
        andere: Sequence[Gemeente],
        bron: str = "",
        doelgroep: Doelgroep = Doelgroep.PROFESSIONAL,
    ) -> Antwoord:
        """One local answer; `andere` are gemeenten that the name may have meant too."""
        bewijs = self._bewijs(soort, dag, gemeente, doelgroep)
        blokken = [_kop(self._t(f"lokaal.kop_{soort}", gemeente=gemeente.naam))]
        if andere:
            aangenomen = self._t("lokaal.aangenomen", gemeente=gemeente.naam, provincie=gemeente.provincie)
            blokken.append(Blok(aangenomen))
        blokken += self._nu(gemeente, dag, schrijf)
        return Antwoord(
            (*blokken, Blok(bron, Deel.BRON), _bewijsblok(bewijs)),
            knoppen=tuple(map(_kies_gemeente, andere[:MAX_KNOPPEN])),
            gemeente=gemeente.code,
            bewijs=bewijs,
        )

    def _nu(
        self, gemeente: Gemeente, dag: date, schrijf: Callable[[Gemeente], Iterable[str]]
    ) -> Iterable[Blok]:
        """What is known now of a gemeente; of one that is gone, what is known of its successors."""
        vandaag = self._vandaag()
        if gemeente.bestaat_op(vandaag):
            yield from map(Blok, schrijf(gemeente))
            yield from _let_op(self._lokale_teksten.herindeling(gemeente, dag))
            return
        opvolgers = [
            self._kb.gemeenten[code] for code in self._kb.plaatsen.tijdlijn.op(gemeente.code, vandaag)
        ]
        yield Blok(self._lokale_teksten.vroeger(gemeente, dag, opvolgers), Deel.LET_OP)
        for opvolger in opvolgers:
            yield _merk(self._t("antwoord.lokaal", gemeente=opvolger.naam))
            yield from map(Blok, schrijf(opvolger))

    def _lokale_laag(self, gemeente: Gemeente | None, dag: date, doelgroep: Doelgroep) -> Iterable[Blok]:
        if gemeente is None:
            yield Blok(self._t("antwoord.gemeente_beslist"))
            return
        yield _merk(self._t("antwoord.lokaal", gemeente=gemeente.naam))
        yield from self._nu(gemeente, dag, lambda nu: self._lokale_teksten.loket(nu, dag, doelgroep))

    # -- terms -----------------------------------------------------------------------------

    def begrip(self, begrip: Begrip, doelgroep: Doelgroep, artikel: Artikel | None = None) -> Antwoord:
        """What a term means, in the words for this doelgroep."""
        eenvoudig = doelgroep is Doelgroep.OUD_LEERLING
        blokken = [
            self._t(
                "begrip.tekst",
                term=begrip.term,
                voluit=f" {self._t('begrip.voluit', voluit=begrip.voluit)}" if begrip.voluit else "",
                uitleg=begrip.eenvoudig if eenvoudig else begrip.uitleg,
            )
        ]
        if begrip.vroeger:
            blokken.append(self._t("begrip.vroeger", namen=", ".join(begrip.vroeger)))
        if begrip.niet_verwarren_met:
            blokken.append(self._t("begrip.niet_verwarren", tekst=begrip.niet_verwarren_met))
        if begrip.bronnen and not eenvoudig:
            genoemd = "; ".join(self._bron_kort(v) for v in begrip.bronnen)
            blokken.append(self._t("begrip.bron", bronnen=genoemd))
        knoppen = (Knop(artikel.knop, "kennisvraag", {"artikel": artikel.id}),) if artikel else ()
        return Antwoord(tuple(map(Blok, blokken)), knoppen, artikel=artikel.id if artikel else None)


def _kies_gemeente(gemeente: Gemeente) -> Knop:
    return Knop(f"{gemeente.naam} ({gemeente.provincie})", "gemeente_noemen", {"gemeente": gemeente.code})


def _kop(titel: str) -> Blok:
    return Blok(f"**{titel}**", Deel.KOP)


def _merk(tekst: str) -> Blok:
    return Blok(f"*{tekst}*", Deel.MERK)


def _let_op(teksten: Iterable[str]) -> Iterable[Blok]:
    return (Blok(tekst, Deel.LET_OP) for tekst in teksten)


def _beeld(plaat: Plaat | None) -> Beeld | None:
    return Beeld(plaat.naam, plaat.alternatief) if plaat else None


def _bewijsblok(bewijs: str) -> Blok:
    return Blok(f"`{bewijs}`", Deel.BEWIJS)
