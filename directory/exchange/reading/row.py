"""One record as its source has it: gives out what a reader asks for, remembers what nobody asked for, and collects what had to be repaired."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from directory.exchange.records import Refusal, Repair, SourceInfo, made_id

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CELL_LIMIT = 131_072
"""Characters in one cell of a table. A row with a longer one is refused by itself."""
BLANKS = re.compile(r"[^\S\n]+")


class Row:
    """The values of one record, with the file and line where it stood.

    Every getter marks its field as taken; ``leftover`` is what was never taken, plus what was set aside with ``keep``.
    """

    def __init__(self, values: Mapping[str, Any], *, source: SourceInfo, file: str, line: int) -> None:
        self.values, self.source, self.file, self.line = values, source, file, line
        self.key = ""
        self.repairs: list[Repair] = []
        self._taken: set[str] = set()
        self._kept: dict[str, Any] = {}

    def text(self, field: str) -> str | None:
        """The field as one clean text, or None where it is missing or blank. A number is written out; a list is set aside as not understood."""
        value = self.raw(field)
        if isinstance(value, list | dict):
            self.repair(field, value, "one text was expected here; it is kept with the source record only")
            return None
        return clean(value)

    def texts(self, field: str) -> list[str]:
        """The field as clean texts, whether the source has a list or a single text; no blanks, no repeats."""
        value = self.raw(field)
        found: dict[str, None] = {}
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, list | dict):
                self.repair(field, part, "a text was expected here; it is kept with the source record only")
            elif text := clean(part):
                found[text] = None
        return list(found)

    def raw(self, field: str) -> Any:
        """The field as it is, marked as taken."""
        self._taken.add(field)
        return self.values.get(field)

    def keep(self, field: str, value: Any) -> None:
        """Set a value aside with the source record, under a name of its own."""
        self._kept[field] = value

    def repair(self, field: str, value: Any, reason: str) -> None:
        """Note a value that a person should look at; of a list or an object the whole is kept with the source record."""
        self.repairs.append(Repair(file=self.file, line=self.line, field=field, value=shown(value), reason=reason))
        if isinstance(value, list | dict):
            self._kept[field] = value

    def refusal(self, field: str, value: Any, reason: str) -> Refusal:
        """This record refused for a value of it."""
        return Refusal(file=self.file, line=self.line, field=field, value=shown(value), reason=reason)

    def too_long(self) -> Refusal | None:
        """This record refused where a cell of it is longer than any in a directory."""
        for field, value in self.values.items():
            if len(value) > CELL_LIMIT:
                return self.refusal(field, value, f"the cell has {len(value):,} characters, and at most {CELL_LIMIT:,} are read")
        return None

    def untaken(self) -> dict[str, Any]:
        """What no field of ours took, by the source's own names, without what is empty."""
        return {field: value for field, value in self.values.items() if field not in self._taken and value not in (None, "", [], {})}

    def leftover(self) -> dict[str, Any]:
        """What is kept with the source record: what was not taken, and what was set aside."""
        return {**self.untaken(), **self._kept}

    def id(self, entity: str, *parts: object) -> UUID:
        """The id of a row that this record makes: the same for the same source, record and parts."""
        return made_id(self.source.code, entity, "|".join((self.key, *map(str, parts))))


def clean(value: Any) -> str | None:
    """A value as a text without control characters, doubled blanks and blanks at the ends, in Unicode form NFC; None where nothing is left."""
    if value is None or isinstance(value, bool):
        return None
    text = BLANKS.sub(" ", CONTROLS.sub("", unicodedata.normalize("NFC", str(value))))
    return text.strip() or None


def shown(value: Any) -> str:
    """A value for a report: short enough to read."""
    text = "" if value is None else str(value)
    return text if len(text) <= 200 else text[:199] + "…"


def fold(text: str) -> str:
    """A text for comparing: case folded, blanks single, typographic quotes plain."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())
