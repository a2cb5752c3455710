"""Two records of one person made one, by their yes: part by part where both say something, and nothing is open to anybody that was not before.

What moves is sealed anew with the key of the record that stays. The log of who looked stays where it is, under its own key and in its own chain, for a
log that is written anew proves nothing; ``merged_into`` says whose it is, and it goes with its last entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import give_consent, list_consents
from directory.clients.hands import note_hands
from directory.clients.keys import Locker
from directory.clients.opening import Opened, note_event, open_own, write_part
from directory.clients.parts import PARTS
from directory.clients.records import open_caseload, own_records
from directory.clients.safety import CHANNELS, read_contact, write_contact
from directory.errors import Invalid, NotFound, Stale
from directory.models import Caseload, CaseloadHand, Client, ClientEvent, ClientNote, ClientPart, ClientReminder, Consent, Referral, ReferralEvent
from directory.papers import BLANK, Papers
from directory.papers import PARTS as PAPERS
from directory.papers.uniting import APART, both, rekeyed
from directory.peers.staying import BOTH_TAKE_PART, move_bounds, takes_part
from directory.sealing import Sealer

CHOICES: Final = ("mine", "theirs", "both")
MOVED_ON: Final = "One of the two was changed meanwhile. Nothing was done: look at them once more."
STAYS: Final = frozenset({"client_key", "client_key_past", "client_view"})
"""Tables that stay with the record that goes: its log, and the key that opens it."""


class Two(Struct, kw_only=True):
    """Two records of one person: ``mine`` stays, ``theirs`` was begun by an agency. ``clash``: parts of which both say something, and not the same."""

    mine: Opened
    theirs: Opened
    clash: tuple[str, ...]
    mark: str

    def choices(self, part: str) -> tuple[str, ...]:
        """What may be chosen of a part."""
        return CHOICES if part in PAPERS and part not in APART else CHOICES[:2]


def two_of(session: Session, actor: Actor, *, at: datetime, sealer: Sealer) -> Two:
    """The first two records of somebody; ``NotFound`` for whoever has not two."""
    clients = [one for one in own_records(session, actor) if one.merged_into is None][:2]
    if len(clients) < 2:
        raise NotFound("You have one record.")
    clients.sort(key=lambda one: not takes_part(session, one.id))   # what two wrote to each other hangs on the record that takes part
    mine, theirs = (open_own(session, one, actor, at=at, sealer=sealer) for one in clients)
    clash = tuple(part for part in PARTS if part in mine.texts and part in theirs.texts and mine.texts[part] != theirs.texts[part])
    versions = [sorted(one.versions.items()) for one in (mine, theirs)]
    return Two(mine=mine, theirs=theirs, clash=clash, mark=mine.locker.mark(b"two v1|" + msgspec.json.encode([str(theirs.client.id), versions])))


def unite(session: Session, two: Two, chosen: Mapping[str, str], *, mark: str, by: str, at: datetime) -> Client:
    """Make one record of the two: 1. choose, 2. say who goes on seeing what, 3. write the parts, 4. move what hangs on the other, 5. leave its log.

    ``Stale`` when either was changed since it was shown, or both take part in peer support, ``Invalid`` by part where nothing was chosen or both do not fit.
    """
    if mark != two.mark:
        raise Stale(MOVED_ON)
    if takes_part(session, two.theirs.client.id):
        raise Stale(BOTH_TAKE_PART)
    wrong = {part: "Choose one." for part in two.clash if chosen.get(part) not in two.choices(part)}
    if wrong:
        raise Invalid(**wrong)
    mine, theirs = two.mine, two.theirs
    made = united(two, chosen)
    _agree_again(session, two, made.as_theirs, by=by, at=at)
    for part, text in made.texts.items():
        if text != mine.texts.get(part):
            write_part(session, mine, part, text, version=mine.versions.get(part, 0), by=by, at=at)
    session.execute(delete(ClientPart).where(ClientPart.client_id == theirs.client.id))
    for move in MOVES:
        move(session, theirs.locker, mine.locker, at)
    _events(session, theirs.locker, mine.locker, made.keys)
    theirs.client.merged_into = mine.client.id
    session.flush()
    note_event(session, mine.client.id, kind="united", part="", by=by, at=at)
    return mine.client


class United(Struct, frozen=True, kw_only=True):
    """What will be: every part, ``as_theirs`` those that say what the other record said, and which key each of its goals gets."""

    texts: dict[str, str]
    as_theirs: frozenset[str]
    keys: dict[str, str]


def united(two: Two, chosen: Mapping[str, str]) -> United:
    """The two as one. A way of being reached that either calls not safe is not safe."""
    mine, (theirs, keys) = _papers(two.mine), rekeyed(_papers(two.mine), _papers(two.theirs))
    texts: dict[str, str] = {}
    as_theirs = set()
    for part in PARTS:
        choice = chosen.get(part, "") if part in two.clash else "mine" if part in two.mine.texts else "theirs"
        if choice == "mine":
            texts[part] = two.mine.texts[part]
        elif choice == "both":
            texts[part] = msgspec.json.encode(both(part, getattr(mine, part), getattr(theirs, part))).decode()
        elif part in two.theirs.texts:
            texts[part] = msgspec.json.encode(getattr(theirs, part)).decode() if part in PAPERS and keys else two.theirs.texts[part]
        if texts.get(part) == two.theirs.texts.get(part) or choice == "theirs":
            as_theirs.add(part)
    return United(texts=_kept_safe(two, texts), as_theirs=frozenset(as_theirs), keys=keys)


def _kept_safe(two: Two, texts: dict[str, str]) -> dict[str, str]:
    if "contact" not in texts:
        return texts
    said = [read_contact(one.texts.get("contact", "")) for one in (two.mine, two.theirs)]
    closed: Any = {name: "not safe" for name in CHANNELS if any(getattr(one, name) == "not safe" for one in said)}
    return {**texts, "contact": write_contact(replace(read_contact(texts["contact"]), **closed))} if closed else texts


def _papers(opened: Opened) -> Papers:
    return replace(BLANK, **{part: msgspec.json.decode(text, type=PAPERS[part]) for part, text in opened.texts.items() if part in PAPERS})


def _agree_again(session: Session, two: Two, as_theirs: frozenset[str], *, by: str, at: datetime) -> None:
    """Agreements move. One to see parts of the other record goes on for those that say the same as before; for the rest it ends: nobody sees more."""
    mine, theirs = two.mine.client, two.theirs.client
    for one in list_consents(session, theirs.id):
        session.execute(update(Consent).where(Consent.id == one.id).values(client_id=mine.id))
        if one.purpose == "referral" or not one.is_live(at):
            continue
        same = [part for part in one.parts if part in as_theirs]
        if len(same) < len(one.parts):
            session.execute(update(Consent).where(Consent.id == one.id).values(withdrawn_at=at))
            if same:
                said = {"purpose": one.purpose, "language": one.language, "how": one.how, "by": by}
                give_consent(session, mine, one.organization_id, parts=same, at=at, ends_at=one.ends_at, **said)
    session.expire_all()


def _caseloads(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    """The agencies go on; where one works with both, the caseload that somebody holds goes on, and the other ends."""
    for row in session.scalars(select(Caseload).where(Caseload.client_id == old.client_id).order_by(Caseload.since, Caseload.id)).all():
        other = open_caseload(session, new.client_id, row.organization_id) if row.until is None else None
        if other is not None:
            ends = other if other.account_id is None and row.account_id is not None else row
            ends.until, ends.cover_id, ends.cover_until, ends.follow_up_on = at, None, None, None
            note_hands(session, ends, at=at)
        row.client_id = new.client_id
        session.flush()


def _hands(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    session.execute(update(CaseloadHand).where(CaseloadHand.client_id == old.client_id).values(client_id=new.client_id))


def _notes(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    for row in session.scalars(select(ClientNote).where(ClientNote.client_id == old.client_id)).all():
        row.sealed = new.seal(old.open(row.sealed, "client_note", "sealed", row.id), "client_note", "sealed", row.id)
        row.client_id = new.client_id
    session.flush()


def _events(session: Session, old: Locker, new: Locker, keys: Mapping[str, str]) -> None:
    """One timeline, numbered by when things happened."""
    for row in session.scalars(select(ClientEvent).where(ClientEvent.client_id == old.client_id)).all():
        row.words = _anew(old, new, row.words, "client_event", "words", row.id)
        row.client_id, row.ref = new.client_id, keys.get(row.ref, row.ref)
    session.flush()
    found = select(ClientEvent).where(ClientEvent.client_id == new.client_id).order_by(ClientEvent.at, ClientEvent.seq, ClientEvent.id)
    for number, row in enumerate(session.scalars(found).all(), 1):
        row.seq = number
    session.flush()


def _referrals(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    for row in session.scalars(select(Referral).where(Referral.client_id == old.client_id)).all():
        row.draft, row.packet = (_anew(old, new, getattr(row, name), "referral", name, row.id) for name in ("draft", "packet"))
        row.client_id = new.client_id
    for step in session.scalars(select(ReferralEvent).where(ReferralEvent.client_id == old.client_id)).all():
        step.sealed = _anew(old, new, step.sealed, "referral_event", "sealed", f"{step.referral_id}.{step.seq}")
        step.client_id = new.client_id
    session.flush()


def _reminder(session: Session, old: Locker, new: Locker, at: datetime) -> None:
    row = session.get(ClientReminder, old.client_id)
    if row is not None and session.get(ClientReminder, new.client_id) is None:
        session.execute(update(ClientReminder).where(ClientReminder.client_id == old.client_id).values(client_id=new.client_id))
    elif row is not None:
        session.delete(row)
    session.flush()


def _anew(old: Locker, new: Locker, sealed: str | None, *place: Any) -> str | None:
    return new.seal(old.open(sealed, *place), *place) if sealed is not None else None


MOVES: Final[tuple[Callable[[Session, Locker, Locker, datetime], None], ...]] = (_caseloads, _hands, _notes, _referrals, _reminder, move_bounds)
"""What takes the rows of each table over to the other record; parts, agreements and what happened have their own steps."""
