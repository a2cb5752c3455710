"""Things of the history of a listing."""

from __future__ import annotations

from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor

ENDS = ("history", "history/compare", "history/undo")


def things(_door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    return {f"/desk/listings/{{service_id:uuid}}/{end}": f"/desk/listings/{LISTINGS['lunch']}/{end}" for end in ENDS}
