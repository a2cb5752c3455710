"""The index on disk: a start from it is as good as one from the database, it follows what is edited, and holds nothing that was hidden."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import delete, select, update

from directory import following, moves
from directory.catalogue import LOOK_EVERY_SECONDS, Catalogue
from directory.changes import record_change
from directory.keeping import Keep
from directory.models import Attribute, Base, Change, Location, Phone, Schedule, Service, ServiceAtLocation, TaxonomyTerm
from directory.moves import forget_hidden
from directory.placing import take_back
from directory.sealing import Sealer
from directory.storage import Storage
from directory.vocabularies import term_id
from matching.values import Inquiry, Place, Profile, Strength, Travel
from tests.make import NOON, make_address, make_attribute, make_hours, make_id, make_language, make_phone, make_place, make_service

STREET = "5 Quietgarden Street"
INQUIRIES = (
    Inquiry(),
    Inquiry(text="bike repair"),
    Inquiry(text="harbour", place=Place(latitude=37.5, longitude=-122.2), travel=Travel(max_km=40)),
    Inquiry(profile=Profile(strengths=(Strength(code="fixing"),), languages=("so",))),
)


class Clock:
    """A clock that the test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Town:
    """A directory, the folder of its index, and as many catalogues over both as a test opens; each starts anew, as a process does."""

    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage, self.folder, self.file, self.clock = storage, folder, folder / "current", Clock()

    def catalogue(self) -> Catalogue:
        """One more worker."""
        made = Catalogue(self.storage, folder=self.folder, clock=self.clock)
        made.open()
        settle()
        return made

    def fresh(self) -> Catalogue:
        """A catalogue that has read the database and knows of no disk."""
        return Catalogue(self.storage, clock=self.clock)

    def change(self, model: type[Base], key: UUID, **values: object) -> None:
        """Change columns of a row, with a line of the log for each."""
        with self.storage.writing() as session:
            before = session.execute(select(model.__table__).where(model.__table__.c.id == key)).mappings().one()
            session.execute(update(model).where(model.__table__.c.id == key).values(**values))
            said = {"entity": model.__tablename__, "entity_id": key, "action": "changed", "by": "test", "at": NOON}
            for name, value in values.items():
                record_change(session, **said, field=name, before=before[name], after=value)

    def add(self, row: Any) -> None:
        """Add a row and its line."""
        with self.storage.writing() as session:
            session.add(row)
            session.flush()
            record_change(session, entity=row.__tablename__, entity_id=row.id, action="added", by="test", at=NOON)

    def remove(self, model: type[Base], key: UUID) -> None:
        """Remove a row with its line."""
        with self.storage.writing() as session:
            session.execute(delete(model).where(model.__table__.c.id == key))
            record_change(session, entity=model.__tablename__, entity_id=key, action="removed", by="test", at=NOON)

    def look(self, *catalogues: Catalogue) -> None:
        """Half a second goes by, and everybody looks once."""
        self.clock.now += LOOK_EVERY_SECONDS * 1.01
        for catalogue in catalogues:
            catalogue.search(Inquiry(), at=NOON)
        settle()


def settle() -> None:
    """Wait for all that goes on beside the searches."""
    for thread in threading.enumerate():
        if thread.name.startswith("index"):
            thread.join(timeout=30)
            assert not thread.is_alive()


@pytest.fixture
def town(storage: Storage, tmp_path: Path) -> Iterator[Town]:
    """Three listings, of which one has everything and one a place that may have to be hidden, each with its line in the log."""
    with storage.writing() as session:
        kitchen = make_service(session, "Bike Kitchen", description="Repair your bike with us.", minimum_age=16)
        yard = make_place(session, kitchen, "Yard", point=(37.5, -122.2))
        make_address(session, yard, "1 Mill Lane", "Alder", "CA", "94000")
        make_phone(session, kitchen, "415 555-0123", description="Workshop")
        make_language(session, kitchen, "so")
        make_hours(session, kitchen, "MO", "09:00", "17:00")
        make_attribute(session, kitchen, "strengths", "fixing", link_type="builds_on")
        line = make_service(session, "Night Line")
        house = make_service(session, "Harbour House", description="A calm house by the harbour.")
        door = make_place(session, house, "Door", point=(37.6, -122.3))
        make_address(session, door, STREET, "Alder", "CA", "94000")
        session.flush()
        for service in (kitchen, line, house):
            record_change(session, entity="service", entity_id=service.id, action="added", by="test", at=NOON)
    yield Town(storage, tmp_path / "index")
    settle()


def answers(catalogue: Catalogue) -> list[bytes]:
    """What some people are shown, to the last bit."""
    return [msgspec.msgpack.encode((page.ranking, page.cards)) for page in (catalogue.search(inquiry, at=NOON) for inquiry in INQUIRIES)]


