"""One act: what a sheet changes in a listing goes into the tables, one line of the log for each field, and nothing that somebody else wrote is lost.

1. Compare the sheet with its base: only what somebody changed counts. What no form shows is the same in both, and so is never touched.
2. Compare that with the listing as it is now. A field that was changed here and meanwhile by somebody else, to something else, is a clash: ``Overtaken``.
3. Take places back that are to be hidden, at once and whole; open hidden ones only for a curator.
4. Write added rows, changed fields and removed rows; what tells where a hidden place is goes under its seal and not into the tables or the log.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.changes import hold_log
from directory.editing.allowed import check, check_new
from directory.editing.merging import Clash, Overtaken, clashes, leaving, still_to_do
from directory.editing.rows import Moved, keys_under, moved, rows_of, without
from directory.editing.sheet import Sheet, places_of, sheet_of
from directory.editing.writing import Writing
from directory.errors import NotPermitted
from directory.exchange.intake.own_terms import OwnTerms
from directory.exchange.intake.upsert import Key
from directory.models import Location, Unit
from directory.sealing import Sealer

__all__ = ["Clash", "Overtaken", "apply"]


def apply(
    session: Session, service_id: UUID | None, base: Sheet, sheet: Sheet, *, by: str, at: datetime, act: UUID, sealer: Sealer,
    why: str | None = None, is_decided: bool = False, mine_wins: bool = False, theirs: frozenset[tuple[Key, str | None]] = frozenset(),
) -> UUID:
    """Write what ``sheet`` changes in ``base`` into the listing, in one act; gives the id of the service, new for ``service_id`` None.

    ``base`` is the listing as it was when somebody began, in the same eyes. ``Overtaken`` (a ``Stale``) carries every field that both have changed, and
    nothing is written, unless ``mine_wins``; then ``theirs`` names the clashes that are left as they are now. Without
    ``is_decided`` (a curator's word) ``NotPermitted`` when a place is made public, or one is changed where other organizations are. A date of confirmation
    never moves here. The caller has asked for permission.
    """
    hold_log(session)
    find = OwnTerms.of(session).find
    old, new = {} if service_id is None else rows_of(base, find), rows_of(sheet, find)
    wanted = _of_this_listing(session, moved(old, new), base, sheet)
    check(session, wanted, new, sheet, is_decided=is_decided)
    if service_id is None:
        check_new(session, sheet)
    now = {} if service_id is None else rows_of(sheet_of(session, service_id, sealer=sealer, actor=None), find)
    found = clashes(wanted, now)
    if found and not mine_wins:
        raise Overtaken(found)
    left = still_to_do(leaving(wanted, theirs), now)
    Writing(session, by, at, act, why, sealer).write(left, now, sheet.service, may_open=is_decided)
    return sheet.service.id


def _of_this_listing(session: Session, wanted: Moved, base: Sheet, sheet: Sheet) -> Moved:
    """What is this listing's own: a place that it leaves stays as it is, and so does a place of the organization that it takes on."""
    before, after = ({place.id: place for place in one.places} for one in (base, sheet))
    left = [place for key, place in before.items() if key not in after]
    new = [place for key, place in after.items() if key not in before]
    known = {key for key in (place.id for place in new) if session.get(Location, key) is not None}
    if known - set(places_of(session, sheet.service.organization_id)):
        raise NotPermitted("This place belongs to another organization.")
    taken_on = [keys_under(place) for place in new if place.id in known]
    units = {key for key in wanted.added if key[0] == "unit" and session.get(Unit, key[1]) is not None}
    return without(wanted, set().union(units, *taken_on), set().union(*(keys_under(place) for place in left)))
