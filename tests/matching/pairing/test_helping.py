"""What would help somebody without a match, and what a coordinator's word costs: each claim held against whole rounds, weighed anew."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing import Crowd, Help, Outcome, Pair, cost, deferred_acceptance, weigh, would_help
from matching.pairing.values import Peer
from matching.pairing.weighing import with_other
from matching.values import Slot
from tests.matching.pairing.crowd import ON, WAYS
from tests.matching.pairing.people import crowds, peers

MORNING, EVENING = Slot(weekday=1, starts=540, ends=600), Slot(weekday=3, starts=1140, ends=1200)


def matched_after(help: Help, id: str, crowd: Crowd) -> bool:
    """Whether the change gives somebody a match, with everything made anew; a place helps where one more at any supporter does."""
    seekers = [_changed(one, help) if one.id == id else one for one in crowd.seekers]
    worlds = [crowd.supporters] if help.kind != "place" else [_with_place(crowd.supporters, one.id) for one in crowd.supporters]
    said = {"fixed": crowd.fixed, "forbidden": crowd.forbidden}
    return any(id not in deferred_acceptance(weigh(seekers, world, on=ON, blocked=crowd.blocked), **said).unmatched for world in worlds)


def _changed(person: Peer, help: Help) -> Peer:
    if help.kind == "language":
        return replace(person, languages=person.languages | {help.code})
    if help.kind == "way":
        return replace(person, ways=person.ways | {way for way in WAYS if way == help.code})
    return replace(person, slots=(*person.slots, *(() if help.slot is None else (help.slot,))))


def _with_place(supporters: object, id: str) -> list[Peer]:
    assert isinstance(supporters, list)
    return [replace(one, places=one.places + 1) if one.id == id and one.places else one for one in supporters]


@settings(deadline=None, max_examples=40)
@given(crowds(4), st.data())
def test_whatever_is_told_helps_and_whatever_helps_is_told(people: tuple[list[Peer], list[Peer]], data: st.DataObject) -> None:
    """Of languages, ways and places every single one is tried here; of hours those that are told."""
    seekers, supporters = people
    possible = [Pair(one.id, other.id) for one in seekers for other in supporters]
    forbidden = data.draw(st.frozensets(st.sampled_from(possible), max_size=3)) if possible else frozenset()
    crowd = Crowd(seekers, supporters, ON, forbidden=forbidden)
    weighed = weigh(seekers, supporters, on=ON)
    by_id = {one.id: one for one in seekers}
    for id in deferred_acceptance(weighed, forbidden=forbidden).unmatched:
        told = would_help(id, crowd, weighed)
        assert all(matched_after(help, id, crowd) for help in told)
        languages = [Help(kind="language", code=code) for code in ("en", "so")] if by_id[id].languages else []
        ways = [Help(kind="way", code=way) for way in WAYS] if by_id[id].ways else []
        for every in (languages, ways, [Help(kind="place")]):
            if any(matched_after(help, id, crowd) for help in every):
                assert {help.kind for help in told} >= {every[0].kind}


def test_an_hour_a_language_a_way_and_a_place_are_each_found() -> None:
    there = {"languages": frozenset({"en"}), "ways": frozenset({"phone"}), "slots": (EVENING,)}
    supporter = Peer(id="t", side="supporter", vouched=True, **there)   # type: ignore[arg-type]  # a plain table of fields
    late = Peer(id="a", side="seeker", languages=frozenset({"en"}), slots=(MORNING,))
    apart = Peer(id="b", side="seeker", languages=frozenset({"so"}), slots=(EVENING,))
    visiting = Peer(id="c", side="seeker", ways=frozenset({"in_person"}))
    first, second = Peer(id="d", side="seeker", waiting_since=ON - timedelta(days=90)), Peer(id="e", side="seeker")
    assert _told([late], [supporter]) == {"a": [("hour", "", EVENING)]}
    assert _told([apart], [supporter]) == {"b": [("language", "en", None)]}
    assert _told([visiting], [supporter]) == {"c": [("way", "phone", None)]}
    assert _told([first, second], [supporter]) == {"e": [("place", "", None)]}
    assert _told([replace(late, not_about=frozenset({"work"}))], [replace(supporter, about=frozenset({"work"}))]) == {"a": []}


def _told(seekers: list[Peer], supporters: list[Peer]) -> dict[str, list[tuple[str, str, Slot | None]]]:
    weighed = weigh(seekers, supporters, on=ON)
    found = deferred_acceptance(weighed).unmatched
    return {id: [(one.kind, one.code, one.slot) for one in would_help(id, Crowd(seekers, supporters, ON), weighed)] for id in found}


@settings(deadline=None, max_examples=60)
@given(crowds(4), peers("seeker", "s0"))
def test_one_row_weighed_anew_is_the_whole_weighed_anew(people: tuple[list[Peer], list[Peer]], other: Peer) -> None:
    seekers, supporters = people
    if not seekers:
        return
    other = replace(other, waiting_since=seekers[0].waiting_since)
    quick = with_other(weigh(seekers, supporters, on=ON), other, supporters, on=ON)
    whole = weigh([other, *seekers[1:]], supporters, on=ON)
    assert quick.liking.tolist() == whole.liking.tolist()
    assert quick.worth.tolist() == whole.worth.tolist()


@settings(deadline=None, max_examples=60)
@given(crowds(5), st.data())
def test_a_cost_is_the_difference_of_two_rounds(people: tuple[list[Peer], list[Peer]], data: st.DataObject) -> None:
    weighed = weigh(*people, on=ON)
    free = deferred_acceptance(weighed)
    if not free.pairs:
        return
    forbidden = data.draw(st.sampled_from(free.pairs))
    after = deferred_acceptance(weighed, forbidden=[forbidden])
    found = cost(free, after)
    assert found.unmatched == len(after.unmatched) - len(free.unmatched), "below 0 where it makes room for others"
    assert forbidden.seeker in found.others
    unchanged = {pair.seeker for pair in free.pairs if pair in after.pairs}
    assert not unchanged & set(found.others)
    assert set(found.others) <= set(chain.from_iterable((pair.seeker for pair in one.pairs) for one in (free, after)))
    assert cost(free, free) == type(found)(unmatched=0, fit=0.0, others=())


def test_a_cost_is_told_in_people_and_fit() -> None:
    before = Outcome((Pair("a", "x"), Pair("b", "y")), (), 0.6)
    after = Outcome((Pair("a", "y"),), ("b",), 0.2)
    found = cost(before, after)
    assert (found.unmatched, round(found.fit, 9), found.others) == (1, 0.4, ("a", "b"))
