"""Is this the same as one that is here already? Asked while somebody writes a new listing, of a directory made ready beforehand."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import latest_seq
from directory.duplicates.entry import Known
from directory.duplicates.rows import Row
from directory.duplicates.stock import stock_rows
from directory.editing.sheet import Sheet
from directory.freshness.confirming import LISTED
from directory.models import Change, Draft, Organization, Service
from directory.moves import moves_since
from directory.storage import Storage
from matching import Index

log = logging.getLogger("homeground.duplicates")
EVERY_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 2.0
"""How long a page waits for the first look over the directory; afterwards it takes the one at hand."""
LEAST: Final = 0.5
MOST: Final = 3


class Same(Struct, frozen=True, kw_only=True):
    """A listing that may be the same, with why in words; all of it is public."""

    service_id: UUID
    organization_id: UUID | None
    name: str
    organization: str
    reason: str


class _Seen(Struct, frozen=True):
    seq: int
    known: Known


class Asking:
    """The directory made ready for the question, once in a process: anew when the log has moved on, once a minute at most, beside the requests."""

    def __init__(self, storage: Storage, clock: Callable[[], float] = time.monotonic) -> None:
        self._storage, self._clock = storage, clock
        self._seen: _Seen | None = None
        self._looked_at = float("-inf")
        self._lock = threading.Lock()
        self._is_first_there = threading.Event()

    def same_as(self, session: Session, row: Row, index: Index, *, without: Collection[UUID] = frozenset()) -> list[Same]:
        """The listings that people can find and that may be the same as ``row``, best first, three at most; none while the first look takes long.

        Those in ``without`` are not asked about: somebody has said that they are others.

        What changed since the look is left out: it may have been hidden, and then not even the reason may speak of it.
        """
        seen = self._look(latest_seq(session))
        if seen is None:
            return []
        moves = moves_since(session, seen.seq, index)
        if not moves.is_traced:
            return []
        found = seen.known.similar_to(row, limit=4 * MOST + len(without), least=LEAST)
        alike = [one for one in found if UUID(one.key) not in moves.services and UUID(one.key) not in without]
        columns = select(Service.id, Service.organization_id, Service.name, Organization.name)
        query = columns.outerjoin(Organization, Organization.id == Service.organization_id).where(Service.id.in_([UUID(one.key) for one in alike]))
        reasons = {UUID(one.key): one.reason for one in alike}
        there = {
            key: Same(service_id=key, organization_id=owner, name=name, organization=runs_it or "", reason=reasons[key])
            for key, owner, name, runs_it in session.execute(query.where(Service.status.in_(LISTED)))
        }
        return [there[key] for key in reasons if key in there][:MOST]

    def _look(self, seq: int) -> _Seen | None:
        with self._lock:
            seen, now = self._seen, self._clock()
            is_due = (seen is None or seen.seq != seq) and now - self._looked_at >= EVERY_SECONDS
            self._looked_at = now if is_due else self._looked_at
        if is_due:
            threading.Thread(target=self._make, name="homeground-asking", daemon=True).start()
        if seen is None:
            self._is_first_there.wait(PATIENCE_SECONDS)
        return self._seen

    def _make(self) -> None:
        try:
            with self._storage.reading() as session:
                seq = latest_seq(session)
                self._seen = _Seen(seq, Known(stock_rows(session, "service")))
            self._is_first_there.set()
        except Exception as error:   # the question is a help: without an answer nothing is lost, and it is asked again in a minute
            log.error("looking over the directory: %s", type(error).__name__)


def is_new(session: Session, draft: Draft) -> bool:
    """Whether a draft is, or was, of a new listing and not of one that was here already."""
    if draft.service_id is None or draft.act is None:
        return draft.service_id is None
    added = Change.entity == "service", Change.entity_id == draft.service_id, Change.action == "added", Change.act == draft.act
    return session.scalar(select(Change.seq).where(*added).limit(1)) is not None


def row_of(sheet: Sheet, organization: str) -> Row:
    """What a sheet says in public, as a row to compare: a place that is not public gives nothing."""
    service = sheet.service
    public = [place for place in sheet.places if place.visibility == "public"]
    lines = [line for place in public for line in place.addresses]
    at_places = [phone.number for at in service.service_at_locations if at.location in public for phone in at.phones]
    points = {(place.latitude, place.longitude) for place in public if place.point_precision == "given"}
    latitude, longitude = next(iter(points)) if len(points) == 1 else (None, None)
    return Row(
        key=str(service.id), name=service.name, other_names=tuple(filter(None, (service.alternate_name,))), organization=organization,
        phones=tuple(dict.fromkeys([*(phone.number for phone in service.phones), *at_places, *(one.number for place in public for one in place.phones)])),
        websites=tuple(filter(None, (service.url, *(one.url for one in service.additional_urls)))), emails=tuple(filter(None, (service.email,))),
        streets=tuple(filter(None, (", ".join(filter(None, (line.address_1, line.address_2))) for line in lines))),
        postcodes=tuple(filter(None, (line.postal_code for line in lines))), city=next((line.city for line in lines if line.city), ""),
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
