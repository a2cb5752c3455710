"""The people of the judged set can all be asked: their inquiries decode, every code exists, and who is held out never changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from directory.languages import language_terms
from seeds.words import codes_of
from tests.relevance.judged.profiles import FILES, Person, judged_twice, people, slot

REGION = {"alder_falls": ((44.1, 44.7), (-88.8, -88.1)), "san_mateo": ((37.1, 37.75), (-122.6, -122.05))}


def codes(person: Person) -> Iterator[tuple[str, str]]:
    """Every code of an inquiry with its taxonomy."""
    asked, profile, must = person.inquiry, person.inquiry.profile, person.inquiry.must
    named = {
        "supports": (*asked.supports, *profile.helped_before),
        "strengths": tuple(one.code for one in profile.strengths),
        "interests": profile.interests,
        "life_domains": profile.domains,
        "communities": profile.communities,
        "faiths": profile.faiths,
        "languages": (*profile.languages, *must.languages),
        "access": (*profile.access, *must.access),
        "formats": (*profile.formats, *must.formats),
        "entry": must.entry,
        "kinds": must.kinds,
        "audiences": (*profile.about, *profile.not_about),
    }
    return ((taxonomy, code) for taxonomy, some in named.items() for code in some)


def test_there_are_two_hundred_people_and_a_hundred_of_each_place() -> None:
    assert Counter(person.world for person in people()) == dict.fromkeys(FILES, 100)
    assert len({person.id for person in people()}) == len({person.who for person in people()}) == 200


def test_every_code_exists_and_is_no_mere_heading() -> None:
    languages = {term.code for term in language_terms()}
    unknown = [
        (person.id, taxonomy, code)
        for person in people()
        for taxonomy, code in codes(person)
        if code not in (languages if taxonomy == "languages" else codes_of(taxonomy))
    ]
    assert unknown == []


def test_everybody_stands_in_their_region() -> None:
    for person in people():
        if place := person.inquiry.place:
            (south, north), (west, east) = REGION[person.world]
            assert south < place.latitude < north, person.id
            assert west < place.longitude < east, person.id


def test_people_ask_in_all_three_ways() -> None:
    for world in FILES:
        ways = Counter("words" if one.inquiry.text else "kinds" if one.inquiry.supports else "neither" for one in people() if one.world == world)
        assert min(ways.values()) >= 30
        assert len(ways) == 3


def test_a_third_is_held_out_and_a_fifth_judged_twice() -> None:
    assert 55 <= sum(person.held_out for person in people()) <= 80
    assert Counter(person.world for person in judged_twice()) == dict.fromkeys(FILES, 20)


def test_who_is_held_out_is_for_ever() -> None:
    assert [person.id for person in people() if person.held_out][:5] == ["p101", "p103", "p007", "p107", "p008"]


def test_any_stretch_of_the_list_holds_both_places() -> None:
    assert all(Counter(person.world for person in people()[start : start + 40]) == dict.fromkeys(FILES, 20) for start in range(0, 200, 40))


def test_a_time_that_is_not_one_is_refused() -> None:
    assert slot("Tue 17:00-22:30").ends == 22 * 60 + 30
    with pytest.raises(ValueError, match="Write for instance"):
        slot("Tuesday evening")
