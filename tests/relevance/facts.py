"""What is known not to be so for a person, read off a listing one fact at a time: slow, plain, and written without a look at how the engine judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from math import inf
from zoneinfo import ZoneInfo

from matching.signs import ANY_SPOKEN
from matching.values import Inquiry, Listing, Opening, Slot, Stated
from seeds.words import terms_of
from tests.matching.oracle import kilometres
from tests.relevance.facts_of_company import company_said, group_said, has_room

NEAR_KM = 1e-6
SERVED_KM = 60.0  # how far what names no area is taken to serve people whom it need not meet
FREE = ("free", "donation")
SPEED_KMH = {"walk": 4.5, "wheel": 4.0, "cycle": 14.0, "bus": 16.0, "car": 30.0}
WAIT_MINUTES = {"walk": 0.0, "wheel": 0.0, "cycle": 0.0, "bus": 8.0, "car": 3.0}
OFF_KM = {"given": 0.0, "code": 3.0, "town": 6.0}
OPPOSITE = {"women": "men", "men": "women"}
KNOWN_NO, NOT_KNOWN = "no", "not known"


@cache
def broader(taxonomy: str) -> dict[str, frozenset[str]]:
    """Each code with itself and everything above it."""
    parent = {term.code: term.parent for term in terms_of(taxonomy)}

    def line(code: str) -> Iterator[str]:
        while code:
            yield code
            code = parent.get(code, "")

    return {code: frozenset(line(code)) for code in parent}


def is_any(taxonomy: str, held: Iterable[str], named: Iterable[str]) -> bool:
    """Is something held one of those named, or narrower."""
    wanted, above = set(named), broader(taxonomy)
    return any(above.get(code, frozenset((code,))) & wanted for code in held)


def violations(one: Listing, asked: Inquiry, at: datetime) -> list[str]:
    """The limits that the listing is known not to meet; where the person wants one confirmed, not known is not met either."""
    found = []
    for name, fact in FACTS.items():
        said = fact(one, asked, at)
        if said == KNOWN_NO or (said == NOT_KNOWN and name in asked.must.confirmed):
            found.append(name)
    return found


def remote(one: Listing, asked: Inquiry) -> bool:
    ways, wanted = one.formats.yes & {"online", "phone", "text"}, set(asked.must.formats)
    if asked.place and one.place and not one.confidential and not one.areas and not (wanted and wanted <= {"online", "phone", "text"}):
        apart = kilometres(asked.place, one.place) - OFF_KM[asked.place.precision] - OFF_KM[one.place.precision]
        if apart > SERVED_KM + NEAR_KM:
            return False
    return bool(ways & wanted) if wanted else bool(ways)


def travel(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    limits = asked.travel
    if asked.place is None or (limits.minutes is None and limits.max_km is None) or remote(one, asked):
        return None
    if one.place is None or one.confidential:
        return NOT_KNOWN
    km = kilometres(asked.place, one.place)
    least = max(0.0, km - OFF_KM[asked.place.precision] - OFF_KM[one.place.precision])
    return KNOWN_NO if too_far(asked, least - NEAR_KM) else NOT_KNOWN if too_far(asked, km - NEAR_KM) else None


def too_far(asked: Inquiry, km: float) -> bool:
    limits, modes = asked.travel, asked.travel.modes or ("walk", "bus")
    soonest = min(WAIT_MINUTES[mode] + 60 * 1.3 * km / SPEED_KMH[mode] for mode in modes)
    return (limits.max_km is not None and km > limits.max_km) or (limits.minutes is not None and soonest > limits.minutes)


def area(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    if not one.areas or one.areas & asked.areas or (asked.place is None and not asked.areas):
        return None
    return KNOWN_NO if one.areas_resolved and asked.areas else NOT_KNOWN


def language(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    wanted = asked.must.languages
    if not wanted or ANY_SPOKEN in one.interpreted:
        return None
    spoken, refused = ({code.split("-")[0] for code in said} | set(said) for said in (one.languages.yes, one.languages.no))
    if spoken & set(wanted):
        return None
    return KNOWN_NO if not one.interpreting and (one.languages_only or set(wanted) <= refused) else NOT_KNOWN


def access(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    wanted = set(asked.must.access)
    return KNOWN_NO if wanted & one.access.no - one.access.yes else NOT_KNOWN if wanted - one.access.yes else None


def one_of(said: Stated, wanted: Iterable[str]) -> str | None:
    named = set(wanted)
    if not named or named & said.yes:
        return None
    return KNOWN_NO if named <= said.no else NOT_KNOWN


def cost(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    must = asked.must
    if one.cost in FREE or not (must.free or must.most_cost is not None):
        return None
    if (must.free and one.cost == "paid") or (must.most_cost is not None and one.price is not None and one.price > must.most_cost):
        return KNOWN_NO
    return NOT_KNOWN if must.free or one.price is None else None


def times(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    if not (asked.must.in_my_times and asked.profile.times) or one.always_open:
        return None
    if not one.openings:
        return NOT_KNOWN
    now = at.astimezone(ZoneInfo(one.timezone)).replace(tzinfo=None)
    free = [one for slot in asked.profile.times for one in stretches(slot, now) if one[1] - one[0] >= 30]
    pairs = [(slot, held) for slot in free for held in opened(one.id, one.openings, now) if overlap(slot, held) >= 30]
    least, most = minutes_there(one, asked)

    def is_met(minutes: float) -> bool:
        return any(has_room(held, slot, free, minutes, one.kind) for slot, held in pairs)

    if not asked.profile.there_and_back or asked.place is None:
        return None if pairs else KNOWN_NO
    return None if is_met(most) else NOT_KNOWN if is_met(least) else KNOWN_NO


def minutes_there(one: Listing, asked: Inquiry) -> Stretch:
    """The minutes one way that are certain at least, and those that are reckoned with."""
    if asked.place is None or remote(one, asked):
        return 0, 0
    if one.place is None or one.confidential:
        return 0, inf
    km, modes = kilometres(asked.place, one.place), asked.travel.modes or ("walk", "bus")
    nearest = max(0.0, km - OFF_KM[asked.place.precision] - OFF_KM[one.place.precision])
    least, most = (min(WAIT_MINUTES[mode] + 60 * 1.3 * far / SPEED_KMH[mode] for mode in modes) for far in (nearest, km))
    return least, most


Stretch = tuple[float, float]


def overlap(a: Stretch, b: Stretch) -> float:
    return min(a[1], b[1]) - max(a[0], b[0])


def stretches(slot: Slot, now: datetime) -> list[Stretch]:
    """The slot's dates in the coming fourteen days, in minutes from now."""
    since = now.hour * 60 + now.minute
    days = [day for day in range(-1, 15) if (now + timedelta(days=day)).weekday() == slot.weekday]
    length = slot.ends - slot.starts if slot.ends >= slot.starts else slot.ends + 1440 - slot.starts
    all_of_them = [(day * 1440 + slot.starts - since, day * 1440 + slot.starts + length - since) for day in days]
    return [(max(0, starts), min(14 * 1440, ends)) for starts, ends in all_of_them if ends > 0 and starts < 14 * 1440]


