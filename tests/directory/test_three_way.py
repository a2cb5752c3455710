"""An import against what was changed here: a reference model of three-way merge, in a few lines, beside the real thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import Struct, field
from sqlalchemy import delete, insert, select, update

from directory.changes import record_change
from directory.exchange.intake.logged import row_of, row_text
from directory.exchange.records import Phone, Service, SourceRecord
from directory.models import Base, Change, Conflict
from directory.models import Phone as PhoneRow
from directory.models import Service as ServiceRow
from directory.storage import Storage
from tests.directory.conftest import Bring, empty
from tests.directory.exchange.make import LATER, a_record, an_id

HERE = f"account:{uuid4()}"
SERVICE = an_id("service", 1)
FIELDS = ("name", "description", "email")


# --- the reference ----------------------------------------------------------------------------------------------------------------


class Side(Struct):
    """A value as it stands here, and as the source last said it. ``queued``: both changed it to different values."""

    here: str | None
    said: str | None
    queued: bool = False

    def bring(self, value: str | None) -> None:
        if self.here == self.said:
            self.here = self.said = value
        elif value == self.said:
            pass
        else:
            self.queued = value != self.here
            self.said = value
        if self.here == self.said:
            self.queued = False


class Model(Struct):
    """Every field of a service and the number of each of its phones (None: no such row), and what can be undone."""

    sides: dict[str, Side]
    done: list[tuple[str, str | None, str | None, list[int]]] = field(default_factory=list)

    def bring(self, values: dict[str, str | None]) -> None:
        for name, side in self.sides.items():
            before = side.here
            side.bring(values[name])
            if side.here != before:
                self.done = [entry for entry in self.done if entry[0] != name]   # a later change depends on it

    def edit(self, name: str, value: str | None) -> tuple[str | None, str | None]:
        side = self.sides[name]
        before, side.here = side.here, value
        return before, value

    def undo(self) -> tuple[str, str | None, str | None, list[int]] | None:
        entry = self.done.pop() if self.done else None
        if entry is not None:
            self.sides[entry[0]].here = entry[1]
        return entry


# --- the real thing ---------------------------------------------------------------------------------------------------------------


class Real:
    """The same steps in a database."""

    def __init__(self, storage: Storage, bring: Bring) -> None:
        self.storage, self._bring, self.removed = storage, bring, dict[str, str]()

    def bring(self, values: dict[str, str | None]) -> Any:
        phones = [Phone(id=an_id("phone", key), number=number) for key in PHONES if (number := values[key]) is not None]
        fields = {name: values[name] for name in FIELDS}
        record: SourceRecord = a_record(Service(id=SERVICE, phones=phones, **fields))   # type: ignore[arg-type]
        return self._bring(record, at=LATER)

    def edit(self, name: str, before: str | None, value: str | None) -> list[int]:
        return self._write(name, before, value, [])

    def undo(self, entry: tuple[str, str | None, str | None, list[int]]) -> None:
        name, before, after, lines = entry
        self._write(name, after, before, lines)

    def state(self) -> dict[str, str | None]:
        with self.storage.reading() as session:
            service = session.get_one(ServiceRow, SERVICE)
            numbers = {row.id: row.number for row in session.scalars(select(PhoneRow))}
        return {name: getattr(service, name) for name in FIELDS} | {key: numbers.get(an_id("phone", key)) for key in PHONES}

    def queued(self) -> set[str]:
        with self.storage.reading() as session:
            rows = session.scalars(select(Conflict).where(Conflict.state == "open")).all()
        names = {an_id("phone", key): key for key in PHONES}
        return {names.get(row.entity_id, row.field) for row in rows}

    def _write(self, name: str, before: str | None, after: str | None, undoes: list[int]) -> list[int]:
        with self.storage.writing() as session:
            first = session.scalar(select(Change.seq).order_by(Change.seq.desc()).limit(1)) or 0
            if name in FIELDS:
                session.execute(update(ServiceRow).where(ServiceRow.id == SERVICE).values({name: after}))
                self._line(session, "service", SERVICE, "changed", name, before, after)
            else:
                self._phone(session, name, before, after)
            lines = list(session.scalars(select(Change.seq).where(Change.seq > first).order_by(Change.seq)))
            for line, undone in zip(lines, undoes, strict=False):
                session.execute(update(Change).where(Change.seq == line).values(undoes=undone))
            return lines

    def _phone(self, session: Any, name: str, before: str | None, after: str | None) -> None:
        key, table = an_id("phone", name), Base.metadata.tables["phone"]
        if after is None:
            row = dict(session.execute(select(table).where(table.c.id == key)).mappings().one())
            self.removed[name] = row_text(row)
            session.execute(delete(table).where(table.c.id == key))
            record_change(session, entity="phone", entity_id=key, action="removed", by=HERE, at=LATER, before=self.removed[name], act=uuid4())
        elif before is None:
            session.execute(insert(table), [{**row_of(table, self.removed[name]), "number": after}])
            record_change(session, entity="phone", entity_id=key, action="added", by=HERE, at=LATER, after=self.removed[name], act=uuid4())
        else:
            session.execute(update(table).where(table.c.id == key).values(number=after))
            self._line(session, "phone", key, "changed", "number", before, after)

    def _line(self, session: Any, entity: str, key: UUID, action: str, name: str, before: str | None, after: str | None) -> None:
        record_change(session, entity=entity, entity_id=key, action=action, by=HERE, at=LATER, field=name, before=before, after=after, act=uuid4())


PHONES = ("first", "second")
VALUES = st.sampled_from(["A", "B", "C"])
NUMBERS = st.one_of(st.none(), VALUES)
SOURCES = st.fixed_dictionaries({
    "name": VALUES, "description": NUMBERS, "email": NUMBERS, "first": NUMBERS, "second": NUMBERS,
})
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), SOURCES),
        st.tuples(st.just("edit"), st.sampled_from([*FIELDS, *PHONES]), NUMBERS),
        st.tuples(st.just("undo")),
    ),
    max_size=9,
)


ONE_PHONE = {"name": "A", "description": None, "email": None, "first": None, "second": "A"}
OTHER = ONE_PHONE | {"second": "B"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SOURCES, steps=STEPS)
@example(first=ONE_PHONE, steps=[("edit", "second", None), ("import", OTHER), ("undo",), ("import", OTHER), ("import", OTHER | {"first": "A"})])
def test_imports_edits_and_undoing_give_what_three_way_merge_gives(storage: Storage, bring: Bring, first: dict[str, str | None], steps: list[Any]) -> None:
    empty(storage)
    model = Model({name: Side(value, value) for name, value in first.items()})
    real = Real(storage, bring)
    real.bring(first)
    for step, *what in steps:
        if step == "import":
            model.bring(what[0])
            real.bring(what[0])
        elif step == "edit" and _may(model, *what):
            before, after = model.edit(*what)
            model.done.append((what[0], before, after, real.edit(what[0], before, after)))
        elif step == "undo" and (entry := model.undo()):
            real.undo(entry)
        assert real.state() == {name: side.here for name, side in model.sides.items()}, (step, what)
        if step == "import":
            assert real.queued() == {name for name, side in model.sides.items() if side.queued}


def _may(model: Model, name: str, value: str | None) -> bool:
    """A name must be there, a phone is edited or taken away but not made, and an edit changes something."""
    here = model.sides[name].here
    return value != here and not (name == "name" and value is None) and not (name in PHONES and here is None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SOURCES, edits=st.lists(st.tuples(st.sampled_from([*FIELDS, *PHONES]), NUMBERS), max_size=4), second=SOURCES)
def test_the_same_import_again_changes_nothing_whatever_was_edited(
    storage: Storage, bring: Bring, first: dict[str, str | None], edits: list[Any], second: dict[str, str | None]
) -> None:
    empty(storage)
    model, real = Model({name: Side(value, value) for name, value in first.items()}), Real(storage, bring)
    real.bring(first)
    for name, value in edits:
        if _may(model, name, value):
            real.edit(name, *model.edit(name, value))
    real.bring(second)
    before, queued = real.state(), real.queued()
    report = real.bring(second)
    assert (report.added, report.changed, real.state(), real.queued()) == (0, 0, before, queued)
