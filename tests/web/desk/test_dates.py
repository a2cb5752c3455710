"""The dates of a group on the desk: two taps, live at once, one act, and told to people."""

from __future__ import annotations

from sqlalchemy import select

from directory.models import Change, Service
from tests.cast import LISTINGS
from tests.make import make_attribute
from tests.web.second_door import SecondDoor, text_of

DATES = f"/desk/listings/{LISTINGS['lunch']}/dates"
PAGE = f"/listings/{LISTINGS['lunch']}"
WEDNESDAY = "2026-11-25/690/810"   # 11:30 to 13:30


def a_group(door: SecondDoor) -> None:
    """Community lunch is a group that meets."""
    with door.storage.writing() as session:
        make_attribute(session, session.get_one(Service, LISTINGS["lunch"]), "kinds", "peer_group")


def test_a_date_is_cancelled_in_one_press_and_people_see_it_at_once(door: SecondDoor) -> None:
    a_group(door)
    ana = door.as_("ana")
    assert "Wednesday 25 November" in text_of(ana.get(DATES))
    assert ana.post(DATES, {"cancel": WEDNESDAY}).headers["location"] == f"{DATES}?said=date-cancelled"
    page = ana.get(PAGE).text
    assert "<s>Wednesday 25 November" in page and "cancelled" in page
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.by == ana_of(door))).all()
    assert len({line.act for line in lines}) == 1 and {line.why for line in lines} == {"dates of the group"}


def ana_of(door: SecondDoor) -> str:
    return f"account:{door.town.accounts['ana']}"
