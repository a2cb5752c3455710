"""Sending whose process is killed, wherever it is struck down, leaves a draft that nobody was told of, or a referral with consent, letter and log."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from directory.models import ClientEvent, Consent, Mail, Referral, ReferralEvent, ReferralLetter
from directory.referrals.withdrawing import withdraw_referral
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import make_town
from tests.faults.killing import in_a_child
from tests.referred import AT, Loop, loop_of

Work = Callable[[Storage], None]


@pytest.fixture
def loop(storage: Storage, sealer: Sealer) -> Loop:
    return loop_of(storage, sealer, make_town(storage, at=AT, sealer=sealer), at=AT)


def stands(storage: Storage) -> tuple[object, ...]:
    """All that belongs to a referral."""
    with storage.reading() as session:
        referral = session.scalars(select(Referral)).one()
        consents = session.scalars(select(Consent.withdrawn_at.is_(None)).where(Consent.purpose == "referral")).all()
        counts = [len(session.scalars(select(column)).all()) for column in (Mail.id, ReferralLetter.mail_id)]
        events = list(session.scalars(select(ReferralEvent.becomes).order_by(ReferralEvent.seq)))
        told = session.scalars(select(ClientEvent.id).where(ClientEvent.kind == "referred")).all()
    return referral.state, referral.packet is None, referral.draft is None, list(consents), *counts, events, len(told)


def struck(storage: Storage, work: Work) -> int:
    """Kill the work before one statement after another; gives how many statements it has when it is let be."""
    before, strike = stands(storage), 0
    while True:
        strike += 1
        if steps := in_a_child(storage, work, strike=strike):
            return steps
        assert stands(storage) == before, strike


def test_sending_killed_before_any_statement_leaves_the_draft_and_tells_nobody(loop: Loop, storage: Storage) -> None:
    key = loop.draft()
    mark = loop.preview(key).mark

    def send(own: Storage) -> None:
        with own.writing(counting=True) as session:
            loop.send_in(session, key, mark=mark)

    assert struck(storage, send) > 10
    assert stands(storage) == ("sent", False, True, [True], 1, 1, ["draft", "sent"], 1)


def test_taking_back_killed_before_any_statement_leaves_all_or_nothing_of_it(loop: Loop, storage: Storage) -> None:
    key = loop.sent()
    assert struck(storage, taking_back(key)) > 5
    assert stands(storage) == ("withdrawn", True, True, [False], 0, 0, ["draft", "sent", "withdrawn"], 1)


def taking_back(key: UUID) -> Work:
    def back(own: Storage) -> None:
        with own.writing(counting=True) as session:
            withdraw_referral(session, session.get_one(Referral, key), seen=2, side="client", by="account:x", at=AT)

    return back
