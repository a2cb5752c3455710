"""A draft: which parts of a record are meant to leave, and nothing more until it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.orm import Session

from directory.clients.keys import Locker
from directory.clients.opening import Opened
from directory.errors import Invalid, NotPermitted
from directory.models import Referral
from directory.referrals.moving import begin, move
from directory.referrals.packet import HEADINGS, LONGEST_NOTE, lines_of, make_packet
from directory.referrals.receivers import UNREACHED, Receiver, receiver_of
from directory.sealing import Sealer

DAYS: Final = (3, 5, 7, 14, 28)
"""How many days an organization may be given to answer."""
USUAL_DAYS: Final = 7


class Draft(Struct, frozen=True, kw_only=True):
    """What is meant to be sent: named parts, words of one's own only where somebody chose to add some, and how long an answer is waited for.

    ``held`` are words that somebody typed and did not choose to send: they never leave, and only who typed them (``held_by``) reads them again.
    """

    parts: tuple[str, ...] = ()
    note: str = ""
    days: int = USUAL_DAYS
    held: str = ""
    held_by: str = ""


class Preview(Struct, frozen=True, kw_only=True):
    """What would leave, to the letter, and a mark of it: only what bears this mark is sent."""

    packet: bytes
    mark: str


def parts_to_choose(opened: Opened) -> tuple[str, ...]:
    """The parts of a record that hold something and may be told to somebody, as far as whoever chooses sees them; strengths first."""
    return tuple(part for part in HEADINGS if part in opened.open and lines_of(opened.texts.get(part, "null")))


def begin_draft(
    session: Session, opened: Opened, service_id: UUID, *, by: str, at: datetime, sealer: Sealer, agency_id: UUID | None = None, draft: Draft | None = None
) -> Referral:
    """A draft for a listing, by the person or by a caseworker of theirs (``agency_id``). ``Invalid`` when its organization cannot be reached."""
    side, receiver = side_of(opened), receiver_of(session, service_id, sealer=sealer)
    if not receiver.addresses:
        raise Invalid(listing=UNREACHED)
    said = msgspec.json.encode(checked(draft or Draft(), opened)).decode()
    return begin(
        session, opened.locker, by=by, side=side, at=at, draft=said, service_id=receiver.service_id, organization_id=receiver.organization_id,
        agency_id=agency_id, due_on=at.date(),
    )  # fmt: skip


def change_draft(session: Session, referral: Referral, opened: Opened, draft: Draft, *, seen: int, by: str, at: datetime) -> None:
    """Change what is meant to be sent; a step of its own, so that nobody agrees to another version than they saw."""
    before = draft_of(referral, opened.locker)
    if not draft.held and before.held_by != by:   # the other side's stay with it
        draft = replace(draft, held=before.held, held_by=before.held_by)
    sealed = opened.locker.seal(msgspec.json.encode(checked(draft, opened)).decode(), "referral", "draft", referral.id)
    move(session, referral, "draft", seen=seen, side=side_of(opened), by=by, at=at, draft=sealed)


def draft_of(referral: Referral, locker: Locker) -> Draft:
    """What a draft says; an empty one when it was sent or taken back."""
    if referral.draft is None:
        return Draft()
    return msgspec.json.decode(locker.open(referral.draft, "referral", "draft", referral.id), type=Draft)


def draft_for(draft: Draft, by: str) -> Draft:
    """A draft as somebody reads it: words that another held back are theirs alone."""
    return draft if draft.held_by == by else replace(draft, held="", held_by="")


def preview(opened: Opened, draft: Draft, receiver: Receiver) -> Preview:
    """Exactly what would leave: of the parts that were ticked those that whoever looks may see."""
    texts = {part: text for part, text in opened.texts.items() if part in opened.open}
    packet = make_packet(texts, draft.parts, draft.note, listing=receiver.listing, organization=receiver.organization)
    return Preview(packet=packet, mark=opened.locker.mark(b"packet v1|" + packet))


def checked(draft: Draft, opened: Opened) -> Draft:
    """A draft that can be kept; ``Invalid`` says by field what does not fit."""
    errors = {"parts": "Choose from the list."} if set(draft.parts) - set(parts_to_choose(opened)) else {}
    errors |= {"note": f"Use at most {LONGEST_NOTE:,} characters."} if max(len(draft.note), len(draft.held)) > LONGEST_NOTE else {}
    errors |= {"days": "Choose one of the times."} if draft.days not in DAYS else {}
    if errors:
        raise Invalid(**errors)
    note, held = (words.replace("\x00", "").strip() for words in (draft.note, draft.held))
    return Draft(parts=tuple(draft.parts), note=note, days=draft.days, held=held, held_by=draft.held_by if held else "")


def side_of(opened: Opened) -> str:
    """The side that somebody with this record open is on."""
    if opened.standing.is_self:
        return "client"
    if opened.standing.is_caseworker and opened.standing.in_caseload:
        return "caseworker"
    raise NotPermitted("Only the person and the caseworker who works with them can do this.")


def chosen(parts: Iterable[str]) -> tuple[str, ...]:
    """Parts in the order of the document."""
    wanted = set(parts)
    return tuple(part for part in HEADINGS if part in wanted)
