"""Pairing, slow and plain: one pair at a time, minute by minute, from the words of the README. The fast code must equal it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from matching.pairing.values import Peer, Wish

MONDAY = datetime(2000, 1, 3, tzinfo=UTC)


def free_quarters(peer: Peer, on: date) -> set[int]:
    """Quarters of the common week that somebody has whole."""
    noon = datetime.combine(on, time(12), tzinfo=ZoneInfo(peer.timezone))
    quarters = set()
    for slot in peer.slots:
        begins = MONDAY + timedelta(days=slot.weekday, minutes=slot.starts) - (noon.utcoffset() or timedelta())
        minutes = {begins + timedelta(minutes=one) for one in range(slot.ends - slot.starts)}
        for start in minutes:
            since = int((start - MONDAY).total_seconds()) // 60
            if since % 15 == 0 and all(start + timedelta(minutes=one) in minutes for one in range(15)):
                quarters.add(since // 15 % 672)
    return quarters


def beginnings(one: Peer, other: Peer, on: date) -> int:
    """In how many quarters of the week a half hour begins that both have."""
    both = free_quarters(one, on) & free_quarters(other, on)
    return sum(1 for quarter in both if (quarter + 1) % 672 in both)


def said(peer: Peer) -> set[str]:
    """Everything that a wish can be about."""
    return set(peer.traits) | {f"strengths/{code}" for code in peer.strengths} | {f"interests/{code}" for code in peer.interests}


def verdict(wish: Wish, other: Peer) -> bool | None:
    """Met, known not to be, or unknown."""
    if wish.codes & said(other):
        return True
    kinds = {code.split("/")[0] for code in said(other)}
    return None if any(code.split("/")[0] not in kinds for code in wish.codes) else False


def vetoes(seeker: Peer, supporter: Peer, *, on: date, blocked: Collection[tuple[str, str]] = ()) -> set[str]:
    """What stands against a pair, asked once each way."""
    found = set()
    if seeker.id == supporter.id:
        found.add("self")
    if (seeker.id, supporter.id) in blocked or (supporter.id, seeker.id) in blocked:
        found.add("blocked")
    if not supporter.vouched:
        found.add("vouching")
    if supporter.places == 0:
        found.add("places")
    for one, other in ((seeker, supporter), (supporter, seeker)):
        if one.is_minor and not (one.guardian_agreed and other.checked_for_minors):
            found.add("minor")
        if one.about & other.not_about:
            found.add("about")
        if other.area and other.area in one.not_areas:
            found.add("area")
        if other.organizations & one.not_organizations:
            found.add("organization")
        if any(wish.must and verdict(wish, other) is False for wish in one.wishes):
            found.add("wish")
    if seeker.languages and supporter.languages and not seeker.languages & supporter.languages:
        found.add("language")
    if seeker.ways and supporter.ways and not seeker.ways & supporter.ways:
        found.add("way")
    if seeker.slots and supporter.slots and not beginnings(seeker, supporter, on):
        found.add("hours")
    return found


def directed(one: Peer, other: Peer, on: date) -> float:
    """How well ``other`` meets what ``one`` wishes."""
    parts: list[tuple[float, float]] = []
    if one.about:
        parts.append((12, round(1000 * (1 - 0.4 ** len(one.about & other.about))) if other.about else 498))
    if one.hopes:
        parts.append((12, 498 + round(502 * (1 - 0.5 ** len(one.hopes & other.strengths)))))
    if one.interests:
        parts.append((8, 498 + round(502 * (1 - 0.5 ** len(one.interests & other.interests)))))
    parts += [(8 * wish.importance, {True: 1000, None: 498, False: 0}[verdict(wish, other)]) for wish in one.wishes]
    if one.slots:
        count = beginnings(one, other, on)
        parts.append((4, (min(1000, 500 + 50 * (count - 1)) if count else 0) if other.slots else 498))
    if one.ways:
        parts.append((4, (0, 700, 900, 1000, 1000)[len(one.ways & other.ways)] if other.ways else 498))
    whole = sum(weight for weight, _ in parts)
    return sum(weight * met for weight, met in parts) / (1000 * whole) if whole else 1.0


def mutual(seeker: Peer, supporter: Peer, on: date) -> float:
    """The harmonic mean of both."""
    a, b = directed(seeker, supporter, on), directed(supporter, seeker, on)
    return 2 * a * b / (a + b) if a + b > 0 else 0.0


def blocking(pairs: dict[str, str], prefers: dict[str, list[str]], keeps: dict[str, list[str]], places: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs who would both rather have each other. ``prefers`` and ``keeps``: for each person the others they may have, best first."""
    found = []
    for seeker, supporter in product(prefers, keeps):
        if supporter not in prefers[seeker] or pairs.get(seeker) == supporter:
            continue
        has = pairs.get(seeker)
        would = has is None or prefers[seeker].index(supporter) < prefers[seeker].index(has)
        kept = [one for one, other in pairs.items() if other == supporter]
        takes = len(kept) < places[supporter] or any(keeps[supporter].index(seeker) < keeps[supporter].index(one) for one in kept)
        if would and takes:
            found.append((seeker, supporter))
    return found


def every_matching(prefers: dict[str, list[str]], places: dict[str, int]) -> list[dict[str, str]]:
    """All ways to give seekers somebody they may have, or nobody, within the places there are."""
    choices: Sequence[Sequence[str | None]] = [[None, *prefers[seeker]] for seeker in prefers]
    every = [{seeker: one for seeker, one in zip(prefers, chosen, strict=True) if one} for chosen in product(*choices)]
    return [pairs for pairs in every if all(list(pairs.values()).count(one) <= count for one, count in places.items())]
