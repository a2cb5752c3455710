"""After a break-in: what the account of somebody who keeps peer support could have read, which is what people agreed to and no more (rule P22)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from directory.accounts.people import get_account, revoke
from directory.clients.consents import PEER_PARTS
from directory.clients.exposure import Exposed, exposed_to
from directory.peers.coordinating import list_people
from tests.clients import ALDER
from tests.peers import Circle

DAY = timedelta(days=1)


def exposed(circle: Circle, name: str = "imani") -> dict[UUID, Exposed]:
    with circle.storage.reading() as session:
        found = exposed_to(session, circle.town.accounts[name], since=circle.at - 10 * DAY, until=circle.at + 10 * DAY, sealer=circle.sealer)
        return {one.client_id: one for one in found}


def test_a_coordinator_could_have_read_who_takes_part_and_nobody_else(circle: Circle) -> None:
    assert exposed(circle) == {}
    people = circle.gather("sol", "rosa")
    found = exposed(circle)
    assert found.keys() == set(people.values())
    for one in found.values():
        assert [(way.way, way.organization_id, set(way.parts)) for way in one.ways] == [("peers", ALDER, set(PEER_PARTS))]
        assert one.opened == ()


def test_what_was_opened_is_told_by_the_log(circle: Circle) -> None:
    people = circle.gather("sol", "rosa")
    with circle.storage.writing(counting=True) as session:
        list_people(session, circle.scheme, circle.actor(session, "imani"), on=circle.on, at=circle.at, sealer=circle.sealer)
    for key in people.values():
        (line,) = exposed(circle)[key].opened
        assert (line.role, line.organization_id, line.at) == ("coordinator", ALDER, circle.at)


def test_it_ends_with_the_role_and_others_of_the_house_could_not(circle: Circle) -> None:
    circle.gather("sol")
    circle.later(days=1)
    with circle.storage.writing(counting=True) as session:
        revoke(session, get_account(session, circle.town.accounts["imani"]), "coordinator", by="tests", at=circle.at, organization_id=ALDER)
    circle.gather("rosa")
    (one,) = exposed(circle).values()
    assert [way.until for way in one.ways] == [circle.at]
    assert all("peers" not in {way.way for way in one.ways} for name in ("nia", "lena", "cora") for one in exposed(circle, name).values())
