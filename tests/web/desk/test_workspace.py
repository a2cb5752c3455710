"""The workspace and the review: members use them, and nobody else learns that there is anything in them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.models import PeerOffer
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.routes import PUBLIC
from tests.web.second_door import SecondDoor, text_of

HERE = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"


def test_ana_shows_a_strength_and_ben_sees_it_with_an_idea(door: SecondDoor) -> None:
    ana, ben = door.as_("ana"), door.as_("ben")
    assert ana.post(f"{HERE}/workspace/strengths", {"strength": ["humour", "no_such_thing"]}).headers["location"] == f"{HERE}/workspace?said=saved"
    page = text_of(ben.get(f"{HERE}/workspace"))
    assert "Humour Ana" in page
    assert "Comedy Humour: Ana . Nobody within 15 km of you offers it yet" in page


def test_colleagues_offer_each_other_something(door: SecondDoor) -> None:
    assert door.as_("ana").post(f"{HERE}/workspace/offers", {"words": "A walk at lunch", "how": "Knock at room 4"}).status_code == 303
    assert "A walk at lunch" in text_of(door.as_("ben").get(f"{HERE}/workspace"))
    assert "Take it back" not in text_of(door.as_("ben").get(f"{HERE}/workspace"))


def test_what_was_typed_comes_back_beside_its_error(door: SecondDoor) -> None:
    answer = door.as_("ana").post(f"{HERE}/workspace/offers", {"words": "A walk at lunch", "how": " "})
    assert answer.status_code == 422
    assert "A walk at lunch" in answer.text
    assert "There is a problem" in text_of(answer)


@pytest.mark.parametrize("name", ["emil", "cora", "dov", "stella"])
def test_nobody_else_sees_the_inside(door: SecondDoor, name: str) -> None:
    for end in ("workspace", "review", "review/new"):
        assert door.as_(name).get(f"{HERE}/{end}").status_code == 403


def test_the_inside_is_in_no_public_page_feed_or_search(door: SecondDoor) -> None:
    """Row 40: every address that anybody may read, and each listing there is, says nothing of what colleagues offer each other."""
    ana, anyone = door.as_("ana"), door.as_("anyone")
    ana.post(f"{HERE}/workspace/offers", {"words": "Canary in the kitchen", "how": "Canary at the door"})
    assert "Canary in the kitchen" in ana.get(f"{HERE}/workspace").text
    door.catalogue.refresh()
    paths = [path.removeprefix("GET ") for path in PUBLIC if path.startswith("GET ") and "{" not in path]
    assert {"/feeds/meeting-guide.json", "/feeds/groups.ics", "/feeds/places.geojson", "/browse", "/api/hsds/services"} <= set(paths)
    paths += [f"/listings/{key}" for key in LISTINGS.values()] + [f"/api/hsds/services/{key}" for key in LISTINGS.values()]
    pages = [anyone.get(path) for path in paths] + [anyone.post("/search", {"text": "offers at the door"}, stamped=False)]
    assert [page.url.path for page in pages if "Canary" in page.text] == []
    with door.storage.reading() as session:
        offers = [one.id for one in session.scalars(select(PeerOffer))]
    assert [anyone.get(f"{where}/{key}").status_code for key in offers for where in ("/listings", "/api/hsds/services", "/peers")] == [404, 404, 404]


def test_a_review_can_be_printed(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert "first question" in text_of(ana.get(f"{HERE}/review/new"))
    ana.post(f"{HERE}/review", {"first_question": "always", "give": "sometimes", "note": "Together."})
    page = text_of(ana.get(f"{HERE}/review"))
    assert page.index("What goes well") < page.index("What to try next")
    assert "14 sentences were left open" in page


def test_bad_ids_are_not_found(door: SecondDoor) -> None:
    assert door.as_("ana").get("/desk/organizations/00000000-0000-0000-0000-000000000000/workspace").status_code == 404
    assert door.as_("ana").get("/desk/organizations/none/workspace").status_code == 404
