"""Changing the key: everything opens with the newest key alone afterwards, however often it was stopped on the way, on both engines."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

import directory
from directory import rotating
from directory.accounts.links import look_at, make_link
from directory.accounts.people import address_of, find_account, get_account
from directory.clients.keys import locker_of
from directory.clients.opening import Opened
from directory.clients.records import own_record
from directory.clients.watching import broken_at
from directory.errors import UnsafeSetting
from directory.models import Base, Location, Mail, PeerReport
from directory.outbox import Letter, list_letters, post
from directory.peers.reports.kept import open_report
from directory.peers.reports.moderating import answer
from directory.placing import open_place, seal_place
from directory.rotating import PLACES, count_old, rotate
from directory.sealing import BrokenSeal, Sealer, begin_new_key, key_file, older_key
from directory.storage import Storage
from tests.cast import ROLES, Town, make_town
from tests.cast import address_of as mail_of
from tests.clients import actor, make_rosa, opened_of, with_nia, words
from tests.talked import talk_of

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
OLD, NEW = b"an older key of thirty-two bytes!", b"a newer key, also of thirty-two b."
OLDEST, BOTH, NEWEST = Sealer.of(OLD), Sealer.of(OLD, NEW), Sealer.of(NEW)
LETTER = Letter(to="rosa@people.example", subject="Hello", text="Words")


@pytest.fixture
def town(storage: Storage) -> Town:
    made = make_town(storage, at=AT, sealer=OLDEST)
    with storage.writing(counting=True) as session:
        rosa = make_rosa(session, made, at=AT, sealer=OLDEST)
        with_nia(session, made, rosa, at=AT)
        post(session, LETTER, at=AT, sealer=OLDEST)
    return made


def test_everything_opens_with_the_newest_key_alone(storage: Storage, town: Town) -> None:
    with storage.writing() as session:
        token = make_link(session, "sign in", at=AT, sealer=OLDEST, account_id=town.accounts["ana"], email="x")
        rosa = opened_of_rosa(session, town, OLDEST)
    came = rotate(storage, at=AT, sealer=BOTH)
    assert (came.done, came.broken) == (len(ROLES) + 1 + 1 + 1, [])   # accounts, the key of Rosa's record, a letter, a link
    assert rotate(storage, at=AT, sealer=BOTH).done == 0
    with storage.reading() as session:
        assert count_old(session, NEWEST) == 0
        assert address_of(get_account(session, town.accounts["ana"]), sealer=NEWEST) == mail_of("ana")
        assert find_account(session, mail_of("ana"), sealer=NEWEST) is not None
        assert opened_of_rosa(session, town, NEWEST).texts == rosa.texts == {part: words(part) for part in rosa.texts}
        assert broken_at(session, locker_of(session, rosa.client.id, sealer=NEWEST)) is None
        assert [letter for _, letter in list_letters(session, sealer=NEWEST)] == [LETTER]
        assert look_at(session, token, "sign in", at=AT, sealer=NEWEST).account_id == town.accounts["ana"]
        assert [table.name for table in Base.metadata.sorted_tables if f"v1.{OLDEST.newest}." in str(session.execute(select(table)).all())] == []


def opened_of_rosa(session: Session, town: Town, sealer: Sealer) -> Opened:
    client = own_record(session, actor(session, town, "rosa", at=AT))
    assert client
    return opened_of(session, town, client.id, at=AT, sealer=sealer)


def test_it_can_be_stopped_at_any_piece_and_begun_again(storage: Storage, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "PIECE", 2)
    done = 0

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    for _ in range(12):
        try:
            done += rotate(storage, at=AT, sealer=BOTH, told=stop).done
        except KeyboardInterrupt:
            with storage.reading() as session:
                assert address_of(get_account(session, town.accounts["ana"]), sealer=BOTH) == mail_of("ana"), "both keys open everything meanwhile"
    rotate(storage, at=AT, sealer=BOTH)
    with storage.reading() as session:
        assert count_old(session, NEWEST) == 0


def test_what_no_key_opens_is_named_and_left(storage: Storage, town: Town) -> None:
    with storage.writing() as session:
        session.execute(update(Mail).values(sealed=OLDEST.seal("x", bound_to="elsewhere")))
    came = rotate(storage, at=AT, sealer=BOTH)
    assert came.broken == ["mail.sealed"]
    assert came.done == len(ROLES) + 1


def test_every_place_that_seals_is_in_the_table() -> None:
    """Whatever is bound to ``table|column|row`` in the code, but for what has a client's own key or is never stored."""
    texts = [path.read_text() for path in Path(directory.__file__).parent.rglob("*.py") if path.name != "rotating.py"]
    bound = {match for text in texts for match in re.findall(r'return f"(\w+\|[\w{}]+)\|\{', text)} | {"client_key|wrapped"}
    assert any("client_key|wrapped|" in text for text in texts)
    assert bound - {"draft|{name}"} | {"draft|content", "draft|base"} == {place.prefix for place in PLACES}
    assert "draft|{name}" in bound


def test_what_two_wrote_and_what_was_reported_opens_with_the_newest_key(storage: Storage) -> None:
    talk = talk_of(storage, OLDEST, make_town(storage, at=AT, sealer=OLDEST), at=AT)
    number = talk.write("rosa", "Hello")
    report = talk.report("sol", "Something", number)
    with storage.writing() as session:
        row = session.get_one(PeerReport, report)
        answer(session, row, "Thank you", talk.actor(session, "imani"), at=AT, sealer=OLDEST, base_url="")
        before = talk.rows(session)[0].sealed
    assert rotate(storage, at=AT, sealer=BOTH).broken == []
    talk.sealer = NEWEST
    assert [message.words for message in talk.read("sol")] == ["Hello"]
    with storage.reading() as session:
        said, answered, passages = open_report(session.get_one(PeerReport, report), sealer=NEWEST)
        assert (said, answered, [passage.words for passage in passages]) == ("Something", "Thank you", ["Hello"])
        assert talk.rows(session)[0].sealed == before, "only the key of the two is wrapped anew"
        assert count_old(session, NEWEST) == 0


def test_a_place_that_is_not_public_opens_afterwards(storage: Storage) -> None:
    with storage.writing() as session:
        location = Location(visibility="area_only")
        session.add(location)
        session.flush()
        place = location.id
        seal_place(session, place, {"latitude": 1.0}, sealer=OLDEST)
    rotate(storage, at=AT, sealer=BOTH)
    with storage.reading() as session:
        assert open_place(session, place, sealer=NEWEST) == {"latitude": 1.0}


def test_a_key_keeps_its_name_whatever_stands_beside_it() -> None:
    sealed = OLDEST.seal("words", bound_to="a")
    assert BOTH.open(sealed, bound_to="a") == "words"
    with pytest.raises(BrokenSeal):
        NEWEST.open(sealed, bound_to="a")
    assert BOTH.newest == NEWEST.newest != OLDEST.newest
    assert OLD.decode() not in OLDEST.newest


def test_a_new_key_file_leaves_the_older_one_and_waits_for_the_rotation(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    first = key_file(path)
    assert key_file(begin_new_key(path)) == first
    assert key_file(path) != first
    with pytest.raises(UnsafeSetting, match="rotate-keys"):
        begin_new_key(path)
    older_key(path).unlink()
    begin_new_key(path)
