"""Plain fields of the form: texts, choices, ages, addresses of mail and web."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from directory.editing.sheet import Sheet
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, line, prose, tidy_line, tidy_prose

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Text(Struct, frozen=True, kw_only=True):
    """A text of the service. ``rows`` above 1 takes several lines; ``kind`` ``email`` and ``url`` are looked at before they are taken."""

    name: str
    label: str
    hint: str = ""
    rows: int = 1
    most: int = 400
    is_needed: bool = False
    type: str = "text"

    def show(self, sheet: Sheet, posted: Posted | None, _around: Around) -> dict[str, Any]:
        """The text as it stands or was typed."""
        typed = None if posted is None else posted.get(self.name)
        value = getattr(sheet.service, self.name) if typed is None else typed
        return {"kind": "area" if self.rows > 1 else "line", "field": self, "value": value or ""}

    def read(self, sheet: Sheet, posted: Posted, _around: Around) -> Errors:
        """The text, None when it is empty."""
        text = prose(posted, self.name) if self.rows > 1 else line(posted, self.name)
        if text is None:
            return {}
        if text == self._tidy(getattr(sheet.service, self.name) or ""):
            return {}   # what was not touched stays to the letter
        wrong = self._wrong(text)
        if not wrong:
            setattr(sheet.service, self.name, (_full(text) if self.type == "url" else text) or ("" if self.is_needed else None))
        return {self.name: wrong} if wrong else {}

    def _tidy(self, text: str) -> str:
        return tidy_prose(text) if self.rows > 1 else tidy_line(text)

    def _wrong(self, text: str) -> str:
        if not text:
            return f"{self.label}: please write something here." if self.is_needed else ""
        if len(text) > self.most:
            return f"{self.label}: this has {len(text)} letters. There is room for {self.most}."
        if "\0" in text:
            return f"{self.label}: there is a letter in it that we cannot keep."
        if self.type == "email" and not MAIL.fullmatch(text):
            return f"{self.label}: an address looks like name@example.org."
        if self.type == "url" and not is_web_address(_full(text)):
            return f"{self.label}: an address looks like https://example.org."
        return ""


class Choice(Struct, frozen=True, kw_only=True):
    """One of a few values of a field of the service."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""

    def show(self, sheet: Sheet, posted: Posted | None, _around: Around) -> dict[str, Any]:
        """The options with the one that holds."""
        typed = None if posted is None else posted.get(self.name)
        value = getattr(sheet.service, self.name) if typed is None else typed
        known = any(code == value for code, _ in self.options)
        return {"kind": "choice", "field": self, "value": value, "options": self.options if known else ((value, value), *self.options)}

    def read(self, sheet: Sheet, posted: Posted, _around: Around) -> Errors:
        """The option, when it is one that is offered."""
        value = posted.get(self.name)
        if value is None or value == getattr(sheet.service, self.name):
            return {}
        if not any(code == value for code, _ in self.options):
            return {self.name: f"{self.label}: choose one of the list."}
        setattr(sheet.service, self.name, value)
        return {}


class Ages(Struct, frozen=True, kw_only=True):
    """The youngest and the oldest age."""

    name: str = "ages"

    def show(self, sheet: Sheet, posted: Posted | None, _around: Around) -> dict[str, Any]:
        """Both as typed."""
        stated = {"minimum_age": sheet.service.minimum_age, "maximum_age": sheet.service.maximum_age}
        shown = {name: "" if value is None else f"{value:g}" for name, value in stated.items()}
        typed = {name: posted.get(name) for name in stated} if posted is not None else {}
        return {"kind": "ages", "field": self, **{name: shown[name] if typed.get(name) is None else typed[name] for name in stated}}

    def read(self, sheet: Sheet, posted: Posted, _around: Around) -> Errors:
        """Two numbers of years; empty is not stated."""
        errors: Errors = {}
        for name, words in (("minimum_age", "From age"), ("maximum_age", "To age")):
            text = line(posted, name)
            if text == "":
                setattr(sheet.service, name, None)
            elif text is not None and (not re.fullmatch(r"\d{1,3}([.,]\d)?", text) or float(text.replace(",", ".")) > 130):
                errors[name] = f"{words}: write a number of years, for example 16."
            elif text is not None:
                setattr(sheet.service, name, float(text.replace(",", ".")))
        low, high = sheet.service.minimum_age, sheet.service.maximum_age
        if not errors and low is not None and high is not None and low > high:
            errors["maximum_age"] = "To age: this is below the age it starts from."
        return errors


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web that may stand in a link."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and text.isprintable() and not re.search(r"[\s\\<>\"']", text)
    except ValueError:
        return False


def _full(text: str) -> str:
    """An address as people write it, with its scheme."""
    return f"https://{text}" if text and ":" not in text.partition("/")[0] else text
