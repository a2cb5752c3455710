"""What it costs, as rows: the sort of price, the amount, for whom it is, and words; a row that nobody touched stays to the letter."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from directory import prices
from directory.editing.sheet import Sheet
from directory.exchange.records import CostOption
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, new_id, put_back
from web.forms.listing.phones import MOST_NEW, Column, folded

AMOUNT: Final = re.compile(r"\d{1,6}([.,]\d{1,2})?")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
COLUMNS: Final = (
    Column(name="sort", label="What it costs", options=(("", "Not said"), *prices.SORTS.items())),
    Column(name="amount", label="Amount", most=9), Column(name="currency", label="Currency", most=3),
    Column(name="people", label="For whom, if not for all", most=120), Column(name="words", label="In words", most=200),
)  # fmt: skip
NAMES: Final = tuple(column.name for column in COLUMNS)


class Prices(Struct, frozen=True, kw_only=True):
    """The prices of a listing, each a row, and an empty one to fill in."""

    name: str = "price"
    label: str = "Cost"
    one: str = "Price"
    more: str = "Another price"
    hint: str = "One line is enough for most. Add lines where some people pay less, or nothing."

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The rows as they stand or were typed."""
        there = {str(row.id): row for row in sheet.service.cost_options}
        new = [slot for slot in _slots() if str(new_id(around, "cost_option", slot)) not in there]
        typed = [slot for slot in new if posted is not None and posted.get(self._id(slot, "sort")) is not None]
        shown = [*there, *dict.fromkeys([*typed, *new[:1]])]
        currency = next((row.currency for row in there.values() if row.currency), "")
        rows = [self._row(key, number, there.get(key), posted, currency) for number, key in enumerate(shown, 1)]
        return {"kind": "rows", "field": self, "rows": folded(rows), "is_empty": not there}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """Change, add and take away prices; one that was not sent stays as it is."""
        errors: Errors = {}
        put_back(sheet.service.cost_options, around.base.service.cost_options if around.base else (), lambda row: self._stays(row, posted))
        there = {str(row.id): row for row in sheet.service.cost_options}
        for key in [*there, *_slots()]:
            row = there.get(key) or there.get(str(new_id(around, "cost_option", key)))
            said = _said(row)
            typed = {name: value for name in NAMES if (value := line(posted, self._id(key, name))) is not None}
            typed |= {"currency": typed["currency"].upper()} if "currency" in typed else {}
            wanted = {**said, **typed}
            if row is not None and (posted.get(self._id(key, "remove")) or (typed and _is_empty(wanted) and not _is_empty(said))):
                sheet.service.cost_options = [one for one in sheet.service.cost_options if one is not row]
            elif wanted != said and (row is not None or not _is_empty(wanted)):
                errors |= self._write(sheet, row or CostOption(id=new_id(around, "cost_option", key)), key, said, wanted)
        return errors

    def _stays(self, row: CostOption, posted: Posted) -> bool:
        typed = [posted.get(self._id(str(row.id), name)) for name in NAMES if name != "currency"]
        return any(typed) and not posted.get(self._id(str(row.id), "remove"))

    def _write(self, sheet: Sheet, row: CostOption, key: str, said: dict[str, str], wanted: dict[str, str]) -> Errors:
        wrong = _wrong(wanted)
        if wrong:
            return {self._id(key, name): words for name, words in wrong.items()}
        touched = {name for name in NAMES if wanted[name] != said[name]}
        amount = float(wanted["amount"].replace(",", ".")) if wanted["amount"] else 0.0 if wanted["sort"] == "free" else None
        if touched & {"sort", "amount", "people"}:
            row.option = prices.option_of(wanted["sort"], wanted["people"], amount) if touched - {"amount"} or row.amount is None else row.option
            row.amount = amount if touched - {"people"} else row.amount
        if "currency" in touched:
            row.currency = wanted["currency"] or None
        if "words" in touched:
            row.amount_description = wanted["words"] or None
        if all(one is not row for one in sheet.service.cost_options):
            sheet.service.cost_options.append(row)
        return {}

    def _row(self, key: str, number: int, row: CostOption | None, posted: Posted | None, currency: str) -> dict[str, Any]:
        said = _said(row) if row is not None else {**_said(None), "currency": currency}
        fields = []
        for column in COLUMNS:
            typed = posted.get(self._id(key, column.name)) if posted is not None else None
            value = said[column.name] if typed is None else str(typed)
            fields.append({"name": self._id(key, column.name), "column": column, "value": value, "options": column.options})
        is_going = posted is not None and bool(posted.get(self._id(key, "remove")))
        return {"key": key, "number": number, "fields": fields, "is_there": row is not None, "is_going": is_going}

    def _id(self, key: str, name: str) -> str:
        return f"{self.name}-{key}-{name}"


def _slots() -> list[str]:
    return [str(number) for number in range(1, MOST_NEW + 1)]


def _said(row: CostOption | None) -> dict[str, str]:
    """A price as the form shows it."""
    if row is None:
        return dict.fromkeys(NAMES, "")
    amount = prices.amount_words(row.amount) if row.amount else ""
    words = " ".join((row.amount_description or "").split())
    return {"sort": prices.sort_of(row), "amount": amount, "currency": (row.currency or "").upper(), "people": prices.people_of(row), "words": words}


def _is_empty(said: dict[str, str]) -> bool:
    """Whether a row says nothing; a currency alone is no price."""
    return not any(value for name, value in said.items() if name != "currency")


def _wrong(wanted: dict[str, str]) -> Errors:
    """What is the matter, by the name of the column. An amount without a sort means that it costs money."""
    if wanted["amount"] and not AMOUNT.fullmatch(wanted["amount"]):
        return {"amount": "Amount: write a number, for example 5 or 2.50."}
    if wanted["sort"] not in ("", *prices.SORTS):
        return {"sort": "What it costs: choose one of the list."}
    amount = float(wanted["amount"].replace(",", ".")) if wanted["amount"] else None
    if amount and wanted["sort"] == "free":
        return {"amount": "Amount: it is free, so leave this empty."}
    if amount == 0 and wanted["sort"] not in ("", "free"):
        return {"amount": "Amount: choose “Free”, or leave this empty."}
    if wanted["currency"] and not CURRENCY.fullmatch(wanted["currency"]):
        return {"currency": "Currency: three letters, for example USD."}
    for column in COLUMNS[3:]:
        if len(wanted[column.name]) > column.most:
            return {column.name: f"{column.label}: there is room for {column.most} letters."}
    sort = wanted["sort"] or ("" if amount is None else "paid" if amount else "free")
    amount = 0.0 if sort == "free" else amount
    trial = CostOption(id=UUID(int=0), option=prices.option_of(wanted["sort"], wanted["people"], amount), amount=amount)
    if (prices.sort_of(trial), prices.people_of(trial)) != (sort, wanted["people"]):
        return {"people": "For whom: write the people here, for example “under 18”. What it costs is chosen in the list."}
    return {}
