"""The peer support of the demonstration: every page of it has something to try, and all of it was done through the verbs that the pages use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.accounts.actors import Actor, actor_of
from directory.accounts.people import find_account
from directory.models import Introduction, PeerNamed, PeerRound, PeerScheme
from directory.peers.agreed import list_agreed
from directory.peers.checking_in.asking import open_question
from directory.peers.coordinating import count_to_renew, list_people
from directory.peers.introducing import list_introduced
from directory.peers.profiles import own_profile
from directory.peers.reports.opening import list_reports
from directory.peers.rounds.kept import find_open, read
from directory.peers.schemes import Scheme, get_kept
from directory.peers.suggesting import board_of
from directory.peers.talking.between import get_between
from directory.peers.talking.messages import list_messages
from directory.sealing import Sealer
from directory.storage import Session, Storage, sqlite_url
from seeds.load import demo, vocabularies
from seeds.pals import COORDINATOR, IN_TOUCH, pals
from seeds.pals_people import PALS

AT = datetime(2026, 11, 22, 21, tzinfo=UTC)
SEALER = Sealer.of(b"p" * 48)


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Storage:
    path: Path = tmp_path_factory.mktemp("pals") / "pals.sqlite3"
    path.write_bytes(ground_file.read_bytes())
    made = Storage(sqlite_url(path))
    vocabularies(made, at=AT)
    demo(made, sealer=SEALER, at=AT)
    return made


def actor(session: Session, email: str) -> Actor:
    account = find_account(session, email, sealer=SEALER)
    assert account is not None
    return actor_of(session, account, level=2, confirmed_at=AT)


def scheme_of(session: Session) -> Scheme:
    row = session.scalars(select(PeerScheme)).one()
    return get_kept(session, row.organization_id, row.id)


def test_two_are_in_touch_with_words_between_them_and_a_question_waiting(storage: Storage) -> None:
    with storage.reading() as session:
        row = list_introduced(session, scheme_of(session).id)[0]
        for email in IN_TOUCH:
            between = get_between(session, row.id, actor(session, email))
            assert len(list_messages(session, between, at=AT, sealer=SEALER)) == 4
            assert open_question(session, between, at=AT) == 48


def test_the_coordinator_has_something_of_each_kind_to_do(storage: Storage) -> None:
    with storage.writing(counting=True) as session:
        scheme, imani = scheme_of(session), actor(session, COORDINATOR)
        assert len(list_agreed(session, scheme.id)) == 1
        assert [row.kind for row in session.scalars(select(PeerNamed))] == ["near"]
        assert len(list_reports(session, scheme.organization_id, imani, at=AT)) == 1
        assert count_to_renew(session, scheme.id, on=AT.date(), at=AT) == 1
        people = list_people(session, scheme, imani, on=AT.date(), at=AT, sealer=SEALER)
        assert [one.lacks for one in people if one.is_minor] == [("guardian",)]
        waits = find_open(session, scheme.id)
        assert waits is not None
        proposal = read(waits, sealer=SEALER)
        assert (len(proposal.pairs), len(proposal.unmatched)) == (1, 2)


def test_whoever_waits_has_a_board_with_something_on_it(storage: Storage) -> None:
    with storage.reading() as session:
        scheme = scheme_of(session)
        told = {}
        for email, (side, words) in PALS.items():
            mine = own_profile(session, actor(session, email), scheme.id, side, sealer=SEALER)
            assert mine is not None
            board = board_of(session, scheme, mine, on=AT.date(), at=AT, sealer=SEALER)
            told[words["pseudonym"]] = {card.pseudonym for card in board.cards}, {one.state for one in board.answered}
        assert told["Ferry"][0] == {"Cardamom", "Thimble"}
        assert "Ferry" in told["Thimble"][0]
        assert told["Monsoon"][1] == {"both"}
        assert told["Kestrel"][1] == told["Lantern"][1] == {"introduced"}
        assert "Plum" not in told["Lantern"][0], "who may be meant by somebody's words is not shown their card"
        assert told["Comet"][0] == set()


def test_a_second_start_changes_nothing(storage: Storage) -> None:
    assert pals(storage, sealer=SEALER, at=AT) is False
    with storage.reading() as session:
        assert len(session.scalars(select(Introduction)).all()) == 3
        assert len(session.scalars(select(PeerRound)).all()) == 1
