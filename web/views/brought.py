"""What papers bring: the first few listings for them, and what the last answer changed, in words that are exactly so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from directory.listings import Card
from directory.papers import BLANK, Papers
from directory.papers.asking import Toward, inquiry_of
from directory.places import Found, PlaceAnswer
from matching.values import Inquiry, Match, Place
from web.house import House

FIRST = 10
SHOWN = 3
MOST_NAMED = 3
NEAR, SURE = 2, 0.5
"""How many kinds of support own words may stand for while nobody has confirmed one, and how surely."""
Result = tuple[Match, Card]


class Brought(Struct, frozen=True, kw_only=True):
    """The first results, how many there are in all, and what changed; ``total`` is None while nothing was answered yet."""

    results: Sequence[Result] = ()
    total: int | None = None
    changed: str = ""


def inquiry_for(house: House, papers: Papers, *, toward: Toward | None = None, answer: PlaceAnswer | None = None) -> Inquiry:
    """The question of these papers, with their places found (``answer`` is for where they are, when it was looked up already). Somebody who named a place
    of their own and no other is asked for from there."""
    near = tuple(place for place in (_place_of(house, one.name, one.where) for one in papers.circle.places) if place)
    home = _find(house, papers.about.place) if answer is None else answer if isinstance(answer, Found) else None
    here = home.place if home else near[0] if near else None
    return inquiry_of(papers, place=here, areas=home.areas if home else frozenset(), near_to=near, toward=toward)


def aimed(house: House, words: str, supports: tuple[str, ...], strengths: tuple[str, ...]) -> Toward:
    """What a goal in own words asks for. Where no kind of support was confirmed, the nearest ones are looked for, in this one answer: none is kept."""
    near = house.catalogue.vocabulary.suggest("supports", words, limit=NEAR, floor=SURE) if not supports and words else ()
    return Toward(words=words, supports=supports or tuple(one.code for one in near), strengths=strengths)


def brought(house: House, papers: Papers, before: Papers | None = None, *, at: datetime, toward: Toward | None = None) -> Brought:
    """What the papers bring now and, against ``before``, what the answer changed."""
    now = inquiry_for(house, papers, toward=toward)
    if now == inquiry_for(house, BLANK):
        return Brought()
    results, total = _first(house, now, at)
    changed = ""
    if before is not None:
        was = inquiry_for(house, before, toward=toward)
        changed = SAME if was == now else FIRST_WORDS if was == inquiry_for(house, BLANK) else _changed(_first(house, was, at)[0], results)
    return Brought(results=results[:SHOWN], total=total, changed=changed)


SAME = "This answer is yours to keep. It changes nothing in the order."


FIRST_WORDS = "These come first, out of what you said."


def _changed(was: Sequence[Result], now: Sequence[Result]) -> str:
    """What the answer changed among the first ten."""
    before, after = [match.id for match, _ in was], [match.id for match, _ in now]
    new = [card.name for match, card in now if match.id not in before]
    if new:
        more = f" and {len(new) - MOST_NAMED} more" if len(new) > MOST_NAMED else ""
        return f"New among the first ten: {'; '.join(new[:MOST_NAMED])}{more}."
    return "The first ten are the same, in another order." if before != after else "The first ten stay as they were."


def _first(house: House, inquiry: Inquiry, at: datetime) -> tuple[list[Result], int]:
    page = house.catalogue.search(replace(inquiry, limit=FIRST, offset=0), at=at, around=False)
    return list(zip(page.ranking.matches, page.cards, strict=True)), page.ranking.total


def _place_of(house: House, name: str, where: str) -> Place | None:
    found = _find(house, where)
    return replace(found.place, name=name) if found else None


def _find(house: House, text: str) -> Found | None:
    if not text.strip():
        return None
    answer = house.catalogue.find_place(text[:120], country=house.settings.region, geocoder=house.geocoder)
    return answer if isinstance(answer, Found) else None
