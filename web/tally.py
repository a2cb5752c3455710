"""Counts searches that found nothing that fits, in memory only: public pages never write. A job lays the counts into the database now and then."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from directory.coverage.unmet import OTHER, Key, add_unmet, month_of
from matching.values import Inquiry, Ranking

if TYPE_CHECKING:
    from directory.coverage.surveys import Holder
    from directory.storage import Storage
    from web.house import Vocabulary

FITS: Final = ("strong", "good")
MOST: Final = 10_000
"""Different counts held at once; more than any directory has, and a bound for whoever sends nonsense."""


class Tally:
    """What is counted since the last flush. Of a search it takes the month, the kind of support, and the areas around the place; never a word."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._lock = threading.Lock()

    def note(self, inquiry: Inquiry, ranking: Ranking, vocabulary: Vocabulary, *, at: datetime) -> None:
        """Count a search when it asks for something and nothing on its first page fits well; an answer on a later page is none of these."""
        if inquiry.offset or not (inquiry.text or inquiry.supports) or any(match.band in FITS for match in ranking.matches):
            return
        key = month_of(at), topic_of(inquiry, vocabulary), frozenset(area for area in inquiry.areas if area.count("/") < 3)
        with self._lock:
            if key in self._counts or len(self._counts) < MOST:
                self._counts[key] += 1

    def take(self) -> Counter[Key]:
        """The counts, which begin anew."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def put_back(self, counts: Counter[Key]) -> None:
        """Counts that could not be laid down."""
        with self._lock:
            self._counts += counts


def topic_of(inquiry: Inquiry, vocabulary: Vocabulary) -> str:
    """The kind of support that a search asks for: the first chosen, else what everyday words surely mean, else not known."""
    if inquiry.supports:
        return inquiry.supports[0] if vocabulary.term("supports", inquiry.supports[0]) else OTHER
    return next((code for code, _ in vocabulary.recognise(inquiry.text)), OTHER)


def flush(tally: Tally, storage: Storage, catalogue: Holder, *, at: datetime) -> int:
    """Lay the counts into the database; gives how many. What cannot be laid down is kept for the next time."""
    taken = tally.take()
    if not taken:
        return 0
    try:
        with storage.writing() as session:
            return add_unmet(session, taken, catalogue.state().gazetteer, at=at)
    except Exception:
        tally.put_back(taken)
        raise
