"""What may not happen to a listing when its own record changes for the better, for the worse, or not in any way that was asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import rank
from matching.signs import ANY_SPOKEN, is_signed
from matching.values import Inquiry, Listing, Opening, Place, Stated
from tests.matching.tongue import VOCABULARY
from tests.matching.worlds import AT, World, index_of, worlds

Change = Callable[[Listing, Inquiry], Listing | None]
STATED = ("access", "languages", "formats", "entry", "builds_on", "group")


def saying(listing: Listing, field: str, code: str) -> Listing:
    """The listing, now with a yes to ``code``."""
    said: Stated = getattr(listing, field)
    return msgspec.structs.replace(listing, **{field: Stated(yes=said.yes | {code}, no=said.no - {code})})


def refusing(listing: Listing, field: str, code: str) -> Listing:
    """The listing, now with a no to ``code``."""
    said: Stated = getattr(listing, field)
    return msgspec.structs.replace(listing, **{field: Stated(yes=said.yes - {code}, no=said.no | {code})})


def wishes(inquiry: Inquiry) -> list[tuple[str, str]]:
    """(field, code) for every three-valued thing that the person wants."""
    profile, must = inquiry.profile, inquiry.must
    wanted = [("access", code) for code in (*profile.access, *must.access)]
    wanted += [("languages", code) for code in (*profile.languages, *must.languages)]
    wanted += [("formats", code) for code in (*profile.formats, *must.formats)]
    wanted += [("group", code) for code in (*profile.group, *must.group)]
    return wanted + [("entry", code) for code in must.entry] + [("builds_on", one.code) for one in profile.strengths]


def state_a_wish(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """Unknown or no becomes yes."""
    for field, code in wishes(inquiry):
        if code not in getattr(listing, field).yes:
            return saying(listing, field, code)
    return None


def state_every_wish(listing: Listing, inquiry: Inquiry) -> Listing:
    for field, code in wishes(inquiry):
        listing = saying(listing, field, code)
    return listing


def take_a_no_back(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """No becomes unknown."""
    for field in STATED:
        said: Stated = getattr(listing, field)
        if said.no:
            return msgspec.structs.replace(listing, **{field: Stated(yes=said.yes, no=said.no - {min(said.no)})})
    return msgspec.structs.replace(listing, languages_only=False) if listing.languages_only else None


def move_nearer(listing: Listing, inquiry: Inquiry) -> Listing | None:
    here, there = inquiry.place, listing.place
    if here is None or there is None:
        return None
    middle = Place(latitude=(here.latitude + there.latitude) / 2, longitude=(here.longitude + there.longitude) / 2, precision=there.precision)
    return msgspec.structs.replace(listing, place=middle)


def meet_in_free_time(listing: Listing, inquiry: Inquiry) -> Listing | None:
    free = [slot for slot in inquiry.profile.times if slot.ends - slot.starts >= 90]
    if not free or inquiry.profile.there_and_back:  # what fills all of somebody's time leaves none for the way
        return None
    opening = Opening(weekday=free[0].weekday, opens=free[0].starts, closes=free[0].ends)
    return msgspec.structs.replace(listing, openings=(*listing.openings, opening))


def get_cheaper(listing: Listing, inquiry: Inquiry) -> Listing | None:
    if listing.cost == "paid" and listing.price:
        return msgspec.structs.replace(listing, price=listing.price / 2)
    if listing.cost == "paid":
        return msgspec.structs.replace(listing, cost="sliding")
    return (
        msgspec.structs.replace(listing, cost="donation" if listing.cost == "sliding" else "free")
        if listing.cost in ("sliding", "donation")
        else None
    )


def be_confirmed_later(listing: Listing, inquiry: Inquiry) -> Listing:
    day = listing.assured_on or AT.date() - timedelta(days=400)
    return msgspec.structs.replace(listing, assured_on=day + timedelta(days=100))


def open_up_to_all(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """Ask becomes pass."""
    return msgspec.structs.replace(listing, only_for=frozenset()) if listing.only_for else None


def serve_the_area(listing: Listing, inquiry: Inquiry) -> Listing | None:
    return msgspec.structs.replace(listing, areas=listing.areas | inquiry.areas) if listing.areas and inquiry.areas else None


def have_space(listing: Listing, inquiry: Inquiry) -> Listing | None:
    return msgspec.structs.replace(listing, space="open") if listing.space != "open" else None


def welcome_my_people(listing: Listing, inquiry: Inquiry) -> Listing | None:
    mine = frozenset(inquiry.profile.communities)
    return msgspec.structs.replace(listing, for_communities=listing.for_communities | mine) if mine else None


def welcome_everyone(listing: Listing, inquiry: Inquiry) -> Listing:
    return msgspec.structs.replace(listing, everyone_welcome=True)


def be_about_it(listing: Listing, inquiry: Inquiry) -> Listing | None:
    wanted = frozenset(inquiry.supports) - frozenset(inquiry.profile.steer_clear)
    return msgspec.structs.replace(listing, supports=listing.supports | wanted) if wanted and inquiry.profile.newness is None else None


def be_of_interest(listing: Listing, inquiry: Inquiry) -> Listing | None:
    shunned = {code for one in inquiry.profile.steer_clear for code in (one, *VOCABULARY.descendants("interests", one))}
    wanted = frozenset(inquiry.profile.interests) - shunned
    return msgspec.structs.replace(listing, interests=listing.interests | wanted) if wanted and not inquiry.profile.helped_before else None


def want_what_i_give(listing: Listing, inquiry: Inquiry) -> Listing | None:
    wanted = frozenset(one.code for one in inquiry.profile.strengths)
    return msgspec.structs.replace(listing, wants=listing.wants | wanted) if wanted else None


def find_an_interpreter(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """For a language that nobody there speaks; for those who can do with an interpreter."""
    wanted = frozenset((*inquiry.profile.languages, *inquiry.must.languages))
    return None if inquiry.must.without_interpreter or not wanted else msgspec.structs.replace(listing, interpreted=listing.interpreted | wanted)


def use_it_themselves(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """What was interpreted is now spoken: where that was any spoken language, those that the person wants."""
    if not listing.interpreted:
        return None
    wanted = {code for code in (*inquiry.profile.languages, *inquiry.must.languages) if not is_signed(code)} if ANY_SPOKEN in listing.interpreted else set()
    spoken = frozenset(listing.interpreted - {ANY_SPOKEN} | wanted)
    said = Stated(yes=listing.languages.yes | spoken, no=listing.languages.no - spoken)
    return msgspec.structs.replace(listing, interpreted=frozenset(), languages=said)


def be_there_for_us(listing: Listing, inquiry: Inquiry) -> Listing | None:
    """For the people whom the person said they are of."""
    mine = frozenset(inquiry.profile.about)
    return msgspec.structs.replace(listing, meant_for=listing.meant_for | mine) if mine else None


BETTER: tuple[Change, ...] = (
    find_an_interpreter, use_it_themselves, be_there_for_us,
    state_a_wish, state_every_wish, take_a_no_back, move_nearer, meet_in_free_time, get_cheaper, be_confirmed_later, open_up_to_all,
    serve_the_area, have_space, welcome_my_people, welcome_everyone, be_about_it, be_of_interest, want_what_i_give,
)  # fmt: skip


def standing(world: World, directory: list[Listing], service_id: str, measured: list[Listing]) -> tuple[float, int]:
    """The service's score and how many stand above it, with the rates and places of ``measured``; (-1, all) when it is not shown."""
    index = index_of(directory, index_of(measured).measures)
    matches = rank(world.inquiry, index, at=AT).matches
    found = [(match.score, place) for place, match in enumerate(matches) if match.service_id == service_id]
    return found[0] if found else (-1.0, len({one.service_id for one in directory}))


