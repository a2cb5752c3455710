"""Two records of one person, of which one takes part in peer support: that one stays, and nothing between people is lost or loosened."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import or_, select

from directory.clients.records import begin_own
from directory.clients.uniting import unite
from directory.errors import Stale
from directory.models import Introduction, PeerBlock, PeerProfile, PeerReport, PeerScheme, PeerVouching
from directory.peers.staying import takes_part
from directory.storage import Session
from tests.clients import ALDER, actor
from tests.directory.clients.test_uniting import BOTH, Person, stella
from tests.ground import MOMENT

__all__ = ["stella"]


def scheme_of(session: Session) -> UUID:
    row = PeerScheme(id=uuid4(), organization_id=ALDER, name="Alder Circle", made_at=MOMENT)
    session.add(row)
    session.flush()
    return row.id


def profile(session: Session, scheme: UUID, client: UUID, state: str = "open") -> None:
    session.add(PeerProfile(id=uuid4(), client_id=client, scheme_id=scheme, side="seeker", state=state, sealed="x", made_at=MOMENT, saved_at=MOMENT))
    session.flush()


def somebody(session: Session, stella: Person) -> UUID:



    return begin_own(session, actor(session, stella.town, "ana", at=MOMENT), at=MOMENT, sealer=stella.sealer).id


@pytest.mark.parametrize("state", ["open", "paused", "ended"])
def test_the_record_that_takes_part_is_the_one_that_stays(stella: Person, state: str) -> None:
    with stella.storage.writing(counting=True) as session:
        profile(session, scheme_of(session), stella.theirs, state)
        two = stella.two(session)
        assert takes_part(session, stella.theirs) == (state != "ended")
        stays = stella.mine if state == "ended" else stella.theirs
        assert (two.mine.client.id, two.theirs.client.id) == (stays, ({stella.mine, stella.theirs} - {stays}).pop())
        unite(session, two, BOTH, mark=two.mark, by="account:stella", at=MOMENT)
        assert len(session.scalars(select(PeerProfile)).all()) == (state != "ended")


def test_somebody_vouched_for_takes_part_before_they_said_anything(stella: Person) -> None:
    with stella.storage.writing(counting=True) as session:
        scheme = scheme_of(session)
        said = {"kind": "checks", "ends_on": MOMENT.date(), "by": "account:x", "at": MOMENT}
        session.add(PeerVouching(id=uuid4(), client_id=stella.theirs, scheme_id=scheme, **said))
        session.flush()
        assert stella.two(session).mine.client.id == stella.theirs


def test_two_records_that_both_take_part_stay_two_and_it_says_what_to_do(stella: Person) -> None:
    with stella.storage.writing(counting=True) as session:
        scheme = scheme_of(session)
        for key in (stella.mine, stella.theirs):
            profile(session, scheme, key)
    with pytest.raises(Stale, match="Leave it in one of them first"):
        stella.unite()
    with stella.storage.reading() as session:
        assert len(session.scalars(select(PeerProfile)).all()) == 2


def test_whom_one_must_never_meet_stays_so_whoever_asked_for_it(stella: Person) -> None:
    with stella.storage.writing(counting=True) as session:
        other, third = somebody(session, stella), stella.mine
        for a, b in ((stella.theirs, other), (other, stella.theirs), (third, other), (third, stella.theirs)):
            session.add(PeerBlock(client_id=a, other_id=b, at=MOMENT))
    stella.unite()
    with stella.storage.reading() as session:
        kept = session.execute(select(PeerBlock.client_id, PeerBlock.other_id).order_by(PeerBlock.client_id)).all()
        assert {tuple(row) for row in kept} == {(stella.mine, other), (other, stella.mine)}


def test_reports_go_along_and_what_had_ended_goes(stella: Person) -> None:
    with stella.storage.writing(counting=True) as session:
        other, scheme = somebody(session, stella), scheme_of(session)
        said = {"suggested_at": MOMENT, "ended_at": MOMENT, "ended_by": "house", "scheme_id": scheme}
        session.add(Introduction(id=uuid4(), seeker_id=stella.theirs, supporter_id=other, **said))
        session.add(PeerReport(id=uuid4(), scheme_id=scheme, reporter_id=stella.theirs, about_id=other, words="x", made_at=MOMENT))
        session.add(PeerReport(id=uuid4(), scheme_id=scheme, reporter_id=other, about_id=stella.theirs, words="x", made_at=MOMENT))
    stella.unite()
    with stella.storage.reading() as session:
        told = {(row.reporter_id, row.about_id) for row in session.scalars(select(PeerReport))}
        assert told == {(stella.mine, other), (other, stella.mine)}
        there = or_(Introduction.seeker_id == stella.theirs, Introduction.supporter_id == stella.theirs)
        assert session.scalars(select(Introduction.id).where(there)).all() == []
