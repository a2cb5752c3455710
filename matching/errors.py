"""What can go wrong in matching, in its own names."""

from __future__ import annotations


class MatchingError(Exception):
    """The base of every error that matching raises beside ValueError for values that cannot be meant."""


class BrokenSnapshot(MatchingError):
    """A snapshot on disk is missing, damaged or of another make. Nothing of it was used: build the index anew."""
