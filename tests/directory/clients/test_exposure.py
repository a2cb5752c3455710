"""Rule P22: after a staged take-over of an account, the list of whose data it could have read is exactly what the rules would have opened, hour by hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.people import get_account, grant, revoke
from directory.accounts.tenure import roles_held
from directory.clients import caseloads
from directory.clients.agencies import leave_team
from directory.clients.consents import give_consent, list_consents, withdraw
from directory.clients.exposure import Exposed, exposed_by_key, exposed_to
from directory.clients.joining import hand_link, join_own
from directory.clients.opening import open_own, open_record
from directory.clients.records import begin_own, begin_with, open_caseload, take_on
from directory.clients.sharing import stop
from directory.errors import DirectoryError
from directory.models import CaseloadHand, Client, ClientView
from directory.rotating import rotate
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from tests.cast import ORGANIZATIONS, Town, make_town
from tests.clients import ALDER, NORTH, SEEN, actor
from tests.ground import KEY, MOMENT
from tests.referred import loop_of

SEALER = Sealer.of(KEY.encode())
HOUR = timedelta(hours=1)
PEOPLE = ("nia", "omar", "lena", "teo")
CLIENTS = ("rosa", "stella", "begun")
Act = Callable[["World"], None]


class World:
    """A town with three people's records, and a clock that acts move on."""

    def __init__(self, storage: Storage) -> None:
        self.storage, self.at = storage, MOMENT
        self.town: Town = make_town(storage, at=MOMENT, sealer=SEALER)
        with storage.writing(counting=True) as session:
            self.clients = {name: begin_own(session, self.who(session, name), at=self.at, sealer=SEALER).id for name in ("rosa", "stella")}
            self.clients["begun"] = begin_with(session, self.who(session, "nia"), ALDER, at=self.at, sealer=SEALER)[0].id

    def who(self, session: Session, name: str) -> Actor:
        return actor(session, self.town, name, at=self.at)

    def do(self, act: Callable[[Session], object]) -> None:
        """One act in its hour; one that cannot be done changes nothing."""
        self.at += HOUR
        try:
            with self.storage.writing(counting=True) as session:
                act(session)
        except DirectoryError:
            pass

    def readable(self, name: str, at: datetime) -> set[UUID]:
        """The oracle: whose record opens for somebody at a moment, at any of their organizations, with a reason if need be."""
        return {key for key in self.clients.values() for place in (None, ALDER, NORTH) for why in ("", "let me see") if self._opens(name, key, place, why, at)}

    def _opens(self, name: str, key: UUID, place: UUID | None, why: str, at: datetime) -> bool:
        with self.storage.engine.connect() as connection, Session(connection) as session:   # never committed: looking leaves no line here
            try:
                session.begin_nested()
                opened = open_record(session, key, actor(session, self.town, name, at=at), organization_id=place, reason=why, at=at, sealer=SEALER)
            except DirectoryError:
                return False
            finally:
                session.rollback()
        return bool(opened.open) or opened.standing.is_self


names, clients = st.sampled_from(PEOPLE), st.sampled_from(CLIENTS)
places = st.sampled_from([ALDER, NORTH])


def _agree(world: World, client: str, place: UUID, purpose: str, hours: int) -> None:
    def act(session: Session) -> None:
        row = session.get_one(Client, world.clients[client])
        give_consent(
            session, row, place, purpose=purpose, parts=SEEN, language="en", how="self", by=client, at=world.at, ends_at=world.at + hours * HOUR,
        )
        take_on(session, row, place, account_id=None, at=world.at)

    world.do(act)


def _change(world: World, client: str, place: UUID, who: str, other: str, kind: str) -> None:
    key = world.clients[client]

    def act(session: Session) -> None:
        me, to = world.who(session, who), world.town.accounts[other]
        if kind == "take":
            caseloads.take(session, key, me, place, at=world.at)
        elif kind == "hand over":
            caseloads.hand_over(session, key, me, place, to, at=world.at)
        elif kind == "cover":
            caseloads.leave_cover(session, key, me, place, to, world.at + 5 * HOUR, at=world.at)
        elif kind == "end cover":
            caseloads.leave_cover(session, key, me, place, None, None, at=world.at)
        elif kind == "end":
            caseloads.end(session, key, me, place, at=world.at)
        elif kind == "leave":
            leave_team(session, place, world.town.accounts[who], "lead" if who == "lena" else "caseworker", by="lena", at=world.at)
        elif kind == "come":
            grant(session, get_account(session, world.town.accounts[who]), "caseworker", by="lena", at=world.at, organization_id=place)
        elif kind == "withdraw":
            for one in list_consents(session, key):
                withdraw(session, session.get_one(Client, key), one.id, at=world.at)
        elif client != "begun":
            stop(session, world.who(session, client), place, at=world.at)

    world.do(act)


