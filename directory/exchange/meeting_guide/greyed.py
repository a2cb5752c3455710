"""What readers of Meeting Guide feeds elsewhere do not show as it is: which record, and why, in words for whoever can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

HOSTS: Final = frozenset((
    "bluejeans.com", "discord.gg", "freeconference.com", "freeconferencecall.com", "goto.com", "gotomeet.me", "gotomeeting.com", "horizon.meta.com",
    "maps.secondlife.com", "meet.google.com", "meet.jit.si", "meetings.dialpad.com", "signal.group", "skype.com", "slurl.com", "teams.live.com",
    "teams.microsoft.com", "vrchat.com", "webex.com", "zoho.com", "zoom.us",
))
"""Where readers know that a link leads into a meeting."""
FEWEST_DIGITS: Final = 10


class Greyed(Struct, frozen=True, kw_only=True):
    """A record that readers elsewhere show as not held, or less of: its key and name, and why."""

    slug: str
    name: str
    why: str


def is_known_host(url: str) -> bool:
    """Whether readers know the host of a link: whole labels from the right, so that evilzoom.us is not zoom.us."""
    try:
        labels = (urlsplit(url).hostname or "").casefold().rstrip(".").split(".")
    except ValueError:
        return False
    return any(".".join(labels[start:]) in HOSTS for start in range(len(labels)))


def greyed(records: Iterable[dict[str, Any]]) -> list[Greyed]:
    """Every record of a feed that is shown otherwise than it is, once for each reason."""
    return [Greyed(slug=str(record["slug"]), name=record["name"], why=why) for record in records for why in _reasons(record)]


def _reasons(record: dict[str, Any]) -> Iterator[str]:
    url, phone = record.get("conference_url", ""), record.get("conference_phone", "")
    dials = sum(sign.isdigit() for sign in phone) >= FEWEST_DIGITS
    joins, visits = bool(url and is_known_host(url)) or dials, record["approximate"] == "no" and "TC" not in record.get("types", [])
    if record.get("attendance_option") == "inactive":
        return   # it does not meet, and that is what they show
    if url and not is_known_host(url):
        yield "Its link leads to a host that readers elsewhere do not know" + ("" if dials or visits else ", so they show it as not held") + "."
    if phone and not dials:
        yield "Its number to dial in has fewer than ten digits, so they leave it out."
    if not (url or joins or visits):
        yield _no_way(record)


def _no_way(record: dict[str, Any]) -> str:
    if record.get("attendance_option") == "in_person":
        return "Its place is not told to everybody, so they show it as not held. Its page here says how to ask."
    return "It meets online, and how to join is told on asking only, so they show it as not held. Its page here says how to ask."
