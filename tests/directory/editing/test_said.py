"""Tests of "not the same" at entry: kept with the draft, carried to the listing as somebody's word, and taken over by a curator's decision."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from directory.duplicates.queue import count_pairs, get_pair, list_pairs, list_said, look_for_pairs, say_apart
from directory.duplicates.said import MOST, said_others, say_other
from directory.editing import drafts
from directory.errors import NotFound, Stale
from directory.merging import merge
from directory.models import Apart, Change, Draft, DraftApart, Organization, Service
from directory.storage import Session
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.directory.editing.conftest import Desk
from tests.make import NOON

LUNCH, READING = LISTINGS["lunch"], LISTINGS["reading"]
LATER = NOON + timedelta(hours=1)


def begin(desk: Desk, session: Session, name: str = "Community lunch") -> Draft:
    """Emil's draft of a new listing of the library."""
    library = session.get_one(Organization, ORGANIZATIONS["library"])
    return drafts.begin_new(session, library, name, "", desk.actor(session, "emil"), at=NOON, sealer=desk.sealer)


def say(desk: Desk, draft: UUID, *others: UUID, by: str = "emil") -> None:
    with desk.storage.writing() as session:
        say_other(session, session.get_one(Draft, draft), others, desk.actor(session, by), at=NOON)


def live(desk: Desk, *others: UUID) -> UUID:
    """A listing of Emil's, of whose draft he said that it is none of these."""
    with desk.storage.writing() as session:
        draft = begin(desk, session).id
    say(desk, draft, *others)
    with desk.storage.writing() as session:
        key = drafts.hand_in(session, session.get_one(Draft, draft), desk.actor(session, "emil"), at=LATER, sealer=desk.sealer)
    assert key is not None
    return key


def test_what_is_said_is_kept_with_the_draft_and_with_no_other(desk: Desk) -> None:
    with desk.storage.writing() as session:
        draft, other = begin(desk, session).id, begin(desk, session).id
    say(desk, draft, LUNCH)
    say(desk, draft, LUNCH, READING)
    with desk.storage.reading() as session:
        assert said_others(session, session.get_one(Draft, draft)) == {LUNCH, READING}
        assert said_others(session, session.get_one(Draft, other)) == frozenset()
        assert list_said(session) == []


def test_it_becomes_their_word_on_the_listing_with_the_moment_they_said_it(desk: Desk) -> None:
    key = live(desk, LUNCH)
    emil = f"account:{desk.town.accounts['emil']}"
    with desk.storage.reading() as session:
        [line] = list_said(session)
        assert {line.first, line.second} == {key, LUNCH}
        assert (line.said_by, line.said_at) == (emil, NOON)
        assert session.query(DraftApart).count() == 0
        logged = session.query(Change).filter_by(entity="apart").one()
        assert (logged.by, logged.at, {logged.entity_id, UUID(logged.after or "")}) == (emil, NOON, {key, LUNCH})
        draft = session.query(Draft).filter_by(service_id=key).one()
        assert said_others(session, draft) == {LUNCH}


def test_a_word_takes_the_pair_out_of_what_waits_and_leaves_it_to_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    with desk.storage.writing() as session:
        session.get_one(Service, LISTINGS["reading"]).name = "Something else"
        for key in ("lunch", "class"):
            session.get_one(Service, LISTINGS[key]).organization_id = ORGANIZATIONS["library"]
        session.get_one(Service, LISTINGS["class"]).name = "Community lunch"
    look_for_pairs(desk.storage, tmp_path, at=LATER)
    with desk.storage.reading() as session:
        [pair] = [line for line in list_pairs(session) if line.entity == "service"]
        before = count_pairs(session)
    with desk.storage.writing() as session:
        session.add(Apart(first=pair.first, second=pair.second, entity="service", at=NOON, by="account:x", is_word=True))
    look_for_pairs(desk.storage, tmp_path, at=LATER)
    with desk.storage.reading() as session:
        assert count_pairs(session) == before - 1
        assert pair.first not in {line.first for line in list_pairs(session)}
        [said] = list_said(session)
        assert (said.score, said.reason, said.said_by) == (pair.score, pair.reason, "account:x")


def test_what_a_curator_decides_takes_the_place_of_a_word_and_is_not_undone_by_one(desk: Desk) -> None:
    key = live(desk, LUNCH)
    with desk.storage.writing() as session:
        say_apart(session, LUNCH, key, by="account:cora", at=LATER)
    with desk.storage.reading() as session:
        assert list_said(session) == []
        draft = session.query(Draft).filter_by(service_id=key).one()
        assert said_others(session, draft) == {LUNCH}
        with pytest.raises(NotFound):
            get_pair(session, LUNCH, key)
    say(desk, draft.id, LUNCH)
    with desk.storage.reading() as session:
        assert [(row.by, row.is_word) for row in session.query(Apart)] == [("account:cora", False)]


def test_a_curator_may_make_them_one_all_the_same(desk: Desk) -> None:
    key = live(desk, LUNCH)
    with desk.storage.writing() as session:
        get_pair(session, key, LUNCH)
        merge(session, "service", LUNCH, key, by="account:cora", at=LATER)
    with desk.storage.reading() as session:
        assert list_said(session) == []


def test_what_was_merged_meanwhile_is_meant_under_its_new_id_and_what_is_gone_is_left_out(desk: Desk) -> None:
    with desk.storage.writing() as session:
        draft = begin(desk, session).id
    say(desk, draft, LUNCH, READING)
    with desk.storage.writing() as session:
        merge(session, "service", LISTINGS["class"], LUNCH, by="account:cora", at=LATER)
        session.delete(session.get_one(Service, READING))
    with desk.storage.writing() as session:
        key = drafts.hand_in(session, session.get_one(Draft, draft), desk.actor(session, "emil"), at=LATER, sealer=desk.sealer)
    with desk.storage.reading() as session:
        assert [{line.first, line.second} for line in list_said(session)] == [{key, LISTINGS["class"]}]


def test_a_draft_that_is_thrown_away_keeps_nothing_and_hears_nothing_more(desk: Desk) -> None:
    with desk.storage.writing() as session:
        draft = begin(desk, session).id
    say(desk, draft, LUNCH)
    with desk.storage.writing() as session:
        drafts.withdraw(session, session.get_one(Draft, draft), desk.actor(session, "emil"), at=LATER)
    with desk.storage.reading() as session:
        assert session.query(DraftApart).count() == 0
    with pytest.raises(Stale):
        say(desk, draft, LUNCH)


def test_it_is_said_of_listings_that_are_there_and_of_no_end_of_them(desk: Desk) -> None:
    key = live(desk, LUNCH)
    with desk.storage.writing() as session:
        draft = begin(desk, session).id
        applied = session.query(Draft).filter_by(service_id=key).one().id
    for target, others in ((draft, ()), (draft, (uuid4(),)), (draft, (LUNCH, uuid4())), (applied, (key,))):
        with pytest.raises(Stale):
            say(desk, target, *others)
    with desk.storage.writing() as session:
        many = [Service(id=uuid4(), organization_id=ORGANIZATIONS["kitchen"], name=f"Lunch {number}") for number in range(MOST + 1)]
        session.add_all(many)
        keys = [service.id for service in many]
    say(desk, draft, *keys)
    with desk.storage.reading() as session:
        assert said_others(session, session.get_one(Draft, draft)) == frozenset()
