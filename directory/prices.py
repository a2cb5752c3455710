"""What a listing costs, row by row: the sort of price, for whom it is, and the words for it.

HSDS has one field for both (``option``, "conditions or qualifications"). We write the people there, after the sort of price where nothing else tells it:
``under 18`` with an amount, ``sliding, families`` without one. What another source wrote there stays as it is and counts as the people it is for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Protocol

SORTS: Final[Mapping[str, str]] = {"free": "Free", "donation": "Pay what you like", "sliding": "You pay by what you earn", "paid": "It costs money"}
"""The sorts of price, as people read them."""
NAMED: Final = ("donation", "sliding")


class Price(Protocol):
    """A price, as a record or as a row."""

    option: str | None
    amount: float | None
    currency: str | None
    amount_description: str | None


def sort_of(row: Price) -> str:
    """The sort of a price, one of ``SORTS``; empty when the row does not say."""
    text = (row.option or "").casefold()
    if row.amount == 0 or text == "free":
        return "free"
    named = next((sort for sort in NAMED if sort in text), "")
    return named or ("paid" if row.amount is not None or text == "paid" or text.startswith("paid, ") else "")


def people_of(row: Price) -> str:
    """For whom a price is, or what else the row names as its condition."""
    text, sort = " ".join((row.option or "").split()), sort_of(row)
    if text.casefold() in SORTS:
        return ""
    return text[len(sort) + 2 :] if sort and text.casefold().startswith(f"{sort}, ") else text


def option_of(sort: str, people: str, amount: float | None) -> str | None:
    """What stands in ``option`` for a sort of price and the people it is for."""
    if not people:
        return sort or None
    return people if sort in ("", "free") or (sort == "paid" and amount is not None) else f"{sort}, {people}"


def amount_words(amount: float | None) -> str:
    """An amount as people write it: 5, or 2.50."""
    if amount is None:
        return ""
    return f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"


def price_words(row: Price) -> str:
    """One price on one line: "under 18: free", "5 USD, soup included"."""
    sort, people = sort_of(row), people_of(row)
    sum_of_money = f"{amount_words(row.amount)} {row.currency or ''}".strip() if row.amount else ""
    paid = sum_of_money or SORTS["paid"]
    said = {"": "", "paid": paid, "free": SORTS["free"]}.get(sort, f"{SORTS.get(sort, '')}{f', {sum_of_money}' if sum_of_money else ''}")
    words = ", ".join(filter(None, (said, row.amount_description)))
    return ": ".join(filter(None, (people, words)))


def is_for_some_only(rows: Collection[Price]) -> bool:
    """Whether it is free for some and costs others money."""
    return any(sort_of(row) == "free" for row in rows) and any(row.amount for row in rows)
