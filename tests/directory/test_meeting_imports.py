"""Feeds of meetings in the directory: what becomes of groups, days, places and links, and what stands when the feed comes again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from directory.errors import UnreadableInput
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.meetings.meeting import Joining
from directory.exchange.meetings.public import public_meetings
from directory.exchange.readers import read_source
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Address, Attribute, Change, ImportRun, Language, Location, Organization, Phone, Provenance, Schedule, Service, TaxonomyTerm, Url
from directory.runs import undo_import
from directory.sealing import Sealer
from directory.storage import Storage
from directory.timetable.reading import timetable_of
from directory.timetable.values import Holidays, Line
from seeds.load import vocabularies
from tests.directory.conftest import everything
from tests.directory.exchange.make import AT, LATER
from tests.directory.exchange.meetings.make import FORMATS, bmlt, guide

Take = Callable[..., ImportReport]
GROUP = [guide(), guide(slug="lantern-circle-2", day=4), guide(slug="lantern-circle-3", day=6, time="23:30", end_time="00:30")]


@pytest.fixture
def take(storage: Storage, sealer: Sealer, tmp_path: Path) -> Take:
    """Import a feed with these records, or this text; whatever happens, the report adds up."""

    def take(*records: Any, kind: str = "meeting-guide", programme: str = "aa", later: bool = False, formats: Any = None) -> ImportReport:
        path = tmp_path / "elm.json"
        content: Any = {"meetings": list(records), "formats": FORMATS if formats is None else formats} if kind == "bmlt" else list(records)
        path.write_text(records[0] if records and isinstance(records[0], str) else json.dumps(content), "utf-8")
        of = MeetingFeed(programme=programme, timezone="America/New_York", country="US")
        source, found = read_source(path, kind=kind, of=of)
        report = import_records(storage, source, found, by="test", at=LATER if later else AT, sealer=sealer)
        assert report.records_in == report.added + report.changed + report.unchanged + report.kept + report.refused
        return report

    return take


@pytest.fixture
def vocabulary(storage: Storage) -> None:
    """Our own terms, so that those of a feed's types are found."""
    vocabularies(storage, at=AT)


def rows(storage: Storage, model: Any) -> list[Any]:
    with storage.reading() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def told(storage: Storage) -> dict[str, Any]:
    """All that is told of the groups, but for when a row was last modified, which follows every edit."""
    found: dict[str, Any] = everything(storage, without=("provenance", "source", "change", "import_run", "service"))
    return found | {"service": sorted((row.id, row.name, row.status, row.description, row.organization_id) for row in rows(storage, Service))}


def terms(storage: Storage, owner: UUID) -> set[tuple[str, str]]:
    with storage.reading() as session:
        found = (
            select(Attribute.link_type, TaxonomyTerm.code).join(TaxonomyTerm, Attribute.taxonomy_term_id == TaxonomyTerm.id).where(Attribute.link_id == owner)
        )
        return {(link or "", code or "") for link, code in session.execute(found)}


def test_several_days_are_one_group_with_its_hours_in_its_zone(storage: Storage, take: Take) -> None:
    assert take(*GROUP).added == 1
    table = timetable_of(rows(storage, Schedule))
    assert set(table.lines) == {Line(days=(1, 3), opens=1170, closes=1230), Line(days=(5,), opens=1410, closes=1470)}
    assert table.timezone == "America/New_York"


def test_a_group_has_its_terms_its_place_and_its_organization(storage: Storage, take: Take, vocabulary: None) -> None:
    take(
        guide(
            types=["O", "W", "X", "S", "ASBI", "BS"],
            entity="Elm Row Intergroup",
            location_notes="Side door",
            url="https://elm.example.org/1",
            updated="2026-01-02 03:04:05",
        )
    )
    (service,), (place,), (address,) = rows(storage, Service), rows(storage, Location), rows(storage, Address)
    assert {("kinds", "peer_group"), ("meant_for", "women"), ("formats", "in_person"), ("supports", "recovery_groups"), ("meeting_type", "ABSI")} <= terms(
        storage, service.id
    )
    assert ("meeting_type", "BS") in terms(storage, service.id)
    assert ("access", "wheelchair") in terms(storage, place.id)
    assert (place.latitude, place.visibility, place.transportation, place.area_name) == (40.69, "public", "Side door", "Brooklyn")
    assert (address.address_1, address.postal_code, address.country) == ("12 Elm Row", "11201", "US")
    assert [(row.code, row.name) for row in rows(storage, Language)] == [("es", "Spanish")]
    assert [row.name for row in rows(storage, Organization)] == ["Elm Row Intergroup"]
    assert (service.url, service.last_modified.isoformat()) == ("https://elm.example.org/1", "2026-01-02T03:04:05+00:00")


