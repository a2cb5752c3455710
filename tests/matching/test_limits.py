"""Each hard limit's truth table: what passes, what fails, what is to be asked, and what an unset limit leaves alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.limits import BIT, ages_of, judge
from matching.question import Question
from matching.values import Inquiry, LimitName, Listing, MustHaves, Opening, Place, Profile, Stated, Strength, Travel
from tests.matching.oracle import slots
from tests.matching.worlds import AT, HERE, index_of

NEAR = Place(latitude=37.51, longitude=-122.3)  # 1.1 km north
FAR = Place(latitude=37.59, longitude=-122.3)  # 10 km north


def listing(**fields: Any) -> Listing:
    return Listing(**{"id": "one", "service_id": "one", "organization_id": "one", "name": "Kin circle", **fields})


def verdict(limit: LimitName, inquiry: Inquiry, one: Listing, *others: Listing) -> str:
    """What ``limit`` says of ``one``."""
    index = index_of([one, *others])
    said = judge(Question(inquiry, index.parts[0], AT))
    row = index.parts[0].find(one.id)
    return "fail" if said.fail[row] & BIT[limit] else "ask" if said.ask[row] & BIT[limit] else "pass"


def must(**fields: Any) -> Inquiry:
    return Inquiry(must=MustHaves(**fields))


def profile(**fields: Any) -> Inquiry:
    return Inquiry(profile=Profile(**fields))


def at_place(place: Place, precision: str) -> Place:
    return Place(latitude=place.latitude, longitude=place.longitude, precision=precision)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", BIT)
def test_a_question_without_limits_fails_and_asks_nothing(limit: LimitName) -> None:
    one = listing(languages_only=True, cost="paid", minimum_age=90.0, faiths=frozenset({"sikh"}), place=FAR, areas=frozenset({"north ward"}))
    assert verdict(limit, Inquiry(), one) == "pass"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (listing(place=NEAR), "pass"),
        (listing(place=FAR), "fail"),
        (listing(), "ask"),
        (listing(place=FAR, formats=Stated(yes=frozenset({"online"}))), "pass"),
        (listing(formats=Stated(yes=frozenset({"phone"}))), "pass"),
        (listing(place=FAR, formats=Stated(yes=frozenset({"in_person"}))), "fail"),
        (listing(place=NEAR, confidential=True), "ask"),
        (listing(place=FAR, confidential=True), "ask"),
        (listing(place=at_place(NEAR, "town")), "pass"),
        (listing(place=at_place(FAR, "code")), "fail"),
        (listing(place=Place(latitude=37.54, longitude=-122.3, precision="code")), "ask"),
        (listing(place=Place(latitude=37.54, longitude=-122.3)), "fail"),
    ],
)
@pytest.mark.parametrize("travel", [Travel(max_km=2.0), Travel(modes=("walk",), minutes=35)])
def test_travel_by_distance_and_by_minutes(travel: Travel, one: Listing, expected: str) -> None:
    assert verdict("travel", Inquiry(place=HERE, travel=travel), one) == expected


def test_travel_needs_both_minutes_and_distance_when_both_are_set() -> None:
    one = listing(place=Place(latitude=37.53, longitude=-122.3))
    assert verdict("travel", Inquiry(place=HERE, travel=Travel(modes=("car",), minutes=20, max_km=5.0)), one) == "pass"
    assert verdict("travel", Inquiry(place=HERE, travel=Travel(modes=("car",), minutes=20, max_km=3.0)), one) == "fail"
    assert verdict("travel", Inquiry(place=HERE, travel=Travel(modes=("car",), minutes=5, max_km=5.0)), one) == "fail"


def test_the_best_of_the_ways_to_travel_counts() -> None:
    one = listing(place=Place(latitude=37.53, longitude=-122.3))
    assert verdict("travel", Inquiry(place=HERE, travel=Travel(modes=("walk",), minutes=30)), one) == "fail"
    assert verdict("travel", Inquiry(place=HERE, travel=Travel(modes=("walk", "cycle"), minutes=30)), one) == "pass"


def test_an_online_way_in_does_not_help_somebody_who_must_go_in_person() -> None:
    one = listing(place=FAR, formats=Stated(yes=frozenset({"online", "in_person"})))
    inquiry = Inquiry(place=HERE, travel=Travel(max_km=2.0), must=MustHaves(formats=("in_person",)))
    assert verdict("travel", inquiry, one) == "fail"


def test_a_persons_own_vague_place_widens_the_margin() -> None:
    one = listing(place=Place(latitude=37.54, longitude=-122.3))
    for precision, expected in (("given", "fail"), ("code", "ask"), ("town", "ask")):
        assert verdict("travel", Inquiry(place=at_place(HERE, precision), travel=Travel(max_km=2.0)), one) == expected


@pytest.mark.parametrize(
    ("fields", "mine", "place", "expected"),
    [
        ({"areas": {"north ward"}, "areas_resolved": True}, {"north ward", "the county"}, HERE, "pass"),
        ({"areas": {"south ward"}, "areas_resolved": True}, {"north ward"}, HERE, "fail"),
        ({"areas": {"south ward"}, "areas_resolved": True}, {"north ward"}, None, "fail"),
        ({"areas": {"south ward"}, "areas_resolved": False}, {"north ward"}, HERE, "ask"),
        ({"areas": {"south ward"}, "areas_resolved": True}, set(), HERE, "ask"),
        ({"areas": {"south ward"}, "areas_resolved": True}, set(), None, "pass"),
        ({"areas": set(), "areas_resolved": False}, {"north ward"}, HERE, "pass"),
        ({"areas": {"south ward"}, "areas_resolved": True, "confidential": True}, {"north ward"}, HERE, "fail"),
    ],
)
def test_area(fields: dict[str, Any], mine: set[str], place: Place | None, expected: str) -> None:
    one = listing(**{**fields, "areas": frozenset(fields["areas"])})
    assert verdict("area", Inquiry(place=place, areas=frozenset(mine)), one) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"languages": Stated(yes=frozenset({"so"}))}, "pass"),
        ({"languages": Stated(yes=frozenset({"es-MX"}))}, "pass"),
        ({"languages": Stated(yes=frozenset({"en"}))}, "ask"),
        ({"languages": Stated(yes=frozenset({"en"})), "languages_only": True}, "fail"),
        ({"languages": Stated(yes=frozenset({"en"})), "languages_only": True, "interpreting": True}, "ask"),
        ({"languages": Stated(no=frozenset({"so", "es"})), "interpreting": True}, "ask"),
        ({"languages": Stated(yes=frozenset({"en"})), "languages_only": True, "interpreted": frozenset({"mul"})}, "pass"),
        ({"interpreting": False}, "ask"),
        ({"interpreted": frozenset({"so"})}, "pass"),
        ({"interpreted": frozenset({"so"}), "languages_only": True}, "pass"),
        ({"interpreted": frozenset({"ase"})}, "ask"),
        ({"languages": Stated(no=frozenset({"so"}))}, "ask"),
        ({"languages": Stated(no=frozenset({"so", "es"}))}, "fail"),
        ({}, "ask"),
    ],
)
def test_language_one_of_those_named_is_enough(fields: dict[str, Any], expected: str) -> None:
    assert verdict("language", must(languages=("so", "es")), listing(**fields)) == expected


def test_an_interpreter_for_any_spoken_language_is_none_for_a_signed_one() -> None:
    anyone = listing(interpreted=frozenset({"mul"}))
    assert [verdict("language", must(languages=(code,)), anyone) for code in ("vi", "ase")] == ["pass", "ask"]
    assert verdict("language", must(languages=("vi",), without_interpreter=True), anyone) == "ask"


@given(st.sets(st.sampled_from(["so", "es", "vi"]), min_size=1))
def test_interpreters_for_named_languages_say_nothing_of_others(named: set[str]) -> None:
    one = listing(interpreted=frozenset(named))
    for code in ("so", "es", "vi"):
        assert verdict("language", must(languages=(code,)), one) == ("pass" if code in named else "ask")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"languages": Stated(yes=frozenset({"so"}))}, "pass"),
        ({"languages": Stated(yes=frozenset({"so"})), "interpreted": frozenset({"so"})}, "pass"),
        ({"interpreted": frozenset({"so"})}, "ask"),
        ({"interpreted": frozenset({"so", "es-MX"})}, "fail"),
        ({"interpreting": True}, "ask"),
        ({"interpreting": True, "languages_only": True}, "fail"),
        ({}, "ask"),
    ],
)
def test_where_an_interpreter_does_not_do_a_language_that_is_interpreted_is_one_that_nobody_there_speaks(fields: dict[str, Any], expected: str) -> None:
    assert verdict("language", must(languages=("so", "es"), without_interpreter=True), listing(**fields)) == expected


@pytest.mark.parametrize("signed", ["ase", "bfi"])
def test_a_signed_language_is_no_spoken_one(signed: str) -> None:
    only_signed = listing(languages=Stated(yes=frozenset({signed})), languages_only=True)
    assert verdict("language", must(languages=("en",)), only_signed) == "fail"
    assert verdict("language", must(languages=(signed,)), only_signed) == "pass"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (Stated(yes=frozenset({"step_free", "quiet_room"})), "pass"),
        (Stated(yes=frozenset({"step_free"})), "ask"),
        (Stated(yes=frozenset({"step_free"}), no=frozenset({"quiet_room"})), "fail"),
        (Stated(no=frozenset({"hearing_loop"})), "ask"),
        (Stated(), "ask"),
    ],
)
def test_access_needs_every_feature(stated: Stated, expected: str) -> None:
    assert verdict("access", must(access=("step_free", "quiet_room")), listing(access=stated)) == expected


@pytest.mark.parametrize(
    ("cost", "price", "free", "up_to_ten", "both"),
    [
        ("free", None, "pass", "pass", "pass"),
        ("donation", None, "pass", "pass", "pass"),
        ("sliding", None, "ask", "ask", "ask"),
        ("sliding", 5.0, "ask", "pass", "ask"),
        ("sliding", 15.0, "ask", "fail", "fail"),
        ("paid", None, "fail", "ask", "fail"),
        ("paid", 5.0, "fail", "pass", "fail"),
        ("paid", 15.0, "fail", "fail", "fail"),
        (None, None, "ask", "ask", "ask"),
        (None, 5.0, "ask", "pass", "ask"),
        (None, 15.0, "ask", "fail", "fail"),
    ],
)
def test_cost(cost: Any, price: float | None, free: str, up_to_ten: str, both: str) -> None:
    one = listing(cost=cost, price=price)
    assert verdict("cost", must(free=True), one) == free
    assert verdict("cost", must(most_cost=10.0), one) == up_to_ten
    assert verdict("cost", must(free=True, most_cost=10.0), one) == both


TUESDAY_EVENING = Opening(weekday=1, opens=18 * 60, closes=20 * 60)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"openings": (TUESDAY_EVENING,)}, "pass"),
        ({"openings": (Opening(weekday=2, opens=18 * 60, closes=20 * 60),)}, "fail"),
        ({"always_open": True}, "pass"),
        ({}, "ask"),
    ],
)
def test_times(fields: dict[str, Any], expected: str) -> None:
    inquiry = Inquiry(must=MustHaves(in_my_times=True), profile=Profile(times=slots((1, 19 * 60, 22 * 60))))
    assert verdict("times", inquiry, listing(**fields)) == expected


def test_times_limit_nothing_for_somebody_who_named_none() -> None:
    assert verdict("times", must(in_my_times=True), listing()) == "pass"


@pytest.mark.parametrize(
    ("age", "least", "most", "expected"),
    [
        (18.5, None, 18.0, "pass"),
        (19.0, None, 18.0, "fail"),
        (0.6, None, 0.5, "fail"),
        (0.5, None, 0.5, "pass"),
        (15.9, 16.0, None, "fail"),
        (16.0, 16.0, None, "pass"),
        (40.0, None, None, "pass"),
    ],
)
def test_age(age: float, least: float | None, most: float | None, expected: str) -> None:
    assert verdict("age", profile(age=age), listing(minimum_age=least, maximum_age=most)) == expected
    assert verdict("age", profile(), listing(minimum_age=least, maximum_age=most)) == "pass"


@pytest.mark.parametrize(
    ("only", "barred", "about", "not_about", "expected"),
    [
        (set(), set(), (), (), "pass"),
        ({"carers"}, set(), ("carers",), (), "pass"),
        ({"carers"}, set(), ("young_carers",), (), "pass"),
        ({"young_carers"}, set(), ("carers",), (), "ask"),
        ({"young_carers"}, set(), (), ("carers",), "fail"),
        ({"carers"}, set(), (), (), "ask"),
        ({"carers"}, set(), (), ("carers",), "fail"),
        ({"carers", "veterans"}, set(), (), ("carers",), "ask"),
        ({"carers", "veterans"}, set(), (), ("carers", "veterans"), "fail"),
        ({"women"}, set(), ("men",), (), "fail"),
        ({"men"}, set(), ("women",), (), "fail"),
        ({"women"}, set(), ("women", "men"), (), "pass"),
        ({"women"}, set(), (), (), "ask"),
        ({"everyone"}, set(), (), (), "pass"),
        (set(), {"carers"}, ("young_carers",), (), "fail"),
        (set(), {"carers"}, (), (), "pass"),
        ({"women"}, {"carers"}, ("women", "carers"), (), "fail"),
    ],
)
def test_audience(only: set[str], barred: set[str], about: tuple[str, ...], not_about: tuple[str, ...], expected: str) -> None:
    one = listing(only_for=frozenset(only), not_for=frozenset(barred))
    assert verdict("audience", profile(about=about, not_about=not_about), one) == expected


@pytest.mark.parametrize(("age", "expected"), [(82.0, "pass"), (65.0, "pass"), (64.9, "ask"), (58.0, "ask"), (None, "ask")])
def test_who_told_an_age_beyond_doubt_is_not_asked_whether_older_adults_are_meant(age: float | None, expected: str) -> None:
    assert verdict("audience", profile(age=age), listing(only_for=frozenset({"older_adults"}))) == expected


@given(st.floats(0, 120), st.floats(0, 120))
def test_beyond_doubt_is_a_stretch_of_years(one: float, other: float) -> None:
    for code in ages_of(one) & ages_of(other):
        assert code in ages_of((one + other) / 2)


@pytest.mark.parametrize("limit", ["format", "entry"])
@pytest.mark.parametrize(("yes", "no", "expected"), [("a", "", "pass"), ("c", "", "ask"), ("", "a", "ask"), ("", "ab", "fail"), ("b", "a", "pass")])
def test_formats_and_entry_one_of_those_named_is_enough(limit: Any, yes: str, no: str, expected: str) -> None:
    field = "formats" if limit == "format" else limit
    one = listing(**{field: Stated(yes=frozenset(yes), no=frozenset(no))})
    assert verdict(limit, must(**{field: ("a", "b")}), one) == expected


@pytest.mark.parametrize(
    ("fields", "expected", "confirmed"),
    [
        ({"faiths": frozenset({"sikh"})}, "fail", "fail"),
        ({"secular": True}, "pass", "pass"),
        ({}, "pass", "fail"),
        ({"secular": False}, "pass", "fail"),
    ],
)
def test_faith_is_asked_about_only_by_those_who_want_it_confirmed(fields: dict[str, Any], expected: str, confirmed: str) -> None:
    assert verdict("faith", must(not_faith_based=True), listing(**fields)) == expected
    assert verdict("faith", must(not_faith_based=True, confirmed=frozenset({"faith"})), listing(**fields)) == confirmed


def test_kind_takes_narrower_kinds_along() -> None:
    assert verdict("kind", must(kinds=("therapy",)), listing(kind="group_therapy")) == "pass"
    assert verdict("kind", must(kinds=("group_therapy",)), listing(kind="therapy")) == "fail"


@pytest.mark.parametrize(
    ("inquiry", "expected"),
    [
        (Inquiry(), "fail"),
        (profile(give=True), "pass"),
        (must(kinds=("give",)), "pass"),
        (profile(strengths=(Strength(code="cooking"),)), "pass"),
        (profile(strengths=(Strength(code="music"),)), "fail"),
        (Inquiry(supports=("volunteering",)), "pass"),
        (Inquiry(supports=("food",)), "fail"),
        (Inquiry(text="kin"), "fail"),
    ],
)
def test_give_listings_are_for_those_who_ask(inquiry: Inquiry, expected: str) -> None:
    assert verdict("give", inquiry, listing(kind="give", wants=frozenset({"cooking"}))) == expected
    assert verdict("give", inquiry, listing(kind="service")) == "pass"


@pytest.mark.parametrize(
    "fields",
    [
        {"supports": frozenset({"hot_meals"})},
        {"interests": frozenset({"choir"})},
        {"settings": frozenset({"allotment"})},
        {"faiths": frozenset({"quaker"})},
        {"kind": "group_therapy"},
    ],
)
def test_steering_clear_takes_narrower_things_along(fields: dict[str, Any]) -> None:
    clear = profile(steer_clear=("food", "music", "park", "christian", "therapy"))
    assert verdict("steer_clear", clear, listing(**fields)) == "fail"
    assert verdict("steer_clear", clear, listing(interests=frozenset({"gardening"}))) == "pass"


@pytest.mark.parametrize(
    ("limit", "inquiry"),
    [
        ("language", must(languages=("so",))),
        ("access", must(access=("step_free",))),
        ("cost", must(free=True)),
        ("format", must(formats=("online",))),
        ("entry", must(entry=("drop_in",))),
        ("times", Inquiry(must=MustHaves(in_my_times=True), profile=Profile(times=slots((1, 600, 700))))),
        ("travel", Inquiry(place=HERE, travel=Travel(max_km=5.0))),
    ],
)
def test_only_if_confirmed_turns_an_unknown_into_a_no(limit: LimitName, inquiry: Inquiry) -> None:
    import msgspec

    sure = msgspec.structs.replace(inquiry, must=msgspec.structs.replace(inquiry.must, confirmed=frozenset({limit})))
    assert verdict(limit, inquiry, listing()) == "ask"
    assert verdict(limit, sure, listing()) == "fail"
