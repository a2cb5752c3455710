"""Urgent help that is there day and night, shown on every page, error pages included: read once at the start, so that it needs no database later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from directory.models import UrgentLine
from directory.storage import Storage
from directory.urgent import list_lines


class Helpline(Struct, frozen=True):
    """A line to use now: when to use it, who answers, the number as written and as dialled, the other ways to reach it, and the topics of danger that it
    answers (none: any)."""

    when: str
    number: str
    href: str
    name: str = ""
    more: str = ""
    topics: frozenset[str] = frozenset()


# What stands when no lines were loaded: mobile networks route 112 to the emergency number nearly everywhere.
FALLBACK = (Helpline("In danger right now", "112", "tel:112"),)


def helplines(storage: Storage, region: str) -> tuple[Helpline, ...]:
    """The lines of a country (ISO 3166, two letters), the most pressing first."""
    with storage.reading() as session:
        return tuple(_helpline(line) for line in list_lines(session, region)) or FALLBACK


def fitting(lines: Sequence[Helpline], topics: Sequence[str]) -> list[Helpline]:
    """All lines, those first that answer what somebody wrote of; among these, and among the others, in their own order."""
    return sorted(lines, key=lambda line: line.topics.isdisjoint(topics))


def _helpline(line: UrgentLine) -> Helpline:
    href = f"tel:{re.sub(r'[^0-9+]', '', line.call)}" if line.call else f"sms:{line.text}"
    return Helpline(line.when, line.call or line.text, href, line.name, " ".join(filter(None, _more(line))), frozenset(line.topics.split()))


def _more(line: UrgentLine) -> tuple[str, ...]:
    """The other ways to reach a line, when it answers, and what else to know."""
    words = f"{line.text_word} to {line.text}" if line.text_word else line.text
    return (
        f"Or text {words}." if line.text and line.call else f"Text {words}." if line.text else "",
        f"Chat: {line.chat}" if line.chat else "",
        "Day and night." if line.hours == "always" else f"Hours: {line.hours}." if line.hours not in ("", "ask") else "",
        line.note,
    )