def test_without_an_entity_the_programme_answers_and_without_a_programme_nobody(storage: Storage, take: Take) -> None:
    take(guide())
    assert [row.name for row in rows(storage, Organization)] == ["Alcoholics Anonymous"]
    take(guide(), programme="none", later=True)
    assert rows(storage, Service)[0].organization_id is None


def test_from_afar_there_is_a_virtual_place_without_a_point_and_a_link_without_its_password(storage: Storage, take: Take) -> None:
    take(
        guide(
            attendance_option="online",
            conference_url="https://zoom.us/j/1?pwd=zqpwd",
            conference_phone="+16465550100,,1#,,*99#",
            conference_phone_notes="PIN: 4711",
        )
    )
    (place,), (phone,) = rows(storage, Location), rows(storage, Phone)
    assert (place.location_type, place.url, place.latitude, place.area_name) == ("virtual", "https://zoom.us/j/1", None, "Brooklyn")
    assert (phone.number, phone.description) == ("+16465550100,,1#", "Join by phone")
    assert [(row.label, row.url) for row in rows(storage, Url)] == [("Join online", "https://zoom.us/j/1")]
    assert [secret for secret in ("zqpwd", "*99", "4711") if secret in repr(everything(storage))] == []


def test_hybrid_is_one_place_with_a_link_beside_it(storage: Storage, take: Take, vocabulary: None) -> None:
    take(guide(conference_url="https://zoom.us/j/1"))
    assert [(place.location_type, place.latitude) for place in rows(storage, Location)] == [("physical", 40.69)]
    assert [row.url for row in rows(storage, Url)] == ["https://zoom.us/j/1"]
    assert {("formats", "in_person"), ("formats", "online")} <= terms(storage, rows(storage, Service)[0].id)


@pytest.mark.parametrize("said", [{"approximate": "yes"}, {"formatted_address": "Brooklyn, NY, USA", "approximate": None}])
def test_an_approximate_place_has_no_point_whatever_the_feed_says(storage: Storage, take: Take, said: dict[str, Any]) -> None:
    take(guide(**said))
    (place,), (address,) = rows(storage, Location), rows(storage, Address)
    assert (place.latitude, place.longitude, address.address_1, address.city) == (None, None, None, "Brooklyn")


def test_a_paused_group_stays_and_says_so(storage: Storage, take: Take) -> None:
    take(guide(attendance_option="inactive"))
    assert rows(storage, Service)[0].status == "temporarily closed"
    take(guide(), later=True)
    assert rows(storage, Service)[0].status == "active"


def test_closed_on_holidays_is_an_exception_of_the_hours(storage: Storage, take: Take) -> None:
    take(bmlt(formats="O,CH"), kind="bmlt", programme="na")
    assert timetable_of(rows(storage, Schedule)).holidays == Holidays(state="closed", country="US", region="NY")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"day": None}, "By appointment: ask when."),
        ({"time": None}, "Wednesdays: ask for the hour."),
        ({"time": "", "day": ""}, "By appointment: ask when."),
    ],
)
def test_what_is_not_told_of_the_hours_is_not_made_up(storage: Storage, take: Take, said: dict[str, Any], sentence: str) -> None:
    take(guide(**{"day": 3, **said}))
    (row,) = rows(storage, Schedule)
    assert (row.description, row.opens_at, row.byday) == (sentence, None, None)


def test_a_week_of_the_month_in_the_words_stays_words(storage: Storage, take: Take) -> None:
    take(guide(notes="Meets on the 2nd and 4th Tuesdays of the month only."))
    assert [(row.freq, row.byday) for row in rows(storage, Schedule)] == [("WEEKLY", "TU")]
    assert rows(storage, Service)[0].description == "Meets on the 2nd and 4th Tuesdays of the month only."


