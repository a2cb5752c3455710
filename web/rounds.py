"""What is done beside the requests: reminders, the count of what is covered, searches in vain laid down, and people's records that are over forgotten."""

from __future__ import annotations

from datetime import datetime

from directory.clients.forgetting import forget
from directory.clients.planning import remind_due as notes_due
from directory.coverage.surveys import survey_due
from directory.freshness.reminding import remind_due
from directory.outcomes import lay_in
from directory.peers.checking_in.asking import ask_due
from directory.peers.reports.reaching import bring_again
from directory.peers.talking.forgetting import forget_due
from directory.peers.talking.parting import tell_parted
from directory.referrals.due import follow_due
from web.house import House
from web.tally import flush


def remind(house: House, at: datetime) -> None:
    """Ask about listings that are due, and open calls where nobody answers. One process at a time; every ten minutes is often enough."""
    remind_due(house.storage, at=at, sealer=house.sealer, base_url=house.settings.base_url)


def look_over(house: House, at: datetime) -> None:
    """Count what the directory covers, once a day and when a curator asks. One process at a time; to be looked at every minute."""
    survey_due(house.storage, house.catalogue, at=at)


def forget_people(house: House, at: datetime) -> None:
    """Delete what is kept of people and over for long enough, once a day; ``homeground clients forget --dry-run`` says how much that is."""
    forget(house.storage, at=at, sealer=house.sealer)


def follow_referrals(house: House, at: datetime) -> None:
    """Remind of referrals that wait, bring up those that nobody answered, and lay what people found into the counts. Every ten minutes is often enough."""
    follow_due(house.storage, at=at, sealer=house.sealer, base_url=house.settings.base_url)
    lay_in(house.storage, at=at, sealer=house.sealer)


def follow_peers(house: House, at: datetime) -> None:
    """Ask people who were introduced how it goes, bring up reports that wait, and delete messages whose time is over. Every ten minutes is often enough."""
    with house.storage.writing(counting=True) as session:
        ask_due(session, at=at, sealer=house.sealer, base_url=house.settings.base_url)
        tell_parted(session, at=at, sealer=house.sealer, base_url=house.settings.base_url)
    with house.storage.writing(counting=True) as session:
        bring_again(session, at=at, sealer=house.sealer, base_url=house.settings.base_url)
    forget_due(house.storage, at=at)


def remind_people(house: House, at: datetime) -> None:
    """Send the notes that people asked for about their own page. Every ten minutes is often enough."""
    with house.storage.writing(counting=True) as session:
        notes_due(session, at=at, sealer=house.sealer, base_url=house.settings.base_url)


def lay_down(house: House, at: datetime) -> None:
    """Lay down what this process counted. Every process does it for itself, without a lease, every few minutes and when it stops."""
    flush(house.tally, house.storage, house.catalogue, at=at)
