"""How each sort of sheet is laid out. What stands on it comes from the content files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kennisbank.pictures.model import Leeftijdslijn, Moment, Punt, Rol, Rondom, Stap, Stappenplaat
from kennisbank.pictures.plates import Plaat
from kennisbank.pictures.region import Regio
from kennisbank.pictures.sheet import (
    ACCENT,
    BREEDTE,
    GEWOON,
    GRIJS,
    INKT,
    KLEIN,
    KOP,
    LIJN,
    PAPIER,
    RAND,
    TITEL,
    WIT,
    ZACHT,
    Stijl,
    Vel,
    hoogte_van,
    meet,
)
from kennisbank.texts import Teksten

_BINNEN = BREEDTE - 2 * RAND
_WIT_VET = Stijl(12.5, vet=True, kleur=WIT)
_MERK = Stijl(11, vet=True, kleur=ACCENT)
_KLEINE_KOP = Stijl(13, vet=True)
_MIDDEN = Stijl(10.5, vet=True, kleur=WIT)
_BAND = "#e1eaf2"
"""Behind what is about the youngster's own age; light enough for dark letters on it."""
_EIGEN = "▸"
_EIGEN_REGEL = Stijl(12.5, vet=True)
_LUCHT = 10


def leg_uit(plaat: Plaat, t: Teksten) -> Vel:
    """The sheet of one picture."""
    onderwerp = plaat.onderwerp
    if isinstance(onderwerp, Leeftijdslijn):
        return _leeftijdslijn(onderwerp, t, plaat.leeftijd, plaat.voet)
    if isinstance(onderwerp, Stappenplaat):
        return _stappen(onderwerp, plaat.voet)
    if isinstance(onderwerp, Rondom):
        return _rondom(onderwerp, plaat.voet)
    return _regio(onderwerp, t, plaat.gemeente, plaat.voet)


def _leeftijdslijn(blad: Leeftijdslijn, t: Teksten, leeftijd: int | None, voet: str) -> Vel:
    """The line from one age to another, with the youngster's own age marked."""
    vel, y = _begin(blad.titel, blad.waar)
    y = _balken(vel, y + 4, blad, t, leeftijd)
    y = vel.tekst(RAND, y + 14, t("beeld.op_welke_verjaardag"), KOP) + 6
    as_x, kaart_x = RAND + 17, RAND + 44
    rijen: list[tuple[int, Moment | None]] = [(moment.leeftijd, moment) for moment in blad.momenten]
    if leeftijd is not None and leeftijd not in [jaar for jaar, _ in rijen]:
        rijen.append((leeftijd, None))
    begin = y + 17
    einde = begin
    teken_later: list[Callable[[], None]] = []
    for jaar, moment in sorted(rijen, key=lambda rij: rij[0]):
        eigen = jaar == leeftijd
        einde = y + 17
        teken_later.append(_bol(vel, as_x, einde, str(jaar), eigen))
        y = _kaart(vel, kaart_x, y, moment, t, eigen) + _LUCHT
    vel.lijn(as_x, begin, as_x, einde, kleur=LIJN, dikte=3)
    for teken in teken_later:
        teken()
    return _eind(vel, y, voet)


def _stappen(blad: Stappenplaat, voet: str) -> Vel:
    """The road from the first step to the last; a fork stands side by side."""
    vel, y = _begin(blad.titel, blad.waar)
    y += 6
    as_x, kaart_x = RAND + 17, RAND + 44
    rijen: list[list[Stap]] = []
    for stap in blad.stappen:
        if stap.naast:
            rijen[-1].append(stap)
        else:
            rijen.append([stap])
    bollen: list[tuple[float, str]] = []
    for rij in rijen:
        if len(rij) == 1:
            bollen.append((y + 17, rij[0].teken))
            y = _stapkaart(vel, kaart_x, y, BREEDTE - RAND - kaart_x, rij[0]) + _LUCHT
        else:
            y = _splitsing(vel, as_x, bollen[-1][0], y, rij) + _LUCHT
    vel.lijn(as_x, bollen[0][0], as_x, bollen[-1][0], kleur=LIJN, dikte=3)
    for hoogte, teken in bollen:
        _bol(vel, as_x, hoogte, teken, vol=True)()
    return _eind(vel, y, voet)


def _rondom(blad: Rondom, voet: str) -> Vel:
    """The youngster in the middle and the others on both sides."""
    vel, y = _begin(blad.titel, blad.waar)
    y += 6
    gat = 56
    breed = (_BINNEN - gat) / 2
    midden = BREEDTE / 2
    begin = y
    rijen = [blad.rollen[i : i + 2] for i in range(0, len(blad.rollen), 2)]
    haken: list[tuple[float, int]] = []
    for rij in rijen:
        hoog = max(_rolhoogte(rol, breed) for rol in rij)
        for plek, rol in enumerate(rij):
            _rol(vel, RAND + plek * (breed + gat), y, breed, hoog, rol)
        haken.append((y + hoog / 2, len(rij)))
        y += hoog + _LUCHT
    hart = (begin + y - _LUCHT) / 2
    for hoogte, aantal in haken:
        vel.lijn(midden, hart, RAND + breed, hoogte, kleur=LIJN)
        if aantal > 1:
            vel.lijn(midden, hart, BREEDTE - RAND - breed, hoogte, kleur=LIJN)
    vel.rondje(midden, hart, 27, ACCENT)
    breed_midden = 50.0
    vel.tekst(
        midden,
        hart - hoogte_van(blad.midden, _MIDDEN, breed_midden) / 2 - 1,
        blad.midden,
        _MIDDEN,
        breed_midden,
        midden=True,
    )
    return _eind(vel, y, voet)