agreeing: st.SearchStrategy[Act] = st.tuples(clients, places, st.sampled_from(["together", "supervision"]), st.integers(1, 30)).map(
    lambda said: lambda world: _agree(world, *said)
)
KINDS = st.sampled_from(["take", "hand over", "cover", "end cover", "end", "leave", "come", "withdraw", "stop"])
changing: st.SearchStrategy[Act] = st.tuples(clients, places, names, names, KINDS).map(lambda said: lambda world: _change(world, *said))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(agreeing, changing, changing), min_size=3, max_size=14), st.integers(0, 10), st.integers(1, 12), names)
def test_the_list_is_what_the_rules_would_have_opened_hour_by_hour(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, story: list[Act], begins: int, lasts: int, thief: str,
) -> None:  # fmt: skip
    world = World(_copy(migrated_file, tmp_path_factory))
    readable: list[set[UUID]] = []
    for act in story:
        act(world)
        readable.append(world.readable(thief, world.at + HOUR / 2))   # between this act and the next
    since = MOMENT + HOUR + begins * HOUR
    hours = range(begins, min(begins + lasts, len(story)))
    until = MOMENT + HOUR + (hours.stop if hours else begins) * HOUR
    with world.storage.reading() as session:
        found = exposed_to(session, world.town.accounts[thief], since=since, until=until, sealer=SEALER)
    world.storage.close()
    assert {one.client_id for one in found} == set().union(*(readable[hour] for hour in hours))


def _copy(migrated_file: Path, folders: pytest.TempPathFactory) -> Storage:
    path = folders.mktemp("exposed") / "homeground.sqlite3"
    path.write_bytes(migrated_file.read_bytes())
    return Storage(sqlite_url(path))


@pytest.fixture
def world(storage: Storage) -> World:
    return World(storage)


def exposed(world: World, name: str, since: datetime, until: datetime, organization_id: UUID | None = None) -> dict[UUID, Exposed]:
    with world.storage.reading() as session:
        found = exposed_to(session, world.town.accounts[name], since=since, until=until, organization_id=organization_id, sealer=SEALER)
    return {one.client_id: one for one in found}


def test_a_staged_take_over_is_listed_exactly(world: World) -> None:
    """Somebody has Omar's account from the fourth hour to the sixth. They open one of the two that they could."""
    _agree(world, "rosa", ALDER, "together", 100)      # hour 1
    _change(world, "rosa", ALDER, "omar", "omar", "take")
    _agree(world, "begun", ALDER, "together", 2)       # hour 3, over at hour 5
    since = world.at + HOUR
    world.at = since + HOUR / 2
    with world.storage.writing(counting=True) as session:
        open_record(session, world.clients["rosa"], world.who(session, "omar"), organization_id=ALDER, at=world.at, sealer=SEALER)
    world.at = since + 2 * HOUR
    _agree(world, "stella", ALDER, "together", 100)    # after they were gone
    found = exposed(world, "omar", since, since + 2 * HOUR)
    rosa, begun = found[world.clients["rosa"]], found[world.clients["begun"]]
    assert set(found) == {rosa.client_id, begun.client_id}
    assert [(way.way, way.organization_id, way.parts) for way in rosa.ways] == [("holds", ALDER, SEEN)]
    assert [(way.way, way.until - way.since) for way in begun.ways] == [("with a reason", HOUR)], "their consent ended an hour later"
    assert ([look.role for look in rosa.opened], begun.opened) == (["caseworker"], ())
    assert rosa.is_whole
    assert len(rosa.references) == 1


def test_it_can_be_asked_of_one_organization_and_one_time(world: World) -> None:
    _agree(world, "rosa", ALDER, "together", 3)
    assert set(exposed(world, "nia", world.at, world.at + HOUR, ALDER)) == {world.clients["rosa"]}
    assert exposed(world, "nia", world.at, world.at + HOUR, NORTH) == {}
    assert exposed(world, "nia", MOMENT, world.at) == {}, "before it was agreed to"
    assert exposed(world, "nia", world.at + 3 * HOUR, world.at + 9 * HOUR) == {}, "after it ended by itself"
    assert exposed(world, "teo", world.at, world.at + HOUR) == {}


def test_ones_own_record_is_what_ones_own_account_opens(world: World) -> None:
    assert set(exposed(world, "stella", MOMENT, MOMENT + HOUR)) == {world.clients["stella"]}
    with world.storage.writing() as session:
        token = hand_link(session, world.clients["begun"], world.who(session, "nia"), ALDER, at=world.at, sealer=SEALER)
        world.at += 5 * HOUR
        join_own(session, token, world.who(session, "ana"), at=world.at, sealer=SEALER)
    assert exposed(world, "ana", MOMENT, world.at) == {}, "it was not Ana's yet"
    assert [way.way for way in exposed(world, "ana", MOMENT, world.at + HOUR)[world.clients["begun"]].ways] == ["own"]