def test_what_holds_for_one_day_says_which(storage: Storage, take: Take) -> None:
    take(guide(notes="Tea after."), guide(slug="lantern-circle-2", day=4, notes="Tea after.\nBring a story."))
    assert rows(storage, Service)[0].description == "Tea after.\nThursdays: Bring a story."


OF_DAYS = [bmlt(formats="O,D"), bmlt(id_bigint="8", weekday_tinyint="5", formats="O,St"), bmlt(id_bigint="9", weekday_tinyint="5", start_time="12:00:00")]
MORE_FORMATS = [
    *FORMATS, {"id": "20", "key_string": "C", "world_id": "CLOSED", "lang": "en", "name_string": "Closed"},
    {"id": "21", "key_string": "St", "world_id": "STEP", "lang": "en", "name_string": "Step"},
]  # fmt: skip


def out(storage: Storage, programme: str) -> dict[tuple[Any, Any], set[str]]:
    """The codes of each meeting, by weekday and hour, as a feed of a programme tells them."""
    with storage.reading() as session:
        found = public_meetings(session, on=AT.date(), timezone="America/New_York", base_url="https://home.example")
    meetings = [one.under(load_programme(programme)) for one in found]
    return {(one.weekday, one.starts): set(one.codes) for one in meetings}


def test_a_type_of_one_day_is_told_of_that_day_and_goes_out_with_it(storage: Storage, take: Take, vocabulary: None) -> None:
    """One group, edited as one: on Tuesdays and Thursdays at noon there is discussion, on Thursday evenings the steps."""
    take(*OF_DAYS, kind="bmlt", programme="na", formats=MORE_FORMATS)
    with storage.reading() as session:
        said = select(Attribute.value, TaxonomyTerm.code).join(TaxonomyTerm, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        types = {code: value for value, code in session.execute(said.where(Attribute.link_type == "meeting_type"))}
    assert len(rows(storage, Service)) == 1
    assert types == {"OPEN": "said", "DISC": "Tuesdays, Thursdays at 12:00", "STEP": "Thursdays at 19:30"}
    assert out(storage, "bmlt") == {(1, 1170): {"OPEN", "DISC"}, (3, 1170): {"OPEN", "STEP"}, (3, 720): {"OPEN", "DISC"}}
    assert all(not {"STEP", "DISC"} & codes for codes in out(storage, "aa").values())   # another programme's letters are its own


def test_a_day_that_was_moved_here_takes_no_type_of_another_day_along(storage: Storage, take: Take, vocabulary: None) -> None:
    take(*OF_DAYS[:2], kind="bmlt", programme="na", formats=MORE_FORMATS)
    with storage.writing() as session:
        session.execute(update(Schedule).where(Schedule.byday == "TU,TH").values(byday="TH,SA"))
    assert out(storage, "bmlt") == {(5, 1170): {"OPEN"}, (3, 1170): {"OPEN", "STEP"}}


@pytest.mark.parametrize("other", [{"formats": "C"}, {"formats": "O,D,SL"}, {"formats": "O,D,VM", "virtual_meeting_link": "https://zoom.us/j/1"}])
def test_days_that_differ_in_what_our_terms_say_are_groups_apart(storage: Storage, take: Take, vocabulary: None, other: dict[str, Any]) -> None:
    """Closed on Thursdays, signed on Thursdays, online on Thursdays: each is looked for, so none may stand for the other day."""
    take(bmlt(), bmlt(id_bigint="8", weekday_tinyint="5", **other), kind="bmlt", programme="na", formats=MORE_FORMATS)
    assert len(rows(storage, Service)) == 2
    assert sorted(row.byday for row in rows(storage, Schedule)) == ["TH", "TU"]


@pytest.mark.parametrize("kind", ["meeting-guide", "bmlt"])
def test_the_same_feed_again_changes_nothing(storage: Storage, take: Take, kind: str) -> None:
    records = GROUP if kind == "meeting-guide" else [bmlt(), bmlt(id_bigint="8", weekday_tinyint="5"), bmlt(id_bigint="9", published="0")]
    programme = "aa" if kind == "meeting-guide" else "na"
    take(*records, kind=kind, programme=programme)
    before = everything(storage, without=("provenance", "source"))
    again = take(*reversed(records), kind=kind, programme=programme, later=True)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert everything(storage, without=("provenance", "source")) == before


def test_a_day_more_and_a_day_less_change_the_group_and_make_no_other(storage: Storage, take: Take) -> None:
    take(*GROUP[:2])
    (before,) = rows(storage, Service)
    assert take(*GROUP, later=True).changed == 1
    assert take(GROUP[0], later=True).changed == 1
    (after,) = rows(storage, Service)
    assert (after.id, [row.byday for row in rows(storage, Schedule)]) == (before.id, ["TU"])


def test_what_was_changed_here_stands_when_the_feed_comes_again(storage: Storage, take: Take) -> None:
    take(guide(notes="Tea."))
    (service,) = rows(storage, Service)
    with storage.writing() as session:
        session.get_one(Service, service.id).description = "Cocoa."
        session.add(Change(entity="service", entity_id=service.id, action="changed", field="description", before="Tea.", after="Cocoa.", by="ana", at=AT))
    assert take(guide(notes="Tea.", name="Lantern Circle"), later=True).unchanged == 1
    report = take(guide(notes="Coffee.", types=["O"]), later=True)
    assert rows(storage, Service)[0].description == "Cocoa."
    assert report.conflicts == 1


def test_a_group_that_the_feed_drops_is_flagged_and_stays(storage: Storage, take: Take) -> None:
    many = [guide(slug=str(number), name=f"Circle {number}") for number in range(3)]
    take(*many)
    assert take(*many[1:], later=True).vanished == 1
    assert len(rows(storage, Service)) == 3


@pytest.mark.parametrize("page", ["<!doctype html><title>Are you human?</title>", "[]", "", "{"])
def test_a_page_in_place_of_the_feed_changes_nothing(storage: Storage, take: Take, page: str) -> None:
    take(*GROUP)
    before = everything(storage)
    with pytest.raises(UnreadableInput):
        take(page, later=True)
    assert everything(storage) == before


def test_what_was_never_published_is_nowhere(storage: Storage, take: Take) -> None:
    secret = bmlt(
        id_bigint="9",
        published="0",
        meeting_name="zqname",
        comments="zqwords",
        location_text="zqplace",
        location_street="9 zqstreet",
        service_body_name="zqbody",
    )
    report = take(bmlt(), secret, kind="bmlt", programme="na")
    assert (report.added, report.refused) == (1, 1)
    assert "zq" not in repr(everything(storage)) + report.to_text() + report.to_json().decode()


def test_what_is_not_published_any_more_is_taken_out_at_once_and_comes_back(storage: Storage, take: Take) -> None:
    other = [bmlt(id_bigint=str(number), meeting_name=f"Circle {number}") for number in (8, 9)]
    take(bmlt(), *other, kind="bmlt", programme="na")
    report = take(bmlt(published="0"), *other, kind="bmlt", programme="na", later=True)
    assert (report.refused, report.unchanged) == (1, 2)
    assert sorted(row.name for row in rows(storage, Service)) == ["Circle 8", "Circle 9"]
    assert len(rows(storage, Location)) == len(rows(storage, Address)) == len(rows(storage, Schedule)) == 2
    assert take(bmlt(published="0"), *other, kind="bmlt", programme="na", later=True).unchanged == 2
    take(bmlt(), *other, kind="bmlt", programme="na", later=True)
    assert sorted((row.name, row.status) for row in rows(storage, Service)) == [(name, "active") for name in ("Circle 8", "Circle 9", "Lantern Circle")]


def test_what_was_changed_here_is_only_taken_out_when_its_source_withdraws_it(storage: Storage, take: Take) -> None:
    take(bmlt(), bmlt(id_bigint="8", meeting_name="Circle 8"), kind="bmlt", programme="na")
    service = next(row for row in rows(storage, Service) if row.name == "Lantern Circle")
    with storage.writing() as session:
        session.get_one(Service, service.id).description = "Cocoa."
        session.add(Change(entity="service", entity_id=service.id, action="changed", field="description", after="Cocoa.", by="ana", at=AT))
    take(bmlt(published="0"), bmlt(id_bigint="8", meeting_name="Circle 8"), kind="bmlt", programme="na", later=True)
    assert {row.name: row.status for row in rows(storage, Service)} == {"Lantern Circle": "inactive", "Circle 8": "active"}


def test_a_withdrawal_is_undone_with_its_import(storage: Storage, take: Take, sealer: Sealer) -> None:
    take(bmlt(), bmlt(id_bigint="8", meeting_name="Circle 8"), kind="bmlt", programme="na")
    before = told(storage)
    take(bmlt(published="0"), bmlt(id_bigint="8", meeting_name="Circle 8"), kind="bmlt", programme="na", later=True)
    with storage.writing() as session:
        run = session.scalars(select(ImportRun).order_by(ImportRun.at.desc())).first()
        assert run is not None
        undo_import(session, run, by="cora", at=LATER, why="a mistake", sealer=sealer)
    assert told(storage) == before
    assert take(bmlt(), bmlt(id_bigint="8", meeting_name="Circle 8"), kind="bmlt", programme="na", later=True).unchanged == 2


def test_one_day_that_is_not_published_any_more_goes_from_its_group(storage: Storage, take: Take) -> None:
    days = [bmlt(), bmlt(id_bigint="8", weekday_tinyint="5")]
    take(*days, kind="bmlt", programme="na")
    take(days[0], {**days[1], "published": "0"}, kind="bmlt", programme="na", later=True)
    assert [row.byday for row in rows(storage, Schedule)] == ["TU"]
    assert [row.status for row in rows(storage, Service)] == ["active"]


def test_nothing_of_a_contact_is_kept_anywhere(storage: Storage, take: Take) -> None:
    said = {
        "contact_1_name": "Zebedee Quill",
        "contact_1_phone": "718 555 0187",
        "contact_1_email": "zq@quill.example.org",
        "venmo": "@zqvenmo",
        "custom": "zqcustom",
    }
    report = take(guide(**said, notes="Ask Zebedee Quill, 718 555 0187."))
    kept = (repr(everything(storage)) + report.to_text()).casefold()
    assert [secret for secret in ("zebedee", "quill", "0187", "zqvenmo", "zqcustom") if secret in kept] == []


def test_no_key_and_no_id_tells_a_street(storage: Storage, take: Take) -> None:
    take(guide())
    first = {row.id for row in rows(storage, Location)}
    take(guide(formatted_address="99 Other Street, Brooklyn, NY 11201, USA"), later=True)
    assert {row.id for row in rows(storage, Location)} == first
    assert [row.record_key for row in rows(storage, Provenance)] == ["lantern-circle"]


def test_two_feeds_of_one_programme_share_its_types_and_nothing_else(storage: Storage, take: Take) -> None:
    take(guide(types=["D"]))
    assert take(bmlt(formats="D"), kind="bmlt", programme="na").added == 1
    assert len(rows(storage, Service)) == 2


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (MeetingFeed(), "--programme"),
        (MeetingFeed(programme="zz"), "--programme"),
        (MeetingFeed(programme="aa", timezone="Mars/Base"), "--timezone"),
    ],
)
def test_a_feed_whose_programme_or_zone_is_not_known_is_not_read(tmp_path: Path, of: MeetingFeed, words: str) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(UnreadableInput, match=words):
        read_source(tmp_path / "x.json", kind="meeting-guide", of=of)


@pytest.mark.parametrize(
    ("said", "ways"), [({}, {"in_person", "online"}), ({"attendance_option": "online"}, {"online"})], ids=["to visit and to join", "from afar"]
)
def test_what_came_in_goes_out_again_with_its_link_and_number(
    storage: Storage, take: Take, vocabulary: None, said: dict[str, Any], ways: set[str]
) -> None:
    """The number to dial in by is not told as the group's own."""
    take(guide(**said, conference_url="https://zoom.us/j/1?pwd=zq", conference_phone="+16465550100,,1#", phone="718 555 0143"))
    with storage.reading() as session:
        (told,) = public_meetings(session, on=AT.date(), timezone="America/New_York", base_url="https://home.example")
    meeting = told.meeting
    assert (meeting.weekday, meeting.starts, meeting.ends, set(meeting.attendance)) == (1, 1170, 1230, ways)
    assert meeting.joining == Joining(url="https://zoom.us/j/1", phone="+16465550100,,1#")
    assert meeting.phone == "718 555 0143"
