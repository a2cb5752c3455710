"""An index with changes beside it ranks as one that was built with the changes in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching import Index, rank
from matching.index import part_of
from matching.overlay import TIERS, Overlay
from matching.telling import phrases_of
from matching.text import TextIndex
from matching.values import Inquiry, Listing
from tests.matching import worlds
from tests.matching.wordbook import STREET, TERMS, VOCABULARY, listing
from tests.matching.worlds import AT, World, index_of, world_of

Held = dict[str, list[Listing]]


def by_service(directory: Sequence[Listing]) -> Held:
    """The listings of each service, with ids that no other service's listing has."""
    found: Held = {}
    for one in directory:
        found.setdefault(one.service_id, []).append(replace(one, id=f"{one.service_id} {one.id}"))
    return found


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 8)), min_size=1, max_size=4), st.booleans())
def test_changes_beside_an_index_are_as_good_as_in_it(number: int, edits: list[tuple[int, int]], pours: bool) -> None:
    first: World = world_of(number, 12)
    held = by_service(first.directory)
    base = index_of([one for listings in held.values() for one in listings])
    overlay = Overlay(base, lambda ordered: worlds.part_of(ordered, base.measures))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.overlay.TIERS", (2, 5) if pours else TIERS)
        for seed, count in edits:
            theirs = by_service(world_of(seed, count).directory)
            changed: Held = {service: theirs[service] for service in sorted(theirs)[: count - 1]} | {sorted(held)[seed % len(held)]: []}
            held |= changed
            overlay.replace(changed)
    built = index_of([one for listings in held.values() for one in listings], base.measures)
    inquiry = first.inquiry
    assert rank(inquiry, overlay.index, at=AT) == rank(inquiry, built, at=AT)
    assert len(overlay.index) == len(built)
    assert overlay.index.services == built.services


def street(overlay: Overlay, text: str) -> list[str]:
    return [match.id for match in rank(Inquiry(text=text), overlay.index, at=AT, around=False).matches]


def on_the_street() -> Overlay:
    base = Index.build(STREET, VOCABULARY, on=AT.date())
    return Overlay(base, lambda ordered: part_of(ordered, VOCABULARY, base.measures, None))


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(STREET)), st.lists(st.sets(st.sampled_from(STREET), min_size=1), min_size=1, max_size=3))
def test_what_tells_of_a_term_is_weighed_anew_only_where_a_change_brings_a_word_of_it(first: set[Listing], beside: list[set[Listing]]) -> None:
    """By turns, so that what one state of an index has worked out is there for the next."""
    base, *others = (TextIndex.build(sorted(some, key=lambda one: one.id), VOCABULARY) for some in (first, *beside))
    for count in range(len(others), -1, -1):
        read = base.reading_with(others[:count])
        for term in TERMS:
            assert read.phrases(term.taxonomy, term.code) == phrases_of(term, read.reader.rarity)


def test_a_word_that_only_a_change_has_is_found_and_one_slip_of_it_too() -> None:
    overlay = on_the_street()
    overlay.replace({"new": [listing(99, "Xylophone evenings")]})
    assert street(overlay, "xylophone") == street(overlay, "xylophne") == [listing(99, "").id]


def test_a_name_that_only_a_change_has_is_known_by_the_words_of_the_whole_directory() -> None:
    rare, common = ([listing(40 + number, f"Quillan {chr(97 + number)}zx") for number in range(count)] for count in (1, 9))
    for others, reason in ((rare, ["Its name is nearly what you wrote"]), (common, ["Speaks of “marigold”"])):
        base = Index.build([*STREET, *others], VOCABULARY, on=AT.date())
        overlay = Overlay(base, lambda ordered, base=base: part_of(ordered, VOCABULARY, base.measures, None))  # type: ignore[misc]
        overlay.replace({"new": [listing(99, "Quillon Marigold")]})
        matches = rank(Inquiry(text="quillan marigold"), overlay.index, at=AT, around=False).matches
        assert next([one.text for one in match.reasons[:1]] for match in matches if match.id == listing(99, "").id) == reason


def test_what_was_changed_is_not_found_as_it_was() -> None:
    overlay = on_the_street()
    one = STREET[6]
    assert one.id in street(overlay, "mercy kitchen")
    overlay.replace({one.service_id: [listing(6, "Quiet room")]})
    assert one.id not in street(overlay, "mercy")
    assert street(overlay, "quiet room") == [one.id]
    overlay.replace({one.service_id: []})
    assert street(overlay, "quiet room") == []
    assert overlay.index.find(one.id) is None


def test_an_index_given_once_never_changes() -> None:
    overlay = on_the_street()
    before = overlay.index
    first = rank(Inquiry(text="kitchen"), before, at=AT)
    overlay.replace({STREET[6].service_id: []})
    assert rank(Inquiry(text="kitchen"), before, at=AT) == first


def test_it_tells_when_it_is_time_to_build_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.overlay.FOLD", 3)
    overlay = on_the_street()
    overlay.replace({"a": [listing(20, "One")], "b": []})
    assert (len(overlay), overlay.is_full) == (2, False)
    overlay.replace({"c": [listing(21, "Two")]})
    assert overlay.is_full
