"""Things of administrators: an account to look at."""

from __future__ import annotations

from tests.web.second_door import SecondDoor

ENDS = ("", "/role", "/open", "/second-factor")


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    account = f"/desk/admin/accounts/{door.town.accounts['stella']}"
    return {f"/desk/admin/accounts/{{account_id:uuid}}{end}": f"{account}{end}" for end in ENDS}
