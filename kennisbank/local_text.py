"""The words of the local layer: contact, route and region of a gemeente, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kennisbank.contacts import Contact
from kennisbank.dates import schrijf_datum
from kennisbank.local import LokaalAntwoord, Route, Trede, Vermelding, zoek_lokaal
from kennisbank.model import Doelgroep
from kennisbank.place_tables import Gemeente
from kennisbank.store import Kennisbank

_ONZEKERE_REGIO = frozenset({"kennis", "bron-onzeker"})
_SPLITSING_BEKEND_VANAF = 2022
"""Region tables from here on were made after the split of 2021 that no source names."""


class LokaleTeksten:
    """Writes the blocks of local answers, each a Markdown text."""

    def __init__(self, kennisbank: Kennisbank) -> None:
        self._kb = kennisbank
        self._t = kennisbank.teksten

    def contact(self, gemeente: Gemeente, dag: date, doelgroep: Doelgroep) -> Iterator[str]:
        """Whom to call, or honestly the best step that is known."""
        gevonden = zoek_lokaal(gemeente, self._kb, dag, doelgroep)
        if gevonden.trede is not Trede.CONTACTPERSOON:
            yield self._t("lokaal.geen_contact", gemeente=gemeente.naam)
        yield from self._loket(gemeente, gevonden, dag)
        yield from map(self._verlopen, gevonden.verlopen)
        yield from self._rest(gevonden)

    def loket(self, gemeente: Gemeente, dag: date, doelgroep: Doelgroep) -> Iterator[str]:
        """The local layer under an article: where to turn, best first."""
        yield from self._loket(gemeente, zoek_lokaal(gemeente, self._kb, dag, doelgroep), dag)

    def route(self, gemeente: Gemeente, dag: date) -> Iterator[str]:
        """The steps of the gemeente's own routes, else those of its region, else where to ask."""
        gevonden = zoek_lokaal(gemeente, self._kb, dag, met_contacten=False)
        if gevonden.routes:
            yield from map(self._stappen, gevonden.routes)
            yield from self._regio_kort(gemeente, gevonden, dag)
        else:
            yield self._t("lokaal.geen_route", gemeente=gemeente.naam)
            for route in gevonden.regioroutes:
                yield self._t("lokaal.loket_regio", regio=route.regionaam(gemeente))
                yield self._stappen(route)
        yield self._doorstroompunt(gemeente, gevonden)
        yield from self._rest(gevonden)

    def regio(self, gemeente: Gemeente, ander: Gemeente | None = None) -> Iterator[str]:
        """The regions with their year and source, compared with `ander` where that is asked."""
        if ander is not None and ander.code != gemeente.code:
            yield self._vergeleken(gemeente, ander)
        yield self._t(
            "lokaal.regio",
            gemeente=gemeente.naam,
            provincie=gemeente.provincie,
            arbeidsmarktregio=gemeente.arbeidsmarktregio,
            centrumgemeente=gemeente.centrumgemeente,
            jaar_am=gemeente.jaar_am,
            rmc_nummer=gemeente.rmc_nummer,
            doorstroompuntregio=gemeente.doorstroompuntregio,
            stand_rmc=self._stand_rmc(gemeente),
        )
        if gemeente.opmerking and not self._kb.plaatsen.tijdlijn.plannen(gemeente.code):
            yield self._t("lokaal.opmerking", opmerking=gemeente.opmerking)
        if gemeente.jaar_rmc < _SPLITSING_BEKEND_VANAF and gemeente.herkomst_rmc not in _ONZEKERE_REGIO:
            yield self._t("lokaal.splitsing_onbekend")

    def bron_regio(self, gemeente: Gemeente) -> str:
        """The sources of both regions."""
        return self._t("lokaal.bron_regio", jaar_am=gemeente.jaar_am, bron_rmc=self._bron_rmc(gemeente))

    def herindeling(self, gemeente: Gemeente, dag: date) -> Iterator[str]:
        """What a merger that is coming, or was only planned, means for an answer about `dag`."""
        for plan in self._kb.plaatsen.tijdlijn.plannen(gemeente.code):
            komt = dag < plan.datum
            yield self._t(
                f"lokaal.herindeling_{'komt' if komt else 'aangenomen'}",
                oud=plan.oude_naam,
                nieuw=self._kb.gemeenten[plan.nieuwe_code].naam,
                datum=schrijf_datum(plan.datum),
            )

    def vroeger(self, gemeente: Gemeente, dag: date, opvolgers: Sequence[Gemeente]) -> str:
        """That `gemeente` was there on `dag` and is not any more."""
        return self._t(
            "lokaal.vroegere_gemeente",
            gemeente=gemeente.naam,
            dag=schrijf_datum(dag),
            datum=schrijf_datum(gemeente.tot),
            opvolgers=", ".join(opvolger.naam for opvolger in opvolgers),
        )

    # -- parts -----------------------------------------------------------------------------

    def _loket(self, gemeente: Gemeente, gevonden: LokaalAntwoord, dag: date) -> Iterator[str]:
        yield from self._contacten(gevonden.contacten, dag)
        if gevonden.routes:
            ook = "ook_" if gevonden.contacten else ""
            yield self._t(f"lokaal.{ook}loket_gemeente")
            yield from map(self._kort, gevonden.routes)
        yield from self._regio_kort(gemeente, gevonden, dag)
        yield self._doorstroompunt(gemeente, gevonden)

    def _contacten(self, contacten: Sequence[Contact], dag: date) -> Iterator[str]:
        if contacten:
            yield "\n".join(self._contact(contact, dag) for contact in contacten)

    def _contact(self, contact: Contact, dag: date) -> str:
        bereik = (contact.naam, contact.telefoon, contact.email, contact.url)
        return self._t(
            "lokaal.contact" if contact.pas_gecontroleerd(dag) else "lokaal.contact_oud",
            functie=contact.functie,
            organisatie=contact.organisatie,
            bereikbaar="".join(f", {waarde}" for waarde in bereik if waarde),
            doelgroep=contact.doelgroep,
            bron=contact.bron,
            datum=schrijf_datum(contact.gecontroleerd_op),
        )

    def _verlopen(self, contact: Contact) -> str:
        """An expired contact: what it was, without a way to reach it."""
        return self._t(
            "lokaal.contact_verlopen",
            functie=contact.functie,
            organisatie=contact.organisatie,
            bron=contact.bron,
            datum=schrijf_datum(contact.geldig_tot or contact.gecontroleerd_op),
        )

    def _regio_kort(self, gemeente: Gemeente, gevonden: LokaalAntwoord, dag: date) -> Iterator[str]:
        if gevonden.regiocontacten:
            yield self._t("lokaal.contact_regio")
            yield from self._contacten(gevonden.regiocontacten, dag)
        ook = "ook_" if gevonden.contacten or gevonden.routes or gevonden.regiocontacten else ""
        for route in gevonden.regioroutes:
            yield self._t(f"lokaal.{ook}loket_regio", regio=route.regionaam(gemeente))
            yield self._kort(route)

    def _doorstroompunt(self, gemeente: Gemeente, gevonden: LokaalAntwoord) -> str:
        niets = gevonden.trede is Trede.DOORSTROOMPUNT
        contact = gemeente.contactgemeente
        return self._t(
            "lokaal.doorstroompunt" if niets else "lokaal.ook_doorstroompunt",
            regio=gemeente.doorstroompuntregio,
            stand_rmc=self._stand_rmc(gemeente),
            gemeente=gemeente.naam,
            contactgemeente=f"{self._t('lokaal.contactgemeente', naam=contact)} " if contact else "",
        )

    def _rest(self, gevonden: LokaalAntwoord) -> Iterator[str]:
        """What stands under a route and a contact: who else was named, and who is there for all."""
        yield from map(self._vermelding, gevonden.vermeldingen)
        yield self._t("lokaal.overal")

    def _stappen(self, route: Route) -> str:
        stappen = [f"{nummer}. {stap}" for nummer, stap in enumerate(route.stappen, 1)]
        return "\n".join(
            [
                self._routekop(route),
                self._t("lokaal.voor_wie", doelgroep=route.doelgroep),
                *stappen,
                *self._wie(route),
                *(self._t("lokaal.let_op", tekst=tekst) for tekst in route.let_op),
                self._controleer(route),
            ]
        )

    def _kort(self, route: Route) -> str:
        return "\n".join([self._routekop(route), *self._wie(route), self._controleer(route)])

    def _routekop(self, route: Route) -> str:
        bron = self._kb.bronnen[route.bron]
        return self._t("lokaal.route", naam=route.naam, bron=bron.titel, datum=self._brondatum(route))

    def _wie(self, route: Route) -> Iterator[str]:
        if route.loket:
            yield self._t("lokaal.loket", loket=route.loket)
        for rol in route.contacten:
            yield self._t("lokaal.rol", functie=rol.functie, organisatie=rol.organisatie)

    def _controleer(self, route: Route) -> str:
        return self._t("lokaal.controleer", datum=self._brondatum(route))

    def _brondatum(self, stuk: Route | Vermelding) -> str:
        return schrijf_datum(self._kb.bronnen[stuk.bron].datum or stuk.peildatum)

    def _vermelding(self, vermelding: Vermelding) -> str:
        return self._t(
            "lokaal.vermelding",
            organisatie=vermelding.organisatie,
            toelichting=vermelding.toelichting,
            bron=self._kb.bronnen[vermelding.bron].titel,
            plek=vermelding.plek,
            datum=self._brondatum(vermelding),
        )

    def _vergeleken(self, een: Gemeente, ander: Gemeente) -> str:
        zelfde = een.am_code == ander.am_code
        return self._t(
            "lokaal.zelfde_regio" if zelfde else "lokaal.andere_regio",
            een=een.naam,
            ander=ander.naam,
            regio=een.arbeidsmarktregio,
            regio_ander=ander.arbeidsmarktregio,
        )

    def _stand_rmc(self, gemeente: Gemeente) -> str:
        onzeker = gemeente.herkomst_rmc in _ONZEKERE_REGIO
        return self._t(f"lokaal.stand_rmc{'_onzeker' if onzeker else ''}", jaar=gemeente.jaar_rmc)

    def _bron_rmc(self, gemeente: Gemeente) -> str:
        if gemeente.herkomst_rmc in _ONZEKERE_REGIO:
            return self._t("lokaal.bron_rmc.onzeker")
        return self._t(f"lokaal.bron_rmc.{gemeente.jaar_rmc}")
