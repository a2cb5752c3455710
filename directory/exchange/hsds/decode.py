"""One HSDS JSON object into our record: what fits its fields, what is left over, and what was wrong, each named by its path."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import NODEFAULT, Struct, field
from msgspec.structs import fields

from directory.exchange.hsds.values import as_json
from directory.exchange.hsds.words import EXTRA, EXTRAS, UNDESCRIBED, field_of, role_said, visibility_said
from directory.exchange.intake.checks import HALF, HALF_REASON
from directory.exchange.records import Attribute, Language, Location, Repair, SourceInfo, made_id
from directory.exchange.shapes import plain_type, shape_of

OURS = frozenset({"visibility", "area_name", "point_precision", "timezone_name", "assured_by", "added_on", "role"})
"""Fields of records that HSDS does not have; they come in by the names of ``EXTRAS`` or not at all, so that no feed can open a place."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Unfit(Exception):
    """A value that does not fit its field: the path, the value and the reason."""

    def __init__(self, path: str, value: object, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.value, self.reason = path, str(value)[:200], reason


class Decoding(Struct, kw_only=True):
    """One decoding: the source and place for ids and repairs, and what it left over, by ``<table>/<id>``."""

    source: SourceInfo
    file: str
    line: int
    leftover: dict[str, Any] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)

    def repair(self, path: str, value: object, reason: str) -> None:
        """Note something that was set aside or changed."""
        self.repairs.append(Repair(file=self.file, line=self.line, field=path, value=str(value)[:200], reason=reason))


def decode(kind: type[Struct], said: Any, path: str, to: Decoding) -> Any:
    """A record of this kind. ``Unfit`` when a required value is missing or wrong; a wrong optional value, or a wrong object inside, is set aside."""
    if not isinstance(said, dict):
        raise Unfit(path, said, "it should be an object")
    table, own = shape_of(kind).table.name, _id(kind, said, path, to)
    values: dict[str, Any] = {"id": own}
    rest: dict[str, Any] = {}
    hints = shape_of(kind).types
    required = {item.name for item in fields(kind) if item.default is NODEFAULT and item.default_factory is NODEFAULT}
    for name, value in sorted(said.items(), key=lambda pair: pair[0].startswith(EXTRA)):   # an extra says more than the field it stands for
        known = field_of(table, name)
        if value is None or name == "id" or (name == "description" and value == UNDESCRIBED):
            continue
        if known not in hints or (known in OURS and (table, name) not in EXTRAS) or (kind is Attribute and name in ("taxonomy", "code")):
            rest[name] = value
            continue
        try:
            values[known] = _field(hints[known], value, f"{path}.{name}" if path else name, to)
            if _is_spelt_otherwise(value, values[known]):
                rest[name] = value
        except Unfit as unfit:
            if known in required:
                raise
            rest[name] = value
            to.repair(unfit.path, unfit.value, f"{unfit.reason}; it was set aside")
    if missing := sorted(required - set(values)):
        raise Unfit(f"{path}.{missing[0]}" if path else missing[0], "", "it is required and missing")
    if rest:
        to.leftover.setdefault(f"{table}/{own}", {}).update(rest)
    return _finished(kind(**values))


def _finished(record: Any) -> Any:
    if isinstance(record, Location):
        said = visibility_said(record.attributes)
        record.visibility = said or record.visibility
        record.attributes = [attribute for attribute in record.attributes if not visibility_said([attribute])]
    if isinstance(record, Language):
        record.role = role_said(record.attributes)
        record.attributes = [attribute for attribute in record.attributes if not role_said([attribute])]
    return record


def _id(kind: type[Struct], said: dict[str, Any], path: str, to: Decoding) -> UUID:
    table, value = shape_of(kind).table.name, said.get("id")
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        key = value if isinstance(value, str | int) and value != "" else f"{to.line}/{path}"
        if not path and (value is None or value == ""):
            raise Unfit("id", "", "it is required and missing") from None
        _no_half(key, f"{path}.id" if path else "id")
        to.repair(f"{path}.id" if path else "id", value or "", "it is not a UUID; one was made from it, the same each time")
        return made_id(to.source.code, table, str(key))


def _no_half(key: str | int, path: str) -> None:
    """No id can be made of a text that is none."""
    if isinstance(key, str) and HALF.search(key):
        raise Unfit(path, key.encode(errors="replace").decode(), HALF_REASON)


def _field(hint: Any, value: Any, path: str, to: Decoding) -> Any:
    kind = plain_type(hint)
    if getattr(kind, "__origin__", None) is list:
        return _list(kind.__args__[0], value, path, to)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return decode(kind, value, path, to)
    return SCALARS[kind](value, path, to)


def _list(kind: type[Struct], value: Any, path: str, to: Decoding) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(path, value, "it should be a list")
    taken = []
    for index, item in enumerate(value):
        try:
            taken.append(decode(kind, item, f"{path}[{index}]", to))
        except Unfit as unfit:
            to.leftover.setdefault("set_aside", {})[f"{path}[{index}]"] = item
            to.repair(unfit.path, unfit.value, f"{unfit.reason}; this object was set aside")
    return taken


def _text(value: Any, path: str, to: Decoding) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else str(value)   # extension is a number in HSDS
    raise Unfit(path, value, "it should be text")


def _number(value: Any, path: str, to: Decoding) -> float:
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()) and len(value) < 30:
        to.repair(path, value, "a number written as text; taken as the number")
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        raise Unfit(path, value, "it should be a number")
    return float(value)


def _whole(value: Any, path: str, to: Decoding) -> int:
    number = _number(value, path, to)
    if not number.is_integer():
        raise Unfit(path, value, "it should be a whole number")
    return int(number)


def _uuid(value: Any, path: str, to: Decoding) -> UUID:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        if not isinstance(value, str | int) or not str(value):
            raise Unfit(path, value, "it should be an id") from None
        _no_half(value, path)
        return made_id(to.source.code, path.rsplit(".", 1)[-1].removesuffix("_id").removeprefix("parent_"), str(value))


def _day(value: Any, path: str, to: Decoding) -> date:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        raise Unfit(path, value, "it should be a date, such as 2026-11-20") from None


def _moment(value: Any, path: str, to: Decoding) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            to.repair(path, value, f"a moment without a time zone; taken as that of the source ({to.source.timezone or 'UTC'})")
            moment = moment.replace(tzinfo=ZoneInfo(to.source.timezone) if to.source.timezone else UTC)
        return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, ZoneInfoNotFoundError):
        raise Unfit(path, value, "it should be a date and time, such as 2026-11-20T09:30:00Z") from None


def _is_spelt_otherwise(value: Any, taken: Any) -> bool:
    """Whether the source writes a moment or a day in another way than we shall: then its spelling is kept beside it."""
    return isinstance(taken, date) and value != as_json(taken)


SCALARS = {str: _text, float: _number, int: _whole, UUID: _uuid, date: _day, datetime: _moment}
