"""A weighing is scikit-learn's logistic regression, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.nlu.weighing import Weging

AANTAL = 300


def test_a_weighing_says_what_scikit_learn_says() -> None:
    lot = np.random.default_rng(0)
    tekenen = lot.normal(size=(AANTAL, 6)) * np.arange(1, 7) + 3
    klopt, gewicht = tekenen[:, 0] + lot.normal(size=AANTAL) > 3, np.linspace(0.2, 1, AANTAL)
    keten = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    keten.fit(tekenen, klopt, logisticregression__sample_weight=gewicht)
    kans = Weging().fit(tekenen, klopt, gewicht).kans(tekenen)
    assert kans == pytest.approx(keten.predict_proba(tekenen)[:, 1], abs=1e-6)
