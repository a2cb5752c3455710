"""Referrals for tests: Rosa's to the community lunch of Riverside Kitchen, and walks over every step there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.clients.consents import give_consent
from directory.clients.keys import locker_of
from directory.clients.opening import Opened, open_own, open_record, write_part
from directory.clients.records import begin_own, take_on
from directory.models import Client, Consent, Referral
from directory.models.referral import LEGAL
from directory.outbox import Letter, list_letters
from directory.referrals.answering import answer, go_on
from directory.referrals.drafting import Draft, Preview, begin_draft, draft_of, preview
from directory.referrals.moving import begin, move
from directory.referrals.packet import HEADINGS
from directory.referrals.reaching import open_packet, open_with
from directory.referrals.receivers import receiver_of
from directory.referrals.sending import send
from directory.referrals.states import SIDES
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LISTINGS, ORGANIZATIONS, Town
from tests.clients import ALDER, actor

AT: Final = datetime(2026, 11, 24, 17, tzinfo=UTC)
KITCHEN: Final = ORGANIZATIONS["kitchen"]
LUNCH: Final = LISTINGS["lunch"]
PAPERS: Final = {
    "label": '{"words":"Rosa M."}',
    "contact": '{"phone":"920-555-0177","best":"text, mornings"}',
    "own_words": '{"good_at":"Cooking for a crowd","went_well":"The quilt fair in May"}',
    "goals": '{"goals":[{"key":"g1","words":"Cook with others once a week","why":"I miss it","confidence":7,"steps":[{"words":"Go and look"}]}]}',
    "scales": '{"scales":[{"about":"Sleep","value":3}]}',
}
"""What stands in Rosa's record: as her papers have it."""


def make_papers(session: Session, town: Town, *, at: datetime, sealer: Sealer, name: str = "rosa") -> Client:
    """Rosa's record with some of her papers in it."""
    who = actor(session, town, name, at=at)
    client = begin_own(session, who, at=at, sealer=sealer)
    opened = open_own(session, client, who, at=at, sealer=sealer)
    for part in PAPERS.keys() - opened.texts.keys():
        write_part(session, opened, part, PAPERS[part], version=0, by=who.by, at=at)
    return client


def loop_of(storage: Storage, sealer: Sealer, town: Town, *, at: datetime) -> Loop:
    """Rosa, who works with Nia and lets Alder House see what she is called, her own words and how to reach her."""
    with storage.writing() as session:
        client = make_papers(session, town, at=at, sealer=sealer)
        take_on(session, client, ALDER, account_id=town.accounts["nia"], at=at)
        by = actor(session, town, "rosa", at=at).by
        give_consent(session, client, ALDER, purpose="together", parts=("label", "own_words", "contact"), language="en", how="self", by=by, at=at)
        return Loop(storage, sealer, town, client.id)


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


class Loop:
    """One referral's world: Rosa's record, and the steps as the pages take them, each in a transaction of its own."""

    def __init__(self, storage: Storage, sealer: Sealer, town: Town, client_id: UUID) -> None:
        self.storage, self.sealer, self.town, self.client_id = storage, sealer, town, client_id

    def draft(self, *parts: str, note: str = "", by: str = "rosa", service_id: UUID = LUNCH, at: datetime = AT) -> UUID:
        """A draft of these parts, by Rosa or by Nia."""
        with self.storage.writing(counting=True) as session:
            opened, agency = self._opened(session, by, at)
            said = Draft(parts=parts or ("label", "own_words", "contact"), note=note)
            return begin_draft(session, opened, service_id, by=self._by(by), at=at, sealer=self.sealer, agency_id=agency, draft=said).id

    def preview(self, key: UUID, *, by: str = "rosa", at: datetime = AT) -> Preview:
        """What would leave."""
        with self.storage.writing(counting=True) as session:
            referral = session.get_one(Referral, key)
            opened, _ = self._opened(session, by, at)
            return preview(opened, draft_of(referral, opened.locker), receiver_of(session, referral.service_id, sealer=self.sealer))

    def send(self, key: UUID, *, by: str = "rosa", seen: int = 1, mark: str = "", how: str = "self", at: datetime = AT) -> None:
        """Say yes to what was shown."""
        mark = mark or self.preview(key, by=by, at=at).mark
        with self.storage.writing(counting=True) as session:
            self.send_in(session, key, by=by, seen=seen, mark=mark, how=how, at=at)

    def send_in(self, session: Session, key: UUID, *, by: str = "rosa", seen: int = 1, mark: str, how: str = "self", at: datetime = AT) -> None:
        """The same within a transaction."""
        opened, _ = self._opened(session, by, at)
        send(
            session, session.get_one(Referral, key), opened, seen=seen, mark=mark, how=how, language="en", by=self._by(by), at=at, sealer=self.sealer,
            base_url="https://home.example",
        )  # fmt: skip

    def sent(self, *parts: str, at: datetime = AT) -> UUID:
        """A referral that is on its way."""
        key = self.draft(*parts, at=at)
        self.send(key, at=at)
        return key

    def answer(self, key: UUID, becomes: str, *, seen: int = 2, at: datetime = AT, **said: str) -> None:
        """Riverside Kitchen answers."""
        said = {"meeting": "Tuesday at 10, ask for Sam"} if becomes == "accepted" and not said else said
        with self.storage.writing(counting=True) as session:
            locker = locker_of(session, self.client_id, sealer=self.sealer)
            answer(session, session.get_one(Referral, key), becomes, seen=seen, locker=locker, by=self._by("ana"), at=at, **said)

    def go_on(self, key: UUID, becomes: str, *, seen: int, at: datetime = AT, words: str = "", heading: str = "") -> None:
        """Rosa says how it goes."""
        with self.storage.writing() as session:
            locker = locker_of(session, self.client_id, sealer=self.sealer)
            referral = session.get_one(Referral, key)
            go_on(session, referral, becomes, seen=seen, side="client", locker=locker, by=self._by("rosa"), at=at, words=words, heading=heading)

    def read(self, key: UUID, *, at: datetime = AT) -> bytes:
        """What the organization reads."""
        with self.storage.writing(counting=True) as session:
            return open_packet(session, session.get_one(Referral, key), account_id=self.town.accounts["ana"], at=at, sealer=self.sealer)[1]

    def state(self, key: UUID) -> str:
        """Where it stands."""
        with self.storage.reading() as session:
            return session.get_one(Referral, key).state

    def letters(self) -> list[Letter]:
        """What lies in the outbox."""
        with self.storage.reading() as session:
            return [letter for _, letter in list_letters(session, sealer=self.sealer)]

    def _opened(self, session: Session, by: str, at: datetime) -> tuple[Opened, UUID | None]:
        who = actor(session, self.town, by, at=at)
        if by == "rosa":
            return open_record(session, self.client_id, who, parts=HEADINGS, at=at, sealer=self.sealer), None
        return open_with(session, self.client_id, ALDER, who, at=at, sealer=self.sealer), ALDER

    def _by(self, name: str) -> str:
        return f"account:{self.town.accounts[name]}"
