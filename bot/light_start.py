"""Keeps out of the process what nothing here uses: twelve seconds and hundreds of megabytes.

Rasa imports TensorFlow and the clients of many stores and channels at the top of its modules, for
parts that our pipeline does not have. A finder answers those imports with hollow modules whose
names can be subclassed, used as decorators and put in annotations. Calling into one raises an
error that says so.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

_HOL = (
    *("tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_probability", "keras", "jax"),
    # Clients of stores and channels that Routewijzer does not use, imported with Rasa's own.
    *("pymongo", "boto3", "botocore", "aiogram", "twilio", "slack_sdk", "webexteamssdk", "matplotlib"),
)


class _Hollow(types.ModuleType):
    """A module that has every name; each is again hollow."""

    def __init__(self, naam: str) -> None:
        super().__init__(naam)
        self.__path__: list[str] = []

    def __getattr__(self, naam: str) -> Any:
        if naam.startswith("__"):
            raise AttributeError(naam)
        if naam[0].isupper():
            soort = type(naam, (), {"__module__": self.__name__, "__init__": _refuse})
            setattr(self, naam, soort)
            return soort
        deel = _Hollow(f"{self.__name__}.{naam}")
        setattr(self, naam, deel)
        return deel

    def __call__(self, *args: Any, **_: Any) -> Any:
        # As a decorator, with or without arguments, it leaves the function as it is.
        if len(args) == 1 and callable(args[0]) and not isinstance(args[0], _Hollow):
            return args[0]
        return lambda functie: functie

    def __mro_entries__(self, _: Any) -> tuple[type, ...]:
        return (object,)


def _refuse(self: Any, *_: Any, **__: Any) -> None:
    raise RuntimeError(f"{type(self).__name__} hoort bij een bibliotheek die Routewijzer niet laadt")


class _HollowFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target
        if fullname.split(".")[0] not in _HOL:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Hollow(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        del module


def without_tensorflow() -> None:
    """Call before Rasa is imported; does nothing when TensorFlow is already there."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _HollowFinder())
