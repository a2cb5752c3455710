"""Invented people for pairing: small worlds in which everything happens, for Hypothesis, and large ones from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing.values import Peer, Shared, Side, Way, Wish
from matching.values import Slot

ON = date(2026, 11, 22)
WAYS: tuple[Way, ...] = ("in_person", "video", "phone", "messages")
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


def crowd(seekers: int, supporters: int, *, seed: int) -> tuple[list[Peer], list[Peer]]:
    """Large crowds, always the same from a seed: people with a handful of everything, of whom about one pair in six is possible."""
    random = Random(seed)
    return [_one(random, number, "seeker") for number in range(seekers)], [_one(random, number, "supporter") for number in range(supporters)]


def _one(random: Random, number: int, side: Side) -> Peer:
    hours = [Slot(weekday=random.randrange(7), starts=(hour := random.randrange(8, 20)) * 60, ends=hour * 60 + 120) for _ in range(random.randint(2, 6))]
    gender = _some(random, "gender/", 3, 1, 1)
    return Peer(
        id=f"{side}-{number:05}",
        side=side,
        about=_some(random, "about-", 20, 1, 4),
        not_about=_some(random, "about-", 20, 0, 1),
        interests=_some(random, "interest-", 60, 0, 6),
        strengths=_some(random, "strength-", 48, 0, 6),
        hopes=_some(random, "strength-", 48, 0, 4),
        languages=_some(random, "language-", 12, 1, 2) | ({"en"} if random.random() < 0.8 else set()),
        ways=frozenset(random.sample(WAYS, random.randint(1, 3))),
        slots=tuple(hours),
        timezone="America/New_York",
        area=f"area-{random.randrange(30)}",
        not_areas=_some(random, "area-", 30, 0, 1),
        traits=_some(random, "gender/", 3, 0, 1),
        wishes=(Wish(codes=gender, must=random.random() < 0.3),) if random.random() < 0.3 else (),
        places=random.randint(1, 3),
        vouched=True,
        waiting_since=ON - timedelta(days=random.randrange(200)),
    )


def _some(random: Random, name: str, of: int, least: int, most: int) -> frozenset[str]:
    return frozenset(f"{name}{number}" for number in random.sample(range(of), random.randint(least, most)))


def by_id(people: Sequence[Peer]) -> dict[str, Peer]:
    """People by their ids."""
    return {person.id: person for person in people}
