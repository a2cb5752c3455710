"""Telling a moderator that something was not right: by either of two, at any time, also after an end or a block; and reading the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.throttle import Limit
from directory.clients.records import own_records
from directory.errors import Invalid
from directory.models import Account, Introduction, PeerReport, PeerScheme
from directory.peers.reports.kept import Passage, open_report, seal_passages, seal_words
from directory.peers.reports.reaching import bring, moderator_for, parties_of
from directory.peers.talking.between import Between
from directory.peers.talking.messages import list_messages
from directory.sealing import Sealer

LONGEST: Final = 4_000
OFTEN: Final = (Limit("peer report", 10, 3_600),)


class Told(Struct, frozen=True, kw_only=True):
    """A report as whoever made it reads it."""

    id: UUID
    scheme: str
    words: str
    passages: int
    is_card: bool
    """Whether it was told of a card, before any introduction."""
    made_at: datetime
    answer: str
    answered_at: datetime | None


def report(
    session: Session, between: Between, words: str, *, passages: Iterable[int] = (), shown: Iterable[Passage] = (), at: datetime, sealer: Sealer,
    base_url: str,
) -> UUID:  # fmt: skip
    """Tell the moderator. Of what the two wrote only the messages with these numbers go along; ``shown``: what else does. ``Invalid`` without words."""
    said = words.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST:
        raise Invalid(words="Write a sentence or two about what happened." if not said else f"Use at most {LONGEST} characters.")
    chosen = list_messages(session, between, at=at, sealer=sealer, only=passages)
    passed = [*shown, *(Passage(is_theirs=not message.is_mine, words=message.words, at=message.at) for message in chosen)]
    key = uuid4()
    row = PeerReport(
        id=key, scheme_id=between.introduction.scheme_id, introduction_id=between.introduction.id, reporter_id=between.me, about_id=between.other,
        words=seal_words(said, key, sealer=sealer), passages=seal_passages(passed, key, sealer=sealer), made_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    bring(session, row, at=at, sealer=sealer, base_url=base_url)
    return key


def list_told(session: Session, actor: Actor, *, sealer: Sealer) -> list[Told]:
    """One's own reports with their answers, the newest first."""
    mine = [client.id for client in own_records(session, actor)]
    found = select(PeerReport, PeerScheme.name).join(PeerScheme, PeerScheme.id == PeerReport.scheme_id).where(PeerReport.reporter_id.in_(mine))
    return [_told(session, row, scheme, sealer) for row, scheme in session.execute(found.order_by(PeerReport.made_at.desc(), PeerReport.id)).all()]


def who_answers(session: Session, between: Between) -> str:
    """The name of whoever will read a report, for the page it is written on; empty where nobody is there now."""
    scheme = session.get_one(PeerScheme, between.introduction.scheme_id)
    parties = parties_of(session, PeerReport(reporter_id=between.me, about_id=between.other))
    moderator = moderator_for(session, scheme, not_these=parties)
    return session.get_one(Account, moderator).name if moderator else ""


def is_of_card(session: Session, row: PeerReport) -> bool:
    """Whether the two whom a report is between were not introduced, so that neither knows the other's name."""
    introduction = session.get(Introduction, row.introduction_id) if row.introduction_id else None
    return introduction is not None and introduction.introduced_at is None


def _told(session: Session, row: PeerReport, scheme: str, sealer: Sealer) -> Told:
    words, answer, passages = open_report(row, sealer=sealer)
    return Told(
        id=row.id, scheme=scheme, words=words, passages=len(passages), is_card=is_of_card(session, row), made_at=row.made_at, answer=answer,
        answered_at=row.answered_at,
    )
