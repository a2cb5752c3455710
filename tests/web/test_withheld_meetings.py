"""What a feed does not publish, and the people in it, over HTTP: on no page, in no search, in no feed, by no id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from directory.exchange.meetings.feed import MeetingFeed
from directory.exchange.readers import read_source
from directory.exchange.records import made_id
from directory.imports import import_records
from directory.meetings.proposals import refuse, waiting_for
from directory.models import Service
from tests.directory.exchange.meetings.make import FORMATS, bmlt
from tests.web.second_door import SecondDoor

FEEDS = (
    "/feeds/meeting-guide.json", "/feeds/places.geojson", "/feeds/places.kml", "/feeds/groups.csv", "/feeds/groups.ics", "/api/hsds/services?full=true",
    "/api/hsds/organizations?full_service=true", "/api/hsds/service_at_locations?full=true", "/feeds", "/topics", "/robots.txt", "/healthz", "/metrics",
    *(f"/feeds/bmlt/client_interface/json/?switcher={one}" for one in ("GetSearchResults", "GetFormats", "GetServiceBodies", "GetServerInfo")),
    *(f"/feeds/bmlt/client_interface/json/?switcher=GetSearchResults&advanced_published={one}" for one in (-1, 0)),
)  # fmt: skip
MARK = "zqhidden"


@pytest.fixture
def bring(door: SecondDoor, tmp_path: Path) -> Callable[..., None]:
    """Import a BMLT feed into the running house."""

    def bring(records: list[dict[str, Any]], formats: Any = None) -> None:
        path = tmp_path / "elm.json"
        path.write_text(json.dumps({"meetings": records, "formats": FORMATS if formats is None else formats}), "utf-8")
        source, found = read_source(path, kind="bmlt", of=MeetingFeed(programme="na", timezone="America/New_York", country="US"))
        report = import_records(door.storage, source, found, by="test", at=door.at, sealer=door.sealer)
        assert report.records_in == report.added + report.changed + report.unchanged + report.kept + report.refused
        door.catalogue.refresh()

    return bring


def answers(door: SecondDoor, *keys: str) -> Iterator[tuple[str, str]]:
    """Every public answer that could tell of a meeting, by its address."""
    anyone = door.as_("anyone")
    for path in FEEDS:
        answer = anyone.get(path)
        yield path, answer.text
    for words in (MARK, f"{MARK} place", "recovery group", "Lantern Circle"):
        yield words, anyone.post("/search", {"text": words}).text
        yield f"match {words}", anyone.post("/api/match", stamped=False, json={"text": words, "limit": 50}).text
    for key in keys:
        for entity in ("service", "service_at_location", "location"):
            row = made_id("bmlt-elm", entity, key)
            for path in (f"/listings/{row}", f"/api/hsds/services/{row}", f"/api/hsds/service_at_locations/{row}", f"/feeds/groups/{row}.ics"):
                answer = anyone.get(path)
                assert answer.status_code in (404, 410), path
                yield path, answer.text


def hidden(number: int) -> dict[str, Any]:
    """A meeting that is not published, with a mark in every field that could be told."""
    fields = ("meeting_name", "comments", "location_text", "location_street", "location_info", "service_body_name")
    said = dict.fromkeys(fields, f"{MARK}{number}")
    return bmlt(id_bigint=str(number), published="0", **said)


def test_what_is_not_published_is_in_no_public_answer(door: SecondDoor, bring: Callable[..., None]) -> None:
    bring([bmlt(), hidden(100), hidden(101)])
    found = dict(answers(door, "100", "101"))
    assert "Lantern Circle" in found["/feeds/meeting-guide.json"]
    assert [path for path, text in found.items() if MARK in text.replace(f'value="{MARK}', "") and path not in (MARK, f"{MARK} place")] == []
    assert f"{MARK}10" not in "".join(found.values())


def test_what_is_not_published_any_more_is_gone_from_every_public_answer(door: SecondDoor, bring: Callable[..., None]) -> None:
    before = bmlt(id_bigint="100", meeting_name=f"{MARK}1 circle", comments=f"{MARK}1")
    bring([bmlt(), before])
    assert f"{MARK}1" in door.as_("anyone").get("/feeds/meeting-guide.json").text
    bring([bmlt(), {**before, "published": "0"}])
    assert f"{MARK}1" not in "".join(text for _, text in answers(door, "100"))


def test_people_and_passwords_are_in_no_public_answer(door: SecondDoor, bring: Callable[..., None]) -> None:
    private = {
        "contact_name_1": f"{MARK}2 Quill",
        "contact_phone_1": "718 555 0187",
        "contact_email_1": f"{MARK}2@people.example.org",
        "admin_notes": f"{MARK}2",
    }
    words = f"Ask {MARK}2 Quill, 718 555 0187. Password: {MARK}2"
    bring([bmlt(**private, comments=words, location_info=words, virtual_meeting_link=f"https://zoom.us/j/1?pwd={MARK}2", venue_type="3")])
    row = made_id("bmlt-elm", "service_at_location", "7")
    page = door.as_("anyone").get(f"/listings/{row}")
    told = page.text + "".join(text for _, text in answers(door))
    assert page.status_code == 200
    assert f"{MARK}2" not in told
    assert "555 0187" not in told
    assert "https://zoom.us/j/1" in page.text


@pytest.mark.real_data
def test_the_unpublished_meetings_of_a_real_feed_are_nowhere(door: SecondDoor, bring: Callable[..., None], real_data: Path) -> None:
    records = json.loads((real_data / "bmlt-newyork" / "GetSearchResults.json").read_text("utf-8"))
    formats = json.loads((real_data / "bmlt-newyork" / "GetFormats.json").read_text("utf-8"))
    keys = [record["id_bigint"] for record in records if record["published"] == "0"]
    assert len(keys) == 42
    for record in records:
        if record["published"] == "0":  # some share their name with a published one: a mark tells them apart
            record |= {
                field: f"{record.get(field, '')} {MARK}{record['id_bigint']}" for field in ("meeting_name", "location_text", "location_street", "comments")
            }
    bring(records, formats)
    told = list(answers(door, *keys))
    assert [path for path, text in told if any(f"{MARK}{key}" in text for key in keys)] == []
    assert sum(len(text) for _, text in told) > 1_000_000


def test_a_group_whose_words_may_mean_other_dates_says_so_until_somebody_answers(door: SecondDoor, bring: Callable[..., None]) -> None:
    bring([bmlt(comments="Meets on the 2nd and 4th Tuesdays of the month only.")])
    page = f"/listings/{made_id('bmlt-elm', 'service_at_location', '7')}"
    assert "It may not meet every week" in door.as_("anyone").get(page).text
    with door.storage.writing() as session:
        service = session.scalars(select(Service).where(Service.name == "Lantern Circle")).one()
        (one,) = waiting_for(session, service.id, sealer=door.sealer)
        refuse(session, service, one.key, by="cora", at=door.at, sealer=door.sealer)
    assert "It may not meet every week" not in door.as_("anyone").get(page).text


def test_a_business_meeting_in_the_words_is_no_doubt(door: SecondDoor, bring: Callable[..., None]) -> None:
    bring([bmlt(comments="Business meeting: 2nd Sunday. First Tuesday is a step meeting.")])
    page = f"/listings/{made_id('bmlt-elm', 'service_at_location', '7')}"
    assert "It may not meet every week" not in door.as_("anyone").get(page).text
