"""Limits on how often something may be tried: one atomic statement a try, right with any number of processes.

The generic cell rate algorithm (ATM Forum TM 4.1, 4.4.2): a limit of n in t seconds is a theoretical arrival time that each try pushes t / n
further, and that may run ahead of the clock by t at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from msgspec import Struct
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from directory.errors import TooOften
from directory.models import Throttle
from directory.sealing import Sealer
from directory.storage import Storage


class Limit(Struct, frozen=True):
    """So many tries in so many seconds. ``name`` keeps the counts of different acts apart."""

    name: str
    tries: int
    seconds: float


LOGIN_ACCOUNT = (Limit("login/account", 10, 300), Limit("login/account/day", 50, 86_400))
LOGIN_NETWORK = (Limit("login/network", 60, 300),)
"""Phones of one provider share an address: it may be tried more often than one account."""
SECOND_FACTOR = (Limit("factor", 5, 300), Limit("factor/hour", 20, 3_600), Limit("factor/day", 50, 86_400))
MAIL_ACCOUNT = (Limit("mail/account", 5, 86_400),)
MAIL_NETWORK = (Limit("mail/network", 20, 3_600),)
OFFER_NETWORK = (Limit("offer/network", 5, 3_600), Limit("offer/network/day", 9, 86_400))
"""One network alone never makes ten people of itself in a day."""
MAIL_ALL = (Limit("mail/all", 200, 3_600),)
EXPORT = (Limit("export", 10, 3_600),)
RECORD = (Limit("record", 60, 3_600),)
"""A caseworker opens a few records an hour; somebody who reads through all of them is stopped."""
PEERS = (Limit("peers", 20, 86_400),)
"""How often somebody changes what they wish in a day: enough to think again, and too little to try out what others say of themselves."""
REPORT_NETWORK = (Limit("report/network", 10, 3_600),)
REPORT_ALL = (Limit("report/all", 1_000, 86_400),)

_TRY = text(
    "insert into throttle (key, until) values (:key, :now + :step) on conflict (key) do update "
    "set until = case when throttle.until > :now then throttle.until else :now end + :step "
    "where case when throttle.until > :now then throttle.until else :now end + :step - :now <= :ahead returning until"
)


def take(session: Session, limits: Iterable[Limit], subject: str, *, at: datetime, sealer: Sealer) -> None:
    """Count a try of a subject (an account, a network); ``TooOften`` with the seconds to wait when it is one too many."""
    now = at.timestamp()
    for limit in limits:
        step = limit.seconds / limit.tries
        key = sealer.fingerprints(f"throttle|{limit.name}|{subject}".encode())[0]
        row = session.execute(_TRY, {"key": key, "now": now, "step": step, "ahead": limit.seconds}).first()
        if row is None:
            stands = session.get(Throttle, key, populate_existing=True)
            ahead = (stands.until if stands else now) - now
            raise TooOften(max(1, ceil(ahead + step - limit.seconds)))


def count_try(storage: Storage, tries: Iterable[tuple[Iterable[Limit], str]], *, at: datetime, sealer: Sealer) -> None:
    """Count one try of several subjects in a transaction of its own, so that it counts whatever comes of it; ``TooOften`` as ``take``.

    What was counted before the limit that refuses stays uncounted: who is refused has used nothing up.
    """
    with storage.writing(counting=True) as session:
        for limits, subject in tries:
            take(session, limits, subject, at=at, sealer=sealer)


def forget_past(session: Session, *, at: datetime) -> None:
    """Delete what no longer limits anything."""
    session.execute(delete(Throttle).where(Throttle.until < at.timestamp()))
