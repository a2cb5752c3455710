"""Referrals for tests: Rosa's to the community lunch of Riverside Kitchen, and walks over every step there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.keys import locker_of
from directory.clients.opening import open_own, write_part
from directory.clients.records import begin_own
from directory.models import Client, Consent, Referral
from directory.models.referral import LEGAL
from directory.referrals.moving import begin, move
from directory.referrals.states import SIDES
from directory.sealing import Sealer
from tests.cast import LISTINGS, ORGANIZATIONS, Town
from tests.clients import actor

KITCHEN: Final = ORGANIZATIONS["kitchen"]
LUNCH: Final = LISTINGS["lunch"]
PAPERS: Final = {
    "label": '{"words":"Rosa M."}',
    "contact": '{"phone":"920-555-0177","best":"text, mornings"}',
    "own_words": '{"good_at":"Cooking for a crowd","went_well":"The street party in May"}',
    "goals": '{"goals":[{"key":"g1","words":"Cook with others once a week","why":"I miss it","confidence":7,"steps":[{"words":"Go and look"}]}]}',
    "scales": '{"scales":[{"about":"Sleep","value":3}]}',
}
"""What stands in Rosa's record: as her papers have it."""


def make_papers(session: Session, town: Town, *, at: datetime, sealer: Sealer, name: str = "rosa") -> Client:
    """Rosa's record with some of her papers in it."""
    who = actor(session, town, name, at=at)
    client = begin_own(session, who, at=at, sealer=sealer)
    opened = open_own(session, client, who, at=at, sealer=sealer)
    for part, text in PAPERS.items():
        write_part(session, opened, part, text, version=0, by=who.by, at=at)
    return client


def make_bare(session: Session, client: Client, *, at: datetime, sealer: Sealer, by: str = "account:x") -> Referral:
    """A draft with nothing in it, and a consent for whatever comes of it."""
    consent = Consent(
        id=uuid4(), client_id=client.id, organization_id=KITCHEN, purpose="referral", parts='["label"]', wording="2026-11", language="en", how="self",
        recorded_by=by, starts_at=at, ends_at=at + timedelta(days=90),
    )  # fmt: skip
    session.add(consent)
    session.flush()
    return begin(
        session, locker_of(session, client.id, sealer=sealer), by=by, side="client", at=at, draft="{}", service_id=LUNCH, organization_id=KITCHEN,
        agency_id=None, consent_id=consent.id, answer_by=at.date() + timedelta(days=7),
    )  # fmt: skip


def walk(session: Session, referral: Referral, states: Iterable[str], *, at: datetime) -> None:
    """Take a referral through these states, each by a side that may."""
    for becomes in states:
        move(session, referral, becomes, seen=referral.seq, side=side_of(becomes), by="account:x", at=at, **_beside(becomes))


def side_of(becomes: str) -> str:
    """A side that may make this of a referral."""
    return next(side for side in ("client", "organization", "house") if becomes in SIDES[side])


def _beside(becomes: str) -> dict[str, object]:
    return {} if becomes == "draft" else {"draft": None}


def ways_to(state: str) -> list[str]:
    """A shortest way from the draft to a state."""
    ways, known = [["draft"]], {"draft"}
    for way in ways:
        if way[-1] == state:
            return way[1:]
        for step in LEGAL[way[-1]]:
            if step not in known:
                known.add(step)
                ways.append([*way, step])
    raise AssertionError(state)


def client_of(session: Session, town: Town, key: UUID) -> tuple[Client, Actor]:
    """A client again, and Rosa."""
    client = session.get(Client, key)
    assert client
    return client, actor(session, town, "rosa", at=client.made_at)
