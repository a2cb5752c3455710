"""No illegal step can be written, by hand neither; of two who act at once one is refused and nothing is lost. On both engines."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from directory.errors import NotPermitted, Stale
from directory.models import Client, Referral, ReferralEvent
from directory.models.referral import LEGAL
from directory.referrals.moving import move, steps_of
from directory.referrals.states import SIDES, choices
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import Town, make_town
from tests.clients import make_rosa
from tests.referred import make_bare, side_of, walk, ways_to

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
STATES = tuple(LEGAL)


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=AT, sealer=sealer)


@pytest.fixture
def rosa(storage: Storage, town: Town, sealer: Sealer) -> Client:
    with storage.writing() as session:
        return make_rosa(session, town, at=AT, sealer=sealer)


def bare(storage: Storage, rosa: Client, sealer: Sealer, state: str = "draft") -> UUID:
    with storage.writing() as session:
        client = session.get(Client, rosa.id)
        assert client
        referral = make_bare(session, client, at=AT, sealer=sealer)
        walk(session, referral, ways_to(state), at=AT)
        return referral.id


def whole(storage: Storage, key: UUID) -> tuple[str, int]:
    """Where it stands, after looking that its steps follow each other and lead there."""
    with storage.reading() as session:
        referral = session.get_one(Referral, key)
        steps = steps_of(session, key)
    assert [step.seq for step in steps] == list(range(1, referral.seq + 1))
    for before, step in pairwise(steps):
        assert step.was == before.becomes
        assert step.becomes in LEGAL[step.was]
    assert steps[-1].becomes == referral.state
    return referral.state, referral.seq


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached_by_legal_steps_alone(storage: Storage, rosa: Client, sealer: Sealer, state: str) -> None:
    assert whole(storage, bare(storage, rosa, sealer, state))[0] == state


@pytest.mark.parametrize("state", STATES)
def test_no_side_makes_of_it_what_it_may_not(storage: Storage, rosa: Client, sealer: Sealer, state: str) -> None:
    key = bare(storage, rosa, sealer, state)
    before = whole(storage, key)
    for side in SIDES:
        for becomes in set(STATES) - set(choices(state, side)):
            with storage.writing() as session, pytest.raises(NotPermitted):
                move(session, session.get_one(Referral, key), becomes, seen=before[1], side=side, by="account:x", at=AT, draft=None)
    assert whole(storage, key) == before


EVENT = (
    "insert into referral_event (referral_id, seq, client_id, before, was, becomes, ahead, side, code, at, by) "
    "values (:key, :seq, :client, :before, :was, :becomes, 0, 'client', '', :at, 'hand')"
)
AHEAD = "update referral_event set ahead = :seq where referral_id = :key and seq = :before"
STANDS = "update referral set seq = :seq, state = :becomes, draft = null, ended_at = :ended, packet = null where id = :key"


def by_hand(storage: Storage, key: UUID, *, change: dict[str, Any]) -> None:
    """The next step as somebody with the database at hand would write it."""
    with storage.writing() as session:
        referral = session.get_one(Referral, key)
        engine = session.get_bind().dialect.name
        ids = {"key": key.hex, "client": referral.client_id.hex} if engine == "sqlite" else {"key": key, "client": referral.client_id}
        said = {
            **ids, "seq": referral.seq + 1, "before": referral.seq, "was": referral.state, "at": AT.isoformat(" ")[:19] if engine == "sqlite" else AT, **change,
        }  # fmt: skip
        said["ended"] = said["at"] if said["becomes"] in ("declined", "closed", "withdrawn") else None
        for words in (EVENT, AHEAD, STANDS):
            session.execute(text(words), said)


@pytest.mark.parametrize("state", STATES)
def test_a_step_written_by_hand_is_taken_only_where_it_is_legal(storage: Storage, rosa: Client, sealer: Sealer, state: str) -> None:
    for becomes in STATES:
        key = bare(storage, rosa, sealer, state)
        if becomes in LEGAL[state]:
            by_hand(storage, key, change={"becomes": becomes})
            assert whole(storage, key)[0] == becomes
        else:
            with pytest.raises(IntegrityError):
                by_hand(storage, key, change={"becomes": becomes})
            assert whole(storage, key)[0] == state


LIES: dict[str, dict[str, Any]] = {
    "a gap": {"seq": 4, "before": 3}, "no number before it": {"before": None}, "a state it never had": {"was": "accepted", "becomes": "connected"},
    "no state before it": {"was": None}, "another beginning": {"seq": 1, "before": None, "was": None, "becomes": "draft"},
    "a word that is no state": {"becomes": "lost"}, "a step that skips": {"was": "draft", "becomes": "closed"}, "itself again": {"seq": 2, "before": 1},
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_no_other_chain_can_be_written_by_hand(storage: Storage, rosa: Client, sealer: Sealer, lie: str) -> None:
    key = bare(storage, rosa, sealer, "sent")
    with pytest.raises(IntegrityError):
        by_hand(storage, key, change={"becomes": "accepted", **LIES[lie]})
    assert whole(storage, key) == ("sent", 2)


FORGERIES = (
    "update referral set state = 'accepted'", "update referral set seq = 2, state = 'sent', ended_at = null", "update referral set seq = 4",
    "update referral set ahead = 3", "update referral_event set becomes = 'closed' where seq = 3",
    "update referral_event set becomes = 'accepted' where seq = 3", "update referral_event set was = 'no_answer' where seq = 3",
    "update referral_event set ahead = 0 where seq = 2", "update referral_event set ahead = 4 where seq = 3", "delete from referral_event where seq = 3",
    "delete from referral_event where seq = 2", "delete from referral_event where seq = 1", "update referral set draft = 'x'",
    "update referral set consent_id = null", "update referral set answer_by = null", "update referral set ended_at = made_at",
)  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_nothing_that_stands_can_be_forged(storage: Storage, rosa: Client, sealer: Sealer, forgery: str) -> None:
    key = bare(storage, rosa, sealer, "waitlisted")
    with pytest.raises(IntegrityError), storage.writing() as session:
        session.execute(text(forgery))
    assert whole(storage, key) == ("waitlisted", 3)


def test_what_was_withdrawn_holds_no_packet(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    bare(storage, rosa, sealer, "withdrawn")
    with pytest.raises(IntegrityError), storage.writing() as session:
        session.execute(text("update referral set packet = 'x'"))


def test_whoever_saw_an_older_state_is_refused(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    key = bare(storage, rosa, sealer, "sent")
    with storage.writing() as session:
        move(session, session.get_one(Referral, key), "accepted", seen=2, side="organization", by="account:x", at=AT)
    with storage.writing() as session, pytest.raises(Stale):
        move(session, session.get_one(Referral, key), "withdrawn", seen=2, side="client", by="account:x", at=AT)
    assert whole(storage, key) == ("accepted", 3)


def test_two_who_press_at_once_cannot_both_win(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    for pair in (("accepted", "withdrawn"), ("declined", "no_answer"), ("accepted", "accepted"), ("waitlisted", "declined")) * 3:
        key, came = bare(storage, rosa, sealer, "sent"), dict[int, str]()
        gate = threading.Barrier(2)

        def act(number: int, becomes: str, key: UUID = key, came: dict[int, str] = came, gate: threading.Barrier = gate) -> None:
            gate.wait()
            came[number] = one_step(storage, key, becomes, seen=2)

        threads = [threading.Thread(target=act, args=(number, becomes)) for number, becomes in enumerate(pair)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(came.values()) == ["moved", "stale"]
        winner = next(number for number, what in came.items() if what == "moved")
        assert whole(storage, key) == (pair[winner], 3)


def one_step(storage: Storage, key: UUID, becomes: str, *, seen: int) -> str:
    try:
        with storage.writing(counting=True) as session:
            move(session, session.get_one(Referral, key), becomes, seen=seen, side=side_of(becomes), by="account:x", at=AT, draft=None)
    except Stale:
        return "stale"
    except NotPermitted:
        return "refused"
    return "moved"


MOVES = st.lists(st.tuples(st.sampled_from(("one", "other")), st.sampled_from(("look", *STATES))), min_size=4, max_size=14)


@settings(max_examples=240, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_any_interleaving_of_two_actors_leaves_a_legal_state_and_no_lost_update(
    storage: Storage, rosa: Client, sealer: Sealer, moves: list[tuple[str, str]]
) -> None:
    key, seen, won = bare(storage, rosa, sealer), {"one": 1, "other": 1}, ["draft"]
    for who, wish in moves:
        if wish == "look":
            seen[who] = whole(storage, key)[1]
            continue
        if one_step(storage, key, wish, seen=seen[who]) == "moved":
            assert seen[who] == len(won), "whoever moves it has seen the last step"
            won.append(wish)
            seen[who] += 1
    assert whole(storage, key) == (won[-1], len(won))
    with storage.reading() as session:
        assert list(session.scalars(select(ReferralEvent.becomes).where(ReferralEvent.referral_id == key).order_by(ReferralEvent.seq))) == won



def test_a_referral_goes_with_the_client_whole(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    for state in ("draft", "accepted", "closed"):
        bare(storage, rosa, sealer, state)
    with storage.writing() as session:
        session.execute(text("delete from client"))
    with storage.reading() as session:
        assert [session.scalars(select(table)).all() for table in (Referral.id, ReferralEvent.seq)] == [[], []]
