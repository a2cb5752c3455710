"""Two records of one person made one, by their yes: part by part where both say something, and nothing is open to anybody that was not before.

What moves is sealed anew with the key of the record that stays. The log of who looked stays where it is, under its own key and in its own chain, for a
log that is written anew proves nothing; ``merged_into`` says whose it is, and it goes with its last entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.opening import Opened, note_event, open_own, write_part
from directory.clients.parts import PARTS
from directory.clients.records import own_records
from directory.clients.safety import CHANNELS, read_contact, write_contact
from directory.clients.uniting_moves import MOVES, agree_again, move_events
from directory.errors import Invalid, NotFound, Stale
from directory.models import Client, ClientPart
from directory.papers import BLANK, Papers
from directory.papers import PARTS as PAPERS
from directory.papers.uniting import APART, both, rekeyed
from directory.peers.staying import BOTH_TAKE_PART, takes_part
from directory.sealing import Sealer

CHOICES: Final = ("mine", "theirs", "both")
MOVED_ON: Final = "One of the two was changed meanwhile. Nothing was done: look at them once more."


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
    _check(session, two, chosen, mark)
    mine, theirs = two.mine, two.theirs
    made = united(two, chosen)
    agree_again(session, mine.client, theirs.client, made.as_theirs, by=by, at=at)
    _write(session, two, made.texts, by=by, at=at)
    for move in MOVES:
        move(session, theirs.locker, mine.locker, at)
    move_events(session, theirs.locker, mine.locker, made.keys)
    theirs.client.merged_into = mine.client.id
    session.flush()
    note_event(session, mine.client.id, kind="united", part="", by=by, at=at)
    return mine.client


def _check(session: Session, two: Two, chosen: Mapping[str, str], mark: str) -> None:
    if mark != two.mark:
        raise Stale(MOVED_ON)
    if takes_part(session, two.theirs.client.id):
        raise Stale(BOTH_TAKE_PART)
    wrong = {part: "Choose one." for part in two.clash if chosen.get(part) not in two.choices(part)}
    if wrong:
        raise Invalid(**wrong)


def _write(session: Session, two: Two, texts: Mapping[str, str], *, by: str, at: datetime) -> None:
    """The parts of the record that stays say what both say; those of the other go."""
    for part, text in texts.items():
        if text != two.mine.texts.get(part):
            write_part(session, two.mine, part, text, version=two.mine.versions.get(part, 0), by=by, at=at)
    session.execute(delete(ClientPart).where(ClientPart.client_id == two.theirs.client.id))


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
