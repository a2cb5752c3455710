"""Reading hand-written TOML strictly: every mistake is told with its file, its line, its entry and its field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from directory.errors import UnreadableInput


class Sheet:
    """One entry of a file: hands out its fields by type, and refuses what it does not know.

    ``file`` is a name for people, ``entry`` the key of the entry, ``line`` where it starts. Ask for every field, then call ``done``.
    """

    def __init__(self, table: dict[str, Any], *, file: str, entry: str, line: int) -> None:
        self.file, self.entry, self.line = file, entry, line
        self._left = dict(table)

    def wrong(self, field: str, what: str) -> UnreadableInput:
        """The error to raise for a field of this entry."""
        return UnreadableInput(f"'{self.entry}', field '{field}': {what}", file=self.file, line=self.line)

    def text(self, field: str) -> str:
        """A text that must be there."""
        found = self.maybe_text(field)
        if not found:
            raise self.wrong(field, "it is missing. Write a text.")
        return found

    def maybe_text(self, field: str) -> str | None:
        """A text, with runs of white space made one blank, or None."""
        value = self._left.pop(field, None)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, f"it should be a text in quotes, and is {value!r}.")
        return " ".join(value.split())

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, each once; empty when it is not there."""
        value = self._left.pop(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(field, f"it should be a list of texts, and is {value!r}.")
        if len(set(value)) < len(value):
            raise self.wrong(field, "something stands in it twice.")
        return tuple(value)

    def codes(self, field: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of codes, each of which must be allowed."""
        found = self.texts(field)
        for code in found:
            if code not in allowed:
                raise self.wrong(field, f"'{code}' is not one of its codes.")
        return found

    def choice(self, field: str, allowed: Iterable[str]) -> str | None:
        """One of some words, or None."""
        found = self.maybe_text(field)
        if found is not None and found not in allowed:
            raise self.wrong(field, f"'{found}' should be one of: {', '.join(sorted(allowed))}.")
        return found

    def flag(self, field: str) -> bool:
        """True or false; false when it is not there."""
        value = self._left.pop(field, False)
        if not isinstance(value, bool):
            raise self.wrong(field, f"it should be true or false, and is {value!r}.")
        return value

    def number(self, field: str) -> float:
        """A number that must be there."""
        value = self._left.pop(field, None)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(field, f"it should be a number, and is {value!r}.")
        return float(value)

    def maybe_days(self, field: str) -> int | None:
        """A whole number of days from 0 up, or None."""
        value = self._left.pop(field, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.wrong(field, f"it should be a whole number of days, and is {value!r}.")
        return value

    def table(self, field: str) -> dict[str, Any]:
        """An inline table; empty when it is not there."""
        value = self._left.pop(field, {})
        if not isinstance(value, dict):
            raise self.wrong(field, f"it should be a table in braces, and is {value!r}.")
        return value

    def has(self, field: str) -> bool:
        """Whether a field is there and not yet taken."""
        return field in self._left

    def done(self) -> None:
        """Refuse what nobody asked for: a misspelt field must not be lost in silence."""
        for field in self._left:
            raise self.wrong(field, "there is no such field.")


def sheets(path: Path, heading: str) -> list[Sheet]:
    """The entries ``[[heading]]`` of a TOML file, each with a ``key`` of its own; anything else in the file is refused."""
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"this is not TOML: {error}.", file=path.name) from error
    if set(tables) != {heading} or not isinstance(tables[heading], list):
        raise UnreadableInput(f"it should hold [[{heading}]] entries and nothing else.", file=path.name)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{heading}]]"]
    return [_sheet(table, path.name, line) for table, line in zip(tables[heading], lines, strict=True)]


def _sheet(table: dict[str, Any], file: str, line: int) -> Sheet:
    key = table.get("key")
    if not isinstance(key, str) or not key:
        raise UnreadableInput("this entry has no 'key'.", file=file, line=line)
    return Sheet({field: value for field, value in table.items() if field != "key"}, file=file, entry=key, line=line)


def by_key(found: list[Sheet]) -> dict[str, Sheet]:
    """The same entries by their keys; a key that stands twice is refused."""
    result: dict[str, Sheet] = {}
    for sheet in found:
        if sheet.entry in result:
            raise sheet.wrong("key", "another entry has this key already.")
        result[sheet.entry] = sheet
    return result