@pytest.mark.parametrize("change", BETTER, ids=lambda change: change.__name__)
@settings(max_examples=60, deadline=None)
@given(worlds(least=2, most=30), st.integers(0, 10**6))
def test_a_better_record_never_lowers_a_listing(change: Change, world: World, pick: int) -> None:
    chosen = world.directory[pick % len(world.directory)]
    changed = change(chosen, world.inquiry)
    if changed is None:
        return
    after = [changed if one is chosen else one for one in world.directory]
    score, above = standing(world, world.directory, chosen.service_id, world.directory)
    new_score, new_above = standing(world, after, chosen.service_id, world.directory)
    assert new_score >= score
    assert new_above <= above


@settings(max_examples=200, deadline=None)
@given(worlds(least=2, most=30), st.integers(0, 10**6), st.booleans())
def test_one_more_place_never_lowers_a_service(world: World, pick: int, near: bool) -> None:
    chosen = world.directory[pick % len(world.directory)]
    place = world.inquiry.place if near and world.inquiry.place else Place(latitude=38.2, longitude=-121.9)
    second = msgspec.structs.replace(chosen, id=f"{chosen.id}-second", place=place, added_on=None)
    score, above = standing(world, world.directory, chosen.service_id, world.directory)
    new_score, new_above = standing(world, [*world.directory, second], chosen.service_id, world.directory)
    assert new_score >= score
    assert new_above <= above


@settings(max_examples=200, deadline=None)
@given(worlds(least=2, most=30), st.integers(0, 10**6))
def test_unknown_to_no_never_raises_a_listing(world: World, pick: int) -> None:
    chosen = world.directory[pick % len(world.directory)]
    for field, code in wishes(world.inquiry):
        said: Stated = getattr(chosen, field)
        if code in said.yes | said.no:
            continue
        after = [refusing(chosen, field, code) if one is chosen else one for one in world.directory]
        score, _ = standing(world, world.directory, chosen.service_id, world.directory)
        new_score, _ = standing(world, after, chosen.service_id, world.directory)
        assert new_score <= score


@settings(max_examples=200, deadline=None)
@given(worlds(least=2, most=30), st.integers(0, 10**6))
def test_tags_that_nobody_asked_about_change_nothing(world: World, pick: int) -> None:
    chosen = world.directory[pick % len(world.directory)]
    tags = {name: getattr(chosen, name) | {"beekeeping"} for name in ("supports", "interests", "settings", "domains", "for_communities", "wants")}
    busier = saying(saying(saying(msgspec.structs.replace(chosen, **tags), "builds_on", "beekeeping"), "languages", "cy"), "access", "ramp_at_back")
    after = [busier if one is chosen else one for one in world.directory]
    assert standing(world, after, chosen.service_id, world.directory) == standing(world, world.directory, chosen.service_id, world.directory)
