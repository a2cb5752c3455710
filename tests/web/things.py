"""An address that is there for every private route with a parameter: things of Riverside Kitchen, made beside the cast's town."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> Mapping[str, str]:
    """Addresses by the template of their route."""
    account = f"/desk/admin/accounts/{door.town.accounts['stella']}"
    return {f"/desk/admin/accounts/{{account_id:uuid}}{end}": f"{account}{end}" for end in ("", "/role", "/open", "/second-factor")}
