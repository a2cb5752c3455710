"""Tokens as bits of whole-number columns, for engines that speak SQL: the tests of a question as short SQL over columns m0, m1, ..."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from matching.values import Listing
from tests.bench.engines.plain import Asked, Row, row_of

BITS: Final = 63
"""Of the 64 of a signed whole number: the sign stays free."""


class Masks:
    """Numbers the tokens, in their own order, so that a family of them (all languages, all strengths) lies in one column or two."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.tokens = sorted(set(tokens))
        self._at = {token: divmod(number, BITS) for number, token in enumerate(self.tokens)}
        self.columns = len(self.tokens) // BITS + 1

    def of_row(self, row: Row) -> list[int]:
        """The columns of one listing."""
        return self._masks(row.tokens)

    def any_of(self, tokens: Iterable[str]) -> str:
        """SQL that is true where at least one of the tokens is there."""
        parts = [f"(m{column} & {mask}) <> 0" for column, mask in enumerate(self._masks(tokens)) if mask]
        return f"({' OR '.join(parts)})" if parts else "(1 = 0)"

    def conditions(self, asked: Asked) -> list[str]:
        """The hard limits, all but the travel limit, as SQL over the columns and over ``age_from`` and ``price`` (-1: not stated)."""
        found = [self.any_of(group) for group in asked.one_of]
        if asked.none_of:
            found.append(f"NOT {self.any_of(asked.none_of)}")
        if asked.age is not None:
            found.append(f"age_from <= {asked.age}")
        if asked.most_cost is not None:
            free = self.any_of({"cost:free", "cost:donation"})
            least = "price >= 0 AND " if asked.cost_known else ""
            found.append(f"({free} OR ({least}price <= {asked.most_cost}))")
        return found

    def fit(self, asked: Asked) -> str:
        """The weights of the wishes that are met, added up, as SQL; 0 where nothing is wished for."""
        return " + ".join(f"CASE WHEN {self.any_of(tokens)} THEN {weight:.4f} ELSE 0 END" for weight, tokens in asked.wishes) or "abs(0.0)"

    def _masks(self, tokens: Iterable[str]) -> list[int]:
        masks = [0] * self.columns
        for token in tokens:
            if token in self._at:
                column, bit = self._at[token]
                masks[column] |= 1 << bit
        return masks


def rows_and_masks(listings: Iterable[Listing]) -> tuple[list[Row], Masks]:
    """Listings in plain terms, and the numbering of all their tokens."""
    rows = [row_of(listing) for listing in listings]
    return rows, Masks(token for row in rows for token in row.tokens)
