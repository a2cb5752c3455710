"""A file of HSDS JSON as objects with the lines they start on: one object, a list, a page with ``contents``, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from directory.errors import UnreadableInput

DOCUMENT_LIMIT = 100_000_000
"""Bytes of a document that is one value and so must be read whole; larger feeds come as an object a line."""
LINE_LIMIT = 10_000_000
"""Bytes of one line of a file with an object a line."""
BLANK = re.compile(r"[ \t\r\n]*")
CONTENTS = re.compile(r'"contents"\s*:\s*\[')
Found = tuple[int, Any]
"""A line number from 1 and the value that starts there."""


def read_objects(path: Path) -> Iterator[Found]:
    """The objects of a file; UnreadableInput when it is not whole UTF-8 JSON or too large to be one document."""
    try:
        with path.open("rb") as file:
            first = file.readline(LINE_LIMIT + 1)
            if _is_object_a_line(first, file.peek(1)[:1] if hasattr(file, "peek") else b""):
                file.seek(0)
                yield from _lines(file, path)
                return
            rest = file.read(DOCUMENT_LIMIT + 1 - len(first))
    except OSError as error:
        raise UnreadableInput(f"cannot be opened ({error.strerror}). Check the name and the permissions.", file=path.name) from error
    if len(first) + len(rest) > DOCUMENT_LIMIT:
        what = f"the document is longer than {DOCUMENT_LIMIT:,} bytes. Give it as one object a line, or in pages."
        raise UnreadableInput(what, file=path.name, line=1)
    yield from _document(text_of(first + rest, path, None), path)


def _is_object_a_line(first: bytes, following: bytes) -> bool:
    """Whether the first line is an object on its own and more follows."""
    if not following or len(first) > LINE_LIMIT or not first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(file: Any, path: Path) -> Iterator[Found]:
    number = 0
    while raw := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(raw) > LINE_LIMIT:
            what = f"the line is longer than {LINE_LIMIT:,} bytes, which no record is. Check that the file has one record on each line."
            raise UnreadableInput(what, file=path.name, line=number)
        text = text_of(raw, path, number)
        if text.strip():
            yield number, value_of(text, path, number)


def _document(text: str, path: Path) -> Iterator[Found]:
    if not text.strip():
        raise UnreadableInput("the file is empty.", file=path.name)
    if text.lstrip().startswith("["):
        yield from elements_of(text, text.index("["), path)
        return
    whole = value_of(text, path, 1)
    if not isinstance(whole, dict) or not isinstance(whole.get("contents"), list):
        yield 1, whole
        return
    start = CONTENTS.search(text)
    placed = list(elements_of(text, start.end() - 1, path, whole=False)) if start else []
    if [value for _, value in placed] == whole["contents"]:
        yield from placed
    else:
        yield from ((1, value) for value in whole["contents"])   # a nested ``contents`` stands before ours: the lines are not known


def elements_of(text: str, start: int, path: Path, *, whole: bool = True) -> Iterator[Found]:
    """The elements of the list that begins at ``start``, each with its line; with ``whole`` nothing may follow the list."""
    decoder, at, line, counted = json.JSONDecoder(parse_constant=_no_number), _skip(text, start + 1), 1, 0
    while text[at:at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _broken(error, path, line) from error
        yield line, value
        at = _skip(text, end)
        if text[at:at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at:at + 1] != "]":
                continue
        if text[at:at + 1] != "]" or text[at - 1:at] == ",":
            raise _broken(ValueError("a comma or a closing bracket is missing"), path, line + text.count("\n", counted, at))
    if whole and text[at + 1:].strip():
        raise _broken(ValueError("something follows the end of the list"), path, line + text.count("\n", counted, at))


def _skip(text: str, at: int) -> int:
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def value_of(text: str, path: Path, line: int) -> Any:
    """A JSON value; UnreadableInput names the line."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _broken(error, path, line + error.lineno - 1) from error
    except (ValueError, RecursionError) as error:
        raise _broken(error, path, line) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _broken(error: Exception, path: Path, line: int) -> UnreadableInput:
    why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return UnreadableInput(f"this is not whole JSON ({why}). Perhaps the file was cut short; fetch it again.", file=path.name, line=line)


def text_of(raw: bytes, path: Path, line: int | None) -> str:
    """The text of some bytes; UnreadableInput where they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        seen = "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "not UTF-8"
        at = line or raw.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(f"the text is {seen}. Save the file with the encoding UTF-8, and import it again.", file=path.name, line=at) from error
