"""Values to words: the filters and sentences that every page shares. Whole sentences, so that they can be translated as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from directory.hours import DAY_MINUTES, DAY_NAMES
from directory.listings import Card
from matching.values import Match, Opening

BANDS = {"strong": "Strong match", "good": "Good match", "possible": "Possible"}
SPACES = {"open": "There is space.", "waiting_list": "There is a waiting list.", "full": "It was full when we last heard."}
PHONE_KINDS = {"voice": "Phone", "fax": "Fax", "tty": "Text phone (TTY)", "text": "Text", "sms": "Text", "hotline": "Helpline"}
MODES = {"walk": "on foot", "wheel": "by wheelchair", "cycle": "by bicycle", "bus": "by bus", "car": "by car"}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
ASSURERS = {"organization": "by the people who run it", "steward": "by phone, by a curator", "import": "by its source"}
TIME_SPANS = ((1, "today"), (2, "yesterday"), (14, "{} days ago"), (60, "{} weeks ago"), (730, "{} months ago"))


def band_words(band: str) -> str:
    """How well it fits, in words."""
    return BANDS[band]


def space_words(space: str) -> str:
    """Whether there is space."""
    return SPACES[space]


def phone_kind(kind: str) -> str:
    """What a number is."""
    return PHONE_KINDS.get(kind, "Phone")


def joined(sentence: str, names: Sequence[str]) -> str:
    """A sentence about names, or nothing when there are none."""
    return sentence.format(", ".join(names)) if names else ""


def where_words(match: Match, card: Card) -> str:
    """Where it is and how far: exact when the point is, in whole kilometres when it is not, and never for a place that is not public."""
    if card.where is None:
        return "By phone or online"
    if card.where.confidential:
        return f"In {card.where.area_name}. The place is not public: call" if card.where.area_name else "The place is not public: call"
    town = card.where.area_name or card.where.name
    way = f"about {match.minutes} minutes {MODES[match.mode]}" if match.minutes and match.mode else match.distance_band
    return ", ".join(filter(None, (town, way))) or "Place not known: ask first"


def assured_words(card: Card, at: datetime) -> str:
    """When a person last confirmed the listing; an import is no person."""
    if card.assured_on is None or card.assured_by == "import":
        return "Not yet confirmed by a person."
    return f"Confirmed {ago(card.assured_on, at.date())} {ASSURERS.get(card.assured_by, '')}".rstrip() + "."


def ago(day: date, today: date) -> str:
    """How long ago a day was, in words."""
    days = (today - day).days
    for below, words in TIME_SPANS:
        if days < below:
            return words.format(days if below == 14 else days // 7 if below == 60 else days // 30)
    return f"{days // 365} years ago"


def count_words(total: int, first: int, shown: int) -> str:
    """How many there are, and which of them are on this page."""
    if not total:
        return "Nothing found yet."
    if total == shown:
        return "One result." if total == 1 else f"{total} results, the best fit first."
    return f"{first} to {first + shown - 1} of {total} results, the best fit first."


def web_address(url: str | None) -> str:
    """A web address that is safe to link to, or nothing: http and https only."""
    text = (url or "").strip()
    parts = urlsplit(text) if text.isprintable() else urlsplit("")
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def hours_sentences(openings: Iterable[Opening]) -> list[str]:
    """Openings as sentences, days with the same hours together: "Monday, Tuesday: 09:00 to 12:00, 13:00 to 17:00"."""
    days: dict[tuple[int, str], list[str]] = {}
    for one in openings:
        days.setdefault((one.weekday, _weeks(one)), []).append(f"{clock(one.opens)} to {clock(one.closes)}")
    together: dict[tuple[str, str], list[str]] = {}
    for (weekday, weeks), spans in sorted(days.items()):
        together.setdefault((weeks, ", ".join(spans)), []).append(DAY_NAMES[weekday])
    return [f"{weeks}{', '.join(names)}: {spans}" for (weeks, spans), names in together.items()]


def clock(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    if minutes == DAY_MINUTES:
        return "24:00"
    return f"{minutes % DAY_MINUTES // 60:02}:{minutes % 60:02}"


def _weeks(opening: Opening) -> str:
    return f"Every {' and '.join(ORDINALS[week] for week in opening.weeks)} " if opening.weeks else ""


FILTERS = (band_words, space_words, phone_kind, where_words, assured_words, web_address)
