"""What is said to somebody before a message goes: urgent help, and a word of care about numbers and addresses in the first month.

Nobody else learns of it. It is a reminder and no wall: whoever wants to can write a number in another way.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

import phonenumbers

from directory.peers.talking.between import Between, days_in_touch

MONTH_DAYS: Final = 30
EMAIL: Final = re.compile(r"\w\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.|\s?\(dot\)\s?)\w{2,}", re.IGNORECASE)   # what stands before the sign may be anything
SITE: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
NO_NAME: Final = r"(?!(?:i|we|you|he|she|they|it|my|your|our|the|a|an|at|on|in|to|by|of|and|or|is|was|minutes?|hours?|days?|weeks?|people|times)\b)"
STREET: Final = re.compile(
    rf"\b\d{{1,5}}[a-z]?\s+(?:{NO_NAME}[\w'’.-]+\s+){{1,3}}?"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|terrace|close|square)\b\.?"
    r"|\b\w+(?:straße|strasse|gasse|platz|weg)\s+\d{1,4}\b|\b(?:calle|avenida|rue|via)\s+[\w'’-]+(?:\s+[\w'’-]+){0,3}?,?\s+\d{1,5}\b"
    r"|\b(?:apt|apartment|flat|unit)\.?\s*#?\d+\w?\b",
    re.IGNORECASE,
)
DIGITS: Final = re.compile(r"(?:\+?\d[\s().-]{0,2}){7,15}")
DATES: Final = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}[:.]\d{2}\b")


def is_first_month(between: Between, *, at: datetime) -> bool:
    """Whether the two have known each other for less than a month."""
    return days_in_touch(between, at) < MONTH_DAYS


def contacts_in(words: str, region: str) -> tuple[str, ...]:
    """What kinds of contact a text seems to hold, of ``phone``, ``email``, ``site`` and ``address``. ``region`` is that of the house (ISO 3166)."""
    plain = DATES.sub(" ", words)
    tries = {"phone": _has_phone(plain, region), "email": bool(EMAIL.search(words)), "site": bool(SITE.search(words)), "address": bool(STREET.search(plain))}
    return tuple(kind for kind, found in tries.items() if found)


def _has_phone(plain: str, region: str) -> bool:
    """Whether a run of digits may be a number to call. Numbers that no country has issued (555) count too: people slip."""
    found = phonenumbers.PhoneNumberMatcher(plain, region, leniency=phonenumbers.Leniency.POSSIBLE)
    return found.has_next() or DIGITS.search(plain) is not None
