"""Groups in a database, one line each, with all that is hidden of them in one world and in another."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.exchange.meetings.held import Feeds, HeldFeeds
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.public import USUAL, Choice, public_meetings
from directory.models import Contact, Location, LocationPrivate, Phone, Service, ServiceAtLocation
from directory.storage import Storage
from tests.make import NOON, make_address, make_attribute, make_hours, make_id, make_place, make_service

DAY = NOON.date()
BASE = "https://home.example"
DOOR = ("27 Juniper Street", "Alder Falls", "WI", "54911")


class Hidden(Struct, frozen=True, kw_only=True):
    """What nobody may learn: each text stands nowhere else."""

    name: str
    number: str
    mail: str
    way_in: str
    street: str
    words: str
    latitude: float
    longitude: float

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of it, as it would be found."""
        return self.name, self.number, self.mail, self.way_in, self.street, self.words, str(self.latitude), str(self.longitude)


ONE = Hidden(
    name="Quillwort Lantern", number="(920) 555-0171", mail="quillwort@hidden.example", way_in="saffronweir7", street="4417 Nightjar Hollow",
    words="obsidian culvert", latitude=44.33127, longitude=-88.40853,
)  # fmt: skip
OTHER = Hidden(
    name="Vermilion Thicket", number="(920) 555-0182", mail="vermilion@hidden.example", way_in="bitternut99", street="9 Corncrake Rise",
    words="pepperpot alley", latitude=44.27718, longitude=-88.33961,
)  # fmt: skip


def make_group(session: Session, name: str, *, days: str = "TU", at: str = "", kind: str = "peer_group", **fields: Any) -> Service:
    """A group that meets on these days from 19:00 to 20:30, at a public door where ``at`` names one."""
    service = make_service(session, name, **fields)
    make_attribute(session, service, "kinds", kind)
    if days:
        make_hours(session, service, days, "19:00", "20:30", timezone_name="America/Chicago")
    if at:
        make_address(session, make_place(session, service, at, point=(44.2668, -88.3912)), *DOOR)
    return service


def make_hidden(session: Session, hidden: Hidden) -> None:
    """A small world: what everybody may know is the same whoever is hidden in it."""
    told = f"Ask {hidden.name} or {hidden.mail}, {hidden.number}. Tea. Passcode: {hidden.way_in}"
    porch = make_group(session, "Tuesday Porch", at="The Porch", description=told)
    contact = Contact(service_id=porch.id, name=hidden.name, email=hidden.mail, title="Keeper")
    session.add(contact)
    session.flush()
    session.add(Phone(service_id=porch.id, contact_id=contact.id, number=hidden.number))
    room = Location(id=make_id("Room"), location_type="virtual", name="Room", url=f"https://us02web.zoom.us/j/81234567890?pwd={hidden.way_in}")
    session.add(room)
    session.flush()
    session.add(ServiceAtLocation(id=make_id("porch in room"), service_id=porch.id, location_id=room.id))
    _held_place(session, make_group(session, "Quiet Evening"), "area_only", hidden, area_name="Fox Cities")
    _held_place(session, make_group(session, "On Asking"), "area_only", hidden)
    _held_place(session, make_group(session, "For Staff"), "verified_staff", hidden, area_name=hidden.words)
    _held_place(session, make_group(session, "Nobody Knows", description=hidden.words), "hidden", hidden)
    make_group(session, "After Violence", at="House", description=f"Survivors of domestic violence. {hidden.words}")
    make_group(session, "Taken Out", at="Hall", status="inactive", description=hidden.words)


def _held_place(session: Session, service: Service, visibility: str, hidden: Hidden, **fields: Any) -> None:
    link = make_place(session, service, f"{service.name} room", visibility=visibility, **fields)
    sealed = f"{hidden.street} {hidden.words} {hidden.latitude} {hidden.longitude}"   # in the clear here, so that any reading of it would be seen
    session.add(LocationPrivate(location_id=link.location_id, sealed=sealed))


def told(storage: Storage, choice: Choice = USUAL) -> dict[str, Meeting]:
    """The meetings that feeds tell of, by name and day; ``Tuesday Porch 1`` is its Tuesday."""
    with storage.reading() as session:
        found = public_meetings(session, on=DAY, timezone="UTC", base_url=BASE, choice=choice)
    return {one.meeting.name + ("" if one.meeting.weekday is None else f" {one.meeting.weekday}"): one.meeting for one in found}


def feeds_of(storage: Storage) -> Feeds:
    """The feeds, made anew."""
    return HeldFeeds(storage, timezone="UTC", country="US", base_url=BASE).on(DAY)


def everything(feeds: Feeds) -> bytes:
    """All that goes out in any format."""
    return b"\n".join((feeds.meeting_guide, feeds.bmlt_file, repr(feeds.bmlt).encode(), feeds.geojson, feeds.kml, feeds.table))
