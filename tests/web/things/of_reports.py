"""Things of what people told of."""

from __future__ import annotations

from uuid import UUID

from directory.reports import make_report
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    report, kitchen = _report(door), f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
    return {
        "/desk/curator/reports/{report_id:uuid}": f"/desk/curator/reports/{report}",
        "/desk/organizations/{organization_id:uuid}/reports": f"{kitchen}/reports",
        "/desk/organizations/{organization_id:uuid}/reports/{report_id:uuid}": f"{kitchen}/reports/{report}",
    }


def _report(door: SecondDoor) -> UUID:
    """A mistake that somebody told of the lunch."""
    with door.storage.writing() as session:
        said = {"about": "phone_silent", "words": "", "email": "", "network": "192.0.2.1"}
        return make_report(session, LISTINGS["lunch"], **said, at=door.at, sealer=door.sealer).id