def _regio(regio: Regio, t: Teksten, eigen: str | None, voet: str) -> Vel:
    """A region as a plain scheme: its gemeenten by Doorstroompunt region, the centrumgemeente filled.

    The own gemeente has a sign and a thick edge.
    """
    vel, y = _begin(t("beeld.regio_titel", regio=regio.naam), None)
    y = vel.tekst(RAND, y, t("beeld.regio_centrum", centrum=regio.centrumgemeente), GEWOON)
    if eigen:
        y = vel.tekst(RAND, y + 3, t("beeld.regio_eigen", teken=_EIGEN, gemeente=eigen), _EIGEN_REGEL)
    y += 6
    for groep in regio.groepen:
        begin = y
        kop = t("beeld.regio_groep", nummer=groep.nummer, naam=groep.naam)
        inhoud = vel.hoogte
        hoog = hoogte_van(kop, KOP, _BINNEN - 20) + _plaatjes(None, 0, groep.gemeenten, regio, eigen) + 20
        vel.vlak(RAND, begin, _BINNEN, hoog, GRIJS, LIJN)
        y = vel.tekst(RAND + 10, begin + 7, kop, KOP, _BINNEN - 20) + 5
        _plaatjes(vel, y, groep.gemeenten, regio, eigen)
        y = max(begin + hoog, inhoud) + _LUCHT
    if regio.onzeker:
        y = vel.tekst(RAND, y, t("beeld.regio_onzeker"), KLEIN) + 2
    return _eind(vel, y, voet)


# -- parts --------------------------------------------------------------------------------------


def _begin(titel: str, waar: Punt | None) -> tuple[Vel, float]:
    vel = Vel()
    y = vel.tekst(RAND, RAND - 2, titel, TITEL) + 3
    if waar:
        y = vel.tekst(RAND, y, waar.tekst, Stijl(12, kleur=ZACHT)) + 2
    return vel, y


def _eind(vel: Vel, y: float, voet: str) -> Vel:
    vel.lijn(RAND, y + 3, BREEDTE - RAND, y + 3, dikte=1)
    vel.tekst(RAND, y + 7, voet, KLEIN)
    return vel


def _balken(vel: Vel, y: float, blad: Leeftijdslijn, t: Teksten, leeftijd: int | None) -> float:
    """What lasts until when: a bar for each, under one row of ages."""
    y = vel.tekst(RAND, y, t("beeld.hoe_lang"), KOP) + 4
    jaar = _BINNEN / (blad.tot - blad.van + 1)

    def plek(leeftijd: float) -> float:
        return RAND + (leeftijd - blad.van) * jaar

    kop_y, rij, balk = y, 33.0, 8.0
    onder = kop_y + 24 + rij * len(blad.duren)
    if leeftijd is not None:
        vel.vlak(plek(leeftijd), kop_y, jaar, onder - kop_y + 2, _BAND, rond=4)
        vel.vlak(plek(leeftijd), kop_y, jaar, 21, ACCENT, rond=4)
    for cijfer in range(blad.van, blad.tot + 1):
        eigen = cijfer == leeftijd
        vet = eigen or cijfer in [moment.leeftijd for moment in blad.momenten]
        stijl = Stijl(12, vet=vet, kleur=WIT if eigen else INKT)
        vel.tekst(plek(cijfer) + jaar / 2, kop_y + 3, str(cijfer), stijl, midden=True)
    y = kop_y + 24
    for duur in blad.duren:
        tekst = t("beeld.duur", tekst=duur.tekst, tot=duur.tot)
        breed = meet(tekst, GEWOON)
        x = min(plek(duur.van), BREEDTE - RAND - breed)
        y_balk = vel.tekst(x, y, tekst, GEWOON) + 1
        vel.vlak(plek(duur.van), y_balk, (duur.tot - duur.van) * jaar - 2, balk, ACCENT, rond=3.5)
        y += rij
    return y


