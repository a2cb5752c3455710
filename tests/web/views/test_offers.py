"""Saying what one would put to use: counted for a county, with nothing of the person, and told of from ten on."""

from __future__ import annotations

from directory.models import StrengthOffer
from tests.cast import ORGANIZATIONS, PASSWORD, address_of
from tests.web.second_door import SecondDoor, text_of

OFFER = {"strength": ["cooking", "gardening"], "place": "54911"}


def test_ten_people_of_a_county_become_visible_to_its_organizations(door: SecondDoor) -> None:
    anyone, desk = door.as_("anyone"), f"/desk/organizations/{ORGANIZATIONS['kitchen']}/workspace"
    for _ in range(9):
        assert anyone.post("/offer", OFFER, stamped=False).status_code == 200
        door.later(hours=3)
    ana = door.as_("ana")
    ana.post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD}, stamped=False)
    assert "at least" not in text_of(ana.get(desk))
    assert anyone.post("/offer", OFFER, stamped=False).status_code == 200
    assert "Growing things: at least 10 people" in text_of(ana.get(desk))


def test_nothing_but_a_count_is_kept(door: SecondDoor) -> None:
    answer = door.as_("anyone").post("/offer", OFFER, stamped=False)
    assert "set-cookie" not in answer.headers
    with door.storage.reading() as session:
        rows = session.query(StrengthOffer).order_by(StrengthOffer.facet).all()
    assert [(row.area, row.facet, row.count) for row in rows] == [("us/wi/outagamie county", facet, 1) for facet in ("cooking", "gardening")]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(door: SecondDoor) -> None:
    answer = door.as_("anyone").post("/offer", {"strength": ["cooking"], "place": "Nowhere at all"}, stamped=False)
    assert answer.status_code == 422
    assert 'value="Nowhere at all"' in answer.text
    assert "a postcode or a town that we know" in text_of(answer)
    assert door.as_("anyone").post("/offer", {"place": "54911"}, stamped=False).status_code == 422


def test_one_network_cannot_make_ten_people_of_itself_for_long(door: SecondDoor) -> None:
    codes = [door.as_("anyone").post("/offer", OFFER, stamped=False).status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2


def test_another_site_cannot_count_anybody(door: SecondDoor) -> None:
    assert door.as_("anyone").post("/offer", OFFER, stamped=False, headers={"sec-fetch-site": "cross-site"}).status_code == 403
