"""Which groups go out, and what of them: two worlds that differ only in what is hidden give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.exchange.meetings import public
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.public import Choice
from directory.migrations import upgrade
from directory.models import Organization, Schedule
from directory.storage import Storage, sqlite_url
from tests.directory.exchange.meetings.groups import DAY, DOOR, ONE, OTHER, Hidden, everything, feeds_of, make_group, make_hidden, told
from tests.make import make_attribute, make_hours, make_phone, make_place


def world(path: Path, hidden: Hidden) -> bytes:
    storage = Storage(sqlite_url(path))
    upgrade(storage)
    with storage.writing() as session:
        make_hidden(session, hidden)
    try:
        return everything(feeds_of(storage))
    finally:
        storage.close()


def test_two_worlds_that_differ_in_what_is_hidden_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = world(tmp_path / "one.sqlite3", ONE), world(tmp_path / "other.sqlite3", OTHER)
    assert one == other
    assert [text for hidden in (ONE, OTHER) for text in hidden.texts if text.encode() in one] == []
    assert b"Tuesday Porch" in one
    assert b"Fox Cities" in one


def test_this_proof_finds_a_leak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "discreet", lambda value, people=(): str(value))
    assert world(tmp_path / "one.sqlite3", ONE) != world(tmp_path / "other.sqlite3", OTHER)


def test_what_is_hidden_not_listed_or_could_do_harm_is_not_in_them(storage: Storage) -> None:
    with storage.writing() as session:
        make_hidden(session, ONE)
    assert set(told(storage)) == {"Tuesday Porch 1", "Quiet Evening 1", "On Asking 1", "For Staff 1"}


def test_of_a_place_that_is_not_public_the_area_is_told_or_nothing(storage: Storage) -> None:
    with storage.writing() as session:
        make_hidden(session, ONE)
    found = told(storage)
    area = found["Quiet Evening 1"].spot
    assert area is not None
    assert (area.formatted, area.areas, area.is_approximate, area.street, area.name, area.latitude) == ("Fox Cities", ("Fox Cities",), True, "", "", None)
    assert found["On Asking 1"].spot is None
    assert found["For Staff 1"].spot is None


def test_a_public_door_is_told_whole(storage: Storage) -> None:
    with storage.writing() as session:
        make_group(session, "Porch", at="The Porch")
    spot = told(storage)["Porch 1"].spot
    assert spot is not None
    assert (spot.street, spot.city, spot.region, spot.postal_code) == DOOR
    assert spot.formatted == "27 Juniper Street, Alder Falls, WI 54911, USA"
    assert (spot.latitude, spot.longitude, spot.is_approximate) == (44.2668, -88.3912, False)


@pytest.mark.parametrize("precision", ["code", "town"])
def test_a_point_that_was_made_of_a_code_or_a_town_is_not_told(storage: Storage, precision: str) -> None:
    with storage.writing() as session:
        make_place(session, make_group(session, "Porch"), "Somewhere", point=(44.1, -88.2), point_precision=precision)
    spot = told(storage)["Porch 1"].spot
    assert spot is not None
    assert (spot.latitude, spot.longitude) == (None, None)


def test_each_day_is_a_meeting_with_a_key_of_its_own(storage: Storage) -> None:
    with storage.writing() as session:
        group = make_group(session, "Porch", days="MO,WE,SU")
        make_hours(session, group, "MO", "07:00", "08:00")
    with storage.reading() as session:
        found = [one.meeting for one in public.public_meetings(session, on=DAY, timezone="UTC", base_url="https://h.example")]
    assert [one.key.removeprefix(str(group.id)) for one in found] == ["-0", "-1", "-1-1900", "-3"]
    assert [(one.weekday, one.starts) for one in found] == [(6, 1140), (0, 420), (0, 1140), (2, 1140)]
    assert {one.group_key for one in found} == {str(group.id)}


def test_a_group_whose_hours_are_not_known_meets_by_appointment(storage: Storage) -> None:
    with storage.writing() as session:
        make_group(session, "Porch", days="")
    meeting = told(storage)["Porch"]
    assert (meeting.weekday, meeting.starts, meeting.ends) == (None, None, None)


def test_activities_come_only_when_they_are_wished_and_rare_groups_can_be_left_out(storage: Storage) -> None:
    with storage.writing() as session:
        make_group(session, "Choir", kind="activity")
        make_group(session, "Porch", days="")
        second = make_group(session, "Second Tuesdays", days="")
        session.add(Schedule(service_id=second.id, freq="MONTHLY", byday="2TU", opens_at="19:00", closes_at="20:00"))
        make_group(session, "Tuesdays")
    assert set(told(storage)) == {"Porch", "Second Tuesdays 1", "Tuesdays 1"}
    assert set(told(storage, Choice(kinds=frozenset({"peer_group", "activity"})))) == {"Choir 1", "Porch", "Second Tuesdays 1", "Tuesdays 1"}
    assert set(told(storage, Choice(irregular=False))) == {"Porch", "Tuesdays 1"}
    assert told(storage)["Second Tuesdays 1"].pattern == "2nd Tuesday"


def test_a_kind_may_be_said_of_one_place_only(storage: Storage) -> None:
    with storage.writing() as session:
        service = make_group(session, "Mixed", kind="service")
        make_attribute(session, make_place(session, service, "Room A"), "kinds", "peer_group")
        make_place(session, service, "Room B")
    assert [one.spot.name for one in told(storage).values() if one.spot] in ([], ["Room A"])


def test_the_virtual_place_of_a_group_is_how_to_join_at_the_others(storage: Storage) -> None:
    with storage.writing() as session:
        group = make_group(session, "Porch", at="The Porch")
        make_place(session, group, "Room", location_type="virtual", url="https://me:pw@meet.example/porch?pwd=1#x")
        alone = make_group(session, "Afar")
        make_place(session, alone, "Other room", location_type="virtual", url="https://meet.example/afar")
    found = told(storage)
    assert len(found) == 2
    porch, afar = found["Porch 1"], found["Afar 1"]
    assert porch.joining
    assert afar.joining
    assert (porch.joining.url, afar.joining.url) == ("https://meet.example/porch", "https://meet.example/afar")
    assert (porch.attendance, afar.attendance) == ({"in_person", "online"}, {"online"})
    assert porch.spot
    assert afar.spot is None


def test_a_link_that_is_not_public_is_not_told(storage: Storage) -> None:
    with storage.writing() as session:
        make_place(session, make_group(session, "Afar"), "Room", location_type="virtual", url=None, visibility="area_only")
    assert told(storage)["Afar 1"].joining is None


def test_who_meets_from_afar_has_no_door(storage: Storage) -> None:
    with storage.writing() as session:
        make_attribute(session, make_group(session, "Porch", at="The Porch"), "formats", "online")
    meeting = told(storage)["Porch 1"]
    assert meeting.attendance == {"online"}
    assert meeting.spot
    assert (meeting.spot.street, meeting.spot.latitude, meeting.spot.city, meeting.spot.is_approximate) == ("", None, "Alder Falls", True)


def test_the_groups_own_number_and_those_of_its_keeper_are_told(storage: Storage) -> None:
    with storage.writing() as session:
        group = make_group(session, "Porch", email="porch@porch.example")
        make_phone(session, group, "(920) 555-0100")
        organization = session.get(Organization, group.organization_id)
        assert organization
        organization.website, organization.description = "https://porch.example/?pwd=1", "Call Ann: (920) 555-0199."
    meeting = told(storage)["Porch 1"]
    assert (meeting.phone, meeting.email) == ("(920) 555-0100", "porch@porch.example")
    assert meeting.keeper
    assert (meeting.keeper.name, meeting.keeper.url, "0199" in meeting.keeper.words) == ("Porch Trust", "https://porch.example/", False)


def test_what_is_stated_becomes_codes_of_each_programme(storage: Storage) -> None:
    with storage.writing() as session:
        group = make_group(session, "Porch", at="The Porch")
        make_attribute(session, group, "audiences", "women", link_type="only_for")
        make_attribute(session, group, "audiences", "everyone", link_type="meant_for", value="no")
        make_attribute(session, group, "access", "wheelchair")
    with storage.reading() as session:
        (one,) = public.public_meetings(session, on=DAY, timezone="UTC", base_url="https://h.example")
    assert set(one.under(load_programme("general")).codes) == {"W", "X"}
    assert set(one.under(load_programme("bmlt")).codes) == {"W", "WCHR"}
    assert one.under(load_programme("none")).codes == ()


def test_a_group_that_is_not_meeting_says_so(storage: Storage) -> None:
    with storage.writing() as session:
        make_group(session, "Porch", status="temporarily closed")
    assert told(storage)["Porch 1"].is_paused
