"""What waits for somebody's own yes, as lines on top of their page: how many of each kind and where, and no word of what it is."""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import Struct

from directory.accounts.sign_ins import Visit
from directory.clients.notes import list_notes
from directory.clients.opening import open_own
from directory.clients.records import own_records
from directory.referrals.lists import own_lines
from directory.storage import Session
from web.house import House

NOTES: Final = "/my/notes"
REFERRALS: Final = "/my/referrals"
WORDS: Final = {
    "referral": ("One referral waits for your yes", "{count} referrals wait for your yes"),
    "goal": ("One goal that was proposed to you waits for your yes", "{count} goals that were proposed to you wait for your yes"),
    "noticed": ("One strength that somebody noticed waits for your yes", "{count} strengths that somebody noticed wait for your yes"),
}
"""Each kind, for one and for more."""


class Waits(Struct, frozen=True, kw_only=True):
    """One line: what waits, and where it is answered."""

    words: str
    path: str


def waiting_for(session: Session, house: House, visit: Visit) -> list[Waits]:
    """A line for each kind that waits: referrals that a caseworker prepared, goals and strengths that were proposed. None where nothing does."""
    prepared = [line.referral_id for line in own_lines(session, visit.actor, at=house.now()) if line.is_prepared]
    proposed = _proposed(session, house, visit)
    there = {"referral": f"{REFERRALS}/{prepared[0]}" if len(prepared) == 1 else REFERRALS}
    counts = {"referral": len(prepared), **{kind: proposed[kind] for kind in ("goal", "noticed")}}
    return [Waits(words=_words(kind, count), path=there.get(kind, NOTES)) for kind, count in counts.items() if count]


def _proposed(session: Session, house: House, visit: Visit) -> Counter[str]:
    """How many goals and strengths wait, over all records of one's own."""
    at = house.now()
    opened = [open_own(session, one, visit.actor, parts=(), at=at, sealer=house.sealer) for one in own_records(session, visit.actor)]
    return Counter(note.kind for one in opened for note in list_notes(session, one, visit.actor, at=at) if note.waits)


def _words(kind: str, count: int) -> str:
    one, more = WORDS[kind]
    return one if count == 1 else more.format(count=count)
