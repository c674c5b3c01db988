"""Keeps the engine's own chatter out of terminal and logs; what our own code says stays."""

from __future__ import annotations

import importlib
import logging
import warnings

import structlog


def quiet_engine() -> None:
    """Rasa logs whole conversations at debug level and warns about its own age; neither helps a user."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.ERROR)
    ignore_foreign_warnings()
    # spaCy puts filters of its own before ours, and then imports this, which warns about its age.
    importlib.import_module("packaging.requirements")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def ignore_foreign_warnings() -> None:
    """Shows warnings of our own code only; call again after a library has put its filters first."""
    warnings.filterwarnings("ignore", module=r"(?!bot|actions|kennisbank)")
