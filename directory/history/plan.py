"""What undoing some lines makes of the rows: they are walked backwards, from the rows as they are to the rows as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from directory.history.rows import Key, Row, row_of, table_of, value_of
from directory.history.standing import Line
from directory.history.words import field_words, row_words

REDACTED = "{what}: what stood there before is not kept, because the place is not public."
DIFFERS = "{what} says something else now."
GONE = "{what} is not there any more."
BACK = "{what} is there again."
UNKNOWN = "{what}: this kind of change is taken back where it was made."


class Step(Struct, frozen=True, kw_only=True):
    """A line taken back; ``row`` is the row that goes or comes, as it was at that step, and ``seal`` what was sealed of it."""

    line: Line
    row: Row = field(default_factory=dict)
    seal: str = ""


class Plan(Struct, kw_only=True):
    """The rows before and after undoing, None where there is none, the steps from the latest line to the first, and why it cannot be done."""

    before: dict[Key, Row | None]
    after: dict[Key, Row | None]
    steps: list[Step] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    is_merge: bool = False   # of two records, or of its undoing: the roles that it made one, or apart again, come and go with it

    def gone(self) -> list[Key]:
        """The rows that go."""
        return [key for key, row in self.after.items() if row is None and self.before[key] is not None]

    def come(self) -> list[tuple[Key, Row]]:
        """The rows that come back."""
        return [(key, row) for key, row in self.after.items() if row is not None and self.before[key] is None]

    def changed(self) -> Iterator[tuple[Key, dict[str, Any]]]:
        """The rows that stay and change, with their new values."""
        for key, row in self.after.items():
            was = self.before[key]
            if row is not None and was is not None and row != was:
                yield key, {name: value for name, value in row.items() if value != was[name]}


def plan_of(lines: Sequence[Line], rows: Mapping[Key, Row]) -> Plan:
    """The plan for taking these lines back, given the rows as they are."""
    keys = dict.fromkeys((line.entity, line.entity_id) for line in lines)
    before = {key: rows.get(key) for key in keys}
    plan = Plan(before=before, after=dict(before))   # a row that changes is another row: none is changed in place
    plan.is_merge = any(line.entity == "redirect" for line in lines)
    for line in sorted(lines, key=lambda line: -line.seq):
        _back(plan, line)
    return plan


def _back(plan: Plan, line: Line) -> None:
    table, key = table_of(line.entity), (line.entity, line.entity_id)
    grants = line.entity == "role" and line.action != "changed" and not plan.is_merge
    if table is None or grants or (line.field is not None and line.field not in table.columns):
        _cannot(plan, UNKNOWN, line)
    elif line.action == "changed":
        _back_to_before(plan, line)
    elif line.action == "added":
        row = plan.after[key]
        if row is None:
            _cannot(plan, GONE, line)
        else:
            plan.steps.append(Step(line=line, row=row))
        plan.after[key] = None
    else:
        _put_back(plan, line)


def _back_to_before(plan: Plan, line: Line) -> None:
    table, row = table_of(line.entity), plan.after[line.entity, line.entity_id]
    if line.field is None or (line.before is None and line.after is None):
        _cannot(plan, REDACTED, line)
    elif row is None:
        _cannot(plan, GONE, line)
    elif table is not None:
        column = table.columns[line.field]
        if row[line.field] != value_of(column, line.after):
            _cannot(plan, DIFFERS, line)
        plan.after[line.entity, line.entity_id] = {**row, line.field: value_of(column, line.before)}
        plan.steps.append(Step(line=line))


def _put_back(plan: Plan, line: Line) -> None:
    table, key = table_of(line.entity), (line.entity, line.entity_id)
    row = row_of(table, line.before) if line.before is not None and table is not None else None
    if row is None:
        _cannot(plan, REDACTED, line)
        return
    if plan.after[key] is not None:
        _cannot(plan, BACK, line)
    plan.after[key] = row
    plan.steps.append(Step(line=line, row=row, seal=msgspec.json.decode(line.before or "{}").get("sealed", "")))


def _cannot(plan: Plan, why: str, line: Line) -> None:
    plan.reasons.append(why.format(what=what_of(line, plan.after[line.entity, line.entity_id])))


def what_of(line: Line, row: Mapping[str, Any] | None) -> str:
    """What a line is about, in words: the field and the row."""
    said = row_words(line.entity, row) if row else row_words(line.entity, {})
    return f"{field_words(line.entity, line.field)} of {said}" if line.field else said[:1].upper() + said[1:]
