"""A client of BMLT feeds that many sites of groups use, as its makers ship it, shows our groups rightly; and it asks nobody else for anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, Page, expect

from directory.catalogue import Catalogue
from directory.exchange.bmlt.writer import ids_of
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.public import public_meetings
from directory.languages import language_label
from directory.models import Location, ServiceAtLocation
from directory.storage import Storage
from tests.browser.conftest import PATIENCE
from tests.browser.elsewhere import site
from tests.ground import KEY, MOMENT, put_into
from web.app import create_app
from web.serving import free_port, running
from web.settings import Settings, read_settings

CLIENT = Path(__file__).parent.parent / "node_modules" / "@bmlt-enabled" / "croutonjs"
NO_CLIENT = "no croutonjs on this machine (npm install --prefix tests --ignore-scripts --no-package-lock)"
HERE = "127.0.0.1"
ONLINE = "Dads after bedtime"
WAY_IN = "https://us02web.zoom.us/j/81234567890"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OPTIONS: dict[str, Any] = {
    "service_body": ["1"], "recurse_service_bodies": True, "show_map": 0, "noMap": True, "theme": "", "template_path": "/templates",
    "time_format": "HH:mm", "has_languages": True,
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Groups</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/crouton.css"><script src="/crouton.js"></script></head><body><div id="bmlt-tabs"></div>
<script>var crouton = new Crouton(OPTIONS); crouton.render();</script></body></html>"""


class House(Struct):
    """A served directory, and the meetings that it tells of."""

    address: str
    meetings: dict[str, Meeting]
    """By the number that the feed gives them."""


class Visit(Struct):
    """The client's page in the browser: what it asked our feed for, whom else it tried to ask, and what went wrong in it."""

    page: Page
    asked: list[dict[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Let nothing out but to this machine."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", lambda route: self._each(route))   # a bound method would have to take an attribute

    def _each(self, route: Any) -> None:
        parts = urlsplit(route.request.url)
        if parts.hostname != HERE and parts.scheme != "data":
            self.others.append(route.request.url)
            route.abort()
            return
        if parts.path.startswith("/feeds/"):
            self.asked.append(dict(parse_qsl(parts.query, keep_blank_values=True)))
        route.continue_()

    def row(self, number: str) -> Any:
        """What the client shows of one meeting."""
        return self.page.locator(f"#meeting-data-row-{number}")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, demo_file: Path, chromium: Browser) -> Iterator[House]:
    """The demonstration place, in which one group meets online behind a link with a password."""
    port, folder = free_port(), tmp_path_factory.mktemp("groups")
    put_into(folder, demo_file)
    named = {"DATA_DIR": str(folder), "BASE_URL": f"http://{HERE}:{port}", "SECRET_KEY": KEY, "TIMEZONE": "America/Chicago", "PORT": str(port)}
    settings = read_settings({f"HOMEGROUND_{name}": value for name, value in named.items()})
    storage = Storage(settings.database_url)
    _goes_online(storage, settings)
    app = create_app(settings, storage, Catalogue(storage), lambda: MOMENT)
    told = _told(storage, settings)
    with running(app, settings):
        yield House(settings.base_url, {number: told[key] for key, number in ids_of(told).items()})
    storage.close()


def _told(storage: Storage, settings: Settings) -> dict[str, Meeting]:
    with storage.reading() as session:
        found = public_meetings(session, on=MOMENT.date(), timezone=settings.timezone, base_url=settings.base_url)
    return {one.meeting.key: one.meeting for one in found if one.meeting.weekday is not None}


def _goes_online(storage: Storage, settings: Settings) -> None:
    group = next(UUID(one.group_key) for one in _told(storage, settings).values() if one.name == ONLINE)
    with storage.writing() as session:
        room = Location(id=uuid4(), location_type="virtual", name="Video room", url=f"{WAY_IN}?pwd=hunter2")
        session.add(room)
        session.flush()
        session.add(ServiceAtLocation(service_id=group, location_id=room.id))


@pytest.fixture
def visit(chromium: Browser, house: House) -> Iterator[Visit]:
    """The client on somebody else's site, with our feed as its server."""
    if not CLIENT.is_dir():
        pytest.skip(NO_CLIENT)
    options = {"root_server": f"{house.address}/feeds/bmlt", **OPTIONS}
    with site(PAGE.replace("OPTIONS", json.dumps(options)), CLIENT) as address:
        context = chromium.new_context(viewport={"width": 1200, "height": 900}, timezone_id="America/Chicago")
        context.set_default_timeout(PATIENCE)
        found = Visit(context.new_page())
        found.watch()
        found.page.goto(address)
        expect(found.page.locator(".bmlt-data-row").first).to_be_attached()
        yield found
        context.close()


def test_every_meeting_stands_there_once_with_its_name_day_and_times(visit: Visit, house: House) -> None:
    assert len(house.meetings) > 50
    assert visit.page.locator("[id^=meeting-data-row-]").count() == len(house.meetings)
    for number, meeting in house.meetings.items():
        row, said = visit.row(number), visit.row(number).inner_text() or visit.row(number).text_content()
        assert row.locator(".meeting-name").text_content().strip() == meeting.name
        assert DAYS[meeting.weekday or 0] in said
        assert f"{clock(meeting.starts or 0)} - {clock(meeting.ends or 0)}" in re.sub(r"\s+", " ", said)
    assert visit.errors == []


def test_languages_and_formats_are_shown_by_their_names(visit: Visit, house: House) -> None:
    for number, meeting in house.meetings.items():
        formats = visit.row(number).locator(".bmlt-formats")
        told = (formats.get_attribute("data-content") or "") if formats.count() else ""
        assert [tag for tag in meeting.languages if language_label(tag) not in told] == [], meeting.name
    spoken = {language_label(tag) for meeting in house.meetings.values() for tag in meeting.languages if tag != "ase"}
    offered = set(visit.page.locator("#filter-dropdown-languages option").all_inner_texts())
    assert spoken <= offered
    assert len(spoken) > 8


def test_how_people_take_part_is_right(visit: Visit, house: House) -> None:
    venues = {frozenset({"in_person"}): "in-person", frozenset({"online"}): "virtual", frozenset({"in_person", "online"}): "virtual in-person"}
    for number, meeting in house.meetings.items():
        assert visit.row(number).get_attribute("data-venues") == venues[meeting.attendance], meeting.name


def test_the_way_in_leads_to_the_room_and_holds_no_password(visit: Visit, house: House) -> None:
    number = next(number for number, meeting in house.meetings.items() if meeting.name == ONLINE)
    links = visit.row(number).locator("a[href^='http']").evaluate_all("links => links.map(one => one.href)")
    assert WAY_IN in links
    assert "hunter2" not in visit.page.content()
    assert not any("zoom" in str(visit.row(other).inner_html()) for other in house.meetings if other != number)


def test_where_it_is_stands_there_only_for_places_that_everybody_may_know(visit: Visit, house: House) -> None:
    for number, meeting in house.meetings.items():
        address = visit.row(number).locator(".meeting-address")
        said = address.text_content().strip() if address.count() else ""
        street = meeting.spot.street if meeting.spot else ""
        assert (street in said) if street and "in_person" in meeting.attendance else not any(sign.isdigit() for sign in said), meeting.name


def test_it_asks_our_feed_as_it_always_does_and_nobody_else(visit: Visit) -> None:
    assert [one["switcher"] for one in visit.asked] == ["GetSearchResults", "GetFormats", "GetServiceBodies"]
    assert all(re.fullmatch(r"jsonp_\d+_\d+", one["callback"]) for one in visit.asked)
    assert visit.others == []


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
