"""Old addresses of merged records lead on for good; what was never there is still not there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.merging import merge
from directory.models import ServiceAtLocation
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor


@pytest.mark.parametrize("path", ["/listings/{}", "/api/hsds/services/{}"])
def test_an_old_address_leads_on_for_good(door: SecondDoor, path: str) -> None:
    with door.storage.writing() as session:
        merge(session, "service", LISTINGS["lunch"], LISTINGS["class"], by="account:cora", at=door.at)
    answer = door.as_("anyone").get(path.format(LISTINGS["class"]))
    assert (answer.status_code, answer.headers["location"]) == (301, path.format(LISTINGS["lunch"]))
    assert door.as_("anyone").get(answer.headers["location"]).status_code == 200


def test_an_organization_and_its_listings_lead_on(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        merge(session, "organization", ORGANIZATIONS["library"], ORGANIZATIONS["kitchen"], by="account:cora", at=door.at)
        links = session.scalars(select(ServiceAtLocation.id)).all()
    answer = door.as_("anyone").get(f"/api/hsds/organizations/{ORGANIZATIONS['kitchen']}")
    assert answer.headers["location"] == f"/api/hsds/organizations/{ORGANIZATIONS['library']}"
    assert all(door.as_("anyone").get(f"/listings/{link}").status_code == 200 for link in links)


@pytest.mark.parametrize("path", ["/listings/{}", "/api/hsds/services/{}", "/api/hsds/organizations/{}", "/api/hsds/service_at_locations/{}"])
def test_what_was_never_there_is_not_found(door: SecondDoor, path: str) -> None:
    assert door.as_("anyone").get(path.format("00000000-0000-0000-0000-000000000000")).status_code == 404
