"""An address that is there for every private route with a parameter: things of Riverside Kitchen, made beside the cast's town, a module for each view."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> Mapping[str, str]:
    """Addresses by the template of their route."""
    found: dict[str, str] = {}
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        found |= import_module(f"{__name__}.{module.name}").things(door)
    return found
