"""What is done beside the requests, by one process at a time: each job with how often it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from directory.accounts.keeping import forget_ended
from directory.editing.popup import expire
from directory.feeds import fetch_due
from directory.outbox import deliver_due
from web.house import House
from web.mailing import deliverer
from web.rounds import look_over, remind


class Job(Struct, frozen=True):
    """A job: its name (also that of its lease), how many seconds apart it is done, and what to do. ``run`` opens its own transactions."""

    name: str
    every_seconds: float
    run: Callable[[House, datetime], object]


def jobs() -> tuple[Job, ...]:
    """Every job of the house. Another one is another line here."""
    return (
        Job("mail", 2, deliver_mail),
        Job("ended", 60, end_events),
        Job("forget", 3_600, forget),
        Job("sources", 300, fetch_sources),
        Job("remind", 600, remind),
        Job("coverage", 60, look_over),
    )


def deliver_mail(house: House, at: datetime) -> None:
    """Hand on the letters that are due."""
    deliver_due(house.storage, deliverer(house.settings), at=at, sealer=house.sealer)


def end_events(house: House, at: datetime) -> None:
    """Take pop-up activities down that are over."""
    expire(house.storage, at)


def forget(house: House, at: datetime) -> None:
    """Delete sign-ins, links, limits and letters whose time is over."""
    forget_ended(house.storage, at=at)


def fetch_sources(house: House, at: datetime) -> None:
    """Fetch the sources whose time has come; what came of each stands with it."""
    fetch_due(house.storage, fetching=house.settings.fetching(), sealer=house.sealer, at=at)
