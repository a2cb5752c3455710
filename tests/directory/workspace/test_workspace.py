"""The workspace of an organization: what members chose to show, ideas that fill a gap, counts that hide small numbers, an inner peer scheme."""

from __future__ import annotations

from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.accounts.people import get_account, revoke
from directory.errors import Invalid, NotFound
from directory.models import Location, Service, StrengthOffer
from directory.places import Gazetteer
from directory.places.atlas import Atlas
from directory.places.rows import Row
from directory.sealing import Sealer
from directory.storage import Storage
from directory.workspace.ideas import ACTIVITIES, FEW, ideas_for, points_of
from directory.workspace.nearby import AT_LEAST, counties_of, forget_old, nearby, offer_strengths
from directory.workspace.review import ANSWERS, SENTENCES, list_reviews, read_answers, save_review
from directory.workspace.scheme import list_offers, offer, take_back
from directory.workspace.team import show_strengths, shown_by, team_map
from seeds.words import terms_of
from tests.cast import ORGANIZATIONS, Town, make_town
from tests.make import NOON, make_attribute, make_id, make_place

KITCHEN, LIBRARY = ORGANIZATIONS["kitchen"], ORGANIZATIONS["library"]
LABELS = {"cooking": "Cooking and baking", "gardening": "Growing things", "humour": "Humour"}
INTERESTS = {"cooking": "Cooking", "gardening": "Gardening", "comedy": "Comedy", "eating_out": "Tasting and eating out"}
COUNTY = "us/wi/outagamie county"


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=NOON, sealer=sealer)


def test_a_team_is_those_who_chose_to_show_themselves(town: Town) -> None:
    with town.storage.writing() as session:
        show_strengths(session, KITCHEN, town.accounts["ana"], ["cooking", "gardening"], known=LABELS)
        show_strengths(session, KITCHEN, town.accounts["ben"], ["cooking", "no such strength"], known=LABELS)
    with town.storage.reading() as session:
        assert [(facet.code, facet.people) for facet in team_map(session, KITCHEN, LABELS)] == [("cooking", ("Ana", "Ben")), ("gardening", ("Ana",))]
        assert team_map(session, LIBRARY, LABELS) == []
        assert shown_by(session, KITCHEN, town.accounts["ben"]) == {"cooking"}


def test_what_is_taken_back_is_gone_and_who_leaves_is_shown_no_more(town: Town) -> None:
    with town.storage.writing() as session:
        show_strengths(session, KITCHEN, town.accounts["ben"], ["cooking"], known=LABELS)
        show_strengths(session, KITCHEN, town.accounts["ana"], ["humour"], known=LABELS)
        show_strengths(session, KITCHEN, town.accounts["ana"], [], known=LABELS)
        revoke(session, get_account(session, town.accounts["ben"]), "editor", by="tests", at=NOON, organization_id=KITCHEN)
    with town.storage.reading() as session:
        assert team_map(session, KITCHEN, LABELS) == []


def test_every_strength_has_an_activity_that_is_an_interest_of_ours() -> None:
    strengths = {term.code for term in terms_of("strengths") if not term.group}
    interests = {term.code for term in terms_of("interests") if not term.group}
    assert set(ACTIVITIES) == strengths
    assert {activity for activities in ACTIVITIES.values() for activity in activities} <= interests


def test_an_idea_names_the_strength_who_has_it_and_the_gap(town: Town) -> None:
    with town.storage.writing() as session:
        show_strengths(session, KITCHEN, town.accounts["ana"], ["gardening", "humour"], known=LABELS)
        ideas = ideas_for(session, KITCHEN, team_map(session, KITCHEN, LABELS), INTERESTS)
    assert [(idea.activity, idea.strength, idea.people, idea.there) for idea in ideas] == [
        ("Comedy", "Humour", ("Ana",), 0), ("Gardening", "Growing things", ("Ana",), 0),
    ]


def test_what_the_area_has_is_no_idea(town: Town) -> None:
    with town.storage.writing() as session:
        show_strengths(session, KITCHEN, town.accounts["ana"], ["gardening"], known=LABELS)
        team = team_map(session, KITCHEN, LABELS)
        for count in range(FEW + 1):
            assert [idea.there for idea in ideas_for(session, KITCHEN, team, INTERESTS)] == [count]
            _garden(session, count)
        assert ideas_for(session, KITCHEN, team, INTERESTS) == []


def test_a_place_that_is_not_public_takes_no_part(town: Town) -> None:
    with town.storage.writing() as session:
        show_strengths(session, KITCHEN, town.accounts["ana"], ["gardening"], known=LABELS)
        for place in session.query(Location):
            place.latitude = place.longitude = None
            place.visibility = "area_only"
        session.flush()
        assert points_of(session, KITCHEN) == []
        assert ideas_for(session, KITCHEN, team_map(session, KITCHEN, LABELS), INTERESTS) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.integers(0, 35))
