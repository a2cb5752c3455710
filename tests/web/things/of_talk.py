"""Rosa and Sol, who were introduced in a circle of Alder House, and what Rosa told its moderator."""

from __future__ import annotations

from tests.talked import DESK, talk_in
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    talk = talk_in(door)
    report = talk.report("rosa", "He came late")
    pages = ("talk", "days", "end", "report", "check-in", "papers.txt", "papers.json")
    desk = "/desk/organizations/{organization_id:uuid}/peers"
    return {
        **{f"/my/peers/{{introduction_id:uuid}}/{page}": f"/my/peers/{talk.key}/{page}" for page in pages},
        f"{desk}/reports": f"{DESK}/reports",
        f"{desk}/check-ins": f"{DESK}/check-ins",
        f"{desk}/reports/{{report_id:uuid}}": f"{DESK}/reports/{report}",
    }
