"""New listings, pop-up activities and space left."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from directory.editing.popup import expire
from directory.models import Change, Draft, Service, ServiceCapacity
from matching.values import Inquiry
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_id
from tests.web.desk.test_editing import save
from tests.web.second_door import SecondDoor, text_of

KITCHEN = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
SPACE = f"/desk/listings/{LISTINGS['lunch']}/space"
TODAY = {"name": "Bread in the yard", "on": "2026-11-24", "opens": "6 pm", "closes": "8 pm", "place": str(make_id("Riverside Hall")), "free": "1"}


def named(door: SecondDoor, text: str) -> list[str]:
    """Names that a search brings."""
    page = door.catalogue.search(Inquiry(text=text), at=door.at)
    return [card.name for card in page.cards]


def test_a_new_listing_is_written_at_leisure_and_then_live(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert ana.post(f"{KITCHEN}/new", {"name": " ", "kind": "service"}).status_code == 422
    assert ana.post(f"{KITCHEN}/new", {"name": "Bread", "kind": "nonsense"}).status_code == 422
    path = ana.post(f"{KITCHEN}/new", {"name": "Bread on Fridays", "kind": "activity"}).headers["location"]
    assert save(ana, path, "contact", **{"phone-1-number": "920-555-0123"}) == 303
    assert "Bread on Fridays" not in named(door, "bread on fridays")
    assert ana.post(path.replace("/edit", "/hand-in")).headers["location"].endswith("said=live")
    door.catalogue.refresh()
    assert named(door, "bread on fridays")[0] == "Bread on Fridays"


def test_a_popup_is_live_at_once_and_gone_when_it_is_over(door: SecondDoor) -> None:
    assert door.as_("ana").post(f"{KITCHEN}/popup", TODAY).headers["location"].endswith("said=live")
    door.catalogue.refresh()
    assert named(door, "bread in the yard")[0] == "Bread in the yard"
    door.later(hours=2)
    assert expire(door.storage, door.at) == 0
    door.later(hours=1)
    assert expire(door.storage, door.at) == 1
    assert expire(door.storage, door.at) == 0
    door.catalogue.refresh()
    assert "Bread in the yard" not in named(door, "bread in the yard")
    with door.storage.reading() as session:
        assert session.scalars(select(Change.why).where(Change.by == "homeground", Change.field == "status")).all() == ["it is over"]


def test_row_61_it_is_in_the_results_until_its_end_and_gone_a_minute_after_it(door: SecondDoor) -> None:
    """The clock stands at the last minute, and then at one minute past the end: what runs each minute has run."""
    door.as_("ana").post(f"{KITCHEN}/popup", TODAY)
    ends = datetime(2026, 11, 24, 20, tzinfo=ZoneInfo(door.settings.timezone))
    for minutes, is_there in ((-1, True), (1, False)):
        door.at = ends + timedelta(minutes=minutes)
        expire(door.storage, door.at)
        door.catalogue.refresh()
        assert ("Bread in the yard" in named(door, "bread in the yard")) is is_there


def test_row_62_a_listing_that_is_new_is_known_to_be_so_in_its_first_week(door: SecondDoor) -> None:
    """What is added at the desk has the day it was added, from which the place that is kept for what is new goes."""
    path = door.as_("ana").post(f"{KITCHEN}/new", {"name": "Bread on Fridays", "kind": "activity"}).headers["location"]
    door.as_("ana").post(path.replace("/edit", "/hand-in"))
    with door.storage.reading() as session:
        service = session.scalars(select(Service).where(Service.name == "Bread on Fridays")).one()
        assert service.added_on == door.at.date()
    door.later(days=6)
    door.catalogue.refresh()
    assert "Bread on Fridays" in named(door, "bread")


def test_nothing_but_events_that_are_over_is_taken_down(door: SecondDoor) -> None:
    door.later(days=4000)
    assert expire(door.storage, door.at) == 0


def test_a_popup_that_cannot_be_is_told_with_all_that_was_typed(door: SecondDoor) -> None:
    ana = door.as_("ana")
    for said, words in (
        ({"on": "2026-11-23"}, "past"), ({"on": "whenever"}, "no date"), ({"opens": ""}, "from when until when"), ({"name": ""}, "what it is called"),
        ({"place": "", "postcode": "99999 Nowhere at all"}, "do not know this postcode"), ({"on": "2031-01-01"}, "more than a year"),
    ):  # fmt: skip
        answer = ana.post(f"{KITCHEN}/popup", {**TODAY, "description": "Come <i>hungry</i>", **said})
        assert answer.status_code == 422, said
        assert words in text_of(answer)
        assert "Come &lt;i&gt;hungry" in answer.text


def test_a_popup_takes_no_place_of_another_organization(door: SecondDoor) -> None:
    library = f"/desk/organizations/{ORGANIZATIONS['library']}"
    assert door.as_("emil").post(f"{library}/popup", TODAY).status_code == 422


def test_the_popup_of_somebody_who_is_not_trusted_waits(door: SecondDoor) -> None:
    assert door.as_("ben").post(f"{KITCHEN}/popup", TODAY).headers["location"].endswith("said=waiting")
    with door.storage.reading() as session:
        assert session.scalars(select(Draft.state)).all() == ["waiting"]
        assert session.scalars(select(Service).where(Service.name == TODAY["name"])).all() == []


def test_space_is_said_in_one_tap_by_whoever_edits(door: SecondDoor) -> None:
    ben = door.as_("ben")
    assert "Nobody has said" in text_of(ben.get(SPACE))
    for answer, words in (("few", "There is space."), ("waiting_list", "There is a waiting list."), ("full", "It was full"), ("space", "There is space.")):
        assert ben.post(SPACE, {"space": answer}).status_code == 303
        assert words in text_of(ben.get(f"/listings/{LISTINGS['lunch']}"))
    with door.storage.reading() as session:
        assert len(session.scalars(select(ServiceCapacity)).all()) == 1
    assert ben.post(SPACE, {"space": "heaps"}).status_code == 422
    assert door.as_("emil").post(SPACE, {"space": "full"}).status_code == 403
