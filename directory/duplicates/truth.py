"""How good the pairs found are, where somebody has said which entries are the same: precision, recall and F1 over pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Quality(Struct, frozen=True):
    """Pairs found that are true, found in all, and true in all."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """The share of the pairs found that are true; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the true pairs that were found; 1 where there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, which is 2 right / (found + true); 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision:.4f} recall {self.recall:.4f} F1 {self.f1:.4f}"


def quality(pairs: Iterable[tuple[int, int]], labels: Sequence[str]) -> Quality:
    """Pairs of places in ``labels`` against them: two entries are the same where their labels are equal and not empty."""
    distinct = {(min(pair), max(pair)) for pair in pairs}
    right = sum(1 for one, other in distinct if labels[one] and labels[one] == labels[other])
    sizes = Counter(label for label in labels if label)
    return Quality(right, len(distinct), sum(size * (size - 1) // 2 for size in sizes.values()))
