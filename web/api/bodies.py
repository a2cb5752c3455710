"""JSON bodies, read strictly: what cannot be read the same way by everyone is refused, with the path of the field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from web.refused import FieldError, Refused

T = TypeVar("T")

MOST_DEPTH = 32
_AT = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`(?P<where>\$[^`]*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_KINDS = {
    "`int`": "a whole number", "`float`": "a number", "`str`": "text", "`bool`": "true or false",
    "`object`": "an object", "`array`": "a list", "`null`": "null",
}
_KIND = re.compile("|".join(_KINDS))
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`$", re.DOTALL)


def read_body(body: bytes, content_type: str, shape: type[T]) -> T:
    """The body as ``shape``, or ``Refused``: 415 for what is not JSON in UTF-8, 400 for what is not as the shape says.

    Beyond the shape it refuses what JSON readers understand differently: a key given twice, NaN and Infinity, half a surrogate pair, NUL
    characters, and nesting deeper than ``MOST_DEPTH``.
    """
    _check_kind(content_type)
    _check_readable(_text(body))
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise shape_error(str(error)) from None
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise Refused(400, "The body is not JSON that can be read.") from None


def _check_kind(content_type: str) -> None:
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charset = next((part.partition("=")[2].strip('" ') for part in parameters if part.startswith("charset=")), "utf-8")
    if kind != "application/json" or charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, "Send the body as application/json in UTF-8, and say so in the Content-Type header.")


def _text(body: bytes) -> str:
    if not body.strip():
        raise Refused(400, "The body is empty. It must be a JSON object.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"The body is not UTF-8: byte {error.start + 1} cannot be read.") from None


def _check_readable(text: str) -> None:
    if text.startswith("\ufeff"):
        raise Refused(400, "The body starts with a byte order mark. Send plain UTF-8.")
    try:
        parsed = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused(400, f"The body is not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):   # a number of more than 4300 digits
        raise Refused(400, "The body holds a number or a nesting that is too large.") from None
    for part in _strings(parsed):
        no_odd_letters(part)


def no_odd_letters(text: str) -> None:
    """Refuse what no database keeps alike: NUL, and halves of surrogate pairs."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused(400, "The request holds a character that cannot be kept: NUL, or half a surrogate pair.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise Refused(400, "The body gives the same field twice.", errors=(FieldError(key[:80], "Given more than once. Give it once."),))
        made[key] = value
    return made


def _no_constant(name: str) -> None:
    raise Refused(400, f"{name} is not a number in JSON.")


def _strings(parsed: Any) -> Iterator[str]:
    waiting = [(parsed, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise Refused(400, f"The body is nested more than {MOST_DEPTH} deep.")
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from part
            waiting.extend((inner, depth + 1) for inner in part.values())
        elif isinstance(part, list):
            waiting.extend((inner, depth + 1) for inner in part)


def shape_error(message: str) -> Refused:
    """What msgspec says of a body that does not fit its shape, in plain words and with the path of the field."""
    found = _AT.match(message)
    what, where = (found["what"], found["where"] or "$") if found else (message, "$")
    if unknown := _UNKNOWN.match(what):
        return _field(f"{where}.{unknown['name']}", "There is no such field.")
    if missing := _MISSING.match(what):
        return _field(f"{where}.{missing['name']}", "This field is needed.")
    return _field(where, _KIND.sub(lambda kind: _KINDS[kind[0]], what) + ".")


def _field(path: str, message: str) -> Refused:
    clean = path.removeprefix("$").removeprefix(".")[:200] or "(the whole body)"
    return Refused(400, f"{clean}: {message}", errors=(FieldError(clean, message),))
