"""An address that is there for every private route with a parameter: things of Riverside Kitchen, made beside the cast's town."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.second_door import SecondDoor


def things(_door: SecondDoor) -> Mapping[str, str]:
    """Addresses by the template of their route."""
    return {}
