"""What can go wrong in matching, in its own names."""

from __future__ import annotations


class MatchingError(Exception):
    """The base of every error that matching raises beside ValueError for values that cannot be meant."""


class BrokenSnapshot(MatchingError):
    """A snapshot on disk is missing, damaged or of another make. Nothing of it was used: build the index anew."""


class NotAllowed(MatchingError, ValueError):
    """A value that cannot be meant: ``field`` is the way to it (``profile.times[0].ends``), ``allowed`` what it may be."""

    def __init__(self, field: str, allowed: str) -> None:
        super().__init__(f"{field or 'The question'}: this has to be {allowed}.")
        self.field, self.allowed = field, allowed
