"""The BMLT interface finds what a plain oracle finds, in a total order; distances are told of exact public places and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.bmlt.answers import Interface
from directory.exchange.bmlt.asking import KM_IN_A_MILE, read_asked
from directory.exchange.bmlt.writer import MEETING_KEYS, Feed, to_feed
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.meeting import Keeper, Meeting, Spot
from tests.directory.exchange.bmlt.questions import Pairs, expected, km_between, narrowings
from tests.directory.exchange.meetings.invented import feeds

BMLT = load_programme("bmlt")
ROOT = "https://home.example/feeds/bmlt"
HERE = (44.2668, -88.3912)
FEEDS = feeds(BMLT).map(lambda found: to_feed(found, BMLT, root=ROOT, name="Everybody"))


def ask(feed: Feed, pairs: Pairs, switcher: str = "GetSearchResults", place: tuple[float, float] | None = None) -> Any:
    return Interface(feed, BMLT, root=ROOT, find_point=lambda text: place if text == "Alder Falls" else None).answer(
        read_asked([("switcher", switcher), *pairs])
    )


def ids(answer: Any) -> list[str]:
    return [record["id_bigint"] for record in answer]


@given(FEEDS, st.data())
@settings(max_examples=120, deadline=None)
def test_it_finds_what_the_oracle_finds(feed: Feed, data: st.DataObject) -> None:
    pairs = data.draw(narrowings(feed))
    found = ids(ask(feed, pairs))
    assert set(found) == expected(feed, pairs)
    assert len(found) == len(set(found))


@given(FEEDS)
@settings(max_examples=40, deadline=None)
def test_every_value_is_a_text_and_every_key_is_there(feed: Feed) -> None:
    for switcher in ("GetSearchResults", "GetFormats", "GetServiceBodies", "GetServerInfo", "GetFieldKeys", "GetCoverageArea"):
        assert all(isinstance(value, str) for record in ask(feed, [], switcher) for value in record.values()), switcher
    assert all(tuple(record) == MEETING_KEYS for record in ask(feed, []))
    assert all(record["service_body_bigint"] in ids_of_bodies(feed) for record in ask(feed, []))
    assert all(record["email_contact"] == record["distance_in_km"] == "" for record in ask(feed, []))


def ids_of_bodies(feed: Feed) -> set[str]:
    return {body["id"] for body in ask(feed, [], "GetServiceBodies")}


@given(FEEDS, st.integers(1, 8), st.sampled_from(("", "location_municipality,start_time", "meeting_name", "no_such_key", "id_bigint")))
@settings(max_examples=40, deadline=None)
def test_pages_put_together_are_the_whole_in_its_order(feed: Feed, size: int, keys: str) -> None:
    whole = ids(ask(feed, [("sort_keys", keys)]))
    pages = [ids(ask(feed, [("sort_keys", keys), ("page_size", str(size)), ("page_num", str(number))])) for number in range(1, len(whole) // size + 2)]
    assert [key for page in pages for key in page] == whole
    if keys == "meeting_name":
        names = [record["meeting_name"].casefold() for record in ask(feed, [("sort_keys", keys)])]
        assert names == sorted(names)


@given(FEEDS, st.sampled_from(("geo_width", "geo_width_km")), st.sampled_from((0.5, 100.0, 5_000.0, 20_000.0)))
@settings(max_examples=40, deadline=None)
def test_a_circle_holds_exactly_the_places_within_it(feed: Feed, name: str, width: float) -> None:
    around = [("lat_val", str(HERE[0])), ("long_val", str(HERE[1])), (name, str(width)), ("sort_results_by_distance", "1")]
    found = ask(feed, around)
    km = width if name == "geo_width_km" else width * KM_IN_A_MILE
    near = {key for key, point in feed.spots.items() if km_between(HERE, point) <= km}
    doubtful = {key for key, point in feed.spots.items() if abs(km_between(HERE, point) - km) < 0.01}
    assert set(ids(found)) - doubtful == near - doubtful
    told = [float(record["distance_in_km"]) for record in found]
    assert told == sorted(told)
    for record in found:
        assert float(record["distance_in_km"]) == pytest.approx(km_between(HERE, feed.spots[record["id_bigint"]]), abs=0.01)
        assert float(record["distance_in_miles"]) == pytest.approx(float(record["distance_in_km"]) / KM_IN_A_MILE, abs=0.002)


@given(FEEDS, st.integers(1, 10))
@settings(max_examples=40, deadline=None)
def test_a_width_below_nought_is_the_smallest_circle_with_so_many(feed: Feed, count: int) -> None:
    found = ask(feed, [("lat_val", str(HERE[0])), ("long_val", str(HERE[1])), ("geo_width", str(-count))])
    far = sorted(km_between(HERE, point) for point in feed.spots.values())
    assert len(found) >= min(count, len(far))
    if far:
        widest = max(float(record["distance_in_km"]) for record in found)
        assert widest == pytest.approx(far[min(count, len(far)) - 1], abs=0.01)


@given(FEEDS)
@settings(max_examples=40, deadline=None)
def test_only_exact_public_places_where_people_meet_are_ever_near(feed: Feed) -> None:
    found = ask(feed, [("lat_val", "0"), ("long_val", "0"), ("geo_width_km", "99999")])
    assert set(ids(found)) == set(feed.spots)
    assert all(record["venue_type"] in "13" and record["location_street"] for record in found)


PORCH = Meeting(key="porch-1", name="Porch", weekday=1, starts=1140, ends=1230, timezone="America/Chicago", codes=("OPEN",), languages=("es",),
                spot=Spot(street="27 Juniper Street", city="Alder Falls", region="WI", latitude=HERE[0], longitude=HERE[1]),
                keeper=Keeper(key="child", name="Porch Trust", parent_key="parent"))   # fmt: skip
AREA = Meeting(key="area-1", name="Quiet", weekday=3, starts=600, ends=660, timezone="America/Chicago", spot=Spot(formatted="Fox Cities", is_approximate=True,
               areas=("Fox Cities",), latitude=HERE[0], longitude=HERE[1]), keeper=Keeper(key="parent", name="Union"))   # fmt: skip
AFAR = Meeting(key="afar-1", name="Afar", weekday=6, starts=1410, ends=1500, timezone="America/Chicago", attendance=frozenset({"online"}), is_paused=True)
ASKING = Meeting(key="asking", name="On asking", timezone="America/Chicago")
SMALL = to_feed([PORCH, AREA, AFAR, ASKING], BMLT, root=ROOT, name="Everybody")


def names(pairs: Pairs, **given: Any) -> list[str]:
    return [record["meeting_name"] for record in ask(SMALL, pairs, **given)]


def test_an_area_is_not_near_though_it_has_a_point() -> None:
    assert names([("lat_val", str(HERE[0])), ("long_val", str(HERE[1])), ("geo_width", "-10")]) == ["Porch"]


def test_a_place_is_looked_for_by_its_name() -> None:
    assert names([("SearchString", "Alder Falls"), ("StringSearchIsAnAddress", "1")], place=HERE) == ["Porch"]
    assert names([("SearchString", "Alder Falls"), ("StringSearchIsAnAddress", "1"), ("SearchStringRadius", "1")], place=(0.0, 0.0)) == []
    assert names([("SearchString", "Nowhere"), ("StringSearchIsAnAddress", "1")], place=HERE) == []


def test_who_meets_by_appointment_has_no_weekday_and_is_left_out() -> None:
    assert names([]) == ["Afar", "Porch", "Quiet"]   # Sunday, Tuesday, Thursday


@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_count_from_sunday_one(weekday: int) -> None:
    (record,) = to_feed([Meeting(key="x", name="X", weekday=weekday, starts=0, ends=60)], BMLT, root=ROOT, name="E").meetings
    theirs = ["", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    ours = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert theirs[int(record["weekday_tinyint"])] == ours[weekday]


def test_used_formats_come_beside_the_meetings_or_alone() -> None:
    both = ask(SMALL, [("get_used_formats", ""), ("weekdays", "3")])
    assert [record["meeting_name"] for record in both["meetings"]] == ["Porch"]
    assert {one["key_string"] for one in both["formats"]} == {"O", "es"}
    assert [one["world_id"] for one in both["formats"]] == ["OPEN", "LANG"]
    assert set(ask(SMALL, [("get_formats_only", "1")])) == {"formats"}


def test_formats_in_use_or_all_or_some() -> None:
    used = {one["key_string"] for one in ask(SMALL, [], "GetFormats")}
    assert used == {"O", "es", "VM", "TC"}
    assert {one["key_string"] for one in ask(SMALL, [("key_strings[]", "TC"), ("key_strings[]", "HY")], "GetFormats")} == {"TC"}
    every = ask(SMALL, [("show_all", "1")], "GetFormats")
    assert used < {one["key_string"] for one in every}
    assert len({one["id"] for one in every}) == len(every) == len({one["key_string"] for one in every})


def test_bodies_by_id_with_those_above_and_below() -> None:
    by_name = {body["name"]: body for body in ask(SMALL, [], "GetServiceBodies")}
    assert by_name["Porch Trust"]["parent_id"] == by_name["Union"]["id"]
    assert (by_name["Union"]["parent_id"], by_name["Everybody"]["parent_id"]) == ("1", "0")
    trust, union = by_name["Porch Trust"]["id"], by_name["Union"]["id"]

    def found(*pairs: tuple[str, str]) -> set[str]:
        return {body["name"] for body in ask(SMALL, list(pairs), "GetServiceBodies")}

    assert found(("services", trust)) == {"Porch Trust"}
    assert found(("services", trust), ("parents", "1")) == {"Porch Trust", "Union", "Everybody"}
    assert found(("services", union), ("recursive", "1")) == {"Union", "Porch Trust"}
    assert found(("services", f"-{trust}")) == {"Union", "Everybody"}
    assert names([("services", union), ("recursive", "1")]) == ["Porch", "Quiet"]


def test_fields_are_chosen_and_values_counted() -> None:
    assert ask(SMALL, [("data_field_key", "meeting_name,weekday_tinyint,none"), ("weekdays", "3")]) == [{"meeting_name": "Porch", "weekday_tinyint": "3"}]
    towns = ask(SMALL, [("meeting_key", "location_municipality")], "GetFieldValues")
    assert {one["location_municipality"]: len(one["ids"].split(",")) for one in towns} == {"": 1, "Alder Falls": 1, "Fox Cities": 1}
    assert names([("meeting_key", "location_municipality"), ("meeting_key_value", "alder falls")]) == ["Porch"]
    assert names([("meeting_key", "location_municipality"), ("meeting_key_value", "alder"), ("meeting_key_match_case", "1")]) == []
    assert names([("meeting_key", "location_municipality"), ("meeting_key_value", "der"), ("meeting_key_contains", "1")]) == ["Porch"]
    assert names([("meeting_key", "admin_notes"), ("meeting_key_value", "")]) == []


@pytest.mark.parametrize("switcher", ["", "GetChanges", "getsearchresults", "GetNAWSDump", "__init__"])
def test_what_is_not_known_is_answered_by_nothing(switcher: str) -> None:
    assert ask(SMALL, [], switcher) == []


def test_numbers_stay_while_keys_do() -> None:
    fewer = to_feed([PORCH], BMLT, root=ROOT, name="Everybody")
    assert {record["id_bigint"] for record in fewer.meetings} < {record["id_bigint"] for record in SMALL.meetings}
    assert all(0 < int(record["id_bigint"]) < 2**53 for record in SMALL.meetings)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_no_parameter_breaks_it(pairs: Pairs) -> None:
    for name in ("lat_val", "geo_width", "page_num", "StartsAfterH", "services"):
        ask(SMALL, [*pairs, ("lat_val", "44"), ("long_val", "-88"), *((name, value) for _, value in pairs)])


@pytest.mark.parametrize(("name", "value"), [("lat_val", "91"), ("long_val", "nan"), ("lat_val", "inf"), ("long_val", "1e400"), ("lat_val", "")])
def test_a_point_that_is_none_asks_for_no_distance(name: str, value: str) -> None:
    pairs = [pair for pair in (("lat_val", "44"), ("long_val", "-88")) if pair[0] != name]
    assert len(names([*pairs, (name, value), ("geo_width", "1")])) == 3
