"""Errors that a user of the command line can do something about."""


class ModelOntbreekt(Exception):  # noqa: N818 - domain words, as elsewhere
    """There is no trained model; the message says in Dutch what to do."""


class BestandFout(Exception):  # noqa: N818
    """An input file cannot be used; the message names file and line."""
