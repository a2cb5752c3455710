"""What two write to each other, on both databases: sealed for its row, gone with its time, its end and its writer, and right under every order of steps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from directory.accounts.sign_ins import sign_in
from directory.clients.erasing import TOUCHED, erase_client, scrub
from directory.errors import Invalid, NotFound, Stale
from directory.models import Account, Base, Client, Introduction, IntroductionKey, PeerCheckIn, PeerMessage, PeerNote, PeerProfile, PeerReport
from directory.peers.blocking import are_blocked, block, blocked_from
from directory.peers.checking_in.asking import Answer, ask_due, give, open_question
from directory.peers.ending import forget_traces
from directory.peers.pool import taken_places
from directory.peers.reports.kept import KEPT, open_report
from directory.peers.talking.forgetting import forget_due
from directory.peers.talking.messages import LONGEST, forget_older, keep_for
from directory.sealing import BrokenSeal
from tests.peers import AT, Circle
from tests.talked import BASE, Talk


@pytest.fixture
def talk(circle: Circle) -> Talk:
    circle.gather("rosa", "sol", "farah", "wen")
    return Talk(circle, circle.introduced("rosa", "sol"))


def raw(talk: Talk) -> bytes:
    """Every byte of the database's files."""
    folder = Path(str(talk.storage.engine.url.database)).parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def stored(talk: Talk) -> str:
    """Every row of every table, as the database gives it."""
    with talk.storage.reading() as session:
        return "\n".join(str(value) for table in Base.metadata.sorted_tables for row in session.execute(select(table)) for value in row)


def erase(talk: Talk, name: str) -> None:
    with talk.storage.writing() as session:
        erase_client(session, session.get_one(Client, talk.circle.client_id(name)), at=talk.circle.at, sealer=talk.sealer)
    assert scrub(talk.storage)


def test_a_message_opens_in_its_own_row_only(talk: Talk) -> None:
    talk.write("rosa", "first")
    talk.write("sol", "second")
    assert [(one.words, one.is_mine) for one in talk.read("rosa")] == [("first", True), ("second", False)]
    assert [(one.words, one.is_mine) for one in talk.read("sol")] == [("first", False), ("second", True)]
    with talk.storage.writing() as session:
        one, two = talk.rows(session)
        one.sealed, two.sealed = two.sealed, one.sealed
    with pytest.raises(BrokenSeal):
        talk.read("rosa")


def test_nothing_of_it_is_readable_in_the_database(talk: Talk) -> None:
    talk.write("rosa", "zebra-crossing")
    assert "zebra-crossing" not in stored(talk)
    assert "Soledad" not in stored(talk)


def test_two_introductions_have_two_keys(talk: Talk) -> None:
    other = Talk(talk.circle, talk.circle.introduced("wen", "farah"), "wen", "farah")
    talk.write("rosa", "words")
    other.write("wen", "words")
    with talk.storage.writing() as session:
        mine, theirs = talk.rows(session)[0], other.rows(session)[0]
        theirs.sealed, theirs.client_id = mine.sealed, mine.client_id
    with pytest.raises(BrokenSeal):
        other.read("wen")
    with pytest.raises(NotFound):
        other.read("rosa")


@pytest.mark.parametrize("how", ["end", "block"])
def test_an_end_deletes_key_and_messages_in_its_own_transaction(talk: Talk, how: str) -> None:
    talk.write("rosa", "words")
    with talk.storage.reading() as session:
        gone = [row.sealed for row in talk.rows(session)] + [session.get_one(IntroductionKey, talk.key).wrapped]
        assert taken_places(session, talk.circle.scheme.id)["supporter", talk.circle.client_id("sol")] == 1
    (talk.end if how == "end" else talk.block)("rosa")
    assert not [sealed for sealed in gone if sealed in stored(talk)]
    assert talk.read("rosa") == talk.read("sol") == []
    with pytest.raises(Stale):
        talk.write("sol", "Hello?")
    with talk.storage.reading() as session:
        assert not taken_places(session, talk.circle.scheme.id), "his place is free again"
    forget_traces(talk.storage)
    if talk.storage.is_sqlite:
        assert not [sealed for sealed in gone if sealed.encode() in raw(talk)]


