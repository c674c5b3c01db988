"""The trained model on its own, for tests that only read sentences."""

from __future__ import annotations

import pytest
from rasa.core.agent import Agent

from bot.agent import load_agent
from bot.assistent import newest_model
from kennisbank.store import Kennisbank


@pytest.fixture(scope="module")
def agent(kb: Kennisbank) -> Agent:
    """The model as it was trained, without conversations."""
    assert kb
    return load_agent(newest_model())
