"""What a message is: a crisis, a dialogue act, out of scope, or a question about an article.

Four classifiers over one space of sentences, fitted together and free of Rasa:

* articles: which article a question is about;
* acts: greeting, asking for a route, naming a gemeente, ...;
* scope: inside what the kennisbank is for, or which subject outside it;
* crisis: whether somebody is in danger, weighed against other signs of it in danger.py.

After an answer they are weighed against it (followup.py), and tell whether the message is a question
at all (reaction.py).

How sure a ranking is (certainty.py) comes from predictions of each sentence by classifiers without it:
of a hundred answers given with confidence .9, ninety were right on questions that were not seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot.nlu.certainty import Zekerheidsmeter
from bot.nlu.danger import danger_language, plain_sentences, signs
from bot.nlu.followup import Vervolgkiezer
from bot.nlu.language import Taalkennis
from bot.nlu.reaction import Reactie, Reactiekiezer
from bot.nlu.reaction import signs as reaction_signs
from bot.nlu.weighing import Weging
from kennisbank.local import LOKALE_HANDELINGEN
from kennisbank.search import Matrix
from kennisbank.search.classifier import (
    KernelClassifier,
    LogisticClassifier,
    MixedClassifier,
    RidgeClassifier,
)
from kennisbank.search.index import Likeness, Openings, SentenceIndex, Views, nearest
from kennisbank.search.space import TextSpace, Vectors
from kennisbank.search.synonyms import Synoniemen

T = TypeVar("T")

KENNISVRAAG = "kennisvraag"
CRISIS = "crisis_"
GEEN_CRISIS = "geen_crisis"
BUITEN_BEREIK = "buiten_bereik_"
MAX_KANDIDATEN = 10

_BINNEN = "binnen"
_GRENS = "/"
"""Between the intent and the subject in a label of the scope classifier."""
_GRENS_ZEKER = 0.5
"""Part of the chance of being outside that one subject must have to be named."""
_GEWICHT_PASSAGE = 0.1
"""What a piece of article text counts beside a question (chosen on cross-validation and outside it)."""
_DEMPING, _DEMPING_PAREN = 0.3, 0.1
"""How little ridge regression follows its sentences, without and with pairs (chosen likewise)."""
_AANDEEL_RIDGE = 0.4
"""What ridge regression weighs in which article it is, beside logistic regression (chosen likewise)."""
_BUREN = 3
"""Sentences of the likeliest article that a message is held beside, to see how sure it is."""
_BLOK = 500
"""Sentences that a core describes at a time: all at once would take gigabytes."""
_HALF_ZEKER = 0.5
"""From here the first candidate is likelier right than wrong, and a question is not declined."""
_AANDEEL_ONTERECHT_GEWEIGERD = 0.05
"""Of our own questions; those are harder than what people type, of which a fifth as many are declined."""
_UITGEDUND = {"crisis": (2, 2.0), "handeling": (3, 1.6)}
"""Of the sentences that a classifier has most of and that are easiest for it, one in so many teaches it,
and what that one counts. With all of them danger is told from its look-alikes less well and acts no
better, in four to nine times the time (chosen on sentences held out)."""
_GEWICHT_GEWOON = 0.1
"""What an ordinary sentence counts in weighing danger, beside one that is or sounds like danger."""
_AANDEEL_VALS_ALARM = 0.06
"""Of the sentences that only sound like danger, far harder than what people type: a danger that is
missed is worse than help that was not needed."""
_AANDEEL_ZORG = 0.2
"""Of the same sentences, the part whose answer begins with where help is."""
_AANDEEL_STELLIG_FOUT = 0.045
"""Of our own questions, the part that may get a wrong answer without being asked back; what people
type is easier, so that there it is less."""


@dataclass(frozen=True)
class Voorbeeld:
    """One training sentence: its intent, and for a knowledge question its article.

    A `passage` is a piece of the article's own text: it teaches the words of the article, but not
    how people ask. `grens` is the subject outside the kennisbank that a sentence is about. A follow-up
    has the article `na` which it was said and the article `naar` which it asks; it does not teach
    what an article is about.
    """

    tekst: str
    intent: str
    artikel: str | None = None
    passage: bool = False
    grens: str | None = None
    na: str | None = None
    naar: str | None = None


@dataclass(frozen=True)
class Drempels:
    """Bounds on the probabilities, taken from predictions of unseen sentences and kept with the model."""

    crisis: float
    zorg: float
    buiten_bereik: float
    antwoord: float


@dataclass(frozen=True)
class Lezing:
    """How one message is read.

    `zekerheid` is the calibrated chance that the first candidate is the right article;
    `kandidaten` and `handelingen` are (name, probability), best first.
    """

    kandidaten: list[tuple[str, float]]
    zekerheid: float
    handelingen: list[tuple[str, float]]
    buiten_bereik: float
    soort_buiten_bereik: str
    grens: str | None
    crisis: float
    soort_crisis: str
    reactie: Reactie | None = None
    """What a message after an answer is; None for one that was read on its own."""

    @property
    def half_zeker(self) -> bool:
        """Whether the first candidate is likelier right than wrong."""
        return self.zekerheid >= _HALF_ZEKER


@dataclass
class _Labels:
    """The training sentences as arrays: what each classifier should say of each."""

    artikel: np.ndarray
    handeling: np.ndarray
    bereik: np.ndarray
    crisis: np.ndarray
    passage: np.ndarray

    @classmethod
    def of(cls, voorbeelden: Sequence[Voorbeeld]) -> _Labels:
        return cls(
            artikel=np.array([v.artikel or "" for v in voorbeelden]),
            handeling=np.array([_handeling(v) for v in voorbeelden]),
            bereik=np.array([_bereik(v) for v in voorbeelden]),
            crisis=np.array([_crisis(v) for v in voorbeelden]),
            passage=np.array([v.passage for v in voorbeelden]),
        )

    def gevaarsgroepen(self) -> list[np.ndarray]:
        """Which sentences are danger, which only sound like it, and which do neither."""
        gevaar = np.char.startswith(self.crisis, CRISIS)
        klinkt_zo = self.lijkt_op_gevaar()
        return [gevaar, klinkt_zo, ~gevaar & ~klinkt_zo & ~self.passage]

    def lijkt_op_gevaar(self) -> np.ndarray:
        """Sentences that were written to sound like danger: these teach no other classifier."""
        return np.asarray((self.crisis == GEEN_CRISIS) & (self.bereik == ""))

    def makkelijk(self) -> dict[str, np.ndarray]:
        """Of the classifiers in `_UITGEDUND`: which sentences are easiest, and most of all."""
        *_, gewoon = self.gevaarsgroepen()
        return {"crisis": gewoon, "handeling": self.handeling == KENNISVRAAG}

    def __getitem__(self, rijen: np.ndarray) -> _Labels:
        return _Labels(*(veld[rijen] for veld in vars(self).values()))


def _handeling(voorbeeld: Voorbeeld) -> str:
    """The act that a sentence teaches; empty for what is no act.

    A question about something else is a question too: that it is outside, the scope says.
    """
    if voorbeeld.intent.startswith(BUITEN_BEREIK):
        return KENNISVRAAG
    geen = voorbeeld.passage or voorbeeld.intent.startswith((CRISIS, GEEN_CRISIS))
    return "" if geen else voorbeeld.intent


def _bereik(voorbeeld: Voorbeeld) -> str:
    """Inside the scope, or which kind of outside; empty where the question does not arise."""
    if voorbeeld.intent.startswith(BUITEN_BEREIK):
        return f"{voorbeeld.intent}{_GRENS}{voorbeeld.grens}" if voorbeeld.grens else voorbeeld.intent
    return "" if voorbeeld.passage or voorbeeld.intent.startswith((CRISIS, GEEN_CRISIS)) else _BINNEN


def _crisis(voorbeeld: Voorbeeld) -> str:
    """Which kind of danger, or none; empty for a piece of an article."""
    if voorbeeld.passage:
        return ""
    return voorbeeld.intent if voorbeeld.intent.startswith(CRISIS) else GEEN_CRISIS


def _reactie(voorbeeld: Voorbeeld) -> Reactie | None:
    """What the sentence would be after an answer; None where it is a question of its own, or danger."""
    if voorbeeld.na:
        return Reactie.VRAAG
    if voorbeeld.intent.startswith(BUITEN_BEREIK):
        return Reactie.BUITEN
    return Reactie.HANDELING if _handeling(voorbeeld) not in ("", KENNISVRAAG) else None


@dataclass
class _Kansen:
    """Probabilities of m messages by each classifier; of articles also by each part of theirs."""

    artikel: Matrix
    artikel_delen: Matrix
    handeling: Matrix
    bereik: Matrix
    crisis: Matrix

    def __getitem__(self, rijen: np.ndarray | slice) -> _Kansen:
        return _Kansen(*(veld[rijen] for veld in vars(self).values()))


class _Classifiers:
    """The four classifiers on one set of training sentences."""

    def __init__(self, labels: _Labels) -> None:
        self.artikel = MixedClassifier(
            (LogisticClassifier(), 1 - _AANDEEL_RIDGE),
            (RidgeClassifier(_DEMPING_PAREN, paren=True), _AANDEEL_RIDGE),
        )
        self.handeling = RidgeClassifier(_DEMPING, evenwicht=0.7)
        self.bereik = RidgeClassifier(_DEMPING_PAREN, paren=True)
        self.crisis = RidgeClassifier(_DEMPING_PAREN, evenwicht=0.5, paren=True)
        leert = {naam: getattr(labels, naam) != "" for naam in ("artikel", "handeling", "bereik", "crisis")}
        # The number of each sentence's article in the order of the classes, which is that of names.
        _, self._nummers = np.unique(labels.artikel[leert["artikel"]], return_inverse=True)
        for naam, makkelijk in labels.makkelijk().items():
            een_op, _ = _UITGEDUND[naam]
            leert[naam] &= ~makkelijk | (np.cumsum(makkelijk) % een_op == 0)
        self._rijen = {naam: np.flatnonzero(rijen) for naam, rijen in leert.items()}
        self._buitenzinnen = np.flatnonzero((labels.bereik != _BINNEN) & (labels.bereik != ""))
        self._gevaarsgroepen = [np.flatnonzero(groep) for groep in labels.gevaarsgroepen()]

    @property
    def artikelrijen(self) -> np.ndarray:
        """The sentences that teach which article a question is about."""
        return self._rijen["artikel"]

    def fit(self, kernel: Matrix, labels: _Labels) -> _Kansen:
        """Learns from the (n, n) kernel; returns the chances of each sentence by classifiers without it."""
        gewichten = {naam: np.where(labels.passage, _GEWICHT_PASSAGE, 1.0) for naam in self._rijen}
        for naam, makkelijk in labels.makkelijk().items():
            _, telt = _UITGEDUND[naam]
            gewichten[naam][makkelijk] = telt
        ongezien = {}
        for naam, rijen in self._rijen.items():
            model: KernelClassifier | MixedClassifier = getattr(self, naam)
            # The kernel is not named: it is gigabytes, and must be gone before the next is made.
            zonder_zichzelf = model.fit(
                kernel[np.ix_(rijen, rijen)], getattr(labels, naam)[rijen], gewichten[naam][rijen]
            )
            overige = np.setdiff1d(np.arange(len(kernel)), rijen, assume_unique=True)
            ongezien[naam] = np.empty((len(kernel), *zonder_zichzelf.shape[1:]), np.float32)
            ongezien[naam][rijen] = zonder_zichzelf
            ongezien[naam][overige] = model.kansen(kernel[np.ix_(overige, rijen)])
        return self._together(ongezien)

    def kansen(self, gelijk: Likeness) -> _Kansen:
        """Reads m messages given their likeness to the n training sentences."""
        return self._together(
            {
                naam: getattr(self, naam).kansen(gelijk.samen.take(rijen, axis=1))
                for naam, rijen in self._rijen.items()
            }
        )

    def _together(self, kansen: dict[str, Matrix]) -> _Kansen:
        delen = kansen.pop("artikel")
        return _Kansen(self.artikel.mean(delen), delen, **kansen)

    def articles(self, gelijk: Matrix) -> Matrix:
        """The chance of each article, by the likeness to the sentences that teach them."""
        return self.artikel.mean(self.artikel.kansen(gelijk))

    def buiten(self, kansen: _Kansen) -> np.ndarray:
        """The chance for each message that it is out of scope."""
        return 1.0 - np.asarray(kansen.bereik[:, self.bereik.klassen.index(_BINNEN)])

    def gevaar(self, kansen: _Kansen) -> np.ndarray:
        """The chance for each message that it is a crisis."""
        return 1.0 - np.asarray(kansen.crisis[:, self.crisis.klassen.index(GEEN_CRISIS)])

    def danger_neighbours(self, gelijk: Likeness) -> np.ndarray:
        """How near m messages are to sentences in danger and to others, in words and in meaning."""
        return gelijk.neighbours(self._gevaarsgroepen)

    def danger_signs(self, kansen: _Kansen, buren: np.ndarray, gevaarstaal: np.ndarray) -> np.ndarray:
        """What is weighed for danger, of messages with these `danger_neighbours` and this language."""
        return signs(self.gevaar(kansen), buren, gevaarstaal, kansen.artikel.max(axis=1))

    def describe(self, kansen: _Kansen, gelijk: Likeness) -> np.ndarray:
        """What tells a right first candidate from a wrong one, (m, 15)."""
        gesorteerd = -np.sort(-kansen.artikel, axis=1)
        eerste = kansen.artikel.argmax(axis=1)
        betekenis = gelijk.betekenis.take(self._rijen["artikel"], axis=1)
        samen = gelijk.samen.take(self._rijen["artikel"], axis=1)
        lexicaal = samen - betekenis
        eigen = eerste[:, None] == self._nummers[None, :]
        buren = nearest(np.where(eigen, samen, -1.0), _BUREN)
        return np.column_stack(
            [
                np.log(gesorteerd[:, 0]),
                np.log(gesorteerd[:, 0] / gesorteerd[:, 1]),
                np.log(gesorteerd[:, 1] / gesorteerd[:, 2]),
                -(kansen.artikel * np.log(kansen.artikel + 1e-9)).sum(axis=1),
                betekenis.max(axis=1),
                lexicaal.max(axis=1),
                np.where(eigen, betekenis, -1.0).max(axis=1),
                np.where(eigen, lexicaal, -1.0).max(axis=1),
                buren.mean(axis=1),
                np.log(self.buiten(kansen) + 1e-4),
                gelijk.samen.take(self._buitenzinnen, axis=1).max(axis=1) - samen.max(axis=1),
                np.log(kansen.handeling[:, self.handeling.klassen.index(KENNISVRAAG)] + 1e-4),
                np.log(gelijk.woorden + 1),
                np.log(kansen.artikel_delen[np.arange(len(eerste)), :, eerste] + 1e-6),
            ]
        )


class Understanding:
    """Fits on examples once; reads messages after that."""

    def __init__(self, synoniemen: Synoniemen) -> None:
        self._ruimte = TextSpace(synoniemen)
        self._zekerheid = Zekerheidsmeter()

    def fit(self, voorbeelden: Sequence[Voorbeeld], taal: Taalkennis) -> Understanding:
        """Learns the classifiers and, from what each says of sentences it did not have, how sure they are."""
        labels = _Labels.of(voorbeelden)
        vectoren = self._ruimte.fit([taal.herschrijf(v.tekst) for v in voorbeelden], taal.encoder)
        self._zinnen = SentenceIndex(vectoren)
        kernel = vectoren.gram()
        self._classifiers = _Classifiers(labels)
        ongezien = self._classifiers.fit(kernel, labels)
        self._calibrate(ongezien, vectoren, kernel, labels, danger_language([v.tekst for v in voorbeelden]))
        titels = self._vectors(list(taal.verwantschap.titel.values()), taal)
        self._titels = Openings(titels, self._zinnen, self._classifiers.artikelrijen)
        self._titelrij = {artikel: rij for rij, artikel in enumerate(taal.verwantschap.titel)}
        self._vervolg = Vervolgkiezer(self._classifiers.artikel.klassen, taal.verwantschap)
        self._reactie = Reactiekiezer()
        self._learn_follow_ups(voorbeelden, ongezien, vectoren, kernel)
        return self

    @property
    def artikelen(self) -> Sequence[str]:
        """The articles that were learned."""
        return self._classifiers.artikel.klassen

    def _learn_follow_ups(
        self, voorbeelden: Sequence[Voorbeeld], ongezien: _Kansen, vectoren: Vectors, kernel: Matrix
    ) -> None:
        """Learns from follow-ups where they go, and from acts and sentences outside what is none."""
        artikelen, reacties = set(self.artikelen), [_reactie(v) for v in voorbeelden]
        self._reactiegroepen = [
            np.array([rij for rij, reactie in enumerate(reacties) if reactie is soort], np.int64)
            for soort in Reactie
        ]
        self._vervolgrijen = np.array(
            [rij for rij, v in enumerate(voorbeelden) if {v.na, v.naar} <= artikelen], np.int64
        )
        if not len(self._vervolgrijen):
            return
        vervolg = [voorbeelden[rij] for rij in self._vervolgrijen]
        na = [v.na or "" for v in vervolg]
        woorden = np.array([len(v.tekst.split()) for v in voorbeelden])
        self._vervolg.fit(
            los=ongezien.artikel[self._vervolgrijen],
            achter_titel=self._behind_titles(vectoren[self._vervolgrijen], na),
            kernel=kernel[np.ix_(self._vervolgrijen, self._vervolgrijen)],
            woorden=woorden[self._vervolgrijen],
            na=na,
            naar=[v.naar or "" for v in vervolg],
        )
        self._learn_reactions(reacties, na, woorden, ongezien, vectoren, kernel)

    def _learn_reactions(
        self,
        reacties: Sequence[Reactie | None],
        na: Sequence[str],
        woorden: np.ndarray,
        ongezien: _Kansen,
        vectoren: Vectors,
        kernel: Matrix,
    ) -> None:
        """Follow-ups behind the article `na` before each; acts and the rest behind one of those by lot."""
        lot = np.random.default_rng(0)
        gezegd, daarvoor = [self._vervolgrijen], [*na]
        for rijen in self._reactiegroepen[1:]:
            gezegd.append(lot.permutation(rijen)[: len(na)])
            daarvoor += lot.choice(na, len(gezegd[-1])).tolist()
        rijen = np.concatenate(gezegd)
        als_vervolg = self._vervolg.kansen(
            ongezien.artikel[rijen],
            self._behind_titles(vectoren[rijen], daarvoor),
            kernel[np.ix_(rijen, self._vervolgrijen)],
            woorden[rijen],
            daarvoor,
        )
        buren = _among_themselves(
            rijen, vectoren, kernel, lambda _, gelijk: gelijk.neighbours(self._reactiegroepen)
        )
        tekenen = self._reaction_signs(ongezien[rijen], als_vervolg, np.vstack(buren), woorden[rijen])
        self._reactie.fit(tekenen, [reacties[rij] for rij in rijen])

    def _reaction_signs(
        self, kansen: _Kansen, als_vervolg: Matrix, buren: Matrix, woorden: np.ndarray
    ) -> Matrix:
        """What messages after an answer are told apart by, see `reaction.signs`."""
        vraag = self._classifiers.handeling.klassen.index(KENNISVRAAG)
        return reaction_signs(
            vraag=kansen.handeling[:, vraag],
            handeling=np.delete(kansen.handeling, vraag, axis=1).max(axis=1),
            buiten=self._classifiers.buiten(kansen),
            los=kansen.artikel,
            als_vervolg=als_vervolg,
            buren=buren,
            woorden=woorden,
        )

    def _vectors(self, teksten: Sequence[str], taal: Taalkennis) -> Vectors:
        return self._ruimte.transform([taal.herschrijf(tekst) for tekst in teksten], taal.encoder)

    def _behind_titles(self, vectoren: Vectors, na: Sequence[str]) -> Matrix:
        """The chances of each of these messages behind the title of the article before it: said in full."""
        delen = []
        for begin in range(0, len(na), _BLOK):
            blok = slice(begin, begin + _BLOK)
            delen.append(self._behind_title(vectoren[blok], self._zinnen.views(vectoren[blok]), na[blok]))
        return np.vstack(delen)

    def _behind_title(self, vectoren: Vectors, gelijk: Views, na: Sequence[str]) -> Matrix:
        titels = [self._titelrij[artikel] for artikel in na]
        return self._classifiers.articles(self._titels.likeness(titels, vectoren, gelijk))

    def _calibrate(
        self,
        ongezien: _Kansen,
        vectoren: Vectors,
        kernel: Matrix,
        labels: _Labels,
        gevaarstaal: np.ndarray,
    ) -> None:
        """Learns how sure to be from what was said of each sentence by classifiers without it."""
        c = self._classifiers
        vragen = np.flatnonzero(~labels.passage)

        def look_at(blok: np.ndarray, gelijk: Likeness) -> tuple[np.ndarray, np.ndarray]:
            return c.describe(ongezien[blok], gelijk), c.danger_neighbours(gelijk)

        bekeken = _among_themselves(vragen, vectoren, kernel, look_at)
        kenmerk, gevaarsburen = (np.vstack(delen) for delen in zip(*bekeken, strict=True))
        gezien, kansen = labels[vragen], ongezien[vragen]
        is_artikel = gezien.artikel != ""
        telt = is_artikel | np.char.startswith(gezien.bereik, BUITEN_BEREIK)
        telt |= np.isin(gezien.handeling, LOKALE_HANDELINGEN)
        juist = np.array(c.artikel.klassen)[kansen.artikel.argmax(axis=1)] == gezien.artikel
        self.ongezien = self._zekerheid.fit(kenmerk[telt], is_artikel[telt], juist[telt])
        tekenen = c.danger_signs(kansen, gevaarsburen, gevaarstaal[vragen])
        is_gevaar = gezien.crisis != GEEN_CRISIS
        klinkt_zo = gezien.lijkt_op_gevaar()
        gewicht = np.where(is_gevaar | klinkt_zo, 1.0, _GEWICHT_GEWOON)
        self._gevaarmeter = Weging().fit(tekenen, is_gevaar, gewicht)
        gevaar = self._gevaarmeter.kans(tekenen)
        half_zeker = self.ongezien.zekerheid >= _HALF_ZEKER
        buiten = np.where(half_zeker, 0.0, c.buiten(kansen)[is_artikel])
        self.drempels = Drempels(
            crisis=float(np.quantile(gevaar[klinkt_zo], 1 - _AANDEEL_VALS_ALARM)),
            zorg=float(np.quantile(gevaar[klinkt_zo], 1 - _AANDEEL_ZORG)),
            buiten_bereik=float(np.quantile(buiten, 1 - _AANDEEL_ONTERECHT_GEWEIGERD)),
            antwoord=self.ongezien.lowest_bound(_AANDEEL_STELLIG_FOUT),
        )

    def read(self, tekst: str, taal: Taalkennis, na: Sequence[str] = ()) -> Lezing:
        """Reads a message; with `na` as a follow-up on one of those articles."""
        c = self._classifiers
        zinnen = [tekst, *plain_sentences(tekst)]
        vectoren = self._vectors(zinnen, taal)
        apart = self._zinnen.views(vectoren)
        gelijk = apart.likeness()
        kansen = c.kansen(gelijk)
        artikelkansen = kansen.artikel[0]
        zekerheid = float(self._zekerheid.kans(c.describe(kansen[:1], gelijk[:1]))[0])
        reactie = None
        if na:
            woorden = np.array([len(tekst.split())])
            keren = [0] * len(na)
            achter_titel = self._behind_title(vectoren[keren], apart[keren], na)
            als_vervolg = self._as_follow_up(kansen[:1], gelijk[:1], achter_titel, woorden, na)
            buren = gelijk[:1].neighbours(self._reactiegroepen)
            reactie = self._reactie.kies(self._reaction_signs(kansen[:1], als_vervolg, buren, woorden))
            # A question that is sure on its own and says the same as a follow-up needs no second thought.
            eens = als_vervolg.argmax() == artikelkansen.argmax()
            zekerheid = max(float(als_vervolg.max()), zekerheid if eens else 0.0)
            artikelkansen = als_vervolg[0]
        buiten = float(c.buiten(kansen)[0])
        gevaar, soort_crisis = self._danger(zinnen, kansen, gelijk)
        soort, grens = _waarover(*_beste(c.bereik.klassen, kansen.bereik[0], 1, BUITEN_BEREIK)[0], buiten)
        return Lezing(
            kandidaten=_beste(c.artikel.klassen, artikelkansen, MAX_KANDIDATEN),
            zekerheid=round(zekerheid, 4),
            handelingen=_beste(c.handeling.klassen, kansen.handeling[0], 3),
            buiten_bereik=round(buiten, 4),
            soort_buiten_bereik=soort,
            grens=grens,
            crisis=round(gevaar, 4),
            soort_crisis=soort_crisis,
            reactie=reactie,
        )

    def _as_follow_up(
        self, kansen: _Kansen, gelijk: Likeness, achter_titel: Matrix, woorden: np.ndarray, na: Sequence[str]
    ) -> Matrix:
        """The chances (1, articles) of one message as a follow-up on one of `na`: the mean over those."""
        keren = len(na)
        per_onderwerp = self._vervolg.kansen(
            kansen.artikel.repeat(keren, axis=0),
            achter_titel,
            gelijk.samen.take(self._vervolgrijen, axis=1).repeat(keren, axis=0),
            woorden.repeat(keren),
            na,
        )
        return np.asarray(per_onderwerp.mean(axis=0, keepdims=True), np.float32)

    def _danger(self, zinnen: Sequence[str], kansen: _Kansen, gelijk: Likeness) -> tuple[float, str]:
        """The chance that the likeliest of these sentences is danger, and which kind it would be."""
        c = self._classifiers
        tekenen = c.danger_signs(kansen, c.danger_neighbours(gelijk), danger_language(zinnen))
        gevaar = self._gevaarmeter.kans(tekenen)
        ergste = int(gevaar.argmax())
        return float(gevaar[ergste]), _beste(c.crisis.klassen, kansen.crisis[ergste], 1, CRISIS)[0][0]


def _among_themselves(
    rijen: np.ndarray, vectoren: Vectors, kernel: Matrix, kijk: Callable[[np.ndarray, Likeness], T]
) -> list[T]:
    """What `kijk` sees in known sentences, so many at a time, by their likeness to all but themselves."""

    def look(blok: np.ndarray) -> T:
        deel = vectoren[blok]
        gelijk = Likeness(kernel[blok], deel.betekenis @ vectoren.betekenis.T, deel.woorden())
        gelijk.samen[np.arange(len(blok)), blok] = -2
        gelijk.betekenis[np.arange(len(blok)), blok] = -1
        return kijk(blok, gelijk)

    with ThreadPoolExecutor(os.cpu_count()) as draden:
        return list(draden.map(look, np.array_split(rijen, len(rijen) // _BLOK + 1)))


def _waarover(label: str, kans: float, buiten: float) -> tuple[str, str | None]:
    """The kind of "outside" and, where that is clear, the subject."""
    soort, _, grens = label.partition(_GRENS)
    return soort, grens if grens and kans > _GRENS_ZEKER * buiten else None


def _beste(klassen: Sequence[str], kansen: Matrix, aantal: int, begin: str = "") -> list[tuple[str, float]]:
    """The `aantal` likeliest classes whose name starts with `begin`, with their probabilities."""
    volgorde = [i for i in np.argsort(-kansen) if klassen[i].startswith(begin)]
    return [(klassen[i], round(float(kansen[i]), 4)) for i in volgorde[:aantal]]
