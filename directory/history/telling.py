"""The history of a listing in human words: who changed what, when, from what to what, why, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.history.moments import Difference, compare, rows_as_added
from directory.history.names import Names, who_words
from directory.history.rows import FOLLOWS, read_rows, row_of, table_of
from directory.history.standing import standing
from directory.history.trail import Trail, trail_of
from directory.history.words import MERGES, field_words, goes_by, row_words, table_words, whole_row_words
from directory.models import Change, ImportRun, Source

PER_PAGE = 20
WITHHELD = "(not kept: the place is not public)"
NOTHING = "(nothing)"


class LineStory(Struct, frozen=True, kw_only=True):
    """One line: what it is about, and what it said before and after; empty texts say nothing of that side."""

    seq: int
    what: str
    before: str
    after: str
    is_taken_back: bool = False
    stands_alone: bool = True
    """Whether it can be taken back without the rest of its act."""

    @property
    def code(self) -> str:
        """What a form sends to take this line back."""
        return f"line:{self.seq}"


class ActStory(Struct, frozen=True, kw_only=True):
    """One act as far as it is about this listing; ``others`` counts its lines about anything else. ``act`` is None for lines of old.
    ``is_import``: taken back, it takes a whole import back."""

    act: UUID | None
    at: datetime
    who: str
    why: str
    source: str
    lines: tuple[LineStory, ...]
    others: int
    is_taken_back: bool
    takes_back: bool
    is_import: bool = False

    @property
    def code(self) -> str:
        """What a form sends to take the whole act back; empty for lines of old."""
        return f"act:{self.act}" if self.act else ""


class History(Struct, frozen=True, kw_only=True):
    """A page of the history, newest first; ``fields`` are what it may be narrowed to, by code."""

    acts: tuple[ActStory, ...]
    page: int
    pages: int
    fields: tuple[tuple[str, str], ...]


def history_of(session: Session, service_id: UUID, actor: Actor, *, page: int = 1, field: str = "") -> History:
    """The history of a listing for somebody who may see it; ``field`` (``table`` or ``table.column``) narrows it."""
    trail = trail_of(session, service_id)
    told = [line for line in trail.lines if (line.entity, line.field) not in FOLLOWS]
    fields = {code: words for line in told for code, words in [_field(line)]}
    wanted = [line for line in reversed(told) if not field or _field(line)[0] == field]
    groups = [list(lines) for _, lines in groupby(wanted, key=lambda line: line.act or (line.at, line.by, line.why))]
    pages = max(1, -(-len(groups) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = groups[(page - 1) * PER_PAGE : page * PER_PAGE]
    teller = _Teller(session, actor, [line for lines in shown for line in lines], trail)
    return History(acts=tuple(map(teller.act, shown)), page=page, pages=pages, fields=tuple(sorted(fields.items(), key=lambda pair: pair[1])))


def compared(session: Session, service_id: UUID, start: datetime, end: datetime) -> list[LineStory]:
    """What differs between the listing at two moments, in words."""
    found = compare(session, service_id, start, end)
    names = Names.of(session, (row for one in found for row in (one.before, one.after) if row), ())
    return [_difference(one, names) for one in found]


class _Teller:
    """Lines into words, with everything they name read once."""

    def __init__(self, session: Session, actor: Actor, lines: list[Change], trail: Trail) -> None:
        all_lines = [line for line in trail.lines if (line.entity, line.field) not in FOLLOWS]
        self._alive = standing(all_lines)
        self._added = rows_as_added(session, trail)
        self._rows = read_rows(session, {(line.entity, line.entity_id) for line in lines if table_of(line.entity) is not None})
        gone = {(line.entity, line.entity_id): row for line in lines if line.action == "removed" and (row := _row(line, line.before))}
        self._rows = {**gone, **self._rows}
        self._names = Names.of(session, self._rows.values(), [text for line in lines if line.field for text in (line.before, line.after) if text])
        self._who = who_words(session, {line.by for line in lines}, actor)
        self._sources = {row.id: row.name for row in session.scalars(select(Source))}
        acts = {line.act for line in lines if line.act}
        counted = session.execute(select(Change.act, func.count()).where(Change.act.in_(acts)).group_by(Change.act)) if acts else ()
        self._counts: dict[UUID, int] = {act: count for act, count in counted if act}
        self._imports = {*session.scalars(select(ImportRun.act).where(ImportRun.act.in_(acts)))} if acts else set()
        self._here: Mapping[UUID | None, int] = _count(line.act for line in all_lines)

    def act(self, lines: list[Change]) -> ActStory:
        """One act."""
        first = lines[0]
        told = tuple(self.line(line) for line in reversed(lines))
        source = self._sources.get(first.source_id, "") if first.source_id else ""
        others = max(0, self._counts.get(first.act, 0) - self._here.get(first.act, 0)) if first.act else 0
        return ActStory(
            act=first.act, at=first.at, who=self._who[first.by], why=first.why or "", source=source, lines=told, others=others,
            is_taken_back=all(line.is_taken_back for line in told), takes_back=any(line.undoes is not None for line in lines),
            is_import=first.act in self._imports,
        )

    def line(self, line: Change) -> LineStory:
        """One line."""
        row = self._rows.get((line.entity, line.entity_id))
        taken = line.seq not in self._alive
        if line.entity == "redirect":
            return LineStory(seq=line.seq, what=MERGES[line.action], before="", after="", is_taken_back=taken, stands_alone=False)
        if line.action != "changed":
            said = _row(line, line.before if line.action == "removed" else line.after) or self._added.get(line.seq) or row
            words = _whole(line.entity, said, self._names)
            before, after = (words, "") if line.action == "removed" else ("", words)
            return LineStory(seq=line.seq, what=f"{table_words(line.entity)} {line.action}".capitalize(), before=before, after=after, is_taken_back=taken)
        redacted = line.before is None and line.after is None
        before, after = (WITHHELD if redacted else self._names.said(text) or NOTHING for text in (line.before, line.after))
        return LineStory(seq=line.seq, what=_what(line, row), before=before, after=after, is_taken_back=taken)


def _what(line: Change, row: Mapping[str, Any] | None) -> str:
    """What a changed field is of; a row that goes by this one field is named without what it says now."""
    if line.entity == "service":
        return field_words(line.entity, line.field)
    if goes_by(line.entity, line.field):
        return table_words(line.entity).capitalize()
    return f"{field_words(line.entity, line.field)} of {row_words(line.entity, row)}"


def _difference(one: Difference, names: Names) -> LineStory:
    entity = one.key[0]
    if one.field and one.before and one.after:
        what = field_words(entity, one.field) + ("" if entity == "service" else f" of {row_words(entity, one.after)}")
        sides = [names.said(names.plain(row[one.field])) or NOTHING for row in (one.before, one.after)]
        return LineStory(seq=0, what=what, before=sides[0], after=sides[1])
    verb = "removed" if one.after is None else "added"
    return LineStory(
        seq=0, what=f"{table_words(entity)} {verb}".capitalize(), before=_whole(entity, one.before, names), after=_whole(entity, one.after, names),
    )


def _whole(entity: str, row: Mapping[str, Any] | None, names: Names) -> str:
    if row is None:
        return ""
    if entity == "attribute":
        return names.term(row)
    return whole_row_words(entity, row)


def _row(line: Change, text: str | None) -> dict[str, Any] | None:
    table = table_of(line.entity)
    try:
        return row_of(table, text) if table is not None and text else None
    except (msgspec.DecodeError, ValueError, TypeError):
        return None   # a line of old that says only part of the row


def _field(line: Change) -> tuple[str, str]:
    if line.field is None or line.entity != "service":
        return line.entity, table_words(line.entity).capitalize()
    return f"{line.entity}.{line.field}", field_words(line.entity, line.field)


def _count(acts: Iterable[UUID | None]) -> Mapping[UUID | None, int]:
    counts: dict[UUID | None, int] = {}
    for act in acts:
        counts[act] = counts.get(act, 0) + 1
    return counts