def cards(catalogue: Catalogue, inquiry: Inquiry) -> dict[str, Any]:
    """What is shown, by listing: scores stand a little otherwise while the rates of the catalogue are those of before an edit."""
    return {card.id: card for card in catalogue.search(inquiry, at=NOON).cards}


def names(catalogue: Catalogue) -> set[str]:
    return {card.name for card in catalogue.search(Inquiry(), at=NOON).cards}


def card_of(catalogue: Catalogue, name: str) -> Any:
    return next(card for card in catalogue.search(Inquiry(), at=NOON).cards if card.name == name)


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nobody may read the whole directory."""

    def refuse(*_: object) -> None:
        raise AssertionError("the whole directory was read")

    monkeypatch.setattr("directory.states.Reader.gather", refuse)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that the whole directory is read."""
    read, gather = list[int](), following.Reader.gather

    def note(self: Any, session: Any) -> Any:
        read.append(len(read))
        return gather(self, session)

    monkeypatch.setattr("directory.states.Reader.gather", note)
    return read


def test_a_start_from_the_disk_is_as_good_as_one_from_the_database(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answers(town.catalogue())
    assert stat.S_IMODE(town.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(town.folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in town.folder.iterdir()) == ["current", "lock"]
    built = answers(town.fresh())
    no_reading(monkeypatch)
    assert answers(town.catalogue()) == first == built


def test_cards_lie_in_the_file_and_nowhere_else(town: Town) -> None:
    kept = town.catalogue()
    index = kept.open().index
    assert not index.parts[0].attached.data.flags.writeable
    assert all(index.attachment(card.id) == town.fresh().open().index.attachment(card.id) for card in kept.search(Inquiry(), at=NOON).cards)
    assert index.attachment("nobody") is None


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "other version"])
def test_a_damaged_file_is_made_anew(town: Town, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    town.catalogue()
    whole = town.file.read_bytes()
    middle = len(whole) // 2
    town.file.write_bytes(
        {"cut": whole[:middle], "bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], "empty": b"", "other version": b"x" * 99}[damage]
    )
    caplog.clear()
    assert answers(town.catalogue()) == answers(town.fresh())
    assert town.file.read_bytes() == whole
    assert [record.name for record in caplog.records] == ["homeground.catalogue"]


def test_a_file_of_another_database_of_other_words_or_of_another_program_is_not_used(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.catalogue()
    read = counted(monkeypatch)
    with town.storage.writing() as session:   # as in a copy that went its own way
        session.execute(update(Change).values(by="somebody else"))
    town.catalogue()
    assert len(read) == 1
    with town.storage.writing() as session:   # without a line in the log, as no verb of ours does it
        session.execute(update(TaxonomyTerm).values(name="Mending"))
    town.catalogue()
    assert len(read) == 2
    Catalogue(town.storage, folder=town.folder, timezone="Europe/Berlin").open()
    settle()
    assert len(read) == 3
    monkeypatch.setattr("directory.states.program_digest", lambda: "another")
    town.catalogue()
    assert len(read) == 4


def test_a_file_that_was_kept_over_new_year_is_made_anew_with_the_holidays_of_the_next(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.states._today", lambda: date(2026, 12, 31))
    town.catalogue()
    read = counted(monkeypatch)
    town.catalogue()
    assert read == []
    monkeypatch.setattr("directory.states._today", lambda: date(2027, 1, 1))
    town.catalogue()
    assert len(read) == 1


def test_an_index_of_an_empty_log_is_not_kept(storage: Storage, tmp_path: Path) -> None:
    town = Town(storage, tmp_path / "index")
    assert names(town.catalogue()) == set()
    assert not town.file.exists()


def test_what_was_edited_while_nobody_ran_is_in_the_first_results(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.catalogue()
    town.change(Service, make_id("Bike Kitchen"), name="Bicycle Yard", description="Repair your tandem.")
    no_reading(monkeypatch)
    again = town.catalogue()
    assert names(again) == {"Bicycle Yard", "Night Line", "Harbour House"}
    assert again.search(Inquiry(text="tandem"), at=NOON).cards[0].name == "Bicycle Yard"


EDITS: dict[str, Callable[[Town], None]] = {
    "a name": lambda town: town.change(Service, make_id("Night Line"), name="Late Line"),
    "a phone": lambda town: town.change(Phone, only(town, Phone), number="415 555-0199"),
    "hours": lambda town: town.change(Schedule, only(town, Schedule), closes_at="12:30"),
    "a term": lambda town: town.change(Attribute, only(town, Attribute), value="no"),
    "a place": lambda town: town.change(Location, make_id("Yard"), latitude=37.59, longitude=-122.29, name="New yard"),
    "an organization": lambda town: town.change(moves.models.Organization, make_id("Bike Kitchen organization"), name="Wheel Trust"),
    "a further phone": lambda town: town.add(Phone(service_id=make_id("Night Line"), number="415 555-0177")),
    "a new listing": lambda town: town.add(Service(id=make_id("Choir"), name="Harbour Choir", description="Sing with us.")),
    "a listing that is gone": lambda town: town.remove(Service, make_id("Night Line")),
    "a listing that is closed": lambda town: town.change(Service, make_id("Bike Kitchen"), status="inactive"),
    "a place that is not used any more": lambda town: town.remove(ServiceAtLocation, make_id("Bike Kitchen at Yard")),
    "a phone that is gone": lambda town: town.remove(Phone, only(town, Phone)),
    "a phone that moves": lambda town: town.change(Phone, only(town, Phone), service_id=make_id("Night Line")),
    "a place that moves": lambda town: town.change(ServiceAtLocation, make_id("Bike Kitchen at Yard"), service_id=make_id("Night Line")),
    "a word": lambda town: town.change(TaxonomyTerm, term_id("strengths", "fixing"), name="Mending"),
}
TRACED = list(EDITS)[:8]


def only(town: Town, model: type[Base]) -> UUID:
    """The id of the one row of a table."""
    with town.storage.reading() as session:
        found: UUID = session.scalars(select(model.__table__.c.id)).one()
        return found


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_in_the_results_within_one_look_in_every_worker(town: Town, edit: str) -> None:
    here, there = town.catalogue(), town.catalogue()
    before = answers(here)
    EDITS[edit](town)
    town.look(here, there)
    assert answers(here) == answers(there) != before
    fresh = town.fresh()
    assert [cards(here, inquiry) for inquiry in INQUIRIES] == [cards(fresh, inquiry) for inquiry in INQUIRIES]
    town.clock.now += following.FOLD_AFTER_SECONDS + 1
    town.look(here, there)
    assert answers(here) == answers(there) == answers(fresh), "built in, to the last bit"


@pytest.mark.parametrize("edit", TRACED)
def test_an_edit_that_can_be_traced_reads_only_its_services(town: Town, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = town.catalogue()
    before = answers(catalogue)
    no_reading(monkeypatch)
    EDITS[edit](town)
    town.look(catalogue)
    assert answers(catalogue) != before


def test_edits_are_built_into_the_index_when_a_minute_has_gone_by_since_the_last(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = town.catalogue(), town.catalogue()
    read = counted(monkeypatch)
    EDITS["a new listing"](town)
    town.look(here, there)
    town.clock.now += following.FOLD_AFTER_SECONDS - 5
    town.look(here, there)
    assert (len(read), len(here.open().index.parts)) == (0, 2)
    town.clock.now += 10
    town.look(here, there)
    assert len(read) == 1, "one worker builds, the other takes what it made"
    assert [len(one.open().index.parts) for one in (here, there)] == [1, 1]
    assert answers(here) == answers(there) == answers(town.fresh())
    made = Keep(town.folder).made()
    assert made is not None
    assert made.seq == here.open().seq


def test_edits_that_come_while_the_index_is_built_are_in_the_results_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = town.catalogue()
    begun, go_on, gather = threading.Event(), threading.Event(), following.Reader.gather

    def slowly(self: Any, session: Any) -> Any:
        state = gather(self, session)
        begun.set()
        assert go_on.wait(20)
        return state

    monkeypatch.setattr("directory.states.Reader.gather", slowly)
    EDITS["a new listing"](town)
    town.look(catalogue)
    thread = threading.Thread(target=catalogue.following.renew, name="index of a test")
    thread.start()
    assert begun.wait(20)
    EDITS["a name"](town)
    town.clock.now += LOOK_EVERY_SECONDS * 1.01
    until = time.monotonic() + 10
    while "Late Line" not in catalogue.names((str(make_id("Night Line")),)).values():
        assert time.monotonic() < until
        time.sleep(0.01)
    go_on.set()
    settle()
    assert names(catalogue) == {"Bike Kitchen", "Late Line", "Harbour House", "Harbour Choir"}
    assert len(catalogue.open().index.parts) == 2, "what came while it was built lies beside it"


def test_many_changes_are_built_in_and_the_old_state_answers_meanwhile(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.catalogue()
    monkeypatch.setattr(moves, "MOST_SERVICES", 1)
    for name in ("Bike Kitchen", "Night Line"):
        town.change(Service, make_id(name), name=f"{name} anew")
    catalogue = town.catalogue()
    with monkeypatch.context() as patch:
        patch.setattr(catalogue.following, "renew", lambda: None)
        town.look(catalogue)
        assert names(catalogue) == {"Bike Kitchen anew", "Night Line anew", "Harbour House"}, "cards are made of the rows while the index is behind"
    town.look(catalogue)
    assert len(catalogue.open().index.parts) == 1
    assert answers(catalogue) == answers(town.fresh())


def hide(town: Town, sealer: Sealer) -> None:
    with town.storage.writing() as session:
        take_back(session, [make_id("Door")], "area_only", by="test", at=NOON, why="asked for", sealer=sealer)


def bytes_on_disk(town: Town) -> bytes:
    return b"".join(path.read_bytes() for path in town.folder.iterdir())


def test_the_address_of_a_place_that_was_hidden_is_on_disk_no_more_after_one_look(town: Town, sealer: Sealer, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = town.catalogue()
    assert bytes_on_disk(town).count(STREET.encode()) == 1
    hide(town, sealer)
    with monkeypatch.context() as patch:
        patch.setattr("directory.states.Reader.gather", lambda *_: pytest.fail("to build at once would slow the next edit"))
        town.look(catalogue)
    assert not town.file.exists()
    assert STREET.encode() not in bytes_on_disk(town)
    assert (card_of(catalogue, "Harbour House").where.address, card_of(catalogue, "Harbour House").where.place) == ((), None)
    town.clock.now += following.FOLD_AFTER_SECONDS + 1
    town.look(catalogue)
    assert town.file.exists(), "it is built anew once all is quiet"
    assert STREET.encode() not in bytes_on_disk(town)
    assert answers(catalogue) == answers(town.fresh())


def test_where_edits_never_stop_what_was_hidden_is_built_out_of_the_index_after_some_minutes(town: Town, sealer: Sealer) -> None:
    catalogue = town.catalogue()
    hide(town, sealer)
    town.look(catalogue)
    there = []
    for number in range(8):
        town.clock.now += following.HIDDEN_AFTER_SECONDS / 7
        town.change(Service, make_id("Night Line"), name=f"Night Line {number}")
        town.look(catalogue)
        there.append(town.file.exists())
    assert there[:6] == [False] * 6
    assert town.file.exists()
    assert answers(catalogue) == answers(town.fresh())


def test_an_old_file_never_shows_what_was_hidden_while_nobody_ran(town: Town, sealer: Sealer) -> None:
    town.catalogue()
    old = town.file.read_bytes()
    hide(town, sealer)
    for again in (False, True):
        if again:
            town.file.write_bytes(old)   # as a backup might bring it back
        catalogue = town.catalogue()
        assert catalogue.following.seen_seq == 0, "nobody has looked yet"
        state = catalogue.open()
        stored = state.cards.find(str(make_id("Harbour House at Door")))
        assert stored is not None
        assert stored.where is not None
        assert (stored.where.address, stored.where.place, stored.where.confidential) == ((), None, True)
        assert STREET.encode() not in bytes_on_disk(town)
        assert answers(catalogue) == answers(town.fresh())


def test_what_a_stopped_writer_left_behind_is_taken_away(town: Town) -> None:
    catalogue = town.catalogue()
    left = town.folder / "current.new"
    left.write_bytes(STREET.encode())
    town.change(Location, make_id("Door"), visibility="hidden", latitude=None, longitude=None)
    town.look(catalogue)
    assert not left.exists()
    assert names(catalogue) == {"Bike Kitchen", "Night Line"}


def test_only_one_process_writes_at_a_time(tmp_path: Path) -> None:
    one, two = Keep(tmp_path / "index"), Keep(tmp_path / "index")
    with one.writing() as first:
        assert first
        with two.writing(wait_seconds=0.1) as second:
            assert not second
    with two.writing(wait_seconds=0.1) as second:
        assert second


def test_a_folder_that_cannot_be_written_to_costs_the_file_and_nothing_else(town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a file").write_bytes(b"")
    town.folder = tmp_path / "a file" / "index"
    catalogue = town.catalogue()
    EDITS["a new listing"](town)
    town.look(catalogue)
    assert names(catalogue) == {"Bike Kitchen", "Night Line", "Harbour House", "Harbour Choir"}
    assert "cannot be kept on disk" in caplog.text


def test_whoever_hides_a_place_without_a_catalogue_can_have_the_file_deleted(town: Town, sealer: Sealer) -> None:
    town.catalogue()
    forget_hidden(town.storage, town.folder)
    EDITS["a name"](town)
    forget_hidden(town.storage, town.folder)
    assert town.file.exists()
    hide(town, sealer)
    forget_hidden(town.storage, town.folder)
    assert not town.file.exists()
    forget_hidden(town.storage, town.folder)