def test_blocked_people_meet_nowhere_again(talk: Talk) -> None:
    rosa, sol = talk.circle.client_id("rosa"), talk.circle.client_id("sol")
    talk.block("rosa")
    with talk.storage.reading() as session:
        assert are_blocked(session, rosa, sol)
        assert are_blocked(session, sol, rosa)
        assert blocked_from(session, sol) == {rosa}
        assert not are_blocked(session, rosa, talk.circle.client_id("farah"))
    talk.end("rosa", "change")
    assert "Marigold" not in talk.circle.cards("rosa")
    assert "Quilt" not in talk.circle.cards("sol")
    assert "Bluebird" in talk.circle.cards("rosa")


def test_a_block_ends_a_suggestion_that_waits_elsewhere_without_a_letter(talk: Talk) -> None:
    with talk.storage.writing() as session:
        waiting = Introduction(
            scheme_id=talk.circle.scheme.id, seeker_id=talk.circle.client_id("sol"), supporter_id=talk.circle.client_id("rosa"), suggested_at=AT,
        )  # fmt: skip
        session.add(waiting)
        session.flush()
        block(session, talk.between(session, "rosa"), **talk.said)
        assert (waiting.ended_at, waiting.ended_by) == (AT, "supporter")


def test_older_messages_go_after_the_shorter_time(talk: Talk) -> None:
    talk.write("rosa", "old")
    talk.circle.later(days=20)
    talk.write("sol", "new")
    with talk.storage.writing(counting=True) as session:
        keep_for(session, talk.between(session, "sol"), 90, at=talk.circle.at)
    talk.circle.later(days=11)
    assert [one.words for one in talk.read("rosa")] == ["new"], "what is over is not shown, even before the job"
    assert forget_due(talk.storage, at=talk.circle.at) == 1
    with talk.storage.reading() as session:
        assert [row.seq for row in talk.rows(session)] == [2]
    assert forget_due(talk.storage, at=talk.circle.at) == 0
    assert talk.write("rosa", "newest") == 3


def test_days_that_nobody_offered_are_kept_by_the_job_too(talk: Talk) -> None:
    talk.write("rosa", "old")
    with talk.storage.writing() as session:
        row = session.get_one(Introduction, talk.key)
        row.seeker_days = 3
        assert forget_older(session, row, at=talk.circle.at + timedelta(days=2)) == 0
    talk.circle.later(days=7)
    assert talk.read("sol") == []
    assert forget_due(talk.storage, at=talk.circle.at) == 1


def test_what_is_left_of_an_introduction_goes_a_year_after_its_end(talk: Talk) -> None:
    report = talk.report("rosa", "words")
    talk.end("rosa")
    talk.circle.later(days=364)
    assert forget_due(talk.storage, at=talk.circle.at) == 0
    talk.circle.later(days=2)
    assert forget_due(talk.storage, at=talk.circle.at) == 1
    with talk.storage.reading() as session:
        assert session.get(Introduction, talk.key) is None
        assert session.get_one(PeerReport, report).about_id == talk.circle.client_id("sol"), "what was not answered still waits"
    talk.circle.later(days=2 * KEPT.days)
    forget_due(talk.storage, at=talk.circle.at)
    with talk.storage.reading() as session:
        assert session.get(PeerReport, report) is None


@pytest.mark.parametrize("words", ["", " \n", "x" * (LONGEST + 1)])
def test_what_is_no_message_is_refused(talk: Talk, words: str) -> None:
    with pytest.raises(Invalid):
        talk.write("rosa", words)


@pytest.mark.parametrize("name", ["rosa", "sol"])
def test_who_erases_leaves_nothing_of_what_was_between_two(talk: Talk, name: str) -> None:
    talk.write("rosa", "hello")
    number = talk.write("sol", "hello you")
    mine, theirs = talk.report("rosa", "Rosa wrote this", 1, number), talk.report("sol", "Sol wrote this", 1, number)
    with talk.storage.reading() as session:
        gone = [row.sealed for row in talk.rows(session)] + [session.get_one(IntroductionKey, talk.key).wrapped]
        by_name = {"rosa": mine, "sol": theirs}
        gone += [session.get_one(PeerReport, by_name[name]).words]
    erase(talk, name)
    assert not [sealed for sealed in gone if sealed in stored(talk)]
    if talk.storage.is_sqlite:
        assert not [sealed for sealed in gone if sealed.encode() in raw(talk)]
    with talk.storage.reading() as session:
        assert session.get(Introduction, talk.key) is None
        left = session.scalars(select(PeerReport)).one()
        words, _, passages = open_report(left, sealer=talk.sealer)
        other = "Sol" if name == "rosa" else "Rosa"
        assert words == f"{other} wrote this", "what the other told stays theirs"
        assert [passage.is_theirs for passage in passages] == [False], "without a line of whoever erased"
        assert (left.about_id, left.introduction_id) == (None, None)


