"""What answering a sensitive question would open, counted before it is asked: without a number there is no reason to ask."""

from __future__ import annotations

from msgspec.structs import replace

from directory.papers import Papers
from matching.values import Inquiry
from web.house import House
from web.views.brought import inquiry_for

LOOKED_AT = 100


def opens(house: House, papers: Papers) -> dict[str, str]:
    """For each sensitive question, what an answer may do, in words."""
    inquiry = inquiry_for(house, papers)
    return {"communities": _communities(house, inquiry), "about": _audiences(house, inquiry), "languages": _languages(house, inquiry)}


def _communities(house: House, inquiry: Inquiry) -> str:
    """How many of the first hundred are for, led by or welcoming some community."""
    codes = tuple(term.code for term in house.catalogue.vocabulary.terms("communities") if not term.parent)[:40]
    count = _count(house, inquiry, "belonging", communities=codes)
    return f"Of the first {LOOKED_AT} places, {count} are for or led by certain communities. An answer moves yours up, and nothing down." if count else ""


def _languages(house: House, inquiry: Inquiry) -> str:
    codes = tuple(code for code in ("es", "zh", "vi", "ar", "so", "tl", "ru", "fr", "hmn") if code not in inquiry.profile.languages)[:20]
    count = _count(house, inquiry, "language", languages=codes)
    return f"Of the first {LOOKED_AT} places, {count} speak another language than English. An answer moves yours up." if count else ""


def _audiences(house: House, inquiry: Inquiry) -> str:
    """How many are not shown, or wait for an answer, because they are for certain people."""
    page = house.catalogue.search(replace(inquiry, limit=LOOKED_AT, offset=0), at=house.now(), around=False)
    asked = sum(any(unknown.about in ("audience", "age") for unknown in match.unknowns) for match in page.ranking.matches)
    return f"{asked} places say they are for certain people: an answer tells whether they are for you." if asked else ""


def _count(house: House, inquiry: Inquiry, signal: str, **said: tuple[str, ...]) -> int:
    asked = replace(inquiry, limit=LOOKED_AT, offset=0, profile=replace(inquiry.profile, **said))
    matches = house.catalogue.search(asked, at=house.now(), around=False).ranking.matches
    return sum(any(reason.signal == signal for reason in match.reasons) for match in matches)
