"""Tests of the ticker: what is due is done by one at a time, failures are told by kind only, and it stops cleanly."""

from __future__ import annotations

import logging
import threading
import time
from datetime import date, datetime

import pytest
from sqlalchemy import select

from directory.models import Pair, Report, Service, StrengthOffer, UnmetSearch
from directory.workspace.nearby import offer_strengths
from tests.cast import LISTINGS
from tests.make import make_phone
from tests.web.second_door import SecondDoor
from web.house import House
from web.jobs import Job, jobs
from web.ticker import do_due, ticking


def house(door: SecondDoor) -> House:
    made: House = door.app.state.house
    return made


def test_a_job_is_done_when_it_is_due_and_not_before(door: SecondDoor) -> None:
    times: list[datetime] = []
    todo = [Job("count", 60, lambda _, at: times.append(at))]
    for _ in range(6):
        do_due(house(door), todo, "one")
        door.later(seconds=25)
    assert len(times) == 2


def test_a_job_that_fails_is_told_by_kind_tried_again_and_holds_up_no_other(door: SecondDoor, caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def fails(_house: House, _at: datetime) -> None:
        tries.append(1)
        raise ValueError("somebody's own words")

    caplog.set_level(logging.DEBUG)
    todo = [Job("fails", 3600, fails), Job("works", 3600, lambda *_: None)]
    assert do_due(house(door), todo, "one") == {"fails": "ValueError", "works": "done"}
    assert do_due(house(door), todo, "one") == {}
    door.later(seconds=31)
    assert do_due(house(door), todo, "one") == {"fails": "ValueError"}
    assert len(tries) == 2
    assert "job fails: ValueError" in caplog.text
    assert "own words" not in caplog.text


def test_the_thread_works_and_stops(door: SecondDoor) -> None:
    done = threading.Event()
    with ticking(house(door), [Job("tick", 0, lambda *_: done.set())], every_seconds=0.01):
        assert done.wait(10)
        assert [thread for thread in threading.enumerate() if thread.name == "homeground-ticker"]
    assert not [thread for thread in threading.enumerate() if thread.name == "homeground-ticker"]


def test_what_is_due_waits_for_what_people_wait_for_and_a_stop_does_not(door: SecondDoor) -> None:
    go, order = threading.Event(), list[str]()
    done = threading.Event()

    def tick(_house: House, _at: datetime) -> None:
        order.append("tick")
        done.set()

    def words() -> None:
        assert go.wait(60)
        order.append("words")

    for is_let_go in (False, True):
        held = threading.Thread(target=words)
        held.start()
        with ticking(house(door), [Job("tick", 0, tick)], every_seconds=0.01, after=held):
            if is_let_go:
                go.set()
                assert done.wait(60)
        assert (order[:2] == ["words", "tick"]) == is_let_go == done.is_set()
        if not is_let_go:
            go.set()
        held.join(60)
        go.clear()
        order.clear()


def test_the_feeds_are_ready_before_anybody_asks(door: SecondDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each day, and of each state; a feed that fails stops nothing."""
    asked, twice = list[object](), threading.Event()
    honest = house(door).feeds.on

    def on(day: date) -> object:
        asked.append(honest(day))
        if len(asked) == 1:
            raise ValueError("somebody's own words")
        if len(asked) > 2:
            twice.set()
        return asked[-1]

    monkeypatch.setattr(house(door).feeds, "on", on)
    with ticking(house(door), [], every_seconds=0.01):
        assert twice.wait(20)
    assert asked[0] is asked[1] is honest(house(door).today())


def test_a_stop_waits_for_the_job_at_hand(door: SecondDoor) -> None:
    began, ended = threading.Event(), threading.Event()

    def slow(_house: House, _at: datetime) -> None:
        began.set()
        time.sleep(0.3)
        ended.set()

    with ticking(house(door), [Job("slow", 0, slow)], every_seconds=0.01):
        assert began.wait(10)
    assert ended.is_set()


def test_every_job_of_the_house_can_be_done(door: SecondDoor) -> None:
    door.as_("anyone").post("/account/link", {"email": "ana@people.example"}, stamped=False)
    came = do_due(house(door), jobs(), "one")
    assert came == {job.name: "done" for job in jobs()}
    assert len(list(door.settings.outbox_dir.glob("*.eml"))) == 1
    assert len({job.name for job in jobs()}) == len(jobs())


def test_an_application_alone_starts_no_thread(door: SecondDoor) -> None:
    door.as_("anyone").get("/account/sign-in")
    assert not [thread for thread in threading.enumerate() if thread.name == "homeground-ticker"]


def test_what_a_process_counted_is_laid_down_when_it_stops(door: SecondDoor) -> None:
    with ticking(house(door), []):
        door.as_("anyone").post("/search", {"text": "xyzzyq"}, stamped=False)
    assert not house(door).tally.take()
    with door.storage.reading() as session:
        assert [row.count for row in session.scalars(select(UnmetSearch))] == [1]


def test_every_night_what_may_be_the_same_is_laid_before_the_curators_and_what_is_old_is_forgotten(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        for _ in range(2):
            twin = Service(name="Valley Harmonica Circle", email="circle@valley.example", url="https://valley.example/harmonica")
            session.add(twin)
            session.flush()
            make_phone(session, twin, "920-555-0199")
        session.add(Report(service_id=LISTINGS["lunch"], about="closed", made_at=door.at, state="mended", answer="Yes.", answered_at=door.at, answered_by="x"))
        offer_strengths(session, "us/wi/outagamie county", ["cooking"], on=door.at.date(), known=["cooking"])
    do_due(house(door), jobs(), "one")
    assert _left(door) == (1, 1, 1)
    door.later(days=400)
    do_due(house(door), jobs(), "one")
    assert _left(door) == (1, 0, 0)


def _left(door: SecondDoor) -> tuple[int, int, int]:
    with door.storage.reading() as session:
        pairs, reports, offers = (len(session.scalars(select(table)).all()) for table in (Pair, Report, StrengthOffer))
    return pairs, reports, offers
