"""Urgent help that is there day and night, by country; shown on every page, error pages included."""

from __future__ import annotations

from msgspec import Struct


class Helpline(Struct, frozen=True):
    """A line to call now: when to use it, the number as written, and the address a phone dials."""

    when: str
    number: str
    href: str


_LINES: dict[str, tuple[Helpline, ...]] = {
    "US": (
        Helpline("In danger right now", "911", "tel:911"),
        Helpline("Thinking about suicide, or in distress: call or text", "988", "tel:988"),
        Helpline("Afraid of someone at home", "1-800-799-7233", "tel:+1-800-799-7233"),
    ),
    "CA": (
        Helpline("In danger right now", "911", "tel:911"),
        Helpline("Thinking about suicide, or in distress: call or text", "988", "tel:988"),
    ),
    "GB": (
        Helpline("In danger right now", "999", "tel:999"),
        Helpline("In distress: someone to talk to", "116 123", "tel:116123"),
    ),
    "IE": (
        Helpline("In danger right now", "112", "tel:112"),
        Helpline("In distress: someone to talk to", "116 123", "tel:116123"),
    ),
    "AU": (
        Helpline("In danger right now", "000", "tel:000"),
        Helpline("In distress: someone to talk to", "13 11 14", "tel:131114"),
    ),
    "NZ": (
        Helpline("In danger right now", "111", "tel:111"),
        Helpline("In distress: call or text", "1737", "tel:1737"),
    ),
}
_ANYWHERE = (Helpline("In danger right now", "112", "tel:112"),)   # mobile networks route 112 to the emergency number nearly everywhere


def helplines(region: str) -> tuple[Helpline, ...]:
    """The lines of a country (ISO 3166, two letters), the most pressing first."""
    return _LINES.get(region.upper(), _ANYWHERE)
