"""Errors that a user of the command line can do something about."""


class ModelOntbreekt(Exception):
    """There is no trained model; the message says in Dutch what to do."""


class BestandFout(Exception):
    """An input file cannot be used; the message names file and line."""


class BeurtMislukt(Exception):
    """An action failed on this message; nothing of the turn was stored."""
