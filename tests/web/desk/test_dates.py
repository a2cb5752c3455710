"""The dates of a group on the desk: two taps, live at once, one act, and told to people."""

from __future__ import annotations

from sqlalchemy import select

from directory.models import Change, Draft, Schedule, Service
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import NOBODYS, make_attribute
from tests.web.second_door import SecondDoor, text_of

DATES = f"/desk/listings/{LISTINGS['lunch']}/dates"
DESK = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
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
    assert said(door, ana.post(DATES, {"cancel": WEDNESDAY})) == "date-cancelled"
    page = ana.get(PAGE).text
    assert "<s>Wednesday 25 November" in page
    assert "cancelled" in page
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.by == ana_of(door))).all()
    assert len({line.act for line in lines}) == 1
    assert {line.why for line in lines} == {"dates of the group"}


def ana_of(door: SecondDoor) -> str:
    return f"account:{door.town.accounts['ana']}"


def said(door: SecondDoor, answer: object) -> str:
    return str(getattr(answer, "headers", {}).get("location", "")).partition("?said=")[2].partition("&")[0]


def test_a_cancelled_date_takes_place_after_all_and_may_say_why_it_does_not(door: SecondDoor) -> None:
    a_group(door)
    ana = door.as_("ana")
    ana.post(DATES, {"cancel": WEDNESDAY})
    assert said(door, ana.post(DATES, {"say": WEDNESDAY, "reason": "The hall is closed"})) == "saved"
    assert "cancelled: The hall is closed" in ana.get(PAGE).text
    assert said(door, ana.post(DATES, {"restore": WEDNESDAY})) == "date-restored"
    page = ana.get(PAGE).text
    assert "Wednesday 25 November" in page
    assert "<s>" not in page
    with door.storage.reading() as session:
        assert session.query(Schedule).where(Schedule.service_id == LISTINGS["lunch"]).count() == 1, "nothing of it is left"


def test_a_date_is_added_and_taken_out(door: SecondDoor) -> None:
    a_group(door)
    ana = door.as_("ana")
    assert said(door, ana.post(DATES, {"add": "1", "day": "26 November", "opens": "6 pm", "closes": "8 pm"})) == "date-added"
    assert "Thursday 26 November, 6:00 pm to 8:00 pm" in text_of(ana.get(PAGE))
    assert "an extra date" in ana.get(PAGE).text
    assert said(door, ana.post(DATES, {"away": "2026-11-26/1080/1200"})) == "saved"
    assert "26 November" not in ana.get(PAGE).text


def test_a_pause_with_an_end_says_until_when(door: SecondDoor) -> None:
    a_group(door)
    ana = door.as_("ana")
    assert said(door, ana.post(DATES, {"pause": "1", "last": "2 December", "reason": "New floor"})) == "paused"
    assert "Not meeting until Friday 4 December: New floor." in text_of(ana.get(PAGE))
    assert said(door, ana.post(DATES, {"resume": "1"})) == "resumed"
    assert "Not meeting" not in ana.get(PAGE).text


def test_a_pause_without_an_end_is_not_the_end(door: SecondDoor) -> None:
    a_group(door)
    ana = door.as_("ana")
    assert said(door, ana.post(DATES, {"pause": "1", "reason": "Ray has a baby"})) == "paused"
    page = text_of(ana.get(PAGE))
    assert "This group is not meeting for now. It has not ended" in page
    assert "Not meeting for now: Ray has a baby." in page
    assert "Call" in page
    assert "It meets again" in ana.get(DATES).text
    assert said(door, ana.post(DATES, {"resume": "1"})) == "resumed"
    page = text_of(ana.get(PAGE))
    assert "not meeting" not in page.lower()
    assert "Wednesday 25 November" in page


def test_what_somebody_untrusted_changes_waits_and_does_not_mix_with_other_changes(door: SecondDoor) -> None:
    a_group(door)
    ben = door.as_("ben")
    assert said(door, ben.post(DATES, {"cancel": WEDNESDAY})) == "waiting"
    assert "<s>" not in ben.get(PAGE).text
    with door.storage.reading() as session:
        assert session.scalars(select(Draft.state).where(Draft.service_id == LISTINGS["lunch"])).all() == ["waiting"]
    assert ben.post(DATES, {"cancel": "2026-11-27/690/810"}).status_code == 409


