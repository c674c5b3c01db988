"""Keeps the engine's own chatter out of terminal and logs; what our own code says stays."""

from __future__ import annotations

import logging
import warnings

import structlog


def quiet_engine() -> None:
    """Rasa logs whole conversations at debug level and warns about its own age; neither helps a user."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module=r"(?!bot|actions|kennisbank)")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
