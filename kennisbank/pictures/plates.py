"""Which pictures there are, and what each says in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Union

from kennisbank.dates import schrijf_datum
from kennisbank.pictures.model import Leeftijdslijn, Rondom, Soort, Stappenplaat, zonder_streepje
from kennisbank.pictures.region import Regio, naam_van_schema, regios
from kennisbank.places import Gemeente
from kennisbank.store import Kennisbank
from kennisbank.texts import Teksten


@dataclass(frozen=True)
class Plaat:
    """One picture: the name of its files, its title, the same in words, and the line at its foot."""

    naam: str
    titel: str
    alternatief: str
    voet: str
    onderwerp: Union[Soort, Regio]
    leeftijd: int | None = None
    gemeente: str | None = None
    """The name of the gemeente that is marked."""


def platen(kb: Kennisbank, dag: date) -> Iterator[Plaat]:
    """Every picture as it has to look on `dag`."""
    for id_ in sorted(kb.beelden):
        for leeftijd in leeftijden(kb.beelden[id_]):
            if getekend := plaat(kb, id_, leeftijd, dag):
                yield getekend
    gemeenten = list(kb.gemeenten_op(dag))
    per_code = {regio.code: regio for regio in regios(gemeenten)}
    for gemeente in gemeenten:
        yield _regioplaat(per_code[gemeente.am_code], gemeente, kb.teksten)


def leeftijden(blad: Soort) -> Sequence[int | None]:
    """The ages that a sheet can mark; None is the sheet without a mark."""
    return [None, *range(blad.van, blad.tot + 1)] if isinstance(blad, Leeftijdslijn) else [None]


def plaat(kb: Kennisbank, id_: str, leeftijd: int | None, dag: date) -> Plaat | None:
    """The picture of one sheet, marked at `leeftijd` where the sheet has that age.

    None where an article behind it may not be told on `dag`.
    """
    blad, t = kb.beelden[id_], kb.teksten
    artikelen = [kb.artikel(punt.artikel, dag) for punt in blad.punten()]
    nagekeken = [artikel.gecontroleerd_op for artikel in artikelen if artikel is not None]
    if len(nagekeken) < len(artikelen):
        return None
    gemerkt = leeftijd if leeftijd in leeftijden(blad) else None
    return Plaat(
        naam=id_ if gemerkt is None else f"{id_}-{gemerkt}",
        titel=blad.titel,
        alternatief=_in_woorden(blad, t, gemerkt),
        voet=t("beeld.voet", datum=schrijf_datum(min(nagekeken))),
        onderwerp=blad,
        leeftijd=gemerkt,
    )


def plaat_bij_artikel(kb: Kennisbank, artikel: str, leeftijd: int | None, dag: date) -> Plaat | None:
    """The picture that goes with an article, if there is one."""
    id_ = next((id_ for id_, blad in kb.beelden.items() if artikel in blad.bij), None)
    return plaat(kb, id_, leeftijd, dag) if id_ else None


def plaat_bij_gemeente(kb: Kennisbank, gemeente: Gemeente, dag: date) -> Plaat:
    """The scheme of the arbeidsmarktregio of a gemeente, marked, with the gemeenten of `dag`."""
    leden = (lid for lid in kb.gemeenten_op(dag) if lid.am_code == gemeente.am_code)
    return _regioplaat(next(regios(leden)), gemeente, kb.teksten)


def _regioplaat(regio: Regio, gemeente: Gemeente, t: Teksten) -> Plaat:
    groepen = (
        t("beeld.regio_groep_woorden", naam=groep.naam, gemeenten=_opsomming(groep.gemeenten))
        for groep in regio.groepen
    )
    return Plaat(
        naam=naam_van_schema(gemeente),
        titel=t("beeld.regio_titel", regio=regio.naam),
        alternatief=" ".join(
            [
                t("beeld.regio_woorden", regio=regio.naam, centrum=regio.centrumgemeente),
                t("beeld.regio_eigen_woorden", gemeente=gemeente.naam),
                *groepen,
                *([t("beeld.regio_onzeker_woorden", gemeenten=_opsomming(sorted(regio.onzeker)))]
                  if regio.onzeker else []),
            ]
        ),
        voet=t("beeld.regio_voet", jaar=regio.jaar),
        onderwerp=regio,
        gemeente=gemeente.naam,
    )  # fmt: skip


def _in_woorden(blad: Soort, t: Teksten, leeftijd: int | None) -> str:
    zinnen = [t("beeld.titel_woorden", titel=blad.titel)]
    zinnen += [blad.waar.tekst] if blad.waar else []
    zinnen += [t("beeld.nu_woorden", leeftijd=leeftijd)] if leeftijd is not None else []
    return " ".join([*zinnen, *_INHOUD[type(blad)](blad, t)])


def _lijn_in_woorden(blad: Leeftijdslijn, t: Teksten) -> Iterator[str]:
    duren = _opsomming([t("beeld.duur", tekst=duur.tekst, tot=duur.tot) for duur in blad.duren], "; ")
    yield t("beeld.duren_woorden", duren=duren)
    for moment in blad.momenten:
        punten = [f"{t(f'beeld.{punt.wat}')}: {punt.tekst}" for punt in moment.punten]
        yield t("beeld.moment_woorden", leeftijd=moment.leeftijd, punten=_opsomming(punten, "; "))


def _stappen_in_woorden(blad: Stappenplaat, t: Teksten) -> Iterator[str]:
    for stap in blad.stappen:
        punten = _opsomming([punt.tekst for punt in stap.punten], "; ")
        yield t("beeld.stap_woorden", teken=stap.teken, kop=stap.kop, punten=punten)


def _rondom_in_woorden(blad: Rondom, t: Teksten) -> Iterator[str]:
    for rol in blad.rollen:
        yield t(
            "beeld.rol_woorden",
            naam=zonder_streepje(rol.naam),
            punten=_opsomming([punt.tekst for punt in rol.punten], "; "),
        )


_INHOUD: dict[type, Callable[..., Iterator[str]]] = {
    Leeftijdslijn: _lijn_in_woorden,
    Stappenplaat: _stappen_in_woorden,
    Rondom: _rondom_in_woorden,
}


def _opsomming(delen: Sequence[str], scheiding: str = ", ") -> str:
    return scheiding.join(delen)