def test_what_does_not_fit_is_said_beside_its_field_with_all_that_was_typed(door: SecondDoor) -> None:
    ana = door.as_("ana")
    for typed, words in (
        ({"add": "1", "day": "Someday", "opens": "6 pm", "closes": "8 pm"}, "Someday"),
        ({"add": "1", "day": "26 November", "opens": "7", "closes": "9"}, "morning"),
        ({"add": "1", "day": "1 November 2026", "opens": "6 pm", "closes": "8 pm"}, "past"), ({"pause": "1", "last": "1 November 2026"}, "past"),
        ({"pause": "1", "first": "3 December", "last": "2 December"}, "before the first"), ({"pause": "1", "reason": "x" * 81}, "80 letters"),
        ({"cancel": "2026-11-24/690/810"}, "not one of its dates"), ({"cancel": "nonsense"}, "not one of its dates"), ({}, "buttons"),
        ({"cancel": WEDNESDAY, "of": str(LISTINGS["class"])}, ""), ({"take": "abc/2026-99-99"}, "not one"),
    ):  # fmt: skip
        answer = ana.post(DATES, typed)
        assert answer.status_code == (422 if words else 404), typed
        assert words in answer.text
        assert all(value in answer.text for name, value in typed.items() if name in ("day", "opens", "first", "last") and words)


def test_a_group_without_such_dates_and_one_that_nobody_has(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert "No dates are known" in ana.get(f"/desk/listings/{LISTINGS['class']}/dates").text
    assert ana.get(f"/desk/listings/{NOBODYS}/dates").status_code == 404
    assert ana.post(f"/desk/listings/{LISTINGS['reading']}/dates", {"cancel": WEDNESDAY}).status_code in (403, 404)


def test_after_a_press_somebody_goes_on_where_they_were(door: SecondDoor) -> None:
    """The button of the date that was changed has the focus, so that the next press undoes it; any other text in the address gives it to none."""
    a_group(door)
    ana = door.as_("ana")
    for act, undoes in (("cancel", "restore"), ("restore", "cancel")):
        answer = ana.post(DATES, {act: WEDNESDAY})
        page = ana.get(answer.headers["location"]).text
        assert page.count(" autofocus") == 1
        assert f'name="{undoes}" value="{WEDNESDAY}" autofocus' in page
    assert "autofocus" not in ana.get(DATES).text
    assert "autofocus" not in ana.get(f"{DATES}?date=2026-01-01/0/1").text
    assert '<b>' not in ana.get(f"{DATES}?date=<b>").text


def worded(door: SecondDoor, words: str) -> None:
    a_group(door)
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).description = f"Eat together. {words} Bring a cup."


def test_words_propose_dates_and_nothing_happens_without_a_yes(door: SecondDoor) -> None:
    worded(door, "Meets on the 2nd and 4th Fridays of the month only.")
    ana, cora = door.as_("ana"), door.as_("cora")
    assert "second and fourth" not in ana.get(PAGE).text.lower()
    assert "Community lunch" in cora.get("/desk/curator/dates").text
    page = ana.get(DATES).text
    assert "Meets on the 2nd and 4th Fridays of the month only" in page
    assert "Its words say when it meets" in ana.get(DESK).text
    assert 'href="/desk/curator/dates">Groups whose words say when they meet' in cora.get("/desk/curator").text
    key = page.partition('name="take" value="')[2].partition('"')[0]
    assert said(door, ana.post(DATES, {"take": key})) == "live"
    assert "Its words say when it meets" not in ana.get(DESK).text
    assert "Groups whose words" not in cora.get("/desk/curator").text
    assert "Second and fourth Friday of the month 11:30 am to 1:30 pm" in text_of(ana.get(PAGE))
    assert "Nothing waits." in cora.get("/desk/curator/dates").text
    assert ana.post(DATES, {"take": key}).status_code == 404, "a second press finds nothing to take on"


def test_words_that_mean_something_else_are_asked_about_once(door: SecondDoor) -> None:
    worded(door, "Meets every other Friday.")
    ana = door.as_("ana")
    page = ana.get(DATES).text
    assert "Every 2 weeks from Friday 27 November" in page
    assert "Every 2 weeks from Friday 4 December" in page
    key = page.partition('name="refuse" value="')[2].partition('"')[0]
    assert said(door, ana.post(DATES, {"refuse": key})) == "saved"
    assert 'name="take"' not in ana.get(DATES).text
    assert "Nothing waits." in door.as_("cora").get("/desk/curator/dates").text


def test_every_other_week_counts_from_the_date_that_somebody_chose(door: SecondDoor) -> None:
    worded(door, "Meets every other Friday.")
    ana = door.as_("ana")
    key = ana.get(DATES).text.partition('name="take" value="')[2].partition('"')[0]
    assert key.endswith("/2026-11-27")
    ana.post(DATES, {"take": key})
    assert "Every 2 weeks on Friday 11:30 am to 1:30 pm, counted from Friday 27 November 2026" in text_of(ana.get(PAGE))
    assert "Friday 4 December" not in ana.get(PAGE).text
