"""Words one after the other, as people say them."""

from __future__ import annotations

from collections.abc import Sequence


def joined(words: Sequence[str]) -> str:
    """Words in one row: "a", "a and b", "a, b and c"; nothing for none.

    Labels that may hold an "and" or a comma of their own are ``signals.base.listed``.
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
