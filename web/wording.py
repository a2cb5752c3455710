"""Values to words: the filters and sentences that every page shares. Whole sentences, so that they can be translated as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from directory.discreet import tells
from directory.listings import Card, PhoneLine
from matching.signals.base import listed
from matching.values import Match
from web.ways import by_myself, by_referral, first_step, with_someone

BANDS = {"strong": "Strong match", "good": "Good match", "possible": "Possible"}
SPACES = {"open": "There is space.", "waiting_list": "There is a waiting list.", "full": "It was full when we last heard."}
PHONE_KINDS = {"voice": "Phone", "fax": "Fax", "tty": "Text phone (TTY)", "text": "Text", "sms": "Text", "hotline": "Helpline"}
MODES = {"walk": "on foot", "wheel": "by wheelchair", "cycle": "by bicycle", "bus": "by bus", "car": "by car"}
ASSURERS = {"organization": "by the organization", "steward": "by a phone call"}
STALE_DAYS = 365
"""After so long what a confirmation adds to a score has halved (``matching.weights.TRUST_HALF_LIFE_DAYS``), and people are told to ask first."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
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


def phone_link(phone: PhoneLine) -> tuple[str, str]:
    """What pressing a number does, and the address that does it: texts for a number that is for texting, else calls."""
    if phone.kind in ("sms", "text"):
        return "Text", f"sms:{phone.href.removeprefix('tel:')}"
    return ("Text phone (TTY)" if phone.kind == "tty" else "Call"), phone.href


def cost_and_limits(card: Card) -> str:
    """What it costs, what to bring, and who it is and is not for."""
    parts = (card.cost, joined("bring: {}", card.documents), f"only for: {card.audience}" if card.audience else "",
             f"not for: {card.not_for}" if card.not_for else "")   # fmt: skip
    return " · ".join(part for part in parts if part)


def why_lines(match: Match) -> list[tuple[str, str]]:
    """Why a listing is here, each reason with its evidence, unless the line "Confirmed ..." above it says the same."""
    telling = [reason for reason in match.reasons if reason.signal != "trust"] or list(match.reasons)
    return [(reason.text, "" if reason.evidence.startswith(SAID_ABOVE) else reason.evidence) for reason in telling]


def ask_lines(match: Match, card: Card) -> list[str]:
    """What to ask, each question once, without "ask first" at its end: the heading says that. What the card says above is not said again."""
    bare = (ASK_FIRST.sub("", unknown.text) for unknown in match.unknowns if unknown.about != "times" or card.opening.state not in ("unknown", "text"))
    return list(dict.fromkeys(text[:1].upper() + text[1:] for text in bare))


SAID_ABOVE = ("confirmed by ", "checked by ", "taken from ", "not confirmed")
ASK_FIRST = re.compile(r"(?:: ask first|[?.] Ask first)$")


def where_words(match: Match, card: Card) -> str:
    """Where it is and how far: exact when the point is, in whole kilometres when it is not, and never for a place that is not public."""
    if card.where is None:
        return ways_words(card.ways)
    if card.where.confidential:
        return f"In {card.where.area_name}. The place is not public: call" if card.where.area_name else "The place is not public: call"
    names = dict.fromkeys(filter(None, (card.where.name, card.where.area_name, _way(match))))
    return ", ".join(names) or "Place not known: ask first"


def ways_words(ways: Sequence[str]) -> str:
    """How one takes part in what has no place to go to: "By phone, online"; where nobody said, it is to be asked."""
    said = listed(ways) if ways else ""
    return f"{said[:1].upper()}{said[1:]}" or "Place not stated: ask where it is"


def _way(match: Match) -> str:
    if match.minutes and match.mode:
        return f"about {match.minutes} minute{'s' if match.minutes > 1 else ''} {MODES[match.mode]}"
    return match.distance_band if match.distance_band.startswith("within") or not match.distance_band else f"{match.distance_band} away"


def assured_words(card: Card, at: datetime, source: str = "") -> str:
    """Who confirmed the listing, how, and on which day; an import is no person, and ``source`` names where it comes from."""
    if card.assured_on is None:
        return "Not yet confirmed by a person."
    if card.assured_by == "import":
        return f"As imported{f' from {source}' if source else ''}, dated {day_words(card.assured_on)}. Not yet confirmed by a person."
    by = ASSURERS.get(card.assured_by, "")
    return f"Confirmed{f' {by}' if by else ''} on {day_words(card.assured_on)} ({ago(card.assured_on, at.date())})."


def stale_words(card: Card, at: datetime) -> str:
    """What to do with a listing that no person has confirmed for a year and more; nothing for one that was, or never was."""
    if card.assured_on is None or card.assured_by == "import" or (days := (at.date() - card.assured_on).days) < STALE_DAYS:
        return ""
    how = "call" if card.phones else "ask"
    return f"Not confirmed for {days // 30} months: {how} first" if days < 730 else f"Not confirmed for {days // 365} years: {how} first"


def day_words(day: date) -> str:
    """A day as people write it: "3 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def ago(day: date, today: date) -> str:
    """How long ago a day was, in words."""
    days = (today - day).days
    for below, words in TIME_SPANS:
        if days < below:
            return words.format(days if below == 14 else days // 7 if below == 60 else days // 30)
    return f"{days // 365} years ago"


def month_words(month: str) -> str:
    """A month as people write it: "November 2026" of ``2026-11``."""
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


def waits_words(since: datetime | None, at: datetime) -> str:
    """Since when something waits, in words; what is still to come is said to be."""
    if since is None:
        return ""
    return ago(since.date(), at.date()) if since <= at else f"due on {day_words(since.date())}"


def moment_words(moment: datetime, zone: ZoneInfo) -> str:
    """A day and an hour where the house is: "3 November 2026, 14:30"."""
    here = moment.astimezone(zone)
    return f"{day_words(here.date())}, {here:%H:%M}"


def count_words(total: int, first: int, shown: int) -> str:
    """How many there are, and which of them are on this page."""
    if not total:
        return "Nothing found yet." if first == 1 else "There are no more results."
    if total == shown:
        return "One result." if total == 1 else f"{total} results, best fit first."
    return f"{first} to {first + shown - 1} of {total} results, best fit first."


def web_address(url: str | None) -> str:
    """A web address that is safe to link to, or nothing: http and https only, without a name before an @ that looks like the site."""
    text = (url or "").strip()
    try:
        parts = urlsplit(text) if text.isprintable() else urlsplit("")
    except ValueError:   # an IPv6 address without its end, say
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc and not SPLITS.search(parts.netloc) else ""


def mail_link(address: str) -> str:
    """What writing to an address takes, or nothing where it is more than one plain address: no copies, subjects or lines may be added to it."""
    return f"mailto:{quote(address.strip(), safe='@')}" if MAIL.fullmatch(address.strip()) else ""


SPLITS = re.compile(r"[\s\"'<>\\]")
MAIL = re.compile(r"[\w.!$'*+/=^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")


def in_title(name: str) -> str:
    """The name of a listing in the title of a page, which stays in the history of a phone and on its tabs: "A listing" where it would tell others something."""
    return "A listing" if tells(name) else name


FILTERS = (
    band_words, space_words, phone_kind, phone_link, where_words, ways_words, cost_and_limits, why_lines, ask_lines, assured_words, stale_words,
    day_words, waits_words, moment_words, web_address, mail_link, first_step, by_myself, with_someone, by_referral, in_title,
)
