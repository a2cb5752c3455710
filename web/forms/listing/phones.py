"""Rows of the form that can be added and taken away: phone numbers, people to ask for, papers to bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Contact, Phone, RequiredDocument
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, new_id, put_back

MOST_NEW = 20
PHONE_KINDS = (("voice", "Call"), ("sms", "Text"), ("video", "Video call"), ("textphone", "Text phone"), ("fax", "Fax"), ("cell", "Mobile"))
Record = Any


class Column(Struct, frozen=True, kw_only=True):
    """A field of a row; with ``options`` one of a list."""

    name: str
    label: str
    most: int = 200
    type: str = "text"
    options: tuple[tuple[str, str], ...] = ()


class Rows(Struct, frozen=True, kw_only=True):
    """A list of rows of one kind under the service. ``needed`` is the column without which a row is nothing."""

    name: str
    label: str
    one: str
    attribute: str
    columns: tuple[Column, ...]
    needed: str
    make: Callable[..., Record]
    more: str = "One more"
    hint: str = ""
    check: Callable[[str], str] | None = None

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The rows that are there, and an empty one to fill in."""
        there = getattr(sheet.service, self.attribute)
        keys = [str(row.id) for row in there]
        spare = self._spare(sheet, around)
        typed = self._typed(posted) if posted is not None else []
        shown = [self._row(key, row, posted, number) for number, (key, row) in enumerate(zip(keys, there, strict=True), 1)]
        new = [slot for slot in dict.fromkeys([*typed, spare]) if str(new_id(around, self.name, slot)) not in keys]
        shown += [self._row(slot, None, posted, number) for number, slot in enumerate(new, len(shown) + 1)]
        return {"kind": "rows", "field": self, "rows": folded(shown), "is_empty": not there}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """Change, add and take away rows; a row that was not sent stays as it is."""
        errors: Errors = {}
        rows: list[Record] = getattr(sheet.service, self.attribute)
        put_back(rows, getattr(around.base.service, self.attribute) if around.base else (), lambda row: self._stays(row, posted))
        by_key = {str(row.id): row for row in rows}
        for key in [*by_key, *self._typed(posted)]:
            row = by_key.get(key) or by_key.get(str(new_id(around, self.name, key)))
            sent = {column.name: line(posted, f"{self.name}-{key}-{column.name}") for column in self.columns}
            values = {name: value for name, value in sent.items() if value is not None}
            if row is not None and (posted.get(f"{self.name}-{key}-remove") or (values.get(self.needed) == "" and getattr(row, self.needed))):
                rows[:] = [one for one in rows if one is not row]
            elif row is not None or values.get(self.needed):
                errors |= self._wrong(key, values)
                self._write(row or self._append(rows, new_id(around, self.name, key), values[self.needed]), values)
            elif any(values.get(column.name) for column in self.columns if not column.options):
                errors[f"{self.name}-{key}-{self.needed}"] = f"{self.one}: write this too, or empty the line."
        return errors

    def _stays(self, row: Record, posted: Posted) -> bool:
        return bool(posted.get(f"{self.name}-{row.id}-{self.needed}")) and not posted.get(f"{self.name}-{row.id}-remove")

    def _write(self, row: Record, values: dict[str, str]) -> None:
        for name, value in values.items():
            if value != " ".join((getattr(row, name) or "").split()):   # what was not touched stays to the letter
                setattr(row, name, value or None)

    def _append(self, rows: list[Record], key: UUID, value: str) -> Record:
        row = self.make(**{"id": key, self.needed: value})
        rows.append(row)
        return row

    def _wrong(self, key: str, values: dict[str, str]) -> Errors:
        long = {
            f"{self.name}-{key}-{one.name}": f"{one.label}: there is room for {one.most} letters."
            for one in self.columns if len(values.get(one.name, "")) > one.most
        }
        wrong = self.check(values[self.needed]) if self.check and values.get(self.needed) else ""
        return long | ({f"{self.name}-{key}-{self.needed}": wrong} if wrong else {})

    def _row(self, key: str, row: Record | None, posted: Posted | None, number: int) -> dict[str, Any]:
        fields = []
        for column in self.columns:
            name = f"{self.name}-{key}-{column.name}"
            typed = posted.get(name) if posted is not None else None
            value = typed if typed is not None else (getattr(row, column.name) or "" if row is not None else "")
            options = column.options if not value or any(code == value for code, _ in column.options) else ((value, value), *column.options)
            fields.append({"name": name, "column": column, "value": value, "options": options})
        is_going = posted is not None and bool(posted.get(f"{self.name}-{key}-remove"))
        return {"key": key, "number": number, "fields": fields, "is_there": row is not None, "is_going": is_going}

    def _spare(self, sheet: Sheet, around: Around) -> str:
        """The first slot that no row was made of."""
        there = {row.id for row in getattr(sheet.service, self.attribute)}
        return next(slot for slot in map(str, range(1, MOST_NEW + 1)) if new_id(around, self.name, slot) not in there or slot == str(MOST_NEW))

    def _typed(self, posted: Posted) -> list[str]:
        return [slot for slot in map(str, range(1, MOST_NEW + 1)) if posted.get(f"{self.name}-{slot}-{self.needed}") is not None]


def folded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with a mark on an empty one to fill in: the last, while nothing is in it."""
    return [{**row, "is_last": not row["is_there"] and row is rows[-1] and not any(one["value"] for one in row["fields"] if _is_told(one))} for row in rows]


def _is_told(field: dict[str, Any]) -> bool:
    """Whether a field says something by being filled in; a choice or a currency that the page offers by itself does not."""
    return not field["column"].options and field["column"].name != "currency"


def phone_fault(text: str) -> str:
    """What is wrong with a number: short ones are fine (988, 211), letters beyond a few are not."""
    digits = sum(letter.isdigit() for letter in text)
    return "" if 3 <= digits <= 20 else "Number: write it as people dial it, for example 920-555-0142."


PHONES = Rows(
    name="phone", label="Phone numbers", one="Number", more="Another number", attribute="phones", needed="number", make=Phone, check=phone_fault,
    columns=(
        Column(name="number", label="Number", most=60, type="tel"), Column(name="extension", label="Extension", most=20),
        Column(name="type", label="For", options=(("", "Call"), *PHONE_KINDS[1:], ("voice", "Call (voice)"))),
        Column(name="description", label="What it is for", most=120),
    ),
)  # fmt: skip
CONTACTS = Rows(
    name="ask", label="Whom to ask for", one="Desk or task", more="Another desk or task", attribute="contacts", needed="title", make=Contact,
    hint="A desk or a task, such as “front desk” or “Saturday host”. Names of people are not shown.",
    columns=(Column(name="title", label="Desk or task", most=120), Column(name="department", label="Part of the house", most=120)),
)
DOCUMENTS = Rows(
    name="paper", label="What to bring", one="Thing to bring", more="Another thing to bring", attribute="required_documents", needed="document",
    make=RequiredDocument,
    hint="Only what people really need. Leave it empty when nothing is asked for.",
    columns=(Column(name="document", label="Thing to bring", most=160),),
)
