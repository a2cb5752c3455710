"""Reads the body of a posted form. The framework's own reader keeps the last thousand bodies in memory, whole; here nothing stays."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartParser, MultipartPart, parse_options_header

from web.refused import Refused

MOST_FIELDS = 2_000
"""Several times the boxes that the whole form has. Many more are nobody's answers, and cost time to take apart."""
MOST_PARTS = 50
WITH_FILES = "multipart/form-data"
KIND = "application/x-www-form-urlencoded"
CHARSETS = ("", "utf-8", "utf8", "us-ascii")


class PostedForm:
    """The names and values of a form, in their order."""

    def __init__(self, pairs: list[tuple[str, str]], files: Mapping[str, bytes] | None = None) -> None:
        self._values: dict[str, list[str]] = {}
        self.files = files or {}
        """What was sent as a file, by the name of its field. Names of files are not read: they say more than is needed."""
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def names(self) -> list[str]:
        """Every name, in order."""
        return list(self._values)

    def get(self, key: str, /) -> str | None:
        """The first value of a name, or None."""
        return self._values.get(key, [None])[0]

    def getall(self, key: str, default: list[Any], /) -> list[Any]:
        """All values of a name."""
        return self._values.get(key, default)


def read_posted(body: bytes, content_type: str) -> PostedForm:
    """As ``read_form``, and a form with files too: for pages behind the second door, whose guard has let the sender in."""
    kind, options = parse_options_header(content_type)
    if kind != WITH_FILES or not body:
        return read_form(body, content_type)
    pairs, files = [], {}
    try:
        for part in _parts(body, options.get("boundary", "")):
            if part.filename is None:
                pairs.append((part.name, part.raw.decode("utf-8", "replace")))
            elif part.raw or part.filename:
                files[part.name] = part.raw
    except (MultipartError, ValueError):
        raise Refused(400, f"The form cannot be read, or has more than {MOST_PARTS} parts. Nothing of it was kept.") from None
    return PostedForm(pairs, files)


def _parts(body: bytes, boundary: str) -> Iterator[MultipartPart]:
    """The parts of a body, all in memory: the application takes no body that would not fit."""
    size = len(body) + 1
    yield from MultipartParser(
        io.BytesIO(body), boundary, content_length=len(body), spool_limit=size, memory_limit=size, part_limit=MOST_PARTS,
    )  # fmt: skip


def read_form(body: bytes, content_type: str) -> PostedForm:
    """The form that a body holds; what is no UTF-8 in it is replaced. ``Refused``: 415 for another kind of body, 400 for too many fields."""
    if not body:
        return PostedForm([])
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip('" ')
    if kind.strip() != KIND or charset not in CHARSETS:
        raise Refused(415, f"Send the form as {KIND} in UTF-8, as browsers do.")
    try:
        return PostedForm(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Refused(400, f"The form has more than {MOST_FIELDS} fields. Nothing of it was kept.") from None