def test_what_an_organization_was_sent_counts_while_it_could_be_read(storage: Storage) -> None:
    town = make_town(storage, at=MOMENT, sealer=SEALER)
    loop = loop_of(storage, SEALER, town, at=MOMENT)
    key = loop.sent("label", at=MOMENT + HOUR)
    at = MOMENT + 3 * HOUR
    loop.answer(key, "declined", at=at, code="full")

    def found(name: str, since: datetime, until: datetime) -> list[tuple[str, tuple[str, ...]]]:
        with storage.reading() as session:
            listed = exposed_to(session, town.accounts[name], since=since, until=until, sealer=SEALER)
        return [(way.way, way.parts) for one in listed for way in one.ways]

    assert found("ana", MOMENT, MOMENT + 2 * HOUR) == [("referral", ("label",))]
    assert found("ana", MOMENT, MOMENT + HOUR) == [], "not sent yet"
    assert found("ana", at, at + HOUR) == [], "declined: not theirs to read any more"
    assert found("ben", MOMENT, at) == [], "Ben is not trusted there"
    with storage.writing() as session:
        ben, there = get_account(session, town.accounts["ben"]), ORGANIZATIONS["kitchen"]
        grant(session, ben, "editor", by="ana", at=MOMENT + HOUR, organization_id=there, is_trusted=True)
        grant(session, ben, "editor", by="ana", at=MOMENT + 2 * HOUR, organization_id=there)
    assert found("ben", MOMENT, at) == [("referral", ("label",))]
    assert found("ben", MOMENT + 2 * HOUR, at) == [], "trusted for an hour only"


def test_a_log_that_was_changed_is_named(world: World) -> None:
    _agree(world, "rosa", ALDER, "together", 9)
    with world.storage.writing(counting=True) as session:
        for _ in range(2):
            open_record(session, world.clients["rosa"], world.who(session, "lena"), organization_id=ALDER, at=world.at, sealer=SEALER)
    with world.storage.writing() as session:
        session.delete(session.scalars(select(ClientView).order_by(ClientView.seq)).all()[-1])
    assert not exposed(world, "nia", world.at, world.at + HOUR)[world.clients["rosa"]].is_whole


def test_a_key_opens_what_lay_under_it_at_the_time(world: World) -> None:
    newer = Sealer.of(KEY.encode(), b"a newer key, also of thirty-two b.")
    old, turned = SEALER.newest, MOMENT + 5 * HOUR

    def found(kid: str, since: datetime, until: datetime) -> set[UUID]:
        with world.storage.reading() as session:
            return {one.client_id for one in exposed_by_key(session, kid, since=since, until=until, sealer=newer)}

    assert found(old, MOMENT, turned) == set(world.clients.values())
    rotate(world.storage, at=turned, sealer=newer)
    with world.storage.writing() as session:
        late = begin_own(session, world.who(session, "ana"), at=turned + HOUR, sealer=newer).id
    everybody = set(world.clients.values())
    assert (found(old, MOMENT, turned), found(old, turned, turned + 9 * HOUR), found(newer.newest, MOMENT, turned)) == (everybody, set(), set())
    assert found(newer.newest, turned, turned + HOUR) == everybody
    assert found(newer.newest, turned, turned + 2 * HOUR) == everybody | {late}


def test_roles_are_read_from_the_log(world: World) -> None:
    account = world.town.accounts["omar"]
    with world.storage.writing() as session:
        revoke(session, get_account(session, account), "caseworker", by="lena", at=MOMENT + HOUR, organization_id=ALDER)
        grant(session, get_account(session, account), "lead", by="lena", at=MOMENT + 2 * HOUR, organization_id=ALDER)
        held = [(one.role, one.since - MOMENT, one.until and one.until - MOMENT) for one in roles_held(session, account)]
    assert held == [("caseworker", timedelta(0), HOUR), ("lead", 2 * HOUR, None)]


def test_hands_say_who_had_whom_and_when(world: World) -> None:
    _agree(world, "begun", ALDER, "together", 99)
    for act in (("nia", "omar", "cover"), ("nia", "omar", "end cover"), ("nia", "omar", "hand over"), ("omar", "omar", "leave")):
        _change(world, "begun", ALDER, *act)
    with world.storage.reading() as session:
        rows = session.scalars(select(CaseloadHand).order_by(CaseloadHand.since)).all()
        names = {key: name for name, key in world.town.accounts.items()}
        spans = [(names[row.account_id], row.kind, (row.since - MOMENT) / HOUR, row.until and (row.until - MOMENT) / HOUR) for row in rows]
        open_row = open_caseload(session, world.clients["begun"], ALDER)
    assert spans == [("nia", "holder", 0, 4), ("omar", "cover", 2, 3), ("omar", "holder", 4, 5)]
    assert open_row is not None
    assert open_row.account_id is None
    with world.storage.reading() as session:
        assert open_own(session, session.get_one(Client, world.clients["rosa"]), world.who(session, "rosa"), at=world.at, sealer=SEALER).standing.is_self
