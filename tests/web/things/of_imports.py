"""The table of an organization's listings, and a feed that was imported twice: its source, second import, conflict, and vanished record."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cast import ORGANIZATIONS
from tests.web.imported import an_import
from tests.web.second_door import SecondDoor

SPREADSHEET = ("spreadsheet", "spreadsheet.csv", "spreadsheet.xlsx", "spreadsheet/confirm")


def things(door: SecondDoor) -> Mapping[str, str]:
    """Addresses by the template of their route."""
    imported = an_import(door)
    sources = f"/desk/curator/sources/{imported['source']}"
    kitchen = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
    return {
        **{f"/desk/organizations/{{organization_id:uuid}}/{end}": f"{kitchen}/{end}" for end in SPREADSHEET},
        "/desk/curator/conflicts/{conflict_id:uuid}": f"/desk/curator/conflicts/{imported['conflict']}",
        "/desk/curator/imports/{act:uuid}/undo": f"/desk/curator/imports/{imported['run']}/undo",
        "/desk/curator/vanished/{record_id:uuid}": f"/desk/curator/vanished/{imported['record']}",
        "/desk/curator/sources/{source_id:uuid}": sources,
        "/desk/curator/sources/{source_id:uuid}/fetch": f"{sources}/fetch",
    }