@cache
def opened(listing_id: str, openings: tuple[Opening, ...], now: datetime) -> list[Stretch]:
    """When a listing is open about then, in minutes from now."""
    since = now.hour * 60 + now.minute
    found = []
    for day in range(-3, 18):
        date = (now + timedelta(days=day)).date()
        last = (date + timedelta(days=7)).month != date.month
        for one in openings:
            in_week = not one.weeks or (date.day + 6) // 7 in one.weeks or (last and -1 in one.weeks)
            in_season = (one.valid_from is None or one.valid_from <= date) and (one.valid_to is None or date <= one.valid_to)
            if one.weekday == date.weekday() and in_week and in_season:
                found.append((day * 1440.0 + one.opens - since, day * 1440.0 + one.closes - since))
    return found


def age(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    mine = asked.profile.age
    if mine is None:
        return None
    young, old = one.minimum_age is not None and mine < one.minimum_age, one.maximum_age is not None and int(mine) > one.maximum_age
    return KNOWN_NO if young or old else None


def audience(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    about = set(asked.profile.about)
    if (years := asked.profile.age) is not None:
        about |= {"older_adults"} if years >= 65 else set()
        about |= {"adults"} if years >= 21 else {"young_people"} if 14 <= years < 20 else {"children"} if 3 <= years < 12 else set()
        about |= {"young_adults"} if 18 <= years < 25 else {"babies_toddlers"} if years < 3 else set()
    never = {*asked.profile.not_about, *(OPPOSITE[code] for code in about & set(OPPOSITE) if OPPOSITE[code] not in about)}

    def is_one(code: str) -> bool:
        return code == "everyone" or is_any("audiences", about, (code,))

    if any(is_one(code) for code in one.not_for):
        return KNOWN_NO
    if not one.only_for or any(is_one(code) for code in one.only_for):
        return None
    return KNOWN_NO if all(is_any("audiences", (code,), never) for code in one.only_for) else NOT_KNOWN


def faith(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    if not asked.must.not_faith_based:
        return None
    return KNOWN_NO if one.faiths else None if one.secular else NOT_KNOWN


def kind(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    return KNOWN_NO if asked.must.kinds and not is_any("kinds", (one.kind,), asked.must.kinds) else None


def give(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    """A person who did not ask to give is only shown what asks for something they can do. In words, anything may be asked for."""
    asks = asked.profile.give or "give" in asked.must.kinds or "volunteering" in asked.supports or asked.text
    mine = {strength.code for strength in asked.profile.strengths}
    return KNOWN_NO if one.kind == "give" and not asks and not one.wants & mine else None


def steer_clear(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    held = {"supports": one.supports, "interests": one.interests, "settings": one.settings, "faiths": one.faiths, "kinds": {one.kind}}
    shunned = asked.profile.steer_clear
    return KNOWN_NO if shunned and any(is_any(name, said, shunned) for name, said in held.items()) else None


def community(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    """What names other peoples has not said no to mine."""
    mine = asked.must.communities
    named = [*one.for_communities, *one.led_by, *one.welcomes]
    return NOT_KNOWN if mine and not any(is_any("communities", mine, (code,)) for code in named) else None


def focus(one: Listing, asked: Inquiry, at: datetime) -> str | None:
    profile = asked.profile
    pairs: dict[str, tuple[str, Iterable[str], Iterable[str]]] = {
        "topic": ("supports", asked.supports, one.supports),
        "interests": ("interests", profile.interests, one.interests),
        "community": ("communities", {*profile.communities, *asked.must.communities}, one.for_communities | one.led_by),
        "faith": ("faiths", profile.faiths, one.faiths),
        "experience": ("audiences", profile.about, one.meant_for),
        "strengths": ("strengths", [strength.code for strength in profile.strengths], one.builds_on.yes),
    }
    chosen = [pairs[name] for name in asked.must.focus if pairs[name][1]]
    return NOT_KNOWN if chosen and not any(is_any(words, mine, (code,)) for words, mine, held in chosen for code in held) else None


FACTS: dict[str, Callable[[Listing, Inquiry, datetime], str | None]] = {
    "travel": travel,
    "area": area,
    "language": language,
    "access": access,
    "cost": cost,
    "times": times,
    "age": age,
    "audience": audience,
    "format": lambda one, asked, at: one_of(one.formats, asked.must.formats),
    "faith": faith,
    "entry": lambda one, asked, at: one_of(one.entry, asked.must.entry),
    "kind": kind,
    "give": give,
    "steer_clear": steer_clear,
    "group": lambda one, asked, at: group_said(one, asked),
    "company": lambda one, asked, at: company_said(one, asked),
    "community": community,
    "focus": focus,
}
