"""Large crowds of invented people from a seed, without Hypothesis, so that benchmarks need nothing that tests need."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from matching.pairing.values import Peer, Side, Way, Wish
from matching.values import Slot

ON = date(2026, 11, 22)
WAYS: tuple[Way, ...] = ("in_person", "video", "phone", "messages")


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
