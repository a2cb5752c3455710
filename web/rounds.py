"""What is done beside the requests to keep the directory true: reminders, the count of what is covered, and searches in vain laid down."""

from __future__ import annotations

from datetime import datetime

from directory.coverage.surveys import survey_due
from directory.freshness.reminding import remind_due
from directory.outcomes import lay_in
from directory.referrals.due import follow_due
from web.house import House
from web.tally import flush


def remind(house: House, at: datetime) -> None:
    """Ask about listings that are due, and open calls where nobody answers. One process at a time; every ten minutes is often enough."""
    remind_due(house.storage, at=at, sealer=house.sealer, base_url=house.settings.base_url)


def look_over(house: House, at: datetime) -> None:
    """Count what the directory covers, once a day and when a curator asks. One process at a time; to be looked at every minute."""
    survey_due(house.storage, house.catalogue, at=at)


def follow_referrals(house: House, at: datetime) -> None:
    """Remind of referrals that wait, bring up those that nobody answered, and lay what people found into the counts. Every ten minutes is often enough."""
    follow_due(house.storage, at=at, sealer=house.sealer, base_url=house.settings.base_url)
    lay_in(house.storage, at=at, sealer=house.sealer)


def lay_down(house: House, at: datetime) -> None:
    """Lay down what this process counted. Every process does it for itself, without a lease, every few minutes and when it stops."""
    flush(house.tally, house.storage, house.catalogue, at=at)