def test_fewer_than_ten_are_never_told_of_and_more_in_tens(storage: Storage, people: int) -> None:
    area = f"us/wi/{uuid4().hex}"
    with storage.writing() as session:
        for _ in range(people):
            assert offer_strengths(session, area, ["cooking", "nonsense"], on=date(2026, 11, 22), known=LABELS) == 1
        told = [one.at_least for one in nearby(session, [area], LABELS, on=date(2026, 11, 30))]
    assert told == ([people // 10 * 10] if people >= AT_LEAST else [])


def test_counts_older_than_a_year_are_not_told_and_can_be_deleted(storage: Storage) -> None:
    with storage.writing() as session:
        for month, _ in product(("2025-11", "2025-12"), range(12)):
            offer_strengths(session, COUNTY, ["humour"], on=date.fromisoformat(f"{month}-15"), known=LABELS)
        assert [one.at_least for one in nearby(session, [COUNTY], LABELS, on=date(2026, 11, 22))] == [10]
        assert nearby(session, [COUNTY], LABELS, on=date(2026, 12, 1)) == []
        forget_old(session, on=date(2026, 11, 22))
        assert [row.month for row in session.query(StrengthOffer)] == ["2025-12"]


def test_only_counties_are_counted() -> None:
    rows = [Row("us", code, town, "Wisconsin", "WI", county, 44.3, -88.4) for code, town, county in (
        ("54911", "Appleton", "Outagamie"), ("54980", "Winnebago", "Winnebago"),
    )]  # fmt: skip
    gazetteer = Gazetteer({"us": Atlas("us", rows)})
    areas = {area for atlas in gazetteer.atlases.values() for number in range(2) for area in atlas.areas_of_code(number)}
    assert {"us/wi/appleton", "us/wi/winnebago", "us/54911", "us/wi", "us", "world"} <= areas
    assert counties_of(gazetteer, areas) == ["us/wi/outagamie county", "us/wi/winnebago county"]


def test_colleagues_see_offers_and_only_their_maker_takes_them_back(town: Town) -> None:
    ana, ben = town.accounts["ana"], town.accounts["ben"]
    with town.storage.writing() as session:
        made = offer(session, KITCHEN, ana, words=" An ear after a hard day ", how="Room 4", at=NOON)
        assert [(one.words, one.is_mine) for one in list_offers(session, KITCHEN, ben)] == [("An ear after a hard day", False)]
        with pytest.raises(NotFound):
            take_back(session, KITCHEN, ben, made.id)
        take_back(session, KITCHEN, ana, made.id)
        assert list_offers(session, KITCHEN, ben) == []


@pytest.mark.parametrize(("words", "how", "wrong"), [("", "Room 4", {"words"}), (" ", " ", {"words", "how"}), ("x" * 601, "y", {"words"})])
def test_an_offer_that_says_nothing_or_too_much_is_named_by_field(town: Town, words: str, how: str, wrong: set[str]) -> None:
    with pytest.raises(Invalid) as found, town.storage.writing() as session:
        offer(session, KITCHEN, town.accounts["ana"], words=words, how=how, at=NOON)
    assert set(found.value.errors) == wrong


@given(said=st.dictionaries(st.sampled_from([one.code for one in SENTENCES] + ["other"]), st.sampled_from([*ANSWERS, "", "nonsense"])))
def test_every_sentence_is_well_to_try_or_open_and_nothing_else(said: dict[str, str]) -> None:
    answers = read_answers(said, " a note ")
    assert set(answers.by_sentence.values()) <= set(ANSWERS)
    assert "other" not in answers.by_sentence
    assert answers.note == "a note"


def test_a_review_begins_with_what_goes_well_and_is_kept_sealed(town: Town, sealer: Sealer) -> None:
    first, second, *rest = SENTENCES
    answers = read_answers({first.code: "always", second.code: "not_yet"}, "We begin.")
    with town.storage.writing() as session:
        row = save_review(session, KITCHEN, town.accounts["ana"], answers, at=NOON, sealer=sealer)
        assert "We begin." not in row.answers
        (review,) = list_reviews(session, KITCHEN, sealer=sealer)
        assert list_reviews(session, LIBRARY, sealer=sealer) == []
    assert (review.goes_well, review.to_try, review.unanswered, review.note) == ((first,), (second,), len(rest), "We begin.")


def _garden(session: Session, number: int) -> None:
    service = Service(id=make_id(f"garden {number}"), organization_id=LIBRARY, name=f"Garden {number}")
    session.add(service)
    session.flush()
    make_place(session, service, f"Plot {number}", point=(44.27, -88.41))
    make_attribute(session, service, "interests", "gardening")
