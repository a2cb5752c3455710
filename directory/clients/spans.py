"""Spans of time, from a moment until just before another, and what several have in common."""

from __future__ import annotations

from datetime import UTC, datetime

END = datetime.max.replace(tzinfo=UTC)


class Span:
    """From ``since`` until just before ``until``; without an end it goes on."""

    def __init__(self, since: datetime, until: datetime | None) -> None:
        self.since, self.until = since, until or END

    def __and__(self, other: Span) -> Span | None:
        """What both have in common; None where that is nothing."""
        since, until = max(self.since, other.since), min(self.until, other.until)
        return Span(since, until) if since < until else None


def meet(first: Span, *others: Span) -> Span | None:
    """What all of them have in common."""
    both: Span | None = first
    for one in others:
        both = both & one if both else None
    return both
