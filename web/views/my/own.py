"""Opening one's own record for a page, and changing it by one verb."""

from __future__ import annotations

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.clients.calendar import follow_kept
from directory.clients.opening import Opened, open_own
from directory.clients.records import own_record
from directory.papers import Papers
from directory.storage import Session
from web.house import House
from web.visits import NotBegun


def opened_own(session: Session, house: House, visit: Visit) -> Opened:
    """One's own record, opened; ``NotBegun`` for whoever has none yet: their answer tells how to begin."""
    client = own_record(session, visit.actor)
    if client is None:
        raise NotBegun
    return open_own(session, client, visit.actor, at=house.now(), sealer=house.sealer)


def changed_own(house: House, visit: Visit, verb: planning.Verb, *, mark: str | None) -> Papers:
    """Change one's own papers in one transaction."""
    with house.storage.writing() as session:
        opened = opened_own(session, house, visit)
        papers = planning.change(session, opened, verb, mark=mark, by=visit.actor.by, at=house.now())
        follow_kept(session, opened.client.id, papers, sealer=house.sealer)
        return papers
