"""Where the bot keeps its model, and the bounds on what it accepts."""

from __future__ import annotations

from pathlib import Path

from kennisbank.settings import DATA_MAP

PROJECT_MAP = Path(__file__).resolve().parent.parent
MODEL_MAP = DATA_MAP / "model"
MAX_TEKENS = 1500
"""A longer message is cut to its beginning and its end: people put the question last."""
