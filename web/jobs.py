"""What is done beside the requests, by one process at a time: each job with how often it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from directory.accounts.keeping import forget_ended
from directory.duplicates.queue import look_for_pairs
from directory.editing.popup import expire
from directory.feeds import fetch_due
from directory.outbox import deliver_due
from directory.reports import forget_old as forget_reports
from directory.workspace.nearby import forget_old as forget_offers
from web.house import House
from web.mailing import deliverer
from web.rounds import follow_peers, follow_referrals, forget_people, look_over, remind, remind_people


class Job(Struct, frozen=True):
    """A job: its name (also that of its lease), how many seconds apart it is done, and what to do. ``run`` opens its own transactions."""

    name: str
    every_seconds: float
    run: Callable[[House, datetime], object]


NIGHTLY: Final = 86_400
"""Once a day; the lease remembers when, over every restart."""


def jobs() -> tuple[Job, ...]:
    """Every job of the house. Another one is another line here."""
    return (
        Job("mail", 2, deliver_mail),
        Job("ended", 60, end_events),
        Job("forget", 3_600, forget),
        Job("sources", 300, fetch_sources),
        Job("remind", 600, remind),
        Job("remind people", 600, remind_people),
        Job("coverage", 60, look_over),
        Job("referrals", 600, follow_referrals),
        Job("peers", 600, follow_peers),
        Job("duplicates", NIGHTLY, compare),
        Job("forget people", NIGHTLY, forget_people),
    )


def deliver_mail(house: House, at: datetime) -> None:
    """Hand on the letters that are due."""
    deliver_due(house.storage, deliverer(house.settings), at=at, sealer=house.sealer)


def end_events(house: House, at: datetime) -> None:
    """Take pop-up activities down that are over."""
    expire(house.storage, at)


def forget(house: House, at: datetime) -> None:
    """Delete sign-ins, links, limits and letters whose time is over, reports long dealt with, and counts that are told of no more."""
    forget_ended(house.storage, at=at)
    with house.storage.writing() as session:
        forget_reports(session, at=at)
        forget_offers(session, on=at.date())


def compare(house: House, at: datetime) -> None:
    """Compare what is new in the directory with all that is in it, and lay what may be the same before the curators."""
    look_for_pairs(house.storage, house.settings.duplicates_dir, at=at)


def fetch_sources(house: House, at: datetime) -> None:
    """Fetch the sources whose time has come; what came of each stands with it."""
    fetch_due(house.storage, fetching=house.settings.fetching(), sealer=house.sealer, at=at)
