"""What a message is: a crisis, a dialogue act, out of scope, or a question about an article.

Four classifiers over one space of sentences, fitted together and free of Rasa:

* articles: which article a question is about;
* acts: greeting, asking for a route, naming a gemeente, ... (place names masked);
* scope: inside or outside what the kennisbank is for;
* crisis: whether somebody is in danger (place names masked).

How sure a ranking is comes from a model over out-of-fold predictions: of a hundred answers given
with confidence .9, ninety were right on questions that the classifiers had not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import KFold

from kennisbank.search.classifier import KernelClassifier
from kennisbank.search.encoder import Encoder, Matrix
from kennisbank.search.space import Likeness, TextSpace

KENNISVRAAG = "kennisvraag"
CRISIS = "crisis_"
GEEN_CRISIS = "geen_crisis"
BUITEN_BEREIK = "buiten_bereik_"
MAX_KANDIDATEN = 10

_BINNEN = "binnen"
_GEWICHT_PASSAGE = 0.25
"""What a piece of article text counts beside a question (chosen on cross-validation and outside it)."""
_VOUWEN = 3
_ITERATIES, _ITERATIES_VOUW = 60, 30
_AANDEEL_ONTERECHT_GEWEIGERD = 0.02
_AANDEEL_VALS_ALARM = 0.005
_GEWENSTE_ZEKERHEID = 0.65

Masker = Callable[[str], str]
"""Replaces place names by one word, so that acts do not depend on which place was typed."""


@dataclass(frozen=True)
class Voorbeeld:
    """One training sentence: its intent, and for a knowledge question its article.

    A `passage` is a piece of the article's own text: it teaches the words of the article, but not
    how people ask.
    """

    tekst: str
    intent: str
    artikel: str | None = None
    passage: bool = False


@dataclass(frozen=True)
class Drempels:
    """Bounds on the probabilities, taken from out-of-fold predictions and kept with the model."""

    crisis: float
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
    crisis: float
    soort_crisis: str


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

    def __getitem__(self, rijen: np.ndarray) -> _Labels:
        return _Labels(*(veld[rijen] for veld in vars(self).values()))


def _handeling(voorbeeld: Voorbeeld) -> str:
    """The act that a sentence teaches; empty for what is no act."""
    geen = voorbeeld.passage or voorbeeld.intent.startswith((BUITEN_BEREIK, CRISIS, GEEN_CRISIS))
    return "" if geen else voorbeeld.intent


def _bereik(voorbeeld: Voorbeeld) -> str:
    """Inside the scope, or which kind of outside; empty where the question does not arise."""
    if voorbeeld.intent.startswith(BUITEN_BEREIK):
        return voorbeeld.intent
    return "" if voorbeeld.passage or voorbeeld.intent.startswith((CRISIS, GEEN_CRISIS)) else _BINNEN


def _crisis(voorbeeld: Voorbeeld) -> str:
    """Which kind of danger, or none; empty for a piece of an article."""
    if voorbeeld.passage:
        return ""
    return voorbeeld.intent if voorbeeld.intent.startswith(CRISIS) else GEEN_CRISIS


@dataclass
class _Kansen:
    """Probabilities of m messages by each classifier."""

    artikel: Matrix
    handeling: Matrix
    bereik: Matrix
    crisis: Matrix
    kenmerken: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


class _Classifiers:
    """The four classifiers on one set of training sentences."""

    def __init__(
        self, gewoon: Likeness, masker: Likeness, labels: _Labels, iteraties: int = _ITERATIES
    ) -> None:
        self.labels = labels
        self._artikelrijen = labels.artikel != ""
        self._handelingrijen = labels.handeling != ""
        self._bereikrijen = labels.bereik != ""
        self._crisisrijen = labels.crisis != ""
        gewicht = np.where(labels.passage, _GEWICHT_PASSAGE, 1.0).astype(np.float32)
        self.artikel = KernelClassifier(iteraties=iteraties).fit(
            _deel(gewoon, self._artikelrijen), labels.artikel[self._artikelrijen], gewicht[self._artikelrijen]
        )
        self.handeling = KernelClassifier(evenwicht=1.0).fit(
            _deel(masker, self._handelingrijen), labels.handeling[self._handelingrijen]
        )
        self.bereik = KernelClassifier(evenwicht=0.5).fit(
            _deel(gewoon, self._bereikrijen), labels.bereik[self._bereikrijen]
        )
        self.crisis = KernelClassifier(evenwicht=0.5).fit(
            _deel(masker, self._crisisrijen), labels.crisis[self._crisisrijen]
        )

    def kansen(self, gewoon: Likeness, masker: Likeness) -> _Kansen:
        """Reads m messages given their (m, n) likeness to the n training sentences."""
        samen, samen_masker = gewoon.samen, masker.samen
        kansen = _Kansen(
            artikel=self.artikel.kansen(samen[:, self._artikelrijen]),
            handeling=self.handeling.kansen(samen_masker[:, self._handelingrijen]),
            bereik=self.bereik.kansen(samen[:, self._bereikrijen]),
            crisis=self.crisis.kansen(samen_masker[:, self._crisisrijen]),
        )
        kansen.kenmerken = self._kenmerken(kansen, gewoon)
        return kansen

    def buiten(self, kansen: _Kansen) -> np.ndarray:
        """The chance for each message that it is out of scope."""
        return 1.0 - np.asarray(kansen.bereik[:, self.bereik.klassen.index(_BINNEN)])

    def gevaar(self, kansen: _Kansen) -> np.ndarray:
        """The chance for each message that it is a crisis."""
        return 1.0 - np.asarray(kansen.crisis[:, self.crisis.klassen.index(GEEN_CRISIS)])

    def _kenmerken(self, kansen: _Kansen, gewoon: Likeness) -> np.ndarray:
        """What tells a right first candidate from a wrong one, (m, 11)."""
        gesorteerd = -np.sort(-kansen.artikel, axis=1)
        eerste = np.array(self.artikel.klassen)[kansen.artikel.argmax(axis=1)]
        lexicaal = gewoon.lexicaal[:, self._artikelrijen]
        betekenis = gewoon.betekenis[:, self._artikelrijen]
        samen = lexicaal + betekenis
        buiten = gewoon.samen[:, self._bereikrijen][:, self.labels.bereik[self._bereikrijen] != _BINNEN]
        artikelen = self.labels.artikel[self._artikelrijen]
        eigen = eerste[:, None] == artikelen[None, :]
        buren = -np.sort(-np.where(eigen, samen, -1.0), axis=1)
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
                buren[:, :3].mean(axis=1),
                np.log(self.buiten(kansen) + 1e-4),
                buiten.max(axis=1) - samen.max(axis=1),
            ]
        )


class Understanding:
    """Fits on examples once; reads messages after that."""

    def __init__(self) -> None:
        self._ruimte = TextSpace()
        self._zekerheid = GradientBoostingClassifier(
            n_estimators=80, max_depth=3, subsample=0.7, random_state=0
        )

    def fit(self, voorbeelden: Sequence[Voorbeeld], encoder: Encoder, masker: Masker) -> Understanding:
        """Learns the classifiers and, from out-of-fold predictions, how sure they are."""
        teksten = [v.tekst for v in voorbeelden]
        labels = _Labels.of(voorbeelden)
        self._vectoren = self._ruimte.fit(teksten, encoder)
        self._maskervectoren = self._ruimte.transform([masker(t) for t in teksten], encoder)
        gewoon = self._vectoren.likeness(self._vectoren)
        gemaskeerd = self._maskervectoren.likeness(self._maskervectoren)
        self._calibrate(gewoon, gemaskeerd, labels)
        self._classifiers = _Classifiers(gewoon, gemaskeerd, labels)
        return self

    def _calibrate(self, gewoon: Likeness, gemaskeerd: Likeness, labels: _Labels) -> None:
        """Predicts every sentence by classifiers that have not seen it; learns confidence from that."""
        kenmerken, goed, buiten, gevaar, volgorde = [], [], [], [], []
        vragen, passages = np.flatnonzero(~labels.passage), np.flatnonzero(labels.passage)
        for leer_deel, toets_deel in KFold(_VOUWEN, shuffle=True, random_state=0).split(vragen):
            leer, toets = np.concatenate([vragen[leer_deel], passages]), vragen[toets_deel]
            fold = _Classifiers(
                gewoon.deel(leer, leer), gemaskeerd.deel(leer, leer), labels[leer], _ITERATIES_VOUW
            )
            kansen = fold.kansen(gewoon.deel(toets, leer), gemaskeerd.deel(toets, leer))
            eerste = np.array(fold.artikel.klassen)[kansen.artikel.argmax(axis=1)]
            kenmerken.append(kansen.kenmerken)
            goed.append(eerste == labels.artikel[toets])
            buiten.append(fold.buiten(kansen))
            gevaar.append(fold.gevaar(kansen))
            volgorde.append(toets)
        gezien = labels[np.concatenate(volgorde)]
        is_artikel = gezien.artikel != ""
        telt = is_artikel | np.char.startswith(gezien.bereik, BUITEN_BEREIK)
        juist = np.concatenate(goed) & is_artikel
        self._zekerheid.fit(np.vstack(kenmerken)[telt], juist[telt])
        alle_buiten, alle_gevaar = np.concatenate(buiten), np.concatenate(gevaar)
        veilig = gezien.crisis == GEEN_CRISIS
        self.drempels = Drempels(
            crisis=float(np.quantile(alle_gevaar[is_artikel & veilig], 1 - _AANDEEL_VALS_ALARM)),
            buiten_bereik=float(np.quantile(alle_buiten[is_artikel], 1 - _AANDEEL_ONTERECHT_GEWEIGERD)),
            antwoord=_GEWENSTE_ZEKERHEID,
        )

    def read(self, teksten: Sequence[str], encoder: Encoder, masker: Masker) -> list[Lezing]:
        """Reads messages."""
        gewoon = self._ruimte.transform(teksten, encoder)
        maskers = [masker(tekst) for tekst in teksten]
        gemaskeerd = gewoon if maskers == list(teksten) else self._ruimte.transform(maskers, encoder)
        c = self._classifiers
        kansen = c.kansen(gewoon.likeness(self._vectoren), gemaskeerd.likeness(self._maskervectoren))
        zekerheid = self._zekerheid.predict_proba(kansen.kenmerken)[:, 1]
        buiten, gevaar = c.buiten(kansen), c.gevaar(kansen)
        return [
            Lezing(
                kandidaten=_beste(c.artikel.klassen, kansen.artikel[i], MAX_KANDIDATEN),
                zekerheid=round(float(zekerheid[i]), 4),
                handelingen=_beste(c.handeling.klassen, kansen.handeling[i], 3),
                buiten_bereik=round(float(buiten[i]), 4),
                soort_buiten_bereik=_beste(c.bereik.klassen, kansen.bereik[i], 1, BUITEN_BEREIK)[0][0],
                crisis=round(float(gevaar[i]), 4),
                soort_crisis=_beste(c.crisis.klassen, kansen.crisis[i], 1, CRISIS)[0][0],
            )
            for i in range(len(teksten))
        ]


def _deel(likeness: Likeness, rijen: np.ndarray) -> Matrix:
    return likeness.deel(rijen, rijen).samen


def _beste(klassen: Sequence[str], kansen: Matrix, aantal: int, begin: str = "") -> list[tuple[str, float]]:
    """The `aantal` likeliest classes whose name starts with `begin`, with their probabilities."""
    volgorde = [i for i in np.argsort(-kansen) if klassen[i].startswith(begin)]
    return [(klassen[i], round(float(kansen[i]), 4)) for i in volgorde[:aantal]]
