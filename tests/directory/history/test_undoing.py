"""Undoing takes back exactly what was done, can be undone in its turn, and refuses wherever the order of changes matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import LaterChanges, NotFound
from directory.history.undoing import undo_act, undo_line
from directory.models import Change, Service
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.history.town import ACTS, AT, EDITS, SERVICE, Edit, Stuck, apply, make_listings, replay, rows

LATER = AT + timedelta(days=1)
SEALER = Sealer({"test": b"k" * 32})
EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


class _Back(Exception):
    """Ends an example, so that the next one finds the database as it was."""


@contextmanager
def town(storage: Storage) -> Iterator[Session]:
    with suppress(_Back), storage.writing() as session:
        make_listings(session)
        yield session
        raise _Back


def undo(session: Session, act: UUID) -> UUID:
    return undo_act(session, act, by="account:1", at=LATER, why="a mistake", sealer=SEALER)


def lasting(lines: Sequence[Change]) -> list[Change]:
    """The log without rows that one act made and took away again: nothing hangs on what they hung on any more."""
    made = {(line.act, line.entity_id) for line in lines if line.action == "added"}
    passing = {(line.act, line.entity_id) for line in lines if line.action == "removed"} & made
    return [line for line in lines if (line.act, line.entity_id) not in passing]


def is_undone(session: Session, act: UUID) -> bool:
    try:
        undo(session, act)
    except LaterChanges as error:
        return not error.reasons   # a refusal says why
    return True


@EXAMPLES
@given(before=ACTS, edits=st.lists(EDITS, min_size=1, max_size=5))
def test_undoing_the_last_act_gives_back_exactly_what_was(storage: Storage, before: list[list[Edit]], edits: list[Edit]) -> None:
    with town(storage) as session:
        for step, some in enumerate(before):
            apply(session, some, step=step)
        was = rows(session)
        act = apply(session, edits, step=99)
        if act:
            then = rows(session)
            undone = undo(session, act)
            assert rows(session) == was
            again = undo(session, undone)
            assert rows(session) == then
            undo(session, again)
            assert rows(session) == was


@EXAMPLES
@given(acts=ACTS, number=st.integers(0, 5))
def test_an_act_is_taken_back_as_if_it_never_was_or_not_at_all(storage: Storage, acts: list[list[Edit]], number: int) -> None:
    """The oracle: the log without the act, replayed from the start."""
    with town(storage) as session:
        start = rows(session)
        done = [act for step, edits in enumerate(acts) if (act := apply(session, edits, step=step))]
        if done:
            now, chosen = rows(session), done[number % len(done)]
            lines = session.scalars(select(Change).order_by(Change.seq)).all()
            try:
                expected = replay(start, [line for line in lasting(lines) if line.act != chosen])
            except Stuck:
                expected = None
            if is_undone(session, chosen):
                assert rows(session) == expected
            else:
                assert rows(session) == now
                assert chosen != done[-1]


@EXAMPLES
@given(acts=ACTS, picks=st.lists(st.integers(0, 20), max_size=8))
def test_whatever_is_undone_and_redone_the_log_replays_to_the_rows(storage: Storage, acts: list[list[Edit]], picks: list[int]) -> None:
    with town(storage) as session:
        start = rows(session)
        done = [act for step, edits in enumerate(acts) if (act := apply(session, edits, step=step))]
        for pick in picks if done else ():
            with suppress(LaterChanges):
                done.append(undo(session, done[pick % len(done)]))
        assert replay(start, session.scalars(select(Change).order_by(Change.seq)).all()) == rows(session)


def test_what_came_and_went_in_one_later_act_stands_in_no_way(storage: Storage) -> None:
    with town(storage) as session:
        was = rows(session)
        act = apply(session, [Edit("add contact", 0, "")])
        apply(session, [Edit("add phone of contact", 0, "1"), Edit("remove phone", 1, "")])
        assert act is not None
        undo(session, act)
        assert rows(session) == was


def test_a_line_is_taken_back_by_itself(storage: Storage) -> None:
    with town(storage) as session:
        act = apply(session, [Edit("rename", 0, "a"), Edit("describe", 0, "b")])
        line = session.scalars(select(Change).where(Change.act == act, Change.field == "name")).one()
        name = line.before
        undo_line(session, line.seq, by="account:1", at=LATER, why="the name was right", sealer=SEALER)
        service = session.get(Service, line.entity_id)
        assert service
        assert (service.name, service.description, service.last_modified) == (name, "b", LATER)
        undo(session, act or uuid4())   # what is left of the act
        assert service.description is None


def test_an_old_line_without_an_act_can_be_taken_back(storage: Storage) -> None:
    with town(storage) as session:
        service = session.get(Service, SERVICE)
        assert service
        service.name = "Hill walkers"
        record_change(
            session, entity="service", entity_id=SERVICE, by="tests", at=AT, action="changed", field="name", before="Walking group", after="Hill walkers",
        )
        seq = session.scalars(select(Change.seq)).one()
        undo_line(session, seq, by="account:1", at=LATER, why="", sealer=SEALER)
        assert service.name == "Walking group"
        with pytest.raises(LaterChanges, match="already"):
            undo_line(session, seq, by="account:1", at=LATER, why="", sealer=SEALER)


def test_what_is_later_is_named_in_words(storage: Storage) -> None:
    with town(storage) as session:
        act = apply(session, [Edit("describe", 0, "a")])
        apply(session, [Edit("describe", 0, "b")], step=1)
        with pytest.raises(LaterChanges) as caught:
            undo(session, act or uuid4())
        assert "was changed again on 2026-11-22." in caught.value.reasons[0]
        assert caught.value.reasons[0].startswith("Description of listing")


def test_what_nobody_logged_is_not_written_over(storage: Storage) -> None:
    with town(storage) as session:
        act = apply(session, [Edit("describe", 0, "a")])
        line = session.scalars(select(Change).where(Change.act == act)).one()
        service = session.get(Service, line.entity_id)
        assert service
        service.description = "something else"
        with pytest.raises(LaterChanges, match="says something else now"):
            undo(session, act or uuid4())


def test_an_act_that_is_undone_cannot_be_undone_twice(storage: Storage) -> None:
    with town(storage) as session:
        act = apply(session, [Edit("add contact")]) or uuid4()
        undo(session, act)
        with pytest.raises(LaterChanges, match="already"):
            undo(session, act)


def test_an_act_that_never_was_is_not_found(storage: Storage) -> None:
    with town(storage) as session:
        with pytest.raises(NotFound):
            undo(session, uuid4())
        with pytest.raises(NotFound):
            undo_line(session, 10**9, by="account:1", at=LATER, why="", sealer=SEALER)


def test_what_others_hang_on_does_not_go(storage: Storage) -> None:
    with town(storage) as session:
        act = apply(session, [Edit("add contact")]) or uuid4()
        apply(session, [Edit("add phone of contact", 0, "2")], step=1)
        with pytest.raises(LaterChanges, match="Something hangs on the contact since: 1 of phone number"):
            undo(session, act)


def test_what_comes_back_needs_what_it_was_part_of(storage: Storage) -> None:
    with town(storage) as session:
        apply(session, [Edit("add contact"), Edit("add phone of contact", 0, "2")])
        phone = session.scalars(select(Change).where(Change.entity == "phone")).one().entity_id
        number = sorted(key for entity, key in rows(session) if entity == "phone").index(phone)
        act = apply(session, [Edit("remove phone", number)], step=1) or uuid4()
        apply(session, [Edit("remove contact")], step=2)
        with pytest.raises(LaterChanges, match="part of something that is not there any more: contact"):
            undo(session, act)
