"""Invented people for pairing, for Hypothesis: small worlds in which everything happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing.values import Peer, Shared, Side, Wish
from matching.values import Slot
from tests.matching.pairing.crowd import ON, WAYS

SHARED: tuple[Shared, ...] = ("about", "interests", "strengths", "languages", "ways")
ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
TRAITS = tuple(f"{taxonomy}/{number}" for taxonomy in ("community", "gender") for number in (1, 2))
WISHED = (*TRAITS, "strengths/1", "interests/1")


def codes(*among: str) -> st.SearchStrategy[frozenset[str]]:
    """Some of these."""
    return st.frozensets(st.sampled_from(among))


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    """A time of the week, mostly on the hour."""
    starts = draw(st.one_of(st.integers(0, 23).map(lambda hour: hour * 60), st.integers(0, 1439)))
    return Slot(weekday=draw(st.integers(0, 6)), starts=starts, ends=starts + draw(st.sampled_from((0, 20, 30, 60, 150, 700))))


wishes = st.builds(
    Wish, codes=st.frozensets(st.sampled_from(WISHED), min_size=1, max_size=3), must=st.booleans(), importance=st.sampled_from((0.0, 0.5, 1.0, 4.0)),
)  # fmt: skip


@st.composite
def peers(draw: st.DrawFn, side: Side = "seeker", id: str = "") -> Peer:
    """One person; the more that stands against pairs is rare, so that worlds have pairs at all."""
    rarely = st.integers(0, 7).map(lambda number: number == 0)
    return Peer(
        id=id or f"{side}-{draw(st.integers(0, 3))}",
        side=side,
        about=draw(codes("grief", "parenting", "work")),
        not_about=draw(codes("work")),
        interests=draw(codes("1", "2", "chess")),
        strengths=draw(codes("1", "2", "patience")),
        hopes=draw(codes("1", "2", "patience")),
        languages=draw(st.sampled_from((frozenset(), frozenset({"en"}), frozenset({"en", "so"}), frozenset({"so"})))),
        ways=draw(st.sampled_from((frozenset(), frozenset({"phone"}), frozenset(WAYS)))),
        slots=tuple(draw(st.lists(slots(), max_size=3))),
        timezone=draw(st.sampled_from(ZONES)),
        area=draw(st.sampled_from(("", "north", "south"))),
        not_areas=frozenset({"north"}) if draw(rarely) else frozenset(),
        organizations=draw(codes("clinic")),
        not_organizations=frozenset({"clinic"}) if draw(rarely) else frozenset(),
        traits=draw(codes(*TRAITS)),
        wishes=tuple(draw(st.lists(wishes, max_size=2))),
        places=draw(st.integers(0, 3)),
        vouched=not draw(rarely),
        is_minor=draw(rarely),
        checked_for_minors=draw(st.booleans()),
        guardian_agreed=draw(st.booleans()),
        waiting_since=draw(st.one_of(st.none(), st.dates(ON - timedelta(days=300), ON))),
        shares=draw(st.frozensets(st.sampled_from(SHARED))),
    )


@st.composite
def crowds(draw: st.DrawFn, most: int = 5) -> tuple[list[Peer], list[Peer]]:
    """Some of both sides, each with an id of their own, now and then the same person on both."""
    seekers = [draw(peers("seeker", f"s{number}")) for number in range(draw(st.integers(0, most)))]
    supporters = [draw(peers("supporter", f"t{number}")) for number in range(draw(st.integers(0, most)))]
    if seekers and supporters and draw(st.integers(0, 5)) == 0:
        supporters[0] = replace(supporters[0], id=seekers[0].id)
    return seekers, supporters


def by_id(people: Sequence[Peer]) -> dict[str, Peer]:
    """People by their ids."""
    return {person.id: person for person in people}
