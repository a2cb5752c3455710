"""A plan in an account: the papers of one's own record, changed by the verbs of ``papers.planning``, with a timeline of what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of
from directory.clients.keys import Locker
from directory.clients.opening import Opened, note_event, write_part
from directory.clients.safety import read_contact
from directory.errors import Invalid, Stale
from directory.models import Account, ClientEvent, ClientReminder
from directory.outbox import Letter, post_where_safe
from directory.papers import BLANK, PARTS, Papers
from directory.papers.parts import Goal
from directory.sealing import Sealer

Verb = Callable[[Papers], Papers]
MOVED_ON: Final = "This page was changed meanwhile, perhaps in another window. Nothing was lost: look at it as it is now, then do it once more."


class Happened(Struct, frozen=True, kw_only=True):
    """One line of the timeline."""

    kind: str
    words: str
    at: datetime


def papers_of(opened: Opened) -> Papers:
    """The papers of a record, as far as it is open."""
    parts: dict[str, Any] = {part: msgspec.json.decode(text, type=PARTS[part]) for part, text in opened.texts.items() if part in PARTS}
    return msgspec.structs.replace(BLANK, **parts)


def mark_of(opened: Opened) -> str:
    """What a page carries, so that a change of something that has moved on meanwhile is noticed."""
    return "-".join(f"{part}.{version}" for part, version in sorted(opened.versions.items()) if part in PARTS)


def change(session: Session, opened: Opened, verb: Verb, *, mark: str | None = None, by: str, at: datetime) -> Papers:
    """Change one's papers, write the parts that differ, and note what happened. ``mark`` is that of the page: ``Stale`` when it is of before."""
    if mark is not None and mark != mark_of(opened):
        raise Stale(MOVED_ON)
    before = papers_of(opened)
    after = verb(before)
    happened = list(_happened(before, after))   # before the parts are written, which the record as opened follows
    for part in PARTS:
        if part in opened.open and getattr(after, part) != getattr(before, part):
            text = msgspec.json.encode(getattr(after, part)).decode()
            write_part(session, opened, part, text, version=opened.versions.get(part, 0), by=by, at=at)
    for kind, part, ref, words in happened:
        note_event(session, opened.client.id, kind=kind, part=part, ref=ref, words=words, locker=opened.locker, by=by, at=at)
    return after


def timeline(session: Session, locker: Locker, *, most: int = 200) -> list[Happened]:
    """What happened, the last first: steps and victories, and no stages (practice row 28)."""
    found = select(ClientEvent).where(ClientEvent.client_id == locker.client_id).order_by(ClientEvent.seq.desc(), ClientEvent.id).limit(most)
    return [
        Happened(kind=row.kind, at=row.at, words=locker.open(row.words, "client_event", "words", row.id) if row.words else "")
        for row in session.scalars(found)
    ]


def ask_to_remind(session: Session, opened: Opened, account_id: UUID, days: int | None, *, at: datetime) -> None:
    """Remind the person of their page every so many days; None stops it. ``Invalid`` for other numbers than 1 to 60."""
    row = session.get(ClientReminder, opened.client.id)
    if row is not None:
        session.delete(row)
        session.flush()
    if days is None:
        return
    if not 1 <= days <= 60:
        raise Invalid(days="Choose a number of days from 1 to 60.")
    if read_contact(opened.texts.get("contact", "")).email == "not safe":
        raise Invalid(days="You said that e-mail is not safe, so nothing is sent.")
    session.add(ClientReminder(client_id=opened.client.id, account_id=account_id, days=days, next_at=at + timedelta(days=days)))
    session.flush()


def reminder_days(session: Session, client_id: UUID) -> int | None:
    """Every how many days the person wishes to be reminded; None when they do not."""
    row = session.get(ClientReminder, client_id)
    return row.days if row else None


def remind_due(session: Session, *, at: datetime, sealer: Sealer, base_url: str, most: int = 100) -> int:
    """Lay reminders that are due into the outbox; gives how many. They say nothing of what is on the page, and one that was missed comes once."""
    due = select(ClientReminder).where(ClientReminder.next_at <= at).order_by(ClientReminder.next_at, ClientReminder.client_id).limit(most)
    rows = session.scalars(due.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.next_at = at + timedelta(days=row.days)
        account = session.get(Account, row.account_id)
        if account is not None and account.is_active:
            text = f"You asked for this note. Your page is here:\n\n{base_url}/my\n\nYou can change how often it comes, or stop it, at the end of that page."
            letter = Letter(to=address_of(account, sealer=sealer), subject="The note you asked for", text=text)
            post_where_safe(session, letter, at=at, sealer=sealer, account_id=account.id)
    session.flush()
    return len(rows)


def _happened(before: Papers, after: Papers) -> Iterator[tuple[str, str, str, str]]:
    """What a change did, as kind, part, entry and words."""
    old = {goal.key: goal for goal in before.goals.goals}
    for goal in after.goals.goals:
        was = old.pop(goal.key, None)
        if was is None:
            yield "goal set", "goals", goal.key, goal.words
        elif was.state != goal.state:
            yield {"open": "goal taken up again", "resting": "goal laid aside", "reached": "goal reached"}[goal.state], "goals", goal.key, goal.words
        for words, times in (_done(goal) - (_done(was) if was else Counter())).items():
            yield from [("step done", "goals", goal.key, words)] * times
    for goal in old.values():
        yield "goal let go", "goals", goal.key, goal.words
    steps = {step.words for goal in after.goals.goals for step in goal.steps} | {goal.words for goal in after.goals.goals}
    for one in after.achievements.achievements[len(before.achievements.achievements):]:
        if one.words not in steps:
            yield "achievement", "achievements", one.goal or "", one.words


def _done(goal: Goal) -> Counter[str]:
    return Counter(step.words for step in goal.steps if step.done_on)
