"""Writes the steps of the learning path as answers. The knowledge in them is the articles' own text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from kennisbank.answer import MAX_KNOPPEN, Antwoord, Beeld, Blok, Deel, Knop, Schrijver
from kennisbank.dates import schrijf_datum
from kennisbank.learning.model import Leerstap
from kennisbank.learning.progress import Voortgang
from kennisbank.model import Artikel
from kennisbank.pictures.plates import plaat
from kennisbank.places import Gemeente
from kennisbank.quotes import alinea
from kennisbank.store import Kennisbank

LEERPAD, ANTWOORD, STOP = "leerpad", "leerpad_antwoord", "leerpad_stop"


class Leermeester:
    """Leads through the path: where somebody is, the step, what the answer was worth."""

    def __init__(self, kennisbank: Kennisbank, schrijver: Schrijver) -> None:
        self._kb = kennisbank
        self._schrijf = schrijver
        self._t = kennisbank.teksten
        self._stappen = {stap.id: stap for deel in kennisbank.leerpad for stap in deel.stappen}
        self._deel_van = {
            stap.id: (nummer, deel)
            for nummer, deel in enumerate(kennisbank.leerpad, 1)
            for stap in deel.stappen
        }

    def stap(self, id_: str | None) -> Leerstap | None:
        """The step with this id; None where the path has no such step (any more)."""
        return self._stappen.get(id_ or "")

    def volgende(self, voortgang: Voortgang, nu: datetime) -> Leerstap | None:
        """The step to do now."""
        return self.stap(voortgang.volgende(self._stappen, nu))

    def welkom(self, voortgang: Voortgang, nu: datetime) -> Antwoord:
        """Where somebody is on the path, and the way on."""
        nieuw = not voortgang.gedaan
        aantal, gedaan = len(self._stappen), self._gedaan(voortgang)
        delen = "\n".join(
            self._t(
                "leerpad.deel", nummer=nummer, titel=deel.titel, klaar=self._klaar(deel.stappen, voortgang)
            )
            for nummer, deel in enumerate(self._kb.leerpad, 1)
        )
        teksten = [
            self._t("leerpad.welkom" if nieuw else "leerpad.terug", gedaan=gedaan, aantal=aantal),
            delen,
        ]
        terug = [id_ for id_ in voortgang.te_herhalen(nu) if id_ in self._stappen]
        if terug:
            teksten.append(self._t("leerpad.te_herhalen", aantal=len(terug)))
        if self.volgende(voortgang, nu) is None:
            return self.klaar(voortgang)
        knop = "begin" if nieuw else "verder"
        return Antwoord.of(*teksten, knoppen=(self._verder(knop), self._knop("stop", STOP)))

    def les(self, stap: Leerstap, voortgang: Voortgang, dag: date, gemeente: Gemeente | None) -> Antwoord:
        """A step: what the article says, a case, a question with its choices."""
        nummer, deel = self._deel_van[stap.id]
        herhaling = stap.id in voortgang.gedaan
        plek = self._t(
            "leerpad.herhaling" if herhaling else "leerpad.plek",
            deel=nummer,
            delen=len(self._kb.leerpad),
            titel=deel.titel,
            stap=[een.id for een in deel.stappen].index(stap.id) + 1,
            aantal=len(deel.stappen),
        )
        artikel = self._kb.artikel(stap.artikel, dag)
        if artikel is None:
            return self._schrijf.geen_versie(stap.titel, dag)
        gezegd = [
            Blok(self._schrijf.ingevuld(tekst, dag))
            for begin in stap.alineas
            if (tekst := alinea(artikel, begin)) is not None
        ]
        beeld = plaat(self._kb, stap.beeld, None, dag) if stap.beeld else None
        return Antwoord(
            (
                Blok(f"**{stap.titel}**", Deel.KOP),
                Blok(f"*{plek}*", Deel.MERK),
                *gezegd,
                *self._bij_jou(stap, dag, gemeente),
                Blok(self._t("leerpad.geval", geval=stap.geval)),
                Blok(self._t("leerpad.vraag", vraag=stap.vraag)),
                Blok(self._bron(artikel), Deel.BRON),
            ),
            tuple(
                Knop(keuze.tekst, ANTWOORD, {"leerstap": stap.id, "leerkeuze": str(plek)})
                for plek, keuze in enumerate(stap.keuzes)
            ),
            artikel=artikel.id,
            beeld=Beeld(beeld.naam, beeld.alternatief) if beeld else None,
        )

    def uitleg(self, stap: Leerstap, gekozen: int, voortgang: Voortgang, nu: datetime) -> Antwoord:
        """What the choice was worth, and why; also of the choices that were not made."""
        keuze = stap.keuzes[gekozen]
        kop = self._t("leerpad.goed" if keuze.goed else "leerpad.fout", uitleg=keuze.uitleg)
        andere = [
            self._t(
                f"leerpad.andere_{'goed' if ander.goed else 'fout'}", tekst=ander.tekst, uitleg=ander.uitleg
            )
            for ander in stap.keuzes
            if ander is not keuze
        ]
        teksten = [kop, "\n".join(andere)]
        kaart = voortgang.kaarten.get(stap.id)
        if kaart is not None and not keuze.goed:
            teksten.append(self._t("leerpad.komt_terug", datum=schrijf_datum(kaart.due.date())))
        lees = Knop(self._t("leerpad.knop.artikel"), "kennisvraag", {"artikel": stap.artikel})
        if self.volgende(voortgang, nu) is None:
            return replace(self.klaar(voortgang, *teksten), knoppen=(lees,))
        knoppen = (self._verder("volgende"), lees, self._knop("stop", STOP))
        return Antwoord.of(*teksten, knoppen=knoppen[:MAX_KNOPPEN])

    def klaar(self, voortgang: Voortgang, *vooraf: str) -> Antwoord:
        """Nothing to do now; when something comes back, that day is named."""
        terug = voortgang.eerstvolgende_herhaling()
        teksten = [*vooraf, self._t("leerpad.klaar", aantal=len(self._stappen))]
        if terug is not None:
            teksten.append(self._t("leerpad.later", datum=schrijf_datum(terug.date())))
        return Antwoord.of(*teksten)

    def gestopt(self, voortgang: Voortgang) -> Antwoord:
        """Stopping keeps what was done."""
        tekst = self._t("leerpad.gestopt", gedaan=self._gedaan(voortgang), aantal=len(self._stappen))
        return Antwoord.of(tekst)

    def _bron(self, artikel: Artikel) -> str:
        datum = schrijf_datum(artikel.gecontroleerd_op)
        return self._t("leerpad.bron", titel=artikel.titel, datum=datum)

    def _bij_jou(self, stap: Leerstap, dag: date, gemeente: Gemeente | None) -> list[Blok]:
        if stap.lokaal is None:
            return []
        if gemeente is None:
            return [Blok(self._t("leerpad.noem_gemeente"), Deel.LET_OP)]
        lokaal: dict[str, Callable[[Gemeente, date], Antwoord]] = {
            "regio": self._schrijf.regio,
            "contact": self._schrijf.contact,
            "route": self._schrijf.route,
        }
        blokken = lokaal[stap.lokaal](gemeente, dag).blokken
        return [blok for blok in blokken if blok.deel is not Deel.BEWIJS]

    def _verder(self, knop: str) -> Knop:
        return self._knop(knop, LEERPAD, {"leerstap": "volgende"})

    def _knop(self, naam: str, handeling: str, velden: dict[str, str] | None = None) -> Knop:
        return Knop(self._t(f"leerpad.knop.{naam}"), handeling, velden or {})

    def _gedaan(self, voortgang: Voortgang) -> int:
        return len(set(voortgang.gedaan) & set(self._stappen))

    def _klaar(self, stappen: list[Leerstap], voortgang: Voortgang) -> str:
        gedaan = sum(stap.id in voortgang.gedaan for stap in stappen)
        sleutel = "deel_klaar" if gedaan == len(stappen) else "deel_deels" if gedaan else "deel_open"
        return self._t(f"leerpad.{sleutel}", gedaan=gedaan, aantal=len(stappen))
