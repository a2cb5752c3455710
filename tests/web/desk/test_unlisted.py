"""What is not listed: taken out with a reason, kept out whatever a source brings, and listed again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from directory.models import DoNotList, Service
from directory.reports import make_report
from tests.cast import LISTINGS
from tests.directory.exchange.make import an_id
from tests.web.imported import an_import
from tests.web.second_door import SecondDoor, text_of

PATH, LUNCH = "/desk/curator/unlisted", LISTINGS["lunch"]


def standing(door: SecondDoor) -> tuple[str, bool]:
    """The status of the lunch, and whether it is kept out."""
    with door.storage.reading() as session:
        return session.get_one(Service, LUNCH).status, session.query(DoNotList).filter_by(entity_id=LUNCH).count() == 1


@pytest.mark.parametrize(("ticked", "stands"), [
    ({}, ("inactive", False)), ({"remember": "1"}, ("inactive", True)), ({"closed": "1", "remember": "1"}, ("defunct", True)),
])  # fmt: skip
def test_what_is_taken_out_is_gone_from_the_public_and_is_listed_again_as_it_was(door: SecondDoor, ticked: dict[str, str], stands: tuple[str, bool]) -> None:
    cora, public = door.as_("cora"), f"/listings/{LUNCH}"
    assert cora.post(f"{PATH}/{LUNCH}", {"why": "The hall is sold", **ticked}).headers["location"] == f"{PATH}?said=done"
    assert standing(door) == stands
    assert door.as_("anyone").get(public).status_code == 404
    said = text_of(cora.get(PATH))
    assert "by Cora (a curator) . Why: The hall is sold" in said
    assert ("no source brings it back" in said) == ("remember" in ticked)
    assert cora.post(f"{PATH}/{LUNCH}/relist").status_code == 303
    assert standing(door) == ("active", False)
    assert door.as_("anyone").get(public).status_code == 200
    assert "Nothing was taken out." in text_of(cora.get(PATH))


def test_without_a_reason_nothing_is_taken_out_and_what_was_ticked_stays(door: SecondDoor) -> None:
    answer = door.as_("cora").post(f"{PATH}/{LUNCH}", {"why": " ", "remember": "1"})
    assert (answer.status_code, standing(door)) == (422, ("active", False))
    assert 'name="remember" value="1" checked' in answer.text


def test_what_was_taken_out_may_be_kept_out_later(door: SecondDoor) -> None:
    cora = door.as_("cora")
    cora.post(f"{PATH}/{LUNCH}", {"why": "Nobody answers"})
    assert cora.post(f"{PATH}/{LUNCH}", {"why": "Again"}).status_code == 422
    assert "Keep it out" in text_of(cora.get(f"{PATH}/{LUNCH}"))
    assert cora.post(f"{PATH}/{LUNCH}", {"why": "They ask for it", "remember": "1"}).status_code == 303
    assert standing(door) == ("inactive", True)
    assert "no source brings it back" in text_of(cora.get(f"{PATH}/{LUNCH}"))


def test_what_was_taken_out_can_be_taken_back_in_the_history_too(door: SecondDoor) -> None:
    cora, history = door.as_("cora"), f"/desk/listings/{LUNCH}/history"
    cora.post(f"{PATH}/{LUNCH}", {"why": "A mistake", "remember": "1"})
    undo = cora.get(history).text.split('name="undo" value="', 1)[1].split('"', 1)[0]
    assert cora.post(f"{history}/undo", {"undo": undo, "why": "It is there"}).status_code == 303
    assert standing(door) == ("active", False)


def test_a_report_of_harm_leads_a_curator_and_nobody_else_to_taking_it_out(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        for about in ("unsafe", "closed"):
            make_report(session, LUNCH, about=about, words="It is.", email="", network="n", at=door.at, sealer=door.sealer)
    cora, ana = door.as_("cora"), door.as_("ana")
    first = cora.get("/desk/curator/reports").text.split('href="/desk/curator/reports/', 1)[1].split('"', 1)[0]
    assert f'href="{PATH}/{LUNCH}"' in cora.get(f"/desk/curator/reports/{first}").text
    own = f"/desk/organizations/{_organization(door)}/reports"
    report = ana.get(own).text.split(f'href="{own}/', 1)[1].split('"', 1)[0]
    assert PATH not in ana.get(f"{own}/{report}").text


def test_a_listing_that_its_source_lost_is_kept_out_by_a_tick(door: SecondDoor) -> None:
    record = an_import(door)["record"]
    door.as_("cora").post(f"/desk/curator/vanished/{record}", {"choice": "unpublish", "remember": "1"})
    with door.storage.reading() as session:
        assert session.query(DoNotList).one().entity_id == an_id("service", 3)


def test_one_whose_rows_are_gone_may_be_brought_again(door: SecondDoor) -> None:
    gone = uuid4()
    with door.storage.writing() as session:
        session.add(DoNotList(entity="service", entity_id=gone, name="Old choir", why="They asked", at=door.at, by="tests"))
    cora = door.as_("cora")
    assert "Let a source bring it again Old choir" in text_of(cora.get(PATH))
    assert cora.post(f"{PATH}/{gone}/relist").status_code == 303
    assert cora.post(f"{PATH}/{gone}/relist").status_code == 404


def test_only_curators_with_both_factors_come_here(door: SecondDoor) -> None:
    for name in ("ana", "kofi", "dov"):
        for path in (PATH, f"{PATH}/{LUNCH}"):
            assert door.as_(name).get(path).status_code == 403
        assert door.as_(name).post(f"{PATH}/{LUNCH}", {"why": "x"}).status_code == 403
    assert standing(door) == ("active", False)


def _organization(door: SecondDoor) -> str:
    with door.storage.reading() as session:
        return str(session.get_one(Service, LUNCH).organization_id)
