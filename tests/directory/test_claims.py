"""Claims, people and reports on both engines: of two who come at once one is served, and nothing private stands open in the tables."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.people import get_account, grant, members
from directory.claims import ask_by_link, decide, take_back, use_link
from directory.claims import ask_by_words as ask
from directory.errors import DirectoryError, Invalid, TooOften
from directory.members import let_go
from directory.models import Account, Claim, Organization, Report
from directory.reports import answer, forget_old, make_report, queue
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LISTINGS, ORGANIZATIONS, Town, make_town
from tests.directory.conftest import everything

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
LIBRARY = ORGANIZATIONS["library"]


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=AT, sealer=sealer)


def at_once(storage: Storage, *verbs: Callable[[Session], object]) -> list[bool]:
    """Which of these, each in a transaction of its own and all begun together, came to an end."""
    together, done = threading.Barrier(len(verbs)), [False] * len(verbs)

    def run(number: int) -> None:
        together.wait(10)
        try:
            with storage.writing() as session:
                verbs[number](session)
            done[number] = True
        except DirectoryError:
            pass   # told to try again, or that it is too late

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(verbs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return done


def owners(storage: Storage) -> set[str]:
    with storage.reading() as session:
        return {account.name for account, role in members(session, LIBRARY) if role.role == "owner"}


def link(storage: Storage, sealer: Sealer, account: Account) -> str:
    sent: list[str] = []

    def addressed(path: str) -> str:
        sent.append(path)
        return path

    with storage.writing() as session:
        library = session.get(Organization, LIBRARY)
        assert library
        ask_by_link(session, library, account, 0, at=AT, sealer=sealer, addressed=addressed)
    return sent[0].rpartition("/")[2]


def someone(storage: Storage, town: Town, name: str) -> Account:
    with storage.reading() as session:
        return get_account(session, town.accounts[name])


def test_of_two_who_claim_at_once_one_becomes_the_owner(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        session.delete(next(role for account, role in members(session, LIBRARY) if account.name == "Emil"))
    people = [someone(storage, town, name) for name in ("stella", "ben")]
    links = [link(storage, sealer, account) for account in people]
    at_once(storage, *[
        lambda session, token=token, account=account: use_link(session, token, account, at=AT, sealer=sealer)
        for token, account in zip(links, people, strict=True)
    ])  # fmt: skip
    assert len(owners(storage)) == 1


def test_one_link_used_twice_at_once_counts_once(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        session.delete(next(role for account, role in members(session, LIBRARY) if account.name == "Emil"))
    token = link(storage, sealer, someone(storage, town, "stella"))
    people = [someone(storage, town, name) for name in ("stella", "ben")]
    done = at_once(storage, *[lambda session, account=account: use_link(session, token, account, at=AT, sealer=sealer) for account in people])
    assert sorted(done) == [False, True]
    assert len(owners(storage)) == 1


def test_two_owners_who_leave_at_once_leave_one_behind(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        grant(session, get_account(session, town.accounts["stella"]), "owner", by="tests", at=AT, organization_id=LIBRARY)
    library = Organization(id=LIBRARY, name="Hillview Library")
    at_once(storage, *[
        lambda session, name=name: let_go(session, library, town.accounts[name], by="t", at=AT, sealer=sealer) for name in ("emil", "stella")
    ])  # fmt: skip
    assert len(owners(storage)) == 1


def test_a_claim_is_asked_decided_and_taken_back(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        library = session.get(Organization, LIBRARY)
        assert library
        claim = ask(session, library, get_account(session, town.accounts["stella"]), "I look after the reading room.", at=AT, sealer=sealer)
        assert claim.state == "contested"
        decide(session, claim, approve=True, why="So it is.", by="account:1", at=AT, sealer=sealer)
    assert owners(storage) == {"Emil", "Stella"}
    with storage.writing() as session:
        take_back(session, session.scalars(select(Claim)).one(), why="It was not.", by="account:1", at=AT, sealer=sealer)
    assert owners(storage) == {"Emil"}


def test_reports_are_taken_sorted_answered_and_forgotten(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        for about in ("hours", "unsafe"):
            make_report(session, LISTINGS["lunch"], about=about, words="w", email="canary@post.example", network="n", at=AT, sealer=sealer)
        assert [line.is_unsafe for line in queue(session)] == [True, False]
        assert [line.is_unsafe for line in queue(session, organization_id=ORGANIZATIONS["kitchen"])] == [False]
    assert not any("canary" in row for rows in everything(storage).values() for row in rows)
    with storage.writing() as session:
        report = session.scalars(select(Report).where(Report.about == "hours")).one()
        answer(session, report, state="mended", words="Thank you.", by="account:1", at=AT, sealer=sealer)
        assert forget_old(session, at=AT.replace(year=2028)) == 1
        assert [row.about for row in session.scalars(select(Report))] == ["unsafe"]


def test_the_whole_house_takes_so_many_reports_a_day(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        said = {"about": "closed", "words": "", "email": ""}
        for number in range(998):   # the last may be one too many by a rounding of the clock
            make_report(session, LISTINGS["lunch"], **said, network=str(number), at=AT, sealer=sealer)
        make_report(session, LISTINGS["lunch"], **said, network="last", at=AT, sealer=sealer)
        with pytest.raises(TooOften):
            _two_more(session, sealer)


def _two_more(session: Session, sealer: Sealer) -> None:
    for number in range(2):
        make_report(session, LISTINGS["lunch"], about="closed", words="", email="", network=f"more {number}", at=AT, sealer=sealer)


def test_a_report_that_says_nothing_is_not_counted(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing() as session:
        for _ in range(20):
            with pytest.raises(Invalid):
                make_report(session, LISTINGS["lunch"], about="else", words="", email="", network="n", at=AT, sealer=sealer)
        make_report(session, LISTINGS["lunch"], about="closed", words="", email="", network="n", at=AT, sealer=sealer)