def _kaart(vel: Vel, x: float, y: float, moment: Moment | None, t: Teksten, eigen: bool) -> float:
    """What happens at one age, or only that this is the youngster's age."""
    breed = BREEDTE - RAND - x
    nu = t("beeld.nu")
    if moment is None:
        vel.vlak(x, y + 4, meet(nu, _WIT_VET) + 20, 26, ACCENT)
        vel.tekst(x + 10, y + 8, nu, _WIT_VET)
        return y + 34
    teksten = [(t(f"beeld.{punt.wat}"), punt.tekst) for punt in moment.punten]
    merk = max(meet(t(f"beeld.{woord}"), _MERK) for woord in ("begint", "stopt", "anders")) + 8
    hoog = sum(max(17.5, hoogte_van(tekst, GEWOON, breed - merk - 20)) + 3 for _, tekst in teksten) + 13
    hoog += 24 if eigen else 0
    vel.vlak(x, y, breed, hoog, PAPIER if not eigen else _BAND, ACCENT if eigen else LIJN)
    onder = y + 6
    if eigen:
        vel.vlak(x + 8, onder, meet(nu, _WIT_VET) + 16, 20, ACCENT, rond=5)
        vel.tekst(x + 16, onder + 1.5, nu, _WIT_VET)
        onder += 24
    for woord, tekst in teksten:
        vel.tekst(x + 10, onder + 1, woord, _MERK)
        onder = vel.tekst(x + 10 + merk, onder, tekst, GEWOON, breed - merk - 20) + 3
    return y + hoog


def _stapkaart(vel: Vel, x: float, y: float, breed: float, stap: Stap) -> float:
    hoog = hoogte_van(stap.kop, KOP, breed - 20) + 14
    hoog += sum(hoogte_van(punt.tekst, GEWOON, breed - 32) + 2 for punt in stap.punten)
    vel.vlak(x, y, breed, hoog, GRIJS, LIJN)
    onder = vel.tekst(x + 10, y + 5, stap.kop, KOP, breed - 20) + 1
    for punt in stap.punten:
        vel.rondje(x + 14, onder + 9, 2, INKT, INKT)
        onder = vel.tekst(x + 22, onder, punt.tekst, GEWOON, breed - 32) + 2
    return y + hoog


def _splitsing(vel: Vel, as_x: float, vorige: float, y: float, rij: Sequence[Stap]) -> float:
    """Steps side by side, joined to the step above."""
    breed = (_BINNEN - _LUCHT * (len(rij) - 1)) / len(rij)
    balk = y + 6
    top = balk + 34
    plekken = [RAND + plek * (breed + _LUCHT) for plek in range(len(rij))]
    vel.lijn(as_x, vorige, as_x, balk, dikte=3)
    vel.lijn(as_x, balk, plekken[-1] + breed / 2, balk, dikte=3)
    onder = top
    for x, stap in zip(plekken, rij, strict=True):
        hart = x + breed / 2
        vel.lijn(hart, balk, hart, top + 10, dikte=3)
        onder = max(onder, _stapkaart(vel, x, top + 12, breed, stap))
        _bol(vel, hart, top - 5, stap.teken, vol=True)()
    return onder


def _bol(vel: Vel, x: float, y: float, teken: str, vol: bool) -> Callable[[], None]:
    """A circle with a sign; drawn later than the line that runs behind it."""

    def teken_bol() -> None:
        vel.rondje(x, y, 16, ACCENT if vol else PAPIER)
        stijl = Stijl(13, vet=True, kleur=WIT if vol else INKT)
        vel.tekst(x, y - 9.5, teken, stijl, midden=True)

    return teken_bol


def _rolhoogte(rol: Rol, breed: float) -> float:
    kop = hoogte_van(rol.naam, _KLEINE_KOP, breed - 16)
    return kop + hoogte_van(_taken(rol), GEWOON, breed - 16) + 14


def _rol(vel: Vel, x: float, y: float, breed: float, hoog: float, rol: Rol) -> None:
    vel.vlak(x, y, breed, hoog, GRIJS, LIJN)
    onder = vel.tekst(x + 8, y + 5, rol.naam, _KLEINE_KOP, breed - 16) + 1
    vel.tekst(x + 8, onder, _taken(rol), GEWOON, breed - 16)


def _taken(rol: Rol) -> str:
    return "; ".join(punt.tekst for punt in rol.punten)


def _plaatjes(vel: Vel | None, y: float, gemeenten: Sequence[str], regio: Regio, eigen: str | None) -> float:
    """Names in boxes, as many to a row as fit; only measures without a sheet. Returns the height."""
    x, begin, hoog = RAND + 10.0, y, 25.0
    for naam in gemeenten:
        centrum = naam == regio.centrumgemeente
        getoond = f"{naam} *" if naam in regio.onzeker else naam
        getoond = f"{_EIGEN} {getoond}" if naam == eigen else getoond
        stijl = Stijl(12.5, vet=centrum or naam == eigen, kleur=WIT if centrum else INKT)
        breed = meet(getoond, stijl) + 16
        if x + breed > BREEDTE - RAND - 8:
            x, y = RAND + 10.0, y + hoog + 5
        if vel:
            rand, dikte = (INKT, 3.0) if naam == eigen else (ACCENT if centrum else LIJN, 1.2)
            vel.vlak(x, y, breed, hoog, ACCENT if centrum else PAPIER, rand, dikte=dikte)
            vel.tekst(x + 8, y + 3.5, getoond, stijl)
        x += breed + 5
    return y + hoog - begin
