"""Telephones, e-mail and web addresses of a San Mateo record, repaired where the slip is plain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from directory.exchange.reading.parts import email_address, web_address
from directory.exchange.reading.phones import split_phone
from directory.exchange.reading.row import Row, clean
from directory.exchange.records import Phone


def web_addresses(row: Row) -> list[str]:
    """The web addresses of a record, each once; what is none is kept with the source record."""
    return _addresses(row, "urls", web_address, "a web address")


def emails(row: Row) -> list[str]:
    """The e-mail addresses of a record, each once; what is none is kept with the source record."""
    return _addresses(row, "emails", email_address, "an e-mail address")


def _addresses(row: Row, field: str, read: Callable[[str], str | None], what: str) -> list[str]:
    found: dict[str, None] = {}
    for text in row.texts(field):
        address = read(text)
        if address is None:
            row.repair(field, text, f"not {what}; left out")
            row.keep(field, row.texts(field))
            continue
        if address != text:
            row.repair(field, text, f"read as {address}")
        found[address] = None
    return list(found)


def phones(row: Row) -> list[Phone]:
    """Every telephone, text phone and fax of a record, each number once for each use."""
    found: dict[tuple[str, str | None, str], Phone] = {}
    for number, kind, description in _numbers(row):
        dialled = split_phone(number)
        if dialled is None:
            row.repair("phones", number, "holds no telephone number; kept with the source record")
            row.keep("phones", row.values.get("phones"))
            continue
        notes = dict.fromkeys(part for part in (dialled.note, description) if part)
        key = (dialled.number, dialled.extension, kind)
        said = "; ".join(notes) or None
        phone = Phone(id=row.id("phone", *key), number=dialled.number, extension=dialled.extension, type=kind, description=said)
        found.setdefault(key, phone)
    return list(found.values())


def _numbers(row: Row) -> Iterator[tuple[str, str, str | None]]:
    """Texts with a number, what the line is for, and what is said of it. In this source a number stands at times under ``department``."""
    for entry in _entries(row.raw("phones")):
        number, department, hours = (clean(entry.get(field)) for field in ("number", "department", "phone_hours"))
        if number is None:
            number, department = department, None
        if number:
            yield number, "voice", _said(department, hours)
    for field, kind in (("telephone_no", "voice"), ("ttys", "tty"), ("faxes", "fax"), ("fax_no", "fax")):
        for text in row.texts(field):
            yield text, kind, None


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a list, or in lists inside a list."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _entries(part)


def _said(*parts: str | None) -> str | None:
    words = [part[1:-1].strip() if part.startswith("(") and part.endswith(")") else part for part in parts if part]
    return "; ".join(word for word in words if word) or None
