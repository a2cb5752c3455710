"""Sending: consent, packet, step, letters and the line in the client's own log are one commit, or nothing of it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from directory.clients.consents import give_consent
from directory.clients.opening import Opened, note_event
from directory.errors import Invalid, NotPermitted, Stale
from directory.models import Referral
from directory.referrals.drafting import draft_of, preview, side_of
from directory.referrals.letters import write_to
from directory.referrals.moving import move
from directory.referrals.packet import read_packet
from directory.referrals.receivers import UNREACHED, receiver_of
from directory.sealing import Sealer

CHANGED: Final = "What stands in the record has changed since you looked. Nothing was sent: look at it as it is now."
THEIRS_TO_SAY: Final = "They have an account: it waits on their own page, and only they can send it."
HOW: Final = ("spoken", "written")
"""How a caseworker was told yes by somebody without an account."""


def send(
    session: Session, referral: Referral, opened: Opened, *, seen: int, mark: str, how: str = "self", language: str, by: str, at: datetime, sealer: Sealer,
    base_url: str,
) -> None:  # fmt: skip
    """Send what was shown, for whoever said yes to it.

    1. It is still the draft that was seen (``seen``), and the packet is the one that was seen (``mark``), else ``Stale``. 2. A consent for exactly its
    parts, for its receiver. 3. The packet, sealed; the step. 4. A letter for each address, without a word of it. 5. A line in the client's log.
    """
    side, locker = side_of(opened), opened.locker
    receiver = receiver_of(session, referral.service_id, sealer=sealer)
    draft = draft_of(referral, locker)
    shown = preview(opened, draft, receiver)
    if shown.mark != mark or receiver.organization_id != referral.organization_id:
        raise Stale(CHANGED)
    parts = [section.part for section in read_packet(shown.packet).sections]
    _check(opened, side, how, parts, receiver.addresses)
    consent = give_consent(session, opened.client, receiver.organization_id, purpose="referral", parts=parts, language=language, how=how, by=by, at=at)
    answer_by = at.date() + timedelta(days=draft.days)
    move(
        session, referral, "sent", seen=seen, side=side, by=by, at=at, draft=None, packet=locker.seal(shown.packet.decode(), "referral", "packet", referral.id),
        consent_id=consent.id, sent_at=at, answer_by=answer_by, due_on=answer_by,
    )  # fmt: skip
    write_to(session, referral, receiver, again=False, at=at, sealer=sealer, base_url=base_url)
    note_event(session, opened.client.id, kind="referred", part="referral", ref=str(referral.id), by=by, at=at)


def _check(opened: Opened, side: str, how: str, parts: list[str], addresses: tuple[str, ...]) -> None:
    if side == "caseworker" and opened.client.account_id is not None:
        raise NotPermitted(THEIRS_TO_SAY)
    errors = {} if parts else {"parts": "Tick at least one part: else they would know nothing."}
    errors |= {} if how in (HOW if side == "caseworker" else ("self",)) else {"how": "Say how they told you yes."}
    errors |= {} if addresses else {"listing": UNREACHED}
    if errors:
        raise Invalid(**errors)
