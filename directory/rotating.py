"""Changing the key of the house: everything sealed with an older key is sealed with the newest, a piece at a time, while people go on working.

It may be stopped and begun again at any moment: what is done is done, and doing it twice changes nothing. Afterwards the older keys open nothing any
more, and may be deleted. Keys of clients and of introductions are wrapped anew; what they seal stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.accounts.people import fold_address
from directory.models import (
    Account,
    Base,
    CalendarLink,
    ClientKey,
    ClientKeyPast,
    Draft,
    IntroductionKey,
    Link,
    LocationPrivate,
    Mail,
    PeerReport,
    PeerRound,
    Report,
    SelfReview,
)  # fmt: skip
from directory.sealing import BrokenSeal, Sealer
from directory.storage import Storage

PIECE: Final = 200


class Place(Struct, frozen=True):
    """A column that holds seals; the row it is bound to is named by ``prefix`` and its key. ``beside``: what else follows from the text."""

    kind: type[Base]
    column: InstrumentedAttribute[Any]
    prefix: str
    beside: Callable[[str, Sealer], dict[str, Any]] = lambda _text, _sealer: {}


class Rotated(Struct, kw_only=True):
    """What came of it: seals made anew, and those that no key at hand opens (``table.column``)."""

    done: int = 0
    broken: list[str] = []


def _marked(address: str, sealer: Sealer) -> dict[str, Any]:
    return {"email_mark": sealer.fingerprints(b"email|" + fold_address(address).encode())[0]}


PLACES: Final = (
    Place(Account, Account.email, "account|email", _marked), Place(Account, Account.totp, "account|totp"), Place(Link, Link.subject, "link|subject"),
    Place(Mail, Mail.sealed, "mail|sealed"), Place(Draft, Draft.content, "draft|content"), Place(Draft, Draft.base, "draft|base"),
    Place(LocationPrivate, LocationPrivate.sealed, "location_private|sealed"), Place(SelfReview, SelfReview.answers, "self_review|answers"),
    Place(Report, Report.contact, "report|contact"), Place(ClientKey, ClientKey.wrapped, "client_key|wrapped"),
    Place(CalendarLink, CalendarLink.listings, "calendar_link|listings"),
    Place(PeerRound, PeerRound.sealed, "peer_round|sealed"),
    Place(IntroductionKey, IntroductionKey.wrapped, "introduction_key|wrapped"), Place(PeerReport, PeerReport.words, "peer_report|words"),
    Place(PeerReport, PeerReport.passages, "peer_report|passages"), Place(PeerReport, PeerReport.answer, "peer_report|answer"),
)  # fmt: skip
"""Every column that is sealed with the key of the house. A test compares it with the code that seals."""


def rotate(storage: Storage, *, at: datetime, sealer: Sealer, told: Callable[[int], object] = lambda _done: None) -> Rotated:
    """Seal everything with the newest key; a row that changes meanwhile is left to whoever changed it, who sealed it anew anyway.

    Until when the key of a client lay under which older key is written down: after a break-in that says what the older key could open.
    """
    came = Rotated()
    for place in PLACES:
        after: Any = None
        while True:
            with storage.writing() as session:
                rows = _piece(session, place, sealer, after)
                for key, sealed in rows:
                    came.done += _seal_anew(session, place, key, sealed, sealer, came, at)
            if not rows:
                break
            after = rows[-1][0]
            told(came.done)
    return came


def count_old(session: Session, sealer: Sealer) -> int:
    """How many seals are not of the newest key."""
    return sum(len(session.execute(select(_key(place)).where(_is_old(place, sealer))).all()) for place in PLACES)


def _piece(session: Session, place: Place, sealer: Sealer, after: Any) -> list[tuple[Any, str]]:
    key = _key(place)
    found = select(key, place.column).where(_is_old(place, sealer)).order_by(key).limit(PIECE)
    return [(row[0], row[1]) for row in session.execute(found.where(key > after) if after is not None else found)]


def _seal_anew(session: Session, place: Place, key: Any, sealed: str, sealer: Sealer, came: Rotated, at: datetime) -> int:
    bound = f"{place.prefix}|{key}"
    try:
        text = sealer.open(sealed, bound_to=bound)
    except BrokenSeal:
        came.broken.append(f"{place.kind.__tablename__}.{place.column.key}")
        return 0
    values = {place.column.key: sealer.seal(text, bound_to=bound), **place.beside(text, sealer)}
    same = and_(_key(place) == key, place.column == sealed)
    session.execute(update(place.kind).where(same).values(values).execution_options(synchronize_session=False))
    if place.kind is ClientKey:
        session.merge(ClientKeyPast(client_id=key, until=at, kid=sealed.split(".")[1]))
    return 1


def _is_old(place: Place, sealer: Sealer) -> ColumnElement[bool]:
    return and_(place.column.is_not(None), place.column != "", place.column.not_like(f"v1.{sealer.newest}.%"))


def _key(place: Place) -> Any:
    return getattr(place.kind, str(inspect(place.kind).primary_key[0].key))
