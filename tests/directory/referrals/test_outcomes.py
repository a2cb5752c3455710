"""Answers make the directory better and tell of nobody: counted only in company, told from ten on, ten at a time, and never joined to a referral."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from directory.errors import Invalid, NotPermitted
from directory.models import Call, OutcomeCount, OutcomeShown, OutcomeSlip, Referral
from directory.outcomes import ANSWERS, LEAST, QUESTIONS, give_answer, lay_in, move_on, open_questions, told_of
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LISTINGS
from tests.referred import AT, LUNCH, Loop


def slips(storage: Storage, sealer: Sealer, answers: list[str], *, question: str = "as_described", service_id: UUID = LUNCH) -> None:
    """Answers that wait, as ``give_answer`` lays them down."""
    with storage.writing() as session:
        for answer in answers:
            key = uuid4()
            body = msgspec.json.encode({"service_id": str(service_id), "question": question, "answer": answer}).decode()
            session.add(OutcomeSlip(id=key, sealed=sealer.seal(body, bound_to=f"outcome_slip|sealed|{key}")))


def told(storage: Storage) -> list[tuple[str, int]]:
    with storage.reading() as session:
        return [(one.share, one.answers) for one in told_of(session, LUNCH)]


def test_each_question_is_answered_once_for_a_referral_and_nothing_says_how(loop: Loop) -> None:
    key = loop.sent()
    with loop.storage.writing() as session, pytest.raises(NotPermitted):
        give_answer(session, session.get_one(Referral, key), "got_there", "yes", sealer=loop.sealer)
    loop.answer(key, "accepted")
    for question in QUESTIONS:
        with loop.storage.writing(counting=True) as session:
            give_answer(session, session.get_one(Referral, key), question, "no", sealer=loop.sealer)
        with loop.storage.writing(counting=True) as session, pytest.raises(NotPermitted):
            give_answer(session, session.get_one(Referral, key), question, "yes", sealer=loop.sealer)
    with loop.storage.writing(counting=True) as session, pytest.raises(Invalid):
        give_answer(session, session.get_one(Referral, key), "got_there", "perhaps", sealer=loop.sealer)
    with loop.storage.reading() as session:
        referral, rows = session.get_one(Referral, key), session.scalars(select(OutcomeSlip)).all()
        assert (referral.asked, open_questions(referral), len(rows)) == (7, (), 3)
        assert len({len(row.sealed) for row in rows}) == 1, "the length of a seal does not tell the answer"
        assert session.scalars(select(OutcomeCount.count)).all() == []


def test_the_tables_of_outcomes_have_no_room_for_a_person_or_a_moment() -> None:
    for table in (OutcomeSlip, OutcomeCount, OutcomeShown):
        names = set(table.__table__.columns.keys())
        assert names <= {"id", "sealed", "service_id", "month", "question", "answer", "count", "share", "answers"}
        assert not any(isinstance(column.type.python_type, type) and issubclass(column.type.python_type, datetime) for column in table.__table__.columns)


def test_answers_are_counted_only_in_company(storage: Storage, sealer: Sealer) -> None:
    slips(storage, sealer, ["yes"] * (LEAST - 1))
    assert lay_in(storage, at=AT, sealer=sealer) == 0
    slips(storage, sealer, ["no"], service_id=LISTINGS["reading"])
    assert lay_in(storage, at=AT, sealer=sealer) == LEAST
    with storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutcomeSlip)) == 0
        assert {(row.month, row.count) for row in session.scalars(select(OutcomeCount))} == {("2026-11", 9), ("2026-11", 1)}
    assert told(storage) == [], "nine say nothing yet"


def test_what_is_told_moves_by_ten_answers_at_least(storage: Storage, sealer: Sealer) -> None:
    slips(storage, sealer, ["yes"] * 12)
    lay_in(storage, at=AT, sealer=sealer)
    assert told(storage) == [("Most said yes", 10)]
    slips(storage, sealer, ["no"] * 7)
    slips(storage, sealer, ["yes"] * 3, service_id=LISTINGS["reading"])
    lay_in(storage, at=AT + timedelta(days=1), sealer=sealer)
    assert told(storage) == [("Most said yes", 10)], "seven more move nothing"
    slips(storage, sealer, ["no"] * 11)
    lay_in(storage, at=AT + timedelta(days=40), sealer=sealer)
    assert told(storage) == [("More than half said no", 30)]


@given(batches=st.lists(st.lists(st.sampled_from(tuple(ANSWERS)), min_size=1, max_size=14), max_size=12))
def test_between_two_figures_that_differ_lie_ten_answers(batches: list[list[str]]) -> None:
    counts, told, moved_at, whole = dict.fromkeys(ANSWERS, 0), ("", 0), 0, 0
    for batch in batches:
        for answer in batch:
            counts[answer] += 1
        whole += len(batch)
        moved = move_on(counts, since=told[1])
        if moved is not None and moved != told:
            assert whole - moved_at >= LEAST, "whoever looked before and after learns of ten together at least"
            assert not any(character.isdigit() for character in moved[0])
            told, moved_at = moved, whole
    assert (told[0] == "") == (whole < LEAST)


def test_several_who_found_it_otherwise_bring_it_onto_the_list_of_calls(loop: Loop) -> None:
    slips(loop.storage, loop.sealer, ["yes"] * 8 + ["no"] * 2)
    lay_in(loop.storage, at=AT, sealer=loop.sealer)
    with loop.storage.reading() as session:
        assert session.scalars(select(Call.id)).all() == []
    slips(loop.storage, loop.sealer, ["yes"] * 9 + ["no"])
    lay_in(loop.storage, at=AT, sealer=loop.sealer)
    with loop.storage.reading() as session:
        (call,) = session.scalars(select(Call)).all()
    assert (call.service_id, any(character.isdigit() for character in call.why)) == (LUNCH, False)