def test_every_table_that_holds_something_of_people_is_written_anew() -> None:
    assert {"introduction", "introduction_key", "peer_message", "peer_check_in", "peer_report", "peer_block", "peer_profile", "client", "mail"} <= TOUCHED
    assert not TOUCHED & {"service", "organization", "location", "change"}


def test_each_side_is_asked_four_times_and_what_was_missed_once(talk: Talk) -> None:
    asked = []
    for hours in (47, 1, 11 * 24, 24, 14 * 24, 28 * 24, 100 * 24):
        talk.circle.later(hours=hours)
        with talk.storage.writing(counting=True) as session:
            asked.append(ask_due(session, **talk.said))
    assert asked == [0, 2, 0, 2, 2, 2, 0]
    with talk.storage.reading() as session:
        assert len(session.scalars(select(PeerCheckIn)).all()) == 8
        assert open_question(session, talk.between(session, "rosa"), at=talk.circle.at) == 56 * 24, "only the newest waits"
    talk.circle.gather("wen", "farah")   # what they agreed to had ended
    late, met = Talk(talk.circle, talk.circle.introduced("wen", "farah"), "wen", "farah"), talk.circle.at
    talk.circle.later(hours=1)
    with talk.storage.writing(counting=True) as session:
        wen = session.get_one(Account, session.get_one(Client, talk.circle.client_id("wen")).account_id)
        sign_in(session, wen, level=1, at=talk.circle.at, label="a browser")   # Farah has not come to read of it yet
    talk.circle.later(days=60)
    with talk.storage.writing(counting=True) as session:
        assert ask_due(session, **late.said) == 8
        assert ask_due(session, **late.said) == 0
        mailed = dict(session.execute(select(PeerNote.client_id, PeerNote.mailed_at)).all())
    assert mailed[talk.circle.client_id("wen")] == talk.circle.at, "four questions, one letter"
    assert mailed[talk.circle.client_id("farah")] == met, "and none beside a letter that nobody followed"


def test_an_answer_is_sealed_with_the_persons_own_key_and_no_one_is_asked_after_an_end(talk: Talk) -> None:
    talk.circle.later(days=3)
    with talk.storage.writing(counting=True) as session:
        ask_due(session, **talk.said)
        give(session, talk.between(session, "rosa"), 48, Answer(going="not", words="zebra"), at=talk.circle.at, sealer=talk.sealer)
        with pytest.raises(NotFound):
            give(session, talk.between(session, "rosa"), 14 * 24, Answer(going="well"), at=talk.circle.at, sealer=talk.sealer)
        with pytest.raises(Invalid):
            give(session, talk.between(session, "rosa"), 48, Answer(going="splendid"), at=talk.circle.at, sealer=talk.sealer)
    assert "zebra" not in stored(talk)
    talk.end("sol")
    talk.circle.later(days=100)
    with talk.storage.writing(counting=True) as session:
        assert ask_due(session, **talk.said) == 0
        assert [row.hours for row in session.scalars(select(PeerCheckIn))] == [48], "what was answered stays for the coordinator"


def test_a_seeker_has_waited_since_before(talk: Talk) -> None:
    with talk.storage.writing() as session:
        session.execute(update(PeerProfile).values(waiting_since=None))
    talk.circle.later(days=40)
    talk.end("sol", "change")
    with talk.storage.reading() as session:
        rosa = session.scalars(select(PeerProfile).where(PeerProfile.client_id == talk.circle.client_id("rosa"))).one()
        assert rosa.waiting_since == AT.date()
        assert session.scalars(select(PeerMessage)).all() == []
    assert BASE.startswith("https://")


def test_many_who_write_at_once_and_an_end_among_them(talk: Talk) -> None:
    def write(number: int) -> int:
        if number == 12:
            talk.end("sol")
            return 0
        with suppress(Stale):
            return talk.write(("rosa", "sol")[number % 2], f"message {number}")
        return 0

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for number in pool.map(write, range(24)) if number]
    assert sorted(numbers) == list(range(1, len(numbers) + 1)), "no number twice, and none lost"
    assert talk.read("rosa") == talk.read("sol") == []
    with talk.storage.reading() as session:
        assert talk.rows(session) == session.scalars(select(IntroductionKey)).all() == [], "and nothing was written after the end"
